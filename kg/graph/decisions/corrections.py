"""Corrections in their file: what a person decided on one statement, role or agent of one article.

```
corrections.tsv   article, target, start, words, which, change, value, why
```

`target` is statement, role or agent. It is found again by its words, as printed, and where they start (the first code point, from 0): content of a
statement, evidence of a role, name of an agent. `which` tells those of the same words apart: a statement's speaker, a role's holder and
title (`Ann Lee: director`), an agent's kind. All of these are the software's own, also where they are corrected. `change` and `value`:

| target | change | value |
|---|---|---|
| statement | `speaker` | a name in the article, or an agent's id (`person-588`) where several go by it; `-` for nobody |
| | `content` | the right words, pieces joined by ` [...] `: those nearest to the software's |
| | `quotation`, `mode`, `claim_kind` | direct, indirect, mixed; speech, thought, attitude; fact, prediction, evaluation, recommendation |
| | `removed` | nothing: no such statement |
| | `added` | the speaker; `words` are the statement's, `which` its cue |
| role | `holder`, `organisation` | a name in the article, or an agent's id; `-` for none |
| | `title` | the words of the post; `-` for none |
| | `former` | true or false |
| | `removed` | nothing |
| | `added` | the organisation; `-` for none. `which` is its holder and title, `words` the passage it rests on |
| agent | `kind` | person, organisation, place, work, group, unnamed |
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kg import records as r
from kg.graph.decisions.table import Row, read_table, write_table

__all__ = ["CORRECTIONS", "NOBODY", "Change", "Correction", "Target", "read_corrections", "write_corrections"]

CORRECTIONS = "corrections.tsv"
NOBODY = "-"
_COLUMNS = ("article", "target", "start", "words", "which", "change", "value", "why")
_HEAD = "What the software got wrong, as people decided. Made by `kg correct`; may be edited."


class Target(StrEnum):
    """What a correction is about."""

    STATEMENT = "statement"
    ROLE = "role"
    AGENT = "agent"


class Change(StrEnum):
    """What of it is overruled."""

    SPEAKER = "speaker"
    CONTENT = "content"
    QUOTATION = "quotation"
    MODE = "mode"
    CLAIM_KIND = "claim_kind"
    HOLDER = "holder"
    TITLE = "title"
    ORGANISATION = "organisation"
    FORMER = "former"
    KIND = "kind"
    REMOVED = "removed"
    ADDED = "added"


_OF = {
    Target.STATEMENT: (Change.SPEAKER, Change.CONTENT, Change.QUOTATION, Change.MODE, Change.CLAIM_KIND, Change.REMOVED, Change.ADDED),
    Target.ROLE: (Change.HOLDER, Change.TITLE, Change.ORGANISATION, Change.FORMER, Change.REMOVED, Change.ADDED),
    Target.AGENT: (Change.KIND,),
}
_WORDS: dict[Change, type[StrEnum]] = {
    Change.QUOTATION: r.AttributionKind,
    Change.MODE: r.SpeechMode,
    Change.CLAIM_KIND: r.ClaimKind,
    Change.KIND: r.AgentKind,
}


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """What a person decided on one thing in one article; see the module's table.

    Attributes:
        article: key of the article (`kg.records.Article.key`).
        start: code point at which the words start.
        where: the file and line it was read from.

    Raises:
        ValueError: if change or value do not fit the target.
    """

    article: str
    target: Target
    start: int
    words: str
    which: str
    change: Change
    value: str
    why: str = field(default="", compare=False)
    where: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.change not in _OF[self.target]:
            raise ValueError(f"the change {self.change.value} is none of a {self.target}: {', '.join(_OF[self.target])}")
        if self.change in _WORDS and self.value not in set(_WORDS[self.change]):
            raise ValueError(f"{self.value!r} is no {self.change}: {', '.join(_WORDS[self.change])}")
        if self.change is Change.FORMER and self.value not in {"true", "false"}:
            raise ValueError(f"{self.value!r} is neither true nor false")
        if not self.value and self.change not in {Change.REMOVED, Change.ADDED}:
            raise ValueError(f"no {self.change} is given")
        if self.target is Target.ROLE and self.change is Change.ADDED:
            holder, title = self.post
            if not holder or holder == NOBODY or not title:
                raise ValueError(f"{self.which!r} is no holder with a title, as in 'Ann Lee: director'")
            if title == NOBODY and self.value in {NOBODY, ""}:
                raise ValueError("a role without title and organisation")

    @property
    def id(self) -> str:
        """Eight hex digits that name it and what it says."""
        told = (self.article, self.target, self.start, self.words, self.which, self.change, self.value)
        return hashlib.sha256(repr(tuple(map(str, told))).encode()).hexdigest()[:8]

    @property
    def post(self) -> tuple[str, str]:
        """Of a role: its holder and its title, which is `-` for none."""
        holder, _, title = self.which.partition(": ")
        return holder, title

    @property
    def subject(self) -> tuple[str, Target, int, str, str, Change]:
        """What it is about: a later correction of the same takes its place."""
        return self.article, self.target, self.start, self.words, self.which, self.change


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """All corrections, sorted; none where there is no file.

    Raises:
        BadDecision: if a row is none, or two rows say different things of one; names file and line.
    """
    found: dict[tuple[str, Target, int, str, str, Change], Correction] = {}
    for row in read_table(folder / CORRECTIONS, columns=_COLUMNS[:-1], optional=_COLUMNS[-1:]):
        one = _correction(row)
        if (other := found.setdefault(one.subject, one)) != one:
            raise row.wrong(f"the row of {other.where} says something else of the same", "Take one of them out")
    return tuple(sorted(found.values()))


def write_corrections(folder: Path, corrections: Iterable[Correction]) -> None:
    """Write the file, whole or not at all.

    Raises:
        WriteFailed: if it cannot be written.
    """
    rows = [
        (one.article, one.target.value, str(one.start), one.words, one.which, one.change.value, one.value, one.why) for one in corrections
    ]
    write_table(folder / CORRECTIONS, columns=_COLUMNS, rows=rows, head=_HEAD)


def _correction(row: Row) -> Correction:
    if row["target"] not in set(Target):
        raise row.wrong(f"the target is {row['target']!r}", f"Give {', '.join(Target)}")
    if row["change"] not in set(Change):
        raise row.wrong(f"the change is {row['change']!r}", f"Give {', '.join(Change)}")
    if not row["article"] or not row["words"]:
        raise row.wrong("no article or no words", "Give the article's key and the words it is about")
    if not (row["start"].isascii() and row["start"].isdigit()):
        raise row.wrong(f"the start is {row['start']!r}", "Give a whole number from 0")
    try:
        return Correction(
            row["article"],
            Target(row["target"]),
            int(row["start"]),
            row["words"],
            row["which"],
            Change(row["change"]),
            row["value"],
            row["why"],
            row.where,
        )
    except ValueError as error:
        raise row.wrong(str(error), "Mend the row") from error
