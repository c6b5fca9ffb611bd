"""Attributions that stand in the layout, not in a sentence: signed quotations and transcripts.

    “The bread is better now.” — Jon Vane        a quotation signed in its own paragraph, or in the next

    HOLM: When do you open?                      a transcript: at least three turns, by at least two people
    VANE: In June.

A plain text holds nothing else to go by, and the tagger met few of either.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Layout", "find_layouts"]

_MARKS = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
_DASHES = "\u2012\u2013\u2014\u2015-"
_LONGEST_NAME = 8  # words

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
# A whole paragraph in quotation marks, then a dash and a name: “It leaks.” ― Ida Holm, baker. Not: “It leaks” - so she fixed it.
_SIGNED = re.compile(rf"\s*(?P<quote>[{_MARKS}][^\n]+[{_MARKS}])\s*(?P<dash>[{_DASHES}]{{1,2}})\s*(?P<name>[^\n{_MARKS}]+?)[\s.]*$")
# The same in two paragraphs.
_QUOTED = re.compile(rf"\s*(?P<quote>[{_MARKS}][^\n]+[{_MARKS}])\s*$")
_SIGNATURE = re.compile(rf"\s*(?P<dash>[{_DASHES}]{{1,2}})\s*(?P<name>[^\n{_MARKS}]+?)[\s.]*$")
# The start of a turn: "HOLM: When", "IDA HOLM: When", with the mark that some publishers put before each paragraph. Not: "UPDATE 3:15".
_TURN = re.compile(rf"\s*[{_MARKS}]?(?P<name>[A-Z][A-Z.'’\- ]*[A-Z.])(?P<colon>:)\s+(?P<words>[^\n]*\S)")
# A paragraph that is only a stage direction: (CROSSTALK).
_ASIDE = re.compile(rf"\s*[{_MARKS}]?[(\[][^)\]]*[)\]][.\s{_MARKS}]*$")
_NOT_PEOPLE = frozenset(
    [
        "VIDEO",
        "AUDIO",
        "PHOTO",
        "PHOTOS",
        "UPDATE",
        "UPDATED",
        "CORRECTION",
        "NOTE",
        "EDITOR",
        "WATCH",
        "RELATED",
        "READ",
        "MORE",
        "SEE",
        "ALSO",
        "BREAKING",
        "EXCLUSIVE",
    ]
)


@dataclass(frozen=True, slots=True)
class Layout:
    """One such attribution: half-open code-point offsets of the name, the mark that attributes and the words, in one or more paragraphs."""

    source: tuple[int, int]
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]


def find_layouts(text: str) -> list[Layout]:
    """The signed quotations and the turns of transcripts in `text`, in order.

    >>> text = "“It leaks.” — Ida Holm"
    >>> [(text[slice(*found.source)], text[slice(*found.content[0])]) for found in find_layouts(text)]
    [('Ida Holm', '“It leaks.”')]
    """
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)]
    return sorted([*_signed(text, paragraphs), *_turns(text, paragraphs)], key=lambda found: found.content)


def _signed(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[Layout]:
    quoted: re.Match[str] | None = None
    for start, end in paragraphs:
        signed = _SIGNED.match(text, start, end)
        if signed and _is_name(signed["name"]):
            yield Layout(signed.span("name"), signed.span("dash"), (signed.span("quote"),))
        signature = _SIGNATURE.match(text, start, end)
        if quoted and signature and _is_name(signature["name"]):
            yield Layout(signature.span("name"), signature.span("dash"), (quoted.span("quote"),))
        quoted = _QUOTED.match(text, start, end)


def _is_name(words: str) -> bool:
    return words[:1].isupper() and len(words.split()) <= _LONGEST_NAME


def _turns(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[Layout]:
    starts = [_TURN.match(text, start, end) for start, end in paragraphs]
    turns = [turn if turn and not _NOT_PEOPLE & set(turn["name"].split()) else None for turn in starts]
    speakers = Counter(turn["name"] for turn in turns if turn)
    if speakers.total() < 3 or len(speakers) < 2:
        return
    for number, turn in enumerate(turns):
        if turn is None:
            continue
        content = [_unmarked(text, *turn.span("words"))]
        # Where every paragraph of the transcript begins with a mark, those that follow with one carry the turn on.
        if text[turn.start() : turn.end()].lstrip()[0] in _MARKS:
            for (start, end), other in zip(paragraphs[number + 1 :], turns[number + 1 :], strict=True):
                if other or text[start:end].lstrip()[0] not in _MARKS:
                    break
                if not _ASIDE.match(text, start, end):
                    content.append(_unmarked(text, start, end))
        yield Layout(turn.span("name"), turn.span("colon"), tuple(content))


def _unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without space and quotation marks around it."""
    while start < end - 1 and (text[start].isspace() or text[start] in _MARKS):
        start += 1
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in _MARKS):
        end -= 1
    return start, end
