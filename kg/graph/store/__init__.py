"""The store on disk: Oxigraph, one named graph an article, one commit an article, one writer or many readers."""

from kg.graph.store.folder import FORMAT
from kg.graph.store.store import AddResult, ArticleInfo, Store, open_store

__all__ = ["FORMAT", "AddResult", "ArticleInfo", "Store", "open_store"]
