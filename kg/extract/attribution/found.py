"""What an attribution engine gives: spans linked into attributions, before anybody is named."""

from dataclasses import dataclass

from kg.records import AttributionKind, Said, Span, SpeechMode

__all__ = ["FoundAttribution"]


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """Somebody says, thinks or takes a stand on something; who it is has yet to be resolved.

    Attributes:
        source, cue, content: sorted, half-open code-point offsets; source and cue may be empty.
        anchor: token index of the source's head in the parse (a noun, a pronoun, a name); None without a source.
        lemma: lemma of the cue; None without a cue.
        continues: the attribution, as index into the same result, whose speaker this one shares; None if it has its own source.
        rule, confidence: what found it and how sure that is, 0 to 1.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    anchor: int | None
    lemma: str | None
    mode: SpeechMode
    kind: AttributionKind
    said: Said
    rule: str
    confidence: float
    continues: int | None = None
