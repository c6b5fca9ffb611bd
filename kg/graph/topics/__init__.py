"""Topics as SKOS concepts: their labels and IRIs, the user's own vocabulary; which topic is wider than which: `kg.graph.topics.broader`."""

from kg.graph.topics.labels import hidden_labels, topic_iri, topic_key
from kg.graph.topics.vocabulary import read_vocabulary

__all__ = ["hidden_labels", "read_vocabulary", "topic_iri", "topic_key"]
