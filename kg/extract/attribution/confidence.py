"""How sure the tagger is of an attribution: signs read off its scores, and a logistic function of them fitted on held-back text."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.extract.attribution.decode import CONTENT, CUE, SOURCE
from kg.extract.attribution.linking import Linked

__all__ = ["SIGNS", "confidence", "confidence_signs"]

FloatArray = npt.NDArray[np.float64]
SIGNS = ("cue", "cue_weakest", "content", "content_edges", "source", "content_link", "source_link", "no_source", "length", "pieces")
_LEAST = 1e-6  # probabilities below are taken as this


def confidence_signs(found: Linked, scores: FloatArray) -> list[float]:
    """Numbers that tell a right attribution from a wrong one, in the order of `SIGNS`; `scores` are log-probabilities of tags.

    The first seven are doubts, square roots of minus a log-probability, 0 where the tagger is certain: that the pieces of a role have that
    role at all (mean over them; for the cue also the worst), that the content begins and ends where it is said to, that it belongs to the
    cue, and that the cue has this source.
    """
    cue = np.concatenate([_role(scores, CUE, low, high) for low, high in found.cue])
    content = np.concatenate([_role(scores, CONTENT, low, high) for low, high in found.content])
    source = [_role(scores, SOURCE, low, high) for low, high in found.source]
    edges = [scores[low, 1 + 2 * CONTENT] for low, _ in found.content]
    edges += [math.log(max(_LEAST, 1 - math.exp(scores[high, 2 + 2 * CONTENT]))) for _, high in found.content if high < len(scores)]
    logs = (
        cue.mean(),
        cue.min(),
        content.mean(),
        np.mean(edges),
        np.concatenate(source).mean() if source else 0.0,
        math.log(max(_LEAST, found.content_link)),
        math.log(max(_LEAST, found.source_link)),
    )
    length = sum(high - low for low, high in found.content)
    return [*(math.sqrt(max(0.0, -float(log))) for log in logs), float(not source), math.log(length), float(len(found.content) > 1)]


def confidence(signs: Sequence[float], weights: Sequence[float]) -> float:
    """Probability that an attribution with these signs is right.

    `weights` are a constant and one weight a sign, as the calibration fits them; without any, a plain guess.
    """
    if not weights:
        return math.exp(-sum(doubt * doubt for doubt in (signs[0], *signs[2:7])) / 2)
    total = weights[0] + sum(weight * sign for weight, sign in zip(weights[1:], signs, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _role(scores: FloatArray, role: int, low: int, high: int) -> FloatArray:
    result: FloatArray = np.logaddexp(scores[low:high, 1 + 2 * role], scores[low:high, 2 + 2 * role])
    return result
