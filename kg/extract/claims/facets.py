"""All facets of one attribution together."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.claims.clause import main_clause
from kg.extract.claims.found import Facet
from kg.extract.claims.kind import find_kind
from kg.extract.claims.modality import find_certainty, find_modality, find_tense
from kg.extract.claims.polarity import find_polarity
from kg.extract.claims.stance import find_stance
from kg.records import Aspect, Judgement, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.attribution import FoundAttribution

__all__ = ["Facets", "find_facets"]


@dataclass(frozen=True, slots=True)
class Facets:
    """What is decided of one attribution; None where it does not apply: an attitude makes no claim."""

    kind: Facet | None = None
    modality: Facet | None = None
    certainty: Facet | None = None
    polarity: Facet | None = None
    tense: Facet | None = None
    stance: Facet | None = None

    def judgements(self) -> tuple[Judgement, ...]:
        """How each was decided, sorted."""
        named = (
            (Aspect.CLAIM_KIND, self.kind),
            (Aspect.MODALITY, self.modality),
            (Aspect.CERTAINTY, self.certainty),
            (Aspect.POLARITY, self.polarity),
            (Aspect.TENSE, self.tense),
            (Aspect.CUE_STANCE, self.stance),
        )
        return tuple(sorted(Judgement(aspect, facet.rule, facet.confidence) for aspect, facet in named if facet is not None))


def find_facets(doc: "Doc", found: "FoundAttribution") -> Facets:
    """The facets of an attribution; those of attitudes are all None."""
    if found.mode is SpeechMode.ATTITUDE:
        return Facets()
    stance = find_stance(doc, found)
    clause = main_clause(doc, found.content)
    if clause is None:
        return Facets(stance=stance)
    words = (doc.char_span(piece.start, piece.end, alignment_mode="expand") for piece in found.cue)
    cues = frozenset({token.lemma_.lower() for span in words if span is not None for token in span} | {found.lemma or ""})
    modality = find_modality(clause, cues)
    return Facets(
        kind=find_kind(clause, modality, cues),
        modality=modality,
        certainty=find_certainty(clause, modality.value),
        polarity=find_polarity(clause, cues),
        tense=find_tense(clause, modality.value),
        stance=stance,
    )
