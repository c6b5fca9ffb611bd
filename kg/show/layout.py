"""Where each node of the page stands: computed once, with a fixed seed, so that the page opens still and the same every time.

Statements stand in a fan above their speaker. Agents are laid out component by component and the components are packed around the
largest, as a typesetter would place pictures of unequal size on one page; very many are set in rows. Units are pixels at zoom 1; y grows downwards.
"""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.show.stress import stress_layout

__all__ = ["Box", "Link", "fan", "place"]

type Point = tuple[float, float]

_CHIP = 30.0  # room for one statement on the fan
_FIRST_RING = 52.0
_RING_STEP = 30.0
_FAN = math.radians(200)  # how much of the circle the fan takes, centred on straight up
_MARGIN = 14.0  # least room between two nodes
_TOUCH = 0.5  # an overlap that nobody sees
_GUTTER = 34.0  # least room between two components
_FEW = 26  # nodes up to which the fit is exact and all turns are tried
_EXACT = 72  # nodes up to which several turns of a picture are tried for the most legible
_STRESS = 600  # nodes up to which distances are fitted at once; above, community by community
_TRIED = 24  # components up to which several ways to pack them are tried; more are set in rows
_SEED = 20_240_223


@dataclass(frozen=True, slots=True)
class Box:
    """The room a node needs around its centre, in pixels: glyph, name, and the fan of its statements when it is open."""

    half_width: float
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Link:
    """An edge between two agents, by their positions in the list of boxes, and the length it would like to have."""

    source: int
    target: int
    length: float


def fan(count: int) -> list[Point]:
    """Offsets from a speaker to its `count` statements, left to right, ring by ring.

    >>> fan(1)
    [(0.0, -52.0)]
    >>> [round(x) for x, _ in fan(3)]
    [-28, 0, 28]
    """
    points: list[Point] = []
    radius = _FIRST_RING
    while len(points) < count:
        room = int(_FAN * radius / _CHIP) + 1
        here = min(room, count - len(points))
        step = _CHIP / radius
        first = -math.pi / 2 - step * (here - 1) / 2
        points += [
            (round(radius * math.cos(first + step * i), 1) + 0.0, round(radius * math.sin(first + step * i), 1)) for i in range(here)
        ]
        radius += _RING_STEP
    return points


def place(boxes: Sequence[Box], links: Sequence[Link], *, aspect: float = 1.5) -> list[tuple[int, int]]:
    """A position for each box, such that boxes do not overlap; whole pixels, the whole centred on (0, 0).

    Args:
        boxes: the room each node needs.
        links: which nodes belong near each other.
        aspect: width to height of the screen it is for: 1.5 for a laptop, less than 1 for a phone.

    The same input gives the same positions. Known limits: 1. above 600 nodes in one component only neighbours within a community
    are sure to stand near each other; 2. edges may cross a name.

    >>> box = Box(half_width=40, above=30, below=50)
    >>> place([box, box], [Link(0, 1, 160)])
    [(-80, 0), (80, 0)]
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(boxes)))
    for link in links:
        if link.source != link.target:
            known = graph.get_edge_data(link.source, link.target, {}).get("length", 0.0)
            graph.add_edge(link.source, link.target, length=max(link.length, known))
    parts = [_component(graph.subgraph(sorted(nodes)), boxes, aspect) for nodes in nx.connected_components(graph)]
    if not parts:
        return []
    parts.sort(key=lambda part: (-_area(part, boxes), min(part)))
    if len(parts) <= _TRIED:
        packed = (_pack(parts, boxes, aspect * stretch) for stretch in (1.0, 0.86, 0.7, 1.3, 1.7, 2.2))
        points = min(packed, key=lambda candidate: _width_on_screen(candidate, boxes, aspect))
    else:
        rows = (_in_rows(parts, boxes, aspect * stretch) for stretch in (1.0, 0.8, 1.25, 1.5, 1.8))
        points = min(rows, key=lambda candidate: _width_on_screen(candidate, boxes, aspect))
    left, top, right, bottom = _bounds(points, boxes)
    # The fan is empty when the page opens, so the picture is centred on the glyphs where that makes no difference to the fit.
    middle = ((left + right) / 2, (top + bottom) / 2) if len(parts) > 1 else _middle(points.values())
    return [(round(points[i][0] - middle[0]), round(points[i][1] - middle[1])) for i in range(len(boxes))]


# --------------------------------------------------------------------------- one component


def _component(graph: "nx.Graph[int]", boxes: Sequence[Box], aspect: float) -> dict[int, Point]:
    nodes = sorted(graph)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    if len(nodes) > _STRESS:
        return _communities(graph, boxes, aspect)
    if len(nodes) > _EXACT:
        return _separated(stress_layout(graph, nodes, aspect=aspect), boxes, rounds=120)
    if len(nodes) > _FEW:
        # Names are wide, so pushing them apart makes a picture wide: some are drawn higher before.
        fitted = stress_layout(graph, nodes, aspect=aspect)
        tried = (_separated(_turned(fitted, math.pi * turn / 4, high), boxes, rounds=120) for turn in range(4) for high in (1.0, 1.4, 1.9))
        return min(tried, key=lambda points: _ugliness(graph, points, boxes, aspect))
    fitted = _fit_distances(graph, nodes)
    if len(nodes) == 2:  # a pair lies flat, whoever holds the post on the left
        (x0, y0), (x1, y1) = fitted[nodes[0]], fitted[nodes[1]]
        return {nodes[0]: (0.0, 0.0), nodes[1]: (math.hypot(x1 - x0, y1 - y0), 0.0)}
    tried = (_separated(_turned(fitted, 2 * math.pi * turn / 24), boxes, rounds=200) for turn in range(24))
    return min(tried, key=lambda points: _ugliness(graph, points, boxes, aspect))


def _fit_distances(graph: "nx.Graph[int]", nodes: Sequence[int]) -> dict[int, Point]:
    """Stress majorisation from a circle: distances on paper approach distances along the edges."""
    wanted = {node: nx.single_source_dijkstra_path_length(graph, node, weight="length") for node in nodes}
    points = {
        node: (100 * len(nodes) * math.cos(2 * math.pi * i / len(nodes)), 90 * len(nodes) * math.sin(2 * math.pi * i / len(nodes)))
        for i, node in enumerate(nodes)
    }
    for _ in range(150):
        for node in nodes:
            x, y = points[node]
            total = new_x = new_y = 0.0
            for other in nodes:
                if other == node:
                    continue
                distance = wanted[node][other]
                weight = 1 / (distance * distance)
                other_x, other_y = points[other]
                stretch = distance / max(math.hypot(x - other_x, y - other_y), 1e-6)
                new_x += weight * (other_x + (x - other_x) * stretch)
                new_y += weight * (other_y + (y - other_y) * stretch)
                total += weight
            points[node] = (new_x / total, new_y / total)
    return points


def _communities(graph: "nx.Graph[int]", boxes: Sequence[Box], aspect: float) -> dict[int, Point]:
    """Those who have most to do with one another side by side: each community is laid out alone, and then they are, like large nodes."""
    ordered: nx.Graph[int] = nx.Graph()  # a subgraph view iterates in the order of a set
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted(graph.edges))
    found = [sorted(nodes) for nodes in nx.community.louvain_communities(ordered, seed=_SEED)]
    found.sort(key=lambda nodes: (-len(nodes), nodes))
    if len(found) == 1 or len(found) > _STRESS:
        return _separated(_spiral(ordered), boxes, rounds=40)
    home = {node: number for number, nodes in enumerate(found) for node in nodes}
    parts, rooms = [], []
    for nodes in found:
        inner = graph.subgraph(nodes)
        part = _separated(_spiral(inner), boxes, rounds=40) if len(nodes) > _STRESS else _part(inner, boxes, aspect)
        left, top, right, bottom = _bounds(part, boxes)
        parts.append({node: (x - (left + right) / 2, y - (top + bottom) / 2) for node, (x, y) in part.items()})
        rooms.append(Box((right - left) / 2 + _GUTTER, (bottom - top) / 2 + _GUTTER, (bottom - top) / 2 + _GUTTER))
    outer: nx.Graph[int] = nx.Graph()
    outer.add_nodes_from(range(len(found)))
    for a, b in sorted(graph.edges):
        one, other = sorted((home[a], home[b]))
        if one != other:
            outer.add_edge(one, other, length=0.8 * (rooms[one].half_width + rooms[other].half_width))
    middles = _separated(stress_layout(outer, range(len(found)), aspect=aspect), rooms, rounds=400)
    return {node: (middles[number][0] + x, middles[number][1] + y) for number, part in enumerate(parts) for node, (x, y) in part.items()}


def _part(graph: "nx.Graph[int]", boxes: Sequence[Box], aspect: float) -> dict[int, Point]:
    """A community, which is connected, at a cost that many of them can bear."""
    nodes = sorted(graph)
    if len(nodes) <= 2:
        return {node: (slot * (boxes[nodes[0]].half_width + boxes[node].half_width + _MARGIN), 0.0) for slot, node in enumerate(nodes)}
    return _separated(stress_layout(graph, nodes, aspect=aspect), boxes, rounds=60)


def _spiral(graph: "nx.Graph[int]") -> dict[int, Point]:
    """A sunflower in breadth-first order from the best-connected node."""
    root = min(graph, key=lambda node: (-graph.degree[node], node))
    order = [root, *(target for _, target in nx.bfs_edges(graph, root, sort_neighbors=sorted))]
    golden = math.pi * (3 - math.sqrt(5))
    return {node: (95 * math.sqrt(i) * math.cos(golden * i), 75 * math.sqrt(i) * math.sin(golden * i)) for i, node in enumerate(order)}


def _turned(points: Mapping[int, Point], angle: float, high: float = 1.0) -> dict[int, Point]:
    cos, sin = math.cos(angle), math.sin(angle)
    return {node: (x * cos - y * sin, high * (x * sin + y * cos)) for node, (x, y) in points.items()}


def _separated(points: Mapping[int, Point], boxes: Sequence[Box], *, rounds: int) -> dict[int, Point]:
    """Push overlapping boxes apart, each pair along the axis where less is needed."""
    nodes = sorted(points)
    xs, ys = [points[node][0] for node in nodes], [points[node][1] for node in nodes]
    halves = [boxes[node].half_width for node in nodes]
    rises, falls = [boxes[node].above for node in nodes], [boxes[node].below for node in nodes]
    # Plain lists by the node's place: half the time of a page of thousands goes by in this loop.
    for _ in range(rounds):
        clean = True
        lefts = [x - half for x, half in zip(xs, halves, strict=True)]
        order = sorted(range(len(nodes)), key=lefts.__getitem__)
        for i, a in enumerate(order, start=1):
            x, y, half, rise, fall = xs[a], ys[a], halves[a], rises[a], falls[a]
            reach = x + half + _MARGIN
            for place in range(i, len(order)):
                b = order[place]
                if lefts[b] > reach:
                    break
                a_is_upper = y < ys[b] or (y == ys[b] and a < b)
                down = fall + rises[b] + _MARGIN - (ys[b] - y) if a_is_upper else falls[b] + rise + _MARGIN - (y - ys[b])
                if down <= _TOUCH:
                    continue
                across = half + halves[b] + _MARGIN - abs(xs[b] - x)
                if across <= _TOUCH:
                    continue
                clean = False
                if across < down:
                    step = across / 2 if x < xs[b] or (x == xs[b] and a < b) else -across / 2
                    x, xs[b] = x - step, xs[b] + step
                    reach, lefts[b] = x + half + _MARGIN, xs[b] - halves[b]
                else:
                    step = down / 2 if a_is_upper else -down / 2
                    y, ys[b] = y - step, ys[b] + step
            xs[a], ys[a] = x, y
        if clean:
            break
    return {node: (x, y) for node, x, y in zip(nodes, xs, ys, strict=True)}


def _ugliness(graph: "nx.Graph[int]", points: Mapping[int, Point], boxes: Sequence[Box], aspect: float) -> float:
    """What a designer would mend: a tall picture, wasted paper, edges through fans, names and other nodes, crossings."""
    left, top, right, bottom = _bounds(points, boxes)
    width, height = right - left, bottom - top
    cost = max(width, height * aspect) / 30 + width * height / 60_000
    edges = sorted(graph.edges)
    for a, b in edges:
        for start, end in ((a, b), (b, a)):
            rise = (points[start][1] - points[end][1]) / max(math.dist(points[start], points[end]), 1.0)
            if boxes[start].above > _FIRST_RING and rise > 0.3:
                cost += 1.5 * rise  # it would run through the statements
            if rise < -0.75:
                cost += 0.6  # it would run through the name
        cost += sum(2.0 for node in points if node not in (a, b) and _crosses_box(points[a], points[b], points[node], boxes[node]))
    cost += sum(4.0 for (a, b), (c, d) in itertools.combinations(edges, 2) if len({a, b, c, d}) == 4 and _cross(points, a, b, c, d))
    return round(cost, 6)


def _crosses_box(start: Point, end: Point, centre: Point, box: Box) -> bool:
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    far = (x0 - centre[0] - box.half_width, centre[0] - x1 - box.half_width, y0 - centre[1] - box.below, centre[1] - y1 - box.above)
    if max(far) > 1:  # a pixel, as what follows is rounded
        return False
    for i in range(1, 12):
        x, y = (start[axis] + (end[axis] - start[axis]) * i / 12 for axis in (0, 1))
        if abs(x - centre[0]) < box.half_width and -box.above < y - centre[1] < box.below:
            return True
    return False


def _cross(points: Mapping[int, Point], a: int, b: int, c: int, d: int) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    pa, pb, pc, pd = points[a], points[b], points[c], points[d]
    return side(pa, pb, pc) * side(pa, pb, pd) < 0 and side(pc, pd, pa) * side(pc, pd, pb) < 0


# --------------------------------------------------------------------------- all components


def _pack(parts: Sequence[Mapping[int, Point]], boxes: Sequence[Box], aspect: float) -> dict[int, Point]:
    """The largest part in the middle, each next one as near to it as it fits."""
    cell = 24.0
    taken: list[tuple[int, int, int, int]] = []  # left, top, right, bottom in cells
    packed: dict[int, Point] = {}
    rings: list[list[tuple[int, int]]] = []
    more = _outwards(aspect)
    for part in parts:
        left, top, right, bottom = _bounds(part, boxes)
        wide, high = math.ceil((right - left + _GUTTER) / cell), math.ceil((bottom - top + _GUTTER) / cell)
        # Between which cells its middle must not come.
        barred = [(a - wide + wide // 2, b - high + high // 2, c + wide // 2, d + high // 2) for a, b, c, d in taken]
        for ring in itertools.count():
            while len(rings) <= ring:
                rings.append(next(more))
            free = rings[ring]
            for a, b, c, d in barred:
                free = [spot for spot in free if not (a < spot[0] < c and b < spot[1] < d)]
            if free:
                column, row = free[0][0] - wide // 2, free[0][1] - high // 2
                break
        taken.append((column, row, column + wide, row + high))
        shift_x = (column + wide / 2) * cell - (left + right) / 2
        shift_y = (row + high / 2) * cell - (top + bottom) / 2
        packed |= {node: (x + shift_x, y + shift_y) for node, (x, y) in part.items()}
    return packed


def _in_rows(parts: Sequence[Mapping[int, Point]], boxes: Sequence[Box], aspect: float) -> dict[int, Point]:
    """The largest first, from left to right in rows about as long as the screen is wide, each row centred."""
    sizes = [_bounds(part, boxes) for part in parts]
    area = sum((right - left + _GUTTER) * (bottom - top + _GUTTER) for left, top, right, bottom in sizes)
    longest = max(math.sqrt(area * aspect), *(right - left for left, _, right, _ in sizes))
    rows: list[list[int]] = [[]]
    used = 0.0
    for number in sorted(range(len(parts)), key=lambda number: (round(sizes[number][1] - sizes[number][3], 3), number)):
        width = sizes[number][2] - sizes[number][0] + _GUTTER
        if rows[-1] and used + width > longest + _GUTTER:
            rows.append([])
            used = 0.0
        rows[-1].append(number)
        used += width
    packed: dict[int, Point] = {}
    y = 0.0
    for row in rows:
        x = -sum(sizes[number][2] - sizes[number][0] + _GUTTER for number in row) / 2
        for number in row:
            left, top, right, _ = sizes[number]
            packed |= {node: (px + x - left, py + y - top) for node, (px, py) in parts[number].items()}
            x += right - left + _GUTTER
        y += max(sizes[number][3] - sizes[number][1] for number in row) + _GUTTER
    return packed


def _outwards(aspect: float) -> Iterator[list[tuple[int, int]]]:
    """Cells of a grid by growing distance from the middle, ring by ring, on a page that is `aspect` times as wide as high."""
    for ring in itertools.count():
        near = []
        for row in range(-ring - 1, ring + 2):
            # Cells of the ring alone, and one more at either end, as roots are rounded.
            first = max(math.floor(aspect * math.sqrt(max(ring**2 - row**2, 0))) - 1, 0)
            last = math.ceil(aspect * math.sqrt((ring + 1) ** 2 - row**2)) + 1
            for column in range(first, last + 1):
                if ring <= (distance := math.hypot(column / aspect, row)) < ring + 1:
                    near += [(distance, column, row), (distance, -column, row)][: 2 if column else 1]
        yield [(column, row) for _, column, row in sorted(near)]


def _bounds(points: Mapping[int, Point], boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    return (
        min(x - boxes[node].half_width for node, (x, _) in points.items()),
        min(y - boxes[node].above for node, (_, y) in points.items()),
        max(x + boxes[node].half_width for node, (x, _) in points.items()),
        max(y + boxes[node].below for node, (_, y) in points.items()),
    )


def _area(part: Mapping[int, Point], boxes: Sequence[Box]) -> float:
    left, top, right, bottom = _bounds(part, boxes)
    return round((right - left) * (bottom - top), 3)


def _width_on_screen(points: Mapping[int, Point], boxes: Sequence[Box], aspect: float) -> float:
    """How wide a screen of this aspect must be to hold the picture at zoom 1."""
    left, top, right, bottom = _bounds(points, boxes)
    return round(max(right - left, (bottom - top) * aspect), 3)


def _middle(points: Iterable[Point]) -> Point:
    xs, ys = zip(*points, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
