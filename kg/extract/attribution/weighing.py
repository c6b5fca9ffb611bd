"""How likely a candidate is to be an attribution: counts of cue and frame, and where it stands."""

import math
from collections.abc import Collection
from functools import cache

from kg.extract.attribution.cues import cue_table
from kg.lexicon.load import load_table

__all__ = ["CONTEXTS", "forget_counts", "in_context", "is_cue_lemma", "lexicon_frame", "rate"]

type Pair = tuple[str, str, str]

_WEIGHT = 3.0  # how many counts a frame's own rate is worth
_DOUBT = 0.5  # a word that is rarely a cue in a frame is less of one than the frame's average, which the commonest cues carry
# Rates of pairs that were seen too seldom to count, where the hand-made lexicon lists them; keyed by the lexicon's frame
_LISTED = {"clause": 0.6, "quote": 0.6, "inf": 0.4, "gerund": 0.5, "as": 0.45, "of": 0.45, "object": 0.4, "objcomp": 0.45}
# The lexicon's frames by what `complements` calls them
_FRAMES = {
    "left": "clause",
    "split": "clause",
    "small": "clause",
    "objinf": "inf",
    "object+of": "of",
    "object+as": "as",
    "by+object": "object",
    "by+object+as": "as",
}

CONTEXTS = {
    "nested": -2.1,
    "no-source": -2.9,
    "that": -1.1,
    "it": -0.9,
    "self": -0.4,
    "named": 0.4,
    "acl": -1.0,
    "relcl": -0.7,
    "ccomp": -1.2,
    "pcomp": -0.6,
    "conj": -0.5,
    "subordinate": -0.4,
    "modal": -0.6,
    "question": -0.8,
    "complement": 0.5,
    "passive": 0.6,
    "noun": -0.2,
}
"""Log-odds that a candidate's circumstances add; `scripts/count_cues.py` fits them."""


@cache
def _counts() -> dict[Pair, tuple[int, int]]:
    rows = load_table("cue_frames", columns=("lemma", "pos", "frame", "seen", "right"))
    return {(row["lemma"], row["pos"], row["frame"]): (int(row["seen"]), int(row["right"])) for row in rows}


@cache
def is_cue_lemma(lemma: str, pos: str) -> bool:
    """Whether the word was counted as a cue or stands in the lexicon."""
    return (lemma, pos) in cue_table() or (lemma, pos) in _counted()


@cache
def _counted() -> frozenset[tuple[str, str]]:
    return frozenset((lemma, pos) for lemma, pos, _ in _counts())


def lexicon_frame(frame: str) -> str:
    """What the lexicon calls a frame that `complements` finds."""
    return _FRAMES.get(frame, frame)


def forget_counts() -> None:
    """Read the table anew at the next call, for whoever has just written it."""
    load_table.cache_clear()
    for cached in (_counts, _counted, is_cue_lemma, rate):
        cached.cache_clear()


@cache
def rate(lemma: str, pos: str, frame: str) -> float:
    """How often a cue with this kind of content is an attribution, 0 to 1; 0 for what is neither counted nor in the lexicon.

    >>> rate("say", "verb", "clause") > rate("try", "verb", "inf")
    True
    >>> rate("bake", "verb", "object")
    0.0
    """
    count = _counts().get((lemma, pos, frame))
    if count is not None:
        seen, right = _counts().get(("*", pos, frame), (1, 0))
        return (count[1] + _WEIGHT * _DOUBT * right / seen) / (count[0] + _WEIGHT)
    listed = lexicon_frame(frame)
    if any(listed in cue.frames for cue in cue_table().get((lemma, pos), ())):
        return _LISTED.get(listed, 0.0)
    return 0.0


def in_context(chance: float, contexts: Collection[str]) -> float:
    """A chance between 0 and 1, moved by the circumstances that hold."""
    chance = min(max(chance, 0.001), 0.999)
    odds = math.log(chance / (1 - chance)) + sum(CONTEXTS[context] for context in contexts)
    return 1 / (1 + math.exp(-odds))
