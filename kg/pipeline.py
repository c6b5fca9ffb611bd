"""Rooms 1 to 3 in order: sources are read, articles extracted, graphs checked and stored. Read this first."""

import functools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.records import Article, Extraction, Problem
from kg.settings import Settings
from kg.work import BuildLog, BuildReport, Event, Stored, interruptible, make_graphs

if TYPE_CHECKING:
    from kg.graph.decisions import Overrides
    from kg.graph.store import Store

__all__ = ["PROBLEMS_FILE", "BuildReport", "Event", "Stored", "build", "import_file", "remove"]

PROBLEMS_FILE = "problems.jsonl"
_COMPACTED = 5  # a build that has changed one in so many articles of a store, or more, puts it in order at its end


def build(
    sources: Iterable[str | Path],
    *,
    settings: Settings | None = None,
    on_event: Callable[[Event], None] | None = None,
    again: bool = False,
    snapshot_seconds: float = 20.0,
) -> BuildReport:
    """Read sources, extract each article, check its graph and add it to the store, one commit an article.

    An article that the store holds already, in the same version, is not extracted again; so a build that was stopped or killed goes on where
    it was. What cannot be read or extracted is told to `on_event`, written to `problems.jsonl` in the store's folder, and counted; the run
    goes on. Articles are read as they are needed and committed in the order they come. The first interrupt (SIGINT, SIGTERM) lets the
    articles in hand be finished; the second one ends the build at once, which loses them alone.

    Args:
        sources: files, directories or `-`.
        settings: among them the store, which is made if it is not there, and how many processes extract.
        on_event: called with every article read, every problem, and every article that has reached the disk, as they come.
        again: extract again what other versions of pipeline, engine or package have made, or another list of names. Without it, what another
            list has made is only counted.
        snapshot_seconds: how often readers beside this build get to see what it has stored so far.

    Raises:
        BadDecision, Contradiction: if people's decisions cannot be used; a contradiction shows when all articles are stored.
        SettingsError: if the vocabulary of topics or the list of names cannot be used.
        ModelError, StoreBusy, StoreTooNew, WriteFailed: the articles before stay stored. An article whose graph does not keep the shapes
            is told as a problem and left out.
    """
    from kg.extract import gazetteer_version
    from kg.graph import iris
    from kg.graph.decisions import read_overrides
    from kg.graph.store import open_store
    from kg.graph.topics import read_vocabulary
    from kg.read import read_articles

    settings = settings or Settings()
    overrides = read_overrides(settings.decisions_folder)  # a bad file is told before any work
    gazetteer = gazetteer_version(settings)
    with BuildLog(on_event) as log, interruptible() as interrupts:
        events = interrupts.until(read_articles(sources, settings=settings))
        first = next(events, None)
        while isinstance(first, Problem) and first.skipped:  # nothing is made on disk for an input that holds nothing
            log.tell(first)
            first = next(events, None)
        if first is None:
            return log.report(interrupted=interrupts.heard)
        concepts = read_vocabulary(settings.topics) if settings.topics else ()
        base = settings.base if settings.base != Settings().base else None
        with open_store(settings.store, write=True, create=True, base=base) as store:
            log.keep(settings.store / PROBLEMS_FILE)
            current = _software(settings) if again else {"gazetteer": gazetteer}
            new = _new(store, _chain(first, events), log, current=current, again=again)
            views = _Views(store, snapshot_seconds)
            # What people decided is in the graph from the first: no reader ever sees what they have overruled.
            change = functools.partial(_corrected, overrides, store.base)
            for made in make_graphs(new, settings=settings, base=store.base, concepts=concepts, change=change):
                if isinstance(made, Problem):
                    log.tell(made)
                else:
                    article = iris.article_iri(store.base, made.article)
                    log.stored(made, store.put_article(article, made.article.version, made.quads, again=again).value)
                    views.renew()
            for where, what in _settle(store, settings, overrides):
                log.tell(Problem(where, what, skipped=False))
            if log.changed and not interrupts.heard and _COMPACTED * log.changed >= store.article_count():
                store.compact()
        return log.report(interrupted=interrupts.heard)


def remove(articles: Iterable[str], *, settings: Settings | None = None) -> tuple[str, ...]:
    """Take articles out of the store for good: out of the graph, the search index, the entities, the snapshots and the files on the disk.

    Backups and people's decisions are left as they are.

    Args:
        articles: IRIs, the parts of IRIs behind the store's base, addresses (URLs) or the input's own ids.
        settings: among them the store.

    Returns:
        The IRIs of the articles removed, sorted.

    Raises:
        NotInStore: if one is not there, or an id stands for several; nothing is removed then.
        StoreMissing, StoreBusy, WriteFailed: what was removed before stays removed.
    """
    from kg.graph.decisions import read_overrides
    from kg.graph.reading import find_article
    from kg.graph.search import open_index
    from kg.graph.store import open_store

    settings = settings or Settings()
    overrides = read_overrides(settings.decisions_folder)
    with open_store(settings.store, write=True) as store:
        found = sorted({find_article(store, one) for one in articles})
        for article in found:
            store.remove(article)
        _settle(store, settings, overrides)
        with open_index(store) as index:
            index.tidy()
        store.purge()
    return tuple(found)


def import_file(
    file: Path, *, settings: Settings | None = None, on_event: Callable[[Event], None] | None = None, check: bool = True
) -> BuildReport:
    """Add the articles of a file of N-Quads or TriG, as `kg export` writes them, one commit an article.

    Args:
        file: `.nq` or `.trig`.
        settings: among them the store, which is made if it is not there, with the base of the file.
        on_event: called with every article left out.
        check: let only graphs pass that keep the shapes. Without it, and into a store without articles, all is written at once, which is
            several times as fast: for files that come from a store.

    Returns:
        How many were added, replaced, unchanged (or `refreshed`: the same version, with another graph) and left out.

    Raises:
        ReadError, ValidationFailed: if the file as a whole is not fit; nothing is imported then.
        StoreBusy, StoreTooNew, WriteFailed: what was committed before stays.
    """
    from kg.graph.decisions import read_overrides
    from kg.graph.store import base_of, import_bulk, import_graphs, open_store

    settings = settings or Settings()
    overrides = read_overrides(settings.decisions_folder)
    base = base_of(file)
    with BuildLog(on_event) as log, open_store(settings.store, write=True, create=True, base=base) as store:
        log.keep(settings.store / PROBLEMS_FILE)
        if check or store.article_count():
            for done in import_graphs(store, file, check=check):
                if isinstance(done, Problem):
                    log.tell(done)
                else:
                    log.count(done[1].value)
        else:
            import_bulk(store, file)
            log.count("added", store.article_count())
        for where, what in _settle(store, settings, overrides):
            log.tell(Problem(where, what, skipped=False))
        return log.report(interrupted=False)


def _settle(store: "Store", settings: Settings, overrides: "Overrides") -> tuple[tuple[str, str], ...]:
    """Bring what is made from all articles up to them: corrections, entities, wider topics, the search index; place and line of each warning."""
    from kg.graph.decisions import follow
    from kg.graph.search import open_index
    from kg.graph.topics import read_vocabulary
    from kg.graph.topics.broader import refresh_topics

    warnings = follow(store, overrides).warnings()
    refresh_topics(store, read_vocabulary(settings.topics) if settings.topics else ())
    with open_index(store):  # which brings it in step
        pass
    return warnings


def _corrected(overrides: "Overrides", base: str, found: Extraction) -> Extraction:
    from kg.graph.decisions import correct

    return correct(found, overrides.corrections.get(found.article.key, ()), base=base).extraction


def _new(
    store: "Store", events: Iterable[Article | Problem], log: BuildLog, *, current: Mapping[str, str], again: bool
) -> Iterator[Article]:
    """The articles that the store does not hold yet; `again`, those too that anything else than `current` has read."""
    for event in events:
        log.tell(event)
        if isinstance(event, Article):
            made_by = store.made_by(event) if store.holds(event) else None
            outdated = made_by is not None and any(made_by.get(part, "") != name for part, name in current.items())
            if made_by is None or (again and outdated):
                yield event
            else:
                log.unchanged(event, outdated=outdated)


def _software(settings: Settings) -> dict[str, str]:
    from kg.extract import current_versions
    from kg.graph.mapping import software

    return {"gazetteer": "", **software(current_versions(settings))}


def _chain(first: Article | Problem, rest: Iterator[Article | Problem]) -> Iterator[Article | Problem]:
    yield first
    yield from rest


class _Views:
    """Renews what readers see beside the build: from the start on, and then now and then."""

    def __init__(self, store: "Store", seconds: float) -> None:
        self._store = store
        self._seconds = seconds
        self._last = time.monotonic()
        store.snapshot()

    def renew(self) -> None:
        if time.monotonic() - self._last >= self._seconds:
            self._store.snapshot()
            self._last = time.monotonic()
