"""The graph as the page wants it: whole numbers for ids, claims folded into their speaker, every figure and role already a string.

What is computed here is what must be the same every time or must not be left to a browser: text order, places, wrapped names, safe addresses.
What has its usual value is left out, and a paragraph stands once for all statements in it: a page holds about 0.5 kB a node.
"""

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from kg.lexicon.rules import explain_rule
from kg.show.context import SENTENCE_END
from kg.show.places import columns, set_places

if TYPE_CHECKING:
    import networkx as nx

    from kg.lexicon.rules import Stage

__all__ = ["AGENT_KINDS", "Drawing", "draw"]

AGENT_KINDS = ("person", "organisation", "place", "work", "group", "unnamed")
NOBODY = "urn:kg:nobody"
"""Stands for the speaker of the statements for which none is known. Never in a graph; only on the page."""

SEVERAL = "urn:kg:several/"
"""With a kind behind it, stands for the many voices of that kind that have no name. Never in a graph; only on the page."""

_GATHERED = {"unnamed": "unnamed sources", "group": "groups"}
_NAME_COLUMNS = 24  # a name is broken into lines of about this many columns
_SEVERAL = 3  # voices without a name and without a link from which one glyph stands for all of their kind
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
        nodes: agents, topics and claims; a claim knows its `host` and its `topics` by id. Many unnamed voices have one more node for them all,
            which knows its `members`; where one stands on the map, `wide` and `tall` tell.
        edges: roles, parts of organisations and stances. Who said what about what is in the claims.
        articles, paragraphs: what claims refer to by number.
        removed: what people took out: words, and the article by number.
        rules: what each rule that decided something looks at, by stage and name.
    """

    nodes: list[Json] = field(default_factory=list)
    edges: list[Json] = field(default_factory=list)
    articles: list[Json] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    removed: list[Json] = field(default_factory=list)
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
    for node in drawing.nodes:
        if "articles" in node:
            tables.number_articles(node)
    drawing.removed = [{"article": tables.article(one), "words": str(one.get("words") or "")} for one in graph.graph.get("removed", ())]
    drawing.edges = _edges(graph, ids, speakers)
    _explain(drawing)
    _gather(drawing)
    set_places(drawing)
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

    def number_articles(self, agent: Json) -> None:
        """The articles that name an agent, by number as far as statements come from them; and how many they are, if those are not all."""
        named = agent.pop("articles")
        known = sorted(self._articles[iri] for iri in named if iri in self._articles)
        agent |= _lean({"in": known}) | ({"named_in": len(named)} if len(named) > len(known) else {})

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
        "articles": [str(article) for article in data.get("articles") or ()],
        "same_as": [address for address in map(_web_address, data.get("same_as") or ()) if address],
        "corrections": [str(words) for words in data.get("corrections") or ()],
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
        "sentence": _sentence(pieces),
        "text": "" if " [...] ".join(words for words, role in pieces if role == "content") == text else text,
        **{name: value for name, value in qualities.items() if value != _USUAL.get(name)},
        "confidence": None if confidence is None else round(float(confidence), 4),
        "article": tables.article(data),
        "quantities": [str(quantity) for quantity in data.get("quantities") or ()],
        "corrections": [str(words) for words in data.get("corrections") or ()],
        "judgements": [[str(aspect), str(rule), round(float(share), 4)] for aspect, rule, share in data.get("judgements") or ()],
    }
    return _lean(record)


def _sentence(pieces: list[tuple[str, str]]) -> list[int]:
    """Where in its paragraph the sentences begin and end that hold the statement with its source and cue; nothing if they are all of it.

    >>> _sentence([("It is late. ", ""), ("Rain fell", "content"), (", she said. Good night.", "")])
    [12, 32]
    """
    paragraph, at, marked = "".join(words for words, _ in pieces), 0, []
    for words, role in pieces:
        marked += [(at, at + len(words))] if role else []
        at += len(words)
    if not marked:
        return []
    first, last = marked[0][0], marked[-1][1]
    borders = [0, *(found.end() for found in SENTENCE_END.finditer(paragraph))]
    start = max(border for border in borders if border <= first)
    # A border within white space after the last marked word ends the sentence there.
    end = next((len(paragraph[:border].rstrip()) for border in borders if len(paragraph[:border].rstrip()) >= last), len(paragraph))
    return [] if (start, end) == (0, len(paragraph)) else [_units(paragraph[:start]), _units(paragraph[:end])]


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
        known["corrections"] = [*known.get("corrections", ()), *map(str, data.get("corrections") or ())]
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
    width = _NAME_COLUMNS if len(shown) > 18 else 18
    if columns(shown) > 1.5 * len(shown):  # wide script: a character takes two columns
        width //= 2
    return textwrap.wrap(shown, width, max_lines=3, placeholder=" …", break_on_hyphens=False) or ["?"]


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
            titles = list(filter(None, map(_title, edge["roles"])))
            # "formerly" says no more where the post is named.
            edge["label"] = ", ".join([title for title in titles if title != "formerly"] or titles)
    return [_lean(edge) for edge in edges.values()]


def _title(role: Json) -> str:
    title = str(role.get("title", ""))
    return (f"former {title}" if title else "formerly") if role.get("former") else title


# --------------------------------------------------------------------------- voices without a name


def _gather(drawing: Drawing) -> None:
    """One glyph for many voices of a kind that have no name and no link: nobody can be found among them, and they would fill the map."""
    linked = {end for edge in drawing.edges for end in edge.get("hosts", (edge["from"], edge["to"]))}
    hosts = {node["host"] for node in drawing.nodes if node["kind"] == "claim"}
    for kind, many in _GATHERED.items():
        members = [node["id"] for node in drawing.nodes if node["kind"] == kind and node["id"] in hosts - linked and node["iri"] != NOBODY]
        if len(members) >= _SEVERAL:
            name = f"{len(members)} {many}"
            number = max(node["id"] for node in drawing.nodes) + 1
            drawing.nodes.append({"id": number, "iri": f"{SEVERAL}{kind}", "kind": kind, "name": name, "members": members})


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
