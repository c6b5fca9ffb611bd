"""The graph as the page wants it: whole numbers for ids, claims folded into their speaker, every figure and role already a string.

What is computed here is what must be the same every time or must not be left to a browser: text order, places, wrapped names, safe addresses.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.show.layout import Box, Link, fan, place

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["AGENT_KINDS", "Drawing", "draw"]

AGENT_KINDS = ("person", "organisation", "place", "work", "group", "unnamed")
NOBODY = "urn:kg:nobody"
"""Stands for the speaker of the statements for which none is known. Never in a graph; only on the page."""

_NAME_COLUMNS = 24  # a name is broken into lines of about this many columns
_COLUMN = 7.1  # pixels of a column of a name at zoom 1, and of a role's title
_ROLE_COLUMN = 6.3
_LINE = 17.0
_GLYPH = 22.0  # half the height of an agent's glyph
# A laptop's map beside the panel and a phone's above it: width to height, and the zoom it will about have. Names keep their size on the
# screen, so they need the more room on the map the smaller the zoom.
_SCREENS = (("wide", 1.4, 1.0), ("tall", 0.72, 0.6))
_STANCES = ("agrees", "disagrees")

type Json = dict[str, Any]


@dataclass(slots=True)
class Drawing:
    """What `kg.show.page` hands to pyvis: nodes and edges as vis-network takes them, and the articles they come from."""

    nodes: list[Json] = field(default_factory=list)
    edges: list[Json] = field(default_factory=list)
    articles: list[Json] = field(default_factory=list)


def draw(graph: "nx.MultiDiGraph[str]") -> Drawing:
    """Nodes, edges and articles of the page. Statements are numbered from 1 in the order they have in the graph, which is text order.

    Raises:
        ValueError: if a node has no `kind` that is known.
    """
    drawing = Drawing()
    ids = {iri: number for number, iri in enumerate(graph.nodes)}
    speakers = {target: source for source, target, key in graph.edges(keys=True) if key == "said"}
    claims = [iri for iri, data in graph.nodes(data=True) if data.get("kind") == "claim"]
    if any(iri not in speakers for iri in claims):
        ids[NOBODY] = len(ids)
    said: dict[str, list[str]] = {}
    for iri in claims:
        said.setdefault(speakers.get(iri, NOBODY), []).append(iri)

    articles: dict[str, int] = {}
    for iri, data in graph.nodes(data=True):
        kind = data.get("kind")
        if kind == "claim":
            host = ids[speakers.get(iri, NOBODY)]
            drawing.nodes.append(_claim(iri, data, ids[iri], host, articles, drawing.articles))
        elif kind in AGENT_KINDS:
            drawing.nodes.append(_agent(iri, data, ids))
        else:
            raise ValueError(f"node {iri} has the kind {kind!r}")
    if NOBODY in ids:
        nobody = {"kind": "unnamed", "name": "No speaker named", "label": "No speaker named"}
        drawing.nodes.append(_agent(NOBODY, nobody, ids))
    numbered = 0
    for node in drawing.nodes:
        if node["kind"] == "claim":
            numbered += 1
            node["n"] = numbered

    drawing.edges = _edges(graph, ids, speakers)
    _set_places(drawing, {ids[host]: [ids[iri] for iri in iris] for host, iris in said.items()})
    return drawing


# --------------------------------------------------------------------------- nodes


def _agent(iri: str, data: Mapping[str, Any], ids: Mapping[str, int]) -> Json:
    name = str(data.get("name") or data.get("label") or iri)
    return {
        "id": ids[iri],
        "iri": iri,
        "kind": data["kind"],
        "name": name,
        "lines": _wrapped(str(data.get("label") or name)),
        "initials": _initials(name),
        "aliases": [str(alias) for alias in data.get("aliases") or ()],
        "roles": [_role(role) for role in data.get("roles") or ()],
    }


def _claim(iri: str, data: Mapping[str, Any], number: int, host: int, articles: dict[str, int], listed: list[Json]) -> Json:
    text = str(data.get("text") or data.get("label") or "")
    segments = data.get("segments") or ((data.get("before") or "", ""), (text, "content"), (data.get("after") or "", ""))
    article = str(data.get("article") or "")
    if article not in articles:
        articles[article] = len(listed)
        listed.append(
            {
                "iri": article,
                "title": str(data.get("article_title") or ""),
                "url": _web_address(data.get("article_url")),
                "publisher": str(data.get("article_publisher") or ""),
                "date": str(data.get("article_date") or ""),
                "source": str(data.get("article_source") or ""),
            }
        )
    confidence = data.get("confidence")
    return {
        "id": number,
        "iri": iri,
        "kind": "claim",
        "host": host,
        "text": text,
        "label": str(data.get("label") or text),
        "segments": [[str(words), str(role)] for words, role in segments if words],
        "quotation": str(data.get("quotation_type") or "indirect"),
        "mode": str(data.get("mode") or "speech"),
        "said": str(data.get("said") or "asserted"),
        "cue": str(data.get("cue") or ""),
        "confidence": None if confidence is None else round(float(confidence), 4),
        "rule": str(data.get("rule") or ""),
        "article": articles[article],
        "quantities": [str(quantity) for quantity in data.get("quantities") or ()],
    }


def _role(role: Any) -> Json:
    if isinstance(role, Mapping):
        return {
            "title": str(role.get("title") or ""),
            "former": bool(role.get("former", False)),
            "evidence": str(role.get("evidence") or ""),
        }
    return {"title": str(role), "former": False, "evidence": ""}


def _web_address(url: Any) -> str:
    """The address if a browser may follow it, else nothing: `javascript:` and its kin are no links.

    >>> _web_address("https://example.org/a"), _web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    text = str(url or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\x00-\x20\x7f\\]", text) else ""


def _initials(name: str) -> str:
    """Up to two letters to stand in a glyph.

    >>> _initials("Wang Peng"), _initials("Ministry of Industry"), _initials("李明"), _initials("360 Security")
    ('WP', 'MI', '李', '3S')
    """
    words = [word for word in re.findall(r"\w+", name) if not word.islower() or len(word) > 3] or re.findall(r"\w", name)
    letters = words[:1] + [word for word in words[1:] if not word.islower()][:1]
    return "".join(word[0].upper() for word in letters) or "?"


def _wrapped(name: str) -> list[str]:
    shown = re.sub(r"\s+", " ", name).strip() or "?"
    columns = _NAME_COLUMNS if len(shown) > 18 else 18
    if _columns(shown) > 1.5 * len(shown):  # wide script: a character takes two columns
        columns //= 2
    return textwrap.wrap(shown, columns, max_lines=3, placeholder=" …", break_on_hyphens=False) or ["?"]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


# --------------------------------------------------------------------------- edges


def _edges(graph: "nx.MultiDiGraph[str]", ids: Mapping[str, int], speakers: Mapping[str, str]) -> list[Json]:
    """One edge for all the roles of a person at an organisation; the others as they are. The host of a claim stands in for it when folded."""
    edges: dict[tuple[int, int, str], Json] = {}
    for source, target, key, data in graph.edges(keys=True, data=True):
        relation = "role" if str(data.get("kind") or key).startswith("role") else str(key)
        if relation not in ("said", "role", "part_of", *_STANCES):
            continue
        ends = (ids[source], ids[target], relation)
        edge = edges.setdefault(ends, {"id": len(edges), "from": ends[0], "to": ends[1], "kind": relation})
        if relation == "role":
            edge.setdefault("roles", []).append(_role(data))
        elif relation in _STANCES:
            edge["hosts"] = [ids[speakers.get(source, NOBODY)], ids[speakers.get(target, NOBODY)]]
            edge["evidence"] = str(data.get("evidence") or "")
        elif relation == "part_of":
            edge["evidence"] = str(data.get("evidence") or "")
    for edge in edges.values():
        if edge["kind"] == "role":
            edge["label"] = ", ".join(_title(role) for role in edge["roles"])
    return list(edges.values())


def _title(role: Json) -> str:
    return f"former {role['title']}".strip() if role["former"] else role["title"]


# --------------------------------------------------------------------------- places


def _set_places(drawing: Drawing, said: Mapping[int, list[int]]) -> None:
    by_id = {node["id"]: node for node in drawing.nodes}
    agents = [node for node in drawing.nodes if node["kind"] != "claim"]
    slots = {node["id"]: slot for slot, node in enumerate(agents)}
    links = [Link(slots[a], slots[b], length) for a, b, length in _wanted_lengths(drawing.edges) if a != b]
    for node in agents:
        node["claims"] = said.get(node["id"], [])
    for name, aspect, zoom in _SCREENS:
        boxes = [_box(node, zoom) for node in agents]
        for node, (x, y) in zip(agents, place(boxes, links, aspect=aspect), strict=True):
            node[name] = [x, y]
            for claim, (dx, dy) in zip(node["claims"], fan(len(node["claims"])), strict=True):
                by_id[claim][name] = [round(x + dx), round(y + dy)]


def _box(node: Json, zoom: float) -> Box:
    name = max(_columns(line) for line in node["lines"]) * _COLUMN / zoom / 2 + 4
    reach = [(abs(dx), -dy) for dx, dy in fan(len(node["claims"]))]
    half_width = max([_GLYPH + 6, name, *(dx + 16 for dx, _ in reach)])
    return Box(half_width, max([_GLYPH + 4, *(up + 16 for _, up in reach)]), _GLYPH + (10 + _LINE * len(node["lines"])) / zoom)


def _wanted_lengths(edges: Iterable[Json]) -> list[tuple[int, int, float]]:
    lengths = []
    for edge in edges:
        if edge["kind"] == "role":
            lengths.append((edge["from"], edge["to"], min(300.0, max(150.0, 90 + _ROLE_COLUMN * _columns(edge["label"])))))
        elif edge["kind"] == "part_of":
            lengths.append((edge["from"], edge["to"], 160.0))
        elif edge["kind"] in _STANCES:
            lengths.append((edge["hosts"][0], edge["hosts"][1], 240.0))
    return lengths
