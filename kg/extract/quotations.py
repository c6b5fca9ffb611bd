"""Quotation marks in running text: which words stand between which marks."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kg.records import Span

__all__ = ["Quotation", "find_quotations", "quotations_in"]

_OPENING = {"“": "”", "„": "“”", "‟": "”", "«": "»", "「": "」", "『": "』"}
_CLOSING = frozenset("”»」』")
# Typed by some publishers for double marks: `` and ''. Not the two apostrophes of "rock 'n'' roll" (a letter on both sides).
_MARK = re.compile(r"``|''|[\"“”„‟«»「」『』＂]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in double quotation marks, within one paragraph.

    Attributes:
        span: offsets of the quotation, marks included.
        closed: False if the quotation runs to the end of its paragraph because the next one opens with a mark again.
    """

    span: Span
    closed: bool = True


def find_quotations(text: str) -> tuple[Quotation, ...]:
    r"""The outermost quotations of a text, in order.

    A paragraph is a line. A mark that is never closed costs its own paragraph at most: unless the next paragraph opens with
    a mark too (the typographer's sign that the speech goes on), the words behind it are no quotation.

    >>> [q.span.of('He said "yes".') for q in find_quotations('He said "yes".')]
    ['"yes"']
    >>> [q.closed for q in find_quotations('“First paragraph.\n“Second.”')]
    [False, True]
    """
    found: list[Quotation] = []
    lines = _lines(text)
    for number, (start, end) in enumerate(lines):
        opened, mark, depth = None, "", 0
        for match in _MARK.finditer(text, start, end):
            glyph = match.group()
            if opened is None:
                if glyph in _CLOSING or (glyph == "“" and _closes_low(found, text, start)):
                    continue
                if glyph not in _OPENING and not _may_open(text, match.start(), match.end(), start):
                    continue
                opened, mark, depth = match.start(), glyph, 0
            elif glyph == mark and glyph in _OPENING and mark != "“":
                depth += 1
            elif _matches(mark, glyph):
                if depth:
                    depth -= 1
                    continue
                found.append(Quotation(Span(opened, match.end())))
                opened = None
        if opened is not None and _goes_on(text, lines, number):
            last = end
            while last > opened and text[last - 1].isspace():
                last -= 1
            found.append(Quotation(Span(opened, last), closed=False))
    return tuple(found)


def quotations_in(quotations: tuple[Quotation, ...], start: int, end: int) -> tuple[Quotation, ...]:
    """Those of the sorted quotations that touch the text from offset `start` to `end`, by bisection.

    >>> [q.span.start for q in quotations_in(find_quotations('"a b" c "d e" f "g h"'), 5, 9)]
    [0, 8]
    """
    first = bisect_left(quotations, start, key=lambda quotation: quotation.span.end)
    last = bisect_right(quotations, end, key=lambda quotation: quotation.span.start)
    return quotations[first:last]


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
