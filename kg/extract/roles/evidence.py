"""The words that a role rests on."""

from kg.extract.roles.found import Body
from kg.extract.roles.scene import Scene
from kg.records import Span

__all__ = ["rests_on"]

_NEAR = 40  # characters between title and organisation that still make one stretch


def rests_on(scene: Scene, start: int, end: int, body: Body | None) -> tuple[Span, ...]:
    """The words of the title (token indices) and those of the organisation: one stretch if they stand close together."""
    doc = scene.doc
    title = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    if body is None:
        return (title,)
    name = Span(doc[body.start].idx, doc[body.end - 1].idx + len(doc[body.end - 1]))
    between = scene.text[min(title.end, name.end) : max(title.start, name.start)]
    if title.overlaps(name) or (len(between) <= _NEAR and "\n" not in between and " and " not in between):
        return (Span(min(title.start, name.start), max(title.end, name.end)),)
    return tuple(sorted((title, name)))
