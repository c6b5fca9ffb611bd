"""What stands right beside a name without being a post: "Ada Brandt of Y", "Y's Ada Brandt", a byline "Ada Brandt, Y:", "Ada Brandt MP"."""

from typing import TYPE_CHECKING

from kg.extract.people.genders import first_name
from kg.extract.roles.bodies import bodies_at
from kg.extract.roles.evidence import rests_on
from kg.extract.roles.found import Body, FoundRole
from kg.extract.roles.lists import post_noun
from kg.extract.roles.scene import Scene
from kg.extract.words import post_nominals, role_nouns

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_affiliations"]

_SCHOOLS = frozenset({"University", "College", "School", "Institute", "Institution", "Academy", "Laboratory"})
_ENDS = frozenset({":", ")", ";", "."})


def find_affiliations(scene: Scene) -> "Iterator[FoundRole]":
    """The affiliations, and the seats told by letters, that stand right beside a person's name, in text order."""
    doc, reached = scene.doc, 0
    for index in scene.places():
        named = scene.person(index) if index >= reached else None
        if named is None:
            continue
        agent, start, end = named
        reached = max(end, index + 1)
        for k in range(start + 1, end):
            if post_nominals().get(doc[k].text) == "seat":
                yield FoundRole(agent, doc[k].text, None, False, rests_on(scene, start, k + 1, None), "letters-behind-name", 0.9)
        if post_noun(doc[end - 1].text) or doc[end - 1].lower_ == "emeritus":
            continue  # a chair that bears a name, tagged as a person
        body = scene.body(start - 2) if start > 1 and _possessive(scene, start - 1) else None
        if body is not None and body.end == start - 1:
            yield FoundRole(agent, None, body.agent, False, rests_on(scene, start, end, body), "owned-name", 0.85)
        elif end + 1 < len(doc) and (told := _behind(scene, start, end)) is not None:
            body, rule, confidence = told
            yield FoundRole(agent, None, body.agent, False, rests_on(scene, start, end, body), rule, confidence)


def _behind(scene: Scene, start: int, end: int) -> tuple[Body, str, float] | None:
    """The body behind a name, by which rule and how surely: "Ada Brandt of Y", "Ada Brandt, of the Y,", "Ada Brandt, Y:"."""
    doc = scene.doc
    comma = doc[end].text == ","
    link = end + comma
    now = comma and link + 1 < len(doc) and doc[link].lower_ in {"now", "currently"}
    if now and doc[link + 1].lower_ in {"at", "of", "with"}:
        bodies = bodies_at(scene, link + 2)[:1]
        return (bodies[0], "now-at", 0.85) if bodies else None
    if doc[link].lower_ == "at" and not comma and _scholar(scene, start):
        schools = [body for body in bodies_at(scene, link + 1)[:1] if any(token.text in _SCHOOLS for token in doc[body.start : body.end])]
        if schools:
            return schools[0], "name-at", 0.85
    if doc[link].lower_ == "of" or (doc[link].lower_ == "at" and not comma and doc[link].head.i in range(start, end)):
        for body in bodies_at(scene, link + 1)[:1]:
            tagged = all(token.ent_type_ == "ORG" for token in doc[body.start : body.end])
            known = scene.body(body.start) is not None or (tagged and first_name(doc[start].text) is not None)
            if known and body.start <= link + 5:
                return body, f"name-{doc[link].lower_}", 0.85
    elif comma:
        follow = link + (doc[link].lower_ == "the")
        one = scene.body(follow)
        if one is not None and one.start in {follow, follow - 1} and _closes(scene, one.end) and _opens(scene, start):
            return one, "byline", 0.8
    return None


def _scholar(scene: Scene, start: int) -> bool:
    """As in "asked the historian Ada Brandt at Norden University": a scholar met at a school is of it."""
    known = post_noun(scene.doc[start - 1].text) if start > 0 else None
    return known is not None and role_nouns().get(known[0]) == "occupation" and not scene.capital(start - 1)


def _possessive(scene: Scene, index: int) -> bool:
    """Whether a possessive mark stands at a token, a lone apostrophe behind an s included, which the tagger takes for a quotation mark."""
    doc = scene.doc
    mark = doc[index]
    return mark.tag_ == "POS" or (mark.text in {"'", "’"} and doc[index - 1].text.endswith("s") and not doc[index - 1].whitespace_)


def _closes(scene: Scene, index: int) -> bool:
    doc = scene.doc
    return index >= len(doc) or doc[index].text in _ENDS or doc[index].is_space or doc[index].text == "\n"


def _opens(scene: Scene, start: int) -> bool:
    doc = scene.doc
    before = doc[start - 1] if start > 0 else None
    return before is None or start == scene.opens[start] or before.text in {"(", "—", "–", "by", "By"} or bool(post_noun(before.text))
