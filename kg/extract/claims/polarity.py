"""Whether a claim's main predicate is negated."""

from typing import TYPE_CHECKING

from kg.extract.claims.clause import Clause
from kg.extract.claims.found import Facet
from kg.records import Polarity

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_polarity"]

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "none", "nobody", "nothing", "neither", "nowhere", "hardly", "nor", "cannot"})
_DENIALS = frozenset({"deny", "doubt", "dispute", "disbelieve"})


def find_polarity(clause: Clause, cues: frozenset[str]) -> Facet:
    """Negative if the main predicate is, or the frame above it ("I don't think"); a cue of denial turns it."""
    negated = any(_negates(token) for token in clause.words)
    if clause.frame is not None:
        negated ^= any(child.lower_ in {"not", "n't", "n’t", "never"} and child.dep_ == "neg" for child in clause.frame.children)
    if cues & _DENIALS:
        return Facet(Polarity.POSITIVE if negated else Polarity.NEGATIVE, "denial", 0.8)
    return Facet(Polarity.NEGATIVE, "negated-predicate", 0.9) if negated else Facet(Polarity.POSITIVE, "no-negation", 0.97)


def _negates(token: "Token") -> bool:
    if token.lower_ not in _NEGATIONS:
        return False
    follow = token.nbor() if token.i + 1 < len(token.doc) else None
    if follow is not None and follow.lower_ in {"only", "just", "merely", "least", "doubt", "matter"}:
        return False  # "not only", "no doubt"
    if token.dep_ == "intj" or (token.lower_ == "no" and follow is not None and follow.text == ","):
        return False  # "No, it rained"
    # "no later than", "no longer" aside: a number or a comparison is not denied, its clause is.
    return not (token.lower_ == "no" and follow is not None and follow.lower_ in {"more", "less", "fewer", "later", "matter"})
