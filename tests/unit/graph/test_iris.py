"""IRIs: what they are made of, and what may change without changing them."""

import dataclasses

import pyoxigraph as ox
import pytest

from kg.graph import iris
from kg.graph.mapping import to_quads
from kg.records import Article, Mention, MentionForm, Span

BASE = "urn:kg:"


def subjects(extraction) -> set[str]:
    return {quad.subject.value.partition("#")[2] for quad in to_quads(extraction, base=BASE)} - {""}


def test_an_article_is_known_by_url_then_id_then_text():
    one = Article(id="1", text="Rain.", url="https://a.example/1")
    assert iris.article_iri(BASE, one) == iris.article_iri(BASE, dataclasses.replace(one, id="2", text="Rain fell.", title="T"))
    given = Article(id="1", text="Rain.", source_name="f.jsonl", given_id=True)
    assert iris.article_iri(BASE, given) == iris.article_iri(BASE, dataclasses.replace(given, text="Snow."))
    assert iris.article_iri(BASE, given) != iris.article_iri(BASE, dataclasses.replace(given, source_name="g.jsonl"))
    bare = Article(id="x", text="Rain.")
    assert iris.article_iri(BASE, bare) == iris.article_iri(BASE, dataclasses.replace(bare, source_name="other.txt"))
    assert iris.article_iri(BASE, bare) != iris.article_iri(BASE, dataclasses.replace(bare, text="Snow."))


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Research Director", "research-director"),
        ("vice-president", "vice-president"),
        ("Vice President", "vice-president"),  # hyphen and space are one
        ("  chief  of\nstaff ", "chief-of-staff"),
        ("Präsident", "präsident"),  # an IRI holds letters of any script
        ("主任", "主任"),
        ("R&D lead", "r-d-lead"),  # punctuation parts words
        ("---", "cb3f91d54eee30e5"),  # no letter at all: the hash alone
        ("a\U000e0100b", "a-b"),  # a variation selector may not stand in an IRI
    ],
)
def test_concepts(label, slug):
    iri = iris.concept_iri(BASE, "role", label)
    assert iri == f"urn:kg:concept/role/{slug}"
    assert ox.NamedNode(iri).value == iri


def test_a_long_label_keeps_its_start_and_stays_different():
    one, two = (iris.concept_iri(BASE, "role", "very " * 500 + end) for end in ("big", "small"))
    assert one != two
    assert len(one) < 140


def test_software_versions_stay_different_however_they_are_spelled():
    assert iris.software_iri(BASE, "pipeline", "a b") != iris.software_iri(BASE, "pipeline", "a/b")
    ox.NamedNode(iris.software_iri(BASE, "pipeline", "/home/me/my model <1>"))


def test_article_graphs_are_told_from_the_others():
    assert iris.is_article_iri(BASE, "urn:kg:article/0123456789abcdef")
    assert not iris.is_article_iri(BASE, "urn:kg:article/0123456789abcdef#person-1")
    assert not iris.is_article_iri(BASE, iris.graph_iri(BASE, "concepts"))
    with pytest.raises(ValueError, match="entities"):
        iris.graph_iri(BASE, "articles")


def test_agents_are_numbered_by_where_they_are_named(sample):
    found = subjects(sample)
    assert {"person-44", "person-200", "person-329", "organisation-103", "organisation-125", "unnamed-398"} <= found


def test_a_pronoun_before_the_name_does_not_renumber(sample):
    early = Mention(Span(0, 1), MentionForm.PRONOUN, "a1", "cataphora", 0.4)
    assert "person-44" in subjects(dataclasses.replace(sample, mentions=(early, *sample.mentions)))


def test_a_rule_that_finds_less_renumbers_nothing(sample):
    without = dataclasses.replace(sample, attributions=sample.attributions[1:], agreements=(), roles=sample.roles[1:])
    assert subjects(without) < subjects(sample)


def test_rivals_for_an_iri_are_numbered_by_content_not_by_order(sample):
    twin = dataclasses.replace(sample.attributions[0], id="c9", source=(), speaker="a4", rule="z")
    one = dataclasses.replace(sample, attributions=(*sample.attributions, twin))
    two = dataclasses.replace(sample, attributions=(twin, *sample.attributions))
    assert to_quads(one, base=BASE) == to_quads(two, base=BASE)
    assert {"attribution-0-37", "attribution-0-37.2", "claim-0-37.2"} <= subjects(one)
