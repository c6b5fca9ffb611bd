"""The page as a string: what it holds, what it must never hold. What a browser makes of it is tested in tests/browser."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import networkx as nx
import pytest

from kg.show.page import render_page

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "<!--<script>",
    "a\u2028b\u2029c",
    "]]>&lt;b&gt;&amp;",
)


class Reader(HTMLParser):
    """Elements with their attributes, and the text of scripts and styles."""

    def __init__(self):
        super().__init__()
        self.elements, self.bodies, self.inside = [], [], False

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.inside = tag in ("script", "style", "title")
        if self.inside:
            self.bodies.append([tag, dict(attrs), ""])

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.bodies[-1][2] += data


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def data_of(page):
    return json.loads(next(text for tag, attrs, text in read(page).bodies if attrs.get("id") == "data"))


def hashed(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_allows_exactly_the_scripts_and_the_style_that_are_there(graph):
    reader = read(render_page(graph, title="T"))
    policy = next(attrs["content"] for tag, attrs in reader.elements if attrs.get("http-equiv") == "Content-Security-Policy")
    scripts = {hashed(text) for tag, attrs, text in reader.bodies if tag == "script" and attrs.get("type") != "application/json"}
    styles = {hashed(text) for tag, _, text in reader.bodies if tag == "style"}
    assert len(scripts) == 2
    assert len(styles) == 1
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert set(re.findall(r"sha256-[^']+", policy.split("script-src")[1].split(";")[0])) == scripts
    assert set(re.findall(r"sha256-[^']+", policy.split("style-src")[1].split(";")[0])) == styles


def test_nothing_is_fetched_and_nothing_is_styled_or_run_from_attributes(graph):
    page = render_page(graph, title="T")
    for tag, attrs in read(page).elements:
        assert not [name for name in attrs if name.startswith("on") or name in ("src", "style", "srcset", "action")], (tag, attrs)
        assert attrs.get("href", "#").startswith(("#", "data:,")), (tag, attrs)
    assert "sourceMappingURL" not in page
    assert "\r" not in page


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_is_data_in_every_field(graph, payload):
    for _, data in graph.nodes(data=True):
        for key, value in data.items():
            if isinstance(value, str) and key not in ("kind", "quotation_type", "mode", "article"):
                data[key] = payload
            elif key == "segments":
                data[key] = [[payload, "content"], [payload, payload]]
            elif isinstance(value, list):
                data[key] = [payload]
    for *_, data in graph.edges(data=True):
        for key in set(data) & {"title", "evidence"}:
            data[key] = payload
    page = render_page(graph, title=payload)
    reader = read(page)
    assert [tag for tag, _ in reader.elements].count("script") == 3
    assert [attrs.get("id") for tag, attrs in reader.elements if tag == "img"] == ["paper"]
    assert next(text for tag, _, text in reader.bodies if tag == "title") == payload
    data = data_of(page)
    claim = next(node for node in data["nodes"] if node["kind"] == "claim")
    assert "text" not in claim  # it is what the paragraph gives
    assert data["paragraphs"][claim["paragraph"]] == payload * 2
    assert claim["cuts"] == [len(payload), 3, len(payload), 0]
    assert data["articles"][0]["title"] == payload
    block = page.split('id="data">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(block)


def test_what_no_utf_8_can_hold_does_not_stop_the_page(graph, invented):
    graph.nodes[invented.iri("venn")]["name"] = "Orla \ud800 Venn"
    page = render_page(graph, title="A \udfff title\x00")
    page.encode("utf-8")
    assert "<title>A \ufffd title\ufffd</title>" in page
    assert any(node.get("name") == "Orla \ud800 Venn" for node in data_of(page)["nodes"])


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://news.example/a?b=c&d", True),
        ("http://news.example/", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        ("//news.example/a", False),  # the page may be a file: what it would mean there is anyone's guess
        ("https://", False),
        ("https://a.example/ b", False),
        ("https:\\\\a.example", False),
        ("http://[bad", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(graph, address, kept):
    for _, data in graph.nodes(data=True):
        if "article_url" in data:
            data["article_url"] = address
    assert data_of(render_page(graph, title="T"))["articles"][0].get("url", "") == (address if kept else "")


def test_same_graph_same_page_whatever_the_hash_seed(root):
    code = (
        "import importlib.util as u, hashlib, sys\n"
        "spec = u.spec_from_file_location('invented', sys.argv[1]); m = u.module_from_spec(spec); spec.loader.exec_module(m)\n"
        "from kg.show.page import render_page\n"
        "print(hashlib.sha256(render_page(m.invented_graph(), title='T').encode()).hexdigest())"
    )
    script = [sys.executable, "-c", code, str(root / "tests/unit/show/invented.py")]
    runs = {
        subprocess.run(script, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True).stdout
        for seed in "12"
    }
    assert len(runs) == 1
    assert len(runs.pop().strip()) == 64


def test_the_graph_is_left_as_it_is(graph, invented):
    render_page(graph, title="T")
    assert nx.utils.graphs_equal(graph, invented.invented_graph())
    assert list(graph) == list(invented.invented_graph())


def test_the_page_is_little_more_than_vis_network(graph):
    page = render_page(graph, title="T")
    vis = max(len(text) for tag, _, text in read(page).bodies if tag == "script")
    assert vis > 400_000
    assert len(page.encode()) < 700_000
    assert len(page.encode()) - vis < 200_000


def test_an_empty_graph_gives_a_page():
    assert data_of(render_page(nx.MultiDiGraph(), title="Nothing"))["nodes"] == []


def test_a_node_of_no_known_kind_is_refused():
    graph = nx.MultiDiGraph()
    graph.add_node("urn:kg:x", kind="planet", name="Mars")
    with pytest.raises(ValueError, match="planet"):
        render_page(graph, title="T")


def test_options_keep_physics_off(graph):
    assert data_of(render_page(graph, title="T"))["options"]["physics"] == {"enabled": False}
