"""Roles as printed, by whole extractions of short invented texts; and the words of posts."""

import pytest

from kg.extract.roles.lists import post_noun, role_verbs, title_words
from kg.lexicon import load_table

WHERE = "Norden University"


def roles(extraction):
    """(person, title, organisation, former) of each role, in order."""
    names = {agent.id: agent.name for agent in extraction.agents}
    return [(names[role.agent], role.title, names.get(role.organisation), role.former) for role in extraction.roles]


ONE = [
    # apposition, either way
    ("Ada Brandt, director of Norden University, said it will rain.", ("Ada Brandt", "director", WHERE, False)),
    ("Ada Brandt, 48, the Norden University director, said it will rain.", ("Ada Brandt", "director", WHERE, False)),
    ("Norden University's director, Ada Brandt, said it will rain.", ("Ada Brandt", "director", WHERE, False)),
    ("The head of a fund that backs Otto Roe, Ada Brandt, said it will rain.", ("Ada Brandt", "head", None, False)),
    # over the letters behind a name; the letters of a seat; a member's party is no employer
    ("Ada Brandt, PhD, a director of Norden University, said it will rain.", ("Ada Brandt", "director", WHERE, False)),
    ("Ada Brandt MP said it will rain.", ("Ada Brandt", "MP", None, False)),
    ("Labour MP Ada Brandt said it will rain.", ("Ada Brandt", "MP", None, False)),
    ("Ada Brandt, MSP for Norden East, said it will rain.", ("Ada Brandt", "MSP", None, False)),
    # an occupation without organisation
    ("Ada Brandt, an art critic, said it will rain.", ("Ada Brandt", "art critic", None, False)),
    ("Ada Brandt, 81, a retired shepherd, said it will rain.", ("Ada Brandt", "shepherd", None, True)),
    ("Ada Brandt, an economist, said it will rain.", ("Ada Brandt", "economist", None, False)),
    # before the name
    ("The economist Ada Brandt said it will rain.", ("Ada Brandt", "economist", None, False)),
    ("Northlight Institute analyst Ada Brandt said it will rain.", ("Ada Brandt", "analyst", "Northlight Institute", False)),
    ("On Monday Sen. Ada Brandt said it will rain.", ("Ada Brandt", "Sen.", None, False)),
    ("Deputy secretary of state Ada Brandt said it will rain.", ("Ada Brandt", "Deputy secretary of state", None, False)),
    # the words before a title that are none of it: party, place, praise, time
    ("The former Republican mayor Ada Brandt said it will rain.", ("Ada Brandt", "mayor", None, True)),
    ("Ada Brandt, a longtime policy adviser, said it will rain.", ("Ada Brandt", "policy adviser", None, False)),
    # former
    ("Ada Brandt, a former director of Norden University, said it will rain.", ("Ada Brandt", "director", WHERE, True)),
    ("Ada Brandt was a professor at Norden University.", ("Ada Brandt", "professor", WHERE, True)),
    # the field stays with the title, the body goes
    (
        "Ada Brandt, professor of constitutional law at Norden University, said it will rain.",
        ("Ada Brandt", "professor of constitutional law", WHERE, False),
    ),
    (
        "Ada Brandt, vice president for policy at Norden University, said it will rain.",
        ("Ada Brandt", "vice president for policy", WHERE, False),
    ),
    # copula, also inverted, and of a pronoun
    ("Ada Brandt is a professor at Norden University.", ("Ada Brandt", "professor", WHERE, False)),
    ("One candidate to watch is Ada Brandt.", ("Ada Brandt", "candidate", None, False)),
    ("Ada Brandt, who is the director of Norden University, said it will rain.", ("Ada Brandt", "director", WHERE, False)),
    # as
    ("Ada Brandt served as director of Norden University.", ("Ada Brandt", "director", WHERE, True)),
    ("Ada Brandt joined Norden University as its director.", ("Ada Brandt", "director", WHERE, False)),
    # appointed
    ("Ada Brandt was appointed director of Norden University.", ("Ada Brandt", "director", WHERE, False)),
    # raised to a post, taking one over; a role between two commas
    ("Ada Brandt was promoted to chief inspector at Norden University.", ("Ada Brandt", "chief inspector", WHERE, False)),
    ("Ada Brandt, who took over as director of Norden University, said it will rain.", ("Ada Brandt", "director", WHERE, False)),
    ("Ada Brandt, as director of Norden University, said it will rain.", ("Ada Brandt", "director", WHERE, False)),
    ("Ada Brandt, until May the treasurer of Norden University, said it will rain.", ("Ada Brandt", "treasurer", WHERE, False)),
    # the name stands between the title and the body
    ("Professor Ada Brandt of Norden University said it will rain.", ("Ada Brandt", "Professor", WHERE, False)),
    ("Ada Brandt, of Norden University, said it will rain.", ("Ada Brandt", None, WHERE, False)),
    ("In an interview with Northlight News’ Ada Brandt, he said it will rain.", ("Ada Brandt", None, "Northlight News", False)),
    # a described body, a coordinated title, an owner of two words, a chief of staff
    (
        "Ada Brandt, founder of the embattled seed-testing company Northlight Labs, left.",
        ("Ada Brandt", "founder", "Northlight Labs", False),
    ),
    (
        "Ada Brandt, Norden University's global policy and outreach director, said it will rain.",
        ("Ada Brandt", "global policy and outreach director", WHERE, False),
    ),
    ("Ada Brandt, the Marlowe campaign's chairman, said it will rain.", ("Ada Brandt", "chairman", "Marlowe campaign", False)),
    ("Former Marlowe chief of staff Ada Brandt said it will rain.", ("Ada Brandt", "chief of staff", None, True)),
    ("Ada Brandt, a cook at the Ritz, said it will rain.", ("Ada Brandt", "cook", "Ritz", False)),
    # words that are no title: a colleague in kind, long service
    ("Ada Brandt, a veteran Norden strategist, said it will rain.", ("Ada Brandt", "strategist", None, False)),
    # the relative clause goes with the apposition; one appointed by somebody; a field behind "in"; an adjective that is a post elsewhere
    ("Ada Brandt, whom Otto Roe appointed director of Norden University, said it will rain.", ("Ada Brandt", "director", WHERE, False)),
    (
        "Ada Brandt, professor in constitutional law at Norden University, said it will rain.",
        ("Ada Brandt", "professor in constitutional law", WHERE, False),
    ),
    ("Ada Brandt served as the chief Norden adviser.", ("Ada Brandt", "adviser", None, True)),
    # hired to be, named, in a clause beside a question; a firm with its kind
    ("Otto hired Ada Brandt to serve as director of Norden University.", ("Ada Brandt", "director", WHERE, False)),
    ("The suit was filed by a former clerk named Ada Brandt.", ("Ada Brandt", "clerk", None, True)),
    ("Ada Brandt, who is the director of Norden University, asked: will it rain?", ("Ada Brandt", "director", WHERE, False)),
    ("It will rain, said Ada Brandt of digital consulting firm Marlowe Inc.", ("Ada Brandt", None, "Marlowe Inc.", False)),
    ("Ada Brandt was an assistant managing editor at Norden University.", ("Ada Brandt", "assistant managing editor", WHERE, True)),
    # whatever the tagger thinks, an initial is a person's and Idaho is a place
    ("Otto J. Band, who led Norden University, said it will rain.", ("Otto J. Band", None, WHERE, False)),
    (
        "It will rain, said Idaho nutritional-supplement executive Ada Brandt.",
        ("Ada Brandt", "nutritional-supplement executive", None, False),
    ),
    # a first name that is a trade, behind a title
    ("Justice Potter Brandt said it will rain.", ("Potter Brandt", "Justice", None, False)),
    # verbs
    (
        "The rain, said Ada Brandt, who studies floods at the Northlight Council, will last.",
        ("Ada Brandt", None, "Northlight Council", False),
    ),
    ("Ada Brandt, who runs Norden University, said it will rain.", ("Ada Brandt", None, WHERE, False)),
    ("Ada Brandt works for Norden University.", ("Ada Brandt", None, WHERE, False)),
    ("Ada Brandt co-founded Norden University in 1998.", ("Ada Brandt", "co-founder", WHERE, False)),
    ("Norden University was founded in 1998 by Ada Brandt.", ("Ada Brandt", "founder", WHERE, False)),
    ("Norden University is led by Ada Brandt.", ("Ada Brandt", None, WHERE, False)),
    ("Ada Brandt graduated from Norden University in 1998.", ("Ada Brandt", "graduate", WHERE, False)),
    ("Ada Brandt studied law at Norden University.", ("Ada Brandt", "student", WHERE, False)),
    # an affiliation without a post
    ("The talk was given by Ada Brandt of Norden University.", ("Ada Brandt", None, WHERE, False)),
    ("Norden University's Ada Brandt said it will rain.", ("Ada Brandt", None, WHERE, False)),
    # an organisation by its article, description or acronym
    ("Ada Brandt, an analyst at consultancy Marlowe, said it will rain.", ("Ada Brandt", "analyst", "Marlowe", False)),
    # a city or country is no organisation
    ("Ada Brandt, mayor of Chicago, said it will rain.", ("Ada Brandt", "mayor", None, False)),
    # whom somebody serves is none
    ("Ada Brandt, an adviser to Otto Roe, said it will rain.", ("Ada Brandt", "adviser", None, False)),
]


@pytest.mark.slow
@pytest.mark.parametrize("text, expected", ONE, ids=lambda value: value if isinstance(value, str) else "")
def test_one_role(extract, text, expected):
    assert roles(extract(text)) == [expected]


SEVERAL = [
    # a post, then a title of its own before the name
    (
        "Northlight Institute court analyst Judge Ada Brandt said it will rain.",
        [("Ada Brandt", "court analyst", "Northlight Institute", False), ("Ada Brandt", "Judge", None, False)],
    ),
    # the post of somebody in the complement is that one's alone
    ("Family members of former president Otto Brandt said it will rain.", [("Otto Brandt", "president", None, True)]),
    # two titles, one organisation
    (
        "Ada Brandt, vice-president and research director at consultancy Marlowe, said it will rain.",
        [("Ada Brandt", "vice-president", "Marlowe", False), ("Ada Brandt", "research director", "Marlowe", False)],
    ),
    # two titles, each with its own
    (
        "Ada Brandt, a senior fellow at the Northlight Institute and a Democratic delegate, said it will rain.",
        [("Ada Brandt", "senior fellow", "Northlight Institute", False), ("Ada Brandt", "delegate", None, False)],
    ),
    # one title, two people
    (
        "Economists Ada Brandt and Otto Roe said it will rain.",
        [("Ada Brandt", "Economist", None, False), ("Otto Roe", "Economist", None, False)],
    ),
    # before the name
    (
        "Comedian and actor Otto Roe said it will rain.",
        [("Otto Roe", "Comedian", None, False), ("Otto Roe", "actor", None, False)],
    ),
    # one founder each
    (
        "Norden University was founded by Ada Brandt and Otto Roe.",
        [("Ada Brandt", "founder", WHERE, False), ("Otto Roe", "founder", WHERE, False)],
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize("text, expected", SEVERAL)
def test_several_roles(extract, text, expected):
    assert sorted(roles(extract(text))) == sorted(expected)


NONE = [
    # nobody named holds it
    "A director of Norden University said it will rain.",
    # only possible, denied, wished, asked
    "Ada Brandt could be the director of Norden University.",
    "Ada Brandt is not the director of Norden University.",
    "Ada Brandt wants to be director of Norden University.",
    "If Ada Brandt is the director of Norden University, it will rain.",
    "Is Ada Brandt the director of Norden University?",
    "Ada Brandt, a potential director of Norden University, said it will rain.",
    # a title that modifies another noun
    "Ada Brandt read the president rumours.",
    # kin and labels
    "Ada Brandt, a friend of Otto Roe, said it will rain.",
    "Ada Brandt, a critic of Otto Roe, said it will rain.",
    # a name after a comma that begins its own clause
    "In his talk about the director, Ada Brandt said it will rain.",
    # to speak to an organisation is no affiliation
    "Ada Brandt told Norden University that it will rain.",
    # as somebody else puts it
    "Ada Brandt owes her seat, as a diplomat put it, to the rain.",
    # a fellow of somebody's land, a body in small letters
    "Otto left to support fellow Norlander Ada Brandt.",
    # to speak against a founding is to found nothing
    "Ada Brandt spoke against creating the Northlight Council.",
    # a crowd
    "Ada Brandt and a host of farmers said it will rain.",
    # a figure of speech
    "Ada Brandt is an honest broker.",
]


@pytest.mark.slow
@pytest.mark.parametrize("text", NONE)
def test_no_role(extract, text):
    assert roles(extract(text)) == []


@pytest.mark.slow
def test_every_role_rests_on_words_of_the_text(extract):
    text = "Ada Brandt, vice-president and research director at consultancy Marlowe, said it will rain."
    for role in extract(text).roles:
        evidence = " ".join(span.of(text) for span in role.evidence)
        assert role.title in evidence
        assert "Marlowe" in evidence


@pytest.mark.slow
def test_an_organisation_inside_another(extract):
    extraction = extract("Ada Brandt, director of the Water Research Center at Norden University's Business School, said it will rain.")
    names = {agent.id: agent.name for agent in extraction.agents}
    assert [(names[part.organisation], names[part.within]) for part in extraction.part_of] == [
        ("Water Research Center", "Business School"),
        ("Business School", "Norden University"),
    ]


PARTS = [
    ("Northlight Labs Inc., a unit of Marlowe Group, said it will rain.", ("Northlight Labs Inc.", "Marlowe Group")),
    ("The Norden Water Agency is part of the Ministry of Works.", ("Norden Water Agency", "Ministry of Works")),
    (
        "The Norden Water Agency warned the town. The agency, which belongs to the Ministry of Works, said it will rain.",
        ("Norden Water Agency", "Ministry of Works"),
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize("text, expected", PARTS)
def test_a_part_told_in_so_many_words(extract, text, expected):
    extraction = extract(text)
    names = {agent.id: agent.name for agent in extraction.agents}
    assert [(names[part.organisation], names[part.within]) for part in extraction.part_of] == [expected]


@pytest.mark.slow
def test_a_campaign_with_a_post_is_an_organisation(extract):
    found = roles(extract("Otto Roe won. It will rain, said Roe campaign spokeswoman Ada Brandt."))
    assert ("Ada Brandt", "spokeswoman", "Roe campaign", False) in found


@pytest.mark.slow
def test_a_bare_pronoun_holds_a_role_as_somebody_unnamed(extract):
    extraction = extract("She is the director of Norden University.")
    assert roles(extraction) == [("she", "director", WHERE, False)]
    assert {agent.kind.value for agent in extraction.agents} == {"unnamed", "organisation"}


@pytest.mark.slow
def test_a_bare_pronoun_in_a_quotation_is_left_alone(extract):
    assert roles(extract("“She is the director of Norden University,” a neighbour said.")) == []


@pytest.mark.slow
def test_an_unheld_post_makes_no_organisation(extract):
    assert extract("The leaders of AI and the makers of Zorvo met in the rain.").agents == ()


@pytest.mark.slow
def test_many_posts_stay_linear(extract):
    """Five hundred people in one article: one role each, in text order."""
    text = "\n".join(f"Ada Brandt{chr(97 + k % 26)}{chr(97 + k // 26)}, a chemist, spoke." for k in range(500))
    assert len(extract(text).roles) >= 480


@pytest.mark.parametrize(
    "word, expected",
    [
        ("CEO", ("ceo", False)),
        ("spokeswomen", ("spokeswoman", True)),
        ("Sens.", ("sen.", True)),
        ("secretaries", ("secretary", True)),
        ("boss-like", None),
        ("friend", None),  # no post: kin, friends and rivals hold none
        ("critic", ("critic", False)),
    ],
)
def test_words_of_posts(word, expected):
    assert post_noun(word) == expected


def test_posts_are_many_and_of_two_kinds():
    rows = load_table("role_nouns", columns=("noun", "kind"))
    assert len(rows) > 600
    assert {row["kind"] for row in rows} == {"post", "occupation"}
    assert all(row["noun"] == row["noun"].lower() for row in rows)


def test_kinds_of_words_and_verbs_are_known():
    assert {row["kind"] for row in load_table("title_words")} == {"part", "field", "past", "loose", "party", "personal", "company", "staff"}
    assert "former" in title_words("past")
    assert role_verbs("at")["work"] >= {"for", "at"}
