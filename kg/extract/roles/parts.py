"""Organisations named inside others: "the Centre at Arden University's School of Law"."""

from typing import TYPE_CHECKING

from kg.extract.roles.bodies import bodies_at
from kg.extract.roles.found import Body, FoundPart
from kg.extract.roles.scene import Scene
from kg.records import AgentKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

__all__ = ["parts_of"]

_PARTS = frozenset({"part", "unit", "arm", "division", "subsidiary", "branch", "wing", "offshoot", "affiliate"})
_BELONGS = frozenset({"belongs", "belong", "belonged", "belonging"})


def parts_of(scene: Scene) -> tuple[FoundPart, ...]:
    """What is part of what, in text order."""
    doc = scene.doc
    found: dict[tuple[int, int], FoundPart] = {}
    for index in scene.places():
        inner = scene.body(index)
        if inner is None:
            continue
        for outer_token, rule in _outer(doc[index]):
            outer = scene.body(outer_token.i)
            if outer is not None and outer.agent != inner.agent:
                found.setdefault((inner.agent, outer.agent), _part(scene, inner, outer, rule))
    for inner, outer, rule in _told(scene):
        if outer.agent != inner.agent:
            found.setdefault((inner.agent, outer.agent), _part(scene, inner, outer, rule))
    return tuple(sorted(found.values(), key=lambda part: (part.evidence, part.organisation)))


def _part(scene: Scene, inner: Body, outer: Body, rule: str) -> FoundPart:
    doc = scene.doc
    low, high = sorted((inner, outer), key=lambda body: body.start)
    evidence = (Span(doc[low.start].idx, doc[high.end - 1].idx + len(doc[high.end - 1])),)
    return FoundPart(inner.agent, outer.agent, evidence, rule, 0.85)


def _told(scene: Scene) -> "Iterator[tuple[Body, Body, str]]":
    """As in "X, a unit of Y", "X is part of Y", "X, which belongs to Y"."""
    doc = scene.doc
    for index, word in enumerate(scene.columns.lower):
        if word not in _PARTS and word not in _BELONGS:
            continue
        token = doc[index]
        link, inner = ("of", _described(scene, token)) if word in _PARTS else ("to", _subject(scene, token))
        if inner is None:
            continue
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ == link:
                for outer in bodies_at(scene, child.i + 1)[:1]:
                    if scene.body(outer.start) is not None:
                        yield inner, outer, "part-of" if word in _PARTS else "belongs-to"


def _described(scene: Scene, noun: "Token") -> Body | None:
    """The body that a noun such as "unit" describes: in apposition, or as its subject."""
    if noun.dep_ == "attr" and noun.head.lemma_ == "be":
        return _subject(scene, noun.head)
    left = noun.left_edge.i
    if left < 2 or scene.doc[left - 1].text not in {",", "(", "—", "–"}:
        return None
    return scene.body(left - 2)


def _subject(scene: Scene, verb: "Token") -> Body | None:
    """The body that a verb's subject stands for, over "which", or as "the agency" if that is known to be one."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is not None and subject.lower_ in {"which", "that"} and verb.dep_ == "relcl":
        subject = verb.head
    if subject is None:
        return None
    named = scene.body(subject.i)
    agent = scene.cast.at(subject.i)
    if named is None and agent is not None and scene.cast.kind(agent) is AgentKind.ORGANISATION:
        return Body(agent, subject.i, subject.i + 1)
    return named


def _outer(token: "Token") -> "Iterator[tuple[Token, str]]":
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"at", "of", "in"} and child.i > token.i:
            yield from ((grand, "at") for grand in child.children if grand.dep_ == "pobj")
        if child.dep_ == "poss":
            yield child, "possessive"
