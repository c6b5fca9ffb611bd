"""Who is who, from facts made by hand."""

import dataclasses

import pytest

from kg.errors import Contradiction
from kg.graph.identity import AgentFacts, Decisions, Key, Pair, resolve
from kg.graph.identity.records import Post
from kg.graph.identity.splits import splits
from kg.graph.identity.suggestions import suggestions


def article(number, *agents):
    """The agents of one article; organisations are named in posts by their place in the list."""
    iris = [f"urn:kg:article/{number}#{place}" for place in range(len(agents))]
    found = []
    for iri, (kind, names, *more) in zip(iris, agents, strict=True):
        posts = tuple(
            sorted(Post(title, iris[body] if body is not None else "", former) for title, body, former in (more[0] if more else ()))
        )
        within = (iris[more[1]],) if len(more) > 1 else ()
        found.append(AgentFacts(iri, f"urn:kg:article/{number}", kind, tuple(names.split("|")), posts=posts, within=within))
    return found


def person(names, *posts):
    return ("person", names, posts)


def body(names, within=None):
    return ("organisation", names, (), within) if within is not None else ("organisation", names)


def groups(*articles, decisions=None):
    """The entities of more than one agent, as sets of article numbers with the place of the agent in it."""
    found = resolve([agent for one in articles for agent in one], decisions=decisions)
    return sorted(sorted(agent.rpartition("/")[2] for agent in entity.agents) for entity in found.entities if len(entity.agents) > 1)


CHEMIST = ("chemist", 1, False)


@pytest.mark.parametrize(
    ("what", "articles", "joined"),
    [
        ("one full name, nothing else known", [article(1, person("Ada Brandt")), article(2, person("Ada Brandt"))], [["1#0", "2#0"]]),
        ("a surname alone", [article(1, person("Ada Brandt|Brandt")), article(2, person("Brandt"))], []),
        ("one full name of two kinds", [article(1, person("Ada Brandt")), article(2, body("Ada Brandt"))], []),
        (
            "one organisation",
            [
                article(1, person("Ada Brandt", CHEMIST), body("Norden Bank")),
                article(2, person("Ada Brandt", ("head", 1, False)), body("Norden Bank")),
            ],
            [["1#0", "2#0"], ["1#1", "2#1"]],
        ),
        (
            "two organisations, two titles: namesakes",
            [
                article(1, person("Ada Brandt", CHEMIST), body("Norden Bank")),
                article(2, person("Ada Brandt", ("farmer", 1, False)), body("Suden Farm")),
            ],
            [],
        ),
        (
            "one title at two organisations: namesakes too",
            [article(1, person("Ada Brandt", CHEMIST), body("Norden Bank")), article(2, person("Ada Brandt", CHEMIST), body("Suden Farm"))],
            [],
        ),
        (
            "a move that an article tells of",
            [
                article(1, person("Ada Brandt", CHEMIST), body("Norden Bank")),
                article(2, person("Ada Brandt", ("head", 1, False), ("chemist", 2, True)), body("Suden Farm"), body("Norden Bank")),
            ],
            [["1#0", "2#0"], ["1#1", "2#2"]],
        ),
        (
            "a title without an organisation, the same elsewhere at one",
            [article(1, person("Ada Brandt", CHEMIST), body("Norden Bank")), article(2, person("Ada Brandt", ("chemist", None, False)))],
            [["1#0", "2#0"]],
        ),
        (
            "of two namesakes, the one whose company is met",
            [
                article(1, person("Ada Brandt", CHEMIST), body("Norden Bank"), person("Otto Roe")),
                article(2, person("Ada Brandt", ("farmer", 1, False)), body("Suden Farm")),
                article(3, person("Ada Brandt"), person("Otto Roe")),
            ],
            [["1#0", "3#0"], ["1#2", "3#1"]],
        ),
        ("a legal form", [article(1, body("Norden Tools")), article(2, body("Norden Tools Inc."))], [["1#0", "2#0"]]),
        ("a name of words any country has", [article(1, body("Ministry of Health")), article(2, body("Ministry of Health"))], []),
        (
            "the same, with one minister",
            [
                article(1, person("Ada Brandt", ("minister", 1, False)), body("Ministry of Health")),
                article(2, person("Ada Brandt", ("minister", 1, False)), body("Ministry of Health")),
            ],
            [["1#0", "2#0"], ["1#1", "2#1"]],
        ),
        ("an acronym one article defines", [article(1, body("Norden Tide Bureau|NTB")), article(2, body("NTB"))], [["1#0", "2#0"]]),
        ("an acronym nobody defines", [article(1, body("Norden Tide Bureau")), article(2, body("NTB")), article(3, body("NTB"))], []),
        (
            "an acronym of two bodies",
            [article(1, body("Norden Tide Bureau|NTB")), article(2, body("Norden Trade Bank|NTB")), article(3, body("NTB"))],
            [],
        ),
        (
            "an acronym every reader knows",
            [article(1, body("NATO")), article(2, body("North Atlantic Treaty Organization"))],
            [["1#0", "2#0"]],
        ),
        ("father and son", [article(1, person("Dan Roe Jr."), person("Dan Roe Sr.")), article(2, person("Dan Roe Jr"))], [["1#0", "2#0"]]),
    ],
)
def test_who_joins(what, articles, joined):
    assert groups(*articles) == joined, what
    assert groups(*reversed(articles)) == joined


def key(number, name, kind="person"):
    return Key(f"urn:kg:article/{number}", kind, name)


ONE, TWO, THREE = (article(number, person("Ada Brandt")) for number in (1, 2, 3))


def test_people_win_over_rules():
    roe = article(4, person("A. Brandt"))
    apart = Decisions(different=(Pair(key(1, "Ada Brandt"), key(2, "Ada Brandt")),))
    assert groups(ONE, TWO, decisions=apart) == []
    joined = Decisions(same=(Pair(key(1, "Ada Brandt"), key(4, "A. Brandt")),))
    assert groups(ONE, TWO, roe, decisions=joined) == [["1#0", "2#0", "4#0"]]


def test_who_was_called_the_same_stays_so_when_a_group_is_torn():
    decisions = Decisions(
        same=(Pair(key(1, "Ada Brandt"), key(3, "Ada Brandt")),),
        different=(Pair(key(1, "Ada Brandt"), key(2, "Ada Brandt")),),
    )
    assert groups(ONE, TWO, THREE, decisions=decisions) == [["1#0", "3#0"]]


def test_a_decision_that_fits_nobody_is_told():
    decisions = Decisions(same=(Pair(key(1, "Ada Brandt"), key(9, "Nobody At All")),))
    found = resolve([*ONE, *TWO], decisions=decisions)
    assert found.unmatched == (key(9, "Nobody At All"),)


def test_a_decision_fits_after_another_extraction():
    """The article's agent is named otherwise now; the name that was decided on is one of its names still."""
    decided = Decisions(same=(Pair(key(1, "Ada Brandt"), key(4, "A. Brandt")),))
    again, initial = article(1, person("Ada Katharina Brandt|Ada Brandt")), article(4, person("A. Brandt"))
    assert groups(again, initial, decisions=decided) == [["1#0", "4#0"]]
    assert groups(article(1, person("ADA BRANDT")), initial, decisions=decided) == [["1#0", "4#0"]]
    elsewhere = resolve([*article(1, body("Ada Brandt")), *initial], decisions=decided)
    assert elsewhere.unmatched == (key(1, "Ada Brandt"),)


def test_two_identifiers_of_one_that_people_made_are_a_contradiction():
    """The one that joins the two has no identifier itself."""
    registers = [f"http://www.wikidata.org/entity/Q{number}" for number in (1, 2)]
    decided = Decisions(
        same=tuple(Pair(key(1, "Ada Brandt"), key(number, name)) for number, name in ((2, "A. Brandt"), (3, "Brandt"))),
        same_as=((key(2, "A. Brandt"), registers[0]), (key(3, "Brandt"), registers[1])),
    )
    facts = [*ONE, *article(2, person("A. Brandt")), *article(3, person("Brandt"))]
    with pytest.raises(Contradiction, match="'Ada Brandt' of urn:kg:article/1 = 'A. Brandt'"):  # noqa: RUF043  full stops fit
        resolve(facts, decisions=decided)


def test_the_same_elsewhere():
    decisions = Decisions(same_as=((Key("", "person", "ada brandt"), "https://www.wikidata.org/entity/Q1"),))
    [entity] = resolve([*ONE, *TWO], decisions=decisions).entities
    assert entity.same_as == ("https://www.wikidata.org/entity/Q1",)


def test_an_identifier_joins_whatever_the_names():
    agents = [
        AgentFacts("urn:kg:article/1#0", "urn:kg:article/1", "organisation", ("Norden Bank",), identifier="Q7"),
        AgentFacts("urn:kg:article/2#0", "urn:kg:article/2", "organisation", ("NB",), identifier="Q7"),
    ]
    [entity] = resolve(agents).entities
    assert entity.rule == "identifier"


def test_former_iris_lead_to_the_one_that_counts():
    found = resolve([*article(1, body("Norden Tide Bureau|NTB")), *article(2, body("NTB"))])
    [entity] = found.entities
    assert entity.name == "Norden Tide Bureau"
    assert len(entity.formerly) == 1


def test_namesakes_have_two_iris():
    facts = [
        *article(1, person("Ada Brandt", CHEMIST), body("Norden Bank")),
        *article(2, person("Ada Brandt", ("farmer", 1, False)), body("Suden Farm")),
    ]
    found = resolve(facts)
    assert len({entity.iri for entity in found.entities}) == 4
    [suggestion] = suggestions(found, facts)
    assert suggestion.rule == "namesake"


def test_suggestions_come_with_reasons_and_the_likeliest_first():
    facts = [
        *article(1, person("Ada Brandt", CHEMIST), body("Norden Bank")),
        *article(2, person("A. Brandt", CHEMIST), body("Norden Bank")),
        *article(3, person("Brandt")),
    ]
    found = resolve(facts)
    got = suggestions(found, facts)
    assert [(one.name_a, one.name_b) for one in got[:1]] in ([("A. Brandt", "Ada Brandt")], [("Ada Brandt", "A. Brandt")])
    assert "both act for Norden Bank" in got[0].reasons
    assert [one.score for one in got] == sorted((one.score for one in got), reverse=True)
    apart = Decisions(different=(Pair(key(1, "Ada Brandt"), key(2, "A. Brandt")),))
    left = suggestions(resolve(facts, decisions=apart), facts, decisions=apart)
    assert {frozenset((one.name_a, one.name_b)) for one in left} == {
        frozenset(("Ada Brandt", "Brandt")),
        frozenset(("A. Brandt", "Brandt")),
    }


@pytest.mark.parametrize(
    ("what", "articles", "reason"),
    [
        (
            "a post that was left and is held",
            [
                ("2024-01-01", person("Ada Brandt", ("chemist", 1, True)), body("Norden Bank")),
                ("2025-01-01", person("Ada Brandt", ("chemist", 1, False)), body("Norden Bank")),
            ],
            "chemist at Norden Bank was former on 2024-01-01 and is held on 2025-01-01",
        ),
        (
            "turns",
            [
                ("2024-01-01", person("Ada Brandt", ("chemist", 1, False)), body("Norden Bank")),
                ("2024-02-01", person("Ada Brandt", ("chemist", 1, False), ("guest", 2, False)), body("Norden Bank"), body("Suden Farm")),
                ("2024-03-01", person("Ada Brandt", ("guest", 1, False)), body("Suden Farm")),
                ("2024-04-01", person("Ada Brandt", ("chemist", 1, False)), body("Norden Bank")),
            ],
            None,
        ),
        ("too many years", [("1920-01-01", person("Ada Brandt")), ("2025-01-01", person("Ada Brandt"))], "more than 60 years apart"),
        (
            "parts of two wholes",
            [
                ("2024-01-01", body("Norden Tide Bureau", 1), body("Norden Institute")),
                ("2024-02-01", body("Norden Tide Bureau", 1), body("Suden Institute")),
            ],
            "part of Norden Institute, and of Suden Institute",
        ),
    ],
)
def test_what_was_joined_against_the_facts_is_asked(what, articles, reason):
    facts = [
        dataclasses.replace(agent, published=day) for number, (day, *agents) in enumerate(articles) for agent in article(number, *agents)
    ]
    found = resolve(facts)
    asked = splits(found, facts)
    if reason is None:
        assert asked == (), what
        return
    [one] = asked
    assert any(reason in told for told in one.reasons), what
    decisions = Decisions(
        same=(Pair(*(Key(iri.partition("#")[0], one.kind, name) for iri, name in ((one.a, one.name_a), (one.b, one.name_b)))),)
    )
    assert splits(resolve(facts, decisions=decisions), facts, decisions=decisions) == ()
