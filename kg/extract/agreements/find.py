"""Who agrees with which statement: the stands that the grammar shows, and the statements of the article that they are taken on."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.agreements.grammar import Stand, stands, statement_nouns, words_of_agreement
from kg.extract.columns import columns_of
from kg.records import AgreementRelation, Span, SpeechMode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from kg.extract.attribution.found import FoundAttribution
    from kg.extract.people.cast import Cast

__all__ = ["FoundAgreement", "find_agreements"]

_CONFIDENCE = {"stated-of-words": 0.9, "stated-with": 0.9, "stated-of-it": 0.75, "stated-alone": 0.75, "stated-each-other": 0.6}
_AHEAD = 2  # sentences behind the one with the verb in which its subject may say why
_BACK = 4  # sentences before it in which that or it was said
_CONTENT = frozenset({"ADJ", "ADV", "NOUN", "NUM", "PROPN", "VERB"})
# What is to be done: a plan, as against a state of things.
_TO_BE_DONE = frozenset({"will", "would", "should", "must", "shall", "ought", "'ll", "’ll", "wo"})
_PROPOSING = frozenset({"announce", "demand", "plan", "pledge", "promise", "propose", "recommend", "suggest", "urge", "vow", "want"})


@dataclass(frozen=True, slots=True)
class FoundAgreement:
    """One attribution takes a stand on others; indices into the found attributions."""

    source: int
    targets: tuple[int, ...]
    relation: AgreementRelation
    evidence: tuple[Span, ...]
    rule: str
    confidence: float


def find_agreements(
    doc: "Doc", found: "Sequence[FoundAttribution]", speakers: "Sequence[int | None]", cast: "Cast"
) -> tuple[FoundAgreement, ...]:
    """Agreement and disagreement that the article itself states, in text order.

    The statements meant are the other's last unbroken run of statements before the sentence; of these, where one is meant, the one whose cue the
    noun repeats ("claimed", "that claim"), else the one that shares most words with what is said against or for it, else the last. The one that takes the stand is
    what its speaker says in the same sentence or the two behind it; where there is nothing, the attitude itself.
    """
    if len(found) < 2:
        return ()
    story = _Story(doc, found, speakers, cast)
    result: dict[tuple[int, tuple[int, ...]], FoundAgreement] = {}
    by_anchor = {one.anchor: who for one, who in zip(found, speakers, strict=True) if one.anchor is not None and who is not None}
    for word, frames in words_of_agreement(doc):
        for stand in stands(word, frames, cast, by_anchor):
            agreement = story.agreement(stand.first, stand)
            if agreement is not None:
                result.setdefault((agreement.source, agreement.targets), agreement)
    return tuple(result.values())


# --------------------------------------------------------------------------- the statements


class _Story:
    """Who said what where in the article."""

    def __init__(self, doc: "Doc", found: "Sequence[FoundAttribution]", speakers: "Sequence[int | None]", cast: "Cast") -> None:
        self.doc, self.found, self.speakers, self.cast = doc, found, speakers, cast
        columns = columns_of(doc)
        self.starts = [columns.start[first] for first, _ in columns.sentences if not columns.text[first].isspace()]
        self.spoken = [k for k, one in enumerate(found) if one.mode is not SpeechMode.ATTITUDE]

    def agreement(self, verb: "Token", stand: Stand) -> FoundAgreement | None:
        before = verb.sent.start_char
        source = self._statement(verb, stand.taker)
        if source is None:
            return None
        if stand.rule == "stated-each-other":
            targets = self._next_of(before, stand.other)
        elif stand.other is not None:
            targets = self._last_run(before, stand.other)
        elif stand.called is not None:
            targets = self._last_run(before, self._last_called(before, stand.called))
        else:
            pronoun = stand.noun is None and stand.rule == "stated-of-it"
            targets = self._said_last(before, stand.taker, back=1 if pronoun else _BACK)
        targets = tuple(k for k in targets if k != source)
        if stand.deed:
            targets = tuple(k for k in targets if self._proposes(k))
        if stand.clause is not None:  # "agreed that it would rain", where nobody has spoken of rain, is with somebody else
            said = self._words(Span(stand.clause.left_edge.idx, stand.clause.right_edge.idx + 1))
            targets = tuple(k for k in targets if said & self._words(*self.found[k].content))
        if not targets or stand.other == stand.taker:
            return None
        evidence = Span(stand.first.idx, stand.last.idx + len(stand.last))
        return FoundAgreement(
            source, self._meant(targets, source, stand, evidence), stand.relation, (evidence,), stand.rule, _CONFIDENCE[stand.rule]
        )

    def _statement(self, verb: "Token", who: int) -> int | None:
        """What the taker says in the sentence of the verb, else in the next ones; else the stand itself."""
        sentence = Span(verb.sent.start_char, verb.sent.end_char)
        own = [k for k, speaker in enumerate(self.speakers) if speaker == who]
        here = [k for k in own if any(sentence.covers(span) for span in self.found[k].cue or self.found[k].content)]
        spoken = [k for k in here if self.found[k].mode is not SpeechMode.ATTITUDE]
        limit = self._ahead(sentence.end)
        later = [k for k in own if k in self.spoken and sentence.end <= self.found[k].content[0].start < limit]
        return next(iter((*spoken, *later[:1], *here)), None)

    def _ahead(self, end: int) -> int:
        behind = [start for start in self.starts if start >= end]
        return behind[_AHEAD] if len(behind) > _AHEAD else self.doc[-1].idx + len(self.doc[-1]) + 1

    def _last_called(self, before: int, name: str) -> int | None:
        """Whoever of that name has spoken last: "Mr Castellow's claim" between father and son is about the one who made it."""
        for k in reversed(self.spoken):
            speaker = self.speakers[k]
            if (
                speaker is not None
                and self.found[k].content[-1].end <= before
                and any(name in own.split() for own in self.cast.names(speaker))
            ):
                return speaker
        return None

    def _last_run(self, before: int, other: int | None) -> tuple[int, ...]:
        earlier = [k for k in self.spoken if other is not None and self.found[k].content[-1].end <= before]
        run: list[int] = []
        for k in reversed(earlier):
            if self.speakers[k] == other:
                run.append(k)
            elif run:
                break
        return tuple(sorted(run))

    def _said_last(self, before: int, taker: int, *, back: int) -> tuple[int, ...]:
        """The last unbroken run of statements by one other person, not further back than some sentences."""
        near = [start for start in self.starts if start < before][-back:]
        earlier = [
            k
            for k in self.spoken
            if near
            and near[0] <= self.found[k].content[0].start
            and self.found[k].content[-1].end <= before
            and (self.found[k].source or self.speakers[k] is not None)  # "is known as the lake" is said by nobody
        ]
        if not earlier or self.speakers[earlier[-1]] in {taker, None}:
            return ()
        other = self.speakers[earlier[-1]]
        run = []
        for k in reversed(earlier):
            if self.speakers[k] != other:
                break
            run.append(k)
        return tuple(sorted(run))

    def _next_of(self, start: int, other: int | None) -> tuple[int, ...]:
        limit = self._ahead(start + 1)
        return tuple(k for k in self.spoken if self.speakers[k] == other and start <= self.found[k].content[0].start < limit)[:1]

    def _proposes(self, k: int) -> bool:
        """Whether a statement says what is to be done, so that "the plan" may be it."""
        one = self.found[k]
        spans = (self.doc.char_span(piece.start, piece.end, alignment_mode="expand") for piece in one.content)
        tags = [(token.lower_, token.tag_) for span in spans if span is not None for token in span]
        return one.lemma in _PROPOSING or any(tag == "MD" and word in _TO_BE_DONE for word, tag in tags)

    def _meant(self, targets: tuple[int, ...], source: int, stand: Stand, evidence: Span) -> tuple[int, ...]:
        if len(targets) == 1:
            return targets
        lemma = stand.noun.lemma_.lower() if stand.noun is not None else ""
        named = tuple(k for k in targets if lemma and self.found[k].lemma == lemma)
        if named:
            return named[-1:]
        if stand.noun is not None and statement_nouns()[lemma] == "all" and stand.noun.tag_ in {"NNS", "NNPS"}:
            return targets
        said = self._words(*self.found[source].content, evidence)
        shared: dict[int, int] = defaultdict(int)
        for k in targets:
            shared[k] = len(said & self._words(*self.found[k].content))
        best = max(targets, key=lambda k: (shared[k], -k))
        if shared[best]:
            return (best,)
        return targets if stand.noun is not None and statement_nouns()[lemma] == "all" else targets[-1:]

    def _words(self, *pieces: Span) -> set[str]:
        spans = (self.doc.char_span(piece.start, piece.end, alignment_mode="expand") for piece in pieces)
        return {
            token.lemma_.lower() for span in spans if span is not None for token in span if token.pos_ in _CONTENT and not token.is_stop
        }
