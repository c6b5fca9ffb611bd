"""Affiliations without a post: "Ada Brandt of Y", "Y's Ada Brandt", a byline "Ada Brandt, Y:"."""

from typing import TYPE_CHECKING

from kg.extract.roles.bodies import bodies_at
from kg.extract.roles.evidence import rests_on
from kg.extract.roles.found import FoundRole
from kg.extract.roles.lists import post_noun
from kg.extract.roles.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_affiliations"]

_ENDS = frozenset({":", ")", ";", "."})


def find_affiliations(scene: Scene) -> "Iterator[FoundRole]":
    """The affiliations that stand right beside a person's name, in text order."""
    doc, reached = scene.doc, 0
    for index in scene.places():
        named = scene.person(index) if index >= reached else None
        if named is None:
            continue
        agent, start, end = named
        reached = max(end, index + 1)
        if post_noun(doc[end - 1].text) or doc[end - 1].lower_ == "emeritus":
            continue  # a chair that bears a name, tagged as a person
        before = doc[start - 1] if start > 0 else None
        body = scene.body(start - 2) if before is not None and before.tag_ == "POS" and start > 1 else None
        if body is not None and body.end == start - 1:
            yield FoundRole(agent, None, body.agent, False, rests_on(scene, start, end, body), "owned-name", 0.85)
            continue
        if end + 1 >= len(doc):
            continue
        if doc[end].lower_ in {"of", "at"} and (doc[end].lower_ == "of" or doc[end].head.i in range(start, end)):
            for body in bodies_at(scene, end + 1)[:1]:
                if scene.body(body.start) is not None and body.start <= end + 3:
                    rule = "name-of" if doc[end].lower_ == "of" else "name-at"
                    yield FoundRole(agent, None, body.agent, False, rests_on(scene, start, end, body), rule, 0.85)
        elif doc[end].text == ",":
            follow = end + 1 + (doc[end + 1].lower_ == "the")
            one = scene.body(follow)
            if one is not None and one.start in {follow, follow - 1} and _closes(scene, one.end) and _opens(scene, start):
                yield FoundRole(agent, None, one.agent, False, rests_on(scene, start, end, one), "byline", 0.8)


def _closes(scene: Scene, index: int) -> bool:
    doc = scene.doc
    return index >= len(doc) or doc[index].text in _ENDS or doc[index].is_space or doc[index].text == "\n"


def _opens(scene: Scene, start: int) -> bool:
    doc = scene.doc
    before = doc[start - 1] if start > 0 else None
    return before is None or start == scene.opens[start] or before.text in {"(", "—", "–", "by", "By"} or bool(post_noun(before.text))
