"""The part of a graph that is shown: who, in which order, and what is told about the rest."""

import networkx as nx
import pytest

from kg.errors import NotInStore
from kg.show.selection import select


def names(selection):
    return [data["name"] for _, data in selection.graph.nodes(data=True) if data["kind"] != "claim"]


def claims(selection):
    return [data["text"] for _, data in selection.graph.nodes(data=True) if data["kind"] == "claim"]


def test_all_is_all(graph):
    selection = select(graph)
    assert selection.graph is graph
    assert (selection.shown, selection.total, selection.note) == (16, 16, "")


def test_those_who_say_most_come_first_then_those_with_most_links(graph):
    selection = select(graph, max_nodes=4)
    # Four statements, four statements, and where they hold posts.
    assert names(selection) == ["Orla Venn", "Northmere Institute of Marine Studies", "Tomas Ilves", "Centre for Coastal Economics"]
    assert selection.note == "Showing 4 of 16 people, organisations and topics: those with most statements, and where they hold posts."
    assert len(claims(selection)) == 4 + 4 + 1  # with the one of nobody


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (0, {"Tomas Ilves"}),
        (1, {"Tomas Ilves", "Centre for Coastal Economics", "Bea Castellan"}),
        (
            2,
            {
                "Tomas Ilves",
                "Centre for Coastal Economics",
                "Bea Castellan",
                "Halvard University's School of Public Policy",
                "Meridian Grid",
            },
        ),
    ],
)
def test_somebody_and_who_is_near(graph, depth, expected):
    selection = select(graph, focus="tomas  ILVES", depth=depth)
    assert set(names(selection)) == expected
    assert selection.note.startswith("Tomas Ilves and who is ")
    assert selection.note.endswith(f": {len(expected)} of 16 people, organisations and topics.")


def test_another_name_or_a_word_of_one_will_do(graph):
    assert names(select(graph, focus="venn", depth=0)) == ["Orla Venn"]
    assert names(select(graph, focus="Public Policy", depth=0)) == ["Halvard University's School of Public Policy"]


def test_namesakes_are_all_in_focus_and_told_apart():
    graph = nx.MultiDiGraph()
    for place, title in (("1", "director"), ("2", "baker"), ("3", "")):
        graph.add_node(f"urn:kg:person/{place}", kind="person", name="Ann Lee", articles=[f"urn:kg:article/{place}"])
        graph.add_node(f"urn:kg:organisation/{place}", kind="organisation", name=f"Firm {place}", articles=[f"urn:kg:article/{place}"])
        if title:
            graph.add_edge(f"urn:kg:person/{place}", f"urn:kg:organisation/{place}", key="role", kind="role", title=title)
    for number in range(2):
        graph.add_node(f"claim-{number}", kind="claim", text="words", article="urn:kg:article/2", article_title="Snow")
        graph.add_edge("urn:kg:person/2", f"claim-{number}", key="said", kind="said")
    for name in ("ann lee", "Lee"):  # the whole name, a word of it
        selection = select(graph, focus=name, depth=0)
        assert selection.namesakes == (
            "Ann Lee (person), baker, Firm 2, in Snow, urn:kg:person/2",
            "Ann Lee (person), director, Firm 1, in urn:kg:article/1, urn:kg:person/1",
            "Ann Lee (person), in urn:kg:article/3, urn:kg:person/3",
        )
        assert (names(selection), selection.note.partition(" and ")[0]) == (["Ann Lee"] * 3, f"3 called {name!r}")
    alone = select(graph, focus="urn:kg:person/1")
    assert (names(alone), alone.namesakes) == (["Ann Lee", "Firm 1"], ())
    assert names(select(graph, focus="person/3")) == ["Ann Lee"]


def test_both_together_keep_the_focus(graph):
    selection = select(graph, focus="Meridian Grid", depth=3, max_nodes=2)
    assert names(selection) == ["Tomas Ilves", "Meridian Grid"]
    assert "Showing 2 of 4" in selection.note


def test_two_statements_each_go_by_links(graph):
    selection = select(graph, max_nodes=7)
    # Castellan has three links, the ministry one, Okafor two; the last has no room for a post.
    assert set(names(selection)) - set(names(select(graph, max_nodes=4))) == {"Bea Castellan", "Meridian Grid", "Idris Okafor"}


def test_a_topic_is_a_link(graph, invented):
    graph.add_node("urn:kg:t", kind="topic", name="tides", label="tides")
    for claim in ("claim-3", "claim-19"):
        graph.add_edge(invented.iri(claim), "urn:kg:t", key="about", kind="about")
    assert set(names(select(graph, focus="tides"))) == {"tides", "Orla Venn", "Mirela Sand"}
    assert "Mirela Sand" in names(select(graph, focus="Orla Venn", depth=2))


def test_nobody_of_that_name(graph):
    with pytest.raises(NotInStore, match="nobody named 'Orla Wenn'") as caught:
        select(graph, focus="Orla Wenn")
    assert "Did you mean Orla Venn" in caught.value.remedy


def test_the_graph_is_left_as_it_is_and_its_order_kept(graph, invented):
    selection = select(graph, focus="Bea Castellan", depth=9)
    assert nx.utils.graphs_equal(graph, invented.invented_graph())
    assert [node for node in graph if node in selection.graph] == list(selection.graph)
    assert all(data == graph.get_edge_data(a, b, key) for a, b, key, data in selection.graph.edges(keys=True, data=True))
