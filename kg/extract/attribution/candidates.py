"""Every cue of a parse with what it could take as content, and how likely each is to be an attribution."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.attribution.clauses import Clause, agent_of, cue_span, is_passive, subject_of, subtree_span
from kg.extract.attribution.complements import Complement, complements
from kg.extract.attribution.cues import cue_table, verb_readings
from kg.extract.attribution.nominal import Nominal, according, adjective_complements, noun_complements
from kg.extract.attribution.weighing import in_context, is_cue_lemma, rate
from kg.extract.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Candidate", "every_candidate", "likely_candidates"]

_RULES = {"clause": "clause", "small": "clause", "left": "inverted", "split": "inverted", "quote": "quotation"}
_FOLLOWING = 60  # words
_LONGEST = 400  # words under one cue: more are no sentence, and walking through them again for each cue inside takes too long
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with its content as stretches of tokens.

    Attributes:
        cue: the token that carries the cue.
        cue_tokens: the cue's words.
        frame: how the cue takes the content, as `weighing.rate` names it.
        contexts: what makes it more or less likely than its cue and frame alone.
        chance: 0 to 1, that this is an attribution.
    """

    cue: "Token"
    cue_tokens: Clause
    lemma: str
    pos: str
    frame: str
    content: tuple[Clause, ...]
    source: "Token | None"
    rule: str
    contexts: frozenset[str] = field(default_factory=frozenset)
    chance: float = 0.0


def likely_candidates(doc: "Doc", quotations: tuple[Quotation, ...]) -> list[Candidate]:
    """The likeliest reading of each cue that the lexicon or the counts know, in text order."""
    best: list[Candidate] = []
    for token in doc:
        readings = list(_at(token, quotations, known=True))
        if readings:
            best.append(max(readings, key=lambda one: one.chance))
    return best


def every_candidate(doc: "Doc", quotations: tuple[Quotation, ...]) -> Iterator[Candidate]:
    """All readings of all words, known as cues or not: what a table of counts is made from."""
    for token in doc:
        yield from _at(token, quotations, known=False)


def _at(token: "Token", quotations: tuple[Quotation, ...], *, known: bool) -> Iterator[Candidate]:
    if token.lower_ == "according":
        if (one := according(token)) is not None:
            yield _nominal(token, "according", "prep", one, "according-to")
        return
    pos = _POS.get(token.pos_)
    if pos is None or token.right_edge.i - token.left_edge.i > _LONGEST:
        return
    lemma = _lemma(token, pos)
    if known and not is_cue_lemma(lemma, pos):
        return
    if pos == "verb":
        yield from _verb(token, lemma, quotations)
    elif pos == "noun":
        yield from (_nominal(token, lemma, pos, one, "noun") for one in noun_complements(token))
    else:
        yield from (_nominal(token, lemma, pos, one, "adjective") for one in adjective_complements(token))


def _lemma(token: "Token", pos: str) -> str:
    if pos == "verb":
        readings = verb_readings(token)
        if readings:
            return readings[0].lemma
    return token.lemma_.lower()


def _nominal(cue: "Token", lemma: str, pos: str, one: Nominal, rule: str) -> Candidate:
    return _weighed(Candidate(cue, one.cue, lemma, pos, one.complement.frame, one.complement.pieces, one.source, rule))


def _verb(verb: "Token", lemma: str, quotations: tuple[Quotation, ...]) -> Iterator[Candidate]:
    addressee = any("addressee" in cue.frames for cue in cue_table().get((lemma, "verb"), ()))
    subject, shared = subject_of(verb)
    if is_passive(verb):
        yield from _passive(verb, lemma, quotations, addressee=addressee)
        return
    for one in complements(verb, subject, quotations, addressee=addressee):
        rule = _RULES.get(one.frame, "complement")
        if rule == "quotation" and one.pieces[0][0] < verb.i:
            rule = "inverted"
        yield _one(verb, lemma, one, subject, "shared-subject" if shared and rule == "clause" else rule)


def _passive(verb: "Token", lemma: str, quotations: tuple[Quotation, ...], *, addressee: bool) -> Iterator[Candidate]:
    """As in "The plan was backed by Roe", "The river is expected to rise", "He was described as late"."""
    agent = agent_of(verb)
    prefix = "passive+" if agent is None else "by+"
    patient = next((child for child in verb.lefts if child.dep_ == "nsubjpass"), None)
    first = (subtree_span(patient),) if patient is not None else ()
    if first:
        yield _one(verb, lemma, Complement(f"{prefix}object", first), agent, "passive")
    for one in complements(verb, None, quotations, addressee=addressee):
        if one.frame in {"left", "split", "by"}:
            continue
        yield _one(verb, lemma, Complement(prefix + one.frame, one.pieces, one.cue_end), agent, "passive")
        if first and first[0][1] <= one.pieces[0][0]:
            yield _one(verb, lemma, Complement(f"{prefix}object+{one.frame}", (*first, *one.pieces), one.cue_end), agent, "passive")


def _one(verb: "Token", lemma: str, complement: Complement, source: "Token | None", rule: str) -> Candidate:
    start, end = cue_span(verb)
    cue = (start, complement.cue_end or end)
    return _weighed(Candidate(verb, cue, lemma, "verb", complement.frame, complement.pieces, source, rule))


def _weighed(one: Candidate) -> Candidate:
    contexts = frozenset(_contexts(one))
    chance = rate(one.lemma, one.pos, one.frame)
    return Candidate(
        one.cue,
        one.cue_tokens,
        one.lemma,
        one.pos,
        one.frame,
        one.content,
        one.source,
        one.rule,
        contexts,
        in_context(chance, contexts) if chance else 0.0,
    )


def _contexts(one: Candidate) -> Iterator[str]:
    """What the cue's clause and its source tell beyond word and frame; the names are those of `weighing.CONTEXTS`."""
    about_source = _of_source(one.source)
    if about_source == "no-source" and one.frame.startswith("passive"):
        about_source = None
    if about_source is not None:
        yield about_source
    cue = one.cue
    if cue.dep_ in {"acl", "relcl", "ccomp", "pcomp", "conj"}:
        yield cue.dep_
    for child in cue.lefts:
        if child.dep_ == "mark":
            yield "subordinate"
        elif child.dep_ == "aux" and child.tag_ == "MD":
            yield "modal"
    if one.rule in {"complement", "passive", "noun"}:
        yield one.rule
    if _in_question(cue):
        yield "question"


def _in_question(cue: "Token") -> bool:
    """Whether the cue's sentence ends in a question mark, looked for in the words that follow at most."""
    doc = cue.doc
    last = cue.i
    while last + 1 < len(doc) and last - cue.i < _FOLLOWING and not doc[last + 1].is_sent_start:
        last += 1
    return bool(doc[last].text == "?")


def _of_source(source: "Token | None") -> str | None:
    if source is None:
        return "no-source"
    if source.lower_ in {"that", "which"}:
        return "that"
    if source.lower_ in {"it", "this"}:
        return "it"
    if source.lower_ in {"i", "we", "you"}:
        return "self"
    return "named" if source.ent_type_ in {"PERSON", "ORG"} else None
