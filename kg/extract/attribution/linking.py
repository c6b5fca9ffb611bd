"""Which content belongs to which cue, and which source to which cue, from where the tagger says they point.

A content goes to the one cue its pieces point to; a cue takes the source it points to, or none, so one source may serve several cues
("She said ..., adding that ..."). Pointers also mend what the tags miss: a place that a content points to firmly becomes a cue, a place that
a cue points to firmly a source, and a second content that does not point firmly to its cue is let go rather than put in a stranger's mouth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extract.attribution.decode import CONTENT, CUE, SOURCE

__all__ = ["Linked", "WindowLinks", "link"]

FloatArray = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]
Segment = tuple[int, int]

_FIRM = 0.65  # a further content joins a cue only with this probability
_MENDS = 0.5  # an untagged place becomes a cue or a source only with this one
_PLAUSIBLE = -3.0  # and only if the tagger gave the role itself at least this log-probability
_CENTRE = 60.0  # pieces from the edge of a window at which it counts in full
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class WindowLinks:
    """Where the pieces [start, end) of one window point to.

    Probabilities (2, pieces, pieces + 1), for contents to their cue and for cues to their source; the first column is the start mark, which
    means "none".
    """

    start: int
    end: int
    pointers: Single


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution in pieces, with the probabilities of its links: content to cue (the least of them) and cue to source (or to none)."""

    source: tuple[Segment, ...]
    cue: tuple[Segment, ...]
    content: tuple[Segment, ...]
    content_link: float
    source_link: float


def link(spans: Sequence[tuple[int, int, int]], scores: FloatArray, windows: Sequence[WindowLinks]) -> list[Linked]:
    """Attributions from the `spans` (role, start, end) of one text; `scores` are the log-probabilities of its tags, one row a piece.

    A cue without content gives none; contents without any cue are left.
    """
    segments = {role: [(start, end) for r, start, end in spans if r == role] for role in (SOURCE, CUE, CONTENT)}
    contents = segments[CONTENT]
    if not contents:
        return []
    taken = np.zeros(len(scores), dtype=np.bool_)
    for _, start, end in spans:
        taken[start:end] = True
    to_piece = _pointers(contents, windows, kind=0, count=len(scores))
    cues = _mended(segments[CUE], to_piece, scores, taken, CUE)
    if not cues:
        return []
    from_cue = _pointers(cues, windows, kind=1, count=len(scores))
    sources = _mended(segments[SOURCE], from_cue, scores, taken, SOURCE)
    to_cue = to_piece[:, [start for start, _ in cues]]
    # A source is pointed to by its first piece, but a slip of its left boundary should not lose it. The last column is "none".
    to_source = np.stack([*(from_cue[:, start:end].sum(axis=1) for start, end in sources), from_cue[:, -1]], axis=1)
    owner = to_cue.argmax(axis=1)
    found = []
    for number, cue in enumerate(cues):
        mine = np.flatnonzero((owner == number) & (to_cue[:, number] > _NOTHING))
        if not len(mine):
            continue
        values = to_cue[mine, number]
        mine = mine[(values >= _FIRM) | (values == values.max())]
        best = int(to_source[number].argmax())
        found.append(
            Linked(
                source=() if best == len(sources) else (sources[best],),
                cue=(cue,),
                content=tuple(contents[k] for k in mine),
                content_link=float(to_cue[mine, number].min()),
                source_link=float(to_source[number, best]),
            )
        )
    return found


def _pointers(segments: list[Segment], windows: Sequence[WindowLinks], *, kind: int, count: int) -> FloatArray:
    """Probability that each segment points to each piece or (last column) to the start mark: a mean over its pieces and over the windows.

    A window counts by how much of the segment it holds, and how far that is from its edges.
    """
    starts, ends = (np.array(column, dtype=np.int64) for column in zip(*segments, strict=True))
    total = np.zeros((len(segments), count + 1))
    weight = np.full((len(segments), count + 1), _NOTHING)
    for window in windows:
        low, high = int(np.searchsorted(ends, window.start, side="right")), int(np.searchsorted(starts, window.end))
        if low >= high:
            continue
        first = np.maximum(starts[low:high], window.start) - window.start
        last = np.minimum(ends[low:high], window.end) - window.start
        lengths = last - first
        rows = np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)])
        chances = window.pointers[kind, rows]
        means = np.add.reduceat(chances, np.cumsum(lengths) - lengths, axis=0) / lengths[:, None]
        middle = (first + last) / 2
        room = np.clip(np.minimum(middle, window.end - window.start - middle) / _CENTRE, 0.1, 1.0)
        share = (room * lengths / (ends - starts)[low:high])[:, None]
        total[low:high, window.start : window.end] += means[:, 1:] * share
        weight[low:high, window.start : window.end] += share
        total[low:high, -1:] += means[:, :1] * share
        weight[low:high, -1:] += share
    result: FloatArray = total / weight
    return result


def _mended(known: list[Segment], pointers: FloatArray, scores: FloatArray, taken: npt.NDArray[np.bool_], role: int) -> list[Segment]:
    """The spans of `role`, and new ones where something points to firmly and the tags say nothing else; marks them as taken."""
    begin, inside = 1 + 2 * role, 2 + 2 * role
    aims = pointers[:, :-1].argmax(axis=1)
    firm = pointers[np.arange(len(aims)), aims] > np.maximum(_MENDS, pointers[:, -1])
    places = sorted(
        {int(aim) for aim in aims[firm] if not taken[aim] and np.logaddexp(scores[aim, begin], scores[aim, inside]) > _PLAUSIBLE}
    )
    new: list[Segment] = []
    for number, start in enumerate(places):
        limit = places[number + 1] if number + 1 < len(places) else len(scores)
        end = start + 1
        while end < limit and not taken[end] and scores[end].argmax() == inside:
            end += 1
        taken[start:end] = True
        new.append((start, end))
    return sorted(known + new)
