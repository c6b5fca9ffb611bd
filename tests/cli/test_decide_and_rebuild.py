"""The newsroom from end to end: build, decide, correct, export; build again from nothing with the decision files; take all back."""

import json

from kg.cli.main import cli


def run(runner, *arguments, code=0):
    result = runner.invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


def export(runner, store):
    run(runner, "export", "-s", store, "-o", f"{store}.nq", "--force")
    return (store.parent / f"{store.name}.nq").read_bytes()


def test_decisions_outlive_the_store_and_can_be_taken_back(runner, root, tmp_path):
    articles = root / "examples" / "newsroom" / "articles.jsonl"
    first, second = tmp_path / "first", tmp_path / "second"
    run(runner, "build", articles, "-s", first, "--attribution", "rules")
    before = export(runner, first)
    run(runner, "identity", "same", "Dan Castellow", "Daniel Castellow", "--why", "one office, one year", "-s", first)
    agents = json.loads(run(runner, "show", "Owen Tarrick", "-s", first, "-f", "json").stdout)
    run(runner, "identity", "different", *mentions_of(agents)[:2], "-s", first)
    said = json.loads(run(runner, "quotes", "--person", "Halvard Tennick", "-s", first, "-f", "jsonl").stdout.splitlines()[0])
    run(runner, "correct", said["claim"], "--speaker", "Silas Enderbrook", "--mode", "thought", "-s", first)
    run(runner, "correct", said["claim"].replace("claim", "attribution"), "--claim-kind", "evaluation", "-s", first)
    post = ("--holder", "Halvard Tennick", "--title", "choirmaster", "--former", "--why", "he told us")
    told = run(runner, "correct", "--add-role", "--article", said["article"], *post, "-s", first).stderr
    assert "put in: role “Halvard Tennick” (Halvard Tennick: choirmaster): added -; undo with" in told
    agents = json.loads(run(runner, "show", "Halvard Tennick", "-s", first, "-f", "json").stdout)["agents"]
    assert [role["former"] for agent in agents for role in agent["roles"] if role["title"] == "choirmaster"] == [True]
    decided = export(runner, first)
    assert decided != before
    run(runner, "validate", "-s", first)
    run(runner, "build", articles, "-s", second, "--decisions", tmp_path / "first-decisions", "--attribution", "rules")
    assert export(runner, second) == decided
    told = run(runner, "build", articles, "-s", second, "--decisions", tmp_path / "none", "--attribution", "rules").stderr
    assert "16 unchanged" in told
    assert "1 article carried corrections that no file holds" in told
    assert export(runner, second) == before, "a build without the files is as if nobody had decided"
    ids = [one["id"] for one in json.loads(run(runner, "correct", "--list", "--json", "-s", first).stdout)]
    assert len(ids) == 5
    run(runner, "correct", *(part for one in ids for part in ("--undo", one)), "-s", first)
    pairs = json.loads(run(runner, "identity", "list", "--json", "-s", first).stdout)["pairs"]
    run(runner, "identity", "undo", *(pair["id"] for pair in pairs), "-s", first)
    assert export(runner, first) == before


def mentions_of(told):
    return [agent["iri"] for agent in told["agents"]]


def test_what_a_missed_role_needs(runner):
    for given, told in (
        (("--add-role",), "--add-role needs --article."),
        (("--add-role", "--article", "x", "--title", "mayor"), "--add-role needs --holder, and --title or --organisation."),
        (("--add-role", "--article", "x", "--holder", "Ann Lee"), "--add-role needs --holder, and --title or --organisation."),
        (("--add-role", "--list"), "Give one of ID, --add, --add-role, --list and --undo."),
    ):
        assert told in run(runner, "correct", *given, code=2).stderr
