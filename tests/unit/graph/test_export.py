"""Exports: readable, complete, and the same bytes in any process."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import KgError, NotInStore
from kg.graph.export import FORMATS, export, write_quads
from kg.graph.mapping import to_quads
from kg.graph.store import Store, open_store

# rdflib's own Dataset.parse uses what rdflib calls deprecated
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

PARSERS = {
    "ttl": ("turtle", ox.RdfFormat.TURTLE),
    "trig": ("trig", ox.RdfFormat.TRIG),
    "nt": ("nt", ox.RdfFormat.N_TRIPLES),
    "nq": ("nquads", ox.RdfFormat.N_QUADS),
    "jsonld": ("json-ld", ox.RdfFormat.JSON_LD),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory, sample, other) -> Store:
    with open_store(tmp_path_factory.mktemp("export") / "s", write=True, create=True) as store:
        store.add(sample)
        store.add(other)
        yield store


@pytest.fixture(scope="module")
def everything(sample, other) -> set[ox.Quad]:
    return {*to_quads(sample, base="urn:kg:"), *to_quads(other, base="urn:kg:")}


def text(store: Store, form: str, **options) -> str:
    return b"".join(export(store, form, **options)).decode()


@pytest.mark.parametrize("form", FORMATS)
def test_oxigraph_reads_back_every_quad(store, everything, form):
    back = set(ox.parse(text(store, form), format=PARSERS[form][1]))
    assert {quad.triple for quad in back} == {quad.triple for quad in everything}
    if form in {"trig", "nq", "jsonld"}:
        assert back == everything


@pytest.mark.parametrize("form", FORMATS)
def test_rdflib_reads_back_every_quad(store, everything, form):
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=text(store, form), format=PARSERS[form][0])
    back = {(str(s), str(p), str(o), str(g)) for s, p, o, g in dataset.quads()}
    wanted = {(q.subject.value, q.predicate.value, q.object.value, q.graph_name.value) for q in everything}
    if form in {"trig", "nq", "jsonld"}:
        assert back == wanted
    assert {quad[:3] for quad in back} == {quad[:3] for quad in wanted}


@pytest.mark.parametrize("form", FORMATS)
def test_one_article_alone(store, sample, form):
    article = next(info.iri for info in store.articles() if info.id == "fish-1")
    alone = text(store, form, article=article)
    assert alone == write_quads(to_quads(sample, base="urn:kg:"), form, base="urn:kg:").decode()
    assert "fish-2" not in alone
    with pytest.raises(NotInStore, match="urn:kg:article/none"):
        text(store, form, article="urn:kg:article/none")


def test_an_unknown_format_names_the_known(store):
    with pytest.raises(KgError, match="ttl, trig, nt, nq, jsonld"):
        export(store, "xml")


def test_turtle_reads_well(store):
    lines = text(store, "ttl").splitlines()
    assert lines[0].startswith("@prefix cito:")
    assert "<#attribution-144-199> a schema:Quotation, eo:Utterance ;" in lines
    assert "    eo:confidence 0.97 ;" in lines
    assert "    eo:contentSpan <#char=144,156>, <#char=167,199> ;" in lines
    nodes = [line.split()[0] for line in lines if line.startswith("<")]
    assert nodes.index("<#person-44>") < nodes.index("<#person-200>")  # by number, not by letter
    assert nodes.index("<#person-329>") < nodes.index("<#role-59-board-member>") < nodes.index("<#attribution-0-37>")
    assert nodes[0] == "<>"


def test_one_change_changes_few_lines(sample, changed):
    one, two = (write_quads(to_quads(x, base="urn:kg:"), "ttl", base="urn:kg:").decode().splitlines() for x in (sample, changed))
    # two roles of nine lines and their concepts go; headline, version and run change
    assert len(set(one) ^ set(two)) < 40


def test_json_ld_needs_nothing_from_elsewhere(store):
    data = json.loads(text(store, "jsonld"))
    assert all(isinstance(value, str) and value.endswith(("#", "/")) for value in data["@context"].values())
    assert [graph["@id"] for graph in data["@graph"]][-2:] == ["urn:kg:concepts", "urn:kg:provenance"]


def test_the_ontology_is_left_out(store):
    for form in FORMATS:
        assert "owl#Class" not in text(store, form)
        assert "a skos:ConceptScheme" not in text(store, form)


def test_the_same_bytes_whatever_the_hash_seed():
    code = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
import hashlib
from conftest import make_sample
from kg.graph.export import FORMATS, write_quads
from kg.graph.mapping import to_quads
quads = to_quads(make_sample(), base="urn:kg:")
for form in FORMATS:
    print(form, hashlib.sha256(write_quads(quads, form, base="urn:kg:")).hexdigest())
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True, timeout=60
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].count("\n") == len(FORMATS)
    assert hashlib.sha256(b"").hexdigest() not in runs[0]
