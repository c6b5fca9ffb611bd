"""Names, speakers, roles and agreement, by whole extractions of short invented texts."""

from collections import Counter

import pytest

from kg.errors import SettingsError
from kg.extract.article import extract_article
from kg.extract.people import joining
from kg.extract.people.gazetteer import load_gazetteer
from kg.extract.people.joining import gather
from kg.extract.people.names import find_names
from kg.read.article import make_article
from kg.records import Article

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
    # the acronym alone, once defined, is the same firm
    ("International Weather Corp (IWC) said it will rain. IWC added that it will snow.", {("International Weather Corp", "organisation")}),
    # a tagger that takes a full name for a firm is overruled by its first name, by "born", by an apposition
    ("Valeria Norden, a former member, said it will rain. Norden was born in Sweden.", {("Valeria Norden", "person")}),
    # a surname that is also a city
    ("Nora London said it will rain. London added that it will snow. London left.", {("Nora London", "person")}),
    # particles, initials, hyphens, apostrophes, generations
    ("Ludwig van Rijn said it will rain. Van Rijn added that it will snow.", {("Ludwig van Rijn", "person")}),
    ("J. K. Brandt, an economist, said it will rain. Brandt added that it will snow.", {("J. K. Brandt", "person")}),
    ("Mary-Jane O'Neill-Smith said it will rain. O'Neill-Smith added that it will snow.", {("Mary-Jane O'Neill-Smith", "person")}),
    ("Seán O’Connor said it will rain. O’Connor added that it will snow.", {("Seán O’Connor", "person")}),
    ("Martin Roe Jr. said it will rain. Roe added that it will snow.", {("Martin Roe Jr.", "person")}),
    # honorifics are no part of a name
    ("Mr. Roe said it will rain. Roe added that it will snow.", {("Roe", "person")}),
    ("Dr. Ada Brandt said it will rain. Dr. Brandt added that it will snow.", {("Ada Brandt", "person")}),
    # a generation behind a name with particles
    ("Otto van der Marlowe Jr. said it will rain. Marlowe added that it will snow.", {("Otto van der Marlowe Jr.", "person")}),
    # surname first, by the language of the name
    ("Wang Qiaoyu, a chemist, said it will rain. Wang added that it will snow.", {("Wang Qiaoyu", "person")}),
    # a mononym
    ("Zarina, a singer, said it will rain. Zarina added that she will sing.", {("Zarina", "person")}),
    # a headline in capitals names whom the article names
    ("BRANDT SAYS RAIN WILL COME\nAda Brandt spoke on Monday. Brandt said it will rain.", {("Ada Brandt", "person")}),
    # a couple is a group, not one of them
    ("Otto Stanton and Nora Stanton arrived. The Stantons said it will rain.", {("the Stantons", "group"), ("Otto Stanton", "person")}),
    # two names of one person, introduced as such
    ("Ada Roe, better known as Ada Brandt, said it will rain. Brandt laughed.", {("Ada Brandt", "person")}),
    # a title that nobody's name follows is nobody's name
    ("The Prime Minister, Ada Brandt, said it will rain.", {("Ada Brandt", "person")}),
    # streets and awards are no agents
    ("Ada Brandt won the Norden Award on Marlowe Street. Brandt said it will rain.", {("Ada Brandt", "person")}),
    # in a report on a match a country is a team
    (
        "Sweden beat Norway in the second match of the cup. The goalkeeper saved a penalty and the coach praised the team's goal.",
        {("Sweden", "organisation"), ("Norway", "organisation")},
    ),
    # names that the tagger cuts in two
    ("A nurse at St Ada’s Hospital said it will rain.", {("St Ada’s Hospital", "organisation")}),
    (
        "A grant by the Otto and Ada Brandt Foundation will pay for it, the foundation said.",
        {("Otto and Ada Brandt Foundation", "organisation")},
    ),
    # an acronym that nothing defines, with its article
    ("Ada Brandt of the NWA said it will rain.", {("Ada Brandt", "person"), ("NWA", "organisation")}),
    # "its" can mean nothing but the subject
    ("Velanta Mobility has named Ada Brandt as its chief executive.", {("Velanta Mobility", "organisation"), ("Ada Brandt", "person")}),
    # somebody of a body is a person
    ("Piers Marlowe, of the Norden Water Council, said it will rain.", {("Piers Marlowe", "person")}),
    # a line with capitals throughout is a headline: what only stands there is no name
    (
        "After Brandt Heard What Northlight Nemesis Just Did, She Left Town\n\nAda Brandt met Northlight Corp. on Monday. Brandt said it will rain.",
        {("Ada Brandt", "person"), ("Northlight Corp.", "organisation")},
    ),
    # a body named for what it is for; a paper; a city that no sign makes a person
    (
        "Ada Brandt, an adviser to the centrist Committee for a Responsible Harvest, said it will rain.",
        {("Ada Brandt", "person"), ("Committee for a Responsible Harvest", "organisation")},
    ),
    ("The Lindon Sentinel said it will rain.", {("Lindon Sentinel", "organisation")}),
    # a campaign under somebody's name is a body
    ("Otto Roe left. The Roe campaign said it will rain.", {("Otto Roe", "person"), ("Roe campaign", "organisation")}),
    # small letters name nobody, whatever the tagger thinks
    ("Otto Roe, then a student at an upstate military academy, said it will rain.", {("Otto Roe", "person")}),
    # a product that "which" picks up is nobody
    ("The arrival of Zorvo, which can draw, surprised Ada Brandt. Brandt said it will rain.", {("Ada Brandt", "person")}),
    # who is spoken for by a spokesperson, and who is "which", is a body
    (
        "A spokesperson for Gwalia Trains, which runs most services, said it will rain.",
        {("Gwalia Trains", "organisation"), ("spokesperson for Gwalia Trains", "unnamed")},
    ),
    ("A lawyer for Tollan Freight, which owns the depot, said it will rain.", {("Tollan Freight", "organisation")}),
    (
        "Jo Vane works for a firm called Marlowe Dragonet. Vane said it will rain.",
        {("Marlowe Dragonet", "organisation"), ("Jo Vane", "person")},
    ),
    # letters behind a name are no part of it
    ("Huw Tregarne MS said it will rain.", {("Huw Tregarne", "person")}),
    ("Dr Nia Powell MBE, who runs the clinic, said it will rain.", {("Nia Powell", "person")}),
    ("Mary Pell FRS, a physicist, said it will rain.", {("Mary Pell", "person")}),
    ("Ada Brandt, PhD, said it will rain.", {("Ada Brandt", "person")}),
    ("Dr. Lee Cho, MD, MPH, said it will rain.", {("Lee Cho", "person")}),
    ("Nurse Mary-Ann Pell said it will rain.", {("Mary-Ann Pell", "person")}),
    ("MPs said it will rain.", {("MPs", "group")}),
    # where passengers wait is a place
    ("Passengers at Norden Central waited. Ada Brandt said it will rain.", {("Ada Brandt", "person")}),
    ("The Norden Central station was closed, Ada Brandt said.", {("Ada Brandt", "person")}),
    # a government has a name by its country's alone
    ("The UK government said it will rain.", {("UK government", "organisation")}),
    ("The Welsh government said it will rain.", {("Welsh government", "organisation")}),
    ("The government said it will rain.", {("government", "unnamed")}),
    ("It will rain, Norden council said on Monday.", {("Norden council", "organisation")}),
    ("The council said it will rain.", {("council", "unnamed")}),
    # everyone calls them so
    ("Ada Brandt said on YouTube that it will rain.", {("YouTube", "organisation"), ("Ada Brandt", "person")}),
    # first names with hyphens, particles in small letters, a nickname
    ("The poems of Pierre-Simon Brandt say that it will rain.", {("Pierre-Simon Brandt", "person")}),
    ("Her mother, Nora al-Brandi, said it will rain.", {("Nora al-Brandi", "person")}),
    ('Austin Piers "Red" Harker said it will rain.', {('Austin Piers "Red" Harker', "person")}),
    # who has a daughter is somebody; what is counted is nobody
    ("A song by the daughter of Goldmann says that it will rain.", {("Goldmann", "person")}),
    ("The output rose to 197 EMOPS. Ada Brandt said it will be 210 EMOPS.", {("Ada Brandt", "person")}),
    # what somebody has, and what a word calls a series, is nobody
    ("I follow, my Lords, and my Lords will know it. Ada Brandt said it will rain.", {("Ada Brandt", "person")}),
    ("Ada Brandt sang in the television series Gilda Girls. Brandt said it will rain.", {("Ada Brandt", "person")}),
    # heads of state are known by their surnames
    ("Ada Brandt spoke of Merkel in her speech.", {("Ada Brandt", "person"), ("Merkel", "person")}),
    # a paper that somebody writes for, whatever work the tagger takes it for
    ("Ada Brandt, a writer for The Lantern, said it will rain.", {("Ada Brandt", "person"), ("Lantern", "organisation")}),
    # a family is a group
    ("Otto Brandt is a painter. The Brandt family said it will rain.", {("the Brandt family", "group"), ("Otto Brandt", "person")}),
]


NOBODY = {
    "Northlight Nemesis",
    "upstate military academy",
    "Zorvo",
    "AI",
    "Prime Minister",
    "Norden Award",
    "Marlowe Street",
    "Norden Central",
    "EMOPS",
    "MPH",
    "Lords",
    "Gilda Girls",
    "MBE",
    "FRS",
    "PhD",
    "MS",
}


def extra(text):
    """People whom a row does not list."""
    return {("Nora Stanton", "person")} if "Stantons" in text else set()


@pytest.mark.parametrize("text, expected", AGENTS)
def test_agents(extract, text, expected):
    found = {(agent.name, agent.kind.value) for agent in extract(text).agents}
    assert found >= expected
    assert not {name for name, _ in found} & NOBODY
    assert sum(kind == "person" for _, kind in found) == sum(kind == "person" for _, kind in expected | extra(text))


SPEAKERS = [
    ("Ada Brandt said it will rain. She said it will snow.", ["Ada Brandt", "Ada Brandt"]),
    ("Ada Brandt said it will rain.\nBrandt added that it will snow.", ["Ada Brandt", "Ada Brandt"]),
    ("We met Ada Brandt, who said it will rain.", ["Ada Brandt"]),
    # whoever is talked about in the statement does not talk
    ("Ada Brandt said Jo Roe had left early. She said it will rain.", ["Ada Brandt", "Ada Brandt"]),
    # two people of one surname: the bare surname is left open
    ("Ada Brandt and Otto Brandt met. Brandt said it will rain.", [None]),
    # ... unless an honorific tells, or the surname was in use while only one of them was known
    (
        "Maria Lopez and Carlos Lopez met. Mrs. Lopez said it will rain. Mr. Lopez said it will snow.",
        ["Maria Lopez", "Carlos Lopez"],
    ),
    ("Ada Brandt came. Brandt said it will rain. Otto Brandt left. Brandt said it will snow.", ["Ada Brandt", None]),
    # ... but a brother named once takes no surname from whoever has gone by it all along
    (
        "Ada Brandt came. Brandt sat down. Brandt ate. Brandt sang. Her brother is Otto Brandt. Brandt said it will rain.",
        ["Ada Brandt"],
    ),
    # letters behind a name stand for its bearer
    ("Jane Roe MP said it will rain. Roe said it will snow.", ["Jane Roe", "Jane Roe"]),
    # two people of one first name
    ("Ada Brandt met Ada Roe. Ada said it will rain.", [None]),
    # a description joins whom the article describes so
    ("Ada Brandt, a chemist, left. The chemist said it will rain.", ["Ada Brandt"]),
    ("Ada Brandt, a chemist, met Jo Roe, a chemist. The chemist said it will rain.", ["chemist"]),
    # an organisation by what its name says it is, by what the article calls it, or as the only one about
    ("The Norden Water Agency met on Monday. The agency said it will rain.", ["Norden Water Agency"]),
    ("The Norden Water Agency met the Port Agency. The agency said it will rain.", ["agency"]),
    ("Northlight Union Inc., a lobby group, met on Monday. The group said it will rain.", ["Northlight Union Inc."]),
    ("Northlight Corp. fell by 3 percent. The company said it will rain.", ["Northlight Corp."]),
    ("Northlight Corp. joined Marlowe Inc. on Monday. The company said it will rain.", ["company"]),
    # father and son
    (
        "Otto R. Brandt Sr. met Otto R. Brandt Jr. on Monday. The elder Mr. Brandt said it will rain. The younger Mr. Brandt said it will snow.",
        ["Otto R. Brandt Sr.", "Otto R. Brandt Jr."],
    ),
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
        ("Only 7 percent said it will rain.", "group"),
        ("Most said it will rain.", "group"),
        ("France said it will rain.", "place"),
    ],
)
def test_kind_of_a_speaker_without_a_persons_name(extract, text, kind):
    assert [agent.kind.value for agent in extract(text).agents] == [kind]


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
    assert "agrees" not in {one.relation.value for one in extract(text).agreements}


def test_people_who_share_a_first_name_are_not_held_against_one_another(parse, monkeypatch):
    """The work on names grows with the article, not with its square."""
    counted = Counter()
    stands_for = joining._stands_for
    monkeypatch.setattr(joining, "_stands_for", lambda *args: counted.update(calls=1) or stands_for(*args))
    for people in (100, 200):
        doc = parse("\n".join(f"Ada {'BCDFGHKLMN'[k % 10]}a{'bcdfghklmn'[k // 10 % 10]}o{'bd'[k // 100]}son left." for k in range(people)))
        counted[people] -= counted["calls"]
        gather(doc, find_names(doc, ()))
        counted[people] += counted["calls"]
    assert counted[200] <= 2.5 * counted[100] + 50


def test_five_hundred_people_stay_five_hundred(extract):
    letters = "BCDFGHKLMN"
    surnames = [f"{letters[k % 10]}a{letters[k // 10 % 10].lower()}o{letters[k // 100].lower()}son" for k in range(500)]
    text = "\n".join(f"Ada {surname} said it will rain. {surname} left." for surname in surnames)
    people = {agent.name for agent in extract(text).agents if agent.kind.value == "person"}
    assert len(people & {f"Ada {surname}" for surname in surnames}) > 490
    assert "Ada" not in people


@pytest.mark.parametrize("name", ["Ada " + "Brandt-" * 284 + "Roe", "Ada " + "brandt" * 330, "Ada " + "Brandt " * 285 + "Roe", "A" * 2000])
def test_a_name_of_two_thousand_characters_costs_nobody_else(extract, name):
    extraction = extract(f"{name} said it will rain.\nOtto Roe said it will snow. He left.")
    assert "Otto Roe" in speakers(extraction)


REGIONS = [
    # whoever wrote it, and from where, is not in it
    ("By Ada Brandt\n\nThe harbour will close, said Otto Roe.", {"Otto Roe"}),
    ("LINDON, June 20 (Tarn Wire) - The harbour will close, said Otto Roe.", {"Otto Roe"}),
    ("By Ada Brandt, Northlight News\n\nPORT LINDON — The harbour will close, said Otto Roe.", {"Otto Roe"}),
    # a headline counts where the text bears it out
    ("# Harbour Panel Axes Northlight Plan\n\nThe harbour will close, said Otto Roe.", {"Otto Roe"}),
    ("# Roe Warns Of Closure\n\nThe harbour will close, said Otto Roe.", {"Otto Roe"}),
]


@pytest.mark.parametrize("text, expected", REGIONS)
def test_bylines_datelines_and_headlines_bring_nobody_in(nlp, text, expected):
    assert {agent.name for agent in extract_article(nlp, make_article(text)).agents} == expected


def test_every_mention_gives_its_words(extract):
    text = "Ada Brandt met Otto Roe. Brandt said she likes him. Roe's firm, Northlight Inc., will grow."
    extraction = extract(text)
    names = {agent.id: {agent.name, *agent.aliases} for agent in extraction.agents}
    for mention in extraction.mentions:
        if mention.form.value == "name":
            assert mention.span.of(text) in names[mention.agent]
        assert mention.rule
        assert 0 < mention.confidence <= 1


def test_a_gazetteer_settles_what_a_name_is(nlp, tmp_path):
    path = tmp_path / "names.tsv"
    path.write_text("name\tkind\tid\nAda Brandt\torganisation\tQ1\nNorthlight Institute\tnone\t\n", encoding="utf-8")
    text = "Ada Brandt and the Northlight Institute met Otto Roe. Ada Brandt said it will rain."
    found = extract_article(nlp, Article("t", text), gazetteer=load_gazetteer(path))
    assert [(agent.name, agent.kind.value) for agent in found.agents] == [("Ada Brandt", "organisation"), ("Otto Roe", "person")]


IDS = "name\tkind\tid\n"


@pytest.mark.parametrize(
    "table, expected",
    [
        # the id of a part of a name that the text joins
        ("Brandt\tperson\tP1\n", {("Ada Brandt", "P1")}),
        # two ids are two people, though one name could be the other
        ("Ada Brandt\tperson\tP1\nBrandt\tperson\tP2\n", {("Ada Brandt", "P1"), ("Brandt", "P2")}),
        # a row without an id tells the kind alone
        ("Ada Brandt\tperson\t\n", {("Ada Brandt", None)}),
        # a table written by a spreadsheet begins with a byte order mark and ends its lines with a carriage return
        ("Ada Brandt\tperson\tP1\r\n", {("Ada Brandt", "P1")}),
    ],
)
def test_ids_of_a_gazetteer(nlp, tmp_path, table, expected):
    path = tmp_path / "names.tsv"
    path.write_bytes((("\ufeff" if "\r" in table else "") + IDS + table).encode())
    text = "Ada Brandt came to the harbour. Brandt said it will rain."
    found = extract_article(nlp, Article("t", text), gazetteer=load_gazetteer(path))
    assert {(agent.name, agent.identifier) for agent in found.agents} == expected


@pytest.mark.parametrize(
    "table, message",
    [
        ("name\tkind\tid\nAda\twizard\t\n", "wizard"),
        ("name\tkind\tid\nAda\tperson\t\nAda\tgroup\t\n", "twice"),
        ("name\tsort\tid\nAda\tperson\t\n", "columns"),
        ("", "no rows"),
    ],
)
def test_a_gazetteer_that_cannot_be_used_is_named(tmp_path, table, message):
    path = tmp_path / "names.tsv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        load_gazetteer(path)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # a clause about several people is theirs, whoever was named before
        ("Ada Brandt leads the polls, and 18 percent of voters who say they are tired back Otto Roe.", "voters"),
        ("Ada Brandt appointed a chemist who said the dam was old.", "chemist"),
    ],
)
def test_who_a_relative_clause_is_about(extract, text, speaker):
    extraction = extract(text)
    names = {agent.id: agent.name for agent in extraction.agents}
    assert speaker in {names.get(one.speaker) for one in extraction.attributions}
