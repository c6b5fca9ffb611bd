"""Distances on paper like distances along the links: stress majorisation by SMACOF (De Leeuw 1977; Gansner, Koren and North 2004)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import networkx as nx

type Matrix = npt.NDArray[np.float64]

__all__ = ["stress_layout"]

_ROUNDS = 120
_SMALL = 120  # nodes up to which all eigenvectors are affordable
_SETTLED = 1e-4  # a round that lessens the stress by less than this share of it is the last


def stress_layout(graph: "nx.Graph[int]", nodes: Sequence[int], *, aspect: float) -> dict[int, tuple[float, float]]:
    """A place for each node of a graph, long side along the long side of a screen that is `aspect` times as wide as high.

    Classical scaling gives the start, so nothing is random. Parts without a link to each other stand a link further apart than the widest part. Time grows with the cube of the number of nodes: 700 take about a second.

    >>> import networkx as nx
    >>> path = nx.path_graph(3)
    >>> nx.set_edge_attributes(path, 100.0, "length")
    >>> points = stress_layout(path, [0, 1, 2], aspect=1.5)
    >>> [round(abs(points[node][0] - points[1][0]), -1) for node in (0, 2)]
    [100.0, 100.0]
    """
    slots = {node: slot for slot, node in enumerate(nodes)}
    lengths: list[tuple[int, int, float]] = [(a, b, float(data["length"])) for a, b, data in graph.edges(data=True)]
    mean = sum(length for *_, length in lengths) / max(len(lengths), 1)
    wanted = np.zeros((len(nodes), len(nodes)))
    near = [[slots[other] for other in graph[node] if other in slots] for node in nodes]
    for slot, hops in enumerate(map(_hops, [near] * len(nodes), range(len(nodes)))):
        wanted[slot, list(hops)] = [mean * count for count in hops.values()]
    for a, b, length in lengths:
        wanted[slots[a], slots[b]] = wanted[slots[b], slots[a]] = length
    lost = (wanted == 0) & ~np.eye(len(nodes), dtype=bool)
    wanted[lost] = wanted.max() + mean if wanted.any() else 100.0
    points = _majorised(_scaled(wanted), wanted)
    x, y = (points[:, 0], points[:, 1]) if aspect >= 1 else (points[:, 1], points[:, 0])
    return {node: (float(x[slot]), float(y[slot])) for node, slot in slots.items()}


def _hops(near: list[list[int]], start: int) -> dict[int, int]:
    """How many links each node is away that can be reached. On plain lists: views of networkx take four times as long."""
    found, border = {start: 0}, [start]
    while border:
        following = []
        for node in border:
            for other in near[node]:
                if other not in found:
                    found[other] = found[node] + 1
                    following.append(other)
        border = following
    return found


def _scaled(wanted: Matrix) -> Matrix:
    """Classical scaling: the two main axes of the distances, the longer first."""
    squared = wanted**2
    centred = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    values, vectors = np.linalg.eigh(centred) if len(wanted) <= _SMALL else _main_axes(centred)
    axes = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0.0))
    # The sign of an axis is free: the first node that is off it stands on its positive side.
    for axis in (0, 1):
        off = np.flatnonzero(np.abs(axes[:, axis]) > 1e-6 * (np.abs(axes).max() or 1.0))
        if off.size and axes[off[0], axis] < 0:
            axes[:, axis] *= -1
    # Nodes alike have one place in it; on a sunflower's spiral they can move apart.
    turns = np.arange(len(axes)) * np.pi * (3 - np.sqrt(5))
    spread = 0.05 * wanted.max() * np.sqrt(np.arange(len(axes)) / len(axes))
    spiral: Matrix = np.stack([spread * np.cos(turns), spread * np.sin(turns)], axis=1)
    return spiral + axes


def _main_axes(matrix: Matrix) -> tuple[Matrix, Matrix]:
    """The two largest eigenvalues, ascending, and their vectors, about: by subspace iteration, which is enough for a start."""
    turns = np.arange(len(matrix)) * np.pi * (3 - np.sqrt(5))
    basis = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    for _ in range(60):
        basis, _ = np.linalg.qr(matrix @ basis)
    values, mixed = np.linalg.eigh(basis.T @ matrix @ basis)
    return values, basis @ mixed


def _majorised(points: Matrix, wanted: Matrix) -> Matrix:
    count = len(points)
    apart = ~np.eye(count, dtype=bool)
    weights = np.zeros_like(wanted)
    weights[apart] = wanted[apart] ** -2.0
    pull = weights * wanted
    laplacian = np.diag(weights.sum(1)) - weights
    solver = np.linalg.inv(laplacian + 1.0 / count)  # of a connected graph: regular once the constant vector is lifted
    before = np.inf
    distances, other, ratios = (np.empty_like(wanted) for _ in range(3))  # made once: to make large ones costs more than to fill them
    for _ in range(_ROUNDS):
        np.subtract.outer(points[:, 0], points[:, 0], out=distances)
        np.subtract.outer(points[:, 1], points[:, 1], out=other)
        np.sqrt(np.add(np.square(distances, out=distances), np.square(other, out=other), out=distances), out=distances)
        np.square(np.subtract(distances, wanted, out=other), out=other)
        stress = float(np.multiply(weights, other, out=other).sum())
        if before - stress < _SETTLED * stress:
            break
        before = stress
        ratios.fill(0.0)
        np.divide(pull, distances, out=ratios, where=distances > 1e-9)
        points = solver @ (ratios.sum(1)[:, None] * points - ratios @ points)
    return points
