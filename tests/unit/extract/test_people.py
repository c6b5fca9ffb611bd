"""Names, speakers, roles and agreement, by whole extractions of short invented texts."""

import pytest

pytestmark = pytest.mark.slow


def speakers(extraction):
    names = {agent.id: agent.name for agent in extraction.agents}
    return [names.get(one.speaker) for one in extraction.attributions]


AGENTS = [
    # a full name's parts are that person
    ("Ada Brandt spoke. Brandt said it will rain.", {("Ada Brandt", "person")}),
    # surname first
    (
        "Lin Qiaoyu, an engineer at Norden University, spoke. Lin said it will rain.",
        {("Lin Qiaoyu", "person"), ("Norden University", "organisation")},
    ),
    # a descriptor makes an organisation of a surname
    ("Ada Brandt, an analyst at consultancy Marlowe, said it will rain.", {("Ada Brandt", "person"), ("Marlowe", "organisation")}),
    # an acronym defined in the text joins
    (
        "The Norden Weather Agency (NWA) said it will rain. The NWA said it will snow.",
        {("Norden Weather Agency", "organisation")},
    ),
    # a product that "which" picks up is nobody
    ("The arrival of Zorvo, which can draw, surprised Ada Brandt. Brandt said it will rain.", {("Ada Brandt", "person")}),
]


@pytest.mark.parametrize("text, expected", AGENTS)
def test_agents(extract, text, expected):
    found = {(agent.name, agent.kind.value) for agent in extract(text).agents}
    assert found >= expected
    assert not {name for name, _ in found} & {"Zorvo", "AI"}


SPEAKERS = [
    ("Ada Brandt said it will rain. She said it will snow.", ["Ada Brandt", "Ada Brandt"]),
    ("Ada Brandt said it will rain.\nBrandt added that it will snow.", ["Ada Brandt", "Ada Brandt"]),
    ("We met Ada Brandt, who said it will rain.", ["Ada Brandt"]),
    # whoever is talked about in the statement does not talk
    ("Ada Brandt said Jo Roe had left early. She said it will rain.", ["Ada Brandt", "Ada Brandt"]),
    # two people of one surname: the bare surname is left open
    ("Ada Brandt and Otto Brandt met. Brandt said it will rain.", [None]),
    # nobody named at all
    ("A spokeswoman said it will rain.", ["spokeswoman"]),
    ("Analysts said it will rain.", ["Analysts"]),
    ("The report said it will rain.", ["report"]),
    ("She said it will rain.", [None]),
]


@pytest.mark.parametrize("text, expected", SPEAKERS)
def test_speaker(extract, text, expected):
    assert speakers(extract(text)) == expected


@pytest.mark.parametrize(
    "text, kind",
    [
        ("A spokeswoman said it will rain.", "unnamed"),
        ("Analysts said it will rain.", "group"),
        ("The report said it will rain.", "work"),
        ("France said it will rain.", "place"),
    ],
)
def test_kind_of_a_speaker_without_a_persons_name(extract, text, kind):
    assert [agent.kind.value for agent in extract(text).agents] == [kind]


ROLES = [
    # apposition
    ("Ada Brandt, director of Norden University, said it will rain.", [("Ada Brandt", "director", "Norden University", False)]),
    # two titles, one organisation
    (
        "Ada Brandt, vice-president and research director at consultancy Marlowe, said it will rain.",
        [("Ada Brandt", "vice-president", "Marlowe", False), ("Ada Brandt", "research director", "Marlowe", False)],
    ),
    # former
    ("Ada Brandt, a former director of Norden University, said it will rain.", [("Ada Brandt", "director", "Norden University", True)]),
    # an occupation without organisation
    ("Ada Brandt, an economist, said it will rain.", [("Ada Brandt", "economist", None, False)]),
    # copula
    ("Ada Brandt is a professor at Norden University.", [("Ada Brandt", "professor", "Norden University", False)]),
    # nobody named holds it
    ("A director of Norden University said it will rain.", []),
]


@pytest.mark.parametrize("text, expected", ROLES)
def test_roles(extract, text, expected):
    extraction = extract(text)
    names = {agent.id: agent.name for agent in extraction.agents}
    found = [(names[role.agent], role.title, names.get(role.organisation), role.former) for role in extraction.roles]
    assert found == expected


def test_every_role_rests_on_words_of_the_text(extract):
    text = "Ada Brandt, vice-president and research director at consultancy Marlowe, said it will rain."
    for role in extract(text).roles:
        evidence = " ".join(span.of(text) for span in role.evidence)
        assert role.title in evidence
        assert "Marlowe" in evidence


def test_an_organisation_inside_another(extract):
    extraction = extract("Ada Brandt, director of the Water Research Center at Norden University's Business School, said it will rain.")
    names = {agent.id: agent.name for agent in extraction.agents}
    assert [(names[part.organisation], names[part.within]) for part in extraction.part_of] == [
        ("Water Research Center", "Business School"),
        ("Business School", "Norden University"),
    ]


def test_echoed_views_are_stated_agreement(extract):
    text = (
        "Ada Brandt said the river will rise. It will not stop, Brandt said.\n"
        "Brandt's views were echoed by Jo Roe, a chemist, who said the town should prepare."
    )
    extraction = extract(text)
    (agreement,) = extraction.agreements
    by_id = {one.id: one for one in extraction.attributions}
    assert by_id[agreement.source].content[0].of(text) == "the town should prepare"
    assert [by_id[target].content[0].of(text) for target in agreement.targets] == ["the river will rise", "It will not stop"]
    assert agreement.relation.value == "agrees"


def test_a_denied_echo_is_no_agreement(extract):
    text = "Ada Brandt said the river will rise. Brandt's views were not echoed by Jo Roe, who said the town should wait."
    assert extract(text).agreements == ()
