"""Roles at organisations that no list and no tagger knows, and words before a post that are no organisation."""

import pytest

from kg.extract.words import city_names, place_names

EMPLOYED = [
    # capitals before a post that bodies have, although the tagger sees a place
    ("Bluefield analyst Jane Roe said sales would fall.", "Bluefield"),
    ("“Sales will fall,” said Bluefield analyst Jane Roe.", "Bluefield"),
    ("Oakhurst spokesman Tom Hale declined to comment.", "Oakhurst"),
    ("Kestrel CEO Mei Tan disagreed.", "Kestrel"),
    ("Former Telmar director Dan Ruiz said the plan was risky.", "Telmar"),
    # nobody has a post at a place, nor at "the" somebody
    ("Jane Roe, an analyst at Bluefield, said sales would fall.", "Bluefield"),
    ("Liz Marsh, a fellow at the Greywater, called it a mistake.", "Greywater"),
    ("Nora Fitch, managing editor of the Gridline, said the paper would close.", "Gridline"),
    # the place of work behind a post that is past
    ("Jane Roe, now at Meadowbank, left the agency in 2012.", "Meadowbank"),
    ("Jane Roe, a former agency lawyer now at Meadowbank Partners, agreed.", "Meadowbank Partners"),
    ("Mei Tan joined Kestrel as head of research in May.", "Kestrel"),
    # two titles before a name
    ("Northlight Institute Vice President and Managing Editor Jane Roe agreed.", "Northlight Institute"),
    ("NWA Director Adm. Jane Roe agreed.", "NWA"),
]


@pytest.mark.parametrize("text, organisation", EMPLOYED)
def test_the_organisation_is_kept(extract, text, organisation):
    extraction = extract(text)
    names = {agent.id: agent.name for agent in extraction.agents}
    assert {names[role.organisation] for role in extraction.roles if role.organisation} == {organisation}


FREE = [
    # a place, a nationality, a field, a street, what somebody knows
    "Brooklyn artist Jane Roe painted the wall.",
    "French minister Paul Dietz said the law would pass.",
    "AI researcher Jane Roe said the model was old.",
    "TV presenter Jane Roe gave a talk.",
    "London analyst Tom Hale said prices would fall.",
    "Texas executive Tom Hale sold his shares.",
    "Marlow resident Tom Hale said the water rose.",
    "Marlow police chief Jane Roe said two men were held.",
    "Wall Street banker Tom Hale sold his shares.",
    "Medicare expert Jane Roe said the bill would fail.",
    "Jane Roe, mayor of Marlow, said the water rose.",
    "Jane Roe, a farmer in Marlow, sold her cows.",
    "Jane Roe, duchess of Marlow, said the water rose.",
]


@pytest.mark.parametrize("text", FREE)
def test_no_organisation_is_made_up(extract, text):
    assert [role for role in extract(text).roles if role.organisation] == []


HELD = [
    # of people named one after another the last is meant
    ("The letters were between Otto Brandt and Jane Roe, who was his chief of staff.", ("Jane Roe", "chief of staff")),
    # a field in capitals, a charge in capitals, a rank in a party
    ("Director of National Intelligence Jane Roe agreed.", ("Jane Roe", "Director of National Intelligence")),
    ("Jane Roe, the Commissioner for Refugees, agreed.", ("Jane Roe", "Commissioner for Refugees")),
    ("Jane Roe, the ranking Republican on the House Water Committee, agreed.", ("Jane Roe", "ranking Republican")),
    # what somebody does as the holder of a post
    ("Jane Roe's decisions as director came under fire.", ("Jane Roe", "director")),
    # over whom a post serves
    ("Jane Roe, assistant to the president and director of the Office of Floods, agreed.", ("Jane Roe", "assistant")),
    # what is now goes with what was
    ("Jane Roe, an aide during his first campaign and now director of the Norden Institute, agreed.", ("Jane Roe", "director")),
]


@pytest.mark.parametrize("text, expected", HELD)
def test_the_post_is_held(extract, text, expected):
    extraction = extract(text)
    names = {agent.id: agent.name for agent in extraction.agents}
    assert expected in {(names[role.agent], role.title) for role in extraction.roles}
    assert "Otto Brandt" not in {names[role.agent] for role in extraction.roles}


def test_cities_are_no_countries():
    assert len(city_names()) > 500
    assert city_names() & place_names() <= {"Luxembourg", "New York", "Washington", "Quebec", "Gaza"}
