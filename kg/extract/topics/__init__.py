"""What claims are about: noun phrases in a normal form, or concepts of the user's own vocabulary."""

from kg.extract.topics.figures import add_topics_of_figures
from kg.extract.topics.find import find_topics
from kg.extract.topics.vocabulary import Vocabulary, load_vocabulary

__all__ = ["Vocabulary", "add_topics_of_figures", "find_topics", "load_vocabulary"]
