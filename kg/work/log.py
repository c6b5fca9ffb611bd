"""What happens in a build: counted, told, and what went wrong written down."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TextIO

from kg.records import Article, Problem
from kg.work.workers import Made

__all__ = ["BuildLog", "BuildReport", "Event", "Stored"]

type Event = Article | Problem | Stored

_COUNTS = ("added", "replaced", "refreshed", "unchanged", "outdated", "skipped", "attributions", "speakers", "roles")


@dataclass(frozen=True, slots=True)
class Stored:
    """An article is on the disk: added, replaced, refreshed or found unchanged."""

    article: Article
    result: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        added, replaced, refreshed, unchanged: articles; refreshed ones are the same version, of which another extraction made something else.
        outdated: of the unchanged ones, those that were read with another list of names (`gazetteer`) than a new article would be now.
        skipped: sources and records that could not be used.
        attributions, speakers, roles: in the articles added, replaced or refreshed; speakers are counted article by article.
        interrupted: somebody stopped it; what was in hand was finished.
    """

    added: int = 0
    replaced: int = 0
    refreshed: int = 0
    unchanged: int = 0
    outdated: int = 0
    skipped: int = 0
    attributions: int = 0
    speakers: int = 0
    roles: int = 0
    interrupted: bool = False

    def __str__(self) -> str:
        fresh = f"{self.refreshed} refreshed, " if self.refreshed else ""
        articles = f"{self.added} added, {self.replaced} replaced, {fresh}{self.unchanged} unchanged, {self.skipped} skipped"
        found = (_counted(self.attributions, "attribution"), _counted(self.speakers, "speaker"), _counted(self.roles, "role"))
        return f"{articles}; {found[0]} by {found[1]}, {found[2]}"


class BuildLog:
    """Counts what happens, tells it, and writes problems down once there is a place for them."""

    def __init__(self, on_event: Callable[[Event], None] | None) -> None:
        self._on_event = on_event
        self._counts = dict.fromkeys(_COUNTS, 0)
        self._lines: list[str] = []
        self._path: Path | None = None
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def keep(self, path: Path) -> None:
        """Write problems to that file from now on, and those from before; without any, there is no file."""
        self._path = path
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        self._write()

    def tell(self, event: Article | Problem) -> None:
        """Something was read, or could not be."""
        if isinstance(event, Problem):
            self._counts["skipped"] += event.skipped
            self._lines.append(json.dumps({"where": event.where, "what": event.what, "skipped": event.skipped}, ensure_ascii=False) + "\n")
            self._write()
        self._pass_on(event)

    def stored(self, made: Made, result: str) -> None:
        """An article has reached the disk."""
        self._counts[result] += 1
        if result != "unchanged":
            self._counts["attributions"] += made.attributions
            self._counts["speakers"] += made.speakers
            self._counts["roles"] += made.roles
        self._pass_on(Stored(made.article, result))

    def count(self, result: str, number: int = 1) -> None:
        """So many articles have reached the disk."""
        self._counts[result] += number

    def unchanged(self, article: Article, *, outdated: bool) -> None:
        """An article was there already."""
        self._counts["unchanged"] += 1
        self._counts["outdated"] += outdated
        self._pass_on(Stored(article, "unchanged"))

    @property
    def changed(self) -> int:
        """How many articles were added, replaced or refreshed so far."""
        return sum(self._counts[name] for name in ("added", "replaced", "refreshed"))

    def report(self, *, interrupted: bool) -> BuildReport:
        """What the build did."""
        return BuildReport(**self._counts, interrupted=interrupted)

    def _pass_on(self, event: Event) -> None:
        if self._on_event is not None:
            self._on_event(event)

    def _write(self) -> None:
        if self._path is None or not self._lines:
            return
        with contextlib.suppress(OSError):  # a full disk is told by the store; the problems were told already
            if self._file is None:
                self._file = self._path.open("w", encoding="utf-8", errors="backslashreplace")
            self._file.writelines(self._lines)
            self._file.flush()
        self._lines.clear()


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
