"""The user's own concepts found in claims, in any inflection."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.topics.normal import singular
from kg.records import TopicConcept

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = ["Match", "Vocabulary", "load_vocabulary"]


@dataclass(frozen=True, slots=True)
class Match:
    """A concept named at the tokens `first` to `last`."""

    first: int
    last: int
    concept: TopicConcept


class Vocabulary:
    """Concepts by the words of their labels; a label that two concepts bear names neither."""

    def __init__(self, concepts: Iterable[TopicConcept], labels: Iterable[tuple[tuple[str, ...], str]]) -> None:
        self.concepts = {concept.iri: concept for concept in concepts}
        self._labels: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        named: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for words, iri in labels:
            if words:
                named[words].add(iri)
        self._named = {words: next(iter(iris)) for words, iris in named.items() if len(iris) == 1}
        for words, iris in named.items():
            if len(iris) == 1:
                self._labels[words[0]].append((words, next(iter(iris))))
        for known in self._labels.values():
            known.sort(key=lambda label: (-len(label[0]), label))

    def matches(self, pieces: "Sequence[SpacySpan]") -> Iterator[Match]:
        """The concepts that the pieces name, in text order, the longest label first, none overlapping another."""
        for piece in pieces:
            keys = [_keys(token) for token in piece]
            at = 0
            while at < len(keys):
                found = self._at(keys, at)
                if found is None:
                    at += 1
                    continue
                words, iri = found
                yield Match(piece.start + at, piece.start + at + len(words) - 1, self.concepts[iri])
                at += len(words)

    def named(self, words: Sequence[str]) -> TopicConcept | None:
        """The concept that bears these words as a label; hyphens part words."""
        parts = [part for word in words for part in word.lower().replace("-", " - ").split()]
        iri = self._named.get(tuple(map(singular, parts)))
        return None if iri is None else self.concepts[iri]

    def _at(self, keys: list[frozenset[str]], at: int) -> tuple[tuple[str, ...], str] | None:
        for key in sorted(keys[at]):
            for words, iri in self._labels.get(key, ()):
                if at + len(words) <= len(keys) and all(word in keys[at + k] for k, word in enumerate(words)):
                    return words, iri
        return None


def load_vocabulary(nlp: "Language", concepts: Iterable[TopicConcept]) -> Vocabulary:
    """The concepts, ready to be found; their labels are cut into words as the pipeline cuts the articles.

    Args:
        nlp: the language pipeline; only its tokeniser is used.
        concepts: of the user's vocabulary.
    """
    known = tuple(concepts)
    labels = (
        (tuple(singular(token.lower_) for token in nlp.tokenizer(label) if not token.is_space), concept.iri)
        for concept in known
        for label in dict.fromkeys((concept.label, *concept.also, *concept.hidden))
    )
    return Vocabulary(known, labels)


def _keys(token: "Token") -> frozenset[str]:
    return frozenset({singular(token.lower_), singular(token.lemma_.lower())})
