"""The decision files: what people decided on who is who, beside the store and apart from it.

```
kg-store-decisions/
  identity.tsv      decision (same or different), kind, name_a, article_a, name_b, article_b, why
  identifiers.tsv   kind, name, article, id: a Wikidata item, an ORCID, a LEI or any address of who bears that name
  corrections.tsv   see kg.graph.decisions.corrections
```

An article goes by its key, which no store changes: `url:` and its address, `id:`, file and the record's own id, or `sha256:` of its text; `*` is every
article. Files are read anew for each run, so an edit by hand or a merge counts at once.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.graph.decisions.table import Row, read_table, write_table
from kg.graph.identity.records import Decisions, Key, Pair

__all__ = ["IDENTIFIERS", "IDENTITY", "decide", "read_decisions", "take_back", "write_identity"]

IDENTITY = "identity.tsv"
IDENTIFIERS = "identifiers.tsv"
_EVERY = "*"
_KINDS = ("person", "organisation")
_COLUMNS = ("decision", "kind", "name_a", "article_a", "name_b", "article_b", "why")
_HEAD = "Who is one and who is not, as people decided. Made by `kg identity`; may be edited. `*` is every article."
_ORCID = re.compile(r"(?:orcid:)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE)
_LEI = re.compile(r"(?:lei:)?([0-9A-Z]{18}[0-9]{2})", re.IGNORECASE)
_WIKIDATA = re.compile(r"(?:wikidata:|wd:|https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def read_decisions(folder: Path) -> Decisions:
    """All decisions on who is who; none where there are no files.

    Raises:
        BadDecision: if a row is no decision; names file and line.
    """
    same: list[Pair] = []
    different: list[Pair] = []
    for row in read_table(folder / IDENTITY, columns=_COLUMNS[:-1], optional=_COLUMNS[-1:]):
        if row["decision"] not in {"same", "different"}:
            raise row.wrong(f"the decision is {row['decision']!r}", "Give same or different")
        a, b = (_key(row, f"name_{end}", f"article_{end}") for end in "ab")
        if a == b:
            raise row.wrong("both ends are one and the same", "Take the row out")
        pair = Pair(min(a, b), max(a, b), row["why"], row.where)
        (same if row["decision"] == "same" else different).append(pair)
    told = read_table(folder / IDENTIFIERS, columns=("kind", "name", "id"), optional=("article", "why"))
    same_as = {(_key(row, "name", "article"), _address(row)) for row in told}
    return Decisions(tuple(sorted(same)), tuple(sorted(different)), tuple(sorted(same_as)))


def decide(folder: Path, pair: Pair, *, same: bool) -> Decisions:
    """The decisions with one more, which stands in the place of another on the same two; nothing is written yet.

    Args:
        folder: of the files.
        pair: the two.
        same: whether they are one.

    Raises:
        BadDecision: as for `read_decisions`.
    """
    left = _without(read_decisions(folder), {pair.id})
    pair = replace(pair, a=min(pair.a, pair.b), b=max(pair.a, pair.b), where="this decision")
    if same:
        return replace(left, same=tuple(sorted((*left.same, pair))))
    return replace(left, different=tuple(sorted((*left.different, pair))))


def take_back(folder: Path, ids: Iterable[str]) -> tuple[Decisions, tuple[Pair, ...]]:
    """The decisions without those of these ids, and the pairs that were taken out; nothing is written yet.

    Raises:
        BadDecision: as for `read_decisions`.
    """
    wanted = set(ids)
    found = read_decisions(folder)
    gone = tuple(pair for pair in (*found.same, *found.different) if pair.id in wanted)
    return _without(found, wanted), gone


def write_identity(folder: Path, decisions: Decisions) -> None:
    """Write the pairs to their file, whole or not at all.

    Raises:
        WriteFailed: if it cannot be written.
    """
    pairs = [("same", pair) for pair in decisions.same] + [("different", pair) for pair in decisions.different]
    rows = [
        (verdict, pair.a.kind, pair.a.name, pair.a.article or _EVERY, pair.b.name, pair.b.article or _EVERY, pair.why)
        for verdict, pair in pairs
    ]
    write_table(folder / IDENTITY, columns=_COLUMNS, rows=rows, head=_HEAD)


def _without(decisions: Decisions, ids: set[str]) -> Decisions:
    return replace(
        decisions,
        same=tuple(pair for pair in decisions.same if pair.id not in ids),
        different=tuple(pair for pair in decisions.different if pair.id not in ids),
    )


def _key(row: Row, name: str, article: str) -> Key:
    if row["kind"] not in _KINDS:
        raise row.wrong(f"the kind is {row['kind']!r}", "Give person or organisation")
    if not row[name]:
        raise row.wrong(f"no {name}", "Give a name as an article prints it")
    return Key("" if row[article] in {"", _EVERY} else row[article], row["kind"], row[name])


def _address(row: Row) -> str:
    """The IRI that an identifier stands for: `Q42`, `0000-0002-1825-0097` (ORCID), a LEI, or any web address."""
    given = row["id"]
    if found := _WIKIDATA.fullmatch(given):
        return f"http://www.wikidata.org/entity/{found[1].upper()}"
    bare = re.sub(r"^https?://orcid\.org/", "", given)
    if found := _ORCID.fullmatch(bare):
        if not _orcid_holds(found[1].upper()):
            raise row.wrong(f"{given!r} is no ORCID: its last character does not fit the others", "Check it for a slip of the pen")
        return f"https://orcid.org/{found[1].upper()}"
    if _ADDRESS.fullmatch(given):
        return given
    if found := _LEI.fullmatch(given):
        if not _lei_holds(found[1].upper()):
            raise row.wrong(f"{given!r} is no LEI: its last two digits do not fit the others", "Check it for a slip of the pen")
        return f"https://search.gleif.org/#/record/{found[1].upper()}"
    raise row.wrong(f"the id is {given!r}", "Give a Wikidata item (Q...), an ORCID, a LEI or a web address")


def _orcid_holds(orcid: str) -> bool:
    """ISO 7064 MOD 11-2 (https://support.orcid.org: structure of the ORCID identifier)."""
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


def _lei_holds(lei: str) -> bool:
    """ISO 17442: MOD 97-10 over the letters as numbers from 10 to 35."""
    return int("".join(str(int(char, 36)) for char in lei)) % 97 == 1
