"""From a store to networkx: every attribute that `to_networkx` promises."""

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib.namespace import RDF, SDO

from kg.errors import NotInStore
from kg.graph.decisions.amending import amend
from kg.graph.decisions.corrections import Change
from kg.graph.store import open_store
from kg.graph.vocab import EO
from kg.show.drawing import draw
from kg.show.network import to_networkx
from kg.show.page import render_page
from kg.show.selection import select


def of_kind(graph, kind):
    return [data for _, data in graph.nodes(data=True) if data["kind"] == kind]


def edges(graph, kind):
    return [(graph.nodes[a]["name"], graph.nodes[b]["name"], data) for a, b, data in graph.edges(data=True) if data["kind"] == kind]


def test_agents_come_in_the_order_of_their_first_mention(store):
    graph = to_networkx(store)
    names = [data["name"] for _, data in graph.nodes(data=True) if data["kind"] not in ("claim", "topic")]
    assert names == ["Ana Lindqvist", "Institute of Tides", "Norden University", "Omar Haddad", "Mette Holm", "An official"]
    assert [data["kind"] for data in (graph.nodes[node] for node in graph) if data["kind"] not in ("claim", "topic")][-1] == "unnamed"
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
    text = sample.article.text + " And so on it goes." * 150
    long = dataclasses.replace(sample, article=dataclasses.replace(sample.article, text=text.replace("\n", " ")))
    with open_store(tmp_path / "long", write=True, create=True) as store:
        store.add(long)
        last = of_kind(to_networkx(store), "claim")[-1]
    assert last["after"].endswith(" …")
    assert len(last["after"]) < 1_000
    assert last["after"].endswith("goes. …")  # whole sentences
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
    [role] = haddad["roles"]
    assert (role["title"], role["former"], role["evidence"]) == ("minister of fisheries", True, "former minister of fisheries")
    assert (role["date"], role["article"]) == ("2024-02-23", haddad["article"])


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


def test_a_claim_carries_what_was_worked_out_about_it(store):
    first = of_kind(to_networkx(store), "claim")[0]
    assert (first["claim_kind"], first["certainty"], first["tense"]) == ("prediction", "", "future")
    assert (first["said_on"], first["valid"], first["readable"]) == ("2024-02-22", "2030", "Herring stocks will recover by 2030")
    assert ["claim_kind", "future-modal", 0.92] in first["judgements"]
    assert first["judgements"] == sorted(first["judgements"])


def test_the_speaker_is_named_by_words_and_a_rule(store, samples):
    for claim in of_kind(to_networkx(store), "claim"):
        assert claim["speaker_words"] in samples[0].article.text
        assert bool(claim["speaker_words"]) == bool(claim["speaker_rule"])
    assert any(claim["speaker_rule"] for claim in of_kind(to_networkx(store), "claim"))


def test_topics_are_nodes_that_claims_lead_to(store):
    graph = to_networkx(store)
    assert [data["name"] for data in of_kind(graph, "topic")] == ["herring stock"]
    assert [a for a, _, _ in edges(graph, "about")] == ["🐟 Herring stocks will recover by 2030"]


def test_one_article_alone(samples, tmp_path):
    with open_store(tmp_path / "two", write=True, create=True) as store:
        for sample in samples:
            store.add(sample)
        iri = store.articles()[0].iri
        assert {data["article"] for _, data in to_networkx(store, article=iri).nodes(data=True) if data["kind"] != "topic"} == {iri}
        with pytest.raises(NotInStore, match="no article urn:kg:none"):
            to_networkx(store, article="urn:kg:none")


@pytest.fixture
def merged(samples, tmp_path):
    """Both articles, and an identity graph that says that their Lindqvists and their Institutes are one each."""
    with open_store(tmp_path / "merged", write=True, create=True) as store:
        for sample in samples:
            store.add(sample)
        apart = to_networkx(store)
        for name, short, kind in (
            ("Ana Lindqvist", "person/00aa", SDO.Person),
            ("Institute of Tides", "organisation/00bb", SDO.Organization),
        ):
            entity = ox.NamedNode(f"{store.base}{short}")
            facts, identity = (ox.NamedNode(f"{store.base}{graph}") for graph in ("entities", "identity"))
            store.inner.add(ox.Quad(entity, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(kind)), facts))
            store.inner.add(ox.Quad(entity, ox.NamedNode(str(SDO.name)), ox.Literal(f"{name} PhD"), facts))
            store.inner.add(ox.Quad(entity, ox.NamedNode(str(SDO.sameAs)), ox.NamedNode(f"https://people.example/{short}"), facts))
            for node, data in apart.nodes(data=True):
                if data["name"] == name:
                    store.inner.add(ox.Quad(ox.NamedNode(node), ox.NamedNode(str(EO.denotes)), entity, identity))
        yield to_networkx(store), apart


def test_agents_that_denote_one_entity_are_one_node(merged):
    graph, apart = merged
    assert len(of_kind(apart, "person")) == len(of_kind(graph, "person")) + 1
    node, data = next((node, data) for node, data in graph.nodes(data=True) if data["name"] == "Ana Lindqvist PhD")
    assert node == "urn:kg:person/00aa"
    assert data["kind"] == "person"
    assert data["aliases"] == ["Ana Lindqvist", "Lindqvist"]
    assert data["same_as"] == ["https://people.example/person/00aa"]
    assert len(data["articles"]) == len(data["agents"]) == 2
    assert len([target for _, target, key in graph.out_edges(node, keys=True) if key == "said"]) == 4
    roles = graph.get_edge_data(node, "urn:kg:organisation/00bb")
    assert sorted((role["title"], role["date"]) for role in roles.values()) == [
        ("board member", "2024-01-02"),
        ("board member", "2024-02-23"),
        ("senior researcher", "2024-01-02"),
        ("senior researcher", "2024-02-23"),
    ]
    assert len(of_kind(graph, "claim")) == len(of_kind(apart, "claim"))


def test_what_people_overruled_is_told(store, tmp_path):
    [article] = store.articles()
    assert {tuple(claim["corrections"]) for claim in of_kind(to_networkx(store), "claim")} == {()}
    amend(store, tmp_path / "decisions", "attribution-0-37", {Change.SPEAKER: "Mette Holm"}, why="we asked", article=article.iri)
    role = next(quad.subject.value for quad in store.quads(article.iri) if quad.object == ox.Literal("board member"))
    amend(store, tmp_path / "decisions", role, {Change.TITLE: "chair"}, article=article.iri)
    graph = to_networkx(store)
    told = "a person decided who says it; the software had Ana Lindqvist (we asked)"
    assert [claim["corrections"] for claim in of_kind(graph, "claim")] == [[told], [], [], [], []]
    assert [data["corrections"] for *_, data in edges(graph, "role") if data["title"] == "chair"] == [
        ["a person decided its title; the software had board member"]
    ]
    drawing = draw(graph)
    assert [node["corrections"] for node in drawing.nodes if "corrections" in node] == [[told]]
    assert (graph.graph["removed"], drawing.removed) == ([], [])
    assert [role["title"] for edge in drawing.edges for role in edge.get("roles", ()) if "corrections" in role] == ["chair"]


def test_another_kind_of_an_agent_and_what_was_taken_out_are_told(store, tmp_path):
    [article] = store.articles()
    folder = tmp_path / "decisions"
    university = next(quad.subject.value for quad in store.quads(article.iri) if quad.object == ox.Literal("Norden University"))
    amend(store, folder, university, {Change.KIND: "place"}, why="a quarter", article=article.iri)
    amend(store, folder, "attribution-0-37", {Change.SPEAKER: "Mette Holm"}, article=article.iri)
    amend(store, folder, "attribution-0-37", {Change.REMOVED: ""}, why="withdrawn", article=article.iri)
    graph = to_networkx(store)
    corrected = {data["name"]: data["corrections"] for _, data in graph.nodes(data=True) if data.get("corrections")}
    assert corrected == {"Norden University": ["a person decided what kind it is; the software had organisation (a quarter)"]}
    [removed] = graph.graph["removed"]  # the speaker of a statement that is gone is nobody's business
    assert removed["words"] == "a person took out what the software had found: 🐟 Herring stocks will recover by 2030 (withdrawn)"
    assert (removed["article"], removed["article_title"], removed["article_date"]) == (article.iri, "Herring to recover", "2024-02-23")
    drawing = draw(graph)
    assert [node["name"] for node in drawing.nodes if "corrections" in node] == ["Norden University"]
    assert drawing.removed == [{"article": 0, "words": removed["words"]}]
    assert "took out what the software had found" in render_page(graph, title="Page")
    # A part of the graph tells of the articles that it shows.
    assert select(graph, max_nodes=2).graph.graph["removed"] == [removed]
    graph.graph["removed"].append({"words": "elsewhere", "article": "urn:kg:article/none"})
    assert select(graph, max_nodes=2).graph.graph["removed"] == [removed]
