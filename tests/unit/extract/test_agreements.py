"""Stated agreement and disagreement: who takes a stand on which statement, and what is none."""

import pytest

START = "Ada Brandt, a chemist, said the lake was clean. "


@pytest.fixture(scope="module")
def stands(extract):
    """Taker, other, relation, the statement meant and the rule of each agreement in a text."""

    def find(text):
        found = extract(text)
        names = {agent.id: agent.name for agent in found.agents}
        said = {one.id: one for one in found.attributions}
        return [
            (
                names.get(said[one.source].speaker),
                names.get(said[one.targets[0]].speaker),
                one.relation.value,
                "; ".join(said[target].content[0].of(text) for target in one.targets),
                one.rule,
            )
            for one in found.agreements
        ]

    return find


@pytest.mark.parametrize(
    ("text", "relation", "rule"),
    [
        ('Omar Reyes, a fisherman, disagreed with Brandt. "It is not," he said.', "disagrees", "stated-with"),
        ("Brandt's view was echoed by Omar Reyes, who said his nets were full.", "agrees", "stated-of-words"),
        ("Brandt's view is not shared by Omar Reyes, who said his nets were empty.", "disagrees", "stated-of-words"),
        ('Omar Reyes dismissed her claim. "My nets are empty," he said.', "disagrees", "stated-of-words"),
        ("That was disputed by Omar Reyes, who said his nets were empty.", "disagrees", "stated-of-it"),
        ('Omar Reyes rejected the idea. "My nets are empty," he said.', "disagrees", "stated-of-it"),
        ('Omar Reyes agreed. "I drink from it," he said.', "agrees", "stated-alone"),
        ('Omar Reyes did not agree with Brandt. "My nets are empty," he said.', "disagrees", "stated-with"),
        ('Omar Reyes took issue with Brandt\'s claim. "My nets are empty," he said.', "disagrees", "stated-of-words"),
        ('Omar Reyes was not convinced. "My nets are empty," he said.', "disagrees", "stated-alone"),
    ],
)
def test_a_stand_on_what_was_said(stands, text, relation, rule):
    assert stands(START + text) == [("Omar Reyes", "Ada Brandt", relation, "the lake was clean", rule)]


@pytest.mark.parametrize(
    "text",
    [
        "The cries echoed through the hall, Omar Reyes said.",
        "Omar Reyes said both sides had agreed to meet.",
        "Omar Reyes said the judge had rejected the appeal.",
        "Omar Reyes said he would neither agree nor disagree with her.",
        'Omar Reyes might agree with Brandt. "I must see it," he said.',
        'Omar Reyes did not dispute the claim. "I must see it," he said.',  # that is no agreement
        "Omar Reyes praised Brandt. He said the book was good.",
    ],
)
def test_what_is_no_stand(stands, text):
    assert stands(START + text) == []


def test_the_statement_meant_is_the_one_about_the_matter(stands):
    text = (
        "Ada Brandt said the lake was clean. She said the mayor had lied. She said summers were longer. "
        'Omar Reyes, a fisherman, rejected her claim. "The mayor has never lied," he said.'
    )
    [(_, _, _, meant, _)] = stands(text)
    assert meant == "the mayor had lied"


def test_all_of_somebodys_views(stands):
    text = "Ada Brandt said the lake was clean. She said summers were longer. Brandt's views were echoed by Omar Reyes, who said nets were full."
    [(_, _, _, meant, _)] = stands(text)
    assert meant == "the lake was clean; summers were longer"


def test_a_claim_of_one_of_two_namesakes_is_that_of_who_has_spoken_last(stands):
    text = (
        "Otto Brandt Sr., who built the lake, said nothing. Ada Brandt, a chemist, said the lake was clean. "
        "Omar Reyes, a fisherman, dismissed Brandt's claim. He said his nets were empty."
    )
    assert [stand[:4] for stand in stands(text)] == [("Omar Reyes", "Ada Brandt", "disagrees", "the lake was clean")]
