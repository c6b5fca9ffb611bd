"""The page inside a Jupyter notebook."""

import html
from typing import TYPE_CHECKING

from kg.show.page import render_page
from kg.show.selection import select

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Plot", "plot"]


class Plot:
    """A page that a notebook shows as the value of a cell.

    Attributes:
        page: the whole HTML page.
        height: of the frame it is shown in, in pixels.
    """

    __slots__ = ("height", "page")

    def __init__(self, page: str, *, height: int) -> None:
        self.page = page
        self.height = height

    def _repr_html_(self) -> str:
        """A frame that may run the page's own scripts and save pictures, and can reach nothing else of the notebook."""
        return (
            f'<iframe title="Who said what" srcdoc="{html.escape(self.page)}" sandbox="allow-scripts allow-downloads allow-popups" '
            f'width="100%" height="{self.height}" style="border:0"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<Plot of {len(self.page):,} characters: show it in a notebook, or write its .page to a file>"


def plot(
    graph: "nx.MultiDiGraph[str]",
    *,
    title: str = "Who said what",
    max_nodes: int | None = 300,
    focus: str | None = None,
    depth: int = 1,
    height: int = 720,
) -> Plot:
    """The graph as an interactive page in a notebook; the value of a cell, or the argument of `display`.

    Args:
        graph: as `kg.to_networkx` makes it.
        title: heading of the page.
        max_nodes: most agents and topics to show, those with most statements; None for all.
        focus: a name: only who bears it and who is near.
        depth: how many links from there to go.
        height: of the frame, in pixels.

    Raises:
        NotInStore: if nobody bears the name in `focus`.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("urn:kg:p", kind="person", name="Ada Moreau", label="Ada Moreau")
    >>> plot(graph)._repr_html_()[:43]
    '<iframe title="Who said what" srcdoc="&lt;!'
    """
    part = select(graph, max_nodes=max_nodes, focus=focus, depth=depth)
    return Plot(render_page(part.graph, title=title, note=part.note), height=height)
