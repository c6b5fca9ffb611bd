"""Whom he, she and I stand for: a search for the antecedent by salience, agreement and grammar, over the whole article.

Each mention of a person makes that person salient, the more so as a subject, and less with every sentence that passes (Lappin and Leass 1994).
A pronoun takes the person whose salience, gender and place in the grammar fit best, or nobody if the lead is small. People whose gender no
name tells get it from the pronouns that would be theirs: the article is read several times, each time with what the last reading taught.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.extract.people.binding import barred_agents, clause_of, favoured_agents, subject_of
from kg.extract.people.cast import CastMention
from kg.extract.people.genders import gender_priors, gendered_nouns, share
from kg.extract.quotations import find_quotations
from kg.extract.text import text_of
from kg.extract.words import role_nouns
from kg.records import AgentKind, AttributionKind, MentionForm, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from kg.extract.attribution.found import FoundAttribution
    from kg.extract.people.cast import Cast

__all__ = ["resolve_pronouns"]

_FEMALE = frozenset({"she", "her", "hers", "herself"})
_MALE = frozenset({"he", "him", "his", "himself"})
_SELF = frozenset({"himself", "herself"})
_I = frozenset({"i", "me", "my", "mine", "myself"})
_READINGS = 3
_DECAY = 0.55  # what is left of salience after a sentence
_FADED = 0.01
_MOST = 60  # candidates kept at a time, so that the cost stays linear in the text
_LEAD = 0.45  # least share of the best candidate
_ASIDE = 0.35  # what a mention inside a quotation counts outside it
_NOUN = 0.8  # what "the woman" counts against a name
_SALIENCE = {
    "nsubj": 1.0,
    "nsubjpass": 1.0,
    "dobj": 0.55,
    "dative": 0.5,
    "poss": 0.55,
    "pobj": 0.4,
    "appos": 0.4,
    "ROOT": 0.6,
    "attr": 0.5,
    "compound": 0.2,
    "nmod": 0.2,
}
_OTHER = 0.4


@dataclass(frozen=True, slots=True)
class _Event:
    """A place where someone is mentioned or meant.

    Attributes:
        who: the agent's number; negative for a described person ("his wife") who is no agent; None for a pronoun yet to be resolved.
        sign: 1 for a pronoun of the female gender, -1 male, 0 for names and nouns.
        quotation: number of the quotation around it, -1 outside.
        sentence: its sentence, counted so that a new paragraph is further off than a new sentence.
    """

    token: int
    who: int | None
    sign: int
    weight: float
    quotation: int
    sentence: float


@dataclass(slots=True)
class _Reading:
    """State while the article is read once."""

    salience: dict[int, tuple[float, float]] = field(default_factory=dict)
    local: dict[int, float] = field(default_factory=dict)
    quotation: int = -1

    def enter(self, quotation: int) -> None:
        if quotation != self.quotation:
            self.quotation = quotation
            self.local.clear()

    def meet(self, who: int, event: _Event) -> None:
        inside = event.quotation >= 0
        value, then = self.salience.pop(who, (0.0, event.sentence))
        # The newest stands last, so that the oldest can be dropped first.
        added = event.weight * (_ASIDE if inside else 1.0)
        self.salience[who] = (value * _DECAY ** (event.sentence - then) + added, event.sentence)
        if inside:
            self.local[who] = self.local.get(who, 0.0) + event.weight * (1.0 - _ASIDE)
        while len(self.salience) > _MOST:
            del self.salience[next(iter(self.salience))]


@dataclass(frozen=True, slots=True)
class _Answer:
    agent: int | None
    share: float
    rule: str


@dataclass(frozen=True, slots=True)
class _Whom:
    """Who is meant at a token, as far as this reading and the one before it know."""

    cast: "Cast"
    described: dict[int, int]
    previous: dict[int, _Answer]
    answers: dict[int, _Answer]

    def __call__(self, token: "Token") -> int | None:
        answer = self.answers.get(token.i) or self.previous.get(token.i)
        if answer is not None:
            return answer.agent
        return self.described[token.i] if token.i in self.described else self.cast.at(token.i)


def resolve_pronouns(doc: "Doc", found: "Sequence[FoundAttribution]", cast: "Cast") -> None:
    """Adds to the cast a mention for each he, she (in all forms) and quoted I that can be resolved with confidence.

    Args:
        doc: the parse of a whole article.
        found: its attributions: whoever utters a quotation is no "he" in it, and is its "I".
        cast: the people named; nobody is added to it.
    """
    marks = _quotation_marks(doc)
    events = _events(doc, cast, marks)
    speakers = _quotation_anchors(doc, found, marks)
    if any(event.sign for event in events):
        _he_and_she(doc, cast, events, speakers)
    _i(doc, cast, marks, speakers)


# --------------------------------------------------------------------------- reading the article


def _he_and_she(doc: "Doc", cast: "Cast", events: list[_Event], speakers: dict[int, int]) -> None:
    priors = gender_priors(doc, cast)
    described = {event.token: event.who for event in events if event.who is not None and event.who < 0}
    genders = dict(priors)
    genders.update({who: _noun_sign(doc[token]) * 5.0 for token, who in described.items()})
    count: Counter[int] = Counter(event.who for event in events if event.who is not None)
    answers: dict[int, _Answer] = {}
    for _ in range(_READINGS):
        previous, answers, evidence = answers, {}, dict.fromkeys(priors, 0.0)
        reading = _Reading()
        for event in events:
            reading.enter(event.quotation)
            if event.who is not None:
                reading.meet(event.who, event)
                continue
            speaker = _speaker(cast, speakers.get(event.quotation), previous)
            shares = _weigh(doc, event, reading, genders, count, speaker, _Whom(cast, described, previous, answers))
            answer = _decide(shares)
            answers[event.token] = answer
            for who, part in shares.items():
                if who >= 0:
                    evidence[who] += event.sign * 1.5 * part
            if answer.agent is not None:
                reading.meet(answer.agent, event)
        genders.update({who: prior + max(-4.0, min(4.0, evidence[who])) for who, prior in priors.items()})
    for event in events:
        if event.who is None and (answer := answers[event.token]).agent is not None:
            _write(doc[event.token], cast, answer)


def _weigh(
    doc: "Doc",
    event: _Event,
    reading: _Reading,
    genders: dict[int, float],
    count: Counter[int],
    speaker: int | None,
    who: "_Whom",
) -> dict[int, float]:
    """Candidates to their shares of the belief; a tenth of a subject's salience is left for nobody."""
    token = doc[event.token]
    barred = barred_agents(token, who)
    favoured = favoured_agents(token, who)
    scores: dict[int, float] = {}
    inside = event.quotation >= 0
    for candidate, (value, then) in reading.salience.items():
        if candidate in barred or (inside and candidate == speaker):
            continue
        salience = value * _DECAY ** (event.sentence - then) + reading.local.get(candidate, 0.0)
        if salience < _FADED:
            continue
        fit = share(genders.get(candidate, 0.0) * event.sign)
        scores[candidate] = salience * fit**1.5 * (count[candidate] ** 0.3) * favoured.get(candidate, 1.0)
    if token.lower_ in _SELF:
        subject = subject_of(clause_of(token))
        agent = who(subject) if subject is not None else None
        if agent in scores:
            scores = {agent: scores[agent]}
    total = sum(scores.values()) + 0.03
    return {candidate: score / total for candidate, score in scores.items()}


def _decide(shares: dict[int, float]) -> _Answer:
    if not shares:
        return _Answer(None, 0.0, "")
    best = max(shares, key=lambda who: (shares[who], -who))
    if best < 0 or shares[best] < _LEAD:
        return _Answer(None, shares[best], "")
    return _Answer(best, shares[best], "pronoun-salience")


def _write(token: "Token", cast: "Cast", answer: _Answer) -> None:
    if answer.agent is None:
        return
    confidence = round(0.4 + 0.56 * answer.share, 2)  # about how often answers of that share are right
    span = Span(token.idx, token.idx + len(token))
    mention = CastMention(span, token.i, answer.agent, MentionForm.PRONOUN, answer.rule, confidence)
    cast.mention(mention, tokens=range(token.i, token.i + 1))


# --------------------------------------------------------------------------- what the article holds


def _events(doc: "Doc", cast: "Cast", marks: list[int]) -> list[_Event]:
    heads = {mention.head: mention.agent for mention in cast.mentions() if cast.kind(mention.agent) is AgentKind.PERSON}
    described: dict[str, int] = {}
    events: list[_Event] = []
    columns = columns_of(doc)
    number = 0.0
    for start, end in columns.sentences:
        number += 1.0
        if start and "\n" in doc[start - 1].text_with_ws:
            number += 0.3
        for place in range(start, end):
            word = columns.lower[place]
            if place in heads:
                events.append(_Event(place, heads[place], 0, _weight(doc[place]), marks[place], number))
            elif word in _FEMALE or word in _MALE:
                if cast.at(place) is None:
                    events.append(_Event(place, None, 1 if word in _FEMALE else -1, _weight(doc[place]), marks[place], number))
            elif columns.pos[place] == "NOUN" and _describes_someone(doc[place], cast):
                who = described.setdefault(word, -1 - len(described))
                events.append(_Event(place, who, 0, _NOUN * _weight(doc[place]), marks[place], number))
    return events


def _weight(token: "Token") -> float:
    head = token
    for _ in range(8):
        if head.dep_ != "conj":
            break
        head = head.head
    return _SALIENCE.get(head.dep_, _OTHER)


def _describes_someone(noun: "Token", cast: "Cast") -> bool:
    """Whether a common noun stands for a person without a name: "his wife"; "the chemist" only as a subject."""
    if cast.at(noun.i) is not None:
        return False
    if noun.lower_ not in gendered_nouns() and not (noun.dep_ == "nsubj" and noun.tag_ == "NN" and noun.lower_ in role_nouns()):
        return False
    return not _names_someone(noun, cast)


def _names_someone(noun: "Token", cast: "Cast") -> bool:
    """Whether the noun goes with a name: "his brother Otto", "Otto, his brother", "Otto is the brother"."""
    if noun.dep_ in {"compound", "nmod", "appos"} and cast.at(noun.head.i) is not None:
        return True
    if noun.dep_ == "attr":
        return True
    if noun.i + 1 < len(noun.doc) and cast.at(noun.i + 1) is not None:
        return True
    return any(child.dep_ == "appos" and cast.at(child.i) is not None for child in noun.children)


def _noun_sign(noun: "Token") -> int:
    known = gendered_nouns().get(noun.lower_)
    return (1 if known[0] == "female" else -1) if known else 0


# --------------------------------------------------------------------------- quotations


def _quotation_marks(doc: "Doc") -> list[int]:
    """For every token the number of the quotation it stands in, -1 outside."""
    marks = [-1] * len(doc)
    for number, quotation in enumerate(find_quotations(text_of(doc))):
        tokens = doc.char_span(quotation.span.start, quotation.span.end, alignment_mode="expand")
        if tokens is not None:
            marks[tokens.start : tokens.end] = [number] * len(tokens)
    return marks


def _quotation_anchors(doc: "Doc", found: "Sequence[FoundAttribution]", marks: list[int]) -> dict[int, int]:
    """Number of a quotation to the token index of the head of the phrase that utters it."""
    anchors: dict[int, int] = {}
    for one in found:
        anchor = one.anchor
        if anchor is None and one.continues is not None:
            anchor = found[one.continues].anchor
        if anchor is None or one.kind is AttributionKind.INDIRECT:
            continue
        for piece in one.content:
            tokens = doc.char_span(piece.start, piece.end, alignment_mode="expand")
            for token in tokens or ():
                if marks[token.i] >= 0:
                    anchors.setdefault(marks[token.i], anchor)
    return anchors


def _speaker(cast: "Cast", anchor: int | None, answers: dict[int, _Answer]) -> int | None:
    if anchor is None:
        return None
    if anchor in answers:
        return answers[anchor].agent
    return cast.at(anchor)


def _i(doc: "Doc", cast: "Cast", marks: list[int], speakers: dict[int, int]) -> None:
    """A quoted I is whoever utters the quotation, if that is a person known by now."""
    columns = columns_of(doc)
    for index, word in enumerate(columns.lower):
        if word not in _I or marks[index] < 0 or columns.pos[index] != "PRON":
            continue
        token, number = doc[index], marks[index]
        agent = _speaker(cast, speakers.get(number), {})
        if agent is not None and cast.kind(agent) is AgentKind.PERSON:
            _write(token, cast, _Answer(agent, 0.9, "pronoun-speaker"))
