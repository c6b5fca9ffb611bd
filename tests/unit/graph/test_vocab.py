"""The ontology, the vocabulary made from it, and whoever uses its terms."""

import importlib.util
import re
from enum import StrEnum
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SDO, SKOS, XSD, BNode, Graph, URIRef

from kg import records as r
from kg.errors import KgError
from kg.graph import ontology, terms
from kg.graph.query import canned_queries
from kg.graph.vocab import EO

ROOT = Path(__file__).resolve().parents[3]
NAMESPACE = "https://w3id.org/expert-opinion#"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ontology.ontology_file("expert-opinion.ttl"))


@pytest.fixture(scope="module")
def make_vocab():
    spec = importlib.util.spec_from_file_location("make_vocab", ROOT / "scripts" / "make_vocab.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def own(graph: Graph, *kinds: URIRef) -> set[URIRef]:
    return {term for kind in kinds for term in graph.subjects(RDF.type, kind) if term.startswith(NAMESPACE)}


def test_vocabulary_is_what_the_ontology_says(make_vocab):
    assert make_vocab.main(["--check"]) == 0


def test_check_fails_on_drift(make_vocab, tmp_path, monkeypatch, capsys):
    stale = tmp_path / "vocab.py"
    stale.write_text(make_vocab.vocabulary().replace("    Belief: ", "    Beleif: "), encoding="utf-8")
    monkeypatch.setattr(make_vocab, "VOCAB", stale)
    assert make_vocab.main(["--check"]) == 1
    assert "make_vocab.py" in capsys.readouterr().err
    assert make_vocab.main([]) == 0
    assert make_vocab.main(["--check"]) == 0


def test_a_term_without_definition_is_refused(make_vocab, tmp_path):
    path = tmp_path / "o.ttl"
    path.write_text("<https://w3id.org/expert-opinion#X> a <http://www.w3.org/2000/01/rdf-schema#Class> .", encoding="utf-8")
    with pytest.raises(ValueError, match="no definition"):
        make_vocab.vocabulary(path)


def test_vocabulary_is_closed():
    assert EO.Attribution == URIRef(NAMESPACE + "Attribution")
    with pytest.raises(AttributeError):
        _ = EO.Atribution


def test_every_class_and_property_is_documented_and_aligned(graph):
    classes, properties = own(graph, RDFS.Class), own(graph, RDF.Property)
    assert len(classes) >= 10
    assert len(properties) >= 20
    for term in classes | properties:
        for wanted in (RDFS.label, RDFS.comment, SKOS.example, RDFS.isDefinedBy):
            assert (term, wanted, None) in graph, (term, wanted)
    for term in classes:
        assert any(not str(above).startswith(NAMESPACE) for above in graph.transitive_objects(term, RDFS.subClassOf)), term
    for term in properties:
        assert any(not str(above).startswith(NAMESPACE) for above in graph.transitive_objects(term, RDFS.subPropertyOf)), term
        assert (term, RDFS.domain, None) in graph or (term, SDO.domainIncludes, None) in graph, term
        (reach,) = graph.objects(term, RDFS.range)
        assert ((term, RDF.type, OWL.DatatypeProperty) in graph) == str(reach).startswith(str(XSD)), term


def test_every_concept_is_in_a_scheme_with_a_notation_of_its_own(graph):
    schemes = own(graph, SKOS.ConceptScheme)
    for concept in own(graph, SKOS.Concept):
        (scheme,) = graph.objects(concept, SKOS.inScheme)
        assert scheme in schemes
        (notation,) = graph.objects(concept, SKOS.notation)
        rivals = [c for c in graph.subjects(SKOS.inScheme, scheme) if graph.value(c, SKOS.notation) == notation]
        assert rivals == [concept]


def test_the_ontology_has_no_blank_nodes_because_it_is_stored(graph):
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]


@pytest.mark.parametrize(
    "kind",
    [
        value
        for family in (r.AttributionKind, r.Said, r.AgentKind, r.MentionForm, r.ClaimKind, r.Polarity, r.CueStance, r.RegionKind)
        for value in family
    ],
)
def test_a_concept_means_the_value_of_the_extraction_format(graph, kind: StrEnum):
    concept = URIRef(terms.concept_of(kind).value)
    assert str(graph.value(concept, SKOS.notation)) == kind.value


def test_every_term_used_in_queries_and_shapes_exists(graph):
    known = {str(term).removeprefix(NAMESPACE) for term in graph.subjects() if str(term).startswith(NAMESPACE)}
    texts = {query.name: query.text for query in canned_queries()}
    texts["shapes"] = ontology.ontology_file("shapes.ttl").read_text(encoding="utf-8")
    assert len(texts) == 14
    for name, text in texts.items():
        used = set(re.findall(r"\beo:(\w+)", re.sub(r'"[^"\n]*"', "", text)))
        assert used, name
        assert used <= known, (name, used - known)


def test_terms_used_by_the_code_are_in_the_prefixes_they_claim():
    for prefix, namespace in terms.PREFIXES.items():
        assert re.fullmatch(r"[a-z]+", prefix)
        assert namespace.endswith(("#", "/"))
    assert terms.PREFIXES["schema"] == "https://schema.org/"


def test_ontology_file_prefers_the_package_and_falls_back_to_the_checkout(tmp_path, monkeypatch):
    packaged, beside = tmp_path / "a", tmp_path / "b"
    beside.mkdir()
    (beside / "x.ttl").write_text("")
    monkeypatch.setattr(ontology, "_PLACES", (packaged, beside))
    assert ontology.ontology_file("x.ttl") == beside / "x.ttl"
    packaged.mkdir()
    (packaged / "x.ttl").write_text("")
    assert ontology.ontology_file("x.ttl") == packaged / "x.ttl"
    with pytest.raises(KgError, match=r"y\.ttl.*Install"):
        ontology.ontology_file("y.ttl")
