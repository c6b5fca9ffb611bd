"""A claim that stands alone: each pronoun in it is followed by the name of whom it means, in square brackets, as editors do."""

import re
from collections.abc import Iterable, Mapping

from kg.extract.claims.found import Facet
from kg.records import Mention, MentionForm, Span

__all__ = ["make_readable"]

_SURE = 0.85
_QUOTES = '"“”„«»「」『』'
# Words that mean somebody or something said before; one that is not resolved leaves the claim leaning on its article.
_LEANING = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their|theirs|I|me|my|mine)\b", re.IGNORECASE)
_PIECES = " [...] "


def make_readable(text: str, content: tuple[Span, ...], mentions: Iterable[Mention], names: Mapping[str, str]) -> Facet | None:
    """The claim with its pronouns explained; None if there is nothing to explain, or something that is not sure.

    Args:
        text: the article's.
        content: the claim's pieces.
        mentions: of the article, any order; only pronouns inside the claim count.
        names: agent to name, of those that have one.

    >>> said = Mention(Span(0, 3), MentionForm.PRONOUN, "a1", "pronoun-subject", 0.9)
    >>> make_readable("She will leave.", (Span(0, 14),), [said], {"a1": "Ada Brandt"}).value
    'She [Ada Brandt] will leave'
    """
    inside = sorted(
        {
            (one.span, one.agent, one.confidence)
            for one in mentions
            if one.form is MentionForm.PRONOUN and any(piece.covers(one.span) for piece in content)
        }
    )
    leaning = [
        Span(found.start() + piece.start, found.end() + piece.start) for piece in content for found in _LEANING.finditer(piece.of(text))
    ]
    sure = {span: agent for span, agent, confidence in inside if confidence >= _SURE and agent in names}
    if not leaning or any(span not in sure for span in leaning):
        return None
    told: set[str] = set()
    pieces = []
    for piece in content:
        parts, at = [], piece.start
        for span, agent in sorted(sure.items()):
            if piece.covers(span) and agent not in told:
                told.add(agent)
                parts += [text[at : span.end], f" [{names[agent]}]"]
                at = span.end
        pieces.append("".join((*parts, text[at : piece.end])).strip().strip(_QUOTES).strip())
    least = min(confidence for _, _, confidence in inside)
    return Facet(_PIECES.join(pieces), "pronouns-named", round(least, 2))
