"""Stated agreement: "Brandt's views were echoed by Okafor, who said ..."."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.records import AgreementRelation, Span, SpeechMode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from kg.extract.attribution.found import FoundAttribution
    from kg.extract.people.cast import Cast

__all__ = ["FoundAgreement", "find_agreements"]

_VERBS = {
    "echo": AgreementRelation.AGREES,
    "back": AgreementRelation.AGREES,
    "support": AgreementRelation.AGREES,
    "endorse": AgreementRelation.AGREES,
    "share": AgreementRelation.AGREES,
    "dispute": AgreementRelation.DISAGREES,
    "reject": AgreementRelation.DISAGREES,
    "dismiss": AgreementRelation.DISAGREES,
    "challenge": AgreementRelation.DISAGREES,
    "contradict": AgreementRelation.DISAGREES,
}
_STATEMENTS = frozenset(
    {"view", "opinion", "remark", "comment", "statement", "claim", "assessment", "argument", "sentiment", "position", "prediction"}
)


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

    The statements meant are the other person's last unbroken run of statements before the sentence. The one that takes the stand is
    what its speaker says in the same sentence; where there is nothing, the attitude itself.
    """
    result = []
    for verb in doc:
        relation = _VERBS.get(verb.lemma_.lower())
        if relation is None or verb.pos_ != "VERB" or any(child.dep_ == "neg" for child in verb.children):
            continue
        patient = next((c for c in verb.children if c.dep_ in {"nsubjpass", "dobj"} and c.lemma_.lower() in _STATEMENTS), None)
        owner = next((c for c in patient.children if c.dep_ == "poss"), None) if patient is not None else None
        other = cast.at(owner.i) if owner is not None else None
        taker = _taker(verb)
        who = cast.at(taker.i) if taker is not None else None
        if patient is None or other is None or who is None or who == other:
            continue
        source = _statement(verb, found, speakers, who)
        targets = _last_run(verb.sent.start_char, found, speakers, other)
        if source is None or not targets:
            continue
        low, high = min(verb.i, patient.left_edge.i), max(verb.i, patient.i, taker.i if taker is not None else 0)
        evidence = Span(doc[low].idx, doc[high].idx + len(doc[high]))
        result.append(FoundAgreement(source, targets, relation, (evidence,), f"stated-{verb.lemma_.lower()}", 0.85))
    return tuple(result)


def _taker(verb: "Token") -> "Token | None":
    """Who takes the stand: the subject, or the agent of a passive."""
    for child in verb.children:
        if child.dep_ == "nsubj":
            return child
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _statement(verb: "Token", found: "Sequence[FoundAttribution]", speakers: "Sequence[int | None]", who: int) -> int | None:
    sentence = Span(verb.sent.start_char, verb.sent.end_char)
    own = [k for k, one in enumerate(found) if speakers[k] == who and any(sentence.covers(span) for span in one.cue)]
    spoken = [k for k in own if found[k].mode is not SpeechMode.ATTITUDE]
    return next(iter(spoken or own), None)


def _last_run(before: int, found: "Sequence[FoundAttribution]", speakers: "Sequence[int | None]", other: int) -> tuple[int, ...]:
    earlier = [k for k, one in enumerate(found) if one.content[-1].end <= before and one.mode is not SpeechMode.ATTITUDE]
    run: list[int] = []
    for k in reversed(earlier):
        if speakers[k] == other:
            run.append(k)
        elif run:
            break
    return tuple(sorted(run))
