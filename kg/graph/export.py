"""A store, or one article of it, as Turtle, TriG, N-Triples, N-Quads or JSON-LD: always the same bytes for the same quads.

Turtle and TriG are written for people: a base for each article, prefixes, types first, nodes in the order of the text. The graph
`ontology` is left out: it comes with the package and is loaded into every store.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
from rdflib.namespace import RDF, SDO, XSD

from kg.errors import KgError
from kg.graph import iris
from kg.graph.reading import find_article
from kg.graph.store import Store
from kg.graph.terms import OA, PREFIXES

__all__ = ["FORMATS", "export", "write_quads"]

type Part = tuple[str, list[ox.Quad]]  # a graph's IRI and its quads, in no order that means anything
type Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
type Node = tuple[Term, dict[str, list[Term]]]  # a subject with its objects by predicate

_TYPE = str(RDF.type)
_FIRST = (_TYPE, str(SDO.name), str(SDO.text), str(OA.start), str(OA.end), str(OA.exact))  # what tells a reader which node this is
_KINDS = (
    "",
    "person",
    "organisation",
    "place",
    "work",
    "group",
    "unnamed",
    "role",
    "part",
    "attribution",
    "claim",
    "quantity",
    "stance",
    "char",
)
_RANKS = {kind: rank for rank, kind in enumerate(_KINDS)}
_KIND_END = re.compile(r"[-=>]")
_LOCAL = re.compile(r"[A-Za-z_](?:[\w-]*\w)?", re.ASCII)
_NUMBERS = re.compile(r"([0-9]+)")
_BARE = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?|true|false")
_NAMESPACES = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_STRING, _INTEGER, _BOOLEAN, _DECIMAL = (str(kind) for kind in (XSD.string, XSD.integer, XSD.boolean, XSD.decimal))


def export(store: Store, format: str, *, article: str | None = None) -> Iterator[bytes]:  # noqa: A002  what it is called everywhere
    """The bytes of an export, piece by piece, UTF-8.

    Args:
        store: an open one.
        format: one of `FORMATS`; Turtle and N-Triples have no graphs, so theirs are merged.
        article: the one article to write, with its provenance and concepts, as `find_article` takes it; None for all.

    Raises:
        KgError: if there is no such format.
        NotInStore: if there is no such article.
    """
    if format not in FORMATS:
        raise KgError(f"no export format {format!r}", remedy=f"Choose from: {', '.join(FORMATS)}")
    return FORMATS[format](_parts(store, article), store.base)


def write_quads(quads: Iterable[ox.Quad], format: str, *, base: str) -> bytes:  # noqa: A002
    """The same bytes for quads that are in no store.

    >>> quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"), ox.NamedNode("urn:kg:concepts"))
    >>> write_quads([quad], "nt", base="urn:kg:").decode().strip()
    '<urn:a> <urn:b> "c" .'
    """
    if format not in FORMATS:
        raise KgError(f"no export format {format!r}", remedy=f"Choose from: {', '.join(FORMATS)}")
    return b"".join(FORMATS[format](iter(_by_graph(quads, base)), base))


def _parts(store: Store, article: str | None) -> Iterator[Part]:
    if article is not None:
        yield from _by_graph(store.article_quads(find_article(store, article)), store.base)
        return
    for graph in sorted(store.graphs(), key=lambda name: _rank(name, store.base)):
        if graph != iris.graph_iri(store.base, "ontology"):
            yield graph, list(store.quads(graph))


def _by_graph(quads: Iterable[ox.Quad], base: str) -> list[Part]:
    parts: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        parts.setdefault(str(quad.graph_name)[1:-1], []).append(quad)
    return sorted(parts.items(), key=lambda part: _rank(part[0], base))


def _rank(graph: str, base: str) -> tuple[bool, str]:
    """Articles first."""
    return not iris.is_article_iri(base, graph), graph


# --------------------------------------------------------------------------- a line a quad


def _n_quads(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    del base
    for _, quads in parts:
        yield from _sorted_lines(quads, ox.RdfFormat.N_QUADS)


def _n_triples(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    del base
    for _, quads in parts:
        yield from _sorted_lines([quad.triple for quad in quads], ox.RdfFormat.N_TRIPLES)


def _sorted_lines(statements: Sequence[ox.Quad] | Sequence[ox.Triple], format: ox.RdfFormat) -> Iterator[bytes]:  # noqa: A002
    # Written by Oxigraph and sorted as bytes: many times faster than a line at a time, and UTF-8 keeps the order of code points.
    lines = (ox.serialize(statements, format=format) or b"").split(b"\n")
    yield from (line + b"\n" for line in sorted(lines) if line)


# --------------------------------------------------------------------------- Turtle and TriG


def _turtle(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    yield _prefixes()
    for graph, quads in parts:
        yield _heading(graph, base)
        yield "".join(f"\n{_subject_block(node, graph, '')}" for node in _nodes(quads, graph)).encode()


def _trig(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    yield _prefixes()
    for graph, quads in parts:
        yield _heading(graph, base)
        blocks = "\n".join(_subject_block(node, graph, "    ") for node in _nodes(quads, graph))
        yield f"\n{_short(ox.NamedNode(graph), None)} {{\n{blocks}}}\n".encode()


def _prefixes() -> bytes:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()).encode()


def _heading(graph: str, base: str) -> bytes:
    name = graph.removeprefix(base)
    return f"\n# {'-' * 20} {name}\n@base <{graph}> .\n".encode()


def _nodes(quads: Iterable[ox.Quad], graph: str) -> list[Node]:
    """The subjects in reading order, each with its predicates in theirs."""
    found: dict[Term, dict[str, list[Term]]] = {}
    for quad in quads:
        found.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    for objects in found.values():
        for several in objects.values():
            if len(several) > 1:
                several.sort(key=lambda term: _reading_order(str(term), graph))
    ordered = sorted(found.items(), key=lambda item: _reading_order(str(item[0]), graph))
    return [(subject, dict(sorted(objects.items(), key=lambda item: _predicate_order(item[0])))) for subject, objects in ordered]


def _reading_order(term: str, graph: str) -> tuple[Any, ...]:
    """The article, then who, then what, then where; in each, by offset: `#char=9,12` before `#char=10,64`."""
    _, hash_mark, fragment = term.partition("#")
    rank = _RANKS.get(_KIND_END.split(fragment, maxsplit=1)[0], len(_KINDS))
    # Between two of one article the fragment alone tells; a list of words and numbers in turn compares place by place.
    told = fragment if hash_mark and term.startswith(f"<{graph}#") else term
    parts: list[Any] = _NUMBERS.split(told)
    parts[1::2] = map(int, parts[1::2])
    return rank, parts, term


def _subject_block(node: Node, graph: str, indent: str) -> str:
    subject, objects = node
    lines = [
        f"{'a' if predicate == _TYPE else _compact(predicate) or f'<{predicate}>'} {', '.join(_short(term, graph) for term in several)}"
        for predicate, several in objects.items()
    ]
    gap = f" ;\n{indent}    "
    return f"{indent}{_short(subject, graph)} {gap.join(lines)} .\n"


@lru_cache(maxsize=1024)
def _predicate_order(predicate: str) -> tuple[int, str]:
    first = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    return first, _compact(predicate) or predicate


def _short(term: Term, graph: str | None) -> str:
    """A term as Turtle spells it shortest: prefixed, or relative to the article that is the base."""
    if isinstance(term, ox.NamedNode):
        value = term.value
        if graph is not None and value.startswith(graph):
            if len(value) == len(graph):
                return "<>"
            if value[len(graph)] == "#":
                return f"<{value[len(graph) :]}>"
        return _compact(value) or f"<{value}>"
    if isinstance(term, ox.Literal) and not term.language:
        value, datatype = term.value, term.datatype.value
        if datatype in {_INTEGER, _BOOLEAN} or (datatype == _DECIMAL and "." in value):
            return value if _BARE.fullmatch(value) else str(term)
        if datatype != _STRING and (short := _compact(datatype)):
            return f"{ox.Literal(value)}^^{short}"
    return str(term)


@lru_cache(maxsize=4096)  # the terms of vocabularies; IRIs of articles pass through and are forgotten
def _compact(iri: str) -> str | None:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix, local = _NAMESPACES.get(iri[:cut]), iri[cut:]
    return f"{prefix}:{local}" if prefix and _LOCAL.fullmatch(local) else None


# --------------------------------------------------------------------------- JSON-LD


def _json_ld(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    """One object with its own context, so that no reader has to fetch one; a node a line."""
    del base
    yield f'{{"@context": {_json(PREFIXES)},\n "@graph": ['.encode()
    for number, (graph, quads) in enumerate(parts):
        yield f'{"," if number else ""}\n  {{"@id": {_json(graph)}, "@graph": ['.encode()
        for position, node in enumerate(_nodes(quads, graph)):
            yield f"{',' if position else ''}\n    {_json(_json_node(node))}".encode()
        yield b"\n  ]}"
    yield b"\n]}\n"


def _json_node(node: Node) -> dict[str, Any]:
    subject, objects = node
    written: dict[str, Any] = {"@id": str(subject)[1:-1]}
    for predicate, several in objects.items():
        values = [_json_value(term, as_type=predicate == _TYPE) for term in several]
        key = "@type" if predicate == _TYPE else _compact(predicate) or predicate
        written[key] = values[0] if len(values) == 1 else values
    return dict(sorted(written.items(), key=lambda item: (item[0] != "@id", item[0] != "@type", item[0])))


def _json_value(term: Term, *, as_type: bool) -> Any:
    if isinstance(term, ox.Literal):
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        # Numbers as strings with a type: a JSON number loses the digits of a decimal and the name of its type.
        return term.value if datatype == str(XSD.string) else {"@value": term.value, "@type": _compact(datatype) or datatype}
    iri = str(term)[1:-1]
    return _compact(iri) or iri if as_type else {"@id": iri}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


FORMATS: dict[str, Callable[[Iterator[Part], str], Iterator[bytes]]] = {
    "ttl": _turtle,
    "trig": _trig,
    "nt": _n_triples,
    "nq": _n_quads,
    "jsonld": _json_ld,
}
