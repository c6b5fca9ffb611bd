"""A user's own list of names, named in kg.toml: what it settles reaches the extraction, the graph and who is who over articles."""

import json

import pytest

from kg.cli.main import cli

NAMES = (
    "name\tkind\tid\n"
    "Zorvo\tnone\t\n"
    "Harbour Watch\torganisation\tW1\n"
    "HW\torganisation\tW1\n"
    "Marlowe-Smith\tperson\tP7\n"
    "The Al-Noor Trust\torganisation\tW2\n"
)
ARTICLES = [
    ("one", "Harbour Watch said the pier will close. Marlowe-Smith, its director, said the Zorvo sank. HW said nothing else."),
    ("two", "HW said the pier is safe. The Al-Noor Trust said it will pay."),
]
AGENTS = (
    """SELECT DISTINCT ?name ?identifier { ?agent a eo:ReportedAgent ; schema:name ?name ; schema:identifier ?identifier } ORDER BY ?name"""
)
ENTITIES = 'SELECT (COUNT(DISTINCT ?entity) AS ?n) { ?agent schema:identifier "W1" ; eo:denotes ?entity }'


@pytest.fixture
def told(runner, tmp_path):
    """A working directory with the articles, the list and a kg.toml that names it; runs commands there."""
    (tmp_path / "names.tsv").write_text(NAMES, encoding="utf-8")
    (tmp_path / "kg.toml").write_text('gazetteer = "names.tsv"\n', encoding="utf-8")
    lines = [json.dumps({"id": name, "text": text}) for name, text in ARTICLES]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def run(*arguments, **options):
        result = runner.invoke(cli, arguments, **options)
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


def test_ids_of_the_list_stand_in_the_extraction(told):
    lines = [json.loads(line) for line in told("extract", "articles.jsonl").splitlines()]
    found = [{(agent["name"], agent["kind"], agent["identifier"]) for agent in line["agents"]} for line in lines]
    assert found[0] == {("Harbour Watch", "organisation", "W1"), ("Marlowe-Smith", "person", "P7")}
    assert found[1] == {("HW", "organisation", "W1"), ("Al-Noor Trust", "organisation", "W2")}
    # two names with one id are one agent
    assert [agent["aliases"] for agent in lines[0]["agents"] if agent["identifier"] == "W1"] == [["HW"]]


def test_ids_of_the_list_stand_in_the_graph_and_join_articles(told):
    told("build", "articles.jsonl")
    rows = [json.loads(line) for line in told("query", "-", "-f", "jsonl", input=AGENTS).splitlines()]
    assert {(row["name"], row["identifier"]) for row in rows} == {
        ("Al-Noor Trust", "W2"),
        ("HW", "W1"),
        ("Harbour Watch", "W1"),
        ("Marlowe-Smith", "P7"),
    }
    assert json.loads(told("query", "-", "-f", "jsonl", input=ENTITIES)) == {"n": 1}
