r"""Tables of decisions: TSV for people and version control.

A table is UTF-8 with a line of column names, after lines of comment that begin with `#`. Rows stand sorted, so that two people's additions meet
in different places and the same decisions give the same bytes. `\t`, `\n` and `\\` in a cell stand for a tab, a line break and a backslash.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadDecision, WriteFailed

__all__ = ["Row", "read_table", "sound", "write_table"]

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_MEANT = {made: char for char, made in _ESCAPES.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells by column, and where it stands, as `file:line`."""

    cells: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, what: str, remedy: str) -> BadDecision:
        """The error to raise about this row."""
        return BadDecision(what, where=self.where, remedy=remedy)


def read_table(path: Path, *, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows of a table, in their order; none if there is no such file.

    Args:
        path: of the file.
        columns: that must be there, in any order.
        optional: that may be absent; their cells are then empty, as are those that a short row lacks at its end.

    Raises:
        BadDecision: if it cannot be read, a column is missing or unknown, or a row has too many cells.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise BadDecision(f"cannot be read ({error})", where=str(path), remedy="Give a UTF-8 file of tab-separated columns") from error
    names: list[str] = []
    rows = []
    known = (*columns, *optional)
    # Only \n ends a line: an editor of another system may have put \r before it, and nothing else is meant as an end.
    for number, line in enumerate(text.split("\n"), start=1):
        where, cells = f"{path}:{number}", [_meant(cell) for cell in line.removesuffix("\r").split("\t")]
        if not line.strip() or (not names and line.startswith("#")):
            continue
        if not names:
            names = cells
            if (wrong := [name for name in names if name not in known]) or (wrong := [name for name in columns if name not in names]):
                remedy = f"The first line names the columns {', '.join(known)}, separated by tabs"
                raise BadDecision(f"the column {wrong[0]!r} is {'unknown' if wrong[0] in names else 'missing'}", where=where, remedy=remedy)
            continue
        if len(cells) > len(names) and any(cells[len(names) :]):
            raise BadDecision(
                f"{len(cells)} cells in a row, and {len(names)} columns", where=where, remedy="Separate cells by one tab each"
            )
        filled = dict(zip(names, [*cells, *[""] * len(names)], strict=False))
        rows.append(Row({name: filled.get(name, "").strip() for name in known}, where))
    return tuple(rows)


def write_table(path: Path, *, columns: Sequence[str], rows: Iterable[Sequence[str]], head: str) -> None:
    """Write a table whole or not at all, rows sorted; comments above the column names stay as they are.

    Args:
        path: of the file; its folder is made if it is not there.
        columns: the names.
        rows: cells in that order.
        head: the comment of a new file, without `#`.

    Raises:
        WriteFailed: if it cannot be written.
    """
    lines = ["\t".join(map(_cell, row)) for row in sorted(set(map(tuple, rows)))]
    text = "\n".join([*_comments(path, head), "\t".join(columns), *lines, ""])
    target = path.resolve()  # a link keeps being one
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise WriteFailed(f"cannot be written ({error.strerror})", where=str(path), remedy="Check the disk and its permissions") from error
    finally:
        draft.unlink(missing_ok=True)


def sound(text: str) -> str:
    r"""The text without halves of characters, which no file and no graph can hold: a terminal that is no UTF-8 may give some.

    >>> sound("Ad\udce1 Brandt")
    'Ad? Brandt'
    """
    return text.encode("utf-8", "replace").decode()


def _comments(path: Path, head: str) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return [f"# {line}" for line in head.splitlines()]
    kept = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            break
        kept.append(line.removesuffix("\r"))
    return kept


def _cell(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text).strip()


def _meant(cell: str) -> str:
    return re.sub(r"\\[\\tnr]", lambda found: _MEANT[found[0]], cell)
