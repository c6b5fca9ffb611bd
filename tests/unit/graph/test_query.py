"""Canned and free queries: equal answers on both engines, safe parameters, and the guard."""

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.errors import BadParameter, ForbiddenQuery, QueryError, QuerySyntax, UnknownQuery
from kg.graph.query import AnswerKind, canned_queries, load_query, parse_query, plain, run_query
from kg.graph.query.guard import check_query
from kg.graph.store import Store, open_store
from kg.graph.terms import PREFIXES

# rdflib's own Dataset.parse uses what rdflib calls deprecated
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

HOSTILE = [
    'x" || true || "',
    "x' } INSERT DATA { <urn:a> <urn:b> 1 } #",
    'Ana Lindqvist") || ("1"="1',
    "\\",
    '\\"',
    "\\u0022 || true",
    "\n\r\t\x00",
    "*",
    ".*",
    "?person",
    "}" * 50,
    "<urn:x>",
    "🐟" * 1000,
    "\u202eright to left",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory, sample, other) -> Store:
    with open_store(tmp_path_factory.mktemp("query") / "s", write=True, create=True) as store:
        store.add(sample)
        store.add(other)
        yield store


@pytest.fixture(scope="module")
def dataset(store) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=ox.serialize(store.quads(), format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
    return dataset


def ask(store: Store, name: str, **parameters: str) -> list[dict[str, str]]:
    answer = run_query(store, load_query(name), parameters=parameters)
    assert answer.kind is AnswerKind.ROWS
    assert not set(parameters) & set(answer.columns)
    return [dict(zip(answer.columns, map(plain, row), strict=True)) for row in answer.rows]


def test_every_canned_query_says_what_it_takes():
    queries = canned_queries()
    assert {"about", "agreement", "forecasts", "said", "said-on", "spokespeople"} <= {query.name for query in queries}
    for query in queries:
        assert query.summary.endswith(".")
        assert query.parameters
        assert all(parameter.what and parameter.example for parameter in query.parameters)


@pytest.mark.parametrize(
    ("name", "parameters", "rows"),
    [
        ("said", {"person": "Ana Lindqvist"}, 2),  # two statements, in two articles of the same text, which count once
        ("said", {"person": "lindqvist"}, 2),  # an alias, in lower case
        ("said", {"person": "OMAR HADDAD"}, 1),
        ("said", {"person": "Lindq"}, 0),  # no part of a name
        ("spokespeople", {"organisation": "institute of tides"}, 2),  # two titles
        ("spokespeople", {"organisation": "Norden University"}, 2),  # through the institute, which is part of it
        ("spokespeople", {"organisation": "Omar Haddad"}, 0),
        ("about", {"topic": "herring stock"}, 1),  # plural in the text
        ("about", {"topic": "STOCKS"}, 2),
        ("about", {"topic": "too high"}, 1),  # across an inner quotation mark
        ("about", {"topic": "her"}, 0),  # no part of a word
        ("about", {"topic": "port"}, 1),  # said by nobody in particular
        ("agreement", {}, 2),
        ("agreement", {"person": "Mette Holm"}, 2),
        ("agreement", {"person": "Lindqvist"}, 2),  # the other side
        ("agreement", {"person": "Omar Haddad"}, 0),
    ],
)
def test_canned_queries_answer_alike_on_both_engines(store, dataset, name, parameters, rows):
    query = load_query(name)
    found = [tuple(map(plain, row)) for row in run_query(store, query, parameters=parameters).rows]
    assert len(found) == rows
    bound = {parameter.name: rdflib.Literal(parameters.get(parameter.name, "")) for parameter in query.parameters}
    columns = run_query(store, query, parameters=parameters).columns
    slow = dataset.query(query.text, initNs=PREFIXES, initBindings=bound)
    assert [tuple("" if row[column] is None else str(row[column]) for column in columns) for row in slow] == found


def test_answers_are_for_people(store):
    rows = ask(store, "said", person="Lindqvist")
    first = next(row for row in rows if row["article"] == "Herring to recover")
    assert first["speaker"] == "Ana Lindqvist"
    assert first["titles"] == "board member, Institute of Tides; senior researcher, Institute of Tides"
    assert first["text"] == "🐟 Herring stocks will recover by 2030"
    assert (first["kind"], first["said"], first["date"]) == ("indirect", "asserted", "2024-02-23")
    assert {row["article"] for row in rows} == {"Herring to recover"}  # its copy in another outlet counts once
    (nobody,) = ask(store, "about", topic="boats would stay")
    assert (nobody["speaker"], nobody["said"]) == ("", "negated")
    assert {row["former"] for row in ask(store, "spokespeople", organisation="Institute of Tides")} == {"false"}
    (one, *_) = ask(store, "agreement", person="Mette Holm")
    assert (one["speaker"], one["relation"], one["with"], one["words"]) == (
        "Mette Holm", "agrees with", "Ana Lindqvist", "views were echoed by",
    )  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_stay_values(store, value):
    size = store.size()
    for query in canned_queries():
        given = {parameter.name: value for parameter in query.parameters}
        if query.name in {"review", "forecasts"}:
            with pytest.raises(BadParameter, match="which is no number"):
                run_query(store, query, parameters=given)
        else:
            assert list(run_query(store, query, parameters=given).rows) == []
    text = "# parameter: it - anything\nSELECT DISTINCT ?it ?back WHERE { ?x a schema:NewsArticle . BIND (CONCAT(?it, '') AS ?back) }"
    ((back,),) = run_query(store, text, parameters={"it": value}).rows
    assert plain(back) == value
    assert store.size() == size


def test_unknown_queries_get_a_guess(tmp_path):
    with pytest.raises(UnknownQuery, match="Did you mean said"):
        load_query("siad")
    with pytest.raises(UnknownQuery, match="about, agreement, conflicting-figures, "):
        load_query("zzzzzz")
    path = tmp_path / "mine.rq"
    path.write_text("# summary: Mine.\nSELECT * WHERE { ?s ?p ?o }", encoding="utf-8")
    assert load_query(str(path)).summary == "Mine."
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match=r"mine\.rq"):
        load_query(str(path))


def test_parameters_are_checked(store):
    with pytest.raises(BadParameter, match=r"said: parameter 'person' is missing\. It takes person: .*Wang Peng"):
        run_query(store, load_query("said"))
    with pytest.raises(BadParameter, match="is blank"):
        run_query(store, load_query("said"), parameters={"person": "  "})
    with pytest.raises(BadParameter, match=r"no parameter 'persn'.*Did you mean person"):
        run_query(store, load_query("said"), parameters={"persn": "x"})
    with pytest.raises(BadParameter, match="It takes none"):
        run_query(store, "SELECT * WHERE { ?s ?p ?o }", parameters={"s": "x"})
    with pytest.raises(BadParameter, match=r"Name \?it in SELECT"):
        run_query(store, "# parameter: it - x\nSELECT ?s WHERE { ?s ?p ?it }", parameters={"it": "x"})


def test_the_head_ends_where_the_query_begins():
    query = parse_query("q", "\n# summary: S.\nSELECT * WHERE {}\n# parameter: late - no\n")
    assert (query.summary, query.parameters) == ("S.", ())


def test_ask_construct_and_describe(store):
    assert run_query(store, "ASK { ?x a eo:Belief }").truth is True
    assert run_query(store, "ASK { ?x a eo:Nothing }").truth is False
    answer = run_query(store, "CONSTRUCT { ?x eo:rule ?r } WHERE { ?x a eo:Belief ; eo:rule ?r }")
    assert answer.kind is AnswerKind.TRIPLES
    assert len(list(answer.triples)) == 2
    assert len(list(run_query(store, "DESCRIBE ?x WHERE { ?x a eo:Belief }").triples)) > 10


def test_graphs_are_one_unless_named(store):
    both = "SELECT (COUNT(*) AS ?n) WHERE { ?x a schema:NewsArticle . ?run prov:used ?x }"
    ((count,),) = run_query(store, both).rows
    assert plain(count) == "2"
    named = "SELECT ?g WHERE { GRAPH ?g { ?x a schema:NewsArticle } FILTER (?g = ?x) }"
    assert len(list(run_query(store, named).rows)) == 2


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELCT ?x WHERE { }", 1, 1),
        ("SELECT ?s WHERE {\n  ?s ?p ?o .\n  FILTER(?x = }", 3, 3),
        ("SELECT ?s WHERE { ?s ?p ?o } LIMIT x", 1, 30),
        ("SELECT ?s WHERE { ?s ?p ?o ", 1, 28),
        ("SELECT ?s\nWHERE { ?s nope:x ?o }", 2, 12),  # a prefix nobody declared
        ("", 1, 1),
        ("hello", 1, 1),
    ],
)
def test_syntax_errors_have_a_place(store, text, line, column):
    with pytest.raises(QuerySyntax, match=f"line {line}, column {column}: ") as caught:
        run_query(store, text)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("text", ["(" * 5000, "SELECT ?x WHERE " + "{" * 3000 + "}" * 3000])
def test_deep_nesting_fails_closed(text):
    with pytest.raises(QuerySyntax):
        check_query(text)


FORBIDDEN = [
    "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * WHERE { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "SELECT * WHERE { { SELECT * WHERE { OPTIONAL { { ?a ?b ?c } UNION { SERVICE ?s { ?s ?p ?o } } } } } }",
    "SELECT * WHERE { ?s ?p ?o MINUS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * WHERE { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    'SELECT * WHERE { ?s ?p "#" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
    "SELECT * WHERE { ?s ?p ?o.SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * FROM <http://127.0.0.1:9/> WHERE { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/passwd> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE ?x FROM <http://127.0.0.1:9/> WHERE { ?x ?p ?o }",
    "LOAD <http://127.0.0.1:9/>",
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
    "CLEAR DEFAULT ; INSERT DATA { <urn:a> <urn:b> 1 }",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_what_fetches_or_changes_is_refused(store, text):
    size = store.size()
    with pytest.raises((ForbiddenQuery, QuerySyntax)):
        run_query(store, text)
    assert store.size() == size


def test_refusals_name_what_is_refused():
    with pytest.raises(ForbiddenQuery, match="SERVICE"):
        check_query(FORBIDDEN[0])
    with pytest.raises(ForbiddenQuery, match="FROM"):
        check_query(FORBIDDEN[10])
    with pytest.raises(ForbiddenQuery, match="update"):
        check_query("DROP ALL")


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * WHERE { ?s ?p ?service FILTER(CONTAINS(?service, "customer service from us")) }',
        "# the service from which we load\nSELECT ?from WHERE { ?from ?load <urn:service> }",
        'PREFIX service: <urn:s:> SELECT * WHERE { ?s service:from \'load\' ; <urn:FROM> """SERVICE "quoted" """ }',
        "SELECT * WHERE { ?s schema:service ?o . FILTER(?o < 5 && ?o > 3) }",
    ],
)
def test_harmless_words_are_let_through(store, text):
    list(run_query(store, text).rows)


def test_asking_loads_no_heavy_library(store):
    store.inner.flush()
    code = "import sys, kg.graph.query; print(sorted({'spacy', 'pyshacl', 'networkx', 'pyvis'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


REACHING_OUT = (
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:9/> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <file:///etc/passwd>",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP ALL ; SELECT * { ?s ?p ?o }",
)


@pytest.mark.parametrize("text", REACHING_OUT)
def test_no_public_route_lets_a_query_reach_out_or_change_the_store(store, tmp_path, text):
    """By the function, by the function with limits, as a file, as standard input."""
    size = store.size()
    copy = tmp_path / "s"
    with open_store(copy, write=True, create=True):
        pass
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    with pytest.raises((ForbiddenQuery, QuerySyntax)):
        kg.run_query(store, text)
    with pytest.raises((ForbiddenQuery, QuerySyntax)):
        kg.run_query(store, load_query(str(tmp_path / "q.rq")))
    with pytest.raises((ForbiddenQuery, QuerySyntax)), kg.run_limited(copy, text):
        pytest.fail("an answer")
    assert store.size() == size


def test_our_own_code_asks_the_bare_store_only_what_it_wrote_itself():
    """Each place that goes round the guard is known; a new one is looked at by whoever adds it here."""
    root = Path(kg.__file__).parent
    found = {
        path.relative_to(root).as_posix() for path in root.rglob("*.py") if re.search(r"inner\.(query|update)\(", path.read_text("utf-8"))
    }
    assert found == {"graph/query/run.py", "graph/spelling.py", "graph/store/store.py"}
