"""Where the agents and topics of a drawing stand on a wide screen and on a tall one."""

import unicodedata
from typing import TYPE_CHECKING, Any

from kg.show.layout import Box, Link, fan, place

if TYPE_CHECKING:
    from kg.show.drawing import Drawing

__all__ = ["columns", "set_places"]

_COLUMN = 7.1  # pixels of a column of a name at zoom 1, and of a role's title
_ROLE_COLUMN = 6.3
_LINE = 17.0
_GLYPH = 22.0  # half the height of an agent's glyph
# A laptop's map beside the panel and a phone's above it: width to height, and the zoom it will about have. Names keep their size on the
# screen, so they need the more room on the map the smaller the zoom.
_SCREENS = (("wide", 1.55, 0.9), ("tall", 0.72, 0.6))
_LOWER = 1.1  # how much wider for its height a map is that has the bars of a timeline under it
_ROOMY = 26  # agents up to which room is kept for statements that are opened, and for the words on links
_SHORT = {"wide": 0.33, "tall": 0.6}  # of the length of its links
_FULL = 0.95  # a fuller map has a smaller zoom
_OPENED = 10  # statements of a speaker for which room is kept
_MANY = 60  # agents above which the map begins with those who say most, in a picture of their own
_FIRST = 44  # that is how many names have room on a laptop
_FIRST_TOPICS = 9  # of them at least for topics, if there are as many
_STANCES = ("agrees", "disagrees")

type Json = dict[str, Any]


def set_places(drawing: "Drawing") -> None:
    """Give every node that the map draws a place for each screen: `wide` and `tall`. Statements stand in a fan above their speaker, which the
    page works out as `kg.show.layout.fan` does. A topic of one speaker alone is in the lists, and has no place. Above 60 the 44 who
    say most have a second place each, `first_wide` and `first_tall`, in a picture of their own.
    """
    stands: dict[int, int] = {member: node["id"] for node in drawing.nodes for member in node.get("members", ())}
    said: dict[int, int] = {}
    for node in drawing.nodes:
        if node["kind"] == "claim":
            host = stands.get(int(node["host"]), int(node["host"]))
            said[host] = said.get(host, 0) + 1
    wanted = _wanted_lengths(drawing, stands)
    linked = {end for a, b, _ in wanted for end in (a, b)}
    drawn = [
        node
        for node in drawing.nodes
        if node["kind"] != "claim" and node["id"] not in stands and (node["id"] in linked or said.get(node["id"]))
    ]
    lower = _LOWER if len({article.get("date", "")[:10] for article in drawing.articles} - {""}) > 1 else 1.0
    _place(drawn, wanted, said, "", lower)
    if len(drawn) > _MANY:
        first = _first(drawing, {node["id"] for node in drawn}, said)
        _place([node for node in drawn if node["id"] in first], wanted, said, "first_", lower)


def _first(drawing: "Drawing", drawn: set[int], said: dict[int, int]) -> set[int]:
    """Those who say most, a stance counting as three statements, each with the organisations of its posts; then topics that tie two of them."""
    topics: dict[int, set[int]] = {node["id"]: set() for node in drawing.nodes if node["kind"] == "topic" and node["id"] in drawn}
    heard = {number: said.get(number, 0) for number in drawn if number not in topics}
    posts: dict[int, list[int]] = {}
    for node in drawing.nodes:
        for topic in node.get("topics", ()):
            if topic in topics:
                topics[topic].add(node["host"])
    for edge in drawing.edges:
        if edge["kind"] == "role":
            posts.setdefault(edge["from"], []).append(edge["to"])
        for host in edge.get("hosts", ()):
            heard[host] += 3
    chosen: set[int] = set()
    for number in sorted(heard, key=lambda number: (-heard[number], number)):
        group = {number, *posts.get(number, ())} - chosen
        if len(chosen) + len(group) <= _FIRST - min(_FIRST_TOPICS, len(topics)):
            chosen |= group
    ties = {topic: len(hosts & chosen) for topic, hosts in topics.items()}
    best = sorted((topic for topic in ties if ties[topic] > 1), key=lambda topic: (-ties[topic], topic))
    return chosen | set(best[: _FIRST - len(chosen)])


def _place(drawn: list[Json], wanted: list[tuple[int, int, float]], said: dict[int, int], prefix: str, lower: float) -> None:
    slots = {node["id"]: slot for slot, node in enumerate(drawn)}
    roomy = len(drawn) <= _ROOMY
    for name, aspect, zoom in _SCREENS:
        part = 1.0 if roomy else _SHORT[name]
        links = [Link(slots[a], slots[b], part * length) for a, b, length in wanted if a != b and a in slots and b in slots]
        boxes = [
            _box(
                node, min(said.get(node["id"], 0), _OPENED) if roomy else 0, zoom if roomy else _FULL * zoom if len(drawn) <= _MANY else 1.0
            )
            for node in drawn
        ]
        for node, (x, y) in zip(drawn, place(boxes, links, aspect=aspect * lower), strict=True):
            node[f"{prefix}{name}"] = [x, y]


def columns(text: str) -> int:
    """How many columns of a typewriter a text takes: two for a character of a wide script."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _box(node: Json, claims: int, zoom: float) -> Box:
    lines = node.get("lines") or [node["name"]]
    name = max(columns(line) for line in lines) * _COLUMN / zoom / 2 + 4
    reach = [(abs(dx), -dy) for dx, dy in fan(claims)]
    half_width = max([_GLYPH + 6, name, *(dx + 16 for dx, _ in reach)])
    return Box(half_width, max([_GLYPH + 4, *(up + 16 for _, up in reach)]), _GLYPH + (10 + _LINE * len(lines)) / zoom)


def _wanted_lengths(drawing: "Drawing", stands: dict[int, int]) -> list[tuple[int, int, float]]:
    lengths = []
    for edge in drawing.edges:
        if edge["kind"] == "role":
            lengths.append((edge["from"], edge["to"], min(300.0, max(150.0, 90 + _ROLE_COLUMN * columns(edge.get("label", ""))))))
        elif edge["kind"] == "part_of":
            lengths.append((edge["from"], edge["to"], 160.0))
        elif edge["kind"] in _STANCES:
            lengths.append((edge["hosts"][0], edge["hosts"][1], 240.0))
    speakers: dict[int, set[int]] = {}
    for node in drawing.nodes:
        # Many voices under one glyph have nothing to do with one another: they tie no topics.
        if node["kind"] == "claim" and node["host"] not in stands:
            for topic in node.get("topics", ()):
                speakers.setdefault(topic, set()).add(int(node["host"]))
    lengths += [(host, topic, 190.0) for topic, hosts in sorted(speakers.items()) if len(hosts) > 1 for host in sorted(hosts)]
    return lengths
