"""News articles in, an RDF graph of who said what out. The public names; each is imported when it is first used."""

from importlib import import_module

TYPE_CHECKING = False  # checkers take it for true; typing would be the first import of `kg` that takes time, before it can hear Ctrl-C
if TYPE_CHECKING:
    from typing import Any

    from kg.errors import KgError
    from kg.extract import extract_articles
    from kg.graph.query import run_query
    from kg.graph.query.limits import run_limited
    from kg.graph.store import open_store
    from kg.pipeline import build
    from kg.read import read_articles
    from kg.records import Article, Extraction
    from kg.settings import Settings, load_settings
    from kg.show.network import to_networkx
    from kg.show.notebook import plot
    from kg.show.page import render_page

_HOMES = {
    "Article": "kg.records",
    "Extraction": "kg.records",
    "KgError": "kg.errors",
    "Settings": "kg.settings",
    "build": "kg.pipeline",
    "extract_articles": "kg.extract",
    "load_settings": "kg.settings",
    "open_store": "kg.graph.store",
    "plot": "kg.show.notebook",
    "read_articles": "kg.read",
    "render_page": "kg.show.page",
    "run_limited": "kg.graph.query.limits",
    "run_query": "kg.graph.query",
    "to_networkx": "kg.show.network",
}

__all__ = [
    "Article",
    "Extraction",
    "KgError",
    "Settings",
    "build",
    "extract_articles",
    "load_settings",
    "open_store",
    "plot",
    "read_articles",
    "render_page",
    "run_limited",
    "run_query",
    "to_networkx",
]


def __getattr__(name: str) -> "Any":
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
