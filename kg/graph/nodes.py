"""From what a person types to a node of the store."""

import difflib
import re
from collections.abc import Sequence

import pyoxigraph as ox

from kg.errors import NotInStore
from kg.graph import iris
from kg.graph.reading import ArticleGraph, article_iris, find_article, is_node
from kg.graph.store import Store
from kg.graph.terms import PREFIXES
from kg.records import Span

__all__ = ["find_node", "place_of"]

_SHOWN = 5  # articles that a message names
_CHAR = re.compile(r"char=(\d{1,12}),(\d{1,12})", re.ASCII)


def find_node(store: Store, node: str, *, article: str | None = None) -> str:
    """The IRI of a node of the store, or of any stretch of an article's text.

    Args:
        store: an open one.
        node: its IRI; or the part of it behind the store's base, or behind the article's `#`, with or without that mark: `role-59-founder`,
            `char=10,64`. A prefixed name (`eo:Belief`) will do too.
        article: the article that it must belong to; None for any.

    Raises:
        NotInStore: if there is none, or several articles have one; or if there is no such article.
    """
    only = find_article(store, article) if article is not None else None
    asked = node.strip().strip("<>")
    for iri in () if only else (asked, f"{store.base}{asked}", _expanded(asked)):
        if is_node(store, iri) or _is_stretch(store, iri):
            return iri
    owner, _, fragment = asked.rpartition("#")
    if only and owner and owner != only:
        raise NotInStore(f"{asked} is no node of {only}", where=str(store.path), remedy="Leave --article out")
    searched = [only] if only else article_iris(store) if not owner else []
    found = [iri for one in searched if is_node(store, iri := f"{one}#{fragment}") or _is_stretch(store, iri)]
    if len(found) == 1:
        return found[0]
    if found:
        articles = [iri.partition("#")[0] for iri in found[:_SHOWN]]
        named = [f"{one} ({ArticleGraph(store, one).publication().cited})" for one in articles]
        remedy = f"Choose one with --article: {', '.join(named)}{', ...' if found[_SHOWN:] else ''}"
        raise NotInStore(f"{len(found)} articles have a node {fragment}", where=str(store.path), remedy=remedy)
    raise NotInStore(f"no node {asked}", where=str(store.path), remedy=_nearest(store, fragment, searched))


def _expanded(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{PREFIXES[prefix]}{local}" if colon and prefix in PREFIXES else name


def _is_stretch(store: Store, iri: str) -> bool:
    """Whether that is a stretch of an article's text, whatever rests on it."""
    owner, place = iri.partition("#")[0], place_of(iri)
    if place is None or not iris.is_article_iri(store.base, owner) or not is_node(store, owner):
        return False
    return place.end <= len(ArticleGraph(store, owner).text)


def _nearest(store: Store, fragment: str, searched: Sequence[str]) -> str:
    advice = "`kg show NAME` prints the ids of what it shows"
    if len(searched) != 1:
        return advice
    graph = ox.NamedNode(searched[0])
    subjects = {quad.subject.value for quad in store.quads(graph.value) if isinstance(quad.subject, ox.NamedNode)}
    known = sorted(iri.rpartition("#")[2] for iri in subjects if "#" in iri)
    near = difflib.get_close_matches(fragment[:200], known, n=3, cutoff=0.75)
    return f"Did you mean {' or '.join(near)}?" if near else advice


def place_of(iri: str) -> Span | None:
    """The stretch of text that an IRI names by its offsets; None if it names none.

    >>> place_of("urn:kg:article/0123456789abcdef#char=10,64")
    Span(start=10, end=64)
    """
    found = _CHAR.fullmatch(iri.rpartition("#")[2])
    return Span(int(found[1]), int(found[2])) if found and int(found[1]) < int(found[2]) else None
