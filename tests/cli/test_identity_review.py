"""`kg identity review`: what is asked, what each key does, and that answers are kept whatever comes after. All names are invented."""

import json
import os
import pty
import sys
from pathlib import Path

import pytest

from kg import records as r
from kg.cli.main import cli
from kg.cli.review import converse
from kg.errors import Contradiction
from kg.graph.decisions import read_decisions
from kg.graph.decisions.reviewing import Review
from kg.graph.identity.lookup import all_entities
from kg.graph.store import open_store

from .test_identity_decisions import kept, run

__all__ = ["kept"]  # a fixture

KG = Path(sys.executable).with_name("kg")


@pytest.fixture
def asked(kept):
    with open_store(kept.parent.parent / "kg-store") as store:
        return Review(store, kept.parent)


def typed(*keys):
    """Answers one after the other, then the end of input."""
    left = list(keys)

    def ask(prompt):
        assert prompt == "One and the same? [y,n,s,u,q,?] "
        if not left:
            raise EOFError
        return left.pop(0)

    return ask


def decided(kept):
    found = read_decisions(kept.parent)
    return [(pair.b.name, pair.why) for pair in found.same], [(pair.b.name, pair.why) for pair in found.different]


def test_questions_as_json(runner, kept):
    [question] = json.loads(run(runner, "identity", "review", "--json").stdout)
    assert (question["rule"], question["joined"], question["kind"]) == ("initial", False, "person")
    assert {question["a"]["name"], question["b"]["name"]} == {"Dora Brandt", "D. Brandt"}
    dora = question["a"] if question["a"]["name"] == "Dora Brandt" else question["b"]
    assert dora["articles"] == ["0, 2024-03-01", "2, 2024-03-03"]
    assert dora["key"] == {"article": "id:a.jsonl:0", "kind": "person", "name": "Dora Brandt"}
    assert json.loads(run(runner, "identity", "review", "--json", "--kind", "organisation").stdout) == []
    assert json.loads(run(runner, "identity", "review", "--json", "--name", "roe").stdout) == []


def test_without_a_terminal_json_is_advised(runner, kept):
    assert "There is no terminal to ask on: give --json." in run(runner, "identity", "review", code=2).stderr


@pytest.mark.parametrize(
    ("keys", "same", "different"),
    [
        (["y she signs both ways"], [("D. Brandt", "she signs both ways")], []),
        (["NO"], [], [("D. Brandt", "")]),
        (["?", "", "x", "n two towns"], [], [("D. Brandt", "two towns")]),
        (["s"], [], []),
        (["q", "y"], [], []),
        (["u", "y"], [("D. Brandt", "")], []),
        ([], [], []),
    ],
)
def test_keys(kept, asked, capsys, keys, same, different):
    converse(asked, typed(*keys))
    assert decided(kept) == (same, different)
    out = capsys.readouterr().out
    assert "an initial that fits" in out
    assert ("s - skip" in out) == ("?" in keys)


def test_the_last_answer_is_undone_and_asked_again(kept, asked):
    [question] = asked.questions
    asked.answer(question, same=True)
    assert list(asked.open()) == []
    assert asked.take_back() is question
    assert [list(asked.open()), asked.answers, decided(kept)] == [[question], (0, 0), ([], [])]
    assert asked.take_back() is None


def test_what_was_answered_is_not_asked_again(kept, asked):
    [question] = asked.questions
    asked.answer(question, same=False)
    with open_store(kept.parent.parent / "kg-store") as store:
        assert Review(store, kept.parent).questions == ()


def test_an_answer_that_contradicts_is_refused(kept):
    name = "Dora K. Brandt"
    article = r.Article(id="9", text=name, source_name="a.jsonl", given_id=True)
    mention = r.Mention(r.Span(0, len(name)), r.MentionForm.NAME, "a1", "named-entity", 0.9)
    with open_store(kept.parent.parent / "kg-store", write=True) as store:
        store.add(r.Extraction(article, r.ModelVersions("p 1", "rules 1", "0.1"), (r.Agent("a1", r.AgentKind.PERSON, name),), (mention,)))
        asked = Review(store, kept.parent)  # of an article that no refresh has seen
    by_names = {frozenset((one.a.name, one.b.name)): one for one in asked.questions}
    dora, short, long = "Dora Brandt", "D. Brandt", name
    asked.answer(by_names[frozenset((dora, short))], same=True)
    asked.answer(by_names[frozenset((short, long))], same=True)
    before = kept.read_bytes()
    with pytest.raises(Contradiction, match="decisions contradict one another"):
        asked.answer(by_names[frozenset((dora, long))], same=False)
    assert kept.read_bytes() == before


def test_beside_a_writer_the_last_snapshot_is_asked_about(kept, asked):
    folder = kept.parent.parent / "kg-store"
    files = {path: path.read_bytes() for path in folder.glob("identity.sqlite*")}
    assert files
    with open_store(folder, write=True) as writer:
        writer.snapshot()
        with open_store(folder) as store:
            assert not store.live
            assert Review(store, kept.parent).questions == asked.questions
    assert {path: path.read_bytes() for path in folder.glob("identity.sqlite*")} == files, "reading leaves the file alone"


@pytest.mark.parametrize("damage", ["gone", "half", "other"])
def test_the_file_of_facts_is_not_needed(kept, asked, damage):
    path = kept.parent.parent / "kg-store" / "identity.sqlite"
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:5000] if damage == "half" else b"not a table at all")
    with open_store(path.parent) as store:
        assert Review(store, kept.parent).questions == asked.questions
        assert Review(store, kept.parent, limit=1, kind="organisation").questions == ()


@pytest.mark.slow
def test_on_a_terminal_answers_are_kept_and_the_graph_follows(kept):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(kept.parent.parent)
        os.execve(KG, ["kg", "identity", "review"], environment)
    os.write(terminal, b"y one signature\n")
    out = b""
    try:
        while chunk := os.read(terminal, 65536):
            out += chunk
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0, out
    assert b"1 called one, 0 called two" in out
    assert decided(kept) == ([("D. Brandt", "one signature")], [])
    with open_store(kept.parent.parent / "kg-store") as store:
        assert sorted(len(one.agents) for one in all_entities(store)) == [1, 3]


def test_all_commands_of_the_group_have_help():
    for name, command in cli.commands["identity"].commands.items():
        assert "Example:" in command.help, name
