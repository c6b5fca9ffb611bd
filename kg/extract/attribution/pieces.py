"""What the tagger sees of a text: word pieces, how they are written, where paragraphs start and what stands in quotation marks.

Also where a text may be cut into windows, for training and for tagging alike.

>>> states = quote_states('She said: "No." He left.')
>>> "".join(str(state) for state in states[:-1])
'000000000031114000000000'
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extract.attribution.wordpiece import IntArray, WordPiece
from kg.extract.quotations import find_quotations

__all__ = ["FEATURES", "Pieces", "Quote", "overlapping_windows", "prepare", "quote_states", "separate_windows"]


class Quote:
    """Where a character stands with respect to quotation marks."""

    OUTSIDE = 0
    INSIDE = 1
    UNCLOSED = 2  # after an opening mark that its paragraph never closes
    OPENING = 3
    CLOSING = 4
    CONTINUED = 5  # the opening mark of a paragraph that carries an unclosed quotation on


_STATES = 6
FEATURES = 5 * 2 * _STATES  # shape, paragraph start, quote state

# Double quotation marks, the typewriter's '' and `` included. Single ones are told from apostrophes by `find_quotations`.
_MARK = re.compile("[\"\u201c\u201d\u201e\u201f\u00ab\u00bb]|''|``")
_OPENING = frozenset("\u201c\u201e\u201f\u00ab") | {"``"}
_CLOSING = frozenset("\u201d\u00bb")
_SAID = 4  # words in single marks that are more than irony or a title
_ENDS = frozenset('.?!\u201d"\u2026')


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as the tagger sees it, one entry a word piece; offsets are code points, half-open.

    `breaks` has one entry more: how good a place before each piece is for cutting (2 paragraph, 1 likely end of a sentence, 0 neither).
    """

    text: str
    ids: IntArray
    starts: IntArray
    ends: IntArray
    features: IntArray
    paragraphs: IntArray
    breaks: IntArray

    def __len__(self) -> int:
        return len(self.ids)


def prepare(text: str, wordpiece: WordPiece) -> Pieces:
    """The pieces of `text` with their features."""
    cut = wordpiece.encode(text)
    count = len(cut.ids)
    newlines = np.fromiter((m.start() for m in re.finditer("\n", text)), dtype=np.int64)
    paragraphs = np.searchsorted(newlines, cut.starts)
    first = np.ones(count, dtype=np.bool_)
    first[1:] = paragraphs[1:] != paragraphs[:-1]
    quotes = quote_states(text)[cut.starts].astype(np.int64)
    features = (cut.shapes * 2 + first) * _STATES + quotes
    breaks = np.zeros(count + 1, dtype=np.int64)
    breaks[0] = breaks[count] = 2
    if count:
        last = np.fromiter((text[end - 1] in _ENDS for end in cut.ends.tolist()), dtype=np.bool_, count=count)
        breaks[1:count][last[:-1] & ~cut.continues[1:]] = 1
        breaks[:count][first] = 2
    return Pieces(text, cut.ids, cut.starts, cut.ends, features, paragraphs, breaks)


def quote_states(text: str) -> npt.NDArray[np.uint8]:
    """State of every character of `text`, and one entry more, as numbered in `Quote`.

    A paragraph is judged on its own, so an unclosed mark costs its paragraph at most. A straight mark opens or closes by the spaces around
    it, else by turns. A paragraph that begins with a mark after one left unclosed carries the quotation on.
    Single marks count as `find_quotations` reads them.
    """
    states = np.zeros(len(text) + 1, dtype=np.uint8)
    carried = False
    for paragraph in re.finditer(r"[^\n]+", text):
        if not paragraph.group().strip():
            continue
        carried = _mark_paragraph(text, paragraph.start(), paragraph.end(), states, carried=carried)
    _mark_singles(text, states)
    return states


def _mark_singles(text: str, states: npt.NDArray[np.uint8]) -> None:
    """Quotations in single marks, where no double marks stand: to the tagger, which learned from papers that set double ones, they are alike."""
    if "‘" not in text:
        return
    carried = False
    for quotation in find_quotations(text):
        start, end = quotation.span.start, quotation.span.end
        # A word or two without a comma are irony or a title: the texts that the tagger learned from have those in single marks, unmarked.
        if text[start] == "‘" and (text[end - 2] in ",.!?" or len(text[start:end].split()) >= _SAID):
            states[start] = Quote.CONTINUED if carried else Quote.OPENING
            states[start + 1 : end] = Quote.INSIDE if quotation.closed else Quote.UNCLOSED
            if quotation.closed:
                states[end - 1] = Quote.CLOSING
        carried = not quotation.closed


def _mark_paragraph(text: str, start: int, end: int, states: npt.NDArray[np.uint8], *, carried: bool) -> bool:
    """Fill `states` for one paragraph; whether it ends inside an unclosed quotation."""
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        low, high = mark.span()
        if _opens(mark.group(), text[low - 1 : low] if low > start else "", text[high : min(high + 1, end)], inside=opened is not None):
            first = carried and opened is None and not text[start:low].strip()
            states[low:high] = Quote.CONTINUED if first else Quote.OPENING
            opened = high if opened is None else opened
        else:
            if opened is not None:
                inner = states[opened:low]
                inner[inner == Quote.OUTSIDE] = Quote.INSIDE
            elif carried:
                states[start:low] = Quote.INSIDE
            carried = False
            states[low:high] = Quote.CLOSING
            opened = None
    if opened is None:
        return False
    inner = states[opened:end]
    inner[inner == Quote.OUTSIDE] = Quote.UNCLOSED
    return True


def _opens(mark: str, before: str, after: str, *, inside: bool) -> bool:
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    free_before, free_after = not before or before.isspace() or before in "([\u2014\u2013", not after or after.isspace()
    if free_before != free_after:
        return free_before
    return not inside


# --------------------------------------------------------------------------- windows


def separate_windows(pieces: Pieces, size: int, first: int | None = None) -> list[tuple[int, int]]:
    """Windows [start, end) of at most `size` pieces that do not overlap, cut between paragraphs if possible; the first at most `first` long."""
    windows: list[tuple[int, int]] = []
    start, limit, count = 0, first or size, len(pieces)
    while start < count:
        end = min(count, start + limit)
        if end < count:
            end = _last_break(pieces.breaks, start + max(1, limit // 3), start + 8, end)
        windows.append((start, end))
        start, limit = end, size
    return windows


def overlapping_windows(pieces: Pieces, size: int, overlap: int, *, start: int = 0, stop: int | None = None) -> list[tuple[int, int]]:
    """Windows of at most `size` pieces over [start, stop), each starting up to `overlap` pieces before the end of the one before."""
    windows: list[tuple[int, int]] = []
    count = len(pieces) if stop is None else stop
    while start < count:
        end = min(count, start + size)
        if end < count:
            end = _last_break(pieces.breaks, start + size * 2 // 3, start + size * 2 // 3, end)
        windows.append((start, end))
        if end >= count:
            break
        low = max(start + 1, end - overlap)
        span = pieces.breaks[low:end]
        best = span.max(initial=0)
        start = low + int(np.argmax(span == best)) if best else low
    return windows


def _last_break(breaks: IntArray, paragraph_from: int, sentence_from: int, end: int) -> int:
    for strength, low in ((2, paragraph_from), (1, sentence_from)):
        found = np.flatnonzero(breaks[low + 1 : end + 1] >= strength)
        if len(found):
            return low + 1 + int(found[-1])
    return end
