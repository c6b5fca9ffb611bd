"""The network in files of other programs: GraphML and GEXF for Gephi and its kin, CSV for a spreadsheet."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["COLUMNS", "FORMATS", "export_network", "plain"]

COLUMNS = (
    "claim",
    "speaker",
    "speaker_kind",
    "roles",
    "text",
    "readable",
    "quotation_type",
    "mode",
    "said",
    "cue",
    "claim_kind",
    "certainty",
    "modality",
    "polarity",
    "tense",
    "cue_stance",
    "topics",
    "figures",
    "said_on",
    "valid",
    "agrees_with",
    "disagrees_with",
    "article_title",
    "article_publisher",
    "article_date",
    "article_url",
    "confidence",
    "rule",
    "speaker_iri",
    "article",
    "start",
    "end",
)
"""The columns of the CSV file, a line a claim."""

_LIST = "; "  # stands between the members of a list
# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOCK = re.compile(rb' lastmodifieddate="[^"]*"')


def export_network(graph: "nx.MultiDiGraph[str]", format: str) -> Iterator[bytes]:  # noqa: A002  what it is called everywhere
    """The bytes of an export, piece by piece, UTF-8: the same for the same graph.

    Args:
        graph: as `kg.show.network.to_networkx` makes it.
        format: one of `FORMATS`. `graphml` and `gexf` hold the graph as `plain` makes it. `csv` is a flat table of claims with the columns
            `COLUMNS`, in the order of the graph: lists are joined by `; `, times are ISO 8601, an unknown value is empty, and cells hold the
            words as printed (a spreadsheet may take a cell that begins with `=` for a formula: import it as text).

    Raises:
        KeyError: if there is no such format.
    """
    return FORMATS[format](graph)


def plain(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """A copy whose attributes are strings, numbers and truth values, as files need them.

    Lists become strings with `; ` between their members; a role `title (former)`; what is no text for a person (`segments`, `judgements`) is
    left out. Characters that XML cannot hold become U+FFFD. The key of an edge is its attribute `id`.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("urn:kg:p", kind="person", aliases=["Ada", "A. Brandt"], roles=[{"title": "chemist", "former": True}])
    >>> plain(graph).nodes["urn:kg:p"]
    {'kind': 'person', 'aliases': 'Ada; A. Brandt', 'roles': 'chemist (former)'}
    """
    copy: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        copy.add_node(_clean(node), **_plain(data))
    for number, (source, target, key, data) in enumerate(graph.edges(keys=True, data=True)):
        copy.add_edge(_clean(source), _clean(target), key=key, **{**_plain(data), "id": f"e{number}"})
    return copy


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in data.items() if name not in ("segments", "judgements")}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return _clean(_LIST.join(_role(one) if isinstance(one, Mapping) else str(one) for one in value))
    return value if isinstance(value, bool | int | float) else _clean(str(value))


def _role(role: Mapping[str, Any]) -> str:
    return f"{role.get('title', '')}{' (former)' if role.get('former') else ''}"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _graphml(graph: "nx.MultiDiGraph[str]") -> Iterator[bytes]:
    yield "\n".join(nx.generate_graphml(plain(graph))).encode()
    yield b"\n"


def _gexf(graph: "nx.MultiDiGraph[str]") -> Iterator[bytes]:
    file = io.BytesIO()
    nx.write_gexf(plain(graph), file)
    yield _CLOCK.sub(b"", file.getvalue(), count=1)
    yield b"\n"


def _csv(graph: "nx.MultiDiGraph[str]") -> Iterator[bytes]:
    speakers = {target: source for source, target, key in graph.edges(keys=True) if key == "said"}
    yield _line(COLUMNS)
    for node, data in graph.nodes(data=True):
        if data.get("kind") == "claim":
            row = _row(graph, node, data, speakers.get(node))
            yield _line(row.get(column, "") for column in COLUMNS)


def _row(graph: "nx.MultiDiGraph[str]", claim: str, data: Mapping[str, Any], speaker: str | None) -> dict[str, Any]:
    reached: dict[str, list[str]] = {"about": [], "agrees": [], "disagrees": []}
    for _, target, key in graph.out_edges(claim, keys=True):
        kind = key.partition(" ")[0]
        if kind in reached:
            reached[kind].append(str(graph.nodes[target].get("name", target)) if kind == "about" else target)
    who = graph.nodes[speaker] if speaker is not None else {}
    return {
        **{column: data.get(column, "") for column in COLUMNS},
        "claim": claim,
        "speaker": who.get("name", ""),
        "speaker_kind": who.get("kind", ""),
        "speaker_iri": speaker or "",
        "roles": _LIST.join(_posts(graph, speaker)) if speaker is not None else "",
        "topics": _LIST.join(reached["about"]),
        "figures": _LIST.join(data.get("quantities", ())),
        "agrees_with": _LIST.join(reached["agrees"]),
        "disagrees_with": _LIST.join(reached["disagrees"]),
    }


def _posts(graph: "nx.MultiDiGraph[str]", speaker: str) -> list[str]:
    """Posts as printed, each once: `chief economist, Northlight`."""
    posts = [_role(role) for role in graph.nodes[speaker].get("roles", ())]
    for _, target, data in graph.out_edges(speaker, data=True):
        if data.get("kind") == "role":
            posts.append(", ".join(filter(None, (_role(data), str(graph.nodes[target].get("name", ""))))))
    return list(dict.fromkeys(posts))


def _line(cells: "Iterable[Any]") -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(list(cells))
    return text.getvalue().encode("utf-8", "replace")


FORMATS: Mapping[str, Callable[["nx.MultiDiGraph[str]"], Iterator[bytes]]] = {"csv": _csv, "gexf": _gexf, "graphml": _graphml}
"""Who writes which format."""
