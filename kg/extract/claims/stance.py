"""How the writer's cue presents the words: by the cue's word, whatever the content."""

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.attribution.cues import cue_table
from kg.extract.claims.found import Facet
from kg.records import CueStance

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.attribution import FoundAttribution

__all__ = ["find_stance"]

_DOUBTING = frozenset({"even", "actually", "supposedly", "allegedly", "purportedly", "reportedly", "somehow"})
# Cues of two words whose verb alone is neutral.
_PHRASES = {
    "point out": CueStance.SUPPORTIVE,
    "go after": CueStance.ASSERTIVE,
    "lay bare": CueStance.SUPPORTIVE,
    "find out": CueStance.SUPPORTIVE,
}
_SUPPOSED = frozenset({"so-called", "alleged", "supposed", "purported"})


@cache
def _stances() -> dict[str, CueStance]:
    """A cue's stance by lemma, whatever its part of speech; of several, the one that is not neutral."""
    found: dict[str, CueStance] = dict(_PHRASES)
    for (lemma, _), cues in sorted(cue_table().items()):
        for cue in cues:
            if found.get(lemma, CueStance.NEUTRAL) is CueStance.NEUTRAL:
                found[lemma] = cue.stance
    return found


def find_stance(doc: "Doc", found: "FoundAttribution") -> Facet:
    """Neutral, assertive, supportive or distancing."""
    tokens = [token for piece in found.cue for token in (doc.char_span(piece.start, piece.end, alignment_mode="expand") or ())]
    words = {token.lower_ for token in tokens}
    if tokens and tokens[0].i and doc[tokens[0].i - 1].lower_ in _DOUBTING:  # an engine may leave "even" out of the cue
        words.add(doc[tokens[0].i - 1].lower_)
    stance = CueStance.NEUTRAL
    rule = "no-cue" if not tokens else "cue-neutral"
    lemmas = [token.lemma_.lower() for token in tokens]
    phrases = [f"{one} {other}" for one, other in pairwise(lemmas)]
    for lemma in (*phrases, found.lemma or "", *lemmas, *sorted(words)):
        if (known := _stances().get(lemma, CueStance.NEUTRAL)) is not CueStance.NEUTRAL:
            stance, rule = known, "cue-list"
            break
    if stance in {CueStance.NEUTRAL, CueStance.ASSERTIVE} and (
        words & (_DOUBTING | _SUPPOSED) or (words & {"try", "tried", "tries"} and len(tokens) > 2)
    ):
        return Facet(CueStance.DISTANCING, "doubting-word", 0.8)
    return Facet(stance, rule, 0.92 if rule == "cue-list" else 0.95)
