"""A user's own list of names: what the software should take a name for, whatever the article looks like."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SettingsError
from kg.lexicon.load import parse_table
from kg.records import AgentKind

__all__ = ["Gazetteer", "KnownName", "load_gazetteer"]

_ARTICLE = re.compile(r"^the (?=\S)", re.IGNORECASE)
_DIGITS = 12  # hexadecimal ones of the digest: enough that two lists of one user never share them
_COLUMNS = ("name", "kind", "id")
_KINDS = (AgentKind.PERSON, AgentKind.ORGANISATION, AgentKind.PLACE, AgentKind.WORK, AgentKind.GROUP)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A row of a gazetteer: the name as printed, without article, its kind (None: no agent at all), and an id of the user's or ""."""

    name: str
    kind: AgentKind | None
    id: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """A user's list of names.

    Attributes:
        names: each name with its row, sorted.
        version: what the graph `provenance` calls the list: another one for other names, kinds or ids, the same for another order of rows.
    """

    names: Mapping[str, KnownName]
    version: str


def load_gazetteer(path: Path) -> Gazetteer:
    r"""A gazetteer: tab-separated, UTF-8, with the columns name, kind and id.

    Names are those that articles print, each spelling a row of its own, with its capitals; "The" before one counts for nothing. The kind is
    person, organisation, place, work, group, or none for what is no agent, such as a product. Names with one id are one agent.

    Raises:
        SettingsError: if the file is missing, is no such table, holds an unknown kind or a name twice.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "names.tsv")
    ...     _ = path.write_text("name\tkind\tid\nNorthlight\torganisation\tQ1\nZorvo\tnone\t\n", encoding="utf-8")
    ...     gazetteer = load_gazetteer(path)
    >>> gazetteer.names["Northlight"].kind.value, gazetteer.version
    ('organisation', 'names 145c9fd9abfe')
    """
    try:
        rows = parse_table(path.read_text(encoding="utf-8-sig"), name=path.name)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"the gazetteer {path} cannot be used: {error}", remedy="Give a table with the columns name, kind, id."
        ) from error
    known: dict[str, KnownName] = {}
    for row in rows:
        if any(column not in row for column in _COLUMNS):
            raise SettingsError(f"the gazetteer {path} has the columns {', '.join(row)}", remedy="Name them name, kind, id.")
        name, kind = _ARTICLE.sub("", " ".join(row["name"].split()), count=1), row["kind"]
        if kind not in {*_KINDS, "none"}:
            raise SettingsError(f"the gazetteer {path} calls {name} a {kind!r}", remedy=f"Choose from: {', '.join(_KINDS)}, none.")
        if name in known:
            raise SettingsError(f"the gazetteer {path} holds {name} twice", remedy="Keep one of the rows.")
        known[name] = KnownName(name, None if kind == "none" else AgentKind(kind), row["id"])
    names = dict(sorted(known.items()))
    rows_told = "\n".join(f"{one.name}\t{one.kind or 'none'}\t{one.id}" for one in names.values())
    return Gazetteer(names, f"names {hashlib.sha256(rows_told.encode()).hexdigest()[:_DIGITS]}")
