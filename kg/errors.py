"""The errors this package raises. All are `KgError`; catch that one to catch them all.

```
KgError                    exit 1
├── SettingsError          exit 2   kg.toml, a KG_* variable or a flag holds a value that cannot be used
├── ReadError              exit 1   a source cannot be read as an article
│   ├── SourceNotFound              no such file or directory
│   ├── NothingToRead               a directory without a readable file, an empty input
│   ├── NotText                     binary data, or bytes that are no text in any encoding tried
│   ├── TooLong                     more characters than --max-chars
│   └── BadRecord                   a JSON Lines record that is no article
├── ModelError             exit 1   a language pipeline is missing or is not fit for use
├── StoreError             exit 1   the store on disk cannot be used
│   ├── StoreMissing                no store at that path
│   ├── StoreBusy                   another process is writing it
│   ├── StoreTooNew                 made by a newer version of kg
│   └── WriteFailed                 a file or the store could not be written (full disk, no permission)
├── NotInStore             exit 1   nothing in the store goes by that name or IRI
│   └── Ambiguous                   several go by it
├── DecisionError          exit 1   people's decisions cannot be used
│   ├── BadDecision                 a row of a decision file is none; names file and line
│   └── Contradiction               decisions that cannot all hold; shows the chain
├── QueryError             exit 1   a SPARQL query cannot be run
│   ├── QuerySyntax        exit 2   with line and column
│   ├── UnknownQuery       exit 2   no canned query of that name
│   ├── QueryTimeout                it took longer than it may
│   ├── BadParameter       exit 2   a query parameter is missing or unknown
│   └── ForbiddenQuery              it would fetch or change something (SERVICE, FROM, LOAD, updates)
└── ValidationFailed       exit 3   a graph does not keep the shapes
```
"""

from typing import ClassVar

__all__ = [
    "Ambiguous",
    "BadDecision",
    "BadParameter",
    "BadRecord",
    "Contradiction",
    "DecisionError",
    "ForbiddenQuery",
    "KgError",
    "ModelError",
    "NotInStore",
    "NotText",
    "NothingToRead",
    "QueryError",
    "QuerySyntax",
    "QueryTimeout",
    "ReadError",
    "SettingsError",
    "SourceNotFound",
    "StoreBusy",
    "StoreError",
    "StoreMissing",
    "StoreTooNew",
    "TooLong",
    "UnknownQuery",
    "ValidationFailed",
    "WriteFailed",
]


class KgError(Exception):
    """Something that a person can mend: what is wrong, where, and what to do.

    Args:
        what: the fact, with the value that is at fault.
        where: the file, record or place; None if there is none.
        remedy: what to do about it, an imperative sentence; None if nothing can be done.

    >>> str(KgError("no such file", where="news.txt", remedy="Check the path."))
    'news.txt: no such file. Check the path.'
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        place = f"{where}: " if where else ""
        advice = f". {remedy}" if remedy else ""
        super().__init__(f"{place}{what}{advice}")


class SettingsError(KgError):
    """A setting holds a value that cannot be used."""

    exit_code = 2


class ReadError(KgError):
    """A source cannot be read as an article."""


class SourceNotFound(ReadError):
    """No such file or directory."""


class NothingToRead(ReadError):
    """A directory without a readable file, or an input without text."""


class NotText(ReadError):
    """Binary data, or bytes that are no text in any encoding tried."""


class TooLong(ReadError):
    """More characters than `Settings.max_chars`."""


class BadRecord(ReadError):
    """A JSON Lines record that is no article."""


class ModelError(KgError):
    """A language pipeline is missing or is not fit for use."""


class StoreError(KgError):
    """The store on disk cannot be used."""


class StoreMissing(StoreError):
    """No store at that path."""


class StoreBusy(StoreError):
    """Another process is writing the store."""


class StoreTooNew(StoreError):
    """The store was made by a newer version of kg."""


class WriteFailed(StoreError):
    """A file or the store could not be written."""


class NotInStore(KgError):
    """Nothing in the store goes by that name or IRI; the message names the nearest."""


class Ambiguous(NotInStore):
    """Several things in the store go by that name.

    Args:
        candidates: a line of words for each; the message does not hold them.
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.candidates = candidates


class DecisionError(KgError):
    """People's decisions cannot be used."""


class BadDecision(DecisionError):
    """A row of a decision file is no decision; the message names file and line."""


class Contradiction(DecisionError):
    """Decisions contradict one another; the message shows the chain that leads from the one to the other."""


class QueryError(KgError):
    """A SPARQL query cannot be run."""


class QuerySyntax(QueryError):
    """The query is no SPARQL; the message holds line and column, both from 1."""

    exit_code = 2


class QueryTimeout(QueryError):
    """The query took longer than it may; rows read before are right, but not all."""


class UnknownQuery(QueryError):
    """No canned query of that name."""

    exit_code = 2


class BadParameter(QueryError):
    """A query parameter is missing or unknown."""

    exit_code = 2


class ForbiddenQuery(QueryError):
    """The query would fetch or change something."""


class ValidationFailed(KgError):
    """A graph does not keep the shapes."""

    exit_code = 3
