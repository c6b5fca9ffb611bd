"""Words in their context, with what they are to a decision marked."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.records import Span

__all__ = ["Passage", "Segment", "passages"]


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of the text, exactly as they stand, and their mark: `source`, `cue`, `content`, `evidence`, `mention`, `words`, or "" for mere context."""

    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class Passage:
    """An unbroken stretch of an article's text.

    Attributes:
        span: where it stands.
        segments: its words in order; joined they are `text[span.start:span.end]`.
        cut_before, cut_after: whether its paragraph goes on there.
    """

    span: Span
    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool


def passages(text: str, marks: Mapping[str, Sequence[Span]], *, context: int = 240) -> tuple[Passage, ...]:
    r"""The passages that hold all marked places, in text order; those that touch are one.

    Args:
        text: the article's.
        marks: spans by mark. Where two overlap, the mark that comes later in the mapping is shown.
        context: most code points of the paragraph kept on either side of a marked place.

    >>> [passage] = passages("No.\nIt rains, he said.\nYes.", {"content": [Span(4, 12)], "cue": [Span(17, 21)]})
    >>> [(segment.words, segment.mark) for segment in passage.segments]
    [('It rains', 'content'), (', he ', ''), ('said', 'cue'), ('.', '')]
    """
    places = sorted(span for spans in marks.values() for span in spans)
    found = []
    for start, end in _windows(text, places, context):
        inside = {mark: [span for span in spans if start <= span.start and span.end <= end] for mark, spans in marks.items()}
        cut_before = start > 0 and text[start - 1] != "\n"
        cut_after = end < len(text) and text[end] != "\n"
        found.append(Passage(Span(start, end), _segments(text, start, end, inside), cut_before, cut_after))
    return tuple(found)


def _windows(text: str, places: Sequence[Span], context: int) -> list[tuple[int, int]]:
    windows: list[tuple[int, int]] = []
    for place in places:
        start = max(text.rfind("\n", 0, place.start) + 1, place.start - context)
        if start and text[start - 1] != "\n":  # begin with a whole word, if there is one
            start = text.find(" ", start, place.start) + 1 or start
        line_end = text.find("\n", place.end)
        end = min(len(text) if line_end < 0 else line_end, place.end + context)
        if end < len(text) and text[end] != "\n":
            blank = text.rfind(" ", place.end, end + 1)
            end = blank if blank >= 0 else end
        # A line break alone between two windows is no gap.
        if windows and start <= windows[-1][1] + 1:
            windows[-1] = (min(start, windows[-1][0]), max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows


def _segments(text: str, start: int, end: int, marks: Mapping[str, Sequence[Span]]) -> tuple[Segment, ...]:
    borders = sorted({start, end, *(border for spans in marks.values() for span in spans for border in (span.start, span.end))})
    found: list[Segment] = []
    for left, right in itertools.pairwise(borders):
        here = [mark for mark, spans in marks.items() if any(span.start <= left and right <= span.end for span in spans)]
        mark = here[-1] if here else ""
        if found and found[-1].mark == mark:
            found[-1] = Segment(found[-1].words + text[left:right], mark)
        else:
            found.append(Segment(text[left:right], mark))
    return tuple(found)
