"""Decision files: what is read, what is refused with file and line, and what a decision does to a store. People and bodies are invented."""

import re

import pytest

from kg.errors import Ambiguous, BadDecision, Contradiction, NotInStore
from kg.graph.decisions import read_decisions
from kg.graph.decisions.deciding import decide_on, take_back
from kg.graph.decisions.files import IDENTIFIERS, IDENTITY, write_identity
from kg.graph.decisions.table import read_table, write_table
from kg.graph.export import export
from kg.graph.identity import Decisions, Key, Pair, refresh
from kg.graph.identity.lookup import all_entities, find_entities
from kg.graph.store import open_store

from .test_identity_refresh import extraction

HEAD = "decision\tkind\tname_a\tarticle_a\tname_b\tarticle_b\twhy\n"


# --------------------------------------------------------------------------- tables


def test_a_table_comes_back_as_it_was_written(tmp_path):
    rows = [("b", "tab\there"), ("a", "line\nbreak \\ and back")]
    path = tmp_path / "deep" / "t.tsv"
    write_table(path, columns=("one", "two"), rows=rows, head="What it is.")
    assert path.read_text(encoding="utf-8").startswith("# What it is.\none\ttwo\na\tline\\nbreak")
    assert [(row["one"], row["two"]) for row in read_table(path, columns=("one", "two"))] == sorted(rows)
    path.write_text("# Ours.\n# Two lines.\n" + path.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    write_table(path, columns=("one", "two"), rows=rows[:1], head="What it is.")
    assert path.read_text(encoding="utf-8") == "# Ours.\n# Two lines.\none\ttwo\nb\ttab\\there\n"
    assert [entry.name for entry in path.parent.iterdir()] == ["t.tsv"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (IDENTITY, "decision\tkind\n", "identity.tsv:1: the column 'name_a' is missing"),
        (IDENTITY, HEAD.replace("why", "reason"), "identity.tsv:1: the column 'reason' is unknown"),
        (IDENTITY, HEAD + "maybe\tperson\tA B\t*\tC D\t*\n", "identity.tsv:2: the decision is 'maybe'. Give same or different"),
        (IDENTITY, HEAD + "\nsame\trobot\tA B\t*\tC D\t*\n", "identity.tsv:3: the kind is 'robot'"),
        (IDENTITY, HEAD + "same\tperson\tA B\t*\t\t*\n", "identity.tsv:2: no name_b"),
        (IDENTITY, HEAD + "same\tperson\tA B\t*\tA B\t*\n", "identity.tsv:2: both ends are one"),
        (IDENTITY, HEAD + "same\tperson\tA\t*\tB\t*\twhy\tmore\n", "identity.tsv:2: 8 cells in a row, and 7 columns"),
        (IDENTITY, b"\xff\xfe", "identity.tsv: cannot be read"),
        (IDENTIFIERS, "kind\tname\tid\nperson\tA B\t42\n", "identifiers.tsv:2: the id is '42'"),
        (IDENTIFIERS, "kind\tname\tid\nperson\tA B\t0000-0002-1825-0098\n", "identifiers.tsv:2: '0000-0002-1825-0098' is no ORCID"),
        (IDENTIFIERS, "kind\tname\tid\norganisation\tA B\t5493001KJTIIGC8Y1R13\n", "identifiers.tsv:2: '5493001KJTIIGC8Y1R13' is no LEI"),
    ],
)
def test_what_is_no_decision_is_told_with_file_and_line(tmp_path, name, text, told):
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadDecision, match=re.escape(told)) as found:
        read_decisions(tmp_path)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    ("given", "iri"),
    [
        ("Q42", "http://www.wikidata.org/entity/Q42"),
        ("wikidata:q42", "http://www.wikidata.org/entity/Q42"),
        ("https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42"),
        ("0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233X", "https://orcid.org/0000-0002-1694-233X"),
        ("5493001KJTIIGC8Y1R12", "https://search.gleif.org/#/record/5493001KJTIIGC8Y1R12"),
        ("https://news.example/people/7", "https://news.example/people/7"),
    ],
)
def test_identifiers(tmp_path, given, iri):
    (tmp_path / IDENTIFIERS).write_text(f"kind\tname\tid\r\nperson\tAda Brandt\t{given}\r\n", encoding="utf-8")
    assert read_decisions(tmp_path).same_as == ((Key("", "person", "Ada Brandt"), iri),)


def test_the_file_does_not_depend_on_the_order(tmp_path):
    one, other = (
        Pair(Key("id:a:1", "person", "A B"), Key("id:a:2", "person", "C D"), "w"),
        Pair(Key("", "person", "E"), Key("", "person", "F")),
    )
    for name, pairs in (("x", (one, other)), ("y", (other, one))):
        write_identity(tmp_path / name, Decisions(same=pairs))
    assert (tmp_path / "x" / IDENTITY).read_bytes() == (tmp_path / "y" / IDENTITY).read_bytes()
    assert read_decisions(tmp_path / "x").same == tuple(sorted((one, other)))


# --------------------------------------------------------------------------- a store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store", write=True, create=True) as opened:
        for number, name in enumerate(["Ada Brandt", "A. Brandt", "Ada Brandt", "Otto Roe"]):
            opened.add(extraction(number, name))
        refresh(opened)
        yield opened


def everything(store):
    return b"".join(export(store, "nq"))


def names(store):
    return sorted((one.name, len(one.agents)) for one in all_entities(store) if one.kind == "person")


def test_the_same_and_taken_back(store, tmp_path):
    before = everything(store)
    outcome = decide_on(store, tmp_path / "d", "a. brandt", "Ada Brandt", same=True, why="signs so")
    assert names(store) == [("Ada Brandt", 3), ("Otto Roe", 1)]
    assert b"signs so" in everything(store)
    [pair] = outcome.pairs
    assert {pair.a.article, pair.b.article} == {"id:a.jsonl:1", "id:a.jsonl:2"}  # of two alike the first by IRI
    take_back(store, tmp_path / "d", (pair.id,))
    assert everything(store) == before
    with pytest.raises(NotInStore, match=f"no decision {pair.id}"):
        take_back(store, tmp_path / "d", (pair.id,))


def test_one_agent_leaves_its_entity(store, tmp_path):
    [ada] = find_entities(store, "Ada Brandt")
    decide_on(store, tmp_path / "d", ada.agents[0], ada.iri, same=False)
    assert names(store) == [("A. Brandt", 1), ("Ada Brandt", 1), ("Ada Brandt", 1), ("Otto Roe", 1)]
    store.add(extraction(7, "Ada Brandt"))
    refresh(store, decisions=read_decisions(tmp_path / "d"))
    assert ("Ada Brandt", 2) in names(store)


def test_a_contradiction_shows_the_chain_and_writes_nothing(store, tmp_path):
    folder = tmp_path / "d"
    ada, short, otto = (agent_in(store, number) for number in (0, 1, 3))
    decide_on(store, folder, ada, short, same=True)
    decide_on(store, folder, short, otto, same=True)
    kept = (folder / IDENTITY).read_bytes()
    with pytest.raises(Contradiction) as found:
        decide_on(store, folder, ada, otto, same=False)
    chain = str(found.value)
    assert "'Ada Brandt' of id:a.jsonl:0 = 'A. Brandt' of id:a.jsonl:1" in chain
    assert "'A. Brandt' of id:a.jsonl:1 = 'Otto Roe' of id:a.jsonl:3" in chain
    assert "'Ada Brandt' of id:a.jsonl:0 is not 'Otto Roe' of id:a.jsonl:3" in chain
    assert f"{folder / IDENTITY}:" in chain
    assert (folder / IDENTITY).read_bytes() == kept


def test_who_is_meant(store, tmp_path):
    [ada] = find_entities(store, "Ada Brandt")
    decide_on(store, tmp_path / "d", ada.agents[0], ada.agents[1], same=False)
    with pytest.raises(Ambiguous, match="2 go by the name 'Ada Brandt'") as found:
        decide_on(store, tmp_path / "d", "Ada Brandt", "Otto Roe", same=True)
    assert all("Ada Brandt (person), Norden Bank, 1 article, urn:kg:person/" in line for line in found.value.candidates)
    with pytest.raises(NotInStore, match="Did you mean Otto Roe"):
        find_entities(store, "Oto Roe")
    with pytest.raises(NotInStore, match="Only two of one kind can be one"):
        decide_on(store, tmp_path / "d", "Otto Roe", "Norden Bank", same=True)


def test_identifiers_join_part_and_contradict(store, tmp_path):
    folder = tmp_path / "d"
    folder.mkdir()
    rows = ["person\tAda Brandt\t*\tQ1", "person\tA. Brandt\t*\tQ1", "person\tAda Brandt\tid:a.jsonl:2\tQ2"]
    (folder / IDENTIFIERS).write_text("\n".join(["kind\tname\tarticle\tid", *rows]), encoding="utf-8")
    refresh(store, decisions=read_decisions(folder))
    assert names(store) == [("Ada Brandt", 1), ("Ada Brandt", 2), ("Otto Roe", 1)]
    told = "they are http://www.wikidata.org/entity/Q1 and http://www.wikidata.org/entity/Q2"
    with pytest.raises(Contradiction, match=re.escape(told)):
        decide_on(store, folder, agent_in(store, 2), agent_in(store, 1), same=True)


def agent_in(store, number):
    """The person of one of the articles."""
    iri = {article.id: article.iri for article in store.articles()}[str(number)]
    [agent] = [agent for one in all_entities(store) if one.kind == "person" for agent in one.agents if agent.startswith(f"{iri}#")]
    return agent
