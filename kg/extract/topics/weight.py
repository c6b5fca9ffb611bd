"""How much a noun phrase says of what a claim is about: its place in the sentence, and how much it says by itself."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

    from kg.extract.topics.phrases import Phrase

__all__ = ["weigh"]

_PLACES = {
    "nsubj": 3.0,
    "nsubjpass": 3.0,
    "csubj": 3.0,
    "ROOT": 2.6,
    "dobj": 2.7,
    "dative": 2.0,
    "pobj": 1.9,
    "attr": 1.4,
    "oprd": 1.6,
    "npadvmod": 0.6,
    "appos": 1.6,
}
_ELSEWHERE = 1.5
_DEEPER = {"relcl": -0.9, "acl": -0.5, "advcl": -0.5, "ccomp": -0.1, "xcomp": 0.0, "pcomp": -0.3, "conj": -0.1}
_OF_A_NOUN = -0.7  # "the reform of the pension system": a little less than what it belongs to
_NOT_FIRST = -0.25  # further members of a list
_CLASSIFIED = 1.2
_AGAIN = 0.3  # named more than once in the article
_DEPTH = 12


def weigh(
    pieces: "Sequence[SpacySpan]",
    phrases: "Mapping[int, Phrase]",
    often: "Mapping[tuple[str, ...], int]",
    words_of: "Callable[[Phrase], tuple[str, ...]]",
) -> "Iterator[tuple[float, Phrase]]":
    """Each phrase of a claim with its weight.

    Args:
        pieces: the claim's words.
        phrases: of the article, by the index of their head.
        often: how often the article names each.
        words_of: the words that a phrase stands for.
    """
    inside = {index for piece in pieces for index in range(piece.start, piece.end)}
    for index in sorted(inside & phrases.keys()):
        phrase = phrases[index]
        words = words_of(phrase)
        weight = _place(pieces[0].doc[index], inside, phrases, _DEPTH)
        weight += _CLASSIFIED if len(words) > 1 else 0.0
        weight += _AGAIN if often.get(words, 0) > 1 else 0.0
        yield weight, phrase


def _place(token: "Token", inside: set[int], phrases: "Mapping[int, Phrase]", depth: int) -> float:
    """What the place in the sentence is worth, clauses under clauses less."""
    head = token.head
    if head.i == token.i or head.i not in inside or not depth:
        return _PLACES.get(token.dep_, _ELSEWHERE) if token.dep_ not in {"ccomp", "pobj"} else _PLACES["ROOT"]
    if token.dep_ == "conj":
        return _place(head, inside, phrases, depth - 1) + _NOT_FIRST
    if token.dep_ == "pobj":
        above = head.head
        if above.pos_ in {"NOUN", "PROPN"} and above.i in inside:
            return _place(above, inside, phrases, depth - 1) + _OF_A_NOUN
        return _PLACES["pobj"] + _clause(head, inside, depth)
    if token.dep_ == "appos":
        return _place(head, inside, phrases, depth - 1) - 1.0
    return _PLACES.get(token.dep_, _ELSEWHERE) + _clause(token, inside, depth)


def _clause(token: "Token", inside: set[int], depth: int) -> float:
    """What is taken off for each clause that stands under another within the claim."""
    worth = 0.0
    while depth and token.head.i != token.i and token.head.i in inside:
        worth += _DEEPER.get(token.dep_, 0.0) if token.dep_ != "conj" or token.pos_ in {"VERB", "AUX"} else 0.0
        token = token.head
        depth -= 1
    return worth
