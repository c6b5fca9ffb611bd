"""A statement in its paragraph: words with what they are to the statement, cut so that neighbours share what surrounds them."""

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

__all__ = ["SENTENCE_END", "Place", "segments"]

type Place = tuple[int, int]

_LONG = 1_200  # characters; a longer paragraph is shown by the blocks that a statement stands in
_BLOCK = 600  # characters that a block has at least
# The end of a sentence: stop, closing quotation marks, white space. Not the point of "p.m." before a small letter.
SENTENCE_END = re.compile(r"[.!?…]['\"’”»)]*\s+(?=[^a-z\s])")
_ROLES = ("content", "source", "cue")  # a later one stands out from an earlier one


def segments(text: str, marks: Mapping[str, Sequence[Place]]) -> Iterator[tuple[str, str]]:
    r"""The paragraphs that hold the places, cut where a role begins or ends. A source or a cue inside the content stands out from it.

    Args:
        text: the article's.
        marks: half-open code-point offsets by role: `content`, `source`, `cue`.

    Of a paragraph of more than 1,200 characters only the blocks of whole sentences that the statement touches are given, marked by `…`
    where it goes on. The blocks do not depend on the statement, so two statements of one block have the same words around them.

    >>> list(segments("No.\nIt rains, he said.\nYes.", {"content": [(4, 12)], "cue": [(17, 21)]}))
    [('It rains', 'content'), (', he ', ''), ('said', 'cue'), ('.', '')]
    """
    places = [place for spans in marks.values() for place in spans]
    first, last = min(start for start, _ in places), max(end for _, end in places)
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    left, right = _cut(text, start, end, first, last)
    if left > start:
        yield "… ", ""
    borders = sorted({left, right, *(border for place in places for border in place)})
    pending, pending_role = "", ""
    for one, other in itertools.pairwise(borders):
        inside = [role for role in _ROLES if any(a <= one and other <= b for a, b in marks.get(role, ()))]
        role = inside[-1] if inside else ""
        if role != pending_role and pending:
            yield pending, pending_role
            pending = ""
        pending, pending_role = pending + text[one:other], role
    yield pending, pending_role
    if right < end:
        yield " …", ""


def _cut(text: str, start: int, end: int, first: int, last: int) -> Place:
    if end - start <= _LONG:
        return start, end
    borders = [start]
    for found in SENTENCE_END.finditer(text, start, end):
        if found.end() - borders[-1] >= _BLOCK:
            borders.append(found.end())
    borders.append(end)
    left = borders[bisect.bisect_right(borders, first) - 1]
    right = borders[bisect.bisect_left(borders, last)]
    return left, len(text[:right].rstrip()) if right < end else end
