"""Files of other programs, read back by networkx and the csv module."""

import csv
import io

import networkx as nx
import pytest

from kg.show.exchange import COLUMNS, FORMATS, export_network, plain
from kg.show.network import to_networkx

READERS = {
    "graphml": lambda data: nx.read_graphml(io.BytesIO(data), force_multigraph=True),
    "gexf": lambda data: nx.read_gexf(io.BytesIO(data)),
}


def written(graph, name):
    return b"".join(export_network(graph, name))


@pytest.mark.parametrize("name", sorted(READERS))
def test_what_is_written_is_read_back(store, name):
    graph = plain(to_networkx(store, attitudes=True))
    back = READERS[name](written(to_networkx(store, attitudes=True), name))
    assert dict(back.nodes(data=True)).keys() == dict(graph.nodes(data=True)).keys()
    for node, data in graph.nodes(data=True):
        known = back.nodes[node]
        assert {name: known.get(name, "") for name in data} == data
    kinds = sorted((a, b, data["kind"]) for a, b, data in graph.edges(data=True))
    assert sorted((a, b, data["kind"]) for a, b, data in back.edges(data=True)) == kinds
    assert any(data.get("confidence") == 0.97 for _, data in back.nodes(data=True))  # numbers stay numbers


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_graph_gives_the_same_bytes_without_a_clock(graph, name):
    assert written(graph, name) == written(graph.copy(), name)
    assert b"lastmodified" not in written(graph, name)


@pytest.mark.parametrize("name", sorted(READERS))
def test_what_no_xml_can_hold_is_replaced(name):
    graph = nx.MultiDiGraph()
    graph.add_node("urn:kg:a", kind="person", name="A\x00da \x1b <b>&amp; \ud800 ]]>")
    assert READERS[name](written(graph, name)).nodes["urn:kg:a"]["name"] == "A\ufffdda \ufffd <b>&amp; \ufffd ]]>"


def test_the_table_has_a_line_a_claim(store):
    rows = list(csv.DictReader(io.StringIO(written(to_networkx(store), "csv").decode())))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 5
    first = rows[0]
    assert (first["speaker"], first["text"]) == ("Ana Lindqvist", "🐟 Herring stocks will recover by 2030")
    assert set(first["roles"].split("; ")) == {"board member, Institute of Tides", "senior researcher, Institute of Tides"}
    assert (first["topics"], first["claim_kind"], first["confidence"]) == ("herring stock", "prediction", "0.97")
    assert rows[-1]["speaker"] == ""
    assert [row["figures"] for row in rows if row["figures"]] == ["at least 7.6 million tonnes, catches"]
    assert [row["agrees_with"].count("#claim-") for row in rows if row["agrees_with"]] == [2]


def test_the_table_keeps_line_breaks_and_quotation_marks():
    graph = nx.MultiDiGraph()
    graph.add_node("urn:kg:c", kind="claim", text='He said "no",\nthen left; =1+1')
    [row] = csv.DictReader(io.StringIO(written(graph, "csv").decode(), newline=""))
    assert row["text"] == 'He said "no",\nthen left; =1+1'
