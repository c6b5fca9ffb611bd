"""Queries with limits: each runs in a process of its own, which is killed when its time is up.

No engine here keeps a time limit of its own, and a query in this process could not be stopped. The child opens the store for itself and
sends rows in batches as they are found. Time counts while the child is waited for, not while the reader of the rows does something else.
"""

import math
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import batched, islice
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, SpawnContext
from pathlib import Path
from typing import Any

from kg.errors import KgError, QueryError, QueryTimeout, SettingsError
from kg.graph.query import Answer, AnswerKind, CannedQuery, run_query
from kg.graph.store import open_store

__all__ = ["Limits", "run_limited"]

_BATCH = 200  # rows a message: few enough that the first are seen early, many enough that messages cost little


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may take and how much it may give.

    Attributes:
        seconds: of waiting for the store, from the start of the query; None for no limit.
        rows: rows or triples at most; None for all.

    Raises:
        SettingsError: if one is not positive.
    """

    seconds: float | None = 60.0
    rows: int | None = None

    def __post_init__(self) -> None:
        if self.seconds is not None and not (0 < self.seconds < math.inf):
            raise SettingsError(f"a time limit of {self.seconds} seconds", remedy="Give a number above 0.")
        if self.rows is not None and self.rows < 1:
            raise SettingsError(f"a limit of {self.rows} rows", remedy="Give a whole number of at least 1.")


@contextmanager
def run_limited(
    path: str | Path, query: CannedQuery | str, *, parameters: Mapping[str, str] | None = None, limits: Limits | None = None
) -> Iterator[Answer]:
    """Ask the store at `path` as `kg.graph.query.run_query` does, within limits. The answer can be read inside the `with` block.

    When there would be more rows than the limit allows, the rows end there, and `answer.cut()` is true afterwards.

    Raises:
        QueryTimeout: if the time is up, also while rows are read.
        KgError: whatever `open_store` and `run_query` raise.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     open_store(folder, write=True, create=True).close()
    ...     with run_limited(folder, "SELECT ?s { GRAPH ?g { ?s a owl:Ontology } }", limits=Limits(seconds=60)) as answer:
    ...         [row[0].value for row in answer.rows]
    ['https://w3id.org/expert-opinion']
    """
    limits = limits or Limits()
    context = _context()
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(ours, theirs, str(path), query, dict(parameters or {}), limits), daemon=True)
    child.start()
    theirs.close()
    reader = _Reader(ours, limits)
    try:
        kind, columns, truth = reader.next()
        if kind is AnswerKind.ROWS:
            yield Answer(kind, columns=columns, rows=reader.items(), cut=reader.was_cut)
        elif kind is AnswerKind.TRIPLES:
            yield Answer(kind, triples=reader.items(), cut=reader.was_cut)
        else:
            yield Answer(kind, truth=truth)
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()


def _context() -> ForkContext | SpawnContext:
    """A fork costs nothing but is safe only in a process without other threads, native ones included."""
    if sys.platform == "linux" and threading.active_count() == 1:
        with suppress(OSError):
            if sum(1 for _ in Path("/proc/self/task").iterdir()) == 1:
                return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


class _Reader:
    """What the child sends, as long as there is time."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self._connection = connection
        self._limits = limits
        self._waited = 0.0
        self._cut = False

    def was_cut(self) -> bool:
        return self._cut

    def next(self) -> Any:
        """The next message.

        Raises:
            QueryTimeout: if there is none in time.
            KgError: what the child met with.
        """
        left = None if self._limits.seconds is None else max(0.0, self._limits.seconds - self._waited)
        began = time.monotonic()
        there = self._connection.poll(left)
        self._waited += time.monotonic() - began
        if not there:
            raise QueryTimeout(f"the query took longer than {self._limits.seconds:g} seconds", remedy="Narrow it, or give it more time")
        try:
            message = self._connection.recv()
        except EOFError:
            raise QueryError("the query's process has ended before its answer", remedy="Narrow the query; memory may be short") from None
        if isinstance(message, KgError):
            raise message
        return message

    def items(self) -> Iterator[Any]:
        """All rows or triples; the child's last message tells whether it left some out."""
        while isinstance(batch := self.next(), tuple):
            yield from batch
        self._cut = batch


def _serve(
    far: Connection, connection: Connection, path: str, query: CannedQuery | str, parameters: dict[str, str], limits: Limits
) -> None:
    """The child: send the head, batches of rows as tuples, and at last whether rows were left out; or one error."""
    far.close()  # else the pipe would have a reader still when the parent is killed, and we would wait for it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and kills us
    _die_in_time(limits)
    with suppress(BrokenPipeError):  # nobody reads on
        try:
            with open_store(path) as store:
                answer = run_query(store, query, parameters=parameters)
                connection.send((answer.kind, answer.columns, answer.truth))
                found: Iterable[Any] = answer.rows if answer.kind is AnswerKind.ROWS else answer.triples
                items = iter(found)
                for batch in batched(islice(items, limits.rows), _BATCH):
                    connection.send(batch)
                connection.send(next(items, None) is not None)
        except KgError as error:
            connection.send(error)
        except MemoryError:
            connection.send(QueryError("the query needs more memory than there is", remedy="Narrow it"))


def _die_in_time(limits: Limits) -> None:
    """Let the system end a child whose parent was killed: by then nobody counts its time."""
    if limits.seconds is not None and sys.platform != "win32":
        import resource

        # Processor seconds of all threads together; four times the limit can only be reached by one that nobody waits for.
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        wanted = math.ceil(limits.seconds) * 4 + 1
        resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
