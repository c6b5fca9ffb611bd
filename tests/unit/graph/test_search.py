"""The search index follows the graph; quotes are found by speaker, organisation, topic, kind, time and words."""

import sqlite3
import subprocess
import sys
import textwrap
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import records as r
from kg.errors import BadParameter, StoreError
from kg.graph.search import Filters, find_quotes, open_index, quotes_of
from kg.graph.search.finding import search_words
from kg.graph.search.index import INDEX_FILE
from kg.graph.store import open_store


def article(number, text, speaker="Ann Lee", **facts):
    """An extraction: whoever is named at the start says the rest, indirectly."""
    name = r.Span(0, len(speaker))
    content = r.Span(len(speaker) + 6, len(text))
    return r.Extraction(
        r.Article(id=str(number), text=text, source_name="a.jsonl", given_id=True, title=f"Title {number}", **facts),
        r.ModelVersions("p 1", "rules 1", "0.1"),
        (r.Agent("a1", r.AgentKind.PERSON, speaker, (speaker.split()[-1],)),),
        (r.Mention(name, r.MentionForm.NAME, "a1", "full-name", 0.9),),
        attributions=(
            r.Attribution(
                "c1",
                r.AttributionKind.INDIRECT,
                (name,),
                (r.Span(len(speaker) + 1, len(speaker) + 5),),
                (content,),
                "a1",
                "say",
                r.SpeechMode.SPEECH,
                "cue-subject",
                0.9,
                claim_kind=r.ClaimKind.PREDICTION if "will" in text else r.ClaimKind.FACT,
                topics=(r.TopicLabel("harvest", (content,)),) if "harvest" in text else (),
            ),
        ),
    )


RAIN = article(1, "Ann Lee said rain will fall on the fields", published="2024-02-23", publisher="The Tern")
CHIPS = article(2, "Jo Roe said chip prices fell in 2023", "Jo Roe", published="2024-03-01", publisher="The Gull")
HARVEST = article(3, "Ann Lee said the harvests will be late", published="2023-12-31T08:00:00Z", publisher="The Tern")
UNDATED = article(4, "Renée O’Neil said computing power is scarce", "Renée O’Neil")


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store", write=True, create=True) as opened:
        for one in (RAIN, CHIPS, HARVEST, UNDATED):
            opened.add(one)
        yield opened


def found(store, **filters):
    return [quote.text for quote in find_quotes(store, Filters(**filters))]


@pytest.mark.parametrize(
    ("filters", "texts"),
    [
        ({}, ["the harvests will be late", "rain will fall on the fields", "chip prices fell in 2023", "computing power is scarce"]),
        ({"person": "ann  LEE"}, ["the harvests will be late", "rain will fall on the fields"]),
        ({"person": "Lee"}, ["the harvests will be late", "rain will fall on the fields"]),
        ({"person": "Ann"}, []),  # no name of hers
        ({"person": "Rene\u0301e O'Neil"}, ["computing power is scarce"]),  # another spelling of the accent and the apostrophe
        ({"kinds": ("prediction",), "until": "2024-02"}, ["the harvests will be late", "rain will fall on the fields"]),
        ({"kinds": ("fact", "prediction"), "person": "Jo Roe"}, ["chip prices fell in 2023"]),
        ({"kinds": ("fact", "direct")}, []),
        ({"since": "2024"}, ["rain will fall on the fields", "chip prices fell in 2023"]),
        ({"since": "2024-02-24"}, ["chip prices fell in 2023"]),
        ({"until": "2023-12-31"}, ["the harvests will be late"]),  # a date with a time of day lies on its day
        ({"outlet": "the tern"}, ["the harvests will be late", "rain will fall on the fields"]),
        ({"topic": "Harvest"}, ["the harvests will be late"]),  # by its label
        ({"topic": "computing power"}, ["computing power is scarce"]),  # by the words
        ({"topic": "power computing"}, []),  # which stand together
        ({"topic": '"'}, []),
        ({"search": "computer"}, ["computing power is scarce"]),  # another form of the word
        ({"search": "comp*"}, ["computing power is scarce"]),
        ({"search": "power OR rain"}, []),  # OR is a word
        ({"search": "lee field"}, ["rain will fall on the fields"]),  # one in the name, one in the claim
        ({"search": '"rain fall"'}, []),
        ({"search": "renee"}, ["computing power is scarce"]),
        ({"search": "title", "limit": 2, "person": "Lee"}, ["the harvests will be late", "rain will fall on the fields"]),
        ({"limit": 1}, ["the harvests will be late"]),
    ],
)
def test_filters(store, filters, texts):
    got = found(store, **filters)
    assert sorted(got) == sorted(texts)
    if "search" not in filters:
        assert got == texts


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("rain", '"rain"'),
        ('a"b', '"ab"'),
        ("NEAR(a b)", '"NEAR(a" "b)"'),
        ("text : x", '"text" "x"'),
        ("x* y", '"x"* "y"'),
        ('"two words" -three ^four', '"two words" "-three" "^four"'),
        ("don't", '"don\'t"'),
    ],
)
def test_nothing_that_is_typed_is_syntax(store, typed, asked):
    assert search_words(typed) == asked
    assert found(store, search=typed) is not None  # SQLite takes it


@pytest.mark.parametrize(
    "filters", [{"search": ""}, {"search": '" " * -'}, {"kinds": ("opinion",)}, {"since": "last week"}, {"until": "2024-1-1"}]
)
def test_filters_that_make_no_sense(filters):
    with pytest.raises(BadParameter):
        Filters(**filters)


def test_a_quote_tells_all_that_is_known(store):
    [quote] = find_quotes(store, Filters(person="Ann Lee", since="2024"))
    assert (quote.speaker, quote.names, quote.title, quote.publisher) == ("Ann Lee", ("Ann Lee", "Lee"), "Title 1", "The Tern")
    assert quote == next(iter(quotes_of(store, quote.article)))


def rows(store):
    """All of the index that means something, whatever the row numbers."""
    with open_index(store) as index:
        run = index.connection.execute
        return (
            run("SELECT record FROM quote ORDER BY claim").fetchall(),
            run("SELECT * FROM name ORDER BY 1, 2").fetchall(),
            run("SELECT text, names, title FROM words ORDER BY 1, 2").fetchall(),
            run("SELECT label, claim FROM topic JOIN quote ON quote = id ORDER BY 1, 2").fetchall(),
            run("SELECT organisation, claim FROM body JOIN quote ON quote = id ORDER BY 1, 2").fetchall(),
            run("SELECT * FROM article ORDER BY 1").fetchall(),
        )


def test_a_changed_article_is_read_again_and_others_are_not(store):
    assert found(store, search="rain") == ["rain will fall on the fields"]
    changed = replace(RAIN, article=replace(RAIN.article, title="Another title"))
    store.add(changed)
    with open_index(store) as index:
        assert index.follow(store) == 0  # opening it was enough
    assert [quote.title for quote in find_quotes(store, Filters(search="rain"))] == ["Another title"]
    assert found(store, search='"title 1"') == []


def test_the_index_made_anew_is_the_same(store):
    found(store)
    store.add(replace(CHIPS, article=replace(CHIPS.article, published="2025-01-01")))
    followed = rows(store)
    (store.path / INDEX_FILE).unlink()
    for name in (f"{INDEX_FILE}-wal", f"{INDEX_FILE}-shm"):
        (store.path / name).unlink(missing_ok=True)
    assert rows(store) == followed


def test_what_is_gone_from_the_graph_is_gone_from_the_index(store):
    found(store)
    gone = next(info.iri for info in store.articles() if info.title == "Title 1")
    store.inner.remove_graph(ox.NamedNode(gone))
    for quad in list(store.quads(f"{store.base}provenance")):
        if str(quad.subject).startswith(f"<{gone}#"):
            store.inner.remove(quad)
    assert found(store, search="rain") == []
    assert found(store, person="Lee") == ["the harvests will be late"]


@pytest.mark.parametrize("statement", [5, 15, 25, 35])
def test_a_process_killed_while_it_follows_leaves_nothing_half(tmp_path, statement):
    """Killed at the n-th statement that the index runs, in its schema or in its one transaction."""
    folder = tmp_path / "store"
    with open_store(folder, write=True, create=True) as made:
        for one in (RAIN, CHIPS, HARVEST, UNDATED):
            made.add(one)
    code = f"""
        import os, signal, sqlite3
        from kg.graph.search import open_index
        from kg.graph.store import open_store
        connect, left = sqlite3.connect, [{statement}]
        def counted(*given, **named):
            connection = connect(*given, **named)
            def count(text):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            connection.set_trace_callback(count)
            return connection
        sqlite3.connect = counted
        with open_store({str(folder)!r}) as store, open_index(store):
            pass
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(code)]).returncode == -9
    with open_store(folder) as store:
        assert len(found(store)) == 4
        followed = rows(store)
    for file in folder.glob(f"{INDEX_FILE}*"):
        file.unlink()
    with open_store(folder) as store:
        assert rows(store) == followed


@pytest.mark.parametrize("junk", [b"", b"no database at all, but long enough to be looked at as one" * 100])
def test_a_file_that_is_no_index_is_made_anew(store, junk):
    (store.path / INDEX_FILE).write_bytes(junk)
    assert found(store, search="rain") == ["rain will fall on the fields"]


def test_an_index_of_another_format_is_made_anew(store):
    found(store)
    connection = sqlite3.connect(store.path / INDEX_FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("DROP TABLE topic")
    connection.close()
    assert found(store, topic="harvest") == ["the harvests will be late"]


def test_a_damaged_index_is_told(store):
    found(store)
    path = store.path / INDEX_FILE
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"search index is damaged .* Delete search.sqlite in it"):
        found(store, search="rain")
