"""The one loader of word lists: tab-separated, UTF-8, a header, every row whole."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["Row", "load_table", "parse_table"]

type Row = Mapping[str, str]


@cache
def load_table(name: str, *, columns: tuple[str, ...] | None = None) -> tuple[Row, ...]:
    """The rows of `kg/lexicon/<name>.tsv` in file order, read once a process.

    Args:
        name: file name without the suffix.
        columns: the columns the caller needs; more may be there. None checks no names.

    Raises:
        FileNotFoundError: if the package holds no list of that name.
        ValueError: if the file breaks the rules of `parse_table` or lacks a column asked for.

    >>> rows = load_table("boilerplate", columns=("pattern", "example", "source"))
    >>> sorted(rows[0])
    ['example', 'pattern', 'place', 'source']
    """
    text = files("kg.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    rows = parse_table(text, name=f"{name}.tsv")
    missing = [column for column in columns or () if column not in rows[0]]
    if missing:
        raise ValueError(f"{name}.tsv lacks the column {', '.join(missing)}")
    return rows


def parse_table(text: str, *, name: str = "table") -> tuple[Row, ...]:
    r"""The rows of a tab-separated table, each a read-only mapping from column to stripped cell.

    The first line that is no comment is the header. Lines that start with `# ` and blank lines are comments. There is no quoting: a cell holds
    everything between two tabs.

    Args:
        text: the whole table.
        name: what to call it in an error.

    Raises:
        ValueError: naming the line, if a column has no name or stands twice, a row has too few or too many cells or an empty first one,
            two rows are the same, or there is no row at all.

    >>> [dict(row) for row in parse_table("word\tsource\nsay\tsaid a minister\n")]
    [{'word': 'say', 'source': 'said a minister'}]
    >>> parse_table("word\tsource\nsay\n")
    Traceback (most recent call last):
    ValueError: table, line 2: 1 cells where the header has 2
    """
    header: list[str] = []
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    # Not splitlines(): a cell may hold a form feed or a line separator, which are no ends of line here.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("# "):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not header:
            if not all(cells) or len(set(cells)) < len(cells):
                raise ValueError(f"{name}, line {number}: columns {cells} are not all named and different")
            header = cells
            continue
        if len(cells) != len(header):
            raise ValueError(f"{name}, line {number}: {len(cells)} cells where the header has {len(header)}")
        if not cells[0]:
            raise ValueError(f"{name}, line {number}: an empty {header[0]}")
        twin = seen.setdefault(tuple(cells), number)
        if twin != number:
            raise ValueError(f"{name}, line {number}: the same row as line {twin}")
        rows.append(MappingProxyType(dict(zip(header, cells, strict=True))))
    if not rows:
        raise ValueError(f"{name}: no rows")
    return tuple(rows)
