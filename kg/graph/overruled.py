"""What people overruled in an article, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib.namespace import ORG, PROV, RDF, RDFS, SDO

from kg.graph import iris, terms
from kg.graph.nodes import place_of
from kg.graph.reading import NOTATIONS, ArticleGraph
from kg.graph.store import Store
from kg.graph.vocab import EO

__all__ = ["Overruling", "any_overruled", "local_name", "overruled_in"]

_CORRECTED = {
    str(RDF.type): "that it is one, and of which sort",
    str(PROV.wasAttributedTo): "who says it",
    str(EO.contentSpan): "its words",
    str(EO.quotationType): "how its words are given",
    str(EO.claimKind): "what it puts forward",
    str(EO.agentKind): "what kind it is",
    str(ORG.member): "who holds it",
    str(SDO.roleName): "its title",
    str(ORG.organization): "where it is held",
    str(EO.former): "whether it is still held",
}


@dataclass(frozen=True, slots=True)
class Overruling:
    """One correction.

    Attributes:
        node: its IRI.
        about: the IRI of what it is about; the article's, where that is not there any more.
        removed: whether it took something out.
        words: what a person decided, what the software had found, and why.
    """

    node: str
    about: str
    removed: bool
    words: str


def any_overruled(store: Store) -> bool:
    """Whether people corrected anything in any article."""
    return next(iter(store.inner.quads_for_pattern(None, terms.node(str(EO.correctedBy)), None)), None) is not None


def overruled_in(store: Store, article: str) -> Iterator[Overruling]:
    """The corrections in an article, by their IRIs.

    Args:
        store: an open one.
        article: its IRI.
    """
    graph, provenance = ArticleGraph(store, article), ArticleGraph(store, iris.graph_iri(store.base, "provenance"))
    for node in provenance.all(f"{article}#extraction", EO.correctedBy):
        about = provenance.one(node, EO.corrects)
        removed = about == article and provenance.one(node, EO.overrules) == str(RDF.type)
        yield Overruling(node, about, removed, _words(graph, provenance, node, removed=removed))


def _words(graph: ArticleGraph, provenance: ArticleGraph, node: str, *, removed: bool) -> str:
    what = _CORRECTED.get(provenance.one(node, EO.overrules), "")
    found = " [...] ".join(_value(graph, value) for value in provenance.all(node, EO.formerValue)) or "nothing"
    why = provenance.one(node, RDFS.comment)
    words = f"a person took out what the software had found: {found}" if removed else f"a person decided {what}; the software had {found}"
    return f"{words} ({why})" if why else words


def _value(graph: ArticleGraph, value: str) -> str:
    """A former value for people: an agent's name, the words of a span, a concept's word, or the words themselves."""
    if place := place_of(value):
        return place.of(graph.text)
    if known := NOTATIONS.get(value):
        return known
    return graph.one(value, SDO.name) or local_name(value) if value.startswith(("http", f"{graph.iri}#")) else value


def local_name(iri: str) -> str:
    """The last part of an IRI.

    >>> local_name("https://w3id.org/expert-opinion#Belief")
    'Belief'
    """
    return re.split(r"[#/]", iri)[-1]
