"""What articles tell of a person or an organisation: all of it, in order, and close names where nobody has the one asked for."""

import dataclasses

import pytest

from kg import records as r
from kg.errors import KgError, NotInStore
from kg.graph.dossier import dossiers
from kg.graph.iris import article_iri
from kg.graph.portrait import portraits
from kg.graph.spelling import near_names
from kg.graph.store import Store, open_store

from .conftest import BASE, TEXT, at, make_sample


def stored(folder, *extractions: r.Extraction) -> Store:
    store = open_store(folder / "s", write=True, create=True)
    for extraction in extractions:
        store.add(extraction)
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory, sample):
    with stored(tmp_path_factory.mktemp("dossier"), sample) as store:
        yield store


def fragment(iri: str) -> str:
    return iri.partition("#")[2]


def test_a_person(store, sample):
    [ana] = dossiers(store, "Ana Lindqvist")
    assert (ana.kind, ana.name, ana.aliases, fragment(ana.iri)) == ("person", "Ana Lindqvist", ("Lindqvist",), "person-44")
    assert (ana.article.label, ana.article.publisher, ana.article.published) == ("Herring to recover", "The Tide", "2024-02-23")
    assert ana.article.iri == article_iri(BASE, sample.article)
    assert [(post.title, post.organisation, post.former) for post in ana.roles] == [
        ("senior researcher", "Institute of Tides", False),
        ("board member", "Institute of Tides", False),
    ]
    assert {post.printed for post in ana.roles} == {"a senior researcher and board member at the Institute of Tides"}
    assert (ana.roles[0].rule, ana.roles[0].confidence, ana.roles[0].statements) == ("apposition", 0.95, 2)
    assert (ana.holders, ana.part_of, ana.parts) == ((), (), ())


def test_statements_stand_in_text_order(store):
    [ana] = dossiers(store, "Ana Lindqvist")
    assert [(one.text, one.quotation_type, one.mode, one.cue, one.confidence) for one in ana.statements] == [
        ("🐟 Herring stocks will recover by 2030", "indirect", "speech", "said", 0.97),
        ('"The quota," [...] "is \\"too high\\" and must fall."', "direct", "speech", "said", 0.9),
    ]
    assert (ana.statements[0].start, ana.statements[0].end) == (0, 37)


def test_a_figure_a_thought_and_a_former_role_without_an_organisation(store):
    [omar] = dossiers(store, "Omar Haddad")
    [role], [said] = omar.roles, omar.statements
    assert (role.title, role.former, role.organisation) == ("minister of fisheries", True, "")
    assert (said.mode, said.said) == ("thought", "asserted")
    [figure] = said.figures
    assert (figure.words, figure.printed) == ("at least 7.6 million tonnes, catches", "exceed 7.6 million tonnes")


def test_agreement_is_told_from_both_sides(store):
    [mette], [ana] = dossiers(store, "Mette Holm"), dossiers(store, "Ana Lindqvist")
    [taken], [met] = mette.stances, ana.stances
    assert taken.iri == met.iri
    assert (taken.takes, taken.others, met.takes, met.others) == (True, ("Ana Lindqvist",), False, ("Mette Holm",))
    assert (taken.relation, taken.basis, taken.printed) == ("agrees", "stated", "views were echoed by")
    assert (taken.own, taken.theirs) == (met.theirs, met.own)
    assert [fragment(iri) for iri in met.own] == ["attribution-0-37", "attribution-144-199"]
    assert met.their_words == ("stocks recover",)


def test_disagreement_that_the_software_infers(tmp_path):
    sample = make_sample()
    [stance] = sample.agreements
    other = dataclasses.replace(stance, relation=r.AgreementRelation.DISAGREES, basis=r.AgreementBasis.INFERRED)
    with stored(tmp_path, dataclasses.replace(sample, agreements=(other,))) as store:
        [[told]] = [one.stances for one in dossiers(store, "Mette Holm")]
    assert (told.relation, told.basis) == ("disagrees", "inferred")


def test_an_organisation_with_its_parts_and_who_holds_roles_there(store):
    [university], [institute] = dossiers(store, "Norden University"), dossiers(store, "institute of tides")
    assert [(part.part, part.whole, part.printed) for part in university.parts] == [
        ("Institute of Tides", "Norden University", "Institute of Tides at Norden University")
    ]
    assert institute.part_of == university.parts
    assert [(post.holder, post.title, post.organisation) for post in university.holders] == [
        ("Ana Lindqvist", "senior researcher", "Institute of Tides"),
        ("Ana Lindqvist", "board member", "Institute of Tides"),
    ]
    assert institute.holders == university.holders
    assert [(one.text, one.mode) for one in university.statements] == [("a ban", "attitude")]


def test_parts_in_a_circle_end(tmp_path):
    sample = make_sample()
    back = r.PartOf("a3", "a2", (at("Norden University"),), "at", 0.5)
    with stored(tmp_path, dataclasses.replace(sample, part_of=(*sample.part_of, back))) as store:
        [university] = dossiers(store, "Norden University")
    assert len(university.holders) == 2
    assert (len(university.part_of), len(university.parts)) == (1, 1)


@pytest.mark.parametrize(
    "asked",
    [
        "ana lindqvist",
        "ANA LINDQVIST",
        "  Ana \t Lindqvist ",
        "Lindqvist",  # another name
        "lindqvist",
    ],
)
def test_names_in_any_case(store, asked):
    assert [one.name for one in dossiers(store, asked)] == ["Ana Lindqvist"]


def named(*names: str, day: str | None = None, number: str = "1") -> r.Extraction:
    """An article in which people of these names are only named."""
    text, agents, mentions = "", [], []
    for position, name in enumerate(names):
        agents.append(r.Agent(f"a{position}", r.AgentKind.PERSON, name))
        span = r.Span(len(text), len(text) + len(name))
        mentions.append(r.Mention(span, r.MentionForm.NAME, f"a{position}", "named-entity", 0.9))
        text += f"{name} slept.\n"
    article = r.Article(number, text, source_name="naps.jsonl", given_id=True, published=day)
    return r.Extraction(article, r.ModelVersions("p 1", "rules 1", "0.1"), tuple(agents), tuple(mentions))


@pytest.mark.parametrize(
    "printed, asked",
    [
        ("Seán O’Dell", "seán o'dell"),  # a curly apostrophe
        ("Sean O'Dell", "Sean O’Dell"),
        ("Jose\u0301 Roe", "José Roe"),  # decomposed and composed
        ("José Roe", "JOSE\u0301 ROE"),
        ('Ann "Sting" Lee', 'ann "sting" lee'),
        ("Ann \\ Lee", "ann \\ lee"),
    ],
)
def test_names_that_are_spelled_alike(tmp_path, printed, asked):
    with stored(tmp_path, named(printed)) as store:
        assert [one.name for one in dossiers(store, asked)] == [printed]


def test_several_articles_oldest_first_undated_last(tmp_path):
    articles = [named("Jo Roe", day=day, number=str(number)) for number, day in enumerate(("2024-03-01", None, "2023-12-31T08:00:00Z"))]
    with stored(tmp_path, *articles) as store:
        found = dossiers(store, "Jo Roe")
        assert [one.article.published for one in found] == ["2023-12-31T08:00:00Z", "2024-03-01", ""]
        assert len({one.iri for one in found}) == 3
        [one] = dossiers(store, "Jo Roe", article=found[1].article.iri)
        assert one == found[1]
        assert dossiers(store, "Jo Roe", article=found[1].article.iri.removeprefix(BASE)) == (one,)


def test_two_of_one_name_in_one_article(tmp_path):
    sample = make_sample()
    place = r.Agent("a7", r.AgentKind.ORGANISATION, "Lindqvist")
    mention = r.Mention(at("Lindqvist", 1), r.MentionForm.NAME, "a7", "named-entity", 0.5)
    mentions = tuple(one for one in sample.mentions if one.span != mention.span)
    with stored(tmp_path, dataclasses.replace(sample, agents=(*sample.agents, place), mentions=(*mentions, mention))) as store:
        assert [(one.kind, one.name) for one in dossiers(store, "Lindqvist")] == [
            ("organisation", "Lindqvist"),
            ("person", "Ana Lindqvist"),
        ]


# --------------------------------------------------------------------------- nobody of that name


def test_close_names_are_offered(store):
    with pytest.raises(NotInStore, match=r"nobody is called 'Ana Lindquist'\. Did you mean Ana Lindqvist or Lindqvist\?"):
        dossiers(store, "Ana Lindquist")
    assert NotInStore.exit_code == 1
    assert issubclass(NotInStore, KgError)


def test_where_no_name_is_close_no_one_is_guessed(store):
    with pytest.raises(NotInStore) as caught:
        dossiers(store, "Xylophone Quartet")
    assert "Did you mean" not in str(caught.value)
    assert "kg stats" in str(caught.value)


def test_software_is_nobody(store):
    with pytest.raises(NotInStore):
        dossiers(store, "en_core_web_md 3.8.0")


def test_no_such_article(store):
    with pytest.raises(NotInStore, match="no article urn:kg:article/none"):
        dossiers(store, "Ana Lindqvist", article="urn:kg:article/none")


def test_the_names_offered_are_those_of_the_article_asked_about(tmp_path, sample):
    with stored(tmp_path, sample, named("Ana Lindquist")) as store, pytest.raises(NotInStore) as caught:
        dossiers(store, "Ana Lindquist", article=article_iri(BASE, sample.article))
    assert "Did you mean Ana Lindqvist" in str(caught.value)


HOSTILE = [
    'x" || true || "',
    "x') } #",
    "\\",
    "\\u0022",
    "*",
    "?name",
    "}" * 50,
    "\n\r\t\x00",
    "\ud800",
    "",
    " ",
    "é" * 3000,
    "<urn:x>",
    "{0}",
]


@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_names_are_names(store, asked):
    with pytest.raises(NotInStore):
        dossiers(store, asked)
    with pytest.raises(NotInStore):
        dossiers(store, "Ana Lindqvist", article=asked)


@pytest.mark.parametrize(
    "names, asked, expected",
    [
        (["Ann Lee", "Anna Leigh", "Jo Roe"], "lee", ["Ann Lee"]),  # holds the word
        (["Ann Lee", "Jo Roe"], "Ann  LEA", ["Ann Lee"]),  # one letter off
        (["Ann Lee", "Ann Lees", "Ann Leeds", "Jo Ann Lee"], "ann lee", ["Ann Lee", "Jo Ann Lee", "Ann Lees", "Ann Leeds"]),
        (["Ann Lee"], "zzz", []),
        (["Ann Lee"], "", []),
        ([f"Lee {letter}" for letter in "gfedcba"], "lee", [f"Lee {letter}" for letter in "abcde"]),  # five at most
        (["é" * 2000], "é" * 1999, []),  # too long to compare
    ],
)
def test_near_names(names, asked, expected):
    assert near_names(names, asked) == expected


def test_many_people_of_one_article(tmp_path):
    people = [f"Ann {chr(65 + k // 26)}{chr(97 + k % 26)}sen" for k in range(500)]
    with stored(tmp_path, named(*people)) as store:
        assert [one.name for one in dossiers(store, people[321])] == [people[321]]


def test_an_iri_means_one_alone_also_where_it_denotes_nobody(store, sample):
    iri = f"{article_iri(BASE, sample.article)}#unnamed-{TEXT.index('An official')}"
    for given in (iri, iri.removeprefix(BASE)):
        [one] = portraits(store, given)
        assert (one.iri, one.name, one.kind) == (iri, "An official", "unnamed")
