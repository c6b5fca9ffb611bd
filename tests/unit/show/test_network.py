"""From a store to networkx: every attribute that `to_networkx` promises."""

import networkx as nx

from kg.graph.store import open_store
from kg.show.network import to_networkx
from kg.show.page import render_page


def of_kind(graph, kind):
    return [data for _, data in graph.nodes(data=True) if data["kind"] == kind]


def edges(graph, kind):
    return [(graph.nodes[a]["name"], graph.nodes[b]["name"], data) for a, b, data in graph.edges(data=True) if data["kind"] == kind]


def test_agents_come_in_the_order_of_their_first_mention(store):
    graph = to_networkx(store)
    names = [data["name"] for _, data in graph.nodes(data=True) if data["kind"] != "claim"]
    assert names == ["Ana Lindqvist", "Institute of Tides", "Norden University", "Omar Haddad", "Mette Holm", "An official"]
    assert [data["kind"] for data in (graph.nodes[node] for node in graph) if data["kind"] != "claim"][-1] == "unnamed"
    assert of_kind(graph, "person")[0]["aliases"] == ["Lindqvist"]


def test_claims_come_in_text_order_with_their_article(store):
    claims = of_kind(to_networkx(store), "claim")
    assert [claim["start"] for claim in claims] == sorted(claim["start"] for claim in claims)
    assert len(claims) == 5
    first = claims[0]
    assert first["text"] == "🐟 Herring stocks will recover by 2030"
    assert (first["quotation_type"], first["mode"], first["said"], first["cue"]) == ("indirect", "speech", "asserted", "said")
    assert (first["rule"], first["confidence"]) == ("inverted", 0.97)
    assert first["article_title"] == "Herring to recover"
    assert first["article_url"] == "https://news.example/fish"
    assert (first["article_publisher"], first["article_date"]) == ("The Tide", "2024-02-23")
    assert first["article_source"] == "fish.jsonl"
    assert [claim["said"] for claim in claims][-1] == "negated"


def test_the_segments_are_the_paragraph(store, samples):
    paragraphs = samples[0].article.text.split("\n")
    for claim in of_kind(to_networkx(store), "claim"):
        whole = "".join(words for words, _ in claim["segments"])
        assert whole in paragraphs
        assert claim["text"] == " [...] ".join(words for words, role in claim["segments"] if role == "content")
        assert whole.startswith(claim["before"])
        assert whole.endswith(claim["after"])
        assert {role for _, role in claim["segments"]} <= {"source", "cue", "content", ""}


def test_a_long_paragraph_is_cut_far_from_the_statement(samples, tmp_path):
    import dataclasses

    sample = samples[0]
    # One more sentence of 2,000 letters at the very end of the second paragraph moves the offsets after it, so it goes after them all.
    text = sample.article.text + " and so on" * 300
    long = dataclasses.replace(sample, article=dataclasses.replace(sample.article, text=text.replace("\n", " ")))
    with open_store(tmp_path / "long", write=True, create=True) as store:
        store.add(long)
        last = of_kind(to_networkx(store), "claim")[-1]
    assert last["after"].endswith(" …")
    assert len(last["after"]) < 1_000
    assert last["text"] == "that boats would stay in port"


def test_figures_are_readable(store):
    claims = of_kind(to_networkx(store), "claim")
    assert [claim["quantities"] for claim in claims if claim["quantities"]] == [["at least 7.6 million tonnes, catches"]]


def test_speakers_said_their_claims(store):
    said = edges(to_networkx(store), "said")
    assert [speaker for speaker, _, _ in said].count("Ana Lindqvist") == 2
    assert len(said) == 4  # the fifth has no known speaker, and is there all the same


def test_roles_stand_on_edges_or_on_the_person(store):
    graph = to_networkx(store)
    roles = edges(graph, "role")
    assert [(a, b) for a, b, _ in roles] == [("Ana Lindqvist", "Institute of Tides")] * 2
    assert {data["title"] for *_, data in roles} == {"senior researcher", "board member"}
    assert all(data["evidence"] == "a senior researcher and board member at the Institute of Tides" for *_, data in roles)
    haddad = next(data for data in of_kind(graph, "person") if data["name"] == "Omar Haddad")
    assert haddad["roles"] == [{"title": "minister of fisheries", "former": True, "evidence": "former minister of fisheries"}]


def test_part_of_and_agreement_have_their_evidence(store):
    graph = to_networkx(store)
    assert [(a, b, data["evidence"]) for a, b, data in edges(graph, "part_of")] == [
        ("Institute of Tides", "Norden University", "Institute of Tides at Norden University")
    ]
    agreements = edges(graph, "agrees")
    assert [(a, b[:10], data["basis"], data["evidence"]) for a, b, data in agreements] == [
        ("stocks recover", "🐟 Herring ", "stated", "views were echoed by"),
        ("stocks recover", '"The quota', "stated", "views were echoed by"),
    ]


def test_attitudes_are_shown_on_request(store):
    assert "attitude" not in [claim["mode"] for claim in of_kind(to_networkx(store), "claim")]
    claims = of_kind(to_networkx(store, attitudes=True), "claim")
    assert [claim["text"] for claim in claims if claim["mode"] == "attitude"] == ["a ban"]


def test_the_order_of_adding_makes_no_difference(samples, tmp_path):
    graphs = []
    for number, order in enumerate((samples, samples[::-1])):
        with open_store(tmp_path / f"s{number}", write=True, create=True) as store:
            for sample in order:
                store.add(sample)
            graphs.append(to_networkx(store))
    assert nx.utils.graphs_equal(*graphs)
    assert list(graphs[0].nodes) == list(graphs[1].nodes)
    assert list(graphs[0].edges(keys=True)) == list(graphs[1].edges(keys=True))
    assert next(iter(of_kind(graphs[0], "claim")))["article_date"] == "2024-01-02"
    assert render_page(graphs[0], title="T") == render_page(graphs[1], title="T")
