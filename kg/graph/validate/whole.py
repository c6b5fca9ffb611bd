"""A whole store against the shapes, an article at a time: memory holds one article with what it leads to, whatever the store holds.

What `kg.graph.validate.validate_graph` keeps in sets is looked up in the store. The findings are the same; a test compares them.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad
from rdflib.namespace import RDF, SDO

from kg.graph.terms import OA, node
from kg.graph.validate.report import ValidationReport, faults_of, is_of, known_types, nameless
from kg.graph.vocab import EO

__all__ = ["validate_store"]

type _Graph = NamedNode | BlankNode | DefaultGraph
type _Node = NamedNode | BlankNode

_BODY, _TYPE, _NAME, _START = (node(str(term)) for term in (SDO.articleBody, RDF.type, SDO.name, OA.start))
_DENOTES, _SPOKEN = node(str(EO.denotes)), node(str(SDO.spokenByCharacter))
_COUNTED = 1_000_000  # findings that are told apart when they are counted; beyond that, one found twice counts twice
_SHARED = 8  # graphs of no article that are asked one by one; of more, all are asked together
_COPIES = 100  # graphs that one triple is looked for in
_ALONE = 200_000  # quads that are checked together where there is no article


def validate_store(quads: ox.Store, *, quick: bool = True, limit: int = 1000, done: Callable[[], None] = lambda: None) -> ValidationReport:
    """Whether a store keeps the shapes, as `validate_graph` tells of all its quads.

    Args:
        quads: `Store.inner`; nobody may change it meanwhile.
        quick: pySHACL judges only articles in which the compiled shapes find a fault; the verdict is the same in a fraction of the time.
        limit: the most findings to give; the first ones by alphabet, whatever their order in the store.
        done: called after each article.

    Limits:

    1. The graphs of one article, and all shared nodes that it leads to, have to fit into memory; so do the names of graphs of no article.
    2. Of a store that holds no article at all, shapes are asked only up to 200,000 quads.

    >>> validate_store(ox.Store()).lines
    ('the graph is empty: there is nothing to check',)
    """
    found = _Findings(limit)
    check = _Whole(quads, found, quick=quick)
    articles = 0
    for article in check.articles():
        check.article(article)
        articles += 1
        done()
    check.shared(led_to=articles > 0)
    if not articles:
        check.without_article()
    check.identity()
    return found.report(articles)


class _Findings:
    """The first so many findings by alphabet, each once, and how many there are."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._first: list[str] = []
        self._seen: set[int] = set()
        self._count = 0

    def add(self, lines: Iterable[str]) -> None:
        for line in lines:
            mark = hash(line)
            if mark in self._seen:
                continue
            if len(self._seen) < _COUNTED:
                self._seen.add(mark)
            self._count += 1
            if len(self._first) < self._limit or line < self._first[-1]:
                insort(self._first, line)
                del self._first[self._limit :]

    def report(self, articles: int) -> ValidationReport:
        return ValidationReport(not self._count, tuple(self._first), more=self._count - len(self._first), articles=articles)


class _Whole:
    """Looks up in a store what is to be known of its articles and of the graphs that they share."""

    def __init__(self, quads: ox.Store, found: _Findings, *, quick: bool) -> None:
        self._quads, self._found, self._quick = quads, found, quick
        self._is_article = lru_cache(maxsize=1024)(self._has_body)
        self._known_of = lru_cache(maxsize=8192)(lambda subject: tuple(self._shared_quads(subject)))
        self._is_entity = lru_cache(maxsize=8192)(lambda subject: any(self._of(subject, self._entities)))
        self._entities: list[_Graph] = []
        self._identity: list[_Graph] = []
        self._shared: dict[_Graph, None] = {}
        for graph in quads.named_graphs():
            if is_of(graph, "entities"):
                self._entities.append(graph)
            elif is_of(graph, "identity"):
                self._identity.append(graph)
            elif _kept(graph) and not self._has_body(graph):
                self._shared[graph] = None
        if any(True for _ in self._of(None, [DefaultGraph()])):
            self._shared[DefaultGraph()] = None

    # ----------------------------------------------------------------------- articles

    def articles(self) -> Iterator[NamedNode]:
        """The graphs of articles: those that hold an article's text."""
        for graph in self._quads.named_graphs():
            if isinstance(graph, NamedNode) and _kept(graph) and graph not in self._shared:
                yield graph

    def article(self, article: NamedNode) -> None:
        """Check an article with all it leads to, and all that leads to it."""
        own = list(self._of(None, [article]))
        batch = own + self._led_to(article, own)
        faults = faults_of(batch, quick=self._quick)
        if faults or not self._quick:
            self._found.add(faults)
            self._found.add(line for quad in own for line in nameless(quad))
            for subject in {quad.subject for quad in own}:
                self._found.add(self._unknown(subject))
        # A node whose IRI begins with its graph's is looked for in other graphs when these are read.
        strange = {quad.subject for quad in own if not _is_inside(quad.subject, article)}
        for quad in own if strange else ():
            if quad.subject in strange:
                self._found.add(self._copies(quad))

    def _led_to(self, article: NamedNode, own: list[Quad]) -> list[Quad]:
        """What stands in shared graphs and is reached from an article."""
        reached: set[object] = set()
        found: list[Quad] = []
        todo: list[object] = [quad.subject for quad in self._pointers(article)]
        todo += {quad.object for quad in own}
        while todo:
            subject = todo.pop()
            if not isinstance(subject, NamedNode | BlankNode) or subject in reached:
                continue
            reached.add(subject)
            # What many articles lead to is kept at hand.
            there = tuple(self._shared_quads(subject)) if _is_inside(subject, article) else self._known_of(subject)
            found += there
            todo += [quad.object for quad in there]
        return found

    def _pointers(self, article: NamedNode) -> Iterator[Quad]:
        if len(self._shared) <= _SHARED:
            for graph in self._shared:
                yield from self._quads.quads_for_pattern(None, None, article, graph)
        else:
            yield from (quad for quad in self._quads.quads_for_pattern(None, None, article) if quad.graph_name in self._shared)

    def without_article(self) -> None:
        """Check a store that holds no article."""
        batch = list(islice((quad for graph in self._shared for quad in self._of(None, [graph])), _ALONE + 1))
        if not batch:
            self._found.add(["the graph is empty: there is nothing to check"])
        elif len(batch) > _ALONE:
            self._found.add([f"there is no article, but more than {_ALONE:,} quads"])
        else:
            self._found.add(faults_of(batch, quick=self._quick))

    # ----------------------------------------------------------------------- what articles share

    def shared(self, *, led_to: bool) -> None:
        """Check the graphs that are no article's.

        Args:
            led_to: whether an article must lead to each of their nodes.
        """
        for graph in self._shared:
            last: object = None
            for quad in self._of(None, [graph]):  # by subject
                self._found.add(nameless(quad))
                self._found.add(self._copies(quad))
                if quad.subject != last:
                    last = quad.subject
                    self._found.add(self._unknown(quad.subject))
                    if led_to and isinstance(quad.subject, NamedNode | BlankNode) and not self._is_reached(quad.subject):
                        self._found.add([f"{quad.subject}: no article leads to it"])

    def _is_reached(self, subject: _Node) -> bool:
        """Whether an article leads to a shared node, or to one that leads there; the first that is found will do."""
        seen = {subject}
        ways = [self._before(subject)]
        while ways:
            for before in ways[-1]:
                if before is None:
                    return True
                if before not in seen:
                    seen.add(before)
                    ways.append(self._before(before))
                    break
            else:
                ways.pop()
        return False

    def _before(self, subject: _Node) -> Iterator[_Node | None]:
        """The shared nodes that lead to one, and None for an article."""
        if any(isinstance(quad.object, NamedNode) and self._is_article(quad.object) for quad in self._shared_quads(subject)):
            yield None
        for quad in self._quads.quads_for_pattern(None, None, subject):
            if quad.graph_name in self._shared:
                if isinstance(quad.subject, NamedNode | BlankNode):
                    yield quad.subject
            elif _kept(quad.graph_name):
                yield None

    def _shared_quads(self, subject: _Node) -> Iterator[Quad]:
        if len(self._shared) <= _SHARED:
            yield from self._of(subject, self._shared)
        else:
            yield from (quad for quad in self._quads.quads_for_pattern(subject, None, None) if quad.graph_name in self._shared)

    def _copies(self, quad: Quad) -> Iterator[str]:
        """That a triple stands in other graphs too."""
        there = (one.graph_name for one in self._quads.quads_for_pattern(quad.subject, quad.predicate, quad.object))
        graphs = sorted({quad.graph_name, *islice(filter(_kept, there), _COPIES)}, key=str)
        for other in graphs[1:]:
            yield f"{quad.triple}: stands in two graphs, {graphs[0]} and {other}; it would be counted twice"

    def _unknown(self, subject: object) -> Iterator[str]:
        """That nothing tells what a node is."""
        if isinstance(subject, NamedNode):
            types = known_types()
            told = self._quads.quads_for_pattern(subject, _TYPE, None)
            if any(isinstance(quad.object, NamedNode) and quad.object.value in types and _kept(quad.graph_name) for quad in told):
                return
            if not any(_kept(quad.graph_name) for quad in self._quads.quads_for_pattern(subject, _START, None)):
                yield f"{subject.value}: is of no known type and no span; no shape checks it"

    # ----------------------------------------------------------------------- who is who

    def identity(self) -> None:
        """Check that each entity has a name and an agent that denotes it, and that each link leads from an article's own to an entity."""
        last: object = None
        for quad in self._of(None, self._entities):  # by subject
            if quad.subject != last and isinstance(quad.subject, NamedNode | BlankNode):
                last = quad.subject
                if not any(True for graph in self._entities for _ in self._quads.quads_for_pattern(quad.subject, _NAME, None, graph)):
                    self._found.add([f"{quad.subject}: an entity without a name"])
                if not any(True for graph in self._identity for _ in self._quads.quads_for_pattern(None, _DENOTES, quad.subject, graph)):
                    self._found.add([f"{quad.subject}: no agent denotes this entity"])
        for predicate in (_DENOTES, _SPOKEN):
            for graph in self._identity:
                for quad in self._quads.quads_for_pattern(None, predicate, None, graph):
                    known = self._is_entity(quad.object)
                    if predicate == _DENOTES and not known:
                        self._found.add([f"{quad.object}: denoted, and no entity"])
                    if not known or not self._of_article(quad.subject):
                        self._found.add([f"{quad.subject}: {quad.predicate} leads from no article, or to no entity"])

    def _of_article(self, subject: object) -> bool:
        """Whether an article, or what articles share, says something about a node."""
        if not isinstance(subject, NamedNode | BlankNode):
            return False
        home = NamedNode(subject.value.partition("#")[0]) if isinstance(subject, NamedNode) else None
        if home is not None and _kept(home) and any(True for _ in self._of(subject, [home])):
            return True
        return any(_kept(quad.graph_name) for quad in self._quads.quads_for_pattern(subject, None, None))

    # ----------------------------------------------------------------------- looking up

    def _of(self, subject: object, graphs: Iterable[_Graph]) -> Iterator[Quad]:
        """What graphs say of a node; of all, for None."""
        if subject is None or isinstance(subject, NamedNode | BlankNode):
            for graph in graphs:
                yield from self._quads.quads_for_pattern(subject, None, None, graph)

    def _has_body(self, graph: object) -> bool:
        return isinstance(graph, NamedNode) and any(True for _ in self._quads.quads_for_pattern(graph, _BODY, None, graph))


def _kept(graph: object) -> bool:
    """Whether a graph is to be checked against the shapes: an article's, or one that articles share."""
    return not is_of(graph, "ontology", "entities", "identity")


def _is_inside(subject: object, article: NamedNode) -> bool:
    return isinstance(subject, NamedNode) and subject.value.partition("#")[0] == article.value
