"""Articles read and mapped by worker processes, in the order they came; nothing is lost when a worker dies.

Each worker loads the language pipeline for itself and works on one article at a time. What it made goes back as quads that keep the
shapes, so that the process that writes has little to do. With one job all is done in this process.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, ModelError, ValidationFailed
from kg.records import Article, Extraction, Problem, TopicConcept
from kg.settings import Settings

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Made", "make_graphs"]

_DEATHS = 2  # an article that two workers died over is left out
_STARTS = 3  # workers that die before they are ready, one after the other
_AHEAD = 4  # articles a job that may wait for an earlier one to be ready
_SMALL = 16_000  # characters: what surely fits into a pipe while the worker is busy, so that sending it does not wait
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of an article.

    Attributes:
        quads: its graph, provenance and concepts, which keep the shapes.
        attributions, speakers, roles: how many were found.
    """

    article: Article
    quads: "frozenset[ox.Quad]"
    attributions: int
    speakers: int
    roles: int


def make_graphs(
    articles: Iterable[Article],
    *,
    settings: Settings,
    base: str,
    concepts: Iterable[TopicConcept] = (),
    change: Callable[[Extraction], Extraction] | None = None,
) -> Iterator[Made | Problem]:
    """What was made of each article, in order; a `Problem` for one that could not be extracted or whose graph does not keep the shapes.

    Nothing is loaded before the first article. So that the processes share what cores there are, each computes in one thread.

    Args:
        articles: read as they are needed, a few ahead.
        settings: `jobs` is the number of worker processes; 1 works in this process.
        base: IRI prefix of the store.
        concepts: the user's vocabulary of topics.
        change: applied to each extraction before it is mapped; must be picklable if there are several jobs.

    Raises:
        ModelError, SettingsError: if a worker cannot load what it needs.
    """
    job = _Job(settings, base, tuple(concepts), change)
    if settings.jobs == 1:
        maker = _Maker(job)
        for article in articles:
            yield maker.make(article)
    else:
        with contextlib.closing(_Pool(job)) as pool:
            yield from pool.run(iter(articles))


@dataclass(frozen=True, slots=True)
class _Job:
    """What every worker is told once."""

    settings: Settings
    base: str
    concepts: tuple[TopicConcept, ...]
    change: Callable[[Extraction], Extraction] | None


class _Maker:
    """Extracts, maps and checks."""

    def __init__(self, job: _Job) -> None:
        self._job = job
        self._extract: Callable[[Article], Extraction] | None = None

    def load(self) -> Callable[[Article], Extraction]:
        """The language pipeline and the engine.

        Raises:
            ModelError, SettingsError: if they cannot be loaded.
        """
        if self._extract is None:
            from kg.extract import load_extractor

            self._extract = load_extractor(self._job.settings, concepts=self._job.concepts)
        return self._extract

    def make(self, article: Article) -> Made | Problem:
        from kg.graph.mapping import quad_set
        from kg.graph.validate import check_graph

        extract = self.load()
        where = article.source_name or article.id
        try:
            found = extract(article)
            if self._job.change is not None:
                found = self._job.change(found)
            quads = quad_set(found, base=self._job.base)
            check_graph(quads, where=article.title or article.id)
        except ValidationFailed as error:  # fails closed: this article is left out, the others go on
            return Problem(where, str(error))
        except KgError:
            raise
        except Exception as error:  # noqa: BLE001  whatever one article does to the code must not cost the others
            return Problem(where, f"{where}: {_name(article)} could not be read ({type(error).__name__}: {error}). Please report it")
        speakers = len({one.speaker for one in found.attributions if one.speaker})
        return Made(article, quads, len(found.attributions), speakers, len(found.roles))


def _name(article: Article) -> str:
    return repr(article.title or article.url or article.id)


# --------------------------------------------------------------------------- several processes


@dataclass(slots=True, eq=False)
class _Slot:
    """An article on its way."""

    article: Article
    made: Made | Problem | None = None
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    connection: Connection
    ready: bool = False
    hands: deque[_Slot] = field(default_factory=deque)  # the first is being worked on


class _Pool:
    def __init__(self, job: _Job) -> None:
        self._job = job
        self._jobs = job.settings.jobs
        self._workers: list[_Worker] = []
        self._again: deque[_Slot] = deque()  # whose worker died
        self._failed_starts = 0

    def run(self, articles: Iterator[Article]) -> Iterator[Made | Problem]:
        """What was made of each, in order."""
        window: deque[_Slot] = deque()
        more = True
        while True:
            while more and len(window) < _AHEAD * self._jobs and not self._again and self._free() is not None:
                article = next(articles, None)
                if article is None:
                    more = False
                else:
                    window.append(_Slot(article))
                    self._again.append(window[-1])
                    self._hand_out()
            self._hand_out()
            if not window:
                return
            if window[0].made is None:
                self._receive()
            while window and (made := window[0].made) is not None:
                window.popleft()
                yield made

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.process.close()
        self._workers.clear()

    def _free(self) -> _Worker | None:
        """A worker with room for another article: the idlest; a new one as long as there are fewer than jobs."""
        if len(self._workers) < self._jobs and all(worker.hands for worker in self._workers):
            self._workers.append(_start(self._job))
        best = min(self._workers, key=lambda worker: len(worker.hands))
        return best if len(best.hands) < 2 else None

    def _hand_out(self) -> None:
        while self._again and (worker := self._free()) is not None:
            slot = self._again[0]
            if worker.hands and len(slot.article.text) > _SMALL:
                return
            self._again.popleft()
            worker.hands.append(slot)
            with contextlib.suppress(OSError):  # it has died; that is noticed when its answer is awaited
                worker.connection.send(slot.article)

    def _receive(self) -> None:
        """Wait for answers and put them where they belong."""
        by_connection: Mapping[Any, _Worker] = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(by_connection)):
            worker = by_connection[connection]
            try:
                answer = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if isinstance(answer, KgError):
                raise answer
            if answer is None:
                worker.ready = True
                self._failed_starts = 0
            else:
                worker.hands.popleft().made = _unpacked(answer)

    def _bury(self, worker: _Worker) -> None:
        """A worker has died: others get what it had in hand."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        code = worker.process.exitcode
        worker.process.close()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise ModelError(f"worker processes end as they start (exit code {code})", remedy="Try --jobs 1; memory may be short")
        elif worker.hands:
            first = worker.hands[0]
            first.deaths += 1
            if first.deaths >= _DEATHS:
                where = first.article.source_name or first.article.id
                what = f"{where}: {_name(first.article)} was left out: {first.deaths} workers died over it (exit code {code})"
                first.made = Problem(where, what)
                worker.hands.popleft()
        self._again.extendleft(reversed(worker.hands))


def _start(job: _Job) -> _Worker:
    context = multiprocessing.get_context("spawn")  # a fork of a process with a store open, or with threads, is not safe
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(ours, theirs, job), daemon=True)
    with _quiet_start():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextlib.contextmanager
def _quiet_start() -> Iterator[None]:
    """A child started here computes in one thread, and leaves interrupts to us from its first moment on."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    main = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
    try:
        yield
    finally:
        if main:
            signal.signal(signal.SIGINT, handler)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _work(far: Connection, connection: Connection, job: _Job) -> None:
    """The worker: say when ready, then answer each article."""
    far.close()  # else the pipe would never end for us when the other side is gone
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    maker = _Maker(job)
    with contextlib.suppress(EOFError, OSError):  # the other side is gone
        try:
            maker.load()
            connection.send(None)
            while True:
                connection.send(_packed(maker.make(connection.recv())))
        except KgError as error:
            connection.send(error)


def _packed(made: Made | Problem) -> tuple[Made, bytes] | Problem:
    """What goes through the pipe: quads as N-Quads, which takes a fifth of the time of pickling them."""
    import pyoxigraph as ox

    if isinstance(made, Problem):
        return made
    return replace(made, quads=frozenset()), ox.serialize(made.quads, format=ox.RdfFormat.N_QUADS) or b""


def _unpacked(answer: tuple[Made, bytes] | Problem) -> Made | Problem:
    import pyoxigraph as ox

    if isinstance(answer, Problem):
        return answer
    made, quads = answer
    return replace(made, quads=frozenset(ox.parse(quads, format=ox.RdfFormat.N_QUADS)))
