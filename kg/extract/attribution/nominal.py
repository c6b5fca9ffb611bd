"""Cues that are no verbs: "according to", nouns ("her claim that ..."), adjectives ("he is confident that ...")."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.attribution.clauses import Clause, subject_of, subtree_span
from kg.extract.attribution.complements import Complement, infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Nominal", "according", "adjective_complements", "noun_complements"]

_OWNERS = frozenset({"by", "from", "of", "among"})
# Verbs whose subject makes the statement that their object names: "she repeated her claim that ..."
_LIGHT = frozenset({"make", "express", "repeat", "voice", "give", "issue", "reject", "have", "hold", "reiterate"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """A cue that is no verb: its words, its possible content and who it comes from."""

    cue: Clause
    complement: Complement
    source: "Token | None"


def according(token: "Token") -> Nominal | None:
    """As in "According to X, it rained" and "It rained, according to X"."""
    to = next((child for child in token.children if child.lower_ == "to"), None)
    source = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    if to is None or source is None:
        return None
    start, end = token.i, source.right_edge.i + 1
    sentence = token.sent
    head = token.head
    while head.pos_ not in {"VERB", "AUX"} and head.head != head:
        head = head.head
    low, high = (head.left_edge.i, head.right_edge.i + 1) if head.pos_ in {"VERB", "AUX"} else (sentence.start, sentence.end)
    if head.dep_ == "ROOT" or not low <= token.i < high:
        low, high = sentence.start, sentence.end
    if start - low > 2:
        pieces = [(low, start)]
        if end + 2 < high and any(t.pos_ in {"VERB", "AUX"} for t in token.doc[end:high]):
            pieces.append((end, high))
    else:
        pieces = [(end, high)]
    return Nominal((start, to.i + 1), Complement("clause", tuple(pieces)), source)


def noun_complements(noun: "Token") -> Iterator[Nominal]:
    """As in "Brandt's claim that it rained", "her support for the plan"."""
    owner = _owner(noun)
    if owner is None:
        return
    for child in noun.rights:
        if child.dep_ in {"acl", "ccomp", "relcl"} and _that(child):
            yield Nominal((noun.i, noun.i + 1), Complement("clause", (subtree_span(child),)), owner)
        elif child.dep_ in {"acl", "relcl"} and infinitive(child):
            yield Nominal((noun.i, noun.i + 1), Complement("inf", (subtree_span(child),)), owner)
        elif child.dep_ == "prep" and child.n_rights and not (child.left_edge.i <= owner.i <= child.right_edge.i):
            yield Nominal((noun.i, child.i + 1), Complement(child.lower_, ((child.i + 1, child.right_edge.i + 1),)), owner)


def _owner(noun: "Token") -> "Token | None":
    """Whose statement the noun names."""
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    for by in noun.rights:
        if by.dep_ == "prep" and by.lower_ in _OWNERS:
            person = next((child for child in by.rights if child.dep_ == "pobj"), None)
            if person is not None and (by.lower_ != "of" or person.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}):
                return person
    if noun.dep_ == "dobj" and noun.head.lemma_ in _LIGHT:
        return subject_of(noun.head)[0]
    return None


def _that(clause: "Token") -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.lefts)


def adjective_complements(adjective: "Token") -> Iterator[Nominal]:
    """As in "She is confident that it will rain", "he was eager to go", "they were critical of the plan"."""
    be = adjective.head
    if adjective.dep_ not in {"acomp", "oprd"} or be.pos_ not in {"AUX", "VERB"}:
        return
    subject, _ = subject_of(be)
    if subject is None or subject.lower_ in {"it", "that", "this", "there"}:
        return
    cue = (be.i, adjective.i + 1)
    for child in adjective.rights:
        if child.dep_ == "ccomp":
            yield Nominal(cue, Complement("clause", (subtree_span(child),)), subject)
        elif child.dep_ == "xcomp" and infinitive(child):
            yield Nominal(cue, Complement("inf", (subtree_span(child),)), subject)
        elif child.dep_ == "prep" and child.n_rights:
            yield Nominal((be.i, child.i + 1), Complement(child.lower_, ((child.i + 1, child.right_edge.i + 1),)), subject)
