"""Rooms 1 to 3 in order: sources are read, articles extracted, graphs checked and stored. Read this first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ValidationFailed
from kg.records import Article, Extraction, Problem
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.graph.store import Store

__all__ = ["BuildReport", "build"]

type Event = Article | Problem


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        added, replaced, unchanged: articles.
        skipped: sources and records that could not be used.
        attributions, speakers, roles: in the articles added or replaced; speakers are counted article by article.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    skipped: int = 0
    attributions: int = 0
    speakers: int = 0
    roles: int = 0

    def __str__(self) -> str:
        articles = f"{self.added} added, {self.replaced} replaced, {self.unchanged} unchanged, {self.skipped} skipped"
        found = (_counted(self.attributions, "attribution"), _counted(self.speakers, "speaker"), _counted(self.roles, "role"))
        return f"{articles}; {found[0]} by {found[1]}, {found[2]}"


def build(
    sources: Iterable[str | Path], *, settings: Settings | None = None, on_event: Callable[[Event], None] | None = None
) -> BuildReport:
    """Read sources, extract each article, check its graph and add it to the store, one commit an article.

    An article that the store holds already, in the same version, is not extracted again. What cannot be read is told to
    `on_event` and counted; the run goes on.

    Args:
        sources: files, directories or `-`.
        settings: among them the store, which is made if it is not there.
        on_event: called with every article read, and every problem, as they come.

    Raises:
        BadDecision, Contradiction: if people's decisions cannot be used; a contradiction shows when all articles are stored.
        SettingsError: if the vocabulary of topics cannot be used.
        ModelError, StoreBusy, StoreTooNew, WriteFailed: the articles before stay stored. An article whose graph does not keep the shapes
            is told as a problem and left out.
    """
    from kg.extract import extract_articles
    from kg.graph.decisions import correct, follow, read_overrides
    from kg.graph.store import open_store
    from kg.graph.topics import read_vocabulary
    from kg.graph.topics.broader import refresh_topics
    from kg.read import read_articles

    settings = settings or Settings()
    overrides = read_overrides(settings.decisions_folder)  # a bad file is told before any work
    counts = dict.fromkeys(("added", "replaced", "unchanged", "skipped", "attributions", "speakers", "roles"), 0)
    events = read_articles(sources, settings=settings)
    first = next(events, None)
    while isinstance(first, Problem) and first.skipped:  # nothing is made on disk for an input that holds nothing
        counts["skipped"] += 1
        _tell(on_event, first)
        first = next(events, None)
    if first is None:
        return BuildReport(**counts)
    concepts = read_vocabulary(settings.topics) if settings.topics else ()
    base = settings.base if settings.base != Settings().base else None
    with open_store(settings.store, write=True, create=True, base=base) as store:
        new = _new(store, _chain(first, events), counts, on_event)
        for found in extract_articles(new, settings=settings, concepts=concepts):
            # What people decided is in the graph from the first: no reader ever sees what they have overruled.
            extraction = correct(found, overrides.corrections.get(found.article.key, ()), base=store.base).extraction
            try:
                result = store.add(extraction)
            except ValidationFailed as error:  # fails closed: this article is left out, the others go on
                counts["skipped"] += 1
                where = extraction.article.source_name or extraction.article.id
                _tell(on_event, Problem(where, str(error)))
                continue
            counts[result.value] += 1
            _count(counts, extraction)
        for where, what in follow(store, overrides).warnings():
            _tell(on_event, Problem(where, what, skipped=False))
        refresh_topics(store, concepts)
    return BuildReport(**counts)


def _new(store: "Store", events: Iterable[Event], counts: dict[str, int], on_event: Callable[[Event], None] | None) -> Iterator[Article]:
    """The articles that the store does not hold yet."""
    for event in events:
        _tell(on_event, event)
        if isinstance(event, Problem):
            counts["skipped"] += event.skipped
        elif store.holds(event):
            counts["unchanged"] += 1
        else:
            yield event


def _chain(first: Event, rest: Iterator[Event]) -> Iterator[Event]:
    yield first
    yield from rest


def _tell(on_event: Callable[[Event], None] | None, event: Event) -> None:
    if on_event is not None:
        on_event(event)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _count(counts: dict[str, int], extraction: Extraction) -> None:
    counts["attributions"] += len(extraction.attributions)
    counts["speakers"] += len({one.speaker for one in extraction.attributions if one.speaker})
    counts["roles"] += len(extraction.roles)
