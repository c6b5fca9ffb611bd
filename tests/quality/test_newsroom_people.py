"""Who is who in the invented newsroom, against its gold: people, organisations, their roles and parts, and who says what, article by article.

The newsroom ships with the project, so these figures are no secret; what they hold is that nothing known falls back.
"""

import json
import re
from collections import defaultdict

import pytest

from kg.extract import extract_articles
from kg.lexicon import load_table
from kg.read import read_articles
from kg.records import AgentKind

pytestmark = [pytest.mark.quality, pytest.mark.slow]

FLOORS = {
    "person": (0.96, 0.96),
    "organisation": (0.93, 0.98),
    "role": (0.91, 0.89),
    "part_of": (0.75, 1.0),
    "speaker": (0.96, 0.96),
}
"""Least precision and recall. At the time of writing: .982 .982, .948 1.0, .917 .902, .800 1.0, .979 .979."""


@pytest.fixture(scope="module")
def gold(root):
    return json.loads((root / "examples" / "newsroom" / "gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(root):
    articles = read_articles([root / "examples" / "newsroom" / "articles.jsonl"])
    return {extraction.article.id: extraction for extraction in extract_articles(articles)}


def plain(name):
    return re.sub(r"^(the|dr|mr|mrs|ms)\.? ", "", name.lower().replace("’", "'")).rstrip(".")


@pytest.fixture(scope="module")
def pairs(gold, found):
    """(article, agent) to the entity of the gold that bears one of its names; one agent an entity, further ones to it as well, not counted."""
    matched, first = {}, set()
    for article, extraction in found.items():
        agents = [agent for agent in extraction.agents if agent.kind in {AgentKind.PERSON, AgentKind.ORGANISATION}]
        for entity in gold["entities"]:
            names = {plain(name) for name in entity["names"].get(article, ())}
            fits = [a for a in agents if a.kind == entity["kind"] and names & {plain(name) for name in (a.name, *a.aliases)}]
            fits.sort(key=lambda a: -max(len(name) for name in names & {plain(one) for one in (a.name, *a.aliases)}))
            free = [a for a in fits if (article, a.id) not in matched]
            if free:
                first.add((article, free[0].id))
            for agent in free:
                matched[article, agent.id] = entity["id"]
    return matched, first


def judged(right, predicted, expected):
    return right / predicted, right / expected


def check(what, figures):
    precision, recall = figures
    print(f"{what}: precision {precision:.3f}, recall {recall:.3f}")
    assert (precision >= FLOORS[what][0], recall >= FLOORS[what][1]) == (True, True), figures


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_people_and_organisations(kind, gold, found, pairs):
    _, first = pairs
    predicted = [(article, agent.id) for article, extraction in found.items() for agent in extraction.agents if agent.kind == kind]
    expected = sum(len(entity["names"]) for entity in gold["entities"] if entity["kind"] == kind)
    check(kind, judged(sum(key in first for key in predicted), len(predicted), expected))


def test_every_decision_is_explained(found):
    known = {row["rule"] for row in load_table("decision_rules", columns=("rule", "stage", "explanation"))}
    used = {decision.rule for extraction in found.values() for decision in (*extraction.mentions, *extraction.roles, *extraction.part_of)}
    assert len(used) > 20
    assert used - known == set()


def head(title):
    words = re.split(r"\s(?:of|for|at|in|to|on)\s", (title or "").lower())[0].split()
    return words[-1].rstrip("s") if words else ""


def test_roles(gold, found, pairs):
    matched, _ = pairs
    expected = defaultdict(list)
    for role in gold["roles"]:
        expected[role["article"], role["person"]].append(role)
    total, right, predicted = len(gold["roles"]), 0, 0
    for article, extraction in found.items():
        for role in extraction.roles:
            predicted += 1
            body = matched.get((article, role.organisation)) if role.organisation else None
            for one in expected[article, matched.get((article, role.agent))]:
                titled = one["title"] is None or head(one["title"]) == head(role.title)
                here = body == one.get("organisation_entity") or (one["implied"] and role.organisation is None)
                if titled and here:
                    expected[article, one["person"]].remove(one)
                    right += 1
                    break
    check("role", judged(right, predicted, total))


def test_parts(gold, found, pairs):
    matched, _ = pairs
    expected = {(part["article"], part["organisation"], part["within"]) for part in gold["part_of"]}
    told = {
        (article, matched.get((article, part.organisation)), matched.get((article, part.within)))
        for article, extraction in found.items()
        for part in extraction.part_of
    }
    check("part_of", judged(len(expected & told), len(told), len(expected)))


def test_speakers(gold, found, pairs):
    matched, _ = pairs
    expected = predicted = right = 0
    for one in gold["attributions"]:
        if one["speaker"] is None:
            continue
        places = {k for piece in one["content"] for k in range(piece["start"], piece["end"])}
        shared = [
            (sum(len(places & set(range(span.start, span.end))) for span in attribution.content), attribution)
            for attribution in found[one["article"]].attributions
        ]
        most, attribution = max(shared, key=lambda pair: pair[0])
        if not most:
            continue  # whether a statement is found at all is another figure
        expected += 1
        predicted += attribution.speaker is not None
        right += matched.get((one["article"], attribution.speaker)) == one["speaker"]
    assert expected > 130
    check("speaker", judged(right, predicted, expected))
