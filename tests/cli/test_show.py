"""`kg show` and `kg explain`: what people read, and what programs do."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import records as r
from kg.cli.main import cli
from kg.graph.store import open_store

KG = Path(sys.executable).with_name("kg")


def run(runner, *arguments, code=0, **options):
    result = runner.invoke(cli, [str(argument) for argument in arguments], **options)
    assert result.exit_code == code, result.output
    return result


def ids(text: str) -> list[str]:
    """What the last column of the tables holds."""
    return re.findall(r" (\w+-\d[\w-]*)$", text, re.MULTILINE)


@pytest.fixture(scope="session")
def twice(tmp_path_factory, one_pipeline):
    """A store of two articles that name an Ann Lee, the younger first in the file."""
    folder = tmp_path_factory.mktemp("twice")
    records = [
        {"id": "b", "title": "Snow", "published": "2024-03-01", "text": "Snow will fall, said Ann Lee, a baker."},
        {
            "id": "a",
            "title": "Rain",
            "published": "2023-01-31",
            "publisher": "The Tide",
            "text": "Rain will fall, said Ann Lee, a chemist.",
        },
    ]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    result = CliRunner().invoke(cli, ["build", str(folder / "a.jsonl"), "-s", str(folder / "store")])
    assert result.exit_code == 0, result.output
    return folder / "store"


# --------------------------------------------------------------------------- show


def test_a_person(runner, store):
    out = run(runner, "show", "ann lee", "-s", store).stdout
    lines = out.splitlines()
    assert lines[0].startswith("Ann Lee (person)")
    assert lines[1] == "in rain.txt"
    for words in ("researcher", "Northlight Institute", "The rain will last until May", "indirect: said", "direct: added", "Jo Roe agrees"):
        assert words in out, words
    assert out.index("The rain will last") < out.index("Farmers should sow")
    assert max(map(len, lines)) <= 120
    assert re.fullmatch(r"kg explain urn:kg:article/[0-9a-f]{16}#person-\d+", lines[-1]), "the only IRI stands last"
    assert out.count("urn:kg:") == 1


def test_an_organisation(runner, store):
    out = run(runner, "show", "Harbour Institute", "-s", store).stdout
    assert out.startswith("Harbour Institute (organisation)\n")
    assert re.search(r"^Jo Roe +director +Harbour Institute", out, re.MULTILINE)


def test_figures_and_agreement(runner, store):
    out = run(runner, "show", "Jo Roe", "-s", store, env={"COLUMNS": "300"}).stdout
    assert re.search(r"harvests may fall by 3 percent +indirect: said +a change of 3 percent", out)
    assert "agrees with Ann Lee" in out


def test_the_ids_are_those_that_explain_takes(runner, store):
    shown = [one for name in ("Ann Lee", "Jo Roe", "Harbour Institute") for one in ids(run(runner, "show", name, "-s", store).stdout)]
    assert len(shown) >= 6
    for one in shown:
        assert one in run(runner, "explain", one, "-s", store).stdout


def test_ids_are_never_broken(runner, store):
    wide = ids(run(runner, "show", "Ann Lee", "-s", store).stdout)
    narrow = run(runner, "show", "Ann Lee", "-s", store, env={"COLUMNS": "50"}).stdout
    for one in wide:
        assert re.search(rf"{one}$", narrow, re.MULTILINE)


def test_several_articles_that_name_somebody_so(runner, twice):
    out = run(runner, "show", "ann lee", "-s", twice).stdout
    head, *apart = out[: out.index("\n\n")].splitlines()
    assert head == "2 go by that name, and nothing says that they are one."
    assert [line.strip().rpartition(", ")[0] for line in apart[1:]] == [
        "Ann Lee (person), chemist, in Rain",
        "Ann Lee (person), baker, in Snow",
    ]
    for line, other in zip(apart[1:], ("Rain", "Snow"), strict=True):
        alone = run(runner, "show", line.rpartition(", ")[2], "-s", twice).stdout
        assert alone.startswith("Ann Lee (person)")
        assert alone.splitlines()[1].startswith(f"in {other} (")
    out = out[out.index("\n\n") :]
    assert out.index("in Rain (The Tide, 2023-01-31)") < out.index("chemist") < out.index("in Snow (2024-03-01)") < out.index("baker")
    younger = re.search(r"kg explain (urn:kg:article/\w+)#\S+\n*\Z", out)[1]
    one = run(runner, "show", "ann lee", "-s", twice, "--article", younger).stdout
    assert one.startswith("Ann Lee (person)")
    assert ("baker" in one, "chemist" in one) == (True, False)


def test_a_view_of_namesakes_says_who_they_are(runner, twice, tmp_path):
    told = run(runner, "view", "-s", twice, "--focus", "ann lee", "-o", tmp_path / "both.html").stderr.splitlines()
    assert "2 called 'ann lee' and who is within 1 link" in told[0]
    assert told[1] == "kg: 2 go by 'ann lee', and all are in focus; --focus with an IRI takes one alone:"
    assert [line.strip().rpartition(", ")[0] for line in told[2:]] == [
        "Ann Lee (person), chemist, in Rain",
        "Ann Lee (person), baker, in Snow",
    ]
    iri = told[3].rpartition(", ")[2]
    for given in (iri, iri.removeprefix("urn:kg:"), f"<{iri}>"):
        [line] = run(runner, "view", "-s", twice, "--focus", given, "-o", tmp_path / "one.html", "--force").stderr.splitlines()
        assert "Ann Lee and who is within 1 link" in line
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert ("Snow will fall" in page, "Rain will fall" in page) == (True, False)
    assert run(runner, "view", "-s", twice, "--focus", "ann lee", "-o", tmp_path / "q.html", "-q").stderr == ""


def test_json(runner, twice):
    told = json.loads(run(runner, "show", "Ann Lee", "-s", twice, "-f", "json").stdout)
    assert (told["name"], told["articles"]) == ("Ann Lee", 2)
    assert [one["article"]["published"] for one in told["agents"]] == ["2023-01-31", "2024-03-01"]
    [said] = told["agents"][0]["statements"]
    assert (said["text"], said["quotation_type"], said["cue"]) == ("Rain will fall", "indirect", "said")


def test_an_entity_of_several_articles(runner, twice, tmp_path):
    shutil.copytree(twice, tmp_path / "store")
    store = ("-s", tmp_path / "store")
    agents = [one["iri"] for one in json.loads(run(runner, "show", "Ann Lee", *store, "-f", "json").stdout)["agents"]]
    told = run(runner, "identity", "same", *agents, "--why", "she changed trades", *store).stderr
    out = run(runner, "show", "Ann Lee", *store).stdout
    assert out.startswith("Ann Lee (person)\nin 2 articles, 2023-01-31 to 2024-03-01; 2 statements\n")
    assert "one because of decided-same: a person decided that they are one" in out
    assert "she changed trades" in out
    roles = re.findall(r"^(\d{4}-\d\d-\d\d) +(\w+) +(\w+) +article/\w+#role-\S+$", out, re.MULTILINE)
    assert roles == [("2023-01-31", "chemist", "Rain"), ("2024-03-01", "baker", "Snow")]
    [entity] = json.loads(run(runner, "show", "Ann Lee", *store, "-f", "json").stdout)["entities"]
    assert entity["agents"] == agents
    assert [reason["rule"] for reason in entity["why"]] == ["decided-same", "decision"]
    for asked in (entity["iri"], agents[0]):
        assert run(runner, "show", asked, *store).stdout == out
    explained = run(runner, "explain", entity["iri"], *store).stdout
    assert explained.startswith("person: Ann Lee: 2 articles' agents that are taken to be one\n")
    assert explained.index("'Ann Lee' in Rain (The Tide, 2023-01-31)") < explained.index("'Ann Lee' in Snow (2024-03-01)")
    run(runner, "identity", "undo", re.search(r"undo (\w{6})", told)[1], *store)
    assert run(runner, "show", "Ann Lee", *store).stdout.startswith("2 go by that name")


def test_a_correction_is_explained(runner, store, tmp_path):
    shutil.copytree(store, tmp_path / "store")
    own = ("-s", tmp_path / "store")
    run(runner, "correct", "attribution-0-28", "--speaker", "Jo Roe", "--why", "so the tape", *own)
    out = run(runner, "explain", "attribution-0-28", *own).stdout
    assert out.startswith("statement: Jo Roe: speech")
    assert re.search(r"^why +person: a person decided it", out, re.MULTILINE)
    assert re.search(r"^corrected +a person decided who says it; the software had Ann Lee \(so the tape\)", out, re.MULTILINE)
    assert re.search(r" corrected +attribution-0-28$", run(runner, "show", "Jo Roe", *own).stdout, re.MULTILINE)
    correction = re.search(r"correction-\w{8}", out)[0]
    assert run(runner, "explain", correction, *own).stdout == out
    assert "The rain will last until May" in run(runner, "show", "Jo Roe", *own).stdout
    assert "The rain will last until May" not in run(runner, "show", "Ann Lee", *own).stdout
    run(runner, "correct", "attribution-0-28", "--remove", *own)
    article = re.search(r"urn:kg:article/\w+", out)[0]
    assert "a person took out what the software had found: The rain will last until May" in " ".join(
        run(runner, "explain", article, *own).stdout.split()
    )


def test_nobody_of_that_name(runner, store):
    result = run(runner, "show", "An Lee", "-s", store, code=1)
    assert (result.stdout, result.stderr) == ("", f"kg: error: {store}: nobody is called 'An Lee'. Did you mean Ann Lee?\n")


def test_no_such_article_and_no_such_store(runner, store):
    assert "no article none. `kg stats` lists" in run(runner, "show", "Ann Lee", "-s", store, "--article", "none", code=1).stderr
    assert "there is no store" in run(runner, "show", "Ann Lee", "-s", "nowhere", code=1).stderr
    run(runner, "show", "-s", store, code=2)


# --------------------------------------------------------------------------- explain


def test_a_statement(runner, store):
    out = run(runner, "explain", "attribution-0-28", "-s", store).stdout
    assert out.startswith(
        "statement: Ann Lee: speech, in the journalist's words\n\n[content: The rain will last until May], [cue: said] [source: Ann"
    )
    labels = {line.split("  ")[0]: line for line in out.splitlines()}
    assert re.search(r"why +\S+: .{20}", labels["why"])
    assert re.search(r"confidence +0\.\d\d$", labels["confidence"])
    assert re.search(r"named +by 'Ann Lee', a name, confidence 0\.\d\d: \S+: ", labels["named"])
    assert "expert-opinion-kg" in labels["made by"]
    assert "(pipeline)" in labels["made by"]
    assert "\x1b" not in out


def test_no_node(runner, store):
    result = run(runner, "explain", "attribution-0-29", "-s", store, code=1)
    assert result.stderr.startswith(f"kg: error: {store}: no node attribution-0-29. Did you mean attribution-0-28")
    assert result.stderr.count("\n") == 1


def test_the_article_tells_two_nodes_apart(runner, twice):
    error = run(runner, "explain", "attribution-0-14", "-s", twice, code=1).stderr
    first, second = re.fullmatch(
        r".*: 2 articles have a node attribution-0-14\. Choose one with --article: (\S+) \((?:Rain|Snow) .*\), (\S+) \((?:Rain|Snow) .*\)\n",
        error,
    ).groups()
    told = {run(runner, "explain", "#attribution-0-14", "-s", twice, "--article", one).stdout for one in (first, second)}
    assert sorted(words.split("[content: ")[1][:4] for words in told) == ["Rain", "Snow"]


def test_colour_on_a_terminal_brackets_elsewhere(store, tmp_path):
    def shown(**env):
        parent, child = pty.openpty()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
        with subprocess.Popen(
            [KG, "explain", "attribution-0-28", "-s", store],
            stdin=child,
            stdout=child,
            stderr=child,
            cwd=tmp_path,
            env=environment | {"TERM": "xterm-256color", "COLUMNS": "100"} | env,
        ) as process:
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
        assert process.returncode == 0, printed
        return printed.decode()

    coloured = shown()
    assert "\x1b[1;33msaid\x1b[0m" in coloured
    assert "[cue:" not in coloured
    assert "\x1b[1;33mcue\x1b[0m" in coloured, "what the colours mean is said"
    plain = shown(NO_COLOR="1")
    assert "[cue: said]" in plain
    assert "\x1b[" not in plain


# --------------------------------------------------------------------------- both


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A store whose article would steer a terminal, if it could."""
    name, title = "Ann \x1b[31mLee\u202e", "\x1b]0;x\x07[bold]T[/bold]"
    text = f"{name}, \x1b[2Jboss, said: rain\x9b5n [cue: fake]."
    said = text.index("said")
    attribution = r.Attribution(
        "c1",
        r.AttributionKind.INDIRECT,
        (r.Span(0, len(name)),),
        (r.Span(said, said + 4),),
        (r.Span(said + 6, len(text) - 1),),
        "a1",
        "say",
        r.SpeechMode.SPEECH,
        "clause\x1b[0m",
        0.5,
    )
    start = text.index("\x1b[2J")
    extraction = r.Extraction(
        r.Article("1", text, title=title),
        r.ModelVersions("p\x1b[5m", "rules 1", "0.1"),
        (r.Agent("a1", r.AgentKind.PERSON, name),),
        (r.Mention(r.Span(0, len(name)), r.MentionForm.NAME, "a1", "context", 0.9),),
        (r.Role("a1", "\x1b[2Jboss", None, False, (r.Span(start, start + 8),), "apposition", 0.9),),
        (attribution,),
    )
    path = tmp_path_factory.mktemp("hostile") / "store"
    with open_store(path, write=True, create=True) as store:
        store.add(extraction)
    return path, name, extraction


STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]")


def test_nothing_from_an_article_steers_the_terminal(runner, hostile):
    path, name, extraction = hostile
    shown = run(runner, "show", name, "-s", path).stdout
    assert not STEERING.search(shown)
    assert "Ann \\x1b[31mLee\\u202e" in shown
    span = extraction.attributions[0].content[0]
    nodes = [f"attribution-{span.start}-{span.end}", f"claim-{span.start}-{span.end}", "person-0", f"char=0,{len(name)}", *ids(shown)]
    for node in nodes:
        told = run(runner, "explain", node, "-s", path).stdout
        assert not STEERING.search(told), node
    assert "[content: rain\\x9b5n [cue: fake]]" in run(runner, "explain", nodes[0], "-s", path).stdout.replace("\n", " ")
    error = run(runner, "show", "Ann \x1b[31mLea\u202e", "-s", path, code=1).stderr
    assert not STEERING.search(error)
    assert json.loads(run(runner, "show", name, "-s", path, "-f", "json").stdout)["agents"][0]["name"] == name


def test_they_load_no_spacy(store, tmp_path):
    for arguments in (("show", "Ann Lee"), ("show", "Ann Lee", "-f", "json"), ("explain", "attribution-0-28")):
        script = f"""import sys
sys.argv = {["kg", *arguments, "-s", str(store)]!r}
from kg.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
assert not {{"spacy", "thinc", "pyshacl", "networkx", "pyvis"}} & set(sys.modules)
"""
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout
