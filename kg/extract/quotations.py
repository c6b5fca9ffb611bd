"""Quotation marks in running text: which words stand between which marks."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from kg.records import Span

__all__ = ["Quotation", "find_quotations", "quotations_in"]

_OPENING = {"“": "”", "„": "“”", "‟": "”", "«": "»", "「": "」", "『": "』"}
_CLOSING = frozenset("”»」』")
# Typed by some publishers for double marks: `` and ''. Not the two apostrophes of "rock 'n'' roll" (a letter on both sides).
_MARK = re.compile(r"``|''|[\"“”„‟«»「」『』＂‘]")
_DOUBLE = re.compile(r"[\"“”＂]")
_SINGLE = re.compile("[‘’]")
# Words that begin with an apostrophe which software turns the wrong way: ‘tis, ‘em, ‘90s.
_CLIPPED = re.compile(r"‘(?:\d0s|tis|twas|em|til|till|cause|bout|round|n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, within one paragraph.

    Attributes:
        span: offsets of the quotation, marks included.
        closed: False if the quotation runs to the end of its paragraph because the next one opens with a mark again.
    """

    span: Span
    closed: bool = True


@lru_cache(maxsize=2)  # several stages ask for those of one article
def find_quotations(text: str) -> tuple[Quotation, ...]:
    r"""The outermost quotations of a text, in order.

    A paragraph is a line. A mark that is never closed costs its own paragraph at most: unless the next paragraph opens with
    a mark too (the typographer's sign that the speech goes on), the words behind it are no quotation. Single marks count where they
    are not inside double ones, as British papers set them; straight single marks do not, since most of them are apostrophes.

    >>> [q.span.of('He said "yes".') for q in find_quotations('He said "yes".')]
    ['"yes"']
    >>> [q.closed for q in find_quotations('“First paragraph.\n“Second.”')]
    [False, True]
    >>> [q.span.of("‘The bakers’ ovens leak,’ he said.") for q in find_quotations("‘The bakers’ ovens leak,’ he said.")]
    ['‘The bakers’ ovens leak,’']
    """
    found: list[Quotation] = []
    lines = _lines(text)
    for number in range(len(lines)):
        _read_line(text, lines, number, found)
    return tuple(found)


def quotations_in(quotations: tuple[Quotation, ...], start: int, end: int) -> tuple[Quotation, ...]:
    """Those of the sorted quotations that touch the text from offset `start` to `end`, by bisection.

    >>> [q.span.start for q in quotations_in(find_quotations('"a b" c "d e" f "g h"'), 5, 9)]
    [0, 8]
    """
    first = bisect_left(quotations, start, key=lambda quotation: quotation.span.end)
    last = bisect_right(quotations, end, key=lambda quotation: quotation.span.start)
    return quotations[first:last]


def _read_line(text: str, lines: list[tuple[int, int]], number: int, found: list[Quotation]) -> None:
    """Add the quotations of one line to those found before it."""
    start, end = lines[number]
    opened, mark, depth, past = None, "", 0, start
    for match in _MARK.finditer(text, start, end):
        glyph = match.group()
        if match.start() < past or (glyph == "‘" and opened is not None):  # nested
            continue
        if glyph == "‘":
            single = _single(text, lines, number, match.start())
            if single is not None:
                found.append(single)
                past = single.span.end
        elif opened is None:
            if _opens(text, match, found, start):
                opened, mark, depth = match.start(), glyph, 0
        elif glyph == mark and glyph in _OPENING and mark != "“":
            depth += 1
        elif _matches(mark, glyph):
            if not depth:
                found.append(Quotation(Span(opened, match.end())))
                opened = None
            depth = max(0, depth - 1)
    if opened is not None and _goes_on(text, lines, number):
        found.append(Quotation(Span(opened, opened + len(text[opened:end].rstrip())), closed=False))


def _opens(text: str, match: re.Match[str], found: list[Quotation], line: int) -> bool:
    glyph = match.group()
    if glyph in _CLOSING or (glyph == "“" and _closes_low(found, text, line)):
        return False
    return glyph in _OPENING or _may_open(text, match.start(), match.end(), line)


def _single(text: str, lines: list[tuple[int, int]], number: int, place: int) -> Quotation | None:
    """The quotation that the single mark at `place` opens: to its closing mark, or to the line's end if the next line goes on with it."""
    start, end = lines[number]
    if not _opens_single(text, place, start):
        return None
    close = _single_end(text, place, end)
    if close is not None:
        return Quotation(Span(place, close))
    if text[start:place].strip() or number + 1 == len(lines) or not text[slice(*lines[number + 1])].lstrip().startswith("‘"):
        return None
    return Quotation(Span(place, place + len(text[place:end].rstrip())), closed=False)


def _single_end(text: str, start: int, end: int) -> int | None:
    """Where the quotation ends that the single mark ‘ at `start` opens, its closing mark included; None if nothing closes it before `end`.

    The closing mark looks like an apostrophe. One behind a stop closes; one behind a letter closes unless it may be a plural's possessive
    ("the workers’ rights") and another follows before the next opening mark. What holds half of a pair of double marks is no quotation.
    """
    if _CLIPPED.match(text, start):
        return None
    best: int | None = None
    at = start + 1
    while (at := _next_single(text, at, end)) < end:
        if text[at] == "‘":
            break
        possessive = text[at - 1] in "snSN" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()
        if not possessive:
            best = at
            break
        best = at if best is None else best
        at += 1
    if best is None or len(_DOUBLE.findall(text, start, best)) % 2:
        return None
    return best + 1


def _next_single(text: str, at: int, end: int) -> int:
    """The next mark from `at` on that opens or may close a single quotation, or `end`."""
    for match in _SINGLE.finditer(text, at, end):
        place = match.start()
        if text[place] == "‘":
            if text[place - 1].isspace():
                return place
        elif not text[place - 1].isspace() and not text[place + 1 : place + 2].isalnum():
            return place
    return end


def _opens_single(text: str, place: int, line: int) -> bool:
    before, after = text[place - 1] if place > line else " ", text[place + 1 : place + 2]
    return bool(after) and not after.isspace() and (before.isspace() or before in "([—–-:")


def _lines(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]*\S[^\r\n]*", text)]


def _matches(opening: str, glyph: str) -> bool:
    if opening in _OPENING:
        return glyph in _OPENING[opening] or (opening == "“" and glyph == '"')
    if opening == "``":
        return glyph in {"''", '"'}
    return glyph in {opening, "”"}


def _may_open(text: str, start: int, end: int, line: int) -> bool:
    """A straight mark opens before a word, at a line's start or behind a space, a bracket or a dash; behind a figure it means inches."""
    before = text[start - 1] if start > line else " "
    after = text[end] if end < len(text) else " "
    return not after.isspace() and not before.isalnum()


def _closes_low(found: list[Quotation], text: str, line: int) -> bool:
    """Whether the mark may be the high “ that closes a „low quotation“ already taken."""
    return bool(found) and found[-1].span.start >= line and text[found[-1].span.start] == "„" and text[found[-1].span.end - 1] != "“"


def _goes_on(text: str, lines: list[tuple[int, int]], number: int) -> bool:
    if number + 1 >= len(lines):
        return False
    start, end = lines[number + 1]
    head = text[start:end].lstrip()
    return head[:1] in _OPENING or head[:1] == '"' or head[:2] in {"``", "''"}
