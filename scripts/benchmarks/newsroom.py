"""An invented newsroom of any size: articles of the product's own shape, made without a language pipeline and mapped as real ones are.

Words, people, organisations and outlets are put together from syllables by a seeded generator; none is meant to be anybody. Who speaks is
drawn so that few are heard often and most once, as in the news. The same number gives the same article on every machine.
"""

import random
from collections.abc import Iterator
from decimal import Decimal

from kg import records as r

MODELS = r.ModelVersions("en_core_web_md 3.8.0", "invented 1.0", "0.1.0")
STATEMENTS = 14  # an article of some 5,000 characters has as many

_FIRST, _MIDDLE, _LAST = (
    ["Bra", "Kel", "Mor", "Tas", "Vel", "Nor", "Sil", "Dra", "Han", "Lum", "Per", "Ros", "Tov", "Wen", "Yar"],
    ["na", "ri", "do", "le", "mi", "sa", "tu", "ve"],
    ["n", "s", "ck", "th", "l", "r", "m", "nd"],
)
_TITLES = [
    "analyst",
    "chief economist",
    "director",
    "spokesperson",
    "professor",
    "senior researcher",
    "minister",
    "head of research",
    "founder",
    "president",
]
_FIELDS = [
    "harvests",
    "chip prices",
    "computing power",
    "fish stocks",
    "rents",
    "port traffic",
    "battery costs",
    "rail freight",
    "water levels",
    "solar output",
]
_MARKS = ["local", "northern", "global", "rural", "coastal", "small", "public", "private", "early", "late"]
_CUES = (("said", "say", r.CueStance.NEUTRAL), ("insisted", "insist", r.CueStance.ASSERTIVE), ("claimed", "claim", r.CueStance.DISTANCING))
_BODIES = ["Institute", "Bank", "University", "Agency", "Holdings", "Council", "Laboratory", "Union"]


def article(number: int) -> r.Extraction:
    """The extraction of the article of that number, from 0."""
    return _Desk(number).write()


def articles(count: int, start: int = 0) -> Iterator[r.Extraction]:
    """So many, one at a time."""
    return (article(number) for number in range(start, start + count))


def person_name(number: int) -> str:
    """The name of the person of that number; lower numbers are heard more often."""
    return f"{_word(number)} {_word(7 * number + 3)}{_LAST[number % 5]}en"


def organisation_name(number: int) -> str:
    """The name of the organisation of that number."""
    return f"{_word(11 * number + 5)}{_MIDDLE[number % 7]} {_BODIES[number % len(_BODIES)]}"


def _word(number: int) -> str:
    parts = [_FIRST[number % len(_FIRST)]]
    number //= len(_FIRST)
    while True:
        parts.append(_MIDDLE[number % len(_MIDDLE)])
        number //= len(_MIDDLE)
        if not number:
            return "".join(parts) + _LAST[(len(parts) * 3 + len(parts[-1])) % len(_LAST)]


class _Desk:
    """Writes one article and keeps where its words stand."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.chance = random.Random(number)  # noqa: S311  no secrets here
        self.text: list[str] = []
        self.length = 0
        self.agents: dict[str, r.Agent] = {}
        self.aliases: dict[str, str] = {}
        self.mentions: list[r.Mention] = []
        self.roles: list[r.Role] = []
        self.attributions: list[r.Attribution] = []
        self.agreements: list[r.Agreement] = []

    def write(self) -> r.Extraction:
        chance = self.chance
        # A tenth of all names stand for nine tenths of what is said.
        cast = sorted({int(40_000 * chance.random() ** 4) for _ in range(5)})
        speakers = [self.introduce(person_name(one), one) for one in cast]
        for number in range(STATEMENTS - len(speakers)):
            self.state(chance.choice(speakers), number)
        self.put("A person who knows the matter said nothing was decided.\n")
        text = "".join(self.text)
        month, day = 1 + self.number % 12, 1 + self.number % 28
        outlet = f"The {_word(self.number % 40)} Post"
        made = r.Article(
            id=f"n{self.number}",
            text=text,
            source_name="invented.jsonl",
            title=f"{_word(self.number)} on {chance.choice(_FIELDS)}",
            url=f"https://news.example/{self.number}",
            publisher=outlet,
            published=f"{2015 + self.number % 10}-{month:02}-{day:02}",
            authors=(person_name(50_000 + self.number % 400),),
        )
        return r.Extraction(
            made, MODELS, tuple(self.agents.values()), tuple(self.mentions), tuple(self.roles), tuple(self.attributions),
            (), tuple(self.agreements), (),
        )  # fmt: skip

    def put(self, words: str) -> r.Span:
        start = self.length
        self.text.append(words)
        self.length += len(words)
        return r.Span(start, self.length)

    def name(self, name: str, kind: r.AgentKind, *, alias: str | None = None) -> tuple[str, r.Span]:
        span = self.put(alias or name)
        if name not in self.agents:
            self.agents[name] = r.Agent(
                f"a{len(self.agents) + 1}", kind, name, (name.rpartition(" ")[2],) if kind is r.AgentKind.PERSON else ()
            )
        agent = self.agents[name].id
        self.mentions.append(r.Mention(span, r.MentionForm.NAME, agent, "surname" if alias else "full-name", 0.9 if alias else 0.98))
        return agent, span

    def introduce(self, name: str, number: int) -> str:
        """A person with role and organisation says something, and at what it is aimed stands a figure."""
        chance = self.chance
        agent, first = self.name(name, r.AgentKind.PERSON)
        self.put(", ")
        title, start = chance.choice(_TITLES), self.length
        self.put(f"{title} at ")
        body, last = self.name(organisation_name(number // 5), r.AgentKind.ORGANISATION)
        evidence = r.Span(start, last.end)
        self.roles.append(r.Role(agent, title, body, False, (evidence,), "apposition", 0.93))
        self.put(", ")
        self.say(agent, r.Span(first.start, evidence.end), r.AttributionKind.INDIRECT)
        return name

    def state(self, name: str, number: int) -> None:
        start = self.length
        if number % 3 == 0:
            self.quote(name)
            return
        agent, _ = self.name(name, r.AgentKind.PERSON, alias=name.rpartition(" ")[2])
        source = r.Span(start, self.length)
        if number == 4:
            words = self.put(" agreed and ")
            self.say(agent, source, r.AttributionKind.INDIRECT)
            target = self.attributions[0].id
            self.agreements.append(
                r.Agreement(
                    self.attributions[-1].id, (target,), r.AgreementRelation.AGREES, r.AgreementBasis.STATED, (words,), "agree", 0.85
                )
            )
            return
        self.put(" ")
        self.say(agent, source, r.AttributionKind.INDIRECT)

    def say(self, agent: str, source: r.Span, kind: r.AttributionKind) -> None:
        printed, lemma, stance = self.chance.choice(_CUES)
        cue = self.put(printed)
        self.put(" ")
        self.attribute(agent, (source,), (cue,), lemma, stance, kind, self.claim("that "))
        self.put(".\n")

    def quote(self, name: str) -> None:
        content = self.claim('"', ',"')
        self.put(" ")
        printed, lemma, stance = self.chance.choice(_CUES)
        agent, source = self.name(name, r.AgentKind.PERSON, alias=name.rpartition(" ")[2])
        self.put(" ")
        cue = self.put(printed)
        self.attribute(agent, (source,), (cue,), lemma, stance, r.AttributionKind.DIRECT, content)
        self.put(". Then the talk went on for a while, as such talks do, and nobody took notes of it.\n")

    def claim(self, before: str, after: str = "") -> tuple[r.Span, r.Span, r.Quantity | None, str, r.ClaimKind]:
        chance = self.chance
        start = self.length
        self.put(before)
        label = (
            f"{chance.choice(_MARKS)} {chance.choice(_FIELDS)}"
            if chance.random() < 0.7
            else f"{_word(chance.randrange(3000)).lower()} {chance.choice(_FIELDS)}"
        )
        topic = self.put(label)
        kind = chance.choice(tuple(r.ClaimKind))
        figure = None
        if chance.random() < 0.4:
            value = Decimal(chance.randrange(1, 400)) / 4
            year = 2020 + chance.randrange(15)
            self.put(" will rise by ")
            evidence = self.put(f"{value} percent")
            self.put(f" by {year}")
            figure = r.Quantity(
                value, value, value, "percent", "%", label, f"by {year}", True, (evidence,), "change", 0.9, str(year)
            )  # fmt: skip
        else:
            self.put(" will hardly matter to those who live far from the coast")
        if after:
            self.put(after)
        return r.Span(start, self.length), topic, figure, label, kind

    def attribute(
        self,
        agent: str,
        source: tuple[r.Span, ...],
        cue: tuple[r.Span, ...],
        lemma: str,
        stance: r.CueStance,
        kind: r.AttributionKind,
        claim: tuple[r.Span, r.Span, r.Quantity | None, str, r.ClaimKind],
    ) -> None:
        content, topic, figure, label, claim_kind = claim
        confidence = round(0.5 + self.chance.random() / 2, 3)
        self.attributions.append(
            r.Attribution(
                f"c{len(self.attributions) + 1}", kind, source, cue, (content,), agent, lemma,
                r.SpeechMode.SPEECH if self.chance.random() < 0.85 else r.SpeechMode.THOUGHT, "tagger", confidence,
                polarity=r.Polarity.POSITIVE, modality="will", claim_kind=claim_kind, cue_stance=stance,
                topics=(r.TopicLabel(label, (topic,), "noun-phrase", 0.8, (label.rpartition(" ")[2],)),),
                quantities=(figure,) if figure else (),
                certainty=r.Certainty.CERTAIN, tense=r.Tense.FUTURE, valid=figure.when if figure else None,
                judgements=(r.Judgement(r.Aspect.CLAIM_KIND, "future-modal", 0.9), r.Judgement(r.Aspect.CUE_STANCE, "cue-list", 0.97)),
            )
        )  # fmt: skip
