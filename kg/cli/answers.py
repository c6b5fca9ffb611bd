"""Answers to SPARQL queries in the formats people and programs ask for."""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.query import Term

__all__ = ["ROW_WRITERS", "is_number"]

type Row = Sequence[Term]
type RowWriter = Callable[[Sequence[str], Iterable[Row]], Iterator[str]]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset({"integer", "decimal", "double", "float"})


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 Query Results CSV."""
    from kg.graph.query import plain

    line = io.StringIO(newline="")
    writer = csv.writer(line)  # ends lines in CRLF, as the format asks
    for values in _with_head(columns, ([plain(term) for term in row] for row in rows)):
        writer.writerow(values)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _with_head(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield head
    yield from rows


def _tsv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 Query Results TSV: terms as in Turtle, so that types and languages are kept."""
    yield "\t".join(f"?{column}" for column in columns) + "\n"
    for row in rows:
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"


def _json(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 Query Results JSON, a row a line."""
    yield f'{{"head": {{"vars": {json.dumps(list(columns))}}}, "results": {{"bindings": ['
    separator = "\n"
    for row in rows:
        binding = {column: _described(term) for column, term in zip(columns, row, strict=True) if term is not None}
        yield separator + _dumped(binding)
        separator = ",\n"
    yield "\n]}}\n"


def _jsonl(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """An object a line, numbers and truth values as such."""
    for row in rows:
        yield _dumped(dict(zip(columns, map(_simple, row), strict=True))) + "\n"


def _dumped(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def _described(term: "Term") -> dict[str, object]:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        described: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            described["xml:lang"] = term.language
        elif term.datatype.value != f"{_XSD}string":
            described["datatype"] = term.datatype.value
        return described
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _described(part) for name, part in parts.items()}}
    raise TypeError(f"no term of an answer: {term!r}")


def _simple(term: "Term") -> object:
    from pyoxigraph import Literal

    from kg.graph.query import plain

    if term is None:
        return None
    if isinstance(term, Literal):
        datatype = term.datatype.value.removeprefix(_XSD)
        try:
            if datatype == "boolean":
                return {"true": True, "1": True, "false": False, "0": False}[term.value]
            if datatype == "integer":
                return int(term.value)
            if datatype in {"decimal", "double", "float"} and math.isfinite(number := float(term.value)):
                return number
        except (ValueError, KeyError):  # "many"^^xsd:integer is a literal too
            return term.value
    return plain(term)


def is_number(term: "Term") -> bool:
    """Whether a value is typed as a number."""
    from pyoxigraph import Literal

    return isinstance(term, Literal) and term.datatype.value.removeprefix(_XSD) in _NUMBERS


ROW_WRITERS: dict[str, RowWriter] = {"csv": _csv, "tsv": _tsv, "json": _json, "jsonl": _jsonl}
