"""Many nodes: what is drawn first, what is said of the rest, and that all of it is still within reach."""

import itertools
import random

import networkx as nx
import pytest

from kg.show.page import render_page
from kg.show.selection import select

pytestmark = [pytest.mark.browser]


def many(agents):
    """People with posts and statements on topics, some in touch with nobody."""
    dice = random.Random(7)
    graph = nx.MultiDiGraph()
    houses = agents // 4
    for number in range(houses):
        graph.add_node(f"urn:kg:o{number}", kind="organisation", name=f"Institute {number}", label=f"Institute {number}", aliases=[])
    for number in range(agents - houses):
        person, claims = f"urn:kg:p{number}", dice.choice((0, 1, 1, 2, 3, 9))
        graph.add_node(person, kind="person", name=f"Person Number {number}", label=f"Person Number {number}", aliases=[])
        graph.add_edge(person, f"urn:kg:o{int(houses * dice.random() ** 2)}", key="role", kind="role", title="analyst")
        for said in range(claims):
            claim = f"urn:kg:c{number}-{said}"
            words = f"the {said} of {number} will hold"
            graph.add_node(
                claim,
                kind="claim",
                text=words,
                segments=[[words, "content"]],
                quotation_type="indirect",
                confidence=0.8,
                article="urn:kg:article/1",
                article_title="One",
            )
            graph.add_edge(person, claim, key="said", kind="said")
    return graph


@pytest.fixture(scope="module")
def crowd():
    return many(900)


@pytest.fixture(scope="module")
def crowd_page(crowd, tmp_path_factory):
    part = select(crowd, max_nodes=500)
    path = tmp_path_factory.mktemp("crowd") / "page.html"
    path.write_text(render_page(part.graph, title="A crowd", note=part.note), encoding="utf-8")
    return path


def test_a_crowd_begins_with_those_who_say_most_and_tells_of_the_rest(window, crowd_page):
    view = window(crowd_page.as_uri())
    page = view.open()
    assert 36 <= page.evaluate("kg.map.view().visible.size") <= 44
    assert page.inner_text("#part").startswith("Map: 44 of ")
    assert "Showing 500 of 900 people, organisations and topics: those with most statements, and where they hold posts." in page.inner_text(
        ".overview"
    )
    labels = view.labels()
    assert len(labels) >= 26
    for a, b in itertools.combinations(labels, 2):
        assert not (a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]), (a, b)

    # Somebody whom the first picture leaves out is found by name, and shown with the neighbours.
    outside = page.evaluate("kg.model.agents.find((node) => node.kind === 'person' && !node.first_wide && node.wide).name")
    page.fill("#query", outside)
    page.keyboard.press("Enter")
    assert view.heading() == outside
    assert page.inner_text("#strip span >> nth=0") == f"Only {outside} and neighbours"
    page.keyboard.press("Escape")
    assert page.inner_text("#part").startswith("Map: 44 of ")

    page.click("text=Draw all")
    view.next_frame()
    drawn = page.evaluate("kg.map.view().visible.size")
    assert drawn > 450
    assert page.inner_text("#part").startswith(f"Map: all {drawn:,}")
    labels = view.labels()
    assert labels
    for a, b in itertools.combinations(labels, 2):
        assert not (a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]), (a, b)
    page.go_back()
    assert page.inner_text("#part").startswith("Map: 44 of ")


def test_the_file_keeps_within_its_size(crowd_page, crowd):
    assert crowd_page.stat().st_size < 1_000_000 + 1_200 * crowd.number_of_nodes()


def test_voices_without_a_name_share_a_glyph(window, invented, write_page):
    graph = invented.invented_graph()
    for number in range(5):
        words = f"nobody will say so twice, {number}"
        graph.add_node(f"urn:kg:u{number}", kind="unnamed", name=f"an official {number}", label="an official", aliases=[])
        graph.add_node(
            f"urn:kg:uc{number}",
            kind="claim",
            text=words,
            segments=[[words, "content"]],
            quotation_type="indirect",
            confidence=0.8,
            **invented.ARTICLE,
        )
        graph.add_edge(f"urn:kg:u{number}", f"urn:kg:uc{number}", key="said", kind="said")
    view = window(write_page(graph))
    page = view.open()
    assert "6 unnamed sources" in {label["text"] for label in view.labels()}
    assert "Unnamed sources7" in page.text_content("#legend")  # with the one that stands for nobody
    page.evaluate("kg.state.set({ chosen: kg.model.several[0].id }, { moved: true })")
    assert view.heading() == "6 unnamed sources"
    assert page.locator("#panel .row b").all_inner_texts()[0] == "a spokesperson for the ports"
    page.click("text=an official 3")
    assert view.heading() == "an official 3"
    assert page.evaluate("kg.shown.open") == 1


def test_an_empty_graph_says_so(window, write_page):
    view = window(write_page(nx.MultiDiGraph()))
    view.page.goto(view.uri)
    view.page.wait_for_selector("html[data-ready]")
    assert "There is nothing in this graph yet." in view.page.inner_text("#panel")
