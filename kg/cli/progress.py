"""How far a long run has come: how many, how many a second, how long it will take; on stderr if that is a terminal."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

__all__ = ["expected_articles", "progress"]

_SAMPLE = 1024 * 1024  # bytes of a file of records that tell how long a record is
_RECORDS = (".jsonl", ".ndjson")
_FILES = (".txt", ".html", ".htm", ".xhtml")


@contextlib.contextmanager
def progress(sources: Iterable[str], what: str, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """A function to call once for each thing done; the bar is gone in the end."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.text import Text

    class _Speed(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    expected = expected_articles(sources)
    total = "{task.completed:,} of about {task.total:,.0f} {task.description}" if expected else "{task.completed:,} {task.description}"
    left = (TextColumn("left:"), TimeRemainingColumn()) if expected else ()
    columns = (SpinnerColumn(), BarColumn(), TextColumn(total), _Speed(), TimeElapsedColumn(), *left)
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=60.0) as shown:
        task = shown.add_task(what, total=expected)
        yield lambda: shown.advance(task)


def expected_articles(sources: Iterable[str]) -> float | None:
    """About how many articles the sources hold, from names and sizes of files and the length of the first records; None if nobody knows.

    >>> expected_articles(["-"]) is None
    True
    """
    total = 0.0
    for source in sources:
        if source == "-":
            return None
        path = Path(source)
        try:
            if path.is_dir():
                total += sum(_in_file(Path(folder, name)) for folder, _, names in os.walk(path) for name in names if name[0] != ".")
            elif path.is_file():
                total += _in_file(path) or 1
        except OSError:
            return None
    return total or None


def _in_file(path: Path) -> float:
    suffix = path.suffix.lower()
    if suffix not in _RECORDS:
        return 1.0 if suffix in _FILES else 0.0
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    lines = sample.count(b"\n") or 1
    return max(1.0, path.stat().st_size * lines / len(sample)) if sample else 0.0
