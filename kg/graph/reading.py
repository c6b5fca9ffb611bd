"""One article's graph read node by node: only what is asked for is fetched, so a store of any size answers at once."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import pyoxigraph as ox
from rdflib.namespace import DC, PROV, RDF, SDO, SKOS
from rdflib.term import URIRef

from kg import records as r
from kg.errors import NotInStore
from kg.graph import iris, terms
from kg.graph.figures import amount_words, figure_words
from kg.graph.mapping import PIECES
from kg.graph.store import Store
from kg.graph.terms import OA
from kg.graph.vocab import EO

__all__ = [
    "NOTATIONS",
    "ArticleGraph",
    "Publication",
    "article_iris",
    "article_states",
    "find_article",
    "holds_article",
    "is_node",
]

_ENUMERATIONS: tuple[type[StrEnum], ...] = (
    r.AgentKind,
    r.MentionForm,
    r.AttributionKind,
    r.Said,
    r.ClaimKind,
    r.Polarity,
    r.CueStance,
    r.Certainty,
    r.Tense,
    r.RegionKind,
)
NOTATIONS: Mapping[str, str] = {terms.concept_of(value).value: value.value for kind in _ENUMERATIONS for value in kind}
"""The word that stands for a concept: `person` for `eo:Person`."""

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Publication:
    """An article as its publisher printed it; "" for what is unknown.

    Attributes:
        iri: of the article and of the graph about it.
        label: what a person calls it: its title, else the input's own id, else the file it came from.
        published: ISO 8601 date or date-time as given.
    """

    iri: str
    label: str
    published: str
    publisher: str
    url: str

    @property
    def cited(self) -> str:
        """It in a line: title, publisher and date as far as they are known."""
        more = ", ".join(filter(None, (self.publisher, self.published)))
        return f"{self.label} ({more})" if more else self.label


class ArticleGraph:
    """Looks up what one article's graph says about a node, an IRI; "" is a node that nothing is said about.

    Args:
        store: an open one; it must stay open.
        article: IRI of the article.
    """

    def __init__(self, store: Store, article: str) -> None:
        self._store = store
        self._graph = ox.NamedNode(article)
        self._known: dict[str, dict[str, list[str]]] = {}
        self.iri = article

    def publication(self) -> Publication:
        """Title, date and publisher of the article."""
        own, title = self.one(self.iri, SDO.identifier), self.one(self.iri, SDO.headline)
        source = self.one(self.iri, DC.source)
        name = own if own and not _HASH.fullmatch(own) else source or f"{own[:12]}..."
        return Publication(
            iri=self.iri,
            label=title or name,
            published=self.one(self.iri, SDO.datePublished),
            publisher=self.one(self.iri, SDO.publisher),
            url=self.one(self.iri, SDO.url),
        )

    @property
    def text(self) -> str:
        """The article's text, into which all offsets are."""
        return self.one(self.iri, SDO.articleBody)

    def all(self, node: str, predicate: URIRef) -> list[str]:
        """All values of a property, sorted: words of literals, IRIs of nodes."""
        return sorted(self._facts(node).get(str(predicate), ()))

    def one(self, node: str, predicate: URIRef) -> str:
        """The first of `all`, "" if there is none."""
        return next(iter(self.all(node, predicate)), "")

    def leading_to(self, node: str, predicate: URIRef) -> list[str]:
        """IRIs of the nodes whose property leads to this one, sorted."""
        if not node:
            return []
        found = self._store.inner.quads_for_pattern(None, terms.node(str(predicate)), ox.NamedNode(node), self._graph)
        return sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))

    def concept_label(self, concept: str) -> str:
        """The preferred label of a concept of the store, "" if it has none."""
        found = self._store.inner.quads_for_pattern(ox.NamedNode(concept), terms.node(str(SKOS.prefLabel)), None)
        return min((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), default="")

    def links_to(self, node: str) -> list[tuple[str, str]]:
        """Node and property of everything that leads to this node, sorted."""
        found = self._store.inner.quads_for_pattern(None, None, ox.NamedNode(node), self._graph)
        return sorted((quad.subject.value, quad.predicate.value) for quad in found if isinstance(quad.subject, ox.NamedNode))

    def of_kind(self, node: str, *kinds: URIRef) -> bool:
        """Whether a node is of one of these classes."""
        return any(str(kind) in self.all(node, RDF.type) for kind in kinds)

    def span(self, node: str) -> r.Span:
        """Where a span node stands."""
        return r.Span(int(self.one(node, OA.start)), int(self.one(node, OA.end)))

    def spans(self, node: str, predicate: URIRef) -> tuple[r.Span, ...]:
        """The spans a property leads to, in text order."""
        return tuple(sorted(self.span(span) for span in self.all(node, predicate)))

    def words(self, node: str, predicate: URIRef) -> str:
        """The words of those spans, pieces joined by `[...]`."""
        return PIECES.join(span.of(self.text) for span in self.spans(node, predicate))

    def confidence(self, node: str) -> float:
        """The confidence of a decision, from 0 to 1."""
        return float(self.one(node, EO.confidence) or 0)

    def figure(self, node: str) -> str:
        """A `schema:QuantitativeValue` in words."""
        value, low, high = (Decimal(number) if number else None for number in self._numbers(node))
        return figure_words(
            amount_words(value, low, high),
            unit=self.one(node, SDO.unitText),
            measure=self.one(node, EO.measure),
            period=self.one(node, EO.period),
            change=self.one(node, EO.quantityKind) == str(EO.Change),
        )

    def _numbers(self, node: str) -> list[str]:
        return [self.one(node, predicate) for predicate in (SDO.value, SDO.minValue, SDO.maxValue)]

    def _facts(self, node: str) -> dict[str, list[str]]:
        if node and node not in self._known:
            facts: dict[str, list[str]] = {}
            for quad in self._store.inner.quads_for_pattern(ox.NamedNode(node), None, None, self._graph):
                value = quad.object
                facts.setdefault(quad.predicate.value, []).append(str(value) if isinstance(value, ox.Triple) else value.value)
            self._known[node] = facts
        return self._known.get(node, {})


def article_iris(store: Store) -> list[str]:
    """The IRIs of all articles, sorted."""
    found = store.inner.quads_for_pattern(None, terms.node(str(RDF.type)), terms.node(str(SDO.NewsArticle)))
    return sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))


def article_states(store: Store) -> Iterator[tuple[str, str]]:
    """Each article once, in no order that means anything, with a mark that changes when its graph does.

    What changes is its run of extraction, which stands for versions, and people's corrections. Two scans of one index: memory grows with
    what people have corrected, not with the store.
    """
    provenance = ox.NamedNode(iris.graph_iri(store.base, "provenance"))
    corrections: dict[str, list[str]] = {}
    for subject, correction in _pairs(store.inner.quads_for_pattern(None, terms.node(str(EO.correctedBy)), None, provenance)):
        corrections.setdefault(subject, []).append(correction)
    for subject, run in _pairs(store.inner.quads_for_pattern(None, terms.node(str(PROV.wasGeneratedBy)), None, provenance)):
        marks = "\n".join(sorted((run, *corrections.get(subject, ()))))  # of runs the shapes let an article have one
        yield subject.partition("#")[0], hashlib.sha256(marks.encode()).hexdigest()[:16]


def _pairs(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str]]:
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            yield quad.subject.value, quad.object.value


def holds_article(store: Store, article: str) -> bool:
    """Whether `article_states` gives that article."""
    provenance, subject = ox.NamedNode(iris.graph_iri(store.base, "provenance")), ox.NamedNode(f"{article}#extraction")
    found = store.inner.quads_for_pattern(subject, terms.node(str(PROV.wasGeneratedBy)), None, provenance)
    return next(iter(found), None) is not None


def find_article(store: Store, given: str) -> str:
    """The IRI of an article of the store, given whole or from behind the store's base on (`article/0123456789abcdef`), by its address, or
    by the id that its input gave it.

    Raises:
        NotInStore: if there is no such article, or several have that id.
    """
    for iri in (given.strip("<>"), f"{store.base}{given}", f"{store.base}article/{given}"):
        if is_node(store, iri) and ArticleGraph(store, iri).of_kind(iri, SDO.NewsArticle):
            return iri
    called = ox.Literal(given.encode("utf-8", "replace").decode())
    found = {
        quad.subject.value
        for predicate in (SDO.url, SDO.identifier)
        for quad in store.inner.quads_for_pattern(None, terms.node(str(predicate)), called)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject == quad.graph_name
    }
    if len(found) == 1:
        return found.pop()
    if found:
        remedy = f"Choose from: {', '.join(sorted(found)[:5])}"
        raise NotInStore(f"{len(found)} articles have the id {given}", where=str(store.path), remedy=remedy)
    raise NotInStore(f"no article {given}", where=str(store.path), remedy="`kg stats` lists the articles")


def is_node(store: Store, iri: str) -> bool:
    """Whether any graph of the store says something about that IRI; False too for what is no IRI."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    return any(True for _ in store.inner.quads_for_pattern(node, None, None))
