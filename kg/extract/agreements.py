"""Stated agreement: "Brandt's views were echoed by Okafor, who said ...", "Okafor disagreed."."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.lexicon import load_table
from kg.records import AgreementRelation, Span, SpeechMode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from kg.extract.attribution.found import FoundAttribution
    from kg.extract.people.cast import Cast

__all__ = ["FoundAgreement", "find_agreements"]

_OPPOSITE = {AgreementRelation.AGREES: AgreementRelation.DISAGREES, AgreementRelation.DISAGREES: AgreementRelation.AGREES}
_POINTERS = frozenset({"that", "this", "it"})
_SOMEBODY = frozenset({"her", "him", "them"})
_SOMEBODYS = frozenset({"her", "his", "their"})
_MODALS = frozenset({"can", "could", "may", "might", "must", "shall", "should", "would"})
_CONFIDENCE = {"stated-of-words": 0.9, "stated-with": 0.9, "stated-of-it": 0.75, "stated-alone": 0.75, "stated-each-other": 0.6}
_AHEAD = 2  # sentences behind the one with the verb in which its subject may say why
_BACK = 4  # sentences before it in which that or it was said
_CONTENT = frozenset({"ADJ", "NOUN", "NUM", "PROPN", "VERB"})


@dataclass(frozen=True, slots=True)
class FoundAgreement:
    """One attribution takes a stand on others; indices into the found attributions."""

    source: int
    targets: tuple[int, ...]
    relation: AgreementRelation
    evidence: tuple[Span, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Stand:
    """What the grammar says before it is known which statements are meant.

    Attributes:
        taker: who takes the stand; other: with whom; None if only "that", "it" or nothing tells.
        noun: what the statement is called ("claim"); None if it has no name.
        last: the last token that the stand rests on.
    """

    taker: int
    other: int | None
    relation: AgreementRelation
    noun: "Token | None"
    first: "Token"
    last: "Token"
    rule: str
    called: str | None = None  # the owner's name, where it could be several people's


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
    for index, pos in enumerate(columns_of(doc).pos):
        if pos not in {"VERB", "NOUN"}:
            continue
        verb = doc[index]
        frames = _verbs().get(verb.lemma_.lower())
        if not frames:
            continue
        for stand in _stands(verb, frames, cast):
            agreement = story.agreement(verb, stand)
            if agreement is not None:
                result.setdefault((agreement.source, agreement.targets), agreement)
    return tuple(result.values())


# --------------------------------------------------------------------------- the grammar


def _stands(verb: "Token", frames: "dict[str, AgreementRelation]", cast: "Cast") -> "Iterator[_Stand]":
    """The stands that a verb takes."""
    main = _main_verb(verb)
    if main is None or not _happens(main):
        return
    negated = any(child.dep_ == "neg" for token in {main, verb} for child in token.children)
    relation = next(iter(frames.values()))
    if negated:
        if "not" not in frames and relation is AgreementRelation.DISAGREES:
            return  # not to dispute something is not to agree
        relation = relation if "not" in frames else _OPPOSITE[relation]
    elif "not" in frames:
        return
    taker = _taker(main)
    who = cast.at(taker.i) if taker is not None else None
    if taker is None or who is None:
        return
    both = next((child for child in taker.children if child.dep_ == "conj" and cast.at(child.i) not in {None, who}), None)
    if both is not None and "alone" in frames:
        if not any(child.dep_ in {"ccomp", "xcomp", "prep"} for child in verb.children):
            yield _Stand(who, cast.at(both.i), relation, None, taker, main, "stated-each-other")
        return
    yield from _objects(verb, main, frames, _Stand(who, None, relation, None, taker, verb, ""), cast)


def _objects(verb: "Token", main: "Token", frames: "dict[str, AgreementRelation]", base: _Stand, cast: "Cast") -> "Iterator[_Stand]":
    """The stand with what it is about, if the verb may be about that."""
    for preposition in (
        child
        for token in {verb.i: verb, main.i: main}.values()
        for child in token.children
        if child.dep_ == "prep" and child.lower_ == "with" and "with" in frames
    ):
        for thing in (child for child in preposition.children if child.dep_ == "pobj"):
            yield from _about(verb, thing, frames, base, cast)
            return
    for thing in (child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"}):
        if "not" not in frames:
            yield from _about(verb, thing, frames, base, cast)
            return
    others = {child.dep_ for child in verb.children}
    alone = "alone" in frames and not others & {"xcomp", "prep", "dobj"}
    if alone or ("clause" in frames and "ccomp" in others) or "not" in frames:
        yield _between(base, base.first, main, rule="stated-alone")


def _about(verb: "Token", thing: "Token", frames: "dict[str, AgreementRelation]", base: _Stand, cast: "Cast") -> "Iterator[_Stand]":
    """The stand towards a thing: somebody, somebody's words, or something said before."""
    words, people = bool({"words", "with"} & frames.keys()), bool({"person", "with"} & frames.keys())
    noun = thing if thing.lemma_.lower() in _nouns() else None
    owner = _owner(thing, cast)
    if owner == base.taker:  # nobody takes a stand on words of their own: "his count" is somebody else's
        owner = None
    if words and owner is not None:
        if noun is not None:
            yield _between(replace(base, other=owner, noun=noun), verb, thing, rule="stated-of-words")
    elif people and cast.at(thing.i) is not None and thing.lower_ not in _POINTERS:
        yield _between(replace(base, other=cast.at(thing.i)), verb, thing, rule="stated-with")
    elif (
        words
        and noun is not None
        and (named := next((child for child in thing.children if child.dep_ == "poss" and child.pos_ == "PROPN"), None))
    ):
        yield _between(replace(base, noun=noun, called=named.text), verb, thing, rule="stated-of-words")
    elif words and _points(thing):
        yield _between(replace(base, noun=noun), verb, thing, rule="stated-of-it")


def _between(base: _Stand, *tokens: "Token", rule: str) -> _Stand:
    """The stand with all that it rests on, from the first token to the last."""
    ends = [base.first, base.last, *tokens]
    if base.noun is not None:
        ends.append(base.noun.left_edge)
    return replace(base, rule=rule, first=min(ends, key=lambda token: token.i), last=max(ends, key=lambda token: token.i))


def _main_verb(verb: "Token") -> "Token | None":
    """The verb whose subject takes the stand: "begged to differ", "took issue with"."""
    if verb.pos_ == "NOUN":
        return verb.head if verb.lower_ == "issue" and verb.dep_ == "dobj" and verb.head.lemma_ == "take" else None
    if verb.lemma_ == "differ":
        return verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ == "beg" else None
    return verb


def _happens(verb: "Token") -> bool:
    """Whether it is said to have happened: no "would agree", "if she agrees", "to agree", "neither agree nor disagree"."""
    for child in verb.children:
        if (child.dep_ == "aux" and child.lemma_.lower() in _MODALS | {"to"}) or (
            child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"}
        ):
            return False
        if child.dep_ in {"preconj", "cc"} and child.lower_ in {"neither", "nor", "or"}:
            return False
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not any(child.dep_ == "nsubj" for child in verb.children):
        return _happens(verb.head)
    return verb.tag_ not in {"VB", "VBG"} or any(child.dep_ in {"aux", "neg", "nsubj"} for child in verb.children)


def _taker(verb: "Token") -> "Token | None":
    """Who takes the stand: the subject, the agent of a passive, or the subject of the verb before "and"."""
    passive = any(child.dep_ == "nsubjpass" for child in verb.children)
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
        if child.dep_ == "nsubj" or (child.dep_ == "nsubjpass" and verb.lemma_ in {"convince", "persuade"}):
            return child
    if not passive and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return _taker(verb.head)
    return None


def _owner(thing: "Token", cast: "Cast") -> int | None:
    """Whose words a noun stands for: "Brandt's claim", "the view of Ada Brandt"."""
    for child in thing.children:
        if child.dep_ == "poss":
            return cast.at(child.i)
    for child in thing.children:
        if child.dep_ == "prep" and child.lower_ == "of" and thing.lemma_.lower() in _nouns():
            return next((cast.at(grand.i) for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _points(thing: "Token") -> bool:
    """Whether it stands for something said before: "that", "it", "the claim", "that view"; or for somebody, or somebody's words, who is not known."""
    if thing.lower_ in _SOMEBODY or (
        thing.lemma_.lower() in _nouns() and any(child.dep_ == "poss" and child.lower_ in _SOMEBODYS for child in thing.children)
    ):
        return True
    if thing.lower_ in _POINTERS and thing.pos_ in {"PRON", "DET"}:
        return True
    return thing.lemma_.lower() in _nouns() and any(
        child.dep_ == "det" and child.lower_ in {"the", "that", "this"} for child in thing.children
    )


# --------------------------------------------------------------------------- the statements


class _Story:
    """Who said what where in the article."""

    def __init__(self, doc: "Doc", found: "Sequence[FoundAttribution]", speakers: "Sequence[int | None]", cast: "Cast") -> None:
        self.doc, self.found, self.speakers, self.cast = doc, found, speakers, cast
        columns = columns_of(doc)
        self.starts = [columns.start[first] for first, _ in columns.sentences if not columns.text[first].isspace()]
        self.spoken = [k for k, one in enumerate(found) if one.mode is not SpeechMode.ATTITUDE]

    def agreement(self, verb: "Token", stand: _Stand) -> FoundAgreement | None:
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
            targets = self._said_last(before, stand.taker)
        targets = tuple(k for k in targets if k != source)
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

    def _said_last(self, before: int, taker: int) -> tuple[int, ...]:
        """The last unbroken run of statements by one other person, not far back."""
        near = [start for start in self.starts if start < before][-_BACK:]
        earlier = [k for k in self.spoken if near and near[0] <= self.found[k].content[0].start and self.found[k].content[-1].end <= before]
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

    def _meant(self, targets: tuple[int, ...], source: int, stand: _Stand, evidence: Span) -> tuple[int, ...]:
        if len(targets) == 1:
            return targets
        lemma = stand.noun.lemma_.lower() if stand.noun is not None else ""
        named = tuple(k for k in targets if lemma and self.found[k].lemma == lemma)
        if named:
            return named[-1:]
        if stand.noun is not None and _nouns()[lemma] == "all" and stand.noun.tag_ in {"NNS", "NNPS"}:
            return targets
        said = self._words(*self.found[source].content, evidence)
        shared: dict[int, int] = defaultdict(int)
        for k in targets:
            shared[k] = len(said & self._words(*self.found[k].content))
        best = max(targets, key=lambda k: (shared[k], -k))
        if shared[best]:
            return (best,)
        return targets if stand.noun is not None and _nouns()[lemma] == "all" else targets[-1:]

    def _words(self, *pieces: Span) -> set[str]:
        spans = (self.doc.char_span(piece.start, piece.end, alignment_mode="expand") for piece in pieces)
        return {
            token.lemma_.lower() for span in spans if span is not None for token in span if token.pos_ in _CONTENT and not token.is_stop
        }


@cache
def _verbs() -> dict[str, dict[str, AgreementRelation]]:
    """Lemma to its frames, each with its relation."""
    found: dict[str, dict[str, AgreementRelation]] = defaultdict(dict)
    for row in load_table("agreement_verbs"):
        found[row["verb"]][row["frame"]] = AgreementRelation(row["relation"])
    return dict(found)


@cache
def _nouns() -> dict[str, str]:
    """Noun for what somebody said, to "one" or "all"."""
    return {row["noun"]: row["extent"] for row in load_table("statement_nouns")}
