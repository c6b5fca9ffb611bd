"""The build: counts, idempotence, what is skipped. Real rooms, a real store."""

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.errors import NotInStore, StoreBusy
from kg.graph.search import Filters, find_quotes
from kg.graph.store import open_store
from kg.graph.validate import validate_graph
from kg.pipeline import PROBLEMS_FILE, BuildReport, Stored, build, remove
from kg.records import Article, Problem
from kg.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(tmp_path):
    return Settings(store=tmp_path / "store", attribution="rules")


def test_build_twice_adds_nothing(article_file, settings):
    first = build([article_file], settings=settings)
    assert (first.added, first.unchanged) == (1, 0)
    assert (first.attributions, first.speakers) >= (3, 2)
    with open_store(settings.store) as store:
        before = store.size()
    second = build([article_file], settings=settings)
    assert second == BuildReport(unchanged=1)
    with open_store(settings.store) as store:
        assert store.size() == before


def test_a_changed_article_replaces_the_old_one(tmp_path, settings):
    source = tmp_path / "news.jsonl"
    source.write_text('{"id": "1", "text": "It will rain, said Ada Brandt."}\n', encoding="utf-8")
    build([source], settings=settings)
    source.write_text('{"id": "1", "text": "It will snow, said Ada Brandt."}\n', encoding="utf-8")
    assert build([source], settings=settings).replaced == 1
    with open_store(settings.store) as store:
        (article,) = store.articles()
        text = " ".join(str(quad.object) for quad in store.quads(article.iri))
    assert "snow" in text
    assert "rain" not in text


def test_what_cannot_be_read_is_told_and_the_rest_is_built(tmp_path, article_file, settings):
    events = []
    report = build([tmp_path / "absent.txt", article_file], settings=settings, on_event=events.append)
    assert (report.added, report.skipped) == (1, 1)
    assert [type(event) for event in events] == [Problem, Article, Stored]
    [line] = (settings.store / PROBLEMS_FILE).read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["what"] == events[0].what


def test_nothing_to_read_makes_no_store(tmp_path, settings):
    assert build([tmp_path / "absent.txt"], settings=settings) == BuildReport(skipped=1)
    assert not settings.store.exists()


def test_a_store_in_use_is_left_alone(article_file, settings):
    build([article_file], settings=settings)
    with open_store(settings.store), pytest.raises(StoreBusy):
        build([article_file], settings=settings)


def test_report_in_words():
    report = BuildReport(added=1, attributions=1, speakers=1, roles=2)
    assert str(report) == "1 added, 0 replaced, 0 unchanged, 0 skipped; 1 attribution by 1 speaker, 2 roles"


def corpus(tmp_path, **texts):
    source = tmp_path / "news.jsonl"
    source.write_text("".join(f"{json.dumps({'id': name, 'text': text})}\n" for name, text in texts.items()), encoding="utf-8")
    return source


def test_a_refresh_reads_again_what_other_software_has_read(tmp_path, settings):
    source = corpus(tmp_path, a="It will rain, said Ada Brandt.", b="It will snow, said Bo Ek of Northlight Institute.")
    build([source], settings=settings)
    assert build([source], settings=settings, again=True) == BuildReport(unchanged=2)
    with open_store(settings.store, write=True) as store:
        for quad in list(store.quads(f"{store.base}provenance")):  # as if an older release had read both
            if "expert-opinion-kg" in str(quad.object):
                store.change([quad], [ox.Quad(quad.subject, quad.predicate, ox.Literal("expert-opinion-kg 0.0.1"), quad.graph_name)])
    assert build([source], settings=settings).unchanged == 2
    assert build([source], settings=settings, again=True).refreshed == 2
    assert build([source], settings=settings, again=True).unchanged == 2


def test_what_is_removed_is_nowhere_any_more(tmp_path, settings):
    source = corpus(tmp_path, a="It will rain, said Ada Brandt.", b="It will hail, said Zelda Quistberg of Northlight Institute.")
    build([source], settings=settings)
    alone = replace(settings, store=tmp_path / "alone")
    build([corpus(tmp_path, a="It will rain, said Ada Brandt.")], settings=alone)
    with open_store(settings.store) as store:
        list(find_quotes(store, Filters()))
    [gone] = remove(["b"], settings=settings)
    with open_store(settings.store) as store, open_store(alone.store) as other:
        assert set(store.quads()) == set(other.quads())
        assert [quote.speaker for quote in find_quotes(store, Filters())] == ["Ada Brandt"]
    for file in (path for path in settings.store.rglob("*") if path.is_file()):
        assert b"Quistberg" not in file.read_bytes(), file
        assert b"will hail" not in file.read_bytes(), file
    with pytest.raises(NotInStore):
        remove(["b"], settings=settings)
    assert gone.startswith("urn:kg:article/")
    assert build([source], settings=settings).unchanged == 1


def test_an_id_that_several_articles_have_is_no_name(tmp_path, settings):
    for name in ("x", "y"):
        folder = tmp_path / name
        folder.mkdir()
        build([corpus(folder, a="It will rain, said Ada Brandt.").rename(folder / f"{name}.jsonl")], settings=settings)
    with pytest.raises(NotInStore, match="2 articles have the id a"):
        remove(["a"], settings=settings)


def test_a_vocabulary_of_topics_gives_its_concepts_and_wider_ones(tmp_path):
    concepts = tmp_path / "topics.ttl"
    concepts.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <https://example.org/t/> .\n"
        ':weather a skos:Concept ; skos:prefLabel "Weather" . :rain a skos:Concept ; skos:prefLabel "Rains"@en ; skos:broader :weather .\n',
        encoding="utf-8",
    )
    source = tmp_path / "news.jsonl"
    source.write_text('{"id": "1", "text": "The rain will ruin the barley harvest, said Ada Brandt."}\n', encoding="utf-8")
    settings = Settings(store=tmp_path / "store", attribution="rules", topics=concepts)
    assert build([source], settings=settings).added == 1
    with open_store(settings.store) as store:
        [quote] = find_quotes(store, Filters(topic="weather"))  # a wider concept finds it
        assert set(quote.topics) == {"Rains", "barley harvest"}
        assert validate_graph(store.quads()).conforms
    assert build([source], settings=settings).unchanged == 1


def test_a_build_that_adds_much_leaves_its_tables_in_order(tmp_path, settings):
    def tables():
        return len(list((settings.store / "oxigraph").glob("*.sst")))

    build([corpus(tmp_path, a="Ann Lee said rain was likely.")], settings=settings)
    first = tables()
    build([corpus(tmp_path, b="Dan Roe said snow was likely.", c="Eva Lind said fog was likely.")], settings=settings)
    assert tables() < first + 4  # a commit would leave one in each index
