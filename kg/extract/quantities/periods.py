"""The time a figure is for: the nearest in its sentence that does not tell something else's time."""

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.extract.dates import resolve
from kg.extract.text import text_of
from kg.extract.times import times_of, toward_of
from kg.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Periods"]

_NEAR = 24  # code points; a time so close behind a figure is its own, whatever the parse says
# The base of a comparison, and when somebody spoke.
_OTHER = re.compile(r"\b(?:than|to|said|says|say|reported|announced|told \w+)\s+(?:it\s+(?:was|did)\s+)?$")
# Before a time that is the base's alone: "71 percent, up from 48 percent a year ago"; not "$5 million from 12 customers in 2024".
_BASE = re.compile(r"\b(?:as (?:much|many|high|large|big) as|(?:up|down)\s+(?:\w+\s+)?from|compared\s+(?:with|to)|versus|vs\.?)\s")


# Verbs whose time is that of what they are about: "In 2027 it expects to sell 40".
_CARRYING = frozenset(
    {
        "aim",
        "be",
        "begin",
        "continue",
        "expect",
        "forecast",
        "go",
        "have",
        "help",
        "hope",
        "intend",
        "keep",
        "likely",
        "manage",
        "need",
        "plan",
    }
    | {"project", "seem", "set", "start", "tend", "use", "want", "appear", "able", "see", "come", "let", "make"}
)


class Periods:
    """The times of one article, but for those that tell when somebody spoke."""

    def __init__(self, doc: "Doc", published: str | None, said_on: frozenset[Span], barred: bytearray | None) -> None:
        self.text = text_of(doc)
        self.doc = doc
        self.sentences = [sentence.start_char for sentence in doc.sents]
        self.times = [
            span
            for span in times_of(doc)
            if span not in said_on
            and not (barred and barred[span.start])
            and not _OTHER.search(self.text, max(0, span.start - 24), span.start)
        ]
        self.published = published

    def of(self, evidence: Span, number: "Token") -> Span | None:
        """The time of a figure, one behind it sooner than one before; None if its sentence tells none."""
        times, at = self.times, bisect_right(self.times, evidence)
        # Not token.sent, which walks through the sentence each time. Of many times in it only the nearest can be the one.
        sentence = bisect_right(self.sentences, evidence.start)
        low = self.sentences[sentence - 1] if sentence else 0
        high = self.sentences[sentence] if sentence < len(self.sentences) else len(self.text)
        found = [(span.start - evidence.end, span) for span in times[at : at + 4] if span.end <= high]
        found += [(2 * (evidence.start - span.end) + 20, span) for span in times[max(0, at - 4) : at] if span.start >= low]
        for gap, span in sorted(found):
            if span.start >= evidence.end and _BASE.search(self.text, evidence.end, span.start):
                continue
            if self._owned(span, number):
                continue
            if not span.overlaps(evidence) and (gap <= _NEAR or self._same_clause(span, evidence, number)):
                return span
        return None

    def resolved(self, period: Span, token: "Token") -> str | None:
        """The period against the article's date, ISO 8601; None if the words do not settle it.

        Args:
            period: what `of` gave.
            token: its first token.
        """
        verb = _verb_of(token)
        return resolve(period.of(self.text), self.published, toward=toward_of(verb) if verb is not None else None)

    def _same_clause(self, time: Span, evidence: Span, number: "Token") -> bool:
        """Whether the verb that a time hangs on governs the figure too, and no clause of its own lies between them."""
        found = self.doc.char_span(time.start, time.end, alignment_mode="expand")
        verb = _verb_of(found.root) if found is not None else None
        if verb is None or verb == number:
            return True
        if verb.is_ancestor(number):
            return not self._parted(verb, number, after=time.start > verb.idx, before=time.start < evidence.start)
        return time.start > evidence.end and number.is_ancestor(verb)

    def _parted(self, verb: "Token", number: "Token", *, after: bool, before: bool) -> bool:
        """Whether a clause holds the figure that the time of its main verb is not for.

        "It lost a tenth in 2024, while the new one yields 90 percent"; "On Tuesday, donors agreed to raise $3 million". But "In 2024, it lost a
        tenth, while the new one yielded 90 percent", and "in 2027, it expects to sell 40".
        """
        token = number
        while token != verb:
            finite = any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
            if token.pos_ in {"VERB", "AUX"} and before:
                if finite and after and token.dep_ in {"advcl", "ccomp", "conj", "parataxis", "relcl"}:
                    return True
                bare = not finite and token.dep_ in {"xcomp", "ccomp", "pcomp", "advcl", "acl"}
                if bare and token.head.lemma_.lower() not in _CARRYING and token.head.pos_ in {"VERB", "ADP", "SCONJ"}:
                    return True
            token = token.head
        return False

    def _owned(self, time: Span, number: "Token") -> bool:
        """Whether a time is another thing's: "last month's convention, where four people fell", not "last month's sales of 40 cars"."""
        if self.text[time.end : time.end + 2] not in {"'s", "’s"}:
            return False
        found = self.doc.char_span(time.start, time.end, alignment_mode="expand")
        noun = found.root.head if found is not None else number
        return noun.dep_ == "pobj" or not (noun == number or noun.is_ancestor(number) or noun.head.is_ancestor(number))


def _verb_of(token: "Token") -> "Token | None":
    while token.pos_ not in {"VERB", "AUX"}:
        if token.head == token:
            return None
        token = token.head
    return token
