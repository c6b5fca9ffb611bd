"""The invented newsroom and its gold fit each other: every string at its offsets, every id known, no pair against another."""

import json
import re
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import combinations
from urllib.parse import urlsplit

import pytest

from kg.read import read_articles
from kg.records import Article, AttributionKind, CueStance, Said, Span, SpeechMode

INVENTED = "Invented for tests: no such people, organisations or places."
SUFFIXES = {"ltd", "plc", "inc", "gmbh"}
REVIEW_RULES = {"token-subset", "fuzzy", "shared-role", "acronym-shape", "acronym-ambiguous", "bare-surname", "renamed"}


@pytest.fixture(scope="module")
def room(root):
    return root / "examples" / "newsroom"


@pytest.fixture(scope="module")
def articles(room):
    """By id, as the reader gives them; a warning would stand here as a `Problem` and fail."""
    read = list(read_articles([room / "articles.jsonl"]))
    assert all(isinstance(article, Article) for article in read), read
    return {article.id: article for article in read}


@pytest.fixture(scope="module")
def gold(room):
    return json.loads((room / "gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def entities(gold):
    return {entity["id"]: entity for entity in gold["entities"]}


@pytest.fixture(scope="module")
def attributions(gold):
    return {(one["article"], one["id"]): one for one in gold["attributions"]}


@pytest.fixture(scope="module")
def owner(gold):
    """The entity that an article's name stands for; a name that two share stands for none."""
    owners = {}
    for entity in gold["entities"]:
        for article, names in entity["names"].items():
            for name in names:
                owners.setdefault((article, name), []).append(entity["id"])
    return {member: ids[0] for member, ids in owners.items() if len(ids) == 1}


class Groups:
    """Things joined pair by pair."""

    def __init__(self):
        self.parent = {}

    def find(self, one):
        while (up := self.parent.setdefault(one, one)) != one:
            one = up
        return one

    def join(self, one, other):
        self.parent[self.find(one)] = self.find(other)


def ends(pair):
    return tuple((pair[side]["article"], pair[side]["name"]) for side in "ab")


def words(name):
    """The name without case, accents and punctuation."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter))
    return tuple(re.sub(r"[.,'’]", "", plain).replace("-", " ").split())


def without_suffix(name):
    folded = words(name)
    return folded[:-1] if folded[-1] in SUFFIXES else folded


def is_defined(acronym, full, text):
    return bool(re.search(rf"{re.escape(full)} \({acronym}\)", text)) or (full in text and f"known as the {acronym}" in text)


# --------------------------------------------------------------------------- the articles


def test_there_are_sixteen_articles_by_four_outlets(articles):
    assert list(articles) == [f"n{number:02}" for number in range(1, 17)]
    assert Counter(article.publisher for article in articles.values()) == {
        "The Wexcombe Courier": 5,
        "The Port Lindon Ledger": 5,
        "Callowen Sentinel-Dispatch": 4,
        "Tarn Wire": 2,
    }


def test_every_article_says_that_it_is_invented(articles, room):
    assert [article.id for article in articles.values() if not article.text.endswith(f"\n\n{INVENTED}\n")] == []
    assert "**All of it is invented**" in (room / "README.md").read_text(encoding="utf-8")


def test_every_article_is_short_dated_and_nowhere_on_the_web(articles):
    for article in articles.values():
        assert 120 <= len(article.text.split()) <= 260, article.id
        assert date(2025, 1, 1) <= date.fromisoformat(article.published) <= date(2026, 12, 31)
        assert urlsplit(article.url).netloc.endswith(".example")
    assert len({article.url for article in articles.values()}) == len(articles)


def test_wire_copies_are_the_only_equal_texts(articles, gold):
    equal = [[one, other] for one, other in combinations(articles, 2) if articles[one].text == articles[other].text]
    assert equal == gold["wire_copies"] == [["n05", "n06"]]


def test_wire_copies_have_the_same_gold(gold):
    for name in ("attributions", "agreements", "quantities", "part_of", "roles"):
        one, other = ([{**row, "article": None} for row in gold[name] if row["article"] == article] for article in ("n05", "n06"))
        assert one, name
        assert one == other, name


# --------------------------------------------------------------------------- who is who


def test_entities_are_people_and_organisations_named_in_their_articles(gold, entities, articles):
    assert len(entities) == len(gold["entities"])
    assert Counter(entity["kind"] for entity in entities.values()) == {"person": 29, "organisation": 28}
    missing = [
        (entity["id"], article, name)
        for entity in entities.values()
        for article, names in entity["names"].items()
        for name in names
        if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", articles[article].text)
    ]
    assert missing == []


def test_pairs_are_of_names_that_stand_for_one_entity(gold, owner, entities):
    identity = gold["identity"]
    assert {name: len(pairs) for name, pairs in identity.items()} == {"same": 55, "different": 29, "review": 26}
    pairs = [pair for name in ("same", "different", "review") for pair in identity[name]]
    assert len({frozenset(ends(pair)) for pair in pairs}) == len(pairs), "each pair once, in one list"
    for pair in pairs:
        one, other = (owner[end] for end in ends(pair))
        assert entities[one]["kind"] == entities[other]["kind"], pair
    assert all(owner[a] == owner[b] for a, b in map(ends, identity["same"]))
    assert all(owner[a] != owner[b] for a, b in map(ends, identity["different"]))
    assert all((owner[ends(pair)[0]] == owner[ends(pair)[1]]) == (pair["truth"] == "same") for pair in identity["review"])


def test_classes_and_reasons(gold):
    identity = gold["identity"]
    expected = {"same": "automatic", "different": "different", "review": "review"}
    assert {name: {pair["class"] for pair in pairs} for name, pairs in identity.items()} == {name: {one} for name, one in expected.items()}
    assert {pair["rule"] for pair in identity["review"]} == REVIEW_RULES
    assert Counter(pair["truth"] for pair in identity["review"]) == {"same": 22, "different": 4}
    assert all(pair["reason"] for pair in [*identity["different"], *identity["review"]])
    assert all(pair["reason"] for pair in identity["same"] if pair.get("review_ok"))


def test_automatic_pairs_are_what_their_rule_says(gold, owner, articles, entities):
    assert Counter(pair["rule"] for pair in gold["identity"]["same"]) == {"same-name": 44, "suffix": 8, "acronym-defined": 3}
    for pair in gold["identity"]["same"]:
        a, b = ends(pair)
        if pair["rule"] == "same-name":
            assert words(a[1]) == words(b[1])
            assert len(words(a[1])) >= 2
        elif pair["rule"] == "suffix":
            assert words(a[1]) != words(b[1])
            assert without_suffix(a[1]) == without_suffix(b[1])
        else:
            acronym = next(name for _, name in (a, b) if name.isupper())
            full = next(name for name in entities[owner[a]]["names"][a[0]] if not name.isupper())
            assert is_defined(acronym, full, articles[a[0]].text)


def test_nothing_to_review_or_keep_apart_follows_from_the_automatic_pairs(gold):
    groups = Groups()
    for pair in gold["identity"]["same"]:
        groups.join(*ends(pair))
    joined = [
        pair
        for name in ("different", "review")
        for pair in gold["identity"][name]
        if groups.find(ends(pair)[0]) == groups.find(ends(pair)[1])
    ]
    assert joined == []


def test_review_pairs_do_not_contradict_each_other(gold, owner):
    groups = Groups()
    for article, name in owner:
        groups.join((article, name), (article, owner[article, name]))  # an article's names for one entity are one agent
    for pair in gold["identity"]["same"] + [pair for pair in gold["identity"]["review"] if pair["truth"] == "same"]:
        groups.join(*ends(pair))
    apart = gold["identity"]["different"] + [pair for pair in gold["identity"]["review"] if pair["truth"] == "different"]
    assert len(apart) == 33
    assert [pair for pair in apart if groups.find(ends(pair)[0]) == groups.find(ends(pair)[1])] == []


def test_each_entity_is_connected_over_its_articles(gold, owner, entities):
    groups = Groups()
    for pair in gold["identity"]["same"] + [pair for pair in gold["identity"]["review"] if pair["truth"] == "same"]:
        groups.join(*((article, owner[article, name]) for article, name in ends(pair)))
    for entity in entities.values():
        assert len({groups.find((article, entity["id"])) for article in entity["names"]}) == 1, entity["id"]


def test_every_equal_full_name_in_two_articles_is_decided(gold, owner):
    full = [(article, name) for article, name in owner if len(name.split()) >= 2]
    decided = {
        frozenset((article, owner[article, name]) for article, name in ends(pair)) for pairs in gold["identity"].values() for pair in pairs
    }
    equal = [(a, b) for a, b in combinations(full, 2) if a[0] != b[0] and words(a[1]) == words(b[1])]
    assert len(equal) >= 55
    assert [pair for pair in equal if frozenset((article, owner[article, name]) for article, name in pair) not in decided] == []


# --------------------------------------------------------------------------- who said what


def test_attributions_stand_at_their_offsets(gold, articles, attributions):
    assert len(attributions) == len(gold["attributions"]) == 172
    assert {article for article, _ in attributions} == set(articles)
    for one in attributions.values():
        text = articles[one["article"]].text
        assert one["content"], one
        for pieces in (one["content"], one["cue"]):
            spans = [Span(piece["start"], piece["end"]) for piece in pieces]
            assert [span.of(text) for span in spans] == [piece["text"] for piece in pieces]
            assert spans == sorted(spans)
        assert all(piece["text"] == piece["text"].strip() for piece in one["content"])


def test_attributions_are_numbered_in_the_order_of_their_content(attributions, articles):
    for article in articles:
        ids = [name for of, name in attributions if of == article]
        assert ids == [f"c{number}" for number in range(1, len(ids) + 1)]
        starts = [attributions[article, name]["content"][0]["start"] for name in ids]
        assert starts == sorted(starts)


def test_attributions_have_known_speakers_and_labels(attributions, entities, articles):
    for one in attributions.values():
        if one["speaker"]:
            assert one["speaker_form"] == "named"
            assert one["article"] in entities[one["speaker"]]["names"], one
        else:
            assert one["speaker_form"] in {"group", "unnamed", "work"}
            assert one["speaker_words"] in articles[one["article"]].text
        SpeechMode(one["mode"])
        Said(one["said"])
        if one["mode"] == "attitude":
            assert one["kind"] is one["cue_stance"] is None
        else:
            AttributionKind(one["kind"])
            CueStance(one["cue_stance"])
    assert Counter(one["mode"] for one in attributions.values()) == {"speech": 149, "attitude": 15, "thought": 8}
    assert Counter(one["kind"] for one in attributions.values()) == {"indirect": 101, "direct": 45, "mixed": 11, None: 15}
    assert Counter(one["speaker_form"] for one in attributions.values()) == {"named": 150, "unnamed": 11, "group": 10, "work": 1}
    assert Counter(one["cue_stance"] for one in attributions.values())["distancing"] == 6


def test_quotation_marks_fit_the_kind(attributions):
    for one in attributions.values():
        content = " ".join(piece["text"] for piece in one["content"])
        opened = [content[0] in '‘“"', content[-1] in '’”"']
        if one["kind"] == "direct":
            assert all(opened), one
        elif one["kind"] == "mixed":
            assert any(mark in content for mark in '‘“"'), one
        elif one["kind"] == "indirect":
            assert not any(mark in content for mark in '‘“"'), one


def test_every_quotation_in_the_text_is_in_an_attribution(attributions, articles):
    """So that none was overlooked."""
    quotation = re.compile(r'“[^”]*”|"[^"]*"|‘[^‘]*?[\w.,]’(?!\w)')
    found = 0
    for article in articles.values():
        inside = [
            Span(piece["start"], piece["end"]) for (of, _), one in attributions.items() if of == article.id for piece in one["content"]
        ]
        for match in quotation.finditer(article.text):
            found += 1
            assert any(span.covers(Span(*match.span())) for span in inside), (article.id, match[0])
    assert found >= 60


# --------------------------------------------------------------------------- roles, agreement, figures


def test_roles_are_as_printed(gold, articles, entities):
    roles = gold["roles"]
    assert (len(roles), sum(role["former"] for role in roles), sum(role["implied"] for role in roles)) == (61, 7, 12)
    for role in roles:
        text = articles[role["article"]].text
        assert role["title"] or role["organisation"]
        assert role["article"] in entities[role["person"]]["names"]
        assert entities[role["person"]]["kind"] == "person"
        assert role["title"] is None or role["title"] in text
        assert (role["organisation"] is None) == (role["organisation_entity"] is None)
        if role["organisation"]:
            assert role["organisation"] in text
            assert entities[role["organisation_entity"]]["kind"] == "organisation"


def test_parts_and_agreements_rest_on_words(gold, articles, attributions, entities):
    assert (len(gold["part_of"]), len(gold["agreements"])) == (4, 19)
    for one in [*gold["part_of"], *gold["agreements"]]:
        evidence = one["evidence"]
        assert articles[one["article"]].text[evidence["start"] : evidence["end"]] == evidence["text"]
    assert all(entities[part[end]]["kind"] == "organisation" for part in gold["part_of"] for end in ("organisation", "within"))
    assert Counter(one["relation"] for one in gold["agreements"]) == {"disagrees": 11, "agrees": 8}
    for one in gold["agreements"]:
        source = attributions[one["article"], one["from"]]
        for target in one["to"]:
            assert "attitude" not in {attributions[one["article"], target]["mode"], source["mode"]}
            assert (source["speaker"] or source["speaker_words"]) != attributions[one["article"], target]["speaker"]


def test_quantities_stand_in_what_their_speaker_said(gold, articles, attributions):
    quantities = gold["quantities"]
    assert len(quantities) == 70
    shapes = Counter()
    for one in quantities:
        attribution = attributions[one["article"], one["attribution"]]
        text, span = articles[one["article"]].text, Span(one["words"]["start"], one["words"]["end"])
        assert span.of(text) == one["words"]["text"]
        assert any(Span(piece["start"], piece["end"]).covers(span) for piece in attribution["content"]), one
        assert one["speaker"] == attribution["speaker"]
        assert one["period"] is None or one["period"] in text
        value, low, high = (one[name] and Decimal(one[name]) for name in ("value", "low", "high"))
        if value is not None and low is None and high is None:
            shapes["approximate"] += 1
        elif value is not None:
            assert value == low == high
            shapes["exact"] += 1
        elif low is not None and high is not None:
            assert low < high
            shapes["range"] += 1
        else:
            assert (low is None) != (high is None)
            shapes["bound"] += 1
    assert shapes == {"exact": 52, "approximate": 6, "bound": 9, "range": 3}
    assert sum(one["change"] is True for one in quantities) == 6


# --------------------------------------------------------------------------- the answers


def test_all_ten_questions_are_answered(gold):
    assert list(gold["queries"]) == [
        "said_on_topic",
        "who_speaks_on",
        "who_agrees_or_disagrees",
        "forecasts",
        "conflicting_figures",
        "distancing_cues",
        "unnamed_or_single_source",
        "low_confidence",
        "share_of_voices",
        "different_roles",
    ]
    assert all(gold["queries"].values())


def test_answers_name_what_is_there(gold, attributions, entities):
    rows = list(references(gold["queries"]))
    assert len(rows) >= 100
    for row in rows:
        attribution = attributions[row["article"], row["attribution"]]
        assert row.get("speaker", attribution["speaker"]) == attribution["speaker"], row
    organisations = {row["organisation"] for row in rows if row.get("organisation")}
    assert organisations
    assert organisations <= set(entities)


def references(answer):
    """Every mention of an attribution in the answers."""
    if isinstance(answer, list):
        for one in answer:
            yield from references(one)
    elif isinstance(answer, dict):
        if "attribution" in answer:
            yield answer
        for one in answer.values():
            yield from references(one)


def test_what_somebody_said_is_given_oldest_first_and_is_theirs(gold, attributions, articles):
    for answer in gold["queries"]["said_on_topic"]:
        for rows in (answer["must"], answer["may"]):
            assert [articles[row["article"]].published for row in rows] == sorted(articles[row["article"]].published for row in rows)
            assert {attributions[row["article"], row["attribution"]]["speaker"] for row in rows} == {answer["speaker"]}


def test_forecasts_and_conflicts_are_those_of_the_quantities(gold):
    figures = {}
    for one in gold["quantities"]:
        key = (one["measure"], one["period_resolved"])
        figures.setdefault(key, []).append({name: one[name] for name in ("article", "attribution", "speaker", "value", "low", "high")})
    forecasts, conflicts = gold["queries"]["forecasts"], gold["queries"]["conflicting_figures"]
    assert [len(answer["forecasts"]) for answer in forecasts] == [8, 4]
    assert [len({row["speaker"] for row in answer["forecasts"]}) for answer in forecasts] == [4, 3]
    for answer in forecasts:
        assert answer["forecasts"] == figures[answer["measure"], answer["year"]]
        bounds = [Decimal(row[name]) for row in answer["forecasts"] for name in ("value", "low", "high") if row[name]]
        assert (min(bounds), max(bounds)) == (Decimal(answer["spread"]["lowest"]), Decimal(answer["spread"]["highest"]))
    assert len(conflicts) == 5
    assert sum(len({row["article"] for row in answer["figures"]}) > 1 for answer in conflicts) == 3
    for answer in conflicts:
        assert answer["figures"] == figures[answer["measure"], answer["period"]]
        assert len({(row["value"], row["low"], row["high"]) for row in answer["figures"]}) > 1


def test_shares_of_voices_add_up(gold, attributions, articles, entities):
    outlets = gold["queries"]["share_of_voices"]["outlets"]
    told = Counter(articles[one["article"]].publisher for one in attributions.values() if one["mode"] != "attitude")
    assert {outlet: sum(shares.values()) for outlet, shares in outlets.items()} == told
    voices = {voice for shares in outlets.values() for voice in shares if not voice.startswith("(")}
    assert {entities[voice]["kind"] for voice in voices} == {"organisation"}


def test_distancing_cues_and_different_roles_are_those_of_the_gold(gold, attributions):
    [answer] = gold["queries"]["distancing_cues"]
    marked = {key for key, one in attributions.items() if one["cue_stance"] == "distancing" and one["speaker"]}
    assert {(row["article"], row["attribution"]) for row in answer["cues"]} == marked
    assert len({row["publisher"] for row in answer["cues"]}) == 3
    known = {(role["article"], role["person"], role["title"], role["former"]) for role in gold["roles"]}
    answers = gold["queries"]["different_roles"]
    assert len(answers) == 10
    for answer in answers:
        assert len(answer["roles"]) >= 2
        for role in answer["roles"]:
            assert (role["article"], answer["person"], role["title"], role.get("former", False)) in known
