"""What people see: lines on stderr, tables on stdout, a counter while work goes on. Text from articles cannot steer the terminal."""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["counted", "counter", "plain", "print_table", "say", "short", "width", "working"]

# Control characters steer a terminal (colours, titles, the cursor, what is pasted); the bidirectional ones reorder what is read; halves of
# surrogate pairs cannot be written. Line and paragraph separators would end a line.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
_COLOURS = {"error": "red", "skipped": "yellow", "warning": "yellow"}
_HASH = re.compile("[0-9a-f]{64}")
_WIDTH = 120
_GAP = 2  # blanks between two columns
_LONGEST_WORD = 24  # an address or an IRI may be broken


def plain(text: str) -> str:
    r"""The text in one line, fit for a terminal: white space as blanks, what would steer it as visible escapes.

    >>> plain("Ann\n\x1b[31mLee")
    'Ann \\x1b[31mLee'
    """
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), re.sub(r"[\t\n\r\v\f]+", " ", text))


def counted(number: int, what: str) -> str:
    """The number with its noun: `1 article`, `2,000 articles`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def short(words: str) -> str:
    """The words; of a hash, by which an article without a title goes, the start."""
    return f"{words[:12]}..." if _HASH.fullmatch(words) else words


def say(kind: str, line: str, *, more: Iterable[str] = ()) -> None:
    """One line on stderr: `kg: error: ...`. The kinds are error, skipped, warning and note; a note has no label.

    Args:
        kind: what it is.
        line: the line.
        more: lines that belong to it; they follow, set in.
    """
    label = "" if kind == "note" else click.style(f"{kind}: ", fg=_COLOURS[kind])
    context = click.get_current_context(silent=True)
    colour = False if os.environ.get("NO_COLOR") else context.color if context else None
    click.echo(f"kg: {label}{plain(line)}", err=True, color=colour)
    for one in more:
        click.echo(f"    {plain(one)}", err=True, color=colour)


def width() -> int:
    """Columns to write in: COLUMNS, else the terminal's, else 120."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _WIDTH
    except (OSError, ValueError):
        return _WIDTH


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[str] = (), whole: Iterable[str] = ()) -> None:
    """A table on stdout, cells wrapped to the width of the terminal; where even the words are too wide, a line for each cell.

    Args:
        columns: the headings.
        rows: cells in the order of the headings.
        right: headings of the columns to set flush right.
        whole: headings of the columns whose words are never broken, so that they can be copied.
    """
    from rich.cells import cell_len

    cells = [[plain(cell) for cell in row] for row in rows]
    by_column = [[head, *(row[number] for row in cells)] for number, head in enumerate(columns)]
    longest = [max(map(cell_len, " ".join(column).split()), default=1) for column in by_column]
    unbroken = frozenset(whole)
    words = [one if head in unbroken else min(_LONGEST_WORD, one) for head, one in zip(columns, longest, strict=True)]
    room = width() - _GAP * (len(columns) - 1)
    if sum(words) > room:
        _print_records(columns, cells)
        return
    widths = _shares([max(map(cell_len, column)) for column in by_column], words, room)
    _print_grid(columns, cells, widths, right=frozenset(right))


def _shares(longest: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """How wide each column gets: its longest word, then as much as makes the tallest cells equally tall."""
    shares = list(words)
    for _ in range(room - sum(shares)):
        tallest = max(range(len(shares)), key=lambda number: longest[number] / shares[number])
        if longest[tallest] <= shares[tallest]:
            break
        shares[tallest] += 1
    return shares


def _print_grid(columns: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[int], *, right: frozenset[str]) -> None:
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    wrapped = any(cell_len(cell) > share for row in cells for cell, share in zip(row, widths, strict=True))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0), leading=int(wrapped))
    for column, share in zip(columns, widths, strict=True):
        table.add_column(Text(column), justify="right" if column in right else "left", overflow="fold", width=share)
    for row in cells:
        table.add_row(*map(Text, row))
    _print_lines(table)


def _print_records(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    for row in cells:
        table = Table.grid(padding=(0, _GAP, 0, 0))
        for column, cell in zip(columns, row, strict=True):
            table.add_row(Text(f"{column}:"), Text(cell, overflow="fold"))
        _print_lines(table)
        click.echo()


def _print_lines(table: "Table") -> None:
    from rich.console import Console

    console = Console(file=sys.stdout, width=width(), highlight=False, markup=False, emoji=False)
    # Rich pads each line to the full width; a reader of a file or a pipe has no use for that.
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip(), color=True)  # rich has decided about colours already


@contextlib.contextmanager
def counter(what: str, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """A function to call once for each thing done; the count stands on stderr if that is a terminal, and is gone in the end."""
    with _progress(f"{{task.completed}} {what}", quiet=quiet) as advance:
        yield advance


@contextlib.contextmanager
def working(what: str, *, quiet: bool = False) -> Iterator[None]:
    """What is being done and for how long, on stderr while it lasts if that is a terminal; gone in the end."""
    with _progress(what, quiet=quiet):
        yield


@contextlib.contextmanager
def _progress(line: str, *, quiet: bool) -> Iterator[Callable[[], None]]:
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(SpinnerColumn(), TextColumn(line), TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda: progress.advance(task)
