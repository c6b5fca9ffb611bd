"""Whether a graph keeps the shapes of `ontology/shapes.ttl`, and what SHACL cannot ask of named graphs. Fails closed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from rdflib import Graph
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDF, SDO, SH, SKOS
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node, URIRef

from kg.errors import ValidationFailed
from kg.graph.ontology import ontology_file
from kg.graph.terms import OA, PREFIXES
from kg.graph.validate.shapes import quick_faults
from kg.graph.vocab import EO

__all__ = ["ValidationReport", "check_graph", "faults_of", "is_of", "known_types", "nameless", "to_rdflib", "validate_graph"]

_BODY = str(SDO.articleBody)
_LONGEST = 60  # characters of a node's own words in a line
_SAID_BY = (SDO.name, SDO.text, OA.exact, SDO.headline, SDO.roleName, SKOS.prefLabel)


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What validation found.

    Attributes:
        conforms: nothing is wrong.
        lines: what is wrong, sorted; each names the node, its words, the fault and what ought to be.
        more: how many lines were left out behind these.
        articles: how many articles were looked at.
    """

    conforms: bool
    lines: tuple[str, ...]
    more: int = 0
    articles: int = 0


def validate_graph(quads: Iterable[Quad], *, quick: bool = False) -> ValidationReport:
    """Whether these quads keep the shapes. The quads hold whole articles with their provenance and concepts.

    Args:
        quads: of one article or of many.
        quick: pySHACL judges only articles in which the compiled shapes find a fault; the verdict is the same in a fraction of the time.

    The graph `ontology` may be among them; it is not looked at. Of `entities` and `identity`, which are made from the others, it is checked that
    they fit together. All quads are held in memory; `validate_store` looks up in a store what is needed.

    >>> validate_graph([]).conforms
    False
    """
    found = list(quads)
    kept = [quad for quad in found if not is_of(quad.graph_name, "ontology", "entities", "identity")]
    lines = [*_dataset_faults(kept), *_identity_faults(found)]
    if not kept:
        lines.append("the graph is empty: there is nothing to check")
    articles = {quad.subject for quad in kept if quad.predicate.value == _BODY and quad.subject == quad.graph_name}
    for batch in _by_article(kept, articles, lines):
        lines += faults_of(batch, quick=quick)
    return ValidationReport(conforms=not lines, lines=tuple(sorted(set(lines))), articles=len(articles))


def check_graph(quads: Iterable[Quad], *, where: str) -> None:
    """Let a graph pass only if it keeps the shapes.

    The verdict is that of `validate_graph`, by `kg.graph.validate.shapes`, which takes a fiftieth of the time.

    Args:
        quads: one article's graph with its provenance and concepts.
        where: names the article in the error.

    Raises:
        ValidationFailed: if it does not; the message holds the first faults.
    """
    quads = tuple(quads)
    if faults := quick_faults(quads):
        lines = validate_graph(quads).lines or faults  # pySHACL tells more of a fault; what either finds is one
        shown = list(lines[:10])
        if len(lines) > 10:
            shown.append(f"and {len(lines) - 10} more")
        what = "the graph does not keep the shapes:\n  " + "\n  ".join(shown).rstrip(".")
        raise ValidationFailed(what, where=where, remedy="Nothing was stored; please report it")


def to_rdflib(quads: Iterable[Quad]) -> Graph:
    """The triples of all the quads, whatever their graph, as one rdflib graph."""
    graph = _Graph()
    terms: dict[NamedNode | BlankNode | Literal | Triple, Node] = {}

    def term(value: NamedNode | BlankNode | Literal | Triple) -> Node:
        if value not in terms:
            terms[value] = _rdflib_term(value)
        return terms[value]

    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


class _Graph(Graph):
    """A graph that parses a query once: a constraint's query is asked of every focus node, and parsing it takes 25 ms."""

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> Result:
        return super().query(_prepared(query_object) if isinstance(query_object, str) else query_object, *arguments, **options)


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def _rdflib_term(value: NamedNode | BlankNode | Literal | Triple) -> Node:
    if isinstance(value, NamedNode):
        return URIRef(value.value)
    if isinstance(value, Literal):
        if value.language:
            return RdfLiteral(value.value, lang=value.language)
        datatype = value.datatype.value
        # A plain string stays plain: rdflib tells "a" and "a"^^xsd:string apart, SHACL does not.
        return RdfLiteral(value.value, datatype=URIRef(datatype), normalize=False)
    return URIRef(f"urn:x-unnamed:{value}")  # refused by name in the report; here only so that the rest can be checked


def is_of(graph: object, *names: str) -> bool:
    """Whether a graph is one of those that belong to no article, by its name."""
    return isinstance(graph, NamedNode) and graph.value.endswith(names) and "#" not in graph.value


# --------------------------------------------------------------------------- what SHACL cannot ask


def _identity_faults(quads: list[Quad]) -> list[str]:
    """Whether each entity has a name and an agent that denotes it, and each agent and statement spoken of is an article's own."""
    names = {quad.subject for quad in quads if is_of(quad.graph_name, "entities") and quad.predicate.value == str(SDO.name)}
    entities = {quad.subject for quad in quads if is_of(quad.graph_name, "entities")}
    articles = {quad.subject for quad in quads if not is_of(quad.graph_name, "entities", "identity", "ontology")}
    links = [quad for quad in quads if is_of(quad.graph_name, "identity")]
    denoted = {quad.object for quad in links if quad.predicate.value == str(EO.denotes)}
    lines = [f"{entity}: an entity without a name" for entity in entities - names]
    lines += [f"{entity}: no agent denotes this entity" for entity in entities - denoted]
    lines += [f"{entity}: denoted, and no entity" for entity in denoted - entities]
    for quad in links:
        ends = {str(EO.denotes), str(SDO.spokenByCharacter)}
        if quad.predicate.value in ends and (quad.subject not in articles or quad.object not in entities):
            lines.append(f"{quad.subject}: {quad.predicate} leads from no article, or to no entity")
    return lines


def _dataset_faults(quads: list[Quad]) -> list[str]:
    lines: list[str] = []
    first: dict[Triple, NamedNode | BlankNode | DefaultGraph] = {}
    copies: dict[Triple, set[NamedNode | BlankNode | DefaultGraph]] = {}
    subjects: set[str] = set()
    known: set[str] = set()
    types, starts = known_types(), str(OA.start)
    for quad in quads:
        lines += nameless(quad)
        if (other := first.setdefault(quad.triple, quad.graph_name)) != quad.graph_name:
            copies.setdefault(quad.triple, {other}).add(quad.graph_name)
        if isinstance(quad.subject, NamedNode):
            subject = quad.subject.value
            subjects.add(subject)
            if quad.predicate.value == starts or (
                quad.predicate.value == str(RDF.type) and isinstance(quad.object, NamedNode) and quad.object.value in types
            ):
                known.add(subject)
    lines += [f"{subject}: is of no known type and no span; no shape checks it" for subject in subjects - known]
    for triple, graphs in copies.items():
        one, *others = sorted(graphs, key=str)
        lines += [f"{triple}: stands in two graphs, {one} and {other}; it would be counted twice" for other in others]
    return lines


def nameless(quad: Quad) -> Iterator[str]:
    """That a quad names a node or its graph by no IRI."""
    for part in (quad.subject, quad.object, quad.graph_name):
        if isinstance(part, BlankNode | Triple):
            yield f"{part}: there is no IRI; every node must have one"
    if isinstance(quad.graph_name, DefaultGraph):
        yield f"{quad.subject} {quad.predicate}: stands in the default graph; every triple belongs to a named one"


def _by_article(quads: list[Quad], articles: AbstractSet[object], lines: list[str]) -> Iterator[list[Quad]]:
    """Each article's graph with what it leads to, and what leads to it, in the shared graphs: checking takes time in the number of articles."""
    if not articles:
        yield quads
        return
    own: dict[object, list[Quad]] = defaultdict(list)
    shared: dict[object, list[Quad]] = defaultdict(list)
    pointers: dict[object, list[object]] = defaultdict(list)
    for quad in quads:
        if quad.graph_name in articles:
            own[quad.graph_name].append(quad)
        else:
            shared[quad.subject].append(quad)
            if quad.object in articles:
                pointers[quad.object].append(quad.subject)
    left = set(shared)
    for article in articles:
        reached: set[object] = set()
        todo = [*pointers[article], *(quad.object for quad in own[article])]
        while todo:
            subject = todo.pop()
            if subject in shared and subject not in reached:
                reached.add(subject)
                todo += [quad.object for quad in shared[subject]]
        left -= reached
        yield own[article] + [quad for subject in reached for quad in shared[subject]]
    lines += [f"{subject}: no article leads to it" for subject in left]


# --------------------------------------------------------------------------- SHACL


@cache
def _shapes() -> Graph:
    return Graph().parse(ontology_file("shapes.ttl"), format="turtle")


@cache
def known_types() -> frozenset[str]:
    """The classes that a shape is about."""
    return frozenset(str(kind) for kind in _shapes().objects(None, SH.targetClass))


def faults_of(batch: Sequence[Quad], *, quick: bool) -> Sequence[str]:
    """What is wrong with an article and what it leads to by the shapes; `quick` as for `validate_graph`."""
    faults = quick_faults(batch) if quick else ()
    return _shape_faults(to_rdflib(batch)) or faults if faults or not quick else ()


def _shape_faults(graph: Graph) -> list[str]:
    """What pySHACL finds in a graph, a line each."""
    import pyshacl

    try:
        conforms, results, text = pyshacl.validate(graph, shacl_graph=_shapes(), inference="none", advanced=False)
    except TypeError as error:  # rdflib gives up on an offset that is no whole number
        return [f"the shapes could not be checked: {error}"]
    if not isinstance(results, Graph):
        return [f"the shapes could not be checked: {text}"]
    lines = [_line(graph, results, fault) for fault in results.subjects(RDF.type, SH.ValidationResult)]
    if not conforms and not lines:
        lines.append(f"the graph does not keep the shapes: {text}")
    return lines


def _line(graph: Graph, results: Graph, fault: Node) -> str:
    focus = results.value(fault, SH.focusNode)
    path = results.value(fault, SH.resultPath)
    value = results.value(fault, SH.value)
    messages = sorted(str(message) for message in results.objects(fault, SH.resultMessage))
    shown = f" [{_name(value)}]" if value is not None and value != focus and str(value) not in " ".join(messages) else ""
    place = f" {_name(path)}" if isinstance(path, URIRef) else ""
    return f"{_name(focus)}{_words(graph, focus)}{place}: {' '.join(messages)}{shown}"


def _name(term: Node | None) -> str:
    if isinstance(term, RdfLiteral):
        return _cut(str(term))
    for prefix, namespace in PREFIXES.items():
        if str(term).startswith(namespace):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return str(term)


def _words(graph: Graph, term: Node | None) -> str:
    for predicate in _SAID_BY:
        found = graph.value(term, predicate, any=True) if term is not None else None
        if found is not None:
            return f" ({_cut(str(found))})"
    return ""


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return f'"{plain}"' if len(plain) <= _LONGEST else f'"{plain[: _LONGEST - 1]}…"'
