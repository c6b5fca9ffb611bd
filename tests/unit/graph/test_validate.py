"""The shapes fail closed: each fault a mapping could have is made, and must be found."""

import dataclasses

import pyoxigraph as ox
import pytest
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SDO, SKOS, XSD

from kg.errors import ValidationFailed
from kg.graph.mapping import to_quads
from kg.graph.terms import CITO, OA
from kg.graph.validate import check_graph, validate_graph
from kg.graph.vocab import EO

BASE = "urn:kg:"


@pytest.fixture(scope="module")
def good(sample) -> tuple[ox.Quad, ...]:
    return to_quads(sample, base=BASE)


def where(quads, fragment: str) -> ox.NamedNode:
    if ":" in fragment:
        return ox.NamedNode(fragment)
    article = next(q.graph_name.value for q in quads if q.predicate.value == str(OA.start))
    return ox.NamedNode(f"{article}#{fragment}" if fragment else article)


def without(quads, fragment: str, predicate: str, value: str | None = None):
    node = where(quads, fragment)
    left = [q for q in quads if not (q.subject == node and q.predicate.value == str(predicate) and value in {None, q.object.value})]
    assert len(left) < len(quads), "there was nothing to take away"
    return left


def plus(quads, fragment: str, predicate: str, value: ox.NamedNode | ox.Literal):
    node = where(quads, fragment)
    graph = next((q.graph_name for q in quads if q.subject == node), quads[0].graph_name)
    return [*quads, ox.Quad(node, ox.NamedNode(str(predicate)), value, graph)]


def swap(quads, fragment: str, predicate: str, value: ox.NamedNode | ox.Literal):
    return plus(without(quads, fragment, predicate), fragment, predicate, value)


def iri(term: str) -> ox.NamedNode:
    return ox.NamedNode(str(term))


def decimal(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=iri(XSD.decimal))


def test_the_sample_conforms(good):
    assert validate_graph(good) == validate_graph(reversed(good))
    assert validate_graph(good).lines == ()


def test_nothing_is_not_enough():
    assert not validate_graph([]).conforms


A, B, C = "attribution-0-37", "char=0,37", "claim-0-37"
ROLE, QUANTITY, STANCE, PART = "role-59-board-member", "quantity-269-294", "stance-350-364", "part-103"
RUN_SOFTWARE = "urn:kg:software/kg/expert-opinion-kg-0.1.0"
CONCEPT = "urn:kg:concept/role/board-member"

MISSING = [
    # the article
    ("", RDF.type), ("", SDO.articleBody), ("", SDO.version), ("", DCTERMS.identifier), ("", SDO.identifier), ("", SDO.inLanguage),
    # a content span, a mention, an evidence span
    (B, OA.start), (B, OA.end), (B, OA.exact), (B, PROV.wasQuotedFrom),
    ("char=39,43", OA.exact), ("char=44,142", OA.exact), ("char=59,121", OA.start), ("char=59,121", PROV.wasQuotedFrom),
    ("char=157,160", EO.mentionForm), ("char=157,160", EO.rule), ("char=157,160", EO.confidence), ("char=44,57", EO.refersTo),
    # an agent
    ("person-44", RDF.type), ("person-44", EO.agentKind), ("person-44", SDO.name),
    # an attribution
    (A, RDF.type), (A, EO.contentSpan), (A, EO.quotationType), (A, EO.said), (A, EO.rule), (A, EO.confidence),
    # a claim
    (C, RDF.type), (C, SDO.text), (C, SDO.appearance),
    # a role
    (ROLE, RDF.type), (ROLE, ORG.member), (ROLE, EO.former), (ROLE, EO.evidence), (ROLE, EO.rule), (ROLE, EO.confidence), (ROLE, ORG.role),
    ("role-213-minister-of-fisheries", SDO.roleName),
    # part of
    (PART, RDF.type), (PART, RDF.subject), (PART, RDF.object), (PART, RDF.predicate), (PART, EO.evidence), (PART, EO.rule),
    # a figure
    (QUANTITY, RDF.type), (QUANTITY, SDO.minValue), (QUANTITY, EO.evidence), (QUANTITY, EO.quantityKind), (QUANTITY, EO.confidence),
    ("claim-251-294", EO.quantity),
    # agreement
    (STANCE, RDF.type), (STANCE, CITO.hasCitingEntity), (STANCE, CITO.hasCitedEntity), (STANCE, CITO.hasCitationCharacterization),
    (STANCE, EO.evidence), (STANCE, EO.rule), (STANCE, EO.confidence),
    # concepts and provenance
    (CONCEPT, RDF.type), (CONCEPT, SKOS.prefLabel), (CONCEPT, SKOS.inScheme),
    ("extraction", RDF.type), ("extraction", PROV.wasGeneratedBy), ("extraction", PROV.wasDerivedFrom), ("extraction", SDO.version),
    (RUN_SOFTWARE, RDF.type), (RUN_SOFTWARE, SDO.name),
]  # fmt: skip


@pytest.mark.parametrize(("fragment", "predicate"), MISSING)
def test_what_is_missing_is_found(good, fragment, predicate):
    report = validate_graph(without(good, fragment, predicate))
    assert not report.conforms
    assert report.lines


WRONG = [
    (B, OA.exact, ox.Literal("Herring stocks will recover by 2030")),  # a character short
    (B, OA.start, ox.Literal("1", datatype=iri(XSD.integer))),  # off by one
    (B, OA.end, ox.Literal("36", datatype=iri(XSD.integer))),  # off by one
    (B, OA.end, ox.Literal("0", datatype=iri(XSD.integer))),  # empty
    (B, OA.start, ox.Literal("-1", datatype=iri(XSD.integer))),  # before the text
    (B, OA.start, ox.Literal("0")),  # a string
    ("char=59,121", OA.end, ox.Literal("99999", datatype=iri(XSD.integer))),  # beyond the text, no words to compare
    ("", SDO.articleBody, ox.Literal("Other words.")),
    ("", SDO.version, ox.Literal("0" * 64)),  # the extraction is of another version
    (A, EO.confidence, decimal("1.01")),
    (A, EO.confidence, decimal("-0.01")),
    (A, EO.confidence, ox.Literal("0.9")),
    (A, EO.rule, ox.Literal("")),
    (A, EO.quotationType, iri(EO.Asserted)),  # of another scheme
    (A, EO.quotationType, iri(EO.Direct)),  # direct speech that is no schema:Quotation
    (A, EO.said, iri(EO.Direct)),
    (A, RDF.type, iri(EO.Attribution)),  # no mode
    (A, RDF.type, iri(EO.Attitude)),  # an attitude makes no claim
    (A, RDF.type, iri("https://w3id.org/expert-opinion#Utterence")),
    ("attribution-391-396", RDF.type, iri(EO.Utterance)),  # speech makes one
    (A, PROV.wasAttributedTo, iri("urn:kg:nobody")),
    ("person-44", EO.agentKind, iri(EO.Direct)),
    (C, SDO.appearance, iri("urn:kg:nowhere")),
    (C, EO.claimKind, iri(EO.PositivePolarity)),
    (ROLE, ORG.member, iri("urn:kg:nobody")),
    (ROLE, ORG.organization, iri("urn:kg:nobody")),
    (ROLE, EO.former, ox.Literal("no")),
    (QUANTITY, SDO.minValue, ox.Literal("7600000")),
    (STANCE, CITO.hasCitationCharacterization, iri(CITO.cites)),
    (STANCE, CITO.hasCitedEntity, iri("urn:kg:nowhere")),
    (CONCEPT, SKOS.inScheme, iri(EO.AgentKinds)),
]


@pytest.mark.parametrize(("fragment", "predicate", "value"), WRONG)
def test_what_is_wrong_is_found(good, fragment, predicate, value):
    report = validate_graph(swap(good, fragment, predicate, value))
    assert not report.conforms
    assert report.lines


MORE = [
    (A, RDF.type, iri(EO.Belief)),  # two modes
    (A, RDF.type, iri(SDO.Quotation)),  # indirect words are no quotation
    (A, PROV.wasAttributedTo, "person-200"),  # two speakers
    (A, EO.confidence, decimal("0.5")),
    (A, "https://w3id.org/expert-opinion#qoutationType", iri(EO.Direct)),  # a slip of the pen
    (A, CITO.agreesWith, "attribution-251-294"),  # agreement without evidence
    (A, CITO.disagreesWith, "attribution-251-294"),
    ("organisation-125", ORG.subOrganizationOf, "organisation-103"),  # part of without evidence
    (B, OA.exact, ox.Literal("x")),
    ("", SDO.articleBody, ox.Literal("x")),
    ("stray", RDF.type, iri(SDO.Thing)),  # a node that no shape knows
    ("person-999", RDF.type, iri(EO.ReportedAgent)),  # an agent that no words name
]


@pytest.mark.parametrize(("fragment", "predicate", "value"), MORE)
def test_what_is_too_much_is_found(good, fragment, predicate, value):
    term = where(good, value) if isinstance(value, str) else value
    assert not validate_graph(plus(good, fragment, predicate, term)).conforms


def test_blank_nodes_are_found(good):
    quads = [*good, ox.Quad(ox.BlankNode("b"), iri(SDO.name), ox.Literal("x"), good[0].graph_name)]
    assert any("no IRI" in line for line in validate_graph(quads).lines)


def test_a_triple_in_two_graphs_is_found(good):
    first = good[0]
    quads = [*good, ox.Quad(first.subject, first.predicate, first.object, iri("urn:kg:concepts"))]
    assert any("two graphs" in line for line in validate_graph(quads).lines)


def test_the_default_graph_is_refused(good):
    quads = [*good[1:], ox.Quad(*good[0].triple)]
    assert any("default graph" in line for line in validate_graph(quads).lines)


def test_lines_name_the_node_its_words_and_the_remedy(good):
    (line,) = validate_graph(without(good, A, EO.quotationType)).lines[:1]
    assert f"#{A}" in line
    assert "direct, indirect or mixed" in line
    (line,) = validate_graph(swap(good, B, OA.exact, ox.Literal("Salmon"))).lines
    assert "#char=0,37" in line
    assert "Herring to recover" in line


def test_two_articles_are_checked_together(good, other):
    assert validate_graph([*good, *to_quads(other, base=BASE)]).conforms is True


def test_one_bad_article_of_two_is_found(good, other):
    for fragment, predicate in ((A, EO.quotationType), (B, OA.exact), ("extraction", SDO.version)):
        assert not validate_graph([*without(good, fragment, predicate), *to_quads(other, base=BASE)]).conforms


def test_what_no_article_leads_to_is_found(good, other):
    second = [q for q in to_quads(other, base=BASE) if q.graph_name.value == "urn:kg:provenance"]
    report = validate_graph([*good, *second])
    assert any("no article leads to it" in line for line in report.lines)


def test_check_graph_raises(good, sample):
    check_graph(good, where="fish")
    with pytest.raises(ValidationFailed, match=r"(?s)^fish: .*quotationType") as caught:
        check_graph(without(good, A, EO.quotationType), where="fish")
    assert caught.value.exit_code == 3
    nameless = dataclasses.replace(sample, agents=tuple(dataclasses.replace(agent, name="") for agent in sample.agents))
    with pytest.raises(ValidationFailed):
        check_graph(to_quads(nameless, base=BASE), where="fish")
