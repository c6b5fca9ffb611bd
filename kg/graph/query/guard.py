"""Lets a SPARQL query pass only if it reads this store and nothing else. Fails closed.

Both engines fetch what `SERVICE`, `LOAD` and (rdflib) `FROM` name, from the web or from the disk. A query is parsed here by rdflib and its
tree is searched; its words are searched as well, so that a difference between rdflib's parser and Oxigraph's opens no door.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pyparsing import ParseException
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import expandUnicodeEscapes, parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import ForbiddenQuery, QuerySyntax
from kg.graph.terms import PREFIXES

__all__ = ["check_query"]

_FETCHING_NODES = frozenset({"ServiceGraphPattern", "DatasetClause"})
_FETCHING_WORDS = frozenset({"service", "from", "load"})
# Strings, IRIs and comments, in which a word means nothing; else a word, with a variable's or prefix's marks so that ?from is none.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|#[^\n\r]*"
    r"|(?P<word>[?$:@\w][\w:-]*)",
    re.DOTALL,
)


@lru_cache(maxsize=256)  # whoever asks many questions asks the same ones again, and parsing takes longer than answering
def check_query(text: str) -> None:
    """Return if the query may be run.

    The prefixes of `kg.graph.terms.PREFIXES` are known without being declared.

    Raises:
        QuerySyntax: if it is no SPARQL query, or rdflib cannot read it; line and column count from 1.
        ForbiddenQuery: if it is an update, or holds SERVICE, FROM or LOAD.

    >>> check_query("SELECT ?person WHERE { ?person a eo:ReportedAgent }")
    >>> check_query("SELECT ?x WHERE { SERVICE <https://example.org/sparql> { ?x ?y ?z } }")
    Traceback (most recent call last):
    kg.errors.ForbiddenQuery: the query holds SERVICE. A query may only read the store; take that part out
    """
    for version in {text, expandUnicodeEscapes(text)}:
        for word in _words(version):
            if word.lower() in _FETCHING_WORDS:
                raise _forbidden(f"the query holds {word.upper()}")
    try:
        tree = parseQuery(text)
    except ParseException as error:
        if _is_update(text):
            raise _forbidden("this is an update") from error
        raise _syntax(text, error.lineno, error.column) from error
    except RecursionError as error:
        raise QuerySyntax("the query is nested too deeply to be checked", remedy="Make it simpler") from error
    except Exception as error:  # rdflib's parser raises many kinds; whatever it cannot read must not run
        raise QuerySyntax(f"line 1, column 1: the query cannot be read ({error})", remedy="Mend the query") from error
    try:
        algebra = translateQuery(tree, initNs=PREFIXES)
        fetching = sorted({node.name for part in (list(tree), algebra.algebra) for node in _nodes(part)} & _FETCHING_NODES)
    except Exception as error:
        line, column = _prefix_place(text, str(error))
        raise QuerySyntax(f"line {line}, column {column}: {error}", remedy="Mend the query") from error
    if fetching:
        raise _forbidden(f"the query holds {' and '.join(fetching)}")


def _forbidden(what: str) -> ForbiddenQuery:
    return ForbiddenQuery(what, remedy="A query may only read the store; take that part out")


def _syntax(text: str, line: int, column: int) -> QuerySyntax:
    lines = text.splitlines()
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    near = f"no SPARQL from here on: {rest[:40]}" if rest else "the query ends too early"
    return QuerySyntax(f"line {line}, column {column}: {near}", remedy="Mend the query")


def _prefix_place(text: str, message: str) -> tuple[int, int]:
    """Where the prefix that an error complains of is first used, else the start."""
    found = re.search(r"prefix\s*:\s*(\S*)", message)
    at = text.find(f"{found.group(1)}:") if found else -1
    before = text[: max(at, 0)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _is_update(text: str) -> bool:
    try:
        parseUpdate(text)
    except Exception:  # noqa: BLE001  anything that is no update is a syntax error, which the caller reports
        return False
    return bool(text.strip())


def _words(text: str) -> Iterator[str]:
    return (found["word"] for found in _TOKEN.finditer(text) if found["word"])


def _nodes(part: Any) -> Iterator[CompValue]:
    """Every node of a parse tree or an algebra, wherever it hides."""
    todo = [part]
    seen: set[int] = set()
    while todo:
        value = todo.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, CompValue):
            yield value
        if isinstance(value, dict):
            todo += list(value.values())
        elif isinstance(value, list | tuple | set | frozenset) or type(value).__name__ == "ParseResults":
            todo += list(value)
