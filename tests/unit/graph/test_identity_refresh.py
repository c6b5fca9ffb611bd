"""The graphs `entities` and `identity` in a real store: made once, kept in step, the same bit by bit as at once."""

import pytest
from rdflib.namespace import DCTERMS, PROV, RDF, SDO

from kg import records as r
from kg.errors import StoreError
from kg.graph import iris, terms
from kg.graph.export import export
from kg.graph.identity import Decisions, Key, Pair, refresh
from kg.graph.identity.facts import FACTS_FILE
from kg.graph.store import open_store
from kg.graph.vocab import EO


def extraction(number, name, *, words="Rain fell", aliases=()):
    text = f"{name} of Norden Bank said {words}. {' '.join(aliases)}"
    person, body = r.Span(0, len(name)), r.Span(len(name) + 4, len(name) + 15)
    start = text.index(words)
    return r.Extraction(
        r.Article(id=str(number), text=text, source_name="a.jsonl", given_id=True),
        r.ModelVersions("p 1", "rules 1", "0.1"),
        (r.Agent("a1", r.AgentKind.PERSON, name, tuple(aliases)), r.Agent("a2", r.AgentKind.ORGANISATION, "Norden Bank")),
        (r.Mention(person, r.MentionForm.NAME, "a1", "full-name", 0.9), r.Mention(body, r.MentionForm.NAME, "a2", "full-name", 0.9)),
        (r.Role("a1", None, "a2", False, (r.Span(person.start, body.end),), "name-of", 0.9),),
        (
            r.Attribution(
                "c1",
                r.AttributionKind.INDIRECT,
                (person,),
                (r.Span(body.end + 1, body.end + 5),),
                (r.Span(start, start + len(words)),),
                "a1",
                "say",
                r.SpeechMode.SPEECH,
                "clause",
                0.9,
            ),
        ),
    )


ARTICLES = [
    extraction(1, "Ada Brandt"),
    extraction(2, "Ada Brandt"),
    extraction(3, "Otto Roe"),
    extraction(4, "Ada Brandt", words="Snow fell"),
]


def graphs(store):
    return {str(quad) for name in ("entities", "identity") for quad in store.quads(iris.graph_iri(store.base, name))}


def values(store, predicate):
    found = store.inner.quads_for_pattern(None, terms.node(str(predicate)), None)
    return sorted((quad.subject.value, quad.object.value) for quad in found if quad.graph_name.value.endswith(("entities", "identity")))


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store", write=True, create=True) as opened:
        yield opened


def test_what_the_graphs_say(store):
    for one in ARTICLES:
        store.add(one)
    report = refresh(store)
    assert (report.agents, report.entities, report.joined) == (8, 3, 2)
    assert {name for _, name in values(store, SDO.name)} == {
        "Ada Brandt",
        "Otto Roe",
        "Norden Bank",
    }
    assert len(values(store, EO.denotes)) == 8
    assert len(values(store, SDO.spokenByCharacter)) == 4
    assert len(values(store, SDO.affiliation)) == 2
    decided = [subject for subject, kind in values(store, RDF.type) if kind == str(EO.IdentityDecision)]
    assert len(decided) == 2
    assert {rule for _, rule in values(store, EO.rule)} == {"same-name"}


def test_doing_it_again_changes_nothing(store):
    for one in ARTICLES:
        store.add(one)
    refresh(store)
    assert refresh(store).changed == 0


def test_bit_by_bit_or_at_once_in_any_order(tmp_path):
    made = []
    for name, articles, each in (
        ("a", ARTICLES, True),
        ("b", ARTICLES[::-1], False),
        ("c", [ARTICLES[2], *ARTICLES[:2], ARTICLES[3]], True),
    ):
        with open_store(tmp_path / name, write=True, create=True) as opened:
            for one in articles:
                opened.add(one)
                if each:
                    refresh(opened)
            refresh(opened)
            made.append(b"".join(export(opened, "nq")))
    assert made[0] == made[1] == made[2]


def test_an_article_that_changed_is_read_again(store):
    for one in ARTICLES[:3]:
        store.add(one)
    refresh(store)
    store.add(extraction(2, "Ada Brandtson"))
    refresh(store)
    assert {name for _, name in values(store, SDO.name)} == {"Ada Brandt", "Ada Brandtson", "Otto Roe", "Norden Bank"}
    followed = graphs(store)
    (store.path / FACTS_FILE).unlink()
    assert refresh(store).changed == 0
    assert graphs(store) == followed


def test_a_decision_is_undone_to_the_same_bytes(store):
    for one in ARTICLES:
        store.add(one)
    refresh(store)
    before = graphs(store)
    first, second = (store.articles()[place].iri for place in (0, 1))
    people = {article: name for article in (first, second) for name in ("Ada Brandt", "Otto Roe") if named(store, article, name)}
    pair = Pair(Key(first, "person", people[first]), Key(second, "person", people[second]))
    kind = {"different": (pair,)} if people[first] == people[second] else {"same": (pair,)}
    assert refresh(store, decisions=Decisions(**kind)).changed > 0
    assert graphs(store) != before
    refresh(store)
    assert graphs(store) == before


def named(store, article, name):
    return any(quad.object.value == name for quad in store.quads(article) if quad.predicate == terms.node(str(SDO.name)))


def test_a_former_iri_leads_on(store):
    store.add(extraction(1, "Ada Brandt"))
    refresh(store)
    [(old, _)] = [(subject, name) for subject, name in values(store, SDO.name) if name == "Ada Brandt"]
    store.add(extraction(2, "Ada Katharina Brandt", aliases=("Ada Brandt",)))
    ids = {article.id: article.iri for article in store.articles()}
    pair = Pair(Key(ids["1"], "person", "Ada Brandt"), Key(ids["2"], "person", "Ada Katharina Brandt"))
    refresh(store, decisions=Decisions(same=(pair,)))
    [(former, now)] = values(store, DCTERMS.isReplacedBy)
    assert former == old
    assert dict(values(store, SDO.name))[now] == "Ada Katharina Brandt"


def test_no_triple_stands_in_two_graphs(store):
    for one in ARTICLES:
        store.add(one)
    refresh(store)
    triples = [str(quad.triple) for quad in store.quads() if quad.predicate != terms.node(str(PROV.used))]
    assert len(triples) == len(set(triples))


def made_anew(store):
    """Refresh from nothing but the articles; how many quads that changed."""
    (store.path / FACTS_FILE).unlink()
    return refresh(store).changed


def test_after_whatever_came_and_went_it_is_as_made_anew(store):
    steps = [
        [extraction(1, "Ada Brandt"), extraction(3, "Otto Roe")],
        [extraction(2, "Ada Brandt")],
        [extraction(2, "Ada Katharina Brandt", aliases=("Ada Brandt",))],
        [extraction(5, "Ada Katharina Brandt", aliases=("Brandt",)), extraction(1, "Otto Roe")],
    ]
    for articles in steps:
        for one in articles:
            store.add(one)
        assert refresh(store).changed > 0
        assert made_anew(store) == 0
    for article in [article.iri for article in store.articles()]:
        store.remove(article)
        assert refresh(store).changed > 0
        assert made_anew(store) == 0
    assert len(graphs(store)) == 1, "the digest alone"


def test_a_run_that_was_killed_is_made_again(store):
    for one in ARTICLES:
        store.add(one)
    refresh(store)
    before = graphs(store)
    identity = iris.graph_iri(store.base, "identity")
    digest = [quad for quad in store.quads(identity) if quad.subject.value == identity]
    half = [quad for quad in store.quads(identity) if quad.subject.value != identity][::2]
    strange = [quad for quad in store.quads(iris.graph_iri(store.base, "entities")) if quad.predicate == terms.node(str(SDO.name))]
    node = terms.node(f"{store.base}person/0000000000000000")
    store.change([*digest, *half], [type(quad)(node, quad.predicate, quad.object, quad.graph_name) for quad in strange])
    assert refresh(store).changed > 0
    assert graphs(store) == before


def test_a_reader_changes_nothing(store):
    store.add(ARTICLES[0])
    path = store.path
    store.close()
    with open_store(path) as reading, pytest.raises(StoreError, match="reading only"):
        refresh(reading)
