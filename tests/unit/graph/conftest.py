"""One hand-made extraction that has one of everything. People, organisations and outlet are invented."""

import dataclasses
from decimal import Decimal

import pytest

from kg import records as r

BASE = "urn:kg:"

TEXT = """🐟 Herring stocks will recover by 2030, said Ana Lindqvist, a senior researcher and board member at the Institute of Tides at Norden University.
"The quota," she said, "is \\"too high\\" and must fall."
Omar Haddad, former minister of fisheries, expects that catches will exceed 7.6 million tonnes. Lindqvist's views were echoed by Mette Holm, who said stocks recover.
Norden University backed a ban. An official did not say that boats would stay in port.
Read more >> 3 comments"""


def at(words: str, nth: int = 0, text: str = TEXT) -> r.Span:
    """The span of the nth occurrence of the words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return r.Span(start, start + len(words))


def make_sample() -> r.Extraction:
    article = r.Article(
        id="fish-1",
        text=TEXT,
        source_name="fish.jsonl",
        title="Herring to recover",
        url="https://news.example/fish",
        publisher="The Tide",
        published="2024-02-23",
        authors=("Per Nilsen", "Kari Moe"),
        regions=(r.Region(at("Read more >> 3 comments"), r.RegionKind.BOILERPLATE),),
    )
    person, organisation = r.AgentKind.PERSON, r.AgentKind.ORGANISATION
    agents = (
        r.Agent("a1", person, "Ana Lindqvist", ("Lindqvist",)),
        r.Agent("a2", organisation, "Institute of Tides"),
        r.Agent("a3", organisation, "Norden University"),
        r.Agent("a4", person, "Omar Haddad"),
        r.Agent("a5", person, "Mette Holm"),
        r.Agent("a6", r.AgentKind.UNNAMED, "An official"),
    )
    name = r.MentionForm.NAME
    mentions = (
        r.Mention(at("Ana Lindqvist"), name, "a1", "full-name", 0.99),
        r.Mention(at("Institute of Tides"), name, "a2", "entity", 0.9),
        r.Mention(at("Norden University"), name, "a3", "entity", 0.9),
        r.Mention(at("she"), r.MentionForm.PRONOUN, "a1", "pronoun-subject", 0.9),
        r.Mention(at("Omar Haddad"), name, "a4", "full-name", 0.99),
        r.Mention(at("Lindqvist", 1), name, "a1", "surname", 0.95),
        r.Mention(at("Mette Holm"), name, "a5", "full-name", 0.99),
        r.Mention(at("Norden University", 1), name, "a3", "entity", 0.9),
        r.Mention(at("An official"), r.MentionForm.DESCRIPTION, "a6", "unnamed", 0.8),
    )
    where = at("a senior researcher and board member at the Institute of Tides")
    roles = (
        r.Role("a1", "senior researcher", "a2", False, (where,), "apposition", 0.95),
        r.Role("a1", "board member", "a2", False, (where,), "apposition", 0.9),
        r.Role("a4", "minister of fisheries", None, True, (at("former minister of fisheries"),), "apposition", 0.9),
    )
    quantity = r.Quantity(
        value=None,
        low=Decimal("7600000.0"),
        high=None,
        unit="tonne",
        unit_code="t",
        measure="catches",
        period=None,
        change=False,
        evidence=(at("exceed 7.6 million tonnes"),),
        rule="bound",
        confidence=0.9,
    )
    kind, mode = r.AttributionKind, r.SpeechMode
    attributions = (
        r.Attribution(
            "c1",
            kind.INDIRECT,
            (at("Ana Lindqvist, a senior researcher and board member at the Institute of Tides at Norden University"),),
            (at("said"),),
            (at("🐟 Herring stocks will recover by 2030"),),
            "a1",
            "say",
            mode.SPEECH,
            "inverted",
            0.97,
            polarity=r.Polarity.POSITIVE,
            modality="will",
            claim_kind=r.ClaimKind.PREDICTION,
            cue_stance=r.CueStance.NEUTRAL,
            said_on="2024-02-22",
            topics=(r.TopicLabel("herring stock", (at("Herring stocks"),), "classified-noun", 0.8, ("stock",)),),
            certainty=r.Certainty.CERTAIN,
            tense=r.Tense.FUTURE,
            valid="2030",
            readable="Herring stocks will recover by 2030",
            judgements=(r.Judgement(r.Aspect.CLAIM_KIND, "future-modal", 0.92), r.Judgement(r.Aspect.CUE_STANCE, "cue-list", 0.97)),
        ),
        r.Attribution(
            "c2",
            kind.DIRECT,
            (at("she"),),
            (at("said", 1),),
            (at('"The quota,"'), at('"is \\"too high\\" and must fall."')),
            "a1",
            "say",
            mode.SPEECH,
            "split-quotation",
            0.9,
        ),
        r.Attribution(
            "c3",
            kind.INDIRECT,
            (at("Omar Haddad, former minister of fisheries"),),
            (at("expects"),),
            (at("that catches will exceed 7.6 million tonnes"),),
            "a4",
            "expect",
            mode.THOUGHT,
            "subject",
            0.9,
            quantities=(quantity,),
        ),
        r.Attribution(
            "c4", kind.INDIRECT, (at("Mette Holm"),), (at("said", 2),), (at("stocks recover"),), "a5", "say", mode.SPEECH, "relative", 0.8
        ),
        r.Attribution(
            "c5", kind.INDIRECT, (at("Norden University", 1),), (at("backed"),), (at("a ban"),), "a3", "back", mode.ATTITUDE, "object", 0.7
        ),
        r.Attribution(
            "c6",
            kind.INDIRECT,
            (at("An official"),),
            (at("did not say"),),
            (at("that boats would stay in port"),),
            None,
            "say",
            mode.SPEECH,
            "subject",
            0.6,
            said=r.Said.NEGATED,
        ),
    )
    part_of = (r.PartOf("a2", "a3", (at("Institute of Tides at Norden University"),), "at", 0.8),)
    agreements = (
        r.Agreement("c4", ("c1", "c2"), r.AgreementRelation.AGREES, r.AgreementBasis.STATED, (at("views were echoed by"),), "echoed", 0.9),
    )
    models = r.ModelVersions("en_core_web_md 3.8.0", "rules 0.1.0", "0.1.0")
    return r.Extraction(article, models, agents, mentions, roles, attributions, part_of, agreements, ())


@pytest.fixture(scope="session")
def sample() -> r.Extraction:
    return make_sample()


@pytest.fixture(scope="session")
def other(sample: r.Extraction) -> r.Extraction:
    """The same words under another address: a second article, by another outlet."""
    article = dataclasses.replace(sample.article, id="fish-2", url="https://other.example/fish", publisher="The Ebb", title=None)
    return dataclasses.replace(sample, article=article)


@pytest.fixture(scope="session")
def changed(sample: r.Extraction) -> r.Extraction:
    """A later version of the same article, in which less was found."""
    article = dataclasses.replace(sample.article, title="Herring to recover, says institute")
    return dataclasses.replace(sample, article=article, roles=sample.roles[:1])
