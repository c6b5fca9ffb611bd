"""Each command does its job: in process for its ways, once as installed for the whole."""

import csv
import functools
import hashlib
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli.main import cli
from kg.interchange import from_json

KG = Path(sys.executable).with_name("kg")
ALL = "SELECT ?text { ?claim schema:text ?text } ORDER BY ?text"


def run(runner, *arguments, code=0, **options):
    result = runner.invoke(cli, [str(argument) for argument in arguments], **options)
    assert result.exit_code == code, result.output
    return result


# --------------------------------------------------------------------------- build


def test_build_adds_once(runner, article_file):
    first = run(runner, "build", article_file)
    assert re.fullmatch(
        r"kg: kg-store: 1 added, 0 replaced, 0 unchanged, 0 skipped; \d attributions by 2 speakers, 2 roles\n", first.stderr
    )
    assert first.stdout == ""
    before = run(runner, "export", "-o", "-", "-f", "nq").stdout
    again = run(runner, "build", article_file)
    assert "0 added, 0 replaced, 1 unchanged, 0 skipped" in again.stderr
    assert run(runner, "export", "-o", "-", "-f", "nq").stdout == before


def test_build_replaces_an_article_that_changed(runner, tmp_path):
    record = {"id": "1", "text": "Rain will fall, said Ann Lee."}
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    run(runner, "build", "a.jsonl")
    (tmp_path / "a.jsonl").write_text(json.dumps(record | {"text": "Snow will fall, said Ann Lee."}))
    assert "0 added, 1 replaced" in run(runner, "build", "a.jsonl").stderr
    said = run(runner, "query", "-", "-f", "csv", input=ALL).stdout
    assert ("Snow" in said, "Rain" in said) == (True, False)


def test_build_reads_standard_input(runner):
    assert "1 added" in run(runner, "build", "-", input="Rain will fall, said Ann Lee.").stderr


def test_build_goes_on_after_a_bad_source(runner, article_file, tmp_path):
    (tmp_path / "bad.txt").touch()
    result = run(runner, "build", "bad.txt", article_file, code=4)
    assert result.stderr.splitlines()[0] == "kg: skipped: bad.txt: it is empty"
    assert "1 added, 0 replaced, 0 unchanged, 1 skipped" in result.stderr


def test_quiet_and_verbose(runner, article_file, tmp_path):
    (tmp_path / "odd.txt").write_bytes(b"Caf\xe9s will close, said Ann Lee.")
    assert run(runner, "build", article_file, "odd.txt", "-q", "-s", "a").stderr == ""
    loud = run(runner, "build", article_file, "odd.txt", "-v", "-s", "b").stderr
    assert "kg: rain.txt\n" in loud
    assert "kg: warning: odd.txt: byte 0xE9" in loud


def test_settings_come_from_flag_variable_and_file(runner, article_file, tmp_path):
    (tmp_path / "kg.toml").write_text('store = "from-file"\n')
    run(runner, "build", article_file)
    run(runner, "build", article_file, env={"KG_STORE": "from-variable"})
    run(runner, "build", article_file, "-s", "from-flag", env={"KG_STORE": "from-variable-2"})
    assert {path.name for path in tmp_path.iterdir()} == {"kg.toml", "from-file", "from-variable", "from-flag"}


# --------------------------------------------------------------------------- extract


def test_extract_prints_one_line_an_article(runner, article_file, root):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((root / "docs" / "extraction-format.schema.json").read_text())
    result = run(runner, "extract", article_file, "-", input="Snow will fall, said Jo Roe.")
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    for line in lines:
        jsonschema.Draft202012Validator(schema).validate(json.loads(line))
        from_json(line)
    assert [agent["name"] for agent in json.loads(lines[1])["agents"]] == ["Jo Roe"]


def test_extract_touches_no_store(runner, article_file, tmp_path):
    run(runner, "extract", article_file)
    assert list(tmp_path.iterdir()) == []


# --------------------------------------------------------------------------- query


def test_a_canned_query_as_a_table(runner, store):
    out = run(runner, "query", "said", "-p", "person", "Ann Lee", "-s", store).stdout
    assert out.startswith("speaker ")
    for words in ("Ann Lee", "researcher", "Institute", "The rain will", "indirect", "Farmers should"):
        assert words in out
    assert "urn:kg:" not in out, "IRIs are left to the other formats"
    assert max(map(len, out.splitlines())) <= 120


def test_the_list_of_queries(runner):
    out = run(runner, "query", "--list").stdout
    for name in ("about", "agreement", "said", "spokespeople"):
        assert f"\n{name}" in out


def test_formats_of_rows(runner, store):
    def answer(kind):
        return run(runner, "query", "-", "-f", kind, "-s", store, input=ALL).stdout_bytes.decode()

    rows = list(csv.reader(io.StringIO(answer("csv"), newline="")))
    assert rows[0] == ["text"]
    assert '"Farmers should sow later,"' in [row[0] for row in rows[1:]]
    assert answer("csv").count("\r\n") == len(rows)
    tsv = answer("tsv").splitlines()
    assert (tsv[0], len(tsv)) == ("?text", len(rows))
    assert tsv[1].startswith('"')
    bindings = json.loads(answer("json"))
    assert bindings["head"] == {"vars": ["text"]}
    assert [one["text"]["value"] for one in bindings["results"]["bindings"]] == [row[0] for row in rows[1:]]
    assert [json.loads(line)["text"] for line in answer("jsonl").splitlines()] == [row[0] for row in rows[1:]]


def test_terms_of_every_kind_in_json(runner, store):
    text = """SELECT ?iri ?plain ?words ?number ?share ?truth ?odd ?none {
        VALUES (?iri ?plain ?words ?number ?share ?truth ?odd)
        { (<urn:a> "a\\tb" "mot"@fr 7 0.5 true "many"^^xsd:integer) } }"""
    line = run(runner, "query", "-", "-f", "jsonl", "-s", store, input=text).stdout
    expected = {"iri": "urn:a", "plain": "a\tb", "words": "mot", "number": 7, "share": 0.5, "truth": True, "odd": "many", "none": None}
    assert json.loads(line) == expected
    [row] = json.loads(run(runner, "query", "-", "-f", "json", "-s", store, input=text).stdout)["results"]["bindings"]
    assert row["iri"] == {"type": "uri", "value": "urn:a"}
    assert row["words"] == {"type": "literal", "value": "mot", "xml:lang": "fr"}
    assert row["number"] == {"type": "literal", "value": "7", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    assert "none" not in row
    tsv = run(runner, "query", "-", "-f", "tsv", "-s", store, input=text).stdout.splitlines()[1].split("\t")
    assert tsv[:3] == ["<urn:a>", '"a\\tb"', '"mot"@fr']


def test_ask(runner, store):
    assert run(runner, "query", "-", "-s", store, input="ASK { ?x a schema:Claim }").stdout == "yes\n"
    assert run(runner, "query", "-", "-s", store, input="ASK { ?x a schema:Recipe }").stdout == "no\n"
    answer = run(runner, "query", "-", "-s", store, "-f", "json", input="ASK { ?x a schema:Claim }").stdout
    assert json.loads(answer) == {"head": {}, "boolean": True}


@pytest.mark.parametrize("text", ["CONSTRUCT { ?c schema:text ?t } { ?c schema:text ?t }", "DESCRIBE ?c { ?c a schema:Claim }"])
def test_triples_are_turtle(runner, store, text):
    result = run(runner, "query", "-", "-s", store, input=text)
    assert list(ox.parse(result.stdout, format=ox.RdfFormat.TURTLE))
    assert result.stdout == run(runner, "query", "-", "-s", store, input=text).stdout


def test_a_format_that_does_not_fit(runner, store):
    result = run(runner, "query", "-", "-f", "csv", "-s", store, input="ASK { ?x a schema:Claim }", code=2)
    assert "-f csv does not fit this query's answer" in result.stderr


def test_an_empty_answer_is_done_with_a_note(runner, store):
    result = run(runner, "query", "said", "-p", "person", "Nobody At All", "-s", store)
    assert (result.stdout, result.stderr) == ("", "kg: nothing in the store answers that.\n")
    assert run(runner, "query", "said", "-p", "person", "Nobody At All", "-s", store, "-q").stderr == ""
    head = run(runner, "query", "said", "-p", "person", "Nobody At All", "-s", store, "-f", "csv").stdout
    assert head.startswith("speaker,")


def test_a_query_that_takes_too_long(runner, store):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(CONCAT(STR(?a), STR(?f)) < STR(?h)) }"
    result = run(runner, "query", "-", "-s", store, "--timeout", "0.5", input=endless, code=1)
    assert result.stdout == ""
    assert result.stderr == "kg: error: the query took longer than 0.5 seconds. Narrow it, or give it more time\n"


def test_a_limit_on_rows_is_told(runner, store):
    result = run(runner, "query", "-", "-s", store, "--limit", "2", "-f", "jsonl", input=ALL)
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr == "kg: the answer goes on after 2; --limit takes a higher number.\n"
    table = run(runner, "query", "-", "-s", store, "--limit", "2", input=ALL)
    assert "the answer goes on after 2" in table.stderr
    assert run(runner, "query", "-", "-s", store, "-q", "--limit", "2", "-f", "jsonl", input=ALL).stderr == ""


def test_triples_as_they_are_found(runner, store):
    text = "CONSTRUCT { ?a a ?t } { ?a a ?t }"
    lines = run(runner, "query", "-", "-s", store, "-f", "nt", input=text).stdout.splitlines()
    assert lines
    assert all(line.startswith("<") and line.endswith(" .") for line in lines)


def test_a_query_file(runner, store, root, tmp_path):
    out = run(runner, "query", root / "examples" / "who-said-what.rq", "-s", store, "-f", "jsonl").stdout
    assert [json.loads(line)["who"] for line in out.splitlines()] == ["Ann Lee", "Ann Lee", "Jo Roe"]


# --------------------------------------------------------------------------- export, validate, stats, doctor


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nt", "nq", "jsonld"])
def test_export_guesses_the_format_and_repeats_itself(runner, store, tmp_path, suffix):
    run(runner, "export", "-o", f"graph.{suffix}", "-s", store)
    data = (tmp_path / f"graph.{suffix}").read_bytes()
    assert list(ox.parse(data, format=ox.RdfFormat.from_extension(suffix)))
    assert run(runner, "export", "-o", "-", "-f", suffix, "-s", store).stdout_bytes == data
    assert [path.name for path in tmp_path.iterdir()] == [f"graph.{suffix}"]


@pytest.mark.parametrize("suffix", ["csv", "graphml", "gexf"])
def test_export_for_other_programs(runner, store, tmp_path, suffix):
    run(runner, "export", "-o", f"graph.{suffix}", "-s", store)
    data = (tmp_path / f"graph.{suffix}").read_bytes()
    assert b"Ann Lee" in data
    assert run(runner, "export", "-o", "-", "-f", suffix, "-s", store).stdout_bytes == data


def test_export_of_one_article(runner, article_file):
    run(runner, "build", article_file, "-", input="Snow will fall, said Ann Lee.")
    table = run(runner, "query", "-", "-f", "jsonl", input="SELECT ?a { ?a a schema:NewsArticle } ORDER BY ?a").stdout
    iris = [json.loads(line)["a"] for line in table.splitlines()]
    assert len(iris) == 2
    one = run(runner, "export", "-o", "-", "-f", "nq", "--article", iris[0]).stdout
    assert iris[0] in one
    assert iris[1] not in one


def test_a_written_file_follows_links_and_the_umask(runner, store, tmp_path):
    (tmp_path / "real.ttl").write_text("older")
    (tmp_path / "link.ttl").symlink_to("real.ttl")
    run(runner, "export", "-o", "link.ttl", "--force", "-s", store)
    assert (tmp_path / "link.ttl").is_symlink()
    assert "schema:" in (tmp_path / "real.ttl").read_text()
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "real.ttl").stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_device_is_written_to(runner, store):
    run(runner, "export", "-o", "/dev/null", "-f", "ttl", "-s", store)
    assert Path("/dev/null").is_char_device()


def test_validate(runner, store):
    result = run(runner, "validate", "-s", store)
    assert (result.stdout, result.stderr) == ("", f"kg: {store}: 1 article keeps the shapes.\n")


def test_validate_names_what_is_wrong(runner, article_file, tmp_path):
    run(runner, "build", article_file)
    inner = ox.Store(tmp_path / "kg-store" / "oxigraph")
    inner.update(
        "DELETE { GRAPH ?g { ?c <https://schema.org/text> ?t } } WHERE { GRAPH ?g { ?c a <https://schema.org/Claim> ; <https://schema.org/text> ?t } }"
    )
    inner.flush()
    del inner
    result = run(runner, "validate", code=3)
    assert "claim-" in result.stdout
    assert result.stdout.count("\n") >= 3
    first = run(runner, "validate", "--limit", "2", code=3)
    assert first.stdout.splitlines() == result.stdout.splitlines()[:2]
    assert f"kg: kg-store: {result.stdout.count(chr(10)) - 2} more; --limit prints more of them." in first.stderr


def test_stats(runner, store):
    lines = [line.split() for line in run(runner, "stats", "-s", store).stdout.splitlines()]
    counts = {" ".join(words[:-1]): words[-1] for words in lines if words and words[-1].isdigit()}
    assert (counts["articles"], counts["speakers"], counts["roles"], counts["claims (speech or thought)"]) == ("1", "2", "2", "3")


def test_an_article_without_a_title_goes_by_its_file(runner, article_file, store):
    found = run(runner, "stats", "-s", store, env={"COLUMNS": "80"}).stdout
    assert article_file.name in found
    assert re.search(r"^urn:kg:article/[0-9a-f]{16} ", found, re.MULTILINE)  # never broken, so that it can be copied


def test_numbers_in_a_table_are_for_people(runner, store):
    query = "SELECT (1234567.5 AS ?n) (2024 AS ?m) ('2024' AS ?year) {}"
    assert run(runner, "query", "-", "-s", store, input=query).stdout.splitlines()[-1].split() == ["1,234,567.5", "2,024", "2024"]


def test_doctor(runner, store):
    out = run(runner, "doctor", "-s", store).stdout
    for words in ("kg ", "python ", "spacy ", "rdflib ", "pyoxigraph ", "en_core_web", "1 article,"):
        assert words in out
    assert "none yet. Make one with: kg build SRC" in run(runner, "doctor").stdout


def test_doctor_says_what_to_do(runner):
    result = run(runner, "doctor", "--model", "xx_none", code=1)
    assert "pip install" in result.stdout


# --------------------------------------------------------------------------- view


def test_view(runner, store, tmp_path):
    result = run(runner, "view", "-s", store)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Ann Lee" in page
    assert result.stderr.startswith("kg: page.html: ")
    assert run(runner, "view", "-o", "-", "-s", store).stdout == page


def test_view_of_somebody_says_what_it_leaves_out(runner, store, tmp_path):
    result = run(runner, "view", "--focus", "lee", "--depth", "0", "-o", "lee.html", "-s", store)
    assert "Ann Lee and who is within 0 links: 1 of " in result.stderr
    page = (tmp_path / "lee.html").read_text(encoding="utf-8")
    assert "Ann Lee and who is within 0 links: 1 of " in page
    assert '"name":"Jo Roe"' not in page
    assert "Showing 1 of " in run(runner, "view", "--max-nodes", "1", "-o", "one.html", "-s", store).stderr
    assert "nobody named 'Nemo'" in run(runner, "view", "--focus", "Nemo", "-o", "x.html", "-s", store, code=1).stderr


def test_view_opens_only_a_file(runner, store):
    run(runner, "view", "-o", "-", "--open", "-s", store, code=2)


# --------------------------------------------------------------------------- as installed


@pytest.mark.slow
def test_every_command_runs_as_installed(installed, article_file, tmp_path):
    names = tmp_path / "names.tsv"
    names.write_text("kind\tname_a\tname_b\nperson\tAnn Lee\tA. Lee\n", encoding="utf-8")
    steps = [
        ("build", article_file),
        ("extract", article_file),
        ("query", "said", "-p", "person", "Ann Lee"),
        ("quotes", "--person", "Ann Lee"),
        ("show", "Ann Lee"),
        ("explain", "attribution-0-28"),
        ("identity", "pairs", names),
        ("correct", "--list"),
        ("export", "-o", "graph.trig"),
        ("validate",),
        ("view",),
        ("stats",),
        ("doctor",),
        ("export", "-o", "graph.nq"),
        ("backup", "copy"),
        ("import", "graph.nq", "-s", "second"),
        ("remove", hashlib.sha256(article_file.read_bytes()).hexdigest()),
    ]
    assert {step[0] for step in steps} == set(cli.commands)
    for step in steps:
        result = installed(*step)
        assert result.returncode == 0, (step, result.stderr.decode())
        assert b"Warning" not in result.stderr, (step, result.stderr.decode())
        assert b"\x1b" not in result.stdout + result.stderr, "no colours where no terminal is"
    assert (tmp_path / "graph.trig").stat().st_size > 1000


def test_python_m_kg_is_the_command():
    result = subprocess.run([sys.executable, "-m", "kg", "--version"], capture_output=True, text=True)
    assert result.stdout.startswith("kg, version ")


def test_a_locale_without_unicode_is_no_obstacle(installed, store):
    def answer(*more):
        text = "SELECT ('“中国”' AS ?x) {}".encode()
        result = installed("query", "-", "-s", store, *more, stdin=text, env={"PYTHONIOENCODING": "latin-1"})
        assert result.returncode == 0, result.stderr
        return result.stdout

    assert b"\\u201c\\u4e2d" in answer()
    assert "“中国”" in answer("-f", "csv").decode("utf-8")


def on_a_terminal(*arguments, cwd, env):
    """What a command prints when standard output and error are a terminal."""
    parent, child = pty.openpty()
    with subprocess.Popen([KG, *arguments], stdin=child, stdout=child, stderr=child, cwd=cwd, env=os.environ | env) as process:
        os.close(child)
        printed = b""
        while True:
            try:
                piece = os.read(parent, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            printed += piece
    os.close(parent)
    return printed, process.returncode


def test_colours_on_a_terminal_unless_they_are_not_wanted(tmp_path):
    plain = {"TERM": "xterm-256color", "NO_COLOR": ""}
    printed, code = on_a_terminal("extract", "none.txt", cwd=tmp_path, env=plain)
    assert (code, b"\x1b[33mskipped" in printed) == (1, True)
    printed, code = on_a_terminal("extract", "none.txt", cwd=tmp_path, env=plain | {"NO_COLOR": "1"})
    assert (code, b"\x1b[3" in printed) == (1, False)


def test_progress_is_gone_in_the_end(article_file, tmp_path):
    printed, code = on_a_terminal("build", str(article_file), cwd=tmp_path, env={"TERM": "xterm-256color"})
    assert code == 0
    assert b"articles" in printed
    assert b"1 added" in printed
    for arguments, words in ((("view", "-o", "page.html"), b"drawing the page"), (("export", "-o", "graph.ttl"), b"writing the export")):
        printed, code = on_a_terminal(*arguments, cwd=tmp_path, env={"TERM": "xterm-256color"})
        assert (code, words in printed) == (0, True)
        assert (tmp_path / arguments[-1]).is_file()


def test_an_interrupt_ends_with_130(tmp_path):
    """Ctrl-C while standard input is awaited: one line, no traceback."""
    # A shell starts its background jobs with SIGINT ignored, and children inherit that: the command must get it all the same.
    hear = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([KG, "extract", "-"], cwd=tmp_path, preexec_fn=hear, **pipes) as process:  # noqa: PLW1509  no threads run here
        process.stdin.write(b'{"text": ""}\n')
        process.stdin.flush()
        assert process.stderr.readline().startswith(b"kg: skipped: standard input, line 1")  # it has started and waits for more
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b"kg: error: interrupted.\n"
    assert process.returncode == 130


# Raises SIGINT when a module is looked for, and runs the installed command.
_INTERRUPTING = """
import runpy, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == MODULE:
            sys.meta_path.remove(self)
            signal.raise_signal(signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupting())
sys.argv = [KG, "--version"]
runpy.run_path(KG, run_name="__main__")
"""


@pytest.mark.parametrize("module", ["kg.cli", "click", "kg.cli.main", "kg.errors", "kg.cli.view", None])
def test_an_interrupt_ends_with_130_while_the_command_is_imported(tmp_path, module):
    code = _INTERRUPTING.replace("MODULE", repr(module)).replace("KG", repr(str(KG)))
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    if module is None:  # nobody interrupts
        assert (run.returncode, run.stderr) == (0, b"")
    else:
        assert (run.returncode, run.stdout, run.stderr) == (130, b"", b"kg: error: interrupted.\n")
