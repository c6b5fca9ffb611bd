"""The compiled shapes against pySHACL: the same verdict on hundreds of damaged graphs; and what they do not know is refused."""

import random

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib.namespace import RDF, XSD

from kg.errors import ValidationFailed
from kg.graph.mapping import to_quads
from kg.graph.validate import validate_graph
from kg.graph.validate.shapes import compile_shapes, our_shapes, quick_faults
from kg.graph.vocab import EO

BATCHES, IN_A_BATCH = 10, 40


@pytest.fixture(scope="module")
def good(sample) -> tuple[Quad, ...]:
    return to_quads(sample, base="urn:kg:")


def test_a_good_graph_passes(good):
    assert quick_faults(good) == ()
    assert quick_faults(reversed(good)) == ()


def test_nothing_is_not_enough():
    assert quick_faults([])


def test_a_quick_check_tells_the_same(good):
    assert validate_graph(good, quick=True).conforms
    damaged = [quad for quad in good if quad.predicate != NamedNode(str(EO.confidence))]
    assert validate_graph(damaged, quick=True) == validate_graph(damaged)
    assert not validate_graph(damaged, quick=True).conforms


# --------------------------------------------------------------------------- the same verdict as pySHACL

LITERALS = [
    Literal(""), Literal("x"), Literal("0.9"), Literal("0.5", datatype=NamedNode(str(XSD.decimal))),
    Literal("1.5", datatype=NamedNode(str(XSD.decimal))), Literal("-1", datatype=NamedNode(str(XSD.integer))),
    Literal("7", datatype=NamedNode(str(XSD.integer))), Literal("99999", datatype=NamedNode(str(XSD.integer))),
    Literal("true", datatype=NamedNode(str(XSD.boolean))), Literal("x", language="en"), Literal("0" * 64), Literal("Person"),
]  # fmt: skip


def mutated(good, chance: random.Random) -> list[Quad]:
    """The graph with one damage, of the kinds a mapping or a hand could do."""
    quads = list(good)
    number = chance.randrange(len(quads))
    subject, predicate, value, graph = quads[number]
    other = chance.choice(quads)
    kind = chance.choice(["drop", "drop", "value", "value", "literal", "predicate", "subject", "add", "type", "graph", "node", "cut"])
    if kind == "drop":
        del quads[number]
    elif kind == "value":  # another value of the same predicate, else of any
        rivals = sorted({quad.object for quad in quads if quad.predicate == predicate and quad.object != value}, key=str)
        quads[number] = Quad(subject, predicate, chance.choice(rivals or [other.object]), graph)
    elif kind == "literal":
        quads[number] = Quad(subject, predicate, chance.choice(LITERALS), graph)
    elif kind == "predicate":
        quads[number] = Quad(subject, other.predicate, value, graph)
    elif kind == "subject":
        quads[number] = Quad(other.subject, predicate, value, graph)
    elif kind == "add":  # something else said of a node
        quads.append(Quad(subject, other.predicate, other.object, graph))
    elif kind == "type":
        classes = sorted({quad.object for quad in quads if quad.predicate.value == str(RDF.type)}, key=str)
        quads.append(Quad(subject, NamedNode(str(RDF.type)), chance.choice(classes), graph))
    elif kind == "graph":
        quads.append(Quad(subject, predicate, value, other.graph_name))
    elif kind == "node":  # a node that is not there
        quads[number] = Quad(subject, predicate, NamedNode(f"{subject.value}x"), graph)
    else:  # all that is said of a node
        quads = [quad for quad in quads if quad.subject != subject]
    return list(dict.fromkeys(quads))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_same_verdict_on_damaged_graphs(good, batch):
    chance = random.Random(batch)
    refused = 0
    for number in range(IN_A_BATCH):
        quads = mutated(good, chance)
        theirs, ours = validate_graph(quads), quick_faults(quads)
        changed = sorted(map(str, set(quads) ^ set(good)))
        assert theirs.conforms == (not ours), (number, changed[:5], theirs.lines[:3], ours[:3])
        refused += bool(ours)
    assert refused > IN_A_BATCH * 0.5  # else the damage is too slight to compare anything


# --------------------------------------------------------------------------- what is not known is refused


def test_our_shapes_are_known():
    assert our_shapes() is our_shapes()


HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
STRANGE = [
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:maxLength 4 .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:deactivated true .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:severity sh:Warning .",
    "<urn:s> a sh:NodeShape ; sh:targetNode <urn:c> ; sh:nodeKind sh:IRI .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:nodeKind sh:BlankNodeOrIRI .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:closed false .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:property [ sh:path <urn:p> ; sh:datatype xsd:date ] .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:property [ sh:path [ sh:zeroOrMorePath <urn:p> ] ; sh:minCount 1 ] .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:property [ sh:minCount 1 ] .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:pattern 'a' ; sh:flags 'i' .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:sparql [ sh:ask 'ASK {}' ; sh:select '' ; sh:prefixes <urn:p> ] .",
    "<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:rule [ sh:subject sh:this ] .",
    "<urn:s> a sh:SPARQLTarget ; sh:targetClass <urn:c> .",
]


@pytest.mark.parametrize("turtle", STRANGE)
def test_a_construct_that_is_not_known_is_refused(turtle):
    with pytest.raises(ValidationFailed, match=r"not known to the checker"):
        compile_shapes(HEAD + turtle)


def test_two_articles_are_not_checked_as_one(good, other):
    assert any("one by one" in fault for fault in quick_faults([*good, *to_quads(other, base="urn:kg:")]))


def test_a_fault_names_the_node(good):
    node = next(quad.subject for quad in good if quad.predicate.value == str(EO.quotationType))
    faults = quick_faults([quad for quad in good if quad.predicate.value != str(EO.quotationType) or quad.subject != node])
    assert faults == (f"{node}: does not keep <https://w3id.org/expert-opinion/shapes#Attribution>",)
    blank = [*good, Quad(ox.BlankNode("b"), good[0].predicate, Literal("x"), good[0].graph_name)]
    assert any("every node has an IRI" in fault for fault in quick_faults(blank))
