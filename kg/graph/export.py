"""A store, or one article of it, as Turtle, TriG, N-Triples, N-Quads or JSON-LD: always the same bytes for the same quads.

Turtle and TriG are written for people: a base for each article, prefixes, types first, nodes in the order of the text. The graph
`ontology` is left out: it comes with the package and is loaded into every store.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

import pyoxigraph as ox
from rdflib.namespace import RDF, SDO, XSD

from kg.errors import KgError
from kg.graph import iris
from kg.graph.mapping import quad_order
from kg.graph.store import Store
from kg.graph.terms import OA, PREFIXES

__all__ = ["FORMATS", "export", "write_quads"]

type Part = tuple[str, list[ox.Quad]]  # a graph's IRI and its quads, sorted

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
_LOCAL = re.compile(r"[A-Za-z_](?:[\w-]*\w)?", re.ASCII)
_ORDER_TOKEN = re.compile(r"(\d+)")


def export(store: Store, format: str, *, article: str | None = None) -> Iterator[bytes]:  # noqa: A002  what it is called everywhere
    """The bytes of an export, piece by piece, UTF-8.

    Args:
        store: an open one.
        format: one of `FORMATS`; Turtle and N-Triples have no graphs, so theirs are merged.
        article: IRI of the one article to write, with its provenance and concepts; None for all.

    Raises:
        KgError: if there is no such format.
        StoreError: if there is no such article.
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
    ordered = sorted(quads, key=quad_order)
    parts = [(str(name)[1:-1], list(group)) for name, group in groupby(ordered, key=lambda quad: quad.graph_name)]
    return b"".join(FORMATS[format](iter(_arranged(parts, base)), base))


def _parts(store: Store, article: str | None) -> Iterator[Part]:
    if article is not None:
        ordered = store.article_quads(article)
        parts = [(str(name)[1:-1], list(group)) for name, group in groupby(ordered, key=lambda quad: quad.graph_name)]
        yield from _arranged(parts, store.base)
        return
    for graph in sorted(store.graphs(), key=lambda name: _rank(name, store.base)):
        if graph != iris.graph_iri(store.base, "ontology"):
            yield graph, sorted(store.quads(graph), key=quad_order)


def _arranged(parts: list[Part], base: str) -> list[Part]:
    return sorted(parts, key=lambda part: _rank(part[0], base))


def _rank(graph: str, base: str) -> tuple[bool, str]:
    """Articles first."""
    return not iris.is_article_iri(base, graph), graph


# --------------------------------------------------------------------------- a line a quad


def _n_quads(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    del base
    for _, quads in parts:
        yield from (f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n".encode() for quad in quads)


def _n_triples(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    del base
    for _, quads in parts:
        yield from (f"{quad.subject} {quad.predicate} {quad.object} .\n".encode() for quad in quads)


# --------------------------------------------------------------------------- Turtle and TriG


def _turtle(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    yield _prefixes()
    for graph, quads in parts:
        yield _heading(graph, base)
        for node in _subjects(quads):
            yield f"\n{_subject_block(node, graph, '')}".encode()


def _trig(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    yield _prefixes()
    for graph, quads in parts:
        yield _heading(graph, base)
        yield f"\n{_short(ox.NamedNode(graph), None)} {{\n".encode()
        for number, node in enumerate(_subjects(quads)):
            yield f"{chr(10) if number else ''}{_subject_block(node, graph, '    ')}".encode()
        yield b"}\n"


def _prefixes() -> bytes:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()).encode()


def _heading(graph: str, base: str) -> bytes:
    name = graph.removeprefix(base)
    return f"\n# {'-' * 20} {name}\n@base <{graph}> .\n".encode()


def _subjects(quads: list[ox.Quad]) -> list[list[ox.Quad]]:
    groups = [list(group) for _, group in groupby(quads, key=lambda quad: quad.subject)]
    return sorted(groups, key=lambda group: _reading_order(str(group[0].subject)))


def _reading_order(term: str) -> tuple[Any, ...]:
    """The article, then who, then what, then where; in each, by offset: `#char=9,12` before `#char=10,64`."""
    fragment = term.partition("#")[2]
    kind = re.split(r"[-=>]", fragment, maxsplit=1)[0]
    rank = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
    return rank, [(0, int(token), "") if token.isdigit() and token.isascii() else (1, 0, token) for token in _ORDER_TOKEN.split(term)], term


def _subject_block(quads: list[ox.Quad], graph: str, indent: str) -> str:
    by_predicate = {
        predicate.value: sorted((quad.object for quad in group), key=lambda term: _reading_order(str(term)))
        for predicate, group in groupby(quads, key=lambda quad: quad.predicate)
    }
    lines = [
        f"{'a' if predicate == _TYPE else _short(ox.NamedNode(predicate), graph)} {', '.join(_short(term, graph) for term in objects)}"
        for predicate, objects in sorted(by_predicate.items(), key=lambda item: _predicate_order(item[0]))
    ]
    gap = f" ;\n{indent}    "
    return f"{indent}{_short(quads[0].subject, graph)} {gap.join(lines)} .\n"


def _predicate_order(predicate: str) -> tuple[int, str]:
    first = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    return first, _compact(predicate) or predicate


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, graph: str | None) -> str:
    """A term as Turtle spells it shortest: prefixed, or relative to the article that is the base."""
    if isinstance(term, ox.NamedNode):
        if graph is not None and term.value == graph:
            return "<>"
        if graph is not None and term.value.startswith(f"{graph}#"):
            return f"<{term.value.removeprefix(graph)}>"
        return _compact(term.value) or str(term)
    if isinstance(term, ox.Literal) and not term.language:
        datatype = term.datatype.value
        if datatype in {str(XSD.integer), str(XSD.boolean)} or (datatype == str(XSD.decimal) and "." in term.value):
            return term.value if re.fullmatch(r"[+-]?\d+(\.\d+)?|true|false", term.value, re.ASCII) else str(term)
        if datatype != str(XSD.string) and (short := _compact(datatype)):
            return f"{ox.Literal(term.value)}^^{short}"
    return str(term)


def _compact(iri: str) -> str | None:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            local = iri.removeprefix(namespace)
            return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else None
    return None


# --------------------------------------------------------------------------- JSON-LD


def _json_ld(parts: Iterator[Part], base: str) -> Iterator[bytes]:
    """One object with its own context, so that no reader has to fetch one; a node a line."""
    del base
    yield f'{{"@context": {_json(PREFIXES)},\n "@graph": ['.encode()
    for number, (graph, quads) in enumerate(parts):
        yield f'{"," if number else ""}\n  {{"@id": {_json(graph)}, "@graph": ['.encode()
        for position, group in enumerate(_subjects(quads)):
            yield f"{',' if position else ''}\n    {_json(_json_node(group))}".encode()
        yield b"\n  ]}"
    yield b"\n]}\n"


def _json_node(quads: list[ox.Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": str(quads[0].subject)[1:-1]}
    for predicate, group in groupby(quads, key=lambda quad: quad.predicate):
        objects = sorted((quad.object for quad in group), key=lambda term: _reading_order(str(term)))
        values = [_json_value(term, as_type=predicate.value == _TYPE) for term in objects]
        key = "@type" if predicate.value == _TYPE else _compact(predicate.value) or predicate.value
        node[key] = values[0] if len(values) == 1 else values
    return dict(sorted(node.items(), key=lambda item: (item[0] != "@id", item[0] != "@type", item[0])))


def _json_value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, *, as_type: bool) -> Any:
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
