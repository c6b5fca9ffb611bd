"""The labels of our own making: their form, their halves and their counts. What they mean: `labels/README.md`."""

import itertools
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from kg.records import ClaimKind, CueStance, Polarity, Said, SpeechMode

LABELS = Path(__file__).parent / "labels"
MODES = {mode.value for mode in SpeechMode}
SAID = {said.value for said in Said}
CLAIM_VALUES = {
    "mode": MODES,
    "said": SAID,
    "claim_kind": {kind.value for kind in ClaimKind},
    "polarity": {polarity.value for polarity in Polarity},
    "modality": {"none", "will", "can", "might", "should", "must"},
    "cue_stance": {stance.value for stance in CueStance},
}
STATEMENT = ("claim_kind", "polarity", "modality")
QUANTITY_KEYS = {"value", "low", "high", "approx", "unit", "unit_code", "measure", "period", "change", "evidence"}
SECTION = {"quantities": "lq", "claims": "lc"}
NUMBER = re.compile(
    r"\d|\b(zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|forty|fifty|hundred|thousand|[mb]illion|dozens?"
    r"|half|halved|thirds?|quarters?|fifths?|tenths?|doubled|tripled|twice|fivefold|tenfold|tens|hundreds|thousands)\b",
    re.IGNORECASE,
)


def rows(name):
    with (LABELS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def quantities():
    return rows("quantities")


@pytest.fixture(scope="module")
def claims():
    return rows("claims")


def figures(lines):
    return [(line["id"], line["text"], quantity) for line in lines for quantity in line["gold"]["quantities"]]


def required(lines):
    return [quantity for _, _, quantity in figures(lines) if not quantity.get("optional")]


def numbers(quantity):
    return [None if quantity[key] is None else Decimal(quantity[key]) for key in ("value", "low", "high")]


def shape(quantity):
    value, low, high = numbers(quantity)
    if value is not None:
        return "approximate" if quantity["approx"] else "exact"
    return "range" if None not in {low, high} else "low" if high is None else "high"


def clean_span(text, start, end):
    return 0 <= start < end <= len(text) and text[start:end] == text[start:end].strip()


# --------------------------------------------------------------------------- both files


@pytest.mark.parametrize("name", sorted(SECTION))
def test_lines_are_numbered_and_odd_ones_are_seen(name):
    lines = rows(name)
    assert [line["id"] for line in lines] == [f"{SECTION[name]}{number:03d}" for number in range(1, len(lines) + 1)]
    assert [line["split"] for line in lines] == ["seen" if number % 2 else "unseen" for number in range(1, len(lines) + 1)]
    assert Counter(line["split"] for line in lines)["unseen"] == len(lines) // 2


@pytest.mark.parametrize("name", sorted(SECTION))
def test_no_text_stands_twice(name):
    texts = [line["text"] for line in rows(name)]
    assert len(set(texts)) == len(texts)
    assert all(text == text.strip() and "{" not in text and "[" not in text for text in texts)


# --------------------------------------------------------------------------- quantities.jsonl


def test_contents_are_clean_spans_in_order(quantities):
    for line in quantities:
        content = line["gold"]["content"]
        assert content, line["id"]
        assert all(clean_span(line["text"], *span) for span in content), line["id"]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(content)), line["id"]


def test_evidence_holds_a_number_and_lies_in_the_content(quantities):
    for name, text, quantity in figures(quantities):
        assert quantity["evidence"], name
        content = next(line["gold"]["content"] for line in quantities if line["id"] == name)
        for start, end in quantity["evidence"]:
            assert clean_span(text, start, end), name
            assert NUMBER.search(text[start:end]), (name, text[start:end])
            assert any(a <= start and end <= b for a, b in content), (name, text[start:end])


def test_evidence_of_a_line_does_not_overlap(quantities):
    for line in quantities:
        spans = [span for quantity in line["gold"]["quantities"] for span in quantity["evidence"]]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans)), line["id"]


def test_numbers_parse_and_go_together(quantities):
    for name, _, quantity in figures(quantities):
        assert quantity.keys() >= QUANTITY_KEYS, name
        assert quantity.keys() <= QUANTITY_KEYS | {"optional", "unit_ok", "alt"}, name
        value, low, high = numbers(quantity)
        assert {value, low, high} != {None}, name
        if value is None:
            assert low is None or high is None or low < high, name
            assert quantity["approx"] is False, name
        else:
            assert (low, high) == ((None, None) if quantity["approx"] else (value, value)), name
        for triple in quantity.get("alt", []):
            assert len(triple) == 3, name
            assert all(one is None or Decimal(one).is_finite() for one in triple), name


def test_units_measures_and_periods(quantities):
    for name, text, quantity in figures(quantities):
        assert quantity["change"] in {True, False, None}, name
        assert quantity["unit"] is not None or quantity["unit_code"] is None, name
        if quantity["unit"] and len(quantity["unit"]) == 3 and quantity["unit"].isupper():
            assert quantity["unit_code"] == quantity["unit"], name
        for key in ("measure", "period"):
            assert quantity[key] is None or quantity[key] in text, name


def test_one_unit_has_one_code(quantities):
    codes = {}
    for _, _, quantity in figures(quantities):
        codes.setdefault(quantity["unit"], set()).add(quantity["unit_code"])
    assert {unit for unit, found in codes.items() if len(found) > 1} == set()


def test_dates_of_publication_are_iso_dates(quantities):
    assert all(line["published"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", line["published"]) for line in quantities)


def test_counts_of_quantities(quantities):
    assert Counter((line["draw"], line["split"]) for line in quantities if "draw" in line) == {(2, "seen"): 14, (2, "unseen"): 14}
    assert len(required(line for line in quantities if "draw" in line)) == 38
    quantities = [line for line in quantities if "draw" not in line]
    unseen = [line for line in quantities if line["split"] == "unseen"]
    must = required(quantities)
    assert len(quantities) == 240
    assert sum(not required([line]) for line in quantities) == 53
    assert sum(not required([line]) for line in unseen) == 26
    assert (len(must), len(required(unseen)), len(figures(quantities)) - len(must)) == (233, 120, 11)
    assert Counter(map(shape, must)) == {"exact": 179, "low": 21, "high": 13, "approximate": 12, "range": 8}
    assert Counter(quantity["change"] for quantity in must) == {False: 184, True: 40, None: 9}
    assert sum(quantity["period"] is not None for quantity in must) == 68
    assert sum(quantity["measure"] is not None for quantity in must) == 229


# --------------------------------------------------------------------------- claims.jsonl


def test_claim_spans_are_clean_and_do_not_overlap(claims):
    for line in claims:
        gold, text = line["gold"], line["text"]
        assert gold["content"], line["id"]
        spans = sorted(gold["source"] + gold["cue"] + gold["content"])
        assert all(clean_span(text, *span) for span in spans), line["id"]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans)), line["id"]


def test_claim_labels_are_values_of_the_records(claims):
    for line in claims:
        gold = line["gold"]
        assert gold["mode"] in MODES, line["id"]
        assert gold["said"] in SAID, line["id"]
        for key, values in CLAIM_VALUES.items():
            assert gold[key] is None or gold[key] in values, (line["id"], key)


def test_null_stands_where_the_guide_puts_it(claims):
    for line in claims:
        gold = line["gold"]
        attitude = gold["mode"] == "attitude"
        assert (gold["cue_stance"] is None) == attitude, line["id"]
        assert len({gold[key] is None for key in STATEMENT}) == 1, line["id"]
        assert not attitude or gold["claim_kind"] is None, line["id"]


def test_counts_of_claims(claims):
    counts = {key: dict(Counter(line["gold"][key] for line in claims)) for key in CLAIM_VALUES}
    assert len(claims) == 120
    assert counts == {
        "mode": {"speech": 94, "thought": 15, "attitude": 11},
        "said": {"asserted": 103, "negated": 9, "hypothetical": 8},
        "claim_kind": {"fact": 49, "prediction": 22, "evaluation": 20, "recommendation": 14, None: 15},
        "polarity": {"positive": 85, "negative": 20, None: 15},
        "modality": {"none": 58, "will": 16, "might": 10, "should": 8, "must": 7, "can": 6, None: 15},
        "cue_stance": {"neutral": 67, "assertive": 19, "supportive": 13, "distancing": 10, None: 11},
    }


def test_every_value_is_covered_in_either_half(claims):
    for key, values in CLAIM_VALUES.items():
        for half in ("seen", "unseen"):
            found = Counter(line["gold"][key] for line in claims if line["split"] == half)
            assert all(found[value] >= 3 for value in values), (key, half, found)


# --------------------------------------------------------------------------- roles.jsonl


def test_roles_have_their_form():
    lines = rows("roles")
    assert [line["id"] for line in lines] == [f"wr{number:03d}" for number in range(1, len(lines) + 1)]
    for line in lines:
        assert line.keys() == {"id", "document", "start", "end", "roles", "draw"}, line["id"]
        length = line["end"] - line["start"]
        for role in line["roles"]:
            assert {"person", "title", "organisation", "former"} <= role.keys(), line["id"]
            assert role.keys() <= {"person", "title", "organisation", "former", "optional", "organisation_ok"}, line["id"]
            assert role["person"] is not None, line["id"]
            assert role["title"] or role["organisation"] or role.get("organisation_ok"), line["id"]
            spans = [role["person"], role["title"], role["organisation"], *role.get("organisation_ok", [])]
            assert all(span is None or 0 <= span[0] < span[1] <= length for span in spans), line["id"]


def test_counts_of_roles():
    lines = rows("roles")
    must = [role for line in lines for role in line["roles"] if not role.get("optional")]
    assert (len(lines), len({line["document"] for line in lines}), len(must)) == (414, 414, 444)
    assert sum(role["organisation"] is not None for role in must) == 197
    assert sum(all(role.get("optional") for role in line["roles"]) for line in lines) == 84
    assert Counter(line["draw"] for line in lines) == {1: 148, 2: 58, 3: 59, 4: 88, 5: 61}


# --------------------------------------------------------------------------- attribution-modes.jsonl


def test_attribution_modes_have_their_form():
    lines = rows("attribution-modes")
    keys = {"doc", "source", "cue", "content", "origin", "mode", "said", "unsure"}
    for line in lines:
        assert line.keys() == keys, line
        assert line["mode"] in MODES | {"none"}, line
        assert line["said"] is None if line["mode"] == "none" else line["said"] in SAID, line
        assert isinstance(line["unsure"], bool), line
        assert line["content"], line
        for spans in (line["source"], line["cue"], line["content"]):
            assert all(0 <= start < end for start, end in spans), line
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans)), line
    assert len({(line["doc"], str(line["cue"]), str(line["content"])) for line in lines}) == len(lines)


def test_claims_in_news_have_their_form():
    lines = rows("claims-news")
    assert len(lines) == len({line["doc"] for line in lines}) == 157
    assert sum(line["unsure"] for line in lines) == 38
    for line in lines:
        assert line.keys() == {"doc", "source", "cue", "content", "unsure", *CLAIM_VALUES}, line
        assert all(line[key] is None or line[key] in values for key, values in CLAIM_VALUES.items()), line
        assert (line["cue_stance"] is None) == (line["mode"] == "attitude"), line
        assert len({line[key] is None for key in STATEMENT}) == 1, line
        for spans in (line["source"], line["cue"], line["content"]):
            assert all(0 <= start < end for start, end in spans), line
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans)), line


def test_counts_of_attribution_modes():
    lines = rows("attribution-modes")
    assert Counter(line["origin"] for line in lines) == {"gold-thought": 80, "predicted": 70, "gold-other": 50}
    assert Counter(line["mode"] for line in lines) == {"speech": 82, "thought": 51, "attitude": 53, "none": 14}
    assert Counter(line["said"] for line in lines) == {"asserted": 155, "hypothetical": 16, "negated": 15, None: 14}
    assert sum(line["unsure"] for line in lines) == 55


# --------------------------------------------------------------------------- topics and agreement


def test_topics_are_normal_forms_of_claims_that_are_there(root):
    invented, newsroom = rows("topics"), rows("newsroom-topics")
    with (root / "examples" / "newsroom" / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = {article["id"]: article for article in map(json.loads, lines)}
    claims = [(line["text"], claim) for line in invented for claim in line["gold"]]
    claims += [(articles[line["article"]]["text"], line) for line in newsroom]
    assert (len(invented), len(newsroom), len(claims)) == (76, 88, 167)
    for text, claim in claims:
        assert all(0 <= start < end <= len(text) for start, end in claim["content"])
        assert len(claim["topics"]) <= 3
        assert not set(claim["topics"]) & set(claim["may"])
        assert all(topic == " ".join(topic.split()) and topic.split()[0].lower() not in {"the", "a", "an"} for topic in claim["topics"])


def test_agreements_have_both_ends_in_the_text():
    lines = rows("agreements")
    stands = [(line["text"], stand) for line in lines for stand in line["gold"]]
    assert (len(lines), len(stands), sum(not line["gold"] for line in lines)) == (92, 72, 23)
    for text, stand in stands:
        assert stand["relation"] in {"agrees", "disagrees"}
        assert stand["from"].lower() in text.lower()
        assert stand["to"] in text
        assert text[slice(*stand["target"])].strip()
    assert [line["split"] for line in lines] == ["seen", "unseen"] * 46
