"""The interactive page: one HTML file that needs nothing but a browser.

pyvis holds the graph, the options and the copy of vis-network that is drawn with; the template, the style and the behaviour are ours, in
`templates/`. pyvis's own template is never used: it asks servers for style sheets, and writes titles and headings as HTML.
"""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.show.drawing import draw

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["render_page"]

_TEMPLATES = Path(__file__).parent / "templates"
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_SCRIPTS = (
    "model.js",
    "glyph.js",
    "state.js",
    "filters.js",
    "map.js",
    "lists.js",
    "compare.js",
    "panel.js",
    "timeline.js",
    "picture.js",
    "app.js",
)
_OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "layout": {"improvedLayout": False, "randomSeed": 1},  # places are given
    "physics": {"enabled": False},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "multiselect": False, "zoomSpeed": 0.6},
    "nodes": {"shape": "custom", "chosen": False},
    "edges": {"smooth": False, "chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}
# What must not stand in a script element, and what JSON allows but a line of script does not. Lone surrogates have no UTF-8.
_ESCAPED = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def render_page(graph: "nx.MultiDiGraph[str]", *, title: str, note: str = "") -> str:
    """A whole HTML page that shows `graph`: no other file, no request, and nothing in the graph can become markup or script.

    Write it as UTF-8. The same graph in the same order with the same title gives the same page, character for character. The graph is
    left as it is.

    Args:
        graph: as `kg.show.network.to_networkx` makes it; its docstring lists nodes, edges and attributes. Statements are numbered in the
            order of the nodes.
        title: heading and window title.
        note: a sentence about what is not in the graph, if something is not: "Showing 300 of 20,000 ..."

    Raises:
        ValueError: if a node has no known `kind`.

    Known limits: 1. the whole graph is in the page, about 0.5 kB a node beside 0.6 MB of program; 2. a graph of more than some 20,000
    nodes is slow to open: `kg.show.selection.select` takes a part.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("urn:kg:p", kind="person", name="Ada Moreau", label="Ada Moreau")
    >>> page = render_page(graph, title="A page")
    >>> "<title>A page</title>" in page, "https://cdn" in page
    (True, False)
    """
    drawing = draw(graph)
    # `in_line` only keeps pyvis from a warning meant for notebooks: our template does not read it.
    net = Network(directed=True, cdn_resources="in_line", heading=_NO_TEXT.sub("\ufffd", title))
    net.templateEnv = _environment(Path(net.template_dir))
    net.path = "page.html"
    # Lists are assigned whole: add_node and add_edge search all earlier ones each time.
    net.nodes, net.edges, net.options = drawing.nodes, drawing.edges, _OPTIONS
    beside = {"articles": drawing.articles, "paragraphs": drawing.paragraphs, "rules": drawing.rules, "note": note}
    beside |= {"removed": drawing.removed} if drawing.removed else {}
    net.templateEnv.globals["beside"] = beside
    page = net.generate_html(name="page.html")
    assert isinstance(page, str)
    return page


def _environment(pyvis_templates: Path) -> Environment:
    loader = FileSystemLoader([_TEMPLATES, pyvis_templates])
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)

    def source(name: str) -> str:
        # Read, not included: a script is no template. Browsers fold CR LF before they hash; the map file of vis-network would be fetched.
        text = loader.get_source(environment, name)[0].replace("\r\n", "\n").replace("\r", "\n")
        return re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", text)

    assets = {"vis": source(_VIS), "script": "\n".join(source(name) for name in _SCRIPTS), "style": source("page.css")}
    environment.globals.update({name: Markup(text) for name, text in assets.items()})  # noqa: S704  our own files and vis-network's
    environment.globals["hashes"] = {name: _csp_hash(text) for name, text in assets.items()}
    environment.filters["embed"] = _embed
    environment.filters["parse"] = json.loads
    return environment


def _csp_hash(text: str) -> str:
    """What a Content-Security-Policy calls an inline script or style of exactly this text.

    >>> _csp_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _embed(data: Any) -> Markup:
    r"""JSON that may stand in a script element and cannot end it.

    >>> _embed(["</script>", "a & b"])
    Markup('["\\u003c/script\\u003e","a \\u0026 b"]')
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(_ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text))  # noqa: S704  nothing that is markup is left
