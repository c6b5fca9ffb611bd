"""Topics in the graph: IRIs, keys, the user's vocabulary, and what is wider than what."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import SKOS

from kg.errors import SettingsError
from kg.graph import terms
from kg.graph.search.finding import topics_called
from kg.graph.store import open_store
from kg.graph.topics import read_vocabulary, topic_iri
from kg.graph.topics.broader import refresh_topics
from kg.graph.topics.labels import topic_label
from kg.records import Span, TopicConcept, TopicLabel

SKOS_FILE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <https://example.org/t/> .
:fish a skos:Concept ; skos:prefLabel "Fish"@en , "Fische"@de ; skos:altLabel "finny folk"@en-GB ; skos:narrower :herring .
:herring a skos:Concept ; skos:prefLabel "Herring" ; skos:hiddenLabel "heering" .
:nameless a skos:Concept ; skos:broader :fish . [] skos:prefLabel "nobody" .
"""


@given(st.text(min_size=1, max_size=90), st.text(min_size=1, max_size=90))
def test_an_iri_stands_for_one_label(one, other):
    for label in (one, other):
        assert ox.NamedNode(topic_iri("urn:kg:", label)).value.isprintable()
    assert (topic_iri("urn:kg:", one) == topic_iri("urn:kg:", other)) == (topic_label(one) == topic_label(other))


def test_a_vocabulary_is_read(tmp_path):
    path = tmp_path / "topics.ttl"
    path.write_text(SKOS_FILE, encoding="utf-8")
    fish, herring = read_vocabulary(path)
    assert (fish.label, fish.also, fish.broader) == ("Fish", ("finny folk",), ())
    assert (herring.label, herring.hidden, herring.broader) == ("Herring", ("heering",), (fish.iri,))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("t.ttl", "nonsense", "is no RDF"),
        ("t.ttl", "<urn:a> <urn:b> <urn:c> .", "holds no skos:Concept"),
        ("t.docx", "", "no file of RDF"),
        ("missing.ttl", None, "cannot be read"),
    ],
)
def test_a_bad_vocabulary_is_one_clear_line(tmp_path, name, text, message):
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message) as caught:
        read_vocabulary(path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def labelled(store, label):
    return {
        quad.object.value
        for quad in store.inner.quads_for_pattern(ox.NamedNode(topic_iri(store.base, label)), terms.node(str(SKOS.broader)), None)
    }


def with_topics(sample, *labels):
    """The sample with these topics on its first claim."""
    first, *rest = sample.attributions
    topics = tuple(TopicLabel(label, (Span(0, 1),)) for label in labels)
    return replace(sample, attributions=(replace(first, topics=topics), *rest))


@pytest.fixture
def store(sample, tmp_path):
    with open_store(tmp_path / "store", write=True, create=True) as found:
        found.add(with_topics(sample, "AI video model", "model", "AI model", "role model"))
        yield found


def test_wider_topics_are_those_that_articles_have(store):
    assert refresh_topics(store) == 3
    assert refresh_topics(store) == 0
    assert labelled(store, "AI video model") == {topic_iri("urn:kg:", "model")}  # no article has "video model"
    assert labelled(store, "model") == set()


def test_what_is_no_longer_wider_is_taken_out(store, sample):
    refresh_topics(store)
    store.add(with_topics(sample, "AI video model", "video model"), again=True)
    assert refresh_topics(store) > 0
    assert labelled(store, "AI video model") == {topic_iri("urn:kg:", "video model")}


def test_of_two_topics_of_one_label_the_vocabularys_is_wider(store, sample):
    concept = TopicConcept("https://example.org/t/model", "model", ())
    first, *rest = sample.attributions
    topics = (TopicLabel("AI model", (Span(0, 1),)), TopicLabel("model", (Span(0, 1),), concept=concept.iri))
    other = replace(sample, attributions=(replace(first, topics=topics), *rest), article=replace(sample.article, id="other", url=None))
    store.add(other, check=False)
    refresh_topics(store, [concept])
    assert labelled(store, "AI model") == {concept.iri}


def test_people_find_a_topic_by_any_form_of_its_name(store):
    refresh_topics(store)
    assert topics_called(store, "AI models") == ["ai model", "ai models"]
    assert "ai video model" in topics_called(store, "Model")  # narrower ones with it
    assert topics_called(store, "tide") == ["tide"]
