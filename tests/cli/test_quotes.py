"""`kg quotes`: the filters, the formats, and words from articles that stay words."""

import csv
import io
import json

import pytest

from kg.cli.main import cli
from kg.cli.quotes import _KINDS
from kg.graph.search.finding import KINDS


def run(runner, *arguments, code=0, **options):
    result = runner.invoke(cli, [str(argument) for argument in arguments], **options)
    assert result.exit_code == code, result.output
    return result


def test_the_kinds_are_those_of_the_search():
    assert _KINDS == KINDS


def test_a_table(runner, store):
    out = run(runner, "quotes", "-s", store, "--person", "Ann Lee").stdout
    assert "The rain will last until May" in out
    assert "researcher, Northlight Institute" in " ".join(out.split())


def test_words_searched_for(runner, store):
    out = run(runner, "quotes", "-s", store, "--search", "harvest fall*", "-f", "jsonl").stdout
    [row] = map(json.loads, out.splitlines())
    assert row["speaker"] == "Jo Roe"
    assert row["roles"] == ["director, Harbour Institute"]
    assert row["figures"]


def test_an_organisation_is_found_with_those_who_act_for_it(runner, store):
    out = run(runner, "quotes", "-s", store, "--org", "Harbour Institute", "-f", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["speaker"] for row in rows} == {"Jo Roe"}


def test_markdown(runner, tmp_path):
    text = "Prices [fell](javascript:alert(1)) *fast* <b>now</b>, said Ann Lee, a researcher at the Northlight Institute.\n"
    (tmp_path / "a.txt").write_text(text)
    run(runner, "build", "a.txt")
    out = run(runner, "quotes", "-f", "md").stdout
    assert r"\[fell\](javascript:alert(1)) \*fast\* \<b\>now\</b\>" in out
    assert "> — Ann Lee, researcher, Northlight Institute." in out


def test_nothing_found_is_told(runner, store):
    result = run(runner, "quotes", "-s", store, "--person", "Nobody At All")
    assert result.stdout == ""
    assert result.stderr == "kg: nothing in the store passes these filters.\n"
    assert run(runner, "quotes", "-s", store, "--person", "Nobody At All", "-q").stderr == ""


def test_more_than_asked_for_is_told(runner, store):
    result = run(runner, "quotes", "-s", store, "--limit", "1", "-f", "jsonl")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == "kg: the list goes on after 1 quote; --limit takes a higher number.\n"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--kind", "opinion"), "'opinion' is not one of"),
        (("--since", "Friday"), "since is 'Friday'. Give a year, a month or a day"),
        (("--until", "2025-13"), "until is '2025-13'. Give a year, a month or a day"),
        (("--since", "2025-02-29"), "since is '2025-02-29'. Give a year, a month or a day"),
        (("--since", "2026", "--until", "2025"), "the range since 2026 until 2025 is empty. Give the earlier date as since"),
        (("--since", "2025-03", "--until", "2025-02-28"), "the range since 2025-03 until 2025-02-28 is empty."),
        (("--search", "  "), "nothing to search for in '  '. Give a word"),
        (("--limit", "0"), "0 is not in the range"),
    ],
)
def test_bad_filters(runner, store, given, told):
    assert told in run(runner, "quotes", "-s", store, *given, code=2).stderr


@pytest.mark.parametrize(("since", "until"), [("2025", "2025"), ("2025-03-04", "2025"), ("2025", "2025-01-01"), ("2025-03-04", "2025-03")])
def test_a_range_of_a_day_or_more_is_one(runner, store, since, until):
    run(runner, "quotes", "-s", store, "--since", since, "--until", until, code=0)


def test_namesakes_are_told_apart_and_an_iri_takes_one_alone(runner, tmp_path):
    texts = ("Rain will fall, said Ann Lee, a chemist at Northlight Institute.", "Snow will fall, said Ann Lee, a baker at Corwell Mills.")
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)))
    run(runner, "build", "a.jsonl")
    result = run(runner, "quotes", "--person", "ann lee", "-f", "jsonl")
    assert len(result.stdout.splitlines()) == 2
    head, *lines = result.stderr.splitlines()
    assert head == "kg: 2 go by 'ann lee', and the quotes of all are listed; --person with an IRI takes one alone:"
    assert sorted(line.strip().rpartition(", ")[0] for line in lines) == [
        "Ann Lee (person), baker, Corwell Mills, 1 article",
        "Ann Lee (person), chemist, Northlight Institute, 1 article",
    ]
    for line in lines:
        iri = line.rpartition(", ")[2]
        alone = run(runner, "quotes", "--person", iri, "-f", "jsonl")
        [row] = map(json.loads, alone.stdout.splitlines())
        assert (row["text"].startswith("Rain"), alone.stderr) == ("chemist" in line, "")
        assert run(runner, "quotes", "--person", iri.removeprefix("urn:kg:"), "-f", "jsonl").stdout == alone.stdout
    assert run(runner, "quotes", "--person", "ann lee", "-q").stderr == ""
    body = [row["text"] for row in map(json.loads, run(runner, "quotes", "--org", "Corwell Mills", "-f", "jsonl").stdout.splitlines())]
    assert body == ["Snow will fall"]
