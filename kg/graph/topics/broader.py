"""Which topic is wider than which: a pure function of the topics that the articles have, and of the user's vocabulary."""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
from rdflib.namespace import RDF, SKOS

from kg.graph import iris, terms
from kg.graph.store import Store
from kg.graph.topics.labels import hidden_labels
from kg.graph.vocab import EO
from kg.records import TopicConcept

__all__ = ["broader_topics", "refresh_topics"]


def refresh_topics(store: Store, vocabulary: Iterable[TopicConcept] = ()) -> int:
    """Bring the links between topics up to what the articles have, in one commit; the quads changed.

    A topic is narrower than the longest other topic of the store that is the end of its label: "text-to-video model" than "model", if an article has a
    topic "model". Concepts of the user's vocabulary get the wider ones that it says, with these.

    Raises:
        StoreError: if the store is open for reading only.
        WriteFailed: if it cannot be written; the graph is as it was.
    """
    graph = ox.NamedNode(iris.graph_iri(store.base, "concepts"))
    own = f"{store.base}concept/topic/"
    in_scheme = store.inner.quads_for_pattern(None, terms.node(str(SKOS.inScheme)), terms.node(str(EO.Topics)), graph)
    topics = {quad.subject for quad in in_scheme if isinstance(quad.subject, ox.NamedNode)}
    labels: dict[str, ox.NamedNode] = {}
    for quad in store.inner.quads_for_pattern(None, terms.node(str(SKOS.prefLabel)), None, graph):
        if quad.subject in topics and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            labels[quad.object.value] = quad.subject
    mine = {label: node for label, node in labels.items() if node.value.startswith(own)}
    link = terms.node(str(SKOS.broader))
    wanted = {ox.Quad(mine[label], link, labels[wider], graph) for label, wider in broader_topics(mine, labels)}
    there = {quad for quad in store.inner.quads_for_pattern(None, link, None, graph) if getattr(quad.subject, "value", "").startswith(own)}
    known = {concept.iri: concept for concept in vocabulary}
    added = set(_of_vocabulary({node.value for node in topics}, known, graph))
    new = {quad for quad in wanted - there | added if quad not in store.inner}
    store.change(there - wanted, new)
    return len(there - wanted) + len(new)


def broader_topics(labels: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each label with the longest other known one that is its end.

    >>> sorted(broader_topics(["video model", "AI video model"], ["model", "video model", "AI video model"]))
    [('AI video model', 'video model'), ('video model', 'model')]
    """
    all_known = frozenset(known)
    for label in labels:
        words = label.split(" ")
        ends = (" ".join(words[first:]) for first in range(1, len(words)))
        wider = next((end for end in ends if end in all_known), None)
        if wider is not None:
            yield label, wider


def _of_vocabulary(used: set[str], known: Mapping[str, TopicConcept], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    todo = sorted(used & known.keys())
    seen = set(todo)
    while todo:
        concept = known[todo.pop()]
        node = ox.NamedNode(concept.iri)
        yield ox.Quad(node, terms.node(str(RDF.type)), terms.node(str(SKOS.Concept)), graph)
        yield ox.Quad(node, terms.node(str(SKOS.inScheme)), terms.node(str(EO.Topics)), graph)
        yield ox.Quad(node, terms.node(str(SKOS.prefLabel)), terms.text(concept.label), graph)
        for words in concept.also:
            yield ox.Quad(node, terms.node(str(SKOS.altLabel)), terms.text(words), graph)
        for words in hidden_labels(concept.label, concept.also):
            yield ox.Quad(node, terms.node(str(SKOS.hiddenLabel)), terms.text(words), graph)
        for iri in concept.broader:
            yield ox.Quad(node, terms.node(str(SKOS.broader)), ox.NamedNode(iri), graph)
            if iri not in seen:
                seen.add(iri)
                todo.append(iri)
