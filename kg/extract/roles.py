"""Roles as printed: who holds which post where."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.cast import Cast
from kg.extract.words import role_nouns
from kg.records import AgentKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

__all__ = ["FoundPart", "FoundRole", "find_parts", "find_roles"]

_AT = frozenset({"at", "of", "for", "with", "in", "from"})
_FORMER = frozenset({"former", "ex", "then", "retired", "late", "onetime", "erstwhile"})
# Words before a post that do not belong to its name.
_NOT_TITLE = _FORMER | frozenset(
    {"longtime", "top", "current", "new", "veteran", "billionaire", "presumptive", "conservative", "liberal", "prominent", "leading"}
)


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A role with the numbers of the cast."""

    agent: int
    title: str | None
    organisation: int | None
    former: bool
    evidence: tuple[Span, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundPart:
    """One organisation named as part of another."""

    organisation: int
    within: int
    evidence: tuple[Span, ...]
    rule: str
    confidence: float


def find_roles(doc: "Doc", cast: Cast) -> tuple[FoundRole, ...]:
    """The roles of the people of the cast, in text order."""
    found: dict[tuple[int, str | None, int | None], FoundRole] = {}
    for token in doc:
        if token.lemma_.lower() not in role_nouns() or token.pos_ not in {"NOUN", "PROPN"} or token.tag_ in {"NNS", "NNPS"}:
            continue
        for person, rule, confidence, anchor in _holders(token, cast):
            role = _role(doc, token, anchor, person, cast, rule, confidence)
            found.setdefault((role.agent, role.title, role.organisation), role)
    return tuple(sorted(found.values(), key=lambda role: role.evidence))


def find_parts(doc: "Doc", cast: Cast) -> tuple[FoundPart, ...]:
    """Organisations named inside others: "the Centre at Arden University's School of Law"."""
    found: dict[tuple[int, int], FoundPart] = {}
    for token in doc:
        inner = cast.at(token.i)
        if inner is None or cast.kind(inner) is not AgentKind.ORGANISATION:
            continue
        for outer_token, rule in _outer(token):
            outer = cast.at(outer_token.i)
            if outer is None or outer == inner or cast.kind(outer) is not AgentKind.ORGANISATION:
                continue
            low, high = sorted((token.i, outer_token.i))
            evidence = (Span(_first(doc, low, cast), _last(doc, high, cast)),)
            found.setdefault((inner, outer), FoundPart(inner, outer, evidence, rule, 0.85))
    return tuple(sorted(found.values(), key=lambda part: (part.evidence, part.organisation)))


def _outer(token: "Token") -> "Iterator[tuple[Token, str]]":
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"at", "of", "in"} and child.i > token.i:
            yield from ((grand, "at") for grand in child.children if grand.dep_ == "pobj")
        if child.dep_ == "poss":
            yield child, "possessive"


def _first(doc: "Doc", index: int, cast: Cast) -> int:
    agent = cast.at(index)
    while index > 0 and cast.at(index - 1) == agent:
        index -= 1
    return doc[index].idx


def _last(doc: "Doc", index: int, cast: Cast) -> int:
    agent = cast.at(index)
    while index + 1 < len(doc) and cast.at(index + 1) == agent:
        index += 1
    return doc[index].idx + len(doc[index])


# --------------------------------------------------------------------------- who holds the post


def _holders(noun: "Token", cast: Cast) -> "Iterator[tuple[int, str, float, Token]]":
    """(person, rule, confidence, the first noun of a coordination) for a post's noun."""
    first = noun
    while first.dep_ == "conj" and first.head.lemma_.lower() in role_nouns():
        first = first.head

    def person(token: "Token | None") -> int | None:
        agent = cast.at(token.i) if token is not None else None
        return agent if agent is not None and cast.kind(agent) is AgentKind.PERSON else None

    if first.dep_ == "appos" and (agent := person(first.head)) is not None:
        yield agent, "apposition", 0.9, first
        return
    for child in first.children:
        if child.dep_ == "appos" and (agent := person(child)) is not None:
            yield agent, "apposition", 0.85, first
            return
    if first.dep_ in {"compound", "nmod", "appos", "amod"} and first.i < first.head.i and (agent := person(first.head)) is not None:
        yield agent, "title-before-name", 0.85, first
    elif first.dep_ == "attr" and first.head.lemma_ in {"be", "become", "remain"}:
        subject = next((child for child in first.head.children if child.dep_ == "nsubj"), None)
        if (agent := person(subject)) is not None and not any(child.dep_ == "neg" for child in first.head.children):
            yield agent, "copula", 0.8, first
    elif first.dep_ == "pobj" and first.head.lower_ == "as" and first.head.head.lemma_ in {"serve", "work", "act"}:
        subject = next((child for child in first.head.head.children if child.dep_ == "nsubj"), None)
        if (agent := person(subject)) is not None:
            yield agent, "served-as", 0.8, first


def _role(doc: "Doc", noun: "Token", first: "Token", person: int, cast: Cast, rule: str, confidence: float) -> FoundRole:
    start, former = _title_start(doc, noun, cast)
    end = noun.i + 1
    organisation, behind = _organisation(noun, cast)
    if organisation is None and noun != first:
        organisation, behind = _organisation(first, cast)
    if organisation is None:  # the first of coordinated posts shares what follows the last: "president and head of Northlight"
        organisation, behind = next((pair for one in noun.conjuncts if (pair := _organisation(one, cast))[0] is not None), (None, None))
    if organisation is None:
        organisation, behind = _organisation_before(noun, cast)
    text = " ".join(doc[start:end].text.split())
    return FoundRole(
        agent=person,
        title=re.sub(r"\s*-\s*", "-", text),
        organisation=organisation,
        former=former or _was(first),
        evidence=_evidence(doc, start, end, behind, cast),
        rule=rule,
        confidence=confidence if organisation is not None else confidence - 0.1,
    )


def _was(noun: "Token") -> bool:
    return noun.dep_ == "attr" and noun.head.tag_ == "VBD" and noun.head.lemma_ == "be"


def _title_start(doc: "Doc", noun: "Token", cast: Cast) -> tuple[int, bool]:
    """The first token of the post's name, and whether a word before it says that it is past."""
    start, former = noun.i, False
    lows = {noun.i}
    while start > noun.sent.start:
        token = doc[start - 1]
        joined = token.head.i in lows or token.head.head.i in lows or token.text == "-" or doc[start].text == "-"
        if (
            not joined
            or token.is_space
            or (token.dep_ in {"det", "poss", "case", "cc", "punct"} and token.text != "-")
            or cast.at(token.i) is not None
        ):
            break
        if token.lower_ in _NOT_TITLE or token.ent_type_ in {"NORP", "GPE", "DATE", "CARDINAL"} or token.text == ",":
            break
        if token.pos_ not in {"NOUN", "ADJ", "PROPN", "PUNCT", "ADV", "X"}:
            break
        start -= 1
        lows.add(start)
    while start < noun.i and doc[start].text == "-":
        start += 1
    back = start - 1
    while back >= noun.sent.start and doc[back].head.i >= start - 3 and doc[back].pos_ in {"ADJ", "NOUN", "PUNCT", "ADV", "PROPN"}:
        former = former or doc[back].lower_ in _FORMER
        back -= 1
    return start, former


def _organisation(noun: "Token", cast: Cast) -> "tuple[int, Token] | tuple[None, None]":
    """The organisation a post is said to be at: the first one named in "of/at/for ..."."""
    following = [noun.nbor()] if noun.i + 1 < len(noun.doc) else []  # "director at", where "at" is parsed onto the person
    for child in (*noun.rights, *following):
        if child.dep_ == "prep" and child.lower_ in _AT:
            for grand in child.subtree:
                agent = cast.at(grand.i)
                if grand.dep_ == "poss" and grand.head.i != child.i:
                    continue
                if agent is not None and grand.i > child.i:
                    return (agent, grand) if cast.kind(agent) is AgentKind.ORGANISATION else (None, None)
                if grand.dep_ in {"relcl", "acl"}:
                    break
    return None, None


def _organisation_before(noun: "Token", cast: Cast) -> "tuple[int, Token] | tuple[None, None]":
    """As in "Northlight analyst", "Northlight's director"."""
    for child in reversed(list(noun.lefts)):
        agent = cast.at(child.i)
        if child.dep_ in {"compound", "nmod", "poss"} and agent is not None and cast.kind(agent) is AgentKind.ORGANISATION:
            return agent, child
    return None, None


def _evidence(doc: "Doc", start: int, end: int, organisation: "Token | None", cast: Cast) -> tuple[Span, ...]:
    title = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    if organisation is None:
        return (title,)
    name = Span(_first(doc, organisation.i, cast), _last(doc, organisation.i, cast))
    between = doc.text[min(title.end, name.end) : max(title.start, name.start)]
    if len(between) <= 40 and "\n" not in between and " and " not in between:
        return (Span(min(title.start, name.start), max(title.end, name.end)),)
    return tuple(sorted((title, name)))
