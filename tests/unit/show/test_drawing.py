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
    assert [claim["iri"] for claim in claims] == [f"#claim-{number}" for number in range(1, 21)]


def test_statements_know_their_speaker_and_speakers_their_statements(drawing):
    venn = by_name(drawing, "Orla Venn")
    claims = {node["id"]: node for node in drawing.nodes if node["kind"] == "claim"}
    assert [claim["iri"] for claim in claims.values() if claim["host"] == venn["id"]] == [f"#claim-{number}" for number in (3, 4, 5, 6)]


def test_statements_of_nobody_are_kept_and_marked(drawing):
    nobody = by_name(drawing, "No speaker named")
    assert nobody["kind"] == "unnamed"
    assert len([node for node in drawing.nodes if node.get("host") == nobody["id"]]) == 1


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


def test_a_paragraph_is_there_once_and_gives_every_statement_its_words_back(drawing, graph, invented):
    assert drawing.paragraphs == list(dict.fromkeys(invented.PARAGRAPHS[number] for _, number, *_ in invented.CLAIMS))
    for node in drawing.nodes:
        if node["kind"] == "claim":
            text, pieces, at = drawing.paragraphs[node["paragraph"]], [], 0
            for length, role in zip(node["cuts"][::2], node["cuts"][1::2], strict=True):
                pieces.append([text[at : at + length], ["", "source", "cue", "content"][role]])
                at += length
            assert pieces == graph.nodes[invented.ARTICLE["article"] + node["iri"]]["segments"]


def test_lengths_are_those_of_javascript():
    graph = nx.MultiDiGraph()
    graph.add_node("urn:kg:c", kind="claim", text="🐟 rain", segments=[["“", ""], ["🐟 rain", "content"], ["”", ""]])
    [claim] = [node for node in draw(graph).nodes if node["kind"] == "claim"]
    assert claim["cuts"] == [1, 0, 7, 3, 1, 0]
    assert "text" not in claim


def test_topics_are_nodes_and_rules_are_explained_once(graph, invented):
    topic = "urn:kg:topic/tides"
    graph.add_node(topic, kind="topic", name="tidal power", label="tidal power")
    for number in (3, 11):
        graph.add_edge(invented.iri(f"claim-{number}"), topic, key="about", kind="about")
        graph.nodes[invented.iri(f"claim-{number}")]["rule"] = "runs-on"
    drawing = draw(graph)
    number = by_name(drawing, "tidal power")["id"]
    assert [node["iri"] for node in drawing.nodes if number in node.get("topics", ())] == ["#claim-3", "#claim-11"]
    assert drawing.rules == {"attribution": {"runs-on": "a quotation right behind a statement, without a cue of its own"}}


def test_a_post_printed_twice_is_one_with_its_dates():
    graph = nx.MultiDiGraph()
    graph.add_node("urn:kg:a", kind="person", name="Ada Brandt")
    graph.add_node("urn:kg:b", kind="organisation", name="Northlight")
    for number, (title, date) in enumerate([("Chemist", "2031-05-01"), ("chemist", "2030-02-03")]):
        graph.add_edge("urn:kg:a", "urn:kg:b", key=f"role {number}", kind="role", title=title, date=date)
    [edge] = draw(graph).edges
    assert edge["label"] == "Chemist"
    assert edge["roles"] == [{"title": "Chemist", "dates": ["2030-02-03", "2031-05-01"]}]


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
    assert draw(graph).nodes[0].get("lines", [name]) == lines
