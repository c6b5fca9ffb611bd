"""`kg identity same`, `different`, `list` and `undo`, as a user types them. All names are invented."""

import json

import pytest

from kg import records as r
from kg.cli.main import cli
from kg.graph.identity import refresh
from kg.graph.store import open_store


def run(runner, *arguments, code=0, **options):
    result = runner.invoke(cli, [str(argument) for argument in arguments], **options)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def kept(tmp_path):
    """A store of four articles that name a person each."""
    with open_store(tmp_path / "kg-store", write=True, create=True) as store:
        for number, name in enumerate(["Dora Brandt", "D. Brandt", "Dora Brandt", "Owen Roe\x1b[31m"]):
            text = f"{name} slept."
            article = r.Article(id=str(number), text=text, source_name="a.jsonl", given_id=True, published=f"2024-03-0{number + 1}")
            mention = r.Mention(r.Span(0, len(name)), r.MentionForm.NAME, "a1", "named-entity", 0.9)
            agents = (r.Agent("a1", r.AgentKind.PERSON, name),)
            store.add(r.Extraction(article, r.ModelVersions("p 1", "rules 1", "0.1"), agents, (mention,)))
        refresh(store)
    return tmp_path / "kg-store-decisions" / "identity.tsv"


def test_decide_list_and_undo(runner, kept):
    told = run(runner, "identity", "same", "d. brandt", "Dora Brandt", "--why", "signs both ways").stderr
    [pair] = json.loads(run(runner, "identity", "list", "--json").stdout)["pairs"]
    assert f"kg identity undo {pair['id']}" in told
    assert "2 entities of 4 named agents of articles, 1 of several" in told
    assert (pair["decision"], pair["b"]["name"], pair["a"]["article"], pair["why"]) == (
        "same",
        "D. Brandt",
        "id:a.jsonl:0",
        "signs both ways",
    )
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        "decision\tkind\tname_a\tarticle_a\tname_b\tarticle_b\twhy",
        "same\tperson\tDora Brandt\tid:a.jsonl:0\tD. Brandt\tid:a.jsonl:1\tsigns both ways",
    ]
    table = run(runner, "identity", "list").stdout
    assert pair["id"] in table
    entities = json.loads(run(runner, "identity", "list", "--entities", "--json").stdout)
    assert [(one["name"], len(one["agents"])) for one in entities] == [("Dora Brandt", 3), ("Owen Roe\x1b[31m", 1)]
    assert "\x1b" not in run(runner, "identity", "list", "--entities").stdout
    assert "taken back" in run(runner, "identity", "undo", pair["id"]).stderr
    assert "no decisions" in run(runner, "identity", "list").stderr
    assert "no decision abcdef" in run(runner, "identity", "undo", "abcdef", code=1).stderr


def test_everywhere(runner, kept):
    run(runner, "identity", "same", "D. Brandt", "Dora Brandt", "--everywhere")
    assert "same\tperson\tD. Brandt\t*\tDora Brandt\t*\t" in kept.read_text(encoding="utf-8")


def test_an_ambiguous_name_lists_the_candidates(runner, kept):
    [dora] = [one for one in json.loads(run(runner, "identity", "list", "--entities", "--json").stdout) if one["name"] == "Dora Brandt"]
    run(runner, "identity", "different", *dora["agents"])
    told = run(runner, "identity", "same", "Dora Brandt", "D. Brandt", code=1).stderr
    assert told.count("Dora Brandt (person), 1 article, urn:kg:person/") == 2
    assert "2 go by the name 'Dora Brandt'. Give the IRI of the one meant" in told


def test_a_bad_file_is_told_and_nothing_is_done(runner, kept, article_file):
    kept.parent.mkdir()
    kept.write_text("decision\tkind\nsame\tperson\n", encoding="utf-8")
    told = "identity.tsv:1: the column 'name_a' is missing"
    assert told in run(runner, "identity", "list", code=1).stderr
    assert told in run(runner, "identity", "same", "D. Brandt", "Dora Brandt", code=1).stderr
    assert told in run(runner, "build", article_file, code=1).stderr


def test_a_build_tells_of_decisions_that_fit_nobody(runner, kept, article_file):
    kept.parent.mkdir()
    kept.write_text(
        "decision\tkind\tname_a\tarticle_a\tname_b\tarticle_b\nsame\tperson\tNobody Atall\t*\tDora Brandt\t*\n", encoding="utf-8"
    )
    told = run(runner, "build", article_file, "--attribution", "rules").stderr
    assert "a decision is about the person 'Nobody Atall', who is not there" in told
