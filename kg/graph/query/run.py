"""SPARQL over a store: the canned questions, and any query that only reads.

Every query sees all graphs as one. The prefixes of `kg.graph.terms.PREFIXES` need no declaration. A query file may say in its head what it
answers and which parameters it takes; a parameter is a variable that SELECT names and that is bound to a string before the query runs:

```
# summary: What somebody said.
# parameter: person - name of the speaker - Wang Peng
# parameter: topic (optional) - a word - trade
```
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadParameter, QueryError, QuerySyntax, UnknownQuery
from kg.graph.query.guard import check_query
from kg.graph.store import Store
from kg.graph.terms import PREFIXES

__all__ = ["Answer", "AnswerKind", "CannedQuery", "Parameter", "Term", "canned_queries", "load_query", "parse_query", "plain", "run_query"]

type Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None

_SUMMARY = re.compile(r"#\s*summary:\s*(.+)")
_NUMBER = re.compile(r"\d+(\.\d+)?|\.\d+")  # what a parameter must be where its example is one
_PARAMETER = re.compile(r"#\s*parameter:\s*(\w+)(\s+\(optional\))?\s+-\s+(.+?)(?:\s+-\s+(.+))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query.

    Attributes:
        name: the variable's, without the question mark.
        what: what to give.
        example: a value that makes sense; "" if the query gives none.
        required: without it the query does not run; an optional one that is not given is the empty string.
    """

    name: str
    what: str
    example: str
    required: bool


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A query with what its head says: name, one line on what it answers, parameters in order, and the SPARQL itself."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def takes(self) -> str:
        """Its parameters in words, with an example of each; "none" if it has none.

        >>> parse_query("q", "# parameter: topic - a word - trade").takes
        "topic: a word, as in -p topic 'trade'"
        """
        told = (f"{p.name}: {p.what}{f', as in -p {p.name} {p.example!r}' if p.example else ''}" for p in self.parameters)
        return "; ".join(told) or "none"


class AnswerKind(StrEnum):
    """What a query gives: rows (SELECT), yes or no (ASK), or triples (CONSTRUCT, DESCRIBE)."""

    ROWS = "rows"
    TRUTH = "truth"
    TRIPLES = "triples"


@dataclass(frozen=True, slots=True)
class Answer:
    """A query's answer; rows and triples come as they are found, once, while the store is open.

    Attributes:
        kind: which of the others is filled.
        columns: names of the variables, parameters left out.
        rows: terms in the order of the columns, None where a variable has no value.
        truth: of ASK.
        triples: of CONSTRUCT and DESCRIBE.
        cut: whether a limit left rows or triples out; known when all have been read.
    """

    kind: AnswerKind
    columns: tuple[str, ...] = ()
    rows: Iterator[tuple[Term, ...]] = field(default_factory=lambda: iter(()))
    truth: bool = False
    triples: Iterator[ox.Triple] = field(default_factory=lambda: iter(()))
    cut: Callable[[], bool] = lambda: False


def canned_queries() -> tuple[CannedQuery, ...]:
    """The queries that come with the package, by name.

    >>> [query.name for query in canned_queries()][:3]
    ['about', 'agreement', 'conflicting-figures']
    """
    files = (file for file in resources.files("kg.graph").joinpath("queries").iterdir() if file.name.endswith(".rq"))
    found = (parse_query(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files)
    return tuple(sorted(found, key=lambda query: query.name))


def load_query(name: str) -> CannedQuery:
    """A canned query by its name, else the query in the file of that path.

    Raises:
        UnknownQuery: if there is neither; names the nearest.
        QueryError: if the file cannot be read.
    """
    canned = {query.name: query for query in canned_queries()}
    if name in canned:
        return canned[name]
    path = Path(name)
    try:
        if path.is_file():
            return parse_query(path.stem, path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise QueryError(f"cannot be read ({error})", where=name, remedy="Give a UTF-8 text file") from error
    near = difflib.get_close_matches(name.lower(), canned, n=1, cutoff=0.5)
    guess = f"Did you mean {near[0]}? " if near else ""
    raise UnknownQuery(f"no canned query and no file {name!r}", remedy=f"{guess}There are {', '.join(canned)}")


def parse_query(name: str, text: str) -> CannedQuery:
    """A query with what the comments before its first line of SPARQL say.

    >>> parse_query("q", "# parameter: topic (optional) - a word - trade").parameters
    (Parameter(name='topic', what='a word', example='trade', required=False),)
    """
    summary = ""
    parameters = []
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith("#"):
            break
        if found := _SUMMARY.fullmatch(line):
            summary = found[1]
        elif found := _PARAMETER.fullmatch(line):
            parameters.append(Parameter(found[1], found[3], found[4] or "", required=found[2] is None))
    return CannedQuery(name, summary, tuple(parameters), text)


def run_query(store: Store, query: CannedQuery | str, *, parameters: Mapping[str, str] | None = None) -> Answer:
    """Ask the store.

    Args:
        store: an open one; it must stay open until the answer has been read.
        query: one that `load_query` gave, or SPARQL, whose head may declare parameters.
        parameters: values by name. They are bound as strings, never put into the query's text.

    Raises:
        QuerySyntax: if it is no SPARQL.
        ForbiddenQuery: if it would fetch or change something.
        BadParameter: if one is unknown, or a required one is missing or blank.
        QueryError: if it fails while it runs.
    """
    asked = parse_query("query", query) if isinstance(query, str) else query
    bound = _bound(asked, parameters or {})
    check_query(asked.text)
    values: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(name): ox.Literal(value) for name, value in bound.items()
    }
    try:
        found = store.inner.query(asked.text, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=values)
    except SyntaxError as error:
        place = re.search(r"at (\d+):(\d+)", str(error))
        line, column = place.groups() if place else ("1", "1")
        raise QuerySyntax(f"line {line}, column {column}: no SPARQL that this store knows", remedy="Mend the query") from error
    except RuntimeError as error:
        if "projection" in str(error):
            remedy = f"Name {', '.join(f'?{name}' for name in bound)} in SELECT"
            raise BadParameter("a parameter is no variable of SELECT", where=asked.name, remedy=remedy) from error
        raise QueryError(f"the query failed: {error}", where=asked.name, remedy="Mend the query") from error
    if isinstance(found, ox.QueryBoolean):
        return Answer(AnswerKind.TRUTH, truth=bool(found))
    if isinstance(found, ox.QueryTriples):
        return Answer(AnswerKind.TRIPLES, triples=_running(found, asked.name))
    names = [variable.value for variable in found.variables]
    kept = [number for number, name in enumerate(names) if name not in bound]
    rows = (tuple(row[number] for number in kept) for row in _running(found, asked.name))
    return Answer(AnswerKind.ROWS, columns=tuple(names[number] for number in kept), rows=rows)


def plain(term: Term) -> str:
    """A term as a person reads it: the words of a literal, the IRI of a node, nothing for no value.

    >>> plain(ox.Literal("rain")), plain(ox.NamedNode("urn:kg:ontology")), plain(None)
    ('rain', 'urn:kg:ontology', '')
    """
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.Triple) else term.value


def _running[T](found: Iterable[T], name: str) -> Iterator[T]:
    try:
        yield from found
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}", where=name, remedy="Mend the query, or run `kg doctor`") from error


def _bound(query: CannedQuery, given: Mapping[str, str]) -> dict[str, str]:
    """A value for each parameter the query declares."""
    known = {parameter.name: parameter for parameter in query.parameters}
    takes = f"It takes {query.takes}"
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            guess = f"Did you mean {near[0]}? " if near else ""
            raise BadParameter(f"no parameter {name!r}", where=query.name, remedy=f"{guess}{takes}")
    for name, parameter in known.items():
        if parameter.required and not given.get(name, "").strip():
            state = "is blank" if name in given else "is missing"
            raise BadParameter(f"parameter {name!r} {state}", where=query.name, remedy=takes)
        if _NUMBER.fullmatch(parameter.example) and not _NUMBER.fullmatch(given.get(name, "").strip() or "0"):
            raise BadParameter(f"parameter {name!r} is {given[name]!r}, which is no number", where=query.name, remedy=takes)
    return {name: given.get(name, "") for name in known}
