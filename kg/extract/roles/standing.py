"""What "its", "our", "the company" or "the committee" stand for beside a post."""

from typing import TYPE_CHECKING

from kg.extract.roles.found import Body
from kg.extract.roles.scene import Scene
from kg.records import AgentKind

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["meant", "of_kind", "owner"]

_FIRMS = frozenset(
    [
        "firm",
        "company",
        "club",
        "business",
        "paper",
        "band",
        "newspaper",
        "magazine",
        "group",
        "organisation",
        "organization",
        "agency",
        "charity",
        "label",
        "network",
        "channel",
    ]
)
_OURS = frozenset({"our", "my", "we"})


def meant(scene: Scene, index: int) -> Body | None:
    """The named organisation that "the company" or "the committee" stands for."""
    doc = scene.doc
    if doc[index].lower_ not in {"the", "this", "that"} or index + 1 >= len(doc):
        return None
    end = index + 1
    while end + 1 < len(doc) and doc[end].pos_ in {"ADJ", "NOUN"} and doc[end + 1].pos_ == "NOUN" and end - index < 4:
        end += 1
    if not scene.descriptor(doc[end]) and doc[end].lower_ not in _FIRMS:
        return None
    if end + 1 < len(doc) and doc[end + 1].lower_ in {"of", "that", "which", "for", "at"}:
        return None
    return of_kind(scene, scene.body_before(index), doc[end].lower_)


def of_kind(scene: Scene, body: Body | None, noun: str) -> Body | None:
    """The body, if "the committee" may stand for it: any for "the company", a committee's name for "the committee"."""
    if body is None or noun in _FIRMS:
        return body
    return body if noun in {token.lower_ for token in scene.doc[body.start : body.end]} else None


def owner(scene: Scene, token: "Token") -> Body | None:
    """The organisation that its, our, their, it, which or whose stands for; one of its own where the text names none before."""
    known = scene.cast.at(token.i)
    if known is not None:
        fits = scene.cast.kind(known) in {AgentKind.ORGANISATION, AgentKind.UNNAMED}
        return Body(known, token.i, token.i + 1) if fits else None
    if token.lower_ in _OURS:
        agent = scene.nobody(token, AgentKind.ORGANISATION)
        return Body(agent, token.i, token.i + 1) if agent is not None else None
    if token.lower_ in {"its", "it", "which", "whose", "their"}:
        before = scene.body_before(token.i)
        if before is not None:
            return Body(scene.point(token, before.agent), before.start, before.end)
        agent = scene.nobody(token, AgentKind.ORGANISATION) if token.lower_ in {"its", "it"} else None
        return Body(agent, token.i, token.i + 1) if agent is not None else None
    return None
