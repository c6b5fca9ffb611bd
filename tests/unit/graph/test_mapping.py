"""Extraction to quads, fact by fact."""

import dataclasses
from decimal import Decimal

import pyoxigraph as ox
import pytest
from rdflib.namespace import ORG, PROV, RDF, SDO, SKOS

from kg import records as r
from kg.graph.mapping import to_quads
from kg.graph.terms import CITO, OA, PREFIXES, day, number
from kg.graph.vocab import EO

BASE = "urn:kg:"


class View:
    """The quads of one extraction, asked by fragment and predicate."""

    def __init__(self, extraction: r.Extraction) -> None:
        self.quads = to_quads(extraction, base=BASE)
        self.article = next(q.subject.value for q in self.quads if q.predicate.value == str(SDO.articleBody))

    def get(self, fragment: str, predicate: str) -> list[str]:
        subject = self.article if not fragment else fragment if ":" in fragment else f"{self.article}#{fragment}"
        found = sorted(q.object.value for q in self.quads if q.subject.value == subject and q.predicate.value == str(predicate))
        return [value.removeprefix(self.article).removeprefix(str(EO)) for value in found]

    def graphs(self) -> dict[str, int]:
        names = [q.graph_name.value for q in self.quads]
        return {name: names.count(name) for name in set(names)}


@pytest.fixture(scope="module")
def view(sample) -> View:
    return View(sample)


def test_article(view, sample):
    assert view.get("", RDF.type) == [str(PROV.Entity), str(SDO.NewsArticle)]
    assert view.get("", SDO.articleBody) == [sample.article.text]
    assert view.get("", SDO.author) == ["Kari Moe", "Per Nilsen"]
    assert view.get("", SDO.version) == [sample.article.version]
    start = sample.article.regions[0].span.start
    assert view.get(f"char={start},{start + 23}", EO.regionKind) == ["Boilerplate"]


def test_three_modes_and_what_is_a_quotation(view):
    assert view.get("attribution-0-37", RDF.type) == ["Utterance"]
    assert view.get("attribution-144-199", RDF.type) == [str(SDO.Quotation), "Utterance"]
    assert view.get("attribution-251-294", RDF.type) == ["Belief"]
    assert view.get("attribution-391-396", RDF.type) == ["Attitude"]


def test_a_direct_thought_is_no_quotation(sample):
    thought = dataclasses.replace(sample.attributions[1], mode=r.SpeechMode.THOUGHT)
    changed = dataclasses.replace(sample, attributions=(sample.attributions[0], thought, *sample.attributions[2:]))
    assert View(changed).get("attribution-144-199", RDF.type) == ["Belief"]


def test_content_in_pieces_is_several_spans_and_one_text(view):
    assert view.get("attribution-144-199", EO.contentSpan) == ["#char=144,156", "#char=167,199"]
    assert view.get("claim-144-199", SDO.text) == ['"The quota," [...] "is \\"too high\\" and must fall."']


def test_offsets_count_code_points(view):
    assert view.get("char=0,37", OA.exact) == ["🐟 Herring stocks will recover by 2030"]
    assert (view.get("char=0,37", OA.start), view.get("char=0,37", OA.end)) == (["0"], ["37"])


def test_attitudes_make_no_claim_and_keep_their_figures(sample, view):
    assert not view.get("claim-391-396", RDF.type)
    figure = sample.attributions[2].quantities[0]
    stand = dataclasses.replace(sample.attributions[4], quantities=(figure,))
    changed = dataclasses.replace(sample, attributions=(*sample.attributions[:4], stand, sample.attributions[5]))
    seen = View(changed)
    assert len(seen.get("attribution-391-396", EO.quantity)) == 1
    assert len(seen.get("claim-251-294", EO.quantity)) == 1
    assert seen.get("attribution-391-396", EO.quantity) != seen.get("claim-251-294", EO.quantity)


def test_nobody_is_credited_when_nobody_is_known(view):
    assert view.get("attribution-422-451", PROV.wasAttributedTo) == []
    assert view.get("attribution-422-451", EO.said) == ["Negated"]


def test_roles(view):
    assert view.get("role-59-board-member", ORG.member) == ["#person-44"]
    assert view.get("role-59-board-member", ORG.organization) == ["#organisation-103"]
    assert view.get("role-59-board-member", EO.former) == ["false"]
    assert view.get("role-213-minister-of-fisheries", EO.former) == ["true"]
    assert view.get("role-213-minister-of-fisheries", ORG.organization) == []
    (concept,) = view.get("role-59-board-member", ORG.role)
    assert view.get(concept, SKOS.prefLabel) == ["board member"]
    assert view.get(concept, SKOS.inScheme) == ["RoleTitles"]


def test_a_role_without_title_names_the_organisation_alone(sample):
    role = dataclasses.replace(sample.roles[0], title=None)
    assert View(dataclasses.replace(sample, roles=(role,))).get("role-59", ORG.organization) == ["#organisation-103"]


def test_part_of_is_a_fact_and_a_statement_with_evidence(view):
    assert view.get("organisation-103", ORG.subOrganizationOf) == ["#organisation-125"]
    assert view.get("part-103", EO.evidence) == ["#char=103,142"]


def test_stated_agreement_is_a_fact_and_a_node_with_evidence(view):
    assert view.get("attribution-350-364", CITO.agreesWith) == ["#attribution-0-37", "#attribution-144-199"]
    assert view.get("stance-350-364", RDF.type) == ["StatedStance"]
    assert view.get("stance-350-364", EO.evidence) == ["#char=308,328"]


def test_inferred_agreement_is_no_fact(sample):
    guess = dataclasses.replace(sample.agreements[0], basis=r.AgreementBasis.INFERRED, relation=r.AgreementRelation.DISAGREES)
    seen = View(dataclasses.replace(sample, agreements=(guess,)))
    assert seen.get("attribution-350-364", CITO.disagreesWith) == []
    assert seen.get("stance-350-364", RDF.type) == ["StanceLink"]


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        ("5", "5", "5", ["5", "5", "5"]),  # exact
        ("5", None, None, ["5", None, None]),  # about 5
        (None, "7600000.0", None, [None, "7600000", None]),  # more than: one bound, spelled once
        (None, "2.50", "1E+3", [None, "2.5", "1000"]),  # a range
    ],
)
def test_quantities(sample, value, low, high, expected):
    numbers = {name: None if text is None else Decimal(text) for name, text in (("value", value), ("low", low), ("high", high))}
    figure = dataclasses.replace(sample.attributions[2].quantities[0], **numbers, change=True)
    seen = View(dataclasses.replace(sample, quantities=(figure,)))
    (where,) = seen.get("", EO.quantity)
    where = where.removeprefix("#")
    found = [next(iter(seen.get(where, predicate)), None) for predicate in (SDO.value, SDO.minValue, SDO.maxValue)]
    assert found == expected
    assert seen.get(where, EO.quantityKind) == ["Change"]


def test_mentions_kept_are_the_first_name_and_those_that_name_a_speaker(view, sample):
    kept = {q.subject.value.partition("=")[2] for q in view.quads if q.predicate.value == str(EO.refersTo)}
    nameless = sample.mentions[5].span  # "Lindqvist" in "Lindqvist's views": neither
    assert f"{nameless.start},{nameless.end}" not in kept
    assert "157,160" in kept  # "she" names the speaker
    assert len(kept) == 8


def test_words_that_refer_to_two_agents_are_as_sure_as_the_less_sure(sample):
    twin = r.Agent("a7", r.AgentKind.PERSON, "Bo Lindqvist")
    second = r.Mention(sample.mentions[0].span, r.MentionForm.NAME, "a7", "couple", 0.3)
    both = dataclasses.replace(sample, agents=(*sample.agents, twin), mentions=(*sample.mentions, second))
    seen = View(both)
    assert seen.get("char=44,57", EO.refersTo) == ["#person-44", "#person-44.2"]
    assert seen.get("char=44,57", EO.rule) == ["couple", "full-name"]
    assert seen.get("char=44,57", EO.confidence) == ["0.3"]


def test_provenance_stays_out_of_the_article(view):
    graphs = view.graphs()
    assert set(graphs) == {view.article, "urn:kg:provenance", "urn:kg:concepts"}
    own = [q for q in view.quads if q.graph_name.value == view.article]
    assert not [q for q in own if q.predicate.value in {str(PROV.wasGeneratedBy), str(PROV.wasAssociatedWith)}]
    (run,) = view.get("extraction", PROV.wasGeneratedBy)
    assert view.get(run, PROV.used) == [""]
    assert view.get(run, PROV.wasAssociatedWith) == [
        "urn:kg:software/attribution/rules-0.1.0",
        "urn:kg:software/kg/expert-opinion-kg-0.1.0",
        "urn:kg:software/pipeline/en_core_web_md-3.8.0",
    ]


def test_another_model_changes_provenance_alone(sample):
    newer = dataclasses.replace(sample, model=r.ModelVersions("p 2", "rules 2", "9"))
    one, two = (set(to_quads(x, base=BASE)) for x in (sample, newer))
    assert {q.graph_name.value for q in one ^ two} == {"urn:kg:provenance"}


def test_no_triple_twice_no_blank_node_no_clock(view):
    assert len({q.triple for q in view.quads}) == len(view.quads)
    assert all(isinstance(term, ox.NamedNode | ox.Literal) for q in view.quads for term in (q.subject, q.object, q.graph_name))
    known = tuple(PREFIXES.values())
    assert all(q.predicate.value.startswith(known) for q in view.quads)


def test_budget_of_triples(view, sample):
    """At most 45 an attribution in the median: itself, its claim, its figures and the spans they stand on."""
    by_subject: dict[str, list[ox.Quad]] = {}
    for quad in view.quads:
        by_subject.setdefault(quad.subject.value, []).append(quad)

    def size(fragment: str) -> int:
        seen, todo = set(), [f"{view.article}#{fragment}", f"{view.article}#{fragment.replace('attribution', 'claim')}"]
        while todo:
            one = todo.pop()
            if one in seen or one not in by_subject:
                continue
            seen.add(one)
            todo += [q.object.value for q in by_subject[one] if "#char=" in q.object.value or "#quantity" in q.object.value]
        return sum(len(by_subject[one]) for one in seen)

    sizes = sorted(size(s.partition("#")[2]) for s in by_subject if "#attribution-" in s)
    assert len(sizes) == len(sample.attributions)
    assert sizes[len(sizes) // 2] <= 45


@pytest.mark.parametrize(
    ("printed", "spelled", "kind"),
    [
        ("2024-02-23", "2024-02-23", "date"),
        ("2024-02-30", "2024-02-30", "string"),  # no such day
        ("2024-02-23T10:00:00+00:00", "2024-02-23T10:00:00Z", "dateTime"),  # as the store spells it
        ("2024-02-23T10:00:00.500Z", "2024-02-23T10:00:00.5Z", "dateTime"),
        ("2024-02-23T10:00:00", "2024-02-23T10:00:00", "dateTime"),
        ("Fri, 23 Feb 2024", "Fri, 23 Feb 2024", "string"),
        ("２０２４-02-23", "２０２４-02-23", "string"),  # digits of another script
    ],
)
def test_days(printed, spelled, kind):
    literal = day(printed)
    assert (literal.value, literal.datatype.value.partition("#")[2]) == (spelled, kind)


@pytest.mark.parametrize(
    ("value", "spelled"), [("0", "0"), ("-0.0", "0"), ("1.0", "1"), ("1E+3", "1000"), ("0.970", "0.97"), ("-2.50", "-2.5"), ("100", "100")]
)
def test_numbers(value, spelled):
    literal = number(Decimal(value))
    assert literal.value == spelled
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), literal))
    assert [quad.object for quad in store] == [literal]
