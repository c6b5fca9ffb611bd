"""Topics of each claim: few, the best first, in one form however the article prints them."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.extract.text import text_of
from kg.extract.topics.acronyms import defined_acronyms
from kg.extract.topics.normal import other_labels
from kg.extract.topics.phrases import Phrase, generic_nouns, read_phrases
from kg.extract.topics.weight import weigh
from kg.extract.words import role_nouns
from kg.records import Span, SpeechMode, TopicLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from kg.extract.attribution.found import FoundAttribution
    from kg.extract.people.cast import Cast
    from kg.extract.topics.vocabulary import Vocabulary

__all__ = ["find_topics"]

# Shares that were right on the labels of tests/quality/labels/topics.jsonl, seen half and newsroom together.
_PRICE = "price"
_CONFIDENCE = {
    "price": 0.7,
    "partial-form": 0.7,
    "same-unit": 0.7,
    "vocabulary": 0.95,
    "classified-noun": 0.95,
    "named-thing": 0.8,
    "short-form": 0.9,
    "plain-noun": 0.9,
}
_LEAST = 1.25
_WORDS_FOR = ((7, 2), (16, 3))  # a claim of at most so many words has at most so many topics; a longer one four
_MOST = 4


def find_topics(
    doc: "Doc", found: "Sequence[FoundAttribution]", cast: "Cast", *, vocabulary: "Vocabulary | None" = None
) -> tuple[tuple[TopicLabel, ...], ...]:
    """The topics of each attribution, by position, the best first; attitudes have none.

    Concepts of the user's vocabulary come first, each at the words that name it; then noun phrases, ranked by their place in the sentence and by how much
    they say. The short name of something that the article has named in full before takes the full one.

    Args:
        doc: the parsed article.
        found: its attributions.
        cast: its agents: a person, an organisation or a place alone is no topic.
        vocabulary: the user's own concepts.
    """
    if not found:
        return ()
    article = _Article(doc, read_phrases(doc, cast, defined_acronyms(text_of(doc))), vocabulary)
    return tuple(article.topics(one) if one.mode is not SpeechMode.ATTITUDE else () for one in found)


class _Article:
    """The phrases of one article, and which full form a short one stands for."""

    def __init__(self, doc: "Doc", phrases: dict[int, Phrase], vocabulary: "Vocabulary | None") -> None:
        self.doc = doc
        self.vocabulary = vocabulary
        self.phrases = phrases
        self.full = _full_forms(phrases)
        self.wider = _partial_forms(phrases)
        self.known_wider = {phrases[head].words: words for head, words in self.wider.items()}
        self.often = Counter(self._words(phrase) for phrase in phrases.values())

    def topics(self, one: "FoundAttribution") -> tuple[TopicLabel, ...]:
        columns = columns_of(self.doc)
        ranges = [(bisect_right(columns.start, piece.start) - 1, bisect_left(columns.start, piece.end)) for piece in one.content]
        pieces = [self.doc[first:last] for first, last in ranges]
        words = sum(last - first - columns.pos[first:last].count("PUNCT") for first, last in ranges)
        most = next((topics for size, topics in _WORDS_FOR if words <= size), _MOST)
        chosen: dict[str, TopicLabel] = {}
        taken: set[int] = set()
        if self.vocabulary is not None:
            for match in self.vocabulary.matches(pieces):
                chosen.setdefault(match.concept.iri, self._of_vocabulary(match.first, match.last, match.concept.iri))
                taken.update(range(match.first, match.last + 1))
            chosen = dict(list(chosen.items())[:_MOST])
        ranked = sorted(weigh(pieces, self.phrases, self.often, self._words), key=lambda item: (-item[0], item[1].head))
        for weight, phrase in ranked:
            if len(chosen) >= most or weight < _LEAST:
                break
            label = self._label(phrase)
            if label is None or taken & set(range(phrase.start, phrase.head + 1)):
                continue
            if not any(_holds(other.label, label.label) for other in chosen.values()):
                chosen.setdefault(label.concept or label.label, label)
        further = next((label for _, phrase in ranked if (label := self._further(phrase)) is not None), None)
        if further is not None and len(chosen) < _MOST:
            chosen.setdefault(further.label, further)
        return tuple(chosen.values())

    def _further(self, phrase: Phrase) -> TopicLabel | None:
        """What a phrase is about besides: the price that a figure tells, the fuller name of "wholesale prices"."""
        words, rule = self.wider.get(phrase.head) or self.known_wider.get(self._words(phrase)), "partial-form"
        if phrase.priced:
            words, rule = (*self._words(phrase), _PRICE), "price"
        if words is None:
            return None
        head = self.doc[phrase.head]
        return TopicLabel(
            " ".join(words), (Span(self.doc[phrase.start].idx, head.idx + len(head)),), rule, _CONFIDENCE[rule], also=other_labels(words)
        )

    def _words(self, phrase: Phrase) -> tuple[str, ...]:
        return self.full.get(phrase.head, phrase.words)

    def _label(self, phrase: Phrase) -> TopicLabel | None:
        words = self._words(phrase)
        if words is phrase.words and _too_wide(phrase):
            return None
        last = words[-1].rpartition("-")[2]
        head = self.doc[phrase.head]
        if len(words) == 1 and last in role_nouns() and head.tag_ not in {"NNS", "NNPS"}:
            return None
        if words != phrase.words:
            rule = "short-form"
        elif phrase.name:
            if len(words) == 1 and not head.ent_type_ and self.often[words] < 2:
                return None
            rule = "named-thing"
        else:
            rule = "classified-noun" if len(words) > 1 else "plain-noun"
        span = Span(self.doc[phrase.start].idx, head.idx + len(head))
        if self.vocabulary is not None and (known := self.vocabulary.named(words)) is not None:  # a short form, or an acronym in full
            return TopicLabel(known.label, (span,), "vocabulary", _CONFIDENCE[rule], concept=known.iri, also=known.also)
        return TopicLabel(" ".join(words), (span,), rule, _CONFIDENCE[rule], also=other_labels(words))

    def _of_vocabulary(self, first: int, last: int, iri: str) -> TopicLabel:
        assert self.vocabulary is not None
        concept = self.vocabulary.concepts[iri]
        span = Span(self.doc[first].idx, self.doc[last].idx + len(self.doc[last]))
        return TopicLabel(concept.label, (span,), "vocabulary", _CONFIDENCE["vocabulary"], concept=iri, also=concept.also)


def _too_wide(phrase: Phrase) -> bool:
    last = phrase.words[-1]
    use = generic_nouns().get(last.rpartition("-")[2])
    return use == "never" or (use == "alone" and not phrase.classified) or not last[0].isalnum()


def _full_forms(phrases: dict[int, Phrase]) -> dict[int, tuple[str, ...]]:
    """For each bare noun, the fuller name of the same thing: the only one with this head that the article has printed before it."""
    known: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    found = {}
    for index in sorted(phrases):
        phrase = phrases[index]
        head = phrase.words[-1]
        if len(phrase.words) > 1:
            if _too_wide(phrase):
                continue
            known[head][phrase.words] = None
        elif phrase.plain and (phrase.article != "indefinite" or phrase.levels):
            fuller = known[head]
            if len(fuller) == 1:
                found[index] = next(iter(fuller))
    return found


def _partial_forms(phrases: dict[int, Phrase]) -> dict[int, tuple[str, ...]]:
    """For each phrase of several words, the only longer one with the same head and all its words that stands before it; a price that is told counts."""
    known: dict[str, dict[tuple[str, ...], None]] = {}
    found = {}
    for index in sorted(phrases):
        phrase = phrases[index]
        words = phrase.words
        if phrase.priced:
            words = (*words, _PRICE)
        if len(words) < 2:
            continue
        before = known.setdefault(words[-1], {})
        if before and not phrase.priced:
            longer = [one for one in before if len(one) > len(words) and set(words) < set(one)]
            if len(longer) == 1 and not _too_wide(phrase):
                found[index] = longer[0]
        if len(words) > 2:
            before[words] = None
    return found


def _holds(one: str, other: str) -> bool:
    """Whether one of two labels is a part of the other, in whole words."""
    return f" {other} " in f" {one} " or f" {one} " in f" {other} "
