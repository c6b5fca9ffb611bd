"""From scores to tags: the best sequence of tags in which every span begins with its begin tag.

The likeliest first tag here is "none", but a cue that goes on must have begun:

>>> scores = np.log(np.array([[.45, .05, .03, .35, .04, .04, .04], [.2, .1, .05, .05, .5, .05, .05]]))
>>> best_tags(scores, np.zeros((TAGS, TAGS))).tolist()
[3, 4]
>>> spans_of(np.array([3, 4, 0, 5, 5]))
[(1, 0, 2), (2, 3, 4), (2, 4, 5)]
"""

import numpy as np
import numpy.typing as npt

__all__ = ["CONTENT", "CUE", "SOURCE", "TAGS", "best_tags", "distance_buckets", "forbid", "spans_of"]

SOURCE, CUE, CONTENT = range(3)
TAGS = 7  # 0 outside, 1 + 2r begins a span of role r, 2 + 2r continues it

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
_FORBIDDEN = -1e4


def forbid(transitions: FloatArray) -> FloatArray:
    """`transitions` (from, to) with an end to steps that would continue a span that has not begun."""
    allowed = transitions.copy()
    for role in range(3):
        before = [tag for tag in range(TAGS) if tag not in (1 + 2 * role, 2 + 2 * role)]
        allowed[before, 2 + 2 * role] = _FORBIDDEN
    return allowed


def best_tags(scores: FloatArray, transitions: FloatArray) -> IntArray:
    """The best tag for each row of `scores` (n, 7), by Viterbi's algorithm; time linear in n."""
    count = len(scores)
    if not count:
        return np.zeros(0, dtype=np.int64)
    steps = forbid(transitions)
    current = scores[0].copy()
    current[2::2] += _FORBIDDEN
    came_from = np.zeros((count, TAGS), dtype=np.int64)
    columns = np.arange(TAGS)
    for position in range(1, count):
        ways = current[:, None] + steps
        origin = ways.argmax(axis=0)
        came_from[position] = origin
        current = ways[origin, columns] + scores[position]
    tags = np.zeros(count, dtype=np.int64)
    tags[-1] = current.argmax()
    for position in range(count - 1, 0, -1):
        tags[position - 1] = came_from[position, tags[position]]
    return tags


def spans_of(tags: IntArray) -> list[tuple[int, int, int]]:
    """(role, start, end) of the spans that `tags` describes, in order, half-open in pieces."""
    starts = np.flatnonzero(tags % 2 == 1)
    stops = np.flatnonzero((tags == 0) | (tags % 2 == 1))
    ends = np.append(stops, len(tags))[np.searchsorted(stops, starts, side="right")]
    return [(int(tags[start] - 1) // 2, int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def distance_buckets(steps: IntArray) -> IntArray:
    """Bucket (0 to 31) of steps from one piece to another, positive or negative: exact for near ones, coarser further off."""
    away = np.abs(steps)
    far = 6 + (np.log(np.maximum(away, 6) / 6) / np.log(200 / 6) * 9).astype(np.int64)
    bucket = np.where(away < 6, away, np.minimum(15, far))
    return np.where(steps >= 0, bucket, 16 + bucket)
