"""Bad input: each costs one clear line and an exit code, never a traceback."""

import json
import resource
import shutil
import subprocess
import sys

import pytest

from kg.cli.main import cli

GOOD = "The rain will last until May, said Ann Lee, a forecaster at Example Weather.\n"


def refused(run, code, *words):
    """The run ended with `code` and said why in one line that holds the words."""
    assert run.exit_code == code, run.output
    assert not isinstance(run.exception, Exception) or isinstance(run.exception, SystemExit)
    lines = run.stderr.splitlines()
    assert len(lines) == 1, run.stderr
    assert lines[0].startswith(("kg: error: ", "kg: skipped: "))
    for word in words:
        assert word in lines[0]


# --------------------------------------------------------------------------- sources


def no_such_file(folder):
    return folder / "none.txt", "no such file or directory. Check the path."


def nothing_readable(folder):
    (folder / "pages").mkdir()
    (folder / "pages" / "README.md").write_text("Rain.")
    return folder / "pages", "no readable file in it. Give a directory with files ending in .txt"


def empty(folder):
    (folder / "empty.txt").touch()
    return folder / "empty.txt", "it is empty"


def binary(folder):
    (folder / "binary.txt").write_bytes(b"\x7fELF\x00\x01\x02")
    return folder / "binary.txt", "binary data, not text. Save it as UTF-8 text."


def undecodable(folder):
    (folder / "odd.txt").write_bytes(b"Rain \x81\x8d fell.")
    return folder / "odd.txt", "byte 0x81 at offset 5 is neither UTF-8 nor Windows-1252. Save it as UTF-8 text."


def bad_record(folder):
    (folder / "bad.jsonl").write_text('{"id": 1}\n')
    return folder / "bad.jsonl", 'bad.jsonl, line 1: no text. Put the article into the key "text" as a string.'


SOURCES = [no_such_file, nothing_readable, empty, binary, undecodable, bad_record]


@pytest.mark.parametrize("command", ["build", "extract"])
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_a_source_that_cannot_be_read(runner, tmp_path, command, source):
    path, words = source(tmp_path)
    refused(runner.invoke(cli, [command, str(path)]), 1, str(path), words)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_a_bad_source_beside_a_good_one(runner, tmp_path, source):
    path, words = source(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD)
    run = runner.invoke(cli, ["extract", str(path), str(tmp_path / "good.txt")])
    refused(run, 4, words)
    assert json.loads(run.stdout)["text"] == GOOD


def test_a_text_over_the_limit(runner, tmp_path):
    (tmp_path / "long.txt").write_text(GOOD)
    run = runner.invoke(cli, ["build", "long.txt", "--max-chars", "10"])
    refused(run, 1, "long.txt: more than 10 characters, over the limit of 10. Split it or raise --max-chars.")


def test_a_name_with_a_line_break_and_an_escape_stays_on_one_line(runner, tmp_path):
    refused(runner.invoke(cli, ["extract", "no\nkg: error: \x1b[31msuch"]), 1, "no kg: error: \\x1b[31msuch: no such file")


def test_no_source(runner):
    refused(runner.invoke(cli, ["build"]), 2, "Missing argument 'SRC...'", "Try 'kg build --help'")


@pytest.mark.parametrize("value", ["0", "-5", "many"])
def test_a_limit_that_is_none(runner, value):
    refused(runner.invoke(cli, ["extract", "-", "--max-chars", value]), 2, "--max-chars")


def test_a_variable_that_is_no_number(runner):
    refused(runner.invoke(cli, ["extract", "-"], env={"KG_MAX_CHARS": "many"}), 2, "max_chars is 'many'")


def test_an_engine_that_is_none(runner):
    refused(runner.invoke(cli, ["extract", "-", "--attribution", "magic"]), 2, "no attribution engine 'magic'")


def test_a_settings_file_that_is_none(runner, tmp_path):
    refused(runner.invoke(cli, ["extract", "-", "--config", "none.toml"]), 2, "none.toml")
    (tmp_path / "kg.toml").write_text("stroe = 'x'\n")
    refused(runner.invoke(cli, ["extract", "-"]), 2, "kg.toml: unknown key stroe")


def test_a_model_that_is_not_installed(runner, tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    refused(runner.invoke(cli, ["extract", "good.txt", "--model", "xx_none"]), 1, "xx_none", "pip install")


def test_a_line_that_is_no_json_is_told_with_its_place(runner, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "text": \n')
    refused(runner.invoke(cli, ["build", "bad.jsonl"]), 1, "bad.jsonl, line 1: no JSON (Expecting value, character ")


# --------------------------------------------------------------------------- stores


@pytest.mark.parametrize("suffix", ["ttl", "nq", "csv"])
@pytest.mark.parametrize("article", ["none", "urn:x y"])
def test_an_article_that_is_not_there_is_not_exported(runner, tmp_path, store, suffix, article):
    run = runner.invoke(cli, ["export", "-o", f"x.{suffix}", "--article", article, "-s", str(store)])
    refused(run, 1, f"no article {article}. `kg stats` lists the articles")
    assert not (tmp_path / f"x.{suffix}").exists()


def test_the_doctor_tells_a_file_from_a_store_to_be_made(runner, tmp_path):
    (tmp_path / "file").touch()
    run = runner.invoke(cli, ["doctor", "-s", "file"])
    assert run.exit_code == 1
    assert "file: a file, and no store. Name a folder with -s" in run.stdout


@pytest.mark.parametrize("given", [("review", "-p", "below", "much"), ("forecasts", "-p", "measure", "price", "-p", "year", "soon")])
def test_a_parameter_that_must_be_a_number(runner, store, given):
    refused(runner.invoke(cli, ["query", *given, "-s", str(store)]), 2, f"is '{given[-1]}', which is no number")


@pytest.mark.parametrize(
    "command", [["query", "agreement"], ["export", "-o", "x.ttl"], ["validate"], ["view"], ["stats"]], ids=lambda command: command[0]
)
def test_no_store(runner, tmp_path, command):
    refused(runner.invoke(cli, [*command, "-s", "nowhere"]), 1, "nowhere: there is no store", "kg build")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["build", "good.txt"], ["query", "agreement"], ["stats"]], ids=lambda command: command[0])
def test_a_store_made_by_a_newer_version(runner, tmp_path, store, command):
    (tmp_path / "good.txt").write_text(GOOD)
    copy = shutil.copytree(store, tmp_path / "newer")
    facts = json.loads((copy / "kg-store.json").read_text())
    (copy / "kg-store.json").write_text(json.dumps(facts | {"format": 999}))
    refused(runner.invoke(cli, [*command, "-s", str(copy)]), 1, "newer", "format 999", "Install a newer kg")


@pytest.mark.parametrize(
    "command", [["build", "good.txt"], ["query", "agreement"], ["export", "-o", "x.ttl"]], ids=lambda command: command[0]
)
def test_a_store_being_written_by_another_process(runner, tmp_path, store, command):
    (tmp_path / "good.txt").write_text(GOOD)
    copy = shutil.copytree(store, tmp_path / "busy")
    hold = "import sys; from kg.graph.store import open_store\nwith open_store(sys.argv[1], write=True): print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", hold, str(copy)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout.readline() == b"open\n"
        refused(runner.invoke(cli, [*command, "-s", str(copy)]), 1, "another process", "Wait until it has ended")
        writer.communicate()
    assert runner.invoke(cli, ["stats", "-s", str(copy)]).exit_code == 0


def test_a_folder_that_is_no_store(runner, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "diary.txt").write_text("Mine.")
    (tmp_path / "good.txt").write_text(GOOD)
    refused(runner.invoke(cli, ["build", "good.txt", "-s", "full"]), 1, "full", "something else here")
    assert (tmp_path / "full" / "diary.txt").read_text() == "Mine."


# --------------------------------------------------------------------------- queries


def test_a_syntax_error_has_line_and_column(runner, tmp_path, store):
    (tmp_path / "bad.rq").write_text("SELECT ?s\nWHERE { ?s ?p }\n")
    refused(runner.invoke(cli, ["query", "bad.rq", "-s", str(store)]), 2, "line 2", "column")
    refused(runner.invoke(cli, ["query", "-", "-s", str(store)], input="SELEKT *"), 2, "line 1", "column")


def test_an_unknown_query_brings_a_suggestion(runner, store):
    refused(runner.invoke(cli, ["query", "siad", "-s", str(store)]), 2, "siad", "Did you mean", "said")


def test_an_unknown_parameter(runner, store):
    refused(runner.invoke(cli, ["query", "said", "-p", "colour", "red", "-s", str(store)]), 2, "colour")


def test_no_query(runner, store):
    refused(runner.invoke(cli, ["query", "-s", str(store)]), 2, "--list")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",  # would fetch
        "SELECT * FROM <http://example.org/> { ?s ?p ?o }",
        "LOAD <http://example.org/>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",  # would change
        "DELETE WHERE { ?s ?p ?o }",
    ],
)
def test_a_query_that_would_fetch_or_change_is_refused(runner, store, text):
    run = runner.invoke(cli, ["query", "-", "-s", str(store)], input=text)
    assert run.exit_code in {1, 2}
    assert len(run.stderr.splitlines()) == 1
    assert run.stdout == ""


# --------------------------------------------------------------------------- outputs


def test_a_file_is_not_overwritten_unasked(runner, tmp_path, store):
    for command, name in (("export", "graph.ttl"), ("view", "page.html")):
        (tmp_path / name).write_text("mine")
        refused(runner.invoke(cli, [command, "-o", name, "-s", str(store)]), 1, f"{name}: exists already. Give --force")
        assert (tmp_path / name).read_text() == "mine"
        assert runner.invoke(cli, [command, "-o", name, "-s", str(store), "--force"]).exit_code == 0
        assert (tmp_path / name).read_text() != "mine"


def test_an_output_without_a_format(runner, store):
    refused(runner.invoke(cli, ["export", "-o", "-", "-s", str(store)]), 2, "no format for standard output", "-f")
    refused(runner.invoke(cli, ["export", "-o", "graph.xyz", "-s", str(store)]), 2, "'.xyz'", "-f")


def test_an_output_in_no_directory(runner, tmp_path, store):
    refused(runner.invoke(cli, ["export", "-o", "no/graph.ttl", "-s", str(store)]), 1, "no such directory")
    refused(runner.invoke(cli, ["view", "-o", str(tmp_path), "-s", str(store)]), 1, "is a directory")


def test_an_article_that_is_not_there(runner, tmp_path, store):
    refused(runner.invoke(cli, ["export", "-o", "x.ttl", "--article", "urn:kg:article/none", "-s", str(store)]), 1, "urn:kg:article/none")
    assert list(tmp_path.iterdir()) == []


def limited(size):
    """Let files grow to `size` bytes and no further: what a full disk is like."""
    return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))}


def one_line(run, code):
    assert run.returncode == code, run.stderr.decode()
    lines = run.stderr.decode().splitlines()
    assert len([line for line in lines if line.startswith("kg: error: ")]) == 1, lines
    assert "Traceback" not in run.stderr.decode()
    return lines[-1]


def test_a_full_disk_while_building(installed, runner, tmp_path, store):
    (tmp_path / "good.txt").write_text(GOOD)
    copy = shutil.copytree(store, tmp_path / "store")
    before = runner.invoke(cli, ["export", "-o", "-", "-f", "nq", "-s", str(copy)]).stdout
    line = one_line(installed("build", "good.txt", "-s", copy, **limited(200)), 1)
    assert str(copy) in line
    after = runner.invoke(cli, ["export", "-o", "-", "-f", "nq", "-s", str(copy)])
    assert (after.exit_code, after.stdout) == (0, before), "what was stored before is whole"
    assert runner.invoke(cli, ["build", "good.txt", "-s", str(copy)]).exit_code == 0, "and the next run adds to it"


def test_a_full_disk_while_exporting(installed, tmp_path, store):
    (tmp_path / "graph.ttl").write_text("older")
    line = one_line(installed("export", "-o", "graph.ttl", "--force", "-s", store, **limited(1000)), 1)
    assert "graph.ttl: cannot be written" in line
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
    assert (tmp_path / "graph.ttl").read_text() == "older"


@pytest.mark.parametrize("command", [("export", "-o", "-", "-f", "nq", "-s"), ("--help",), ("build", "--help")])
def test_a_full_disk_behind_standard_output(tmp_path, store, command):
    kg = shutil.which("kg", path=str(sys.executable).rpartition("/")[0])
    with open("/dev/full", "wb") as full:
        run = subprocess.run([kg, *command, *([store] if command[-1] == "-s" else [])], stdout=full, stderr=subprocess.PIPE)
    assert one_line(run, 1) == "kg: error: No space left on device."


def test_a_reader_that_goes_away(store):
    kg = shutil.which("kg", path=str(sys.executable).rpartition("/")[0])
    with subprocess.Popen([kg, "export", "-o", "-", "-f", "nq", "-s", store], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        writer.stdout.close()
        assert writer.stderr.read() == b""
    assert writer.returncode == 141


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("said", "-p", "person"), ("-p person has no value. said takes person: name of the speaker", "as in -p person 'Wang Peng'")),
        (("said-on", "-p", "topic", "-f", "csv"), ("-p topic has no value. said-on takes person:", "-p topic 'computing power'")),
        (("said", "-p"), ("-p has neither a parameter's name nor a value. said takes person:",)),
        (("said", "--parameter", "person", "-q"), ("-p person has no value.", "as in -p person 'Wang Peng'")),
        (("no-such", "-p", "person"), ("-p person has no value. Give both, as in -p person 'Ann Lee'; kg query --list",)),
        (("said", "--no-such"), ("No such option '--no-such'.",)),
    ],
)
def test_a_parameter_without_a_value(runner, store, given, told):
    refused(runner.invoke(cli, ["query", "-s", str(store), *given]), 2, *told, "Try 'kg query --help'.")


def test_an_option_without_a_value_leads_to_the_help_of_its_command(runner):
    refused(runner.invoke(cli, ["view", "--depth"]), 2, "Option '--depth' requires an argument. Try 'kg view --help'.")
