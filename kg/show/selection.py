"""A part of a graph that a person can look at: somebody and who is near, or those who say most."""

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import NotInStore

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Selection", "select"]

_NEAREST = 5
_POSTS = 3  # in a line that tells namesakes apart


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of a graph, and what to tell about it.

    Attributes:
        graph: the part; the order is that of the whole.
        shown, total: how many people, organisations, other agents and topics it has, and the whole had. Statements go with their speaker.
        note: that in a sentence, with the ranking; "" if nothing is left out.
        namesakes: where several are in focus, a line for each that tells it from the others: kind, posts, article, and the IRI that stands
            for it alone; those with most statements first.
    """

    graph: "nx.MultiDiGraph[str]"
    shown: int
    total: int
    note: str
    namesakes: tuple[str, ...] = ()


def select(graph: "nx.MultiDiGraph[str]", *, max_nodes: int | None = None, focus: str | None = None, depth: int = 1) -> Selection:
    """The part of `graph` around somebody, or of those who say most, or both.

    Args:
        graph: as `kg.show.network.to_networkx` makes it; it is left as it is.
        max_nodes: most agents and topics to keep; None for all. Kept are those with most statements (a topic: about it), then those linked
            with most others, then those that come first, each with the organisations where they hold a post, as far as there is room for
            them. Whoever is in focus comes before all.
        focus: a name or another name of an agent or topic, or the words of one: all that bear it are in focus. Or the IRI of one, or that
            of an article's agent, or the part of it behind the store's base.
        depth: how many links from it to go. A post, membership, agreement, or speaking about a topic is a link.

    Statements go with their speaker; those of nobody known stay unless there is a focus.

    Raises:
        NotInStore: if nobody bears the name.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> for name in ("Ada Brandt", "Northlight", "Ivo Lund"):
    ...     graph.add_node(name, kind="person", name=name)
    >>> _ = graph.add_edge("Ada Brandt", "Northlight", key="role")
    >>> select(graph, focus="brandt").note
    'Ada Brandt and who is within 1 link: 2 of 3 people, organisations and topics.'
    >>> select(graph, max_nodes=1).note
    'Showing 1 of 3 people, organisations and topics: those with most statements, and where they hold posts.'
    """
    hosts = {target: source for source, target, key in graph.edges(keys=True) if key == "said"}
    agents = [node for node, data in graph.nodes(data=True) if data.get("kind") != "claim"]
    links, weight = _links(graph, hosts)
    kept = dict.fromkeys(agents, 0)
    roots: list[str] = []
    if focus is not None:
        roots = sorted(_named(graph, agents, focus), key=lambda node: -weight[node])
        kept = _around(roots, links, depth)
    order = {node: number for number, node in enumerate(agents)}
    ranked = sorted(kept, key=lambda node: (node not in roots, -weight[node], -len(links[node]), order[node]))
    chosen = set(ranked) if max_nodes is None or len(ranked) <= max_nodes else _with_posts(graph, ranked, set(kept), max_nodes)
    part = graph
    if len(chosen) < len(agents) or roots:
        nodes = {
            node
            for node, data in graph.nodes(data=True)
            if node in chosen or (data.get("kind") == "claim" and (hosts[node] in chosen if node in hosts else not roots))
        }
        part = _induced(graph, nodes)
    note = _note(graph, focus or "", roots, depth, len(kept), len(chosen), len(agents))
    apart = tuple(_told_apart(graph, node) for node in roots) if len(roots) > 1 else ()
    return Selection(part, len(chosen), len(agents), note, apart)


def _with_posts(graph: "nx.MultiDiGraph[str]", ranked: list[str], kept: set[str], most: int) -> set[str]:
    """The first of the ranking, each followed by the organisations of the posts held: without them nobody would know who speaks."""
    chosen: dict[str, None] = {}
    for node in ranked:
        posts = [target for _, target, data in graph.out_edges(node, data=True) if data.get("kind") == "role" and target in kept]
        chosen |= dict.fromkeys([node, *posts])
        if len(chosen) >= most:
            break
    return set(list(chosen)[:most])


def _induced(graph: "nx.MultiDiGraph[str]", nodes: set[str]) -> "nx.MultiDiGraph[str]":
    """The nodes with the edges among them, in the order of the graph: `subgraph` would give them in the order of a set."""
    part = graph.__class__()
    named = {article for node in nodes for article in (graph.nodes[node].get("article"), *graph.nodes[node].get("articles", ()))}
    part.graph.update(graph.graph, removed=[one for one in graph.graph.get("removed", ()) if one["article"] in named])
    part.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in nodes)
    for source, target, key, data in graph.edges(keys=True, data=True):
        if source in nodes and target in nodes:
            part.add_edge(source, target, key=key, **data)
    return part


def _links(graph: "nx.MultiDiGraph[str]", hosts: dict[str, str]) -> tuple[dict[str, set[str]], dict[str, int]]:
    """Who is linked with whom, claims standing for their speakers; and how many statements each made, or is the topic of."""
    links: dict[str, set[str]] = defaultdict(set)
    weight: dict[str, int] = defaultdict(int)
    for source, target, key in graph.edges(keys=True):
        if key == "said":
            weight[source] += 1
            continue
        if key.partition(" ")[0] == "about":
            weight[target] += 1
        a, b = hosts.get(source, source), hosts.get(target, target)
        if a != b and graph.nodes[a].get("kind") != "claim" and graph.nodes[b].get("kind") != "claim":
            links[a].add(b)
            links[b].add(a)
    return links, weight


def _named(graph: "nx.MultiDiGraph[str]", agents: Iterable[str], name: str) -> list[str]:
    """Those that an IRI means; else who bears the name; else who has its words in a name."""
    nodes = list(agents)
    given = name.strip().strip("<>")
    if meant := [node for node in nodes if any(_means(given, iri) for iri in (node, *graph.nodes[node].get("agents", ())))]:
        return meant
    wanted = " ".join(name.casefold().split())
    names = {node: [str(graph.nodes[node].get("name", "")), *graph.nodes[node].get("aliases", ())] for node in nodes}
    exact = [node for node, some in names.items() if wanted in (" ".join(one.casefold().split()) for one in some)]
    if exact:
        return exact
    words = set(wanted.split())
    partly = [node for node, some in names.items() if words and any(words <= set(one.casefold().split()) for one in some)]
    if partly:
        return partly
    known = {one.casefold(): one for some in names.values() for one in some}
    near = [known[key] for key in difflib.get_close_matches(wanted[:200], sorted(known), n=_NEAREST)]
    remedy = f"Did you mean {', '.join(near)}?" if near else "`kg stats` tells what the store holds"
    raise NotInStore(f"nobody named {name!r}", remedy=remedy)


def _means(given: str, iri: str) -> bool:
    """Whether that is the IRI, whole or from behind a base on; no name of one word ends so."""
    return iri == given or ("/" in given and iri.endswith((f":{given}", f"/{given}")))


def _told_apart(graph: "nx.MultiDiGraph[str]", node: str) -> str:
    """One of several namesakes in a line."""
    data = graph.nodes[node]
    posts: dict[str, None] = {}
    titles: dict[str, str] = {}
    for _, target, edge in graph.out_edges(node, data=True):
        if edge.get("kind") == "role":
            posts[", ".join(filter(None, (edge.get("title", ""), str(graph.nodes[target].get("name", "")))))] = None
        elif edge.get("kind") == "said":
            titles[graph.nodes[target].get("article", "")] = graph.nodes[target].get("article_title", "")
    posts |= dict.fromkeys(str(role.get("title", "")) for role in data.get("roles", ()))
    articles = list(data.get("articles", ()))
    where = f"{len(articles):,} articles" if len(articles) > 1 else f"in {titles.get(articles[0]) or articles[0]}" if articles else ""
    told = (f"{data.get('name', '')} ({data.get('kind', '')})", "; ".join(list(filter(None, posts))[:_POSTS]), where, node)
    return ", ".join(filter(None, told))


def _around(roots: Iterable[str], links: dict[str, set[str]], depth: int) -> dict[str, int]:
    reached = dict.fromkeys(roots, 0)
    border = list(reached)
    for distance in range(1, depth + 1):
        found = dict.fromkeys(other for node in border for other in sorted(links[node]) if other not in reached)
        reached |= dict.fromkeys(found, distance)
        border = list(found)
    return reached


def _note(graph: "nx.MultiDiGraph[str]", focus: str, roots: list[str], depth: int, near: int, shown: int, total: int) -> str:
    among = "people, organisations and topics"
    note = ""
    if roots:
        name = str(graph.nodes[roots[0]].get("name", roots[0])) if len(roots) == 1 else f"{len(roots):,} called {' '.join(focus.split())!r}"
        note = f"{name} and who is within {depth} link{'' if depth == 1 else 's'}: {near:,} of {total:,} {among}."
    if shown < near:
        note = f"{note} Showing {shown:,} of {near:,}{'' if roots else f' {among}'}: those with most statements, and where they hold posts.".lstrip()
    return note
