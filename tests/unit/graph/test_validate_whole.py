"""A store judged article by article: the findings are those of all its quads held in memory at once."""

import random

import pyoxigraph as ox
import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from rdflib.namespace import ORG, RDF, SDO, SKOS

from kg.graph.identity import refresh
from kg.graph.store import open_store
from kg.graph.terms import OA
from kg.graph.validate import validate_graph, validate_store
from kg.graph.vocab import EO

BASE = "urn:kg:"
PROVENANCE, CONCEPTS, IDENTITY, ENTITIES = (NamedNode(f"{BASE}{name}") for name in ("provenance", "concepts", "identity", "entities"))
ODD = NamedNode("urn:odd")
BATCHES, IN_A_BATCH = 5, 10


@pytest.fixture(scope="module")
def good(sample, other, tmp_path_factory) -> tuple[Quad, ...]:
    """All quads of a store of two articles."""
    with open_store(tmp_path_factory.mktemp("whole") / "s", write=True, create=True) as store:
        store.add(sample)
        store.add(other)
        refresh(store)
        return tuple(sorted(store.quads(), key=str))


def stored(quads) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def articles(quads) -> list[NamedNode]:
    return sorted({quad.graph_name for quad in quads if quad.predicate.value == str(SDO.articleBody)}, key=str)


def agree(quads, **options):
    """Both ways to judge find the same; what that is."""
    store = stored(quads)
    expected = validate_graph(store, quick=options.get("quick", True))
    found = validate_store(store, **options)
    assert found == expected
    return found


def test_a_good_store_keeps_the_shapes(good):
    report = agree(good)
    assert (report.conforms, report.lines, report.more, report.articles) == (True, (), 0, 2)
    assert agree(good, quick=False).conforms


def test_nothing_is_not_enough(good):
    assert not agree([]).conforms
    assert not agree([quad for quad in good if quad.graph_name.value == f"{BASE}ontology"]).conforms


def test_each_article_is_told_of(good):
    told = []
    validate_store(stored(good), done=lambda: told.append(1))
    assert len(told) == 2


def of(quads, predicate, graph=None) -> Quad:
    return next(quad for quad in quads if quad.predicate.value == str(predicate) and graph in {None, quad.graph_name})


def damages():
    """Name, what to make of the quads, words of a finding."""
    name, kind = NamedNode(str(SDO.name)), NamedNode(str(RDF.type))

    def without(predicate, graph=None):
        return lambda quads: [quad for quad in quads if quad != of(quads, predicate, graph)]

    def plus(*made):
        return lambda quads: [*quads, *(one(quads) for one in made)]

    def copied(graph):
        def copy(quads):
            first, second = articles(quads)
            quad = of(quads, OA.start, first)
            return Quad(quad.subject, quad.predicate, quad.object, second if graph is None else graph)

        return copy

    yield "a blank subject", plus(lambda quads: Quad(BlankNode("b"), name, Literal("x"), articles(quads)[0])), "there is no IRI"
    yield "a blank object", plus(lambda quads: Quad(articles(quads)[0], name, BlankNode("b"), articles(quads)[0])), "there is no IRI"
    yield "a blank node in a shared graph", plus(lambda _: Quad(BlankNode("b"), name, Literal("x"), CONCEPTS)), "no article leads to it"
    yield "a blank graph", plus(lambda _: Quad(ODD, name, Literal("x"), BlankNode("g"))), "there is no IRI"
    yield "a triple of a triple", plus(lambda quads: Quad(ODD, name, quads[0].triple, CONCEPTS)), "there is no IRI"
    yield "the default graph", plus(lambda quads: Quad(*quads[0].triple, DefaultGraph())), "default graph"
    yield "one triple in two articles", plus(copied(None)), "two graphs"
    yield "one triple in three graphs", plus(copied(None), copied(CONCEPTS)), "two graphs"
    yield (
        "a foreign triple in two articles",
        lambda quads: [
            *quads,
            *(Quad(ODD, name, Literal("x"), article) for article in articles(quads)),
        ],
        "two graphs",
    )
    yield "a triple of the identity in an article", plus(lambda quads: Quad(*of(quads, EO.denotes).triple, articles(quads)[0])), "closed"
    yield "a strange type", plus(lambda quads: Quad(NamedNode(f"{articles(quads)[0].value}#x"), kind, ODD, articles(quads)[0])), "no known"
    yield (
        "a type told in another graph",
        plus(
            lambda quads: Quad(NamedNode(f"{articles(quads)[0].value}#x"), name, Literal("x"), articles(quads)[0]),
            lambda quads: Quad(NamedNode(f"{articles(quads)[0].value}#x"), kind, NamedNode(str(EO.ReportedAgent)), articles(quads)[1]),
        ),
        "",
    )
    yield "nothing leads there", plus(lambda _: Quad(ODD, name, Literal("x"), CONCEPTS)), "no article leads to it"
    yield (
        "a ring that nothing leads to",
        plus(lambda _: Quad(ODD, name, NamedNode("urn:even"), CONCEPTS), lambda _: Quad(NamedNode("urn:even"), name, ODD, PROVENANCE)),
        "no article leads to it",
    )
    yield "a concept without a label", without(SKOS.prefLabel, CONCEPTS), "prefLabel"
    yield "software without a name", without(SDO.name, PROVENANCE), "name"
    yield "an entity without a name", without(SDO.name, ENTITIES), "an entity without a name"
    yield "an entity of nobody", lambda quads: [quad for quad in quads if quad.predicate.value != str(EO.denotes)], "no agent denotes"
    yield "no entity", lambda quads: [quad for quad in quads if quad.graph_name != ENTITIES], "denoted, and no entity"
    yield (
        "a link from nowhere",
        plus(lambda quads: Quad(ODD, NamedNode(str(SDO.spokenByCharacter)), of(quads, EO.denotes).object, IDENTITY)),
        "leads from no article",
    )
    yield (
        "a link from an entity",
        plus(lambda quads: Quad(of(quads, EO.denotes).object, NamedNode(str(EO.denotes)), of(quads, EO.denotes).object, IDENTITY)),
        "leads from no article",
    )
    yield (
        "a link to a literal",
        plus(lambda quads: Quad(of(quads, EO.denotes).subject, NamedNode(str(EO.denotes)), Literal("x"), IDENTITY)),
        "denoted, and no entity",
    )
    yield "an article without its text", without(SDO.articleBody), "no article leads to it"
    yield "no article at all", lambda quads: [quad for quad in quads if quad.predicate.value != str(SDO.articleBody)], "articleBody"
    yield "provenance alone", lambda quads: [quad for quad in quads if quad.graph_name == PROVENANCE], ""
    yield (
        "many graphs of no article",
        lambda quads: [
            *quads,
            *(Quad(NamedNode(f"urn:odd:{n}"), name, of(quads, ORG.role).object, NamedNode(f"urn:graph:{n}")) for n in range(12)),
            Quad(of(quads, ORG.role).object, name, NamedNode("urn:odd:3"), NamedNode("urn:graph:0")),
        ],
        "urn:odd:4",
    )


DAMAGES = list(damages())


@pytest.mark.parametrize(("damage", "words"), [pytest.param(damage, words, id=name) for name, damage, words in DAMAGES])
def test_what_is_wrong_is_found_as_before(good, damage, words):
    lines = agree(damage(list(good))).lines
    assert any(words in line for line in lines) or not words, lines


def mutated(quads: list[Quad], chance: random.Random) -> list[Quad]:
    """The quads with one of them gone, changed or copied, in any graph."""
    number = chance.randrange(len(quads))
    subject, predicate, value, graph = quads[number]
    other = chance.choice(quads)
    rest = quads[:number] + quads[number + 1 :]
    kinds = {
        "drop": rest,
        "subject": [*rest, Quad(other.subject, predicate, value, graph)],
        "value": [*rest, Quad(subject, predicate, other.object, graph)],
        "predicate": [*rest, Quad(subject, other.predicate, value, graph)],
        "graph": [*rest, Quad(subject, predicate, value, other.graph_name)],
        "copy": [*quads, Quad(subject, predicate, value, other.graph_name)],
        "strange": [*rest, Quad(subject, predicate, ODD, graph)],
        "node": [quad for quad in quads if quad.subject != subject],
    }
    return kinds[chance.choice(sorted(kinds))]


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_same_findings_in_damaged_stores(good, batch):
    chance = random.Random(batch)
    # Not the ontology, which nobody looks at; the identity, of which there is little, three times as often.
    pool = [quad for quad in good if quad.graph_name.value != f"{BASE}ontology"]
    pool += [quad for quad in pool if quad.graph_name in {IDENTITY, ENTITIES}] * 2
    found = 0
    for _ in range(IN_A_BATCH):
        quads = pool
        for _ in range(chance.choice([1, 1, 3])):
            quads = list(dict.fromkeys(mutated(quads, chance)))
        found += not agree(quads).conforms
    assert found > IN_A_BATCH * 0.5  # else the damage is too slight to compare anything


def test_the_first_findings_are_kept_and_the_rest_counted(good):
    odd = [Quad(NamedNode(f"urn:odd:{n}"), NamedNode(str(SDO.name)), Literal("x"), CONCEPTS) for n in range(30)]
    whole = validate_graph([*good, *odd], quick=True)
    found = validate_store(stored([*good, *reversed(odd)]), limit=7)
    assert (found.lines, found.more) == (whole.lines[:7], len(whole.lines) - 7)
    assert not found.conforms
