"""Folding, numbering, and what is worked out before the browser."""

import networkx as nx
import pytest

from kg.show.drawing import draw


@pytest.fixture
def drawing(graph):
    return draw(graph)


def by_name(drawing, name):
    return next(node for node in drawing.nodes if node.get("name") == name)


def test_statements_are_numbered_in_the_order_of_the_graph(drawing):
    claims = [node for node in drawing.nodes if node["kind"] == "claim"]
    assert [claim["n"] for claim in claims] == list(range(1, 21))
    assert claims[0]["text"].startswith("the first barrage")


def test_statements_know_their_speaker_and_speakers_their_statements(drawing):
    venn = by_name(drawing, "Orla Venn")
    claims = {node["id"]: node for node in drawing.nodes if node["kind"] == "claim"}
    assert [claims[claim]["n"] for claim in venn["claims"]] == [3, 4, 5, 6]
    assert all(claims[claim]["host"] == venn["id"] for claim in venn["claims"])


def test_statements_of_nobody_are_kept_and_marked(drawing):
    nobody = by_name(drawing, "No speaker named")
    assert nobody["kind"] == "unnamed"
    assert len(nobody["claims"]) == 1


def test_without_such_statements_nobody_is_not_there(graph, invented):
    graph.remove_node(invented.iri("claim-20"))
    assert "No speaker named" not in [node.get("name") for node in draw(graph).nodes]


def test_two_titles_at_one_place_are_one_line(drawing):
    castellan, meridian = by_name(drawing, "Bea Castellan"), by_name(drawing, "Meridian Grid")
    edges = [edge for edge in drawing.edges if edge["from"] == castellan["id"] and edge["to"] == meridian["id"]]
    assert [edge["label"] for edge in edges] == ["vice-president, research director"]
    assert [role["title"] for role in edges[0]["roles"]] == ["vice-president", "research director"]


def test_a_former_role_says_so(drawing):
    sand = by_name(drawing, "Mirela Sand")
    assert [edge["label"] for edge in drawing.edges if edge["from"] == sand["id"] and edge["kind"] == "role"] == ["former commissioner"]


def test_agreement_knows_who_stands_behind_it(drawing):
    castellan, ilves = by_name(drawing, "Bea Castellan"), by_name(drawing, "Tomas Ilves")
    agreements = [edge for edge in drawing.edges if edge["kind"] == "agrees"]
    assert [edge["hosts"] for edge in agreements] == [[castellan["id"], ilves["id"]]] * 2


def test_one_article_is_listed_once(drawing):
    assert [article["publisher"] for article in drawing.articles] == ["The Northmere Courier"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Orla Venn", ["Orla Venn"]),
        ("Institute of\n Tides", ["Institute of Tides"]),  # white space as printed breaks no line
        ("Digital Economy and Financial Innovation Research Center", ["Digital Economy and", "Financial Innovation", "Research Center"]),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
            ["one two three four five", "six seven eight nine ten", "eleven twelve thirteen …"],
        ),
        ("北京市社会科学院数字经济研究所", ["北京市社会科学院数", "字经济研究所"]),  # a wide character takes two columns
        ("   ", ["?"]),
    ],
)
def test_names_are_broken_into_few_lines(name, lines):
    graph = nx.MultiDiGraph()
    graph.add_node("urn:kg:a", kind="organisation", name=name, label=name)
    assert draw(graph).nodes[0]["lines"] == lines
