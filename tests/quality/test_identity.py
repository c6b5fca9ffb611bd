"""Identity against labelled pairs, and against the newsroom's gold: every decision right or left to a person, none wrong."""

import csv
import json
import os
from pathlib import Path

import pytest

from kg.graph.identity import compare, read_facts, resolved, suggestions
from kg.graph.store import open_store
from kg.pipeline import build
from kg.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("KG_QUALITY_DATA") or ROOT.parent / "shared" / "quality")
NEWSROOM = ROOT / "examples" / "newsroom"

pytestmark = pytest.mark.quality


@pytest.mark.skipif(not (DATA / "identity-train.tsv").is_file(), reason="no labelled pairs: set KG_QUALITY_DATA")
@pytest.mark.parametrize(("what", "recall", "false"), [("same", 0.36, 0.002), ("suggested", 0.68, 0.02)])
def test_pairs_of_organisations(what, recall, false):
    with (DATA / "identity-train.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["kind"] == "organisation"]
    right = [getattr(compare("organisation", row["name_a"], row["name_b"]), what) for row in rows if row["same"] == "1"]
    wrong = [getattr(compare("organisation", row["name_a"], row["name_b"]), what) for row in rows if row["same"] == "0"]
    assert len(right) > 50
    assert len(wrong) > 1000
    assert sum(right) / len(right) >= recall
    assert sum(wrong) / len(wrong) <= false


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """Entity and suggestions by article and name."""
    folder = tmp_path_factory.mktemp("newsroom") / "store"
    build([NEWSROOM / "articles.jsonl"], settings=Settings(store=folder))
    with open_store(folder) as store:
        facts = tuple(read_facts(store))
        found = resolved(store)
        ids = {article.iri: article.id for article in store.articles()}
        entity = {agent: one.iri for one in found.entities for agent in one.agents}
        asked = {frozenset((one.a, one.b)) for one in suggestions(found, facts)}
    who = {}
    for one in facts:
        for name in one.names:
            who.setdefault((ids[one.article], name), set()).add((one.kind, entity[one.iri]))
    return who, asked


def pairs(kind):
    return json.loads((NEWSROOM / "gold.json").read_text(encoding="utf-8"))["identity"][kind]


def ends(who, pair):
    """The entities of both names; None where the extraction has missed one of them or its kind, or a surname is two people's."""
    found = [who.get((pair[end]["article"], pair[end]["name"]), set()) for end in "ab"]
    if not all(len(several) == 1 for several in found):
        return None
    (kind, one), (other_kind, other) = (next(iter(several)) for several in found)
    return (one, other) if kind == other_kind else None


def test_no_two_are_made_one(newsroom):
    who, _ = newsroom
    judged = [(pair, ends(who, pair)) for pair in pairs("different")]
    assert sum(found is not None for _, found in judged) >= 24
    wrong = [pair for pair, found in judged if found is not None and found[0] == found[1]]
    assert wrong == []


def test_what_is_left_to_people_is_not_decided(newsroom):
    who, _ = newsroom
    judged = [(pair, ends(who, pair)) for pair in pairs("review") if not pair.get("automatic_ok")]
    wrong = [pair for pair, found in judged if found is not None and found[0] == found[1]]
    assert wrong == []


def test_what_is_one_is_joined_or_left_to_people(newsroom):
    who, asked = newsroom
    judged = [(pair, ends(who, pair)) for pair in pairs("same")]
    found = [(pair, one) for pair, one in judged if one is not None]
    assert len(found) >= 48
    joined = [pair for pair, one in found if one[0] == one[1]]
    missed = [pair for pair, one in found if one[0] != one[1] and frozenset(one) not in asked]
    assert len(joined) >= 46
    assert missed == []
