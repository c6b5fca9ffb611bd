"""The store on disk: Oxigraph, one named graph an article, one commit an article, one writer or many readers."""

from kg.graph.store.folder import FORMAT
from kg.graph.store.store import AddResult, ArticleInfo, Store, open_store
from kg.graph.store.transfer import backup_store, base_of, import_bulk, import_graphs

__all__ = [
    "FORMAT",
    "AddResult",
    "ArticleInfo",
    "Store",
    "backup_store",
    "base_of",
    "import_bulk",
    "import_graphs",
    "open_store",
]
