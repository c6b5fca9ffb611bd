"""Organisations named inside others: "the Centre at Arden University's School of Law"."""

from typing import TYPE_CHECKING

from kg.extract.roles.found import FoundPart
from kg.extract.roles.scene import Scene
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

__all__ = ["parts_of"]


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
            if outer is None or outer.agent == inner.agent:
                continue
            low, high = sorted((inner, outer), key=lambda body: body.start)
            evidence = (Span(doc[low.start].idx, doc[high.end - 1].idx + len(doc[high.end - 1])),)
            found.setdefault((inner.agent, outer.agent), FoundPart(inner.agent, outer.agent, evidence, rule, 0.85))
    return tuple(sorted(found.values(), key=lambda part: (part.evidence, part.organisation)))


def _outer(token: "Token") -> "Iterator[tuple[Token, str]]":
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"at", "of", "in"} and child.i > token.i:
            yield from ((grand, "at") for grand in child.children if grand.dep_ == "pobj")
        if child.dep_ == "poss":
            yield child, "possessive"
