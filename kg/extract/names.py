"""Names in an article: which words name a person or an organisation, by the whole article's evidence.

A sentence's named entities are a first guess only. What settles the kind is how the article uses the name anywhere: a title beside it, a
descriptor before it ("consultancy Northlight"), a post held at it, a fuller form of it elsewhere.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.words import honorifics, organisation_descriptors, organisation_parts, role_nouns
from kg.records import AgentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

__all__ = ["Name", "find_names", "name_tokens"]

_LABELS = {"PERSON": AgentKind.PERSON, "ORG": AgentKind.ORGANISATION}
_LINKS = frozenset({"of", "for", "and", "the", "&", "de", "van", "von", "der", "del", "la", "bin", "al", "'s", "’s"})
_MODIFIERS = frozenset({"compound", "nmod", "amod", "npadvmod", "nummod"})
_AT = frozenset({"at", "of", "for", "with", "in", "from"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands.

    Attributes:
        start, end: token indices, half-open, without article, honorific and possessive mark.
        text: the words, line breaks and runs of spaces as one space.
        rule, confidence: what decided the kind.
    """

    start: int
    end: int
    text: str
    kind: AgentKind
    rule: str
    confidence: float


@dataclass(slots=True)
class _Evidence:
    """What the article says about one surface form."""

    labels: Counter[AgentKind] = field(default_factory=Counter)
    firm: Counter[AgentKind] = field(default_factory=Counter)
    free: int = 0  # occurrences that are more than a modifier
    acts: int = 0  # ... that speak, act or own
    which: int = 0  # ... picked up by "which"


def find_names(doc: "Doc", sources: "Iterable[int]") -> tuple[Name, ...]:
    """The names of people and organisations, in text order, not overlapping.

    Args:
        doc: the parse of a whole article.
        sources: token indices of the heads of sources of attributions: a name there speaks, whatever the tagger made of it.
    """
    spans = _candidates(doc, sorted(set(sources)))
    evidence: dict[str, _Evidence] = {}
    for start, end, kind in spans:
        _weigh(doc, start, end, kind, evidence.setdefault(_surface(doc, start, end), _Evidence()))
    words = Counter(token.text for token in doc)
    kinds = {surface: decided for surface, one in evidence.items() if (decided := _kind(words, surface, one))}
    people = {surface for surface, (kind, _, _) in kinds.items() if kind is AgentKind.PERSON and " " in surface}
    parts = _parts(people)
    names: dict[tuple[int, int], Name] = {}
    for start, end, _ in spans:
        surface = _surface(doc, start, end)
        if surface in parts and not _firm_organisation(evidence[surface]):
            names[start, end] = Name(start, end, surface, AgentKind.PERSON, "name-part", 0.9)
        elif surface in kinds:
            kind, rule, confidence = kinds[surface]
            names[start, end] = Name(start, end, surface, kind, rule, confidence)
    for name in _untagged(doc, names, parts, kinds):
        names[name.start, name.end] = name
    return tuple(sorted(names.values(), key=lambda name: name.start))


def name_tokens(doc: "Doc", head: "Token") -> tuple[int, int]:
    """The stretch of a proper name around its head: the proper nouns joined to it without a break."""
    start, end = head.i, head.i + 1
    while start > head.sent.start and (doc[start - 1].pos_ == "PROPN" or _linked(doc, start - 1)) and doc[start - 1].head.i >= start - 1:
        start -= 1
    while end < head.sent.end and doc[end].pos_ == "PROPN" and doc[end].head.i < end:
        end += 1
    return _without_edges(doc, start, end)


def _linked(doc: "Doc", index: int) -> bool:
    """Whether the token joins two proper nouns into one name ("Ada van Rijn")."""
    joins = doc[index].lower_ in _LINKS - {"the", "and", "of", "for", "'s", "’s"}
    return joins and index > 0 and doc[index - 1].pos_ == "PROPN"


# --------------------------------------------------------------------------- candidates


def _candidates(doc: "Doc", sources: list[int]) -> "list[tuple[int, int, AgentKind | None]]":
    taken: set[int] = set()
    spans: list[tuple[int, int, AgentKind | None]] = []

    def take(start: int, end: int, kind: AgentKind | None) -> None:
        if start < end and not taken & set(range(start, end)) and any(t.is_alpha or t.is_digit for t in doc[start:end]):
            taken.update(range(start, end))
            spans.append((start, end, kind))

    for entity in doc.ents:
        if entity.label_ in _LABELS:
            for start, end in _split(doc, entity.start, entity.end):
                take(*_without_edges(doc, start, end), _LABELS[entity.label_])
        elif entity.label_ in {"GPE", "NORP", "LOC", "DATE", "LANGUAGE", "WORK_OF_ART", "LAW", "EVENT"}:
            taken.update(token.i for token in entity if token.pos_ != "PROPN" or entity.label_ != "NORP")
    heads = [doc[index] for index in sources] + list(_held(doc))
    for head in heads:
        if head.pos_ == "PROPN" and head.i not in taken:
            take(*name_tokens(doc, head), None)
    return sorted(spans, key=lambda span: span[:2])


def _split(doc: "Doc", start: int, end: int) -> "Iterator[tuple[int, int]]":
    """Two names where one organisation owns the other ("Arden University's School of Law"), else the one."""
    mark = next((k for k in range(start, end - 1) if doc[k].tag_ == "POS" and doc[k - 1].text in organisation_parts()), None)
    if mark is None:
        yield start, end
    else:
        yield start, mark
        yield mark + 1, end


def _held(doc: "Doc") -> "Iterator[Token]":
    """Heads of names beside a post: "X, director of", "director at Y"."""
    nouns = role_nouns()
    for token in doc:
        if token.lemma_.lower() in nouns and token.pos_ in {"NOUN", "PROPN"}:
            if token.dep_ == "appos":
                yield token.head
            for preposition in token.children:
                if preposition.dep_ == "prep" and preposition.lower_ in _AT:
                    yield from (child for child in preposition.children if child.dep_ == "pobj")


def _without_edges(doc: "Doc", start: int, end: int) -> tuple[int, int]:
    """Without article, honorific and title before, possessive mark and punctuation behind."""
    titles = honorifics()
    while start < end and (
        doc[start].lower_ in {"the", "a", "an"}
        or doc[start].text in titles
        or doc[start].is_space
        or (doc[start].is_punct and end - start > 1)
    ):
        start += 1
    while end > start and (
        doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text not in ".)")
    ):
        end -= 1
    return start, end


def _surface(doc: "Doc", start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split())


# --------------------------------------------------------------------------- evidence


def _weigh(doc: "Doc", start: int, end: int, kind: AgentKind | None, one: _Evidence) -> None:
    if kind is not None:
        one.labels[kind] += 1
    span, head = doc[start:end], doc[start:end].root
    if head.dep_ not in _MODIFIERS:
        one.free += 1
    if head.dep_ in {"nsubj", "poss", "agent"} or (head.dep_ == "pobj" and head.head.lower_ in {"by", "to"}):
        one.acts += 1
    if any(child.dep_ == "appos" and _post(child) for child in head.children):
        one.firm[AgentKind.PERSON] += 1
    if start > 0 and (doc[start - 1].text in honorifics() or (_post(doc[start - 1]) and doc[start - 1].dep_ == "compound")):
        one.firm[AgentKind.PERSON] += 1
    descriptors, parts = organisation_descriptors(), organisation_parts()
    before = doc[start - 1] if start > 0 else None
    if before is not None and before.lower_ in descriptors and before.pos_ == "NOUN" and before.dep_ in {"compound", "nmod", "pobj"}:
        one.firm[AgentKind.ORGANISATION] += 1
    if head.dep_ == "appos" and head.head.lower_ in descriptors:
        one.firm[AgentKind.ORGANISATION] += 1
    if head.dep_ == "pobj" and head.head.lower_ == "at" and _post(head.head.head):
        one.firm[AgentKind.ORGANISATION] += 1
    if any(token.text in parts for token in span) and len(span) > 1:
        one.firm[AgentKind.ORGANISATION] += 1
    follow = doc[end] if end < len(doc) else None
    if follow is not None and follow.text == "," and end + 1 < len(doc) and doc[end + 1].lower_ == "which":
        one.which += 1


def _post(token: "Token") -> bool:
    return token.lemma_.lower() in role_nouns() and token.pos_ in {"NOUN", "PROPN"}


def _firm_organisation(one: _Evidence) -> bool:
    return one.firm[AgentKind.ORGANISATION] > one.firm[AgentKind.PERSON]


def _kind(words: Counter[str], surface: str, one: _Evidence) -> tuple[AgentKind, str, float] | None:
    """The kind of a surface form, or None if it names neither a person nor an organisation."""
    person, organisation = AgentKind.PERSON, AgentKind.ORGANISATION
    if one.firm[person] != one.firm[organisation]:
        kind = max((person, organisation), key=lambda k: one.firm[k])
        return kind, "context", 0.9
    single = " " not in surface
    labelled = sum(one.labels.values())
    if single and labelled and 2 * labelled <= words[surface]:
        return None  # the tagger thinks so now and then: a word, not a name
    if not labelled:
        return (organisation, "speaks", 0.6) if one.acts else None
    kind = person if one.labels[person] >= one.labels[organisation] else organisation
    if single and kind is person and (not one.acts or one.which):
        return None  # a lone word that never acts, or that "which" picks up, is a product or a place
    if single and kind is organisation and not one.free:
        return None
    return kind, "named-entity", 0.85 if labelled > 1 or not single else 0.75


# --------------------------------------------------------------------------- names the tagger missed


def _parts(people: set[str]) -> dict[str, set[str]]:
    """A part of a full name to the full names it is part of."""
    parts: dict[str, set[str]] = {}
    for full in people:
        tokens = full.split()
        for token in (tokens[0], tokens[-1]):
            if len(token.rstrip(".")) > 1:
                parts.setdefault(token, set()).add(full)
    return parts


def _untagged(
    doc: "Doc",
    names: dict[tuple[int, int], Name],
    parts: dict[str, set[str]],
    kinds: dict[str, tuple[AgentKind, str, float]],
) -> "Iterator[Name]":
    """A known name where the tagger saw none: the same words, or the part of a full name."""
    taken = {index for start, end in names for index in range(start, end)}
    known = set(parts) | {surface for surface in kinds if " " not in surface}
    inside = {
        token.i for entity in doc.ents if entity.label_ in {"GPE", "LOC", "FAC", "WORK_OF_ART"} and len(entity) > 1 for token in entity
    }
    for token in doc:
        if token.i in taken or token.i in inside or token.text not in known or token.pos_ not in {"PROPN", "NOUN"}:
            continue
        if token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.head.i == token.i + 1 and token.text in parts:
            continue  # the first word of another, unknown name
        kind = AgentKind.PERSON if token.text in parts else kinds[token.text][0]
        yield Name(token.i, token.i + 1, token.text, kind, "name-part" if token.text in parts else "same-name", 0.85)
