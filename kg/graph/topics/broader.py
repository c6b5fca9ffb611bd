"""Which topic is wider than which: told by the labels of the topics that the articles have, and by the user's vocabulary."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import pyoxigraph as ox
from rdflib.namespace import RDF, SKOS

from kg.graph import iris, terms
from kg.graph.store import Store
from kg.graph.topics.labels import hidden_labels
from kg.graph.vocab import EO
from kg.records import TopicConcept

__all__ = ["refresh_topics"]

_LABEL, _BROADER, _IN_SCHEME = (terms.node(str(one)) for one in (SKOS.prefLabel, SKOS.broader, SKOS.inScheme))
_TOPICS = terms.node(str(EO.Topics))


def refresh_topics(store: Store, vocabulary: Iterable[TopicConcept] = ()) -> int:
    """Bring the links between topics up to what the articles have; the quads changed.

    A topic is narrower than the longest other topic of the store that is the end of its label: "text-to-video model" than "model", if an article has a
    topic "model"; of two topics of one label the vocabulary's counts. Concepts of the user's vocabulary get the wider ones that it says, with these.

    Some tens of thousands of quads are one commit; whoever is killed between two goes on with the next call. Memory does not grow with the number
    of topics.

    Raises:
        StoreError: if the store is open for reading only.
        WriteFailed: if it cannot be written; of a change of one commit nothing is done then.
    """
    topics = _Topics(store)
    gone = (quad for quad in topics.links() if topics.link_of(quad.subject) != quad)
    new = (quad for topic in topics.own() if (quad := topics.link_of(topic)) is not None and quad not in store.inner)
    known = {concept.iri: concept for concept in vocabulary}
    used = {iri for iri in known if topics.holds(ox.NamedNode(iri))}
    told = {quad for quad in _of_vocabulary(used, known, topics.graph) if quad not in store.inner}
    return store.change(gone, chain(new, told))


class _Topics:
    """The topics of a store, asked one by one."""

    def __init__(self, store: Store) -> None:
        self._inner, self._own = store.inner, f"{store.base}concept/topic/"
        self.graph = ox.NamedNode(iris.graph_iri(store.base, "concepts"))

    def own(self) -> Iterator[ox.NamedNode]:
        """Those that the articles' words made."""
        for quad in self._inner.quads_for_pattern(None, _IN_SCHEME, _TOPICS, self.graph):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(self._own):
                yield quad.subject

    def links(self) -> Iterator[ox.Quad]:
        """From each of those to the wider one, as the store has them."""
        for quad in self._inner.quads_for_pattern(None, _BROADER, None, self.graph):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(self._own):
                yield quad

    def holds(self, topic: ox.NamedNode) -> bool:
        """Whether it is a topic of the store."""
        return ox.Quad(topic, _IN_SCHEME, _TOPICS, self.graph) in self._inner

    def link_of(self, topic: object) -> ox.Quad | None:
        """The link that a topic of the articles' words should have to a wider one."""
        if not isinstance(topic, ox.NamedNode):
            return None
        labels = self._inner.quads_for_pattern(topic, _LABEL, None, self.graph)
        label = next((quad.object.value for quad in labels if isinstance(quad.object, ox.Literal)), "")
        if self._called(label) != topic:
            return None
        wider = next(filter(None, map(self._called, _ends(label))), None)
        return None if wider is None else ox.Quad(topic, _BROADER, wider, self.graph)

    def _called(self, label: str) -> ox.NamedNode | None:
        """The topic of that label: the vocabulary's, or that of the articles' words."""
        bearers = self._inner.quads_for_pattern(None, _LABEL, terms.text(label), self.graph)
        topics = [quad.subject for quad in bearers if isinstance(quad.subject, ox.NamedNode) and self.holds(quad.subject)]
        return min(topics, key=lambda topic: (topic.value.startswith(self._own), topic.value), default=None)


def _ends(label: str) -> Iterator[str]:
    """What a label ends with, the longest first.

    >>> list(_ends("AI video model"))
    ['video model', 'model']
    """
    words = label.split(" ")
    return (" ".join(words[first:]) for first in range(1, len(words)))


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
