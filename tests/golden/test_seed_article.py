"""The sample article, whole: what is found in it, against what a reader finds, and byte for byte against the golden files.

A failure of the first file means that extraction moved, of the second alone that mapping did. `--update-golden` rewrites both.
"""

import difflib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extract import extract_article
from kg.extract.attribution import load_engine, missing_model
from kg.extract.parse import load_pipeline
from kg.graph.export import write_quads
from kg.graph.mapping import to_quads
from kg.graph.validate import validate_graph
from kg.interchange import from_json, to_json
from kg.read import read_articles
from kg.records import Article, SpeechMode
from kg.settings import DEFAULT_BASE, Settings

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent / "seed-article"


@pytest.fixture(scope="module", params=["rules", "model"])
def extraction(seed, request):
    """What each engine finds; the golden files are those of the rules, whose every figure can be foretold."""
    if request.param == "model" and missing_model():
        pytest.skip(f"no trained engine: {missing_model()}")
    (article,) = read_articles([seed], settings=Settings())
    assert isinstance(article, Article)
    return extract_article(load_pipeline(), article, engine=load_engine(request.param))


@pytest.fixture(scope="module")
def by_rules(seed):
    (article,) = read_articles([seed], settings=Settings())
    return extract_article(load_pipeline(), article)


@pytest.fixture(scope="module")
def names(extraction):
    return {agent.id: agent.name for agent in extraction.agents}


@pytest.fixture(scope="module")
def claims(extraction):
    return [one for one in extraction.attributions if one.mode is not SpeechMode.ATTITUDE]


def compare(path, made, update):
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="")
    golden = path.read_text(encoding="utf-8")
    lines = difflib.unified_diff(golden.splitlines(), made.splitlines(), "golden", "made", lineterm="", n=1)
    assert made == golden, "\n".join(lines)


def test_extraction_is_the_golden_one(by_rules, update_golden):
    made = json.dumps(json.loads(to_json(by_rules)), ensure_ascii=False, indent=1) + "\n"
    compare(FOLDER / "extraction.json", made, update_golden)


def test_graph_of_the_golden_extraction(update_golden):
    golden = from_json((FOLDER / "extraction.json").read_text(encoding="utf-8"))
    made = write_quads(to_quads(golden, base=DEFAULT_BASE), "trig", base=DEFAULT_BASE).decode("utf-8")
    compare(FOLDER / "graph.trig", made, update_golden)


def test_the_graph_keeps_the_shapes(extraction):
    report = validate_graph(to_quads(extraction, base=DEFAULT_BASE))
    assert report.conforms, "\n".join(report.lines)


def test_who_said_what(extraction, claims, names):
    """Speaker, first words and last word of each statement, in order: read by eye from the article."""
    text = extraction.article.text
    found = []
    for one in claims:
        words = " ".join(span.of(text) for span in one.content).split()
        found.append((names[one.speaker], " ".join(words[:3]), words[-1], one.kind.value))
    assert found == [
        ("Ministry of Industry and Information Technology", "that the number", "world", "indirect"),
        ("Wang Peng", "The emergence of", "chain", "indirect"),
        ("Wang Peng", "that computing power", "technology", "indirect"),
        ("Wang Peng", "\"China's major advantages", 'ecosystem,"', "direct"),
        ("Wang Peng", "that Chinese enterprises", "markets", "indirect"),
        ("International Data Corp", "the scale of", "2026", "indirect"),
        ("Cloudwalk Technology", "it has a", "platform", "indirect"),
        ("Sumavision", "it has invested", "technology", "indirect"),
        ("Pan Helin", "Chinese AI companies", "domain", "indirect"),
        ("Pan Helin", "However, as for", "rivals", "indirect"),
        ("Pan Helin", '"Talent, data and', 'models,"', "direct"),
        ("Pan Helin", "that more efforts", "data", "indirect"),
        ("Charlie Dai", "the appearance of", "sector", "indirect"),
        ("Charlie Dai", "However, China still", "units", "indirect"),
        ("Zhou Hongyi", "the appearance of", "years", "indirect"),
        ("Zhou Hongyi", '"AI will not', 'people."', "direct"),
        ("Liu Xingliang", '"How to ensure', 'technology,"', "direct"),
    ]


def test_nine_speakers(extraction, claims):
    kinds = {agent.id: agent.kind.value for agent in extraction.agents}
    speakers = {one.speaker for one in claims}
    assert sorted(kinds[speaker] for speaker in speakers) == ["organisation"] * 4 + ["person"] * 5


def test_pronouns_and_surnames_are_resolved(extraction, names):
    text = extraction.article.text
    found = {(m.span.of(text), names[m.agent]) for m in extraction.mentions}
    assert {
        ("he", "Wang Peng"),
        ("he", "Pan Helin"),
        ("Wang", "Wang Peng"),
        ("Pan", "Pan Helin"),
        ("Dai", "Charlie Dai"),
        ("who", "Charlie Dai"),
    } <= found


def test_six_roles_at_five_organisations(extraction, names):
    assert [(names[role.agent], role.title, names[role.organisation], role.former) for role in extraction.roles] == [
        ("Wang Peng", "researcher", "Beijing Academy of Social Sciences", False),
        ("Pan Helin", "co-director", "Digital Economy and Financial Innovation Research Center", False),
        ("Charlie Dai", "vice-president", "Forrester", False),
        ("Charlie Dai", "research director", "Forrester", False),
        ("Zhou Hongyi", "founder", "360 Security Group", False),
        ("Liu Xingliang", "director", "Data Center of China Internet", False),
    ]


def test_the_centre_is_part_of_the_school_of_the_university(extraction, names):
    assert [(names[part.organisation], names[part.within]) for part in extraction.part_of] == [
        ("Digital Economy and Financial Innovation Research Center", "International Business School"),
        ("International Business School", "Zhejiang University"),
    ]


def test_stated_agreement(extraction, names):
    by_id = {one.id: one for one in extraction.attributions}
    (agreement,) = extraction.agreements
    assert names[by_id[agreement.source].speaker] == "Charlie Dai"
    assert {names[by_id[target].speaker] for target in agreement.targets} == {"Pan Helin"}


@pytest.mark.parametrize(
    "low, high, unit, period",
    [
        ("7600000", None, "unit", None),
        ("197", "197", "exaflops", None),
        ("26440000000", "26440000000", "USD", "in 2026"),
        ("20", None, "percent", "between 2021 and 2026"),
    ],
)
def test_figures(claims, low, high, unit, period):
    def plain(number):
        return None if number is None else format(number, "f")

    found = {(plain(q.low), plain(q.high), q.unit, q.period) for one in claims for q in one.quantities}
    assert (low, high, unit, period) in found


def test_forum_link_is_boilerplate_and_products_are_nobody(extraction):
    text = extraction.article.text
    assert [(region.span.of(text), region.kind.value) for region in extraction.article.regions] == [
        ("Go to Forum >>0 Comment(s)", "boilerplate")
    ]
    assert not {agent.name for agent in extraction.agents} & {"Sora", "AI", "EFLOPS", "ChatGPT", "R&D", "LLMs"}


def test_two_processes_write_the_same_bytes(seed, tmp_path):
    """Different hash seeds: extraction, Turtle and TriG are the same to the byte, and a second build adds nothing."""
    outputs = []
    for hash_seed in ("1", "4242"):
        home = tmp_path / hash_seed
        home.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}

        def kg(*arguments, home=home, environment=environment):
            done = subprocess.run(
                [sys.executable, "-m", "kg", *arguments], cwd=home, env=environment, capture_output=True, check=True, timeout=120
            )
            return done.stdout, done.stderr.decode()

        extracted, _ = kg("extract", str(seed))
        kg("build", str(seed))
        turtle, _ = kg("export", "-f", "ttl", "-o", "-")
        trig, _ = kg("export", "-f", "trig", "-o", "-")
        _, told = kg("build", str(seed))
        assert "0 added, 0 replaced, 1 unchanged" in told
        again, _ = kg("export", "-f", "trig", "-o", "-")
        assert again == trig
        outputs.append((extracted, turtle, trig))
    assert outputs[0] == outputs[1]
    assert all(len(output) > 2000 for output in outputs[0])
