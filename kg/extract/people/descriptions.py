"""Which organisation "the agency" or "the company" means."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.extract.words import organisation_descriptors
from kg.records import AgentKind, MentionForm

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.people.cast import Cast

__all__ = ["Bodies", "bodies_of"]

_BACK = 2  # sentences before its own that "the company" reaches back over


@dataclass(frozen=True, slots=True)
class Bodies:
    """The organisations of an article, where they are named and as what.

    Attributes:
        places: first tokens of their names, in text order, with the organisation's number.
        words: a word of their names, in small letters, to the organisations that have it.
        called: a noun the article calls them by ("Northlight, a lobby group") to them.
        sentences: the first token of each sentence.
    """

    places: list[tuple[int, int]]
    words: dict[str, set[int]]
    called: dict[str, set[int]]
    sentences: list[int]

    def meant(self, head: "Token") -> tuple[int, str, float] | None:
        """The organisation that a bare definite noun stands for, with rule and confidence; None if it could be several, or none.

        The noun is a word of one organisation's name, named before ("the agency"); or what the article calls one alone ("the group"); or
        any noun for organisations, where just one is named in its sentence and the two before.
        """
        noun = head.lemma_.lower()
        if noun not in organisation_descriptors():
            return None
        before = {agent for place, agent in self.places if place < head.i}
        for rule, known in (("description-name", self.words), ("description-kind", self.called)):
            fits = known.get(noun, set()) & before
            if len(fits) == 1:
                return next(iter(fits)), rule, 0.8
            if fits:
                return None
        own = bisect_left(self.sentences, head.i + 1) - 1
        floor = self.sentences[max(0, own - _BACK)]
        near = {agent for place, agent in self.places if floor <= place < head.i}
        return (next(iter(near)), "description-near", 0.7) if len(near) == 1 else None


def bodies_of(doc: "Doc", cast: "Cast") -> Bodies:
    """The organisations of the cast as descriptions may mean them."""
    places: list[tuple[int, int]] = []
    words: dict[str, set[int]] = {}
    called: dict[str, set[int]] = {}
    for mention in cast.mentions():
        if mention.form is not MentionForm.NAME or cast.kind(mention.agent) is not AgentKind.ORGANISATION:
            continue
        places.append((mention.head, mention.agent))
        name = doc[mention.head]
        beside = [child for child in name.children if child.dep_ in {"appos", "compound", "nmod"} and child.pos_ == "NOUN"]
        if name.dep_ == "appos":
            beside.append(name.head)
        elif name.dep_ == "nsubj" and name.head.lemma_ == "be":
            beside.extend(child for child in name.head.rights if child.dep_ == "attr")
        for noun in beside:
            if noun.lemma_.lower() in organisation_descriptors():
                called.setdefault(noun.lemma_.lower(), set()).add(mention.agent)
    for agent in {agent for _, agent in places}:
        for name_text in cast.names(agent):
            for word in name_text.lower().split():
                words.setdefault(word, set()).add(agent)
    return Bodies(places, words, called, [start for start, _ in columns_of(doc).sentences])
