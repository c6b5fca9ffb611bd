"""The graph as the page wants it: whole numbers for ids, claims folded into their speaker, every figure and role already a string.

What is computed here is what must be the same every time or must not be left to a browser: text order, places, wrapped names, safe addresses.
What has its usual value is left out, and a paragraph stands once for all statements in it: a page holds about 0.5 kB a node.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from kg.lexicon.rules import explain_rule
from kg.show.layout import Box, Link, fan, place

if TYPE_CHECKING:
    import networkx as nx

    from kg.lexicon.rules import Stage

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
_SEGMENTS = ("", "source", "cue", "content")
_USUAL = {"quotation_type": "indirect", "mode": "speech", "said": "asserted"}
# Of a claim, what goes into the page as it is. The names in the page are those of `kg.show.network`.
_QUALITIES = (
    *_USUAL,
    "cue",
    "rule",
    "speaker_words",
    "speaker_rule",
    "claim_kind",
    "modality",
    "certainty",
    "polarity",
    "tense",
    "cue_stance",
    "said_on",
    "valid",
    "readable",
)

type Json = dict[str, Any]


@dataclass(slots=True)
class Drawing:
    """What `kg.show.page` hands to pyvis: nodes and edges as vis-network takes them, and what they refer to.

    Attributes:
        nodes: agents, topics and claims; a claim knows its `host` and its `topics` by id.
        edges: roles, parts of organisations and stances. Who said what about what is in the claims.
        articles, paragraphs: what claims refer to by number.
        rules: what each rule that decided something looks at, by stage and name.
    """

    nodes: list[Json] = field(default_factory=list)
    edges: list[Json] = field(default_factory=list)
    articles: list[Json] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    rules: dict[str, dict[str, str]] = field(default_factory=dict)


def draw(graph: "nx.MultiDiGraph[str]") -> Drawing:
    """Nodes, edges and what they refer to. Statements are numbered by the page in the order they have in the graph, which is text order.

    Raises:
        ValueError: if a node has no `kind` that is known.
    """
    drawing = Drawing()
    ids = {iri: number for number, iri in enumerate(graph.nodes)}
    speakers = {target: source for source, target, key in graph.edges(keys=True) if key == "said"}
    claims = [iri for iri, data in graph.nodes(data=True) if data.get("kind") == "claim"]
    if any(iri not in speakers for iri in claims):
        ids[NOBODY] = len(ids)

    tables = _Tables(drawing)
    for iri, data in graph.nodes(data=True):
        kind = data.get("kind")
        if kind == "claim":
            topics = [ids[target] for _, target, key in graph.out_edges(iri, keys=True) if key.partition(" ")[0] == "about"]
            drawing.nodes.append(_claim(iri, data, ids[iri], ids[speakers.get(iri, NOBODY)], topics, tables))
        elif kind in AGENT_KINDS or kind == "topic":
            drawing.nodes.append(_agent(iri, data, ids))
        else:
            raise ValueError(f"node {iri} has the kind {kind!r}")
    if NOBODY in ids:
        nobody = {"kind": "unnamed", "name": "No speaker named", "label": "No speaker named"}
        drawing.nodes.append(_agent(NOBODY, nobody, ids))
    drawing.edges = _edges(graph, ids, speakers)
    _explain(drawing)
    _set_places(drawing)
    return drawing


class _Tables:
    """Articles and paragraphs, each once."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self._articles: dict[str, int] = {}
        self._paragraphs: dict[str, int] = {}

    def article(self, data: Mapping[str, Any]) -> int:
        iri = str(data.get("article") or "")
        if iri not in self._articles:
            self._articles[iri] = len(self._articles)
            fields = {name: str(data.get(f"article_{name}") or "") for name in ("title", "publisher", "date", "source")}
            self.drawing.articles.append(_lean({"iri": iri, **fields, "url": _web_address(data.get("article_url"))}))
        return self._articles[iri]

    def paragraph(self, text: str) -> int:
        if text not in self._paragraphs:
            self._paragraphs[text] = len(self._paragraphs)
            self.drawing.paragraphs.append(text)
        return self._paragraphs[text]


def _lean(record: Json) -> Json:
    """Without what says nothing.

    >>> _lean({"id": 0, "name": "", "roles": [], "former": False})
    {'id': 0}
    """
    return {key: value for key, value in record.items() if value not in ("", [], None, False) or (value == 0 and value is not False)}


# --------------------------------------------------------------------------- nodes


def _agent(iri: str, data: Mapping[str, Any], ids: Mapping[str, int]) -> Json:
    name = str(data.get("name") or data.get("label") or iri)
    lines = _wrapped(str(data.get("label") or name))
    record = {
        "id": ids[iri],
        "iri": iri,
        "kind": data["kind"],
        "name": name,
        "lines": lines if lines != [name] else [],
        "initials": "" if data["kind"] == "topic" else _initials(name),
        "aliases": [str(alias) for alias in data.get("aliases") or ()],
        "roles": _roles(data.get("roles") or ()),
        "same_as": [address for address in map(_web_address, data.get("same_as") or ()) if address],
    }
    return _lean(record)


def _claim(iri: str, data: Mapping[str, Any], number: int, host: int, topics: list[int], tables: _Tables) -> Json:
    text = str(data.get("text") or data.get("label") or "")
    given = data.get("segments") or ((data.get("before") or "", ""), (text, "content"), (data.get("after") or "", ""))
    pieces = [(str(words), str(role)) for words, role in given if words]
    article, paragraph = str(data.get("article") or ""), "".join(words for words, _ in pieces)
    qualities = {name: str(data.get(name) or "") for name in _QUALITIES}
    confidence = data.get("confidence")
    record = {
        "id": number,
        # Behind the article's IRI, if it begins with that.
        "iri": iri.removeprefix(article) if article and iri.startswith(f"{article}#") else iri,
        "kind": "claim",
        "host": host,
        "topics": topics,
        "paragraph": tables.paragraph(paragraph),
        # Lengths in UTF-16 code units, as JavaScript counts, and roles by number, by turns.
        "cuts": [number for words, role in pieces for number in (_units(words), _SEGMENTS.index(role) if role in _SEGMENTS else 0)],
        "text": "" if " [...] ".join(words for words, role in pieces if role == "content") == text else text,
        **{name: value for name, value in qualities.items() if value != _USUAL.get(name)},
        "confidence": None if confidence is None else round(float(confidence), 4),
        "article": tables.article(data),
        "quantities": [str(quantity) for quantity in data.get("quantities") or ()],
        "judgements": [[str(aspect), str(rule), round(float(share), 4)] for aspect, rule, share in data.get("judgements") or ()],
    }
    return _lean(record)


def _units(text: str) -> int:
    """How long a text is for JavaScript.

    >>> _units("a🐟b")
    4
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _roles(given: Iterable[Any]) -> list[Json]:
    """Each post once, as first printed, with its earliest and latest date."""
    roles: dict[tuple[str, bool], Json] = {}
    for role in given:
        data = role if isinstance(role, Mapping) else {"title": str(role)}
        title, former, date = str(data.get("title") or ""), bool(data.get("former", False)), str(data.get("date") or "")
        known = roles.setdefault((title.casefold(), former), {"title": title, "former": former, "evidence": "", "dates": []})
        known["evidence"] = known["evidence"] or str(data.get("evidence") or "")
        known["rule"] = known.get("rule") or str(data.get("rule") or "")
        known["dates"] += [date] if date else []
    for role in roles.values():
        dates = sorted(role["dates"])
        role["dates"] = [dates[0], dates[-1]] if dates else []
    return [_lean(role) for role in roles.values()]


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
        relation = "role" if str(data.get("kind") or key).startswith("role") else str(data.get("kind") or key)
        if relation not in ("role", "part_of", *_STANCES):
            continue
        ends = (ids[source], ids[target], relation)
        edge = edges.setdefault(ends, {"id": len(edges), "from": ends[0], "to": ends[1], "kind": relation})
        if relation == "role":
            edge.setdefault("printed", []).append(data)
            continue
        edge["evidence"] = str(data.get("evidence") or "")
        edge["rule"] = str(data.get("rule") or "")
        if relation in _STANCES:
            edge["hosts"] = [ids[speakers.get(source, NOBODY)], ids[speakers.get(target, NOBODY)]]
            edge["basis"] = str(data.get("basis") or "stated")
            edge["confidence"] = round(float(data.get("confidence") or 0), 4)
    for edge in edges.values():
        if edge["kind"] == "role":
            edge["roles"] = _roles(edge.pop("printed"))
            edge["label"] = ", ".join(filter(None, map(_title, edge["roles"])))
    return [_lean(edge) for edge in edges.values()]


def _title(role: Json) -> str:
    title = str(role.get("title", ""))
    return f"former {title}".strip() if role.get("former") else title


# --------------------------------------------------------------------------- reasons


def _explain(drawing: Drawing) -> None:
    """What each rule looks at, in plain words, once."""
    for node in drawing.nodes:
        _note(drawing, "attribution", node.get("rule"))
        _note(drawing, "mention", node.get("speaker_rule"))
        for role in node.get("roles", ()):
            _note(drawing, "role", role.get("rule"))
        for aspect, rule, _ in node.get("judgements", ()):
            _note(drawing, aspect, rule)
    stages = {"part_of": "part", "agrees": "agreement", "disagrees": "agreement"}
    for edge in drawing.edges:
        if edge["kind"] in stages:
            _note(drawing, stages[edge["kind"]], edge.get("rule"))
        for role in edge.get("roles", ()):
            _note(drawing, "role", role.get("rule"))


def _note(drawing: Drawing, stage: str, rule: str | None) -> None:
    known = drawing.rules.get(stage, {})
    if rule and rule not in known:
        words = explain_rule(rule, stage=cast("Stage", stage))  # a stage that no list has explains nothing
        if words:
            drawing.rules.setdefault(stage, {})[rule] = words


# --------------------------------------------------------------------------- places


def _set_places(drawing: Drawing) -> None:
    """Places of agents and topics; statements stand in a fan above their speaker, which the page works out as `kg.show.layout.fan` does."""
    agents = [node for node in drawing.nodes if node["kind"] != "claim"]
    slots = {node["id"]: slot for slot, node in enumerate(agents)}
    said: dict[int, int] = {}
    for node in drawing.nodes:
        if node["kind"] == "claim":
            said[node["host"]] = said.get(node["host"], 0) + 1
    links = [Link(slots[a], slots[b], length) for a, b, length in _wanted_lengths(drawing) if a != b]
    for name, aspect, zoom in _SCREENS:
        boxes = [_box(node, said.get(node["id"], 0), zoom) for node in agents]
        for node, (x, y) in zip(agents, place(boxes, links, aspect=aspect), strict=True):
            node[name] = [x, y]


def _box(node: Json, claims: int, zoom: float) -> Box:
    lines = node.get("lines") or [node["name"]]
    name = max(_columns(line) for line in lines) * _COLUMN / zoom / 2 + 4
    reach = [(abs(dx), -dy) for dx, dy in fan(claims)]
    half_width = max([_GLYPH + 6, name, *(dx + 16 for dx, _ in reach)])
    return Box(half_width, max([_GLYPH + 4, *(up + 16 for _, up in reach)]), _GLYPH + (10 + _LINE * len(lines)) / zoom)


def _wanted_lengths(drawing: Drawing) -> list[tuple[int, int, float]]:
    lengths = []
    for edge in drawing.edges:
        if edge["kind"] == "role":
            lengths.append((edge["from"], edge["to"], min(300.0, max(150.0, 90 + _ROLE_COLUMN * _columns(edge.get("label", ""))))))
        elif edge["kind"] == "part_of":
            lengths.append((edge["from"], edge["to"], 160.0))
        elif edge["kind"] in _STANCES:
            lengths.append((edge["hosts"][0], edge["hosts"][1], 240.0))
    hosts = {(node["host"], topic) for node in drawing.nodes if node["kind"] == "claim" for topic in node.get("topics", ())}
    lengths += [(host, topic, 200.0) for host, topic in sorted(hosts)]
    return lengths
