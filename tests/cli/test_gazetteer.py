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


READ_BEFORE = "kg: 2 articles read before with another list of names (gazetteer); --refresh reads them again.\n"
MADE_BY = """SELECT DISTINCT ?name { ?run prov:wasAssociatedWith ?list . ?list schema:name ?name FILTER(STRSTARTS(?name, "names ")) }"""


def test_a_build_tells_of_another_list_and_a_refresh_reads_again(told, runner, tmp_path):
    def built(*options):
        result = runner.invoke(cli, ["build", "articles.jsonl", *options])
        assert result.exit_code == 0, result.output
        return result.stderr

    def lists():
        return [json.loads(line)["name"] for line in told("query", "-", "-f", "jsonl", input=MADE_BY).splitlines()]

    built()
    first = lists()
    assert len(first) == 1
    names = tmp_path / "names.tsv"
    rows = NAMES.splitlines()
    names.write_text("\n".join([rows[0], *reversed(rows[1:])]), encoding="utf-8")
    assert READ_BEFORE not in built(), "the same rows in another order are the same list"
    assert built("--refresh").endswith(": 0 added, 0 replaced, 2 unchanged, 0 skipped; 0 attributions by 0 speakers, 0 roles\n")

    names.write_text(NAMES.replace("P7", "P8"), encoding="utf-8")
    assert built().endswith(READ_BEFORE)
    assert "names" not in built("-q")
    assert lists() == first
    assert "2 refreshed, 0 unchanged" in built("--refresh")
    assert not {*lists()} & {*first}
    assert READ_BEFORE not in built()
    rows = [json.loads(line) for line in told("query", "-", "-f", "jsonl", input=AGENTS).splitlines()]
    assert {row["identifier"] for row in rows} == {"W1", "W2", "P8"}

    (tmp_path / "kg.toml").unlink()  # no list at all is another one, too
    assert built().endswith(READ_BEFORE)
    assert "2 refreshed, 0 unchanged" in built("--refresh")
    assert (lists(), READ_BEFORE in built()) == ([], False)


def test_a_correction_keeps_with_which_list_an_article_was_read(told, runner):
    told("build", "articles.jsonl")
    before = told("export", "-f", "nq", "-o", "-")
    agent = next(line for line in told("show", "Marlowe-Smith").splitlines() if line.startswith("kg explain ")).split()[-1]
    assert "(gazetteer)" in told("explain", agent)
    undo = runner.invoke(cli, ["correct", agent, "--kind", "group"]).stderr.split()[-1]
    assert "(gazetteer)" in told("explain", agent.replace("#person", "#group"))
    told("validate")
    assert runner.invoke(cli, ["build", "articles.jsonl"]).stderr.endswith(
        "2 unchanged, 0 skipped; 0 attributions by 0 speakers, 0 roles\n"
    )
    told("correct", "--undo", undo)
    assert told("export", "-f", "nq", "-o", "-") == before
