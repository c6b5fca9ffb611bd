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
        ("Omar Reyes, a fisherman, said the claim was false.", "disagrees", "stated-of-it"),
        ("Omar Reyes, a fisherman, called her claim a lie.", "disagrees", "stated-of-words"),
        ("Omar Reyes, a fisherman, said the warning was not true.", None, None),  # which is not what the word alone says
        ('Omar Reyes, a fisherman, said much the same. "My nets are full," he said.', "agrees", "stated-alone"),
        ("Omar Reyes, a fisherman, thinks so too.", "agrees", "stated-alone"),
        # by somebody who says nothing else
        ("Omar Reyes, a fisherman, agreed with her.", "agrees", "stated-with"),
        ("The fisherman, Omar Reyes, sided with Brandt.", "agrees", "stated-with"),
        ("Omar Reyes, a fisherman, disagreed.", "disagrees", "stated-alone"),
        ("Omar Reyes, a fisherman, doubts that.", "disagrees", "stated-of-it"),
        ("That was denied by Omar Reyes, a fisherman.", "disagrees", "stated-of-it"),
        ("Omar Reyes, a fisherman, dismissed the claim.", "disagrees", "stated-of-it"),
    ],
)
def test_a_stand_on_what_was_said(stands, text, relation, rule):
    expected = [("Omar Reyes", "Ada Brandt", relation, "the lake was clean", rule)] if relation else []
    assert stands(START + text) == expected


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("Omar Reyes, a fisherman, agreed with her.", "her", "agreed with"),
        ("Omar Reyes, a fisherman, did not agree with Brandt.", "Brandt", "did not agree with"),
        ("Omar Reyes, a fisherman, disagreed.", "disagreed", None),
        ("The view was rejected by Omar Reyes, a fisherman.", "The view", "was rejected"),
    ],
)
def test_a_stand_without_words_is_an_attitude_of_its_own(extract, text, content, cue):
    """Its content is what the stand is on, or the verb where nothing else stands there."""
    found = extract(START + text)
    [agreement] = found.agreements
    one = next(one for one in found.attributions if one.id == agreement.source)
    assert (one.mode, [span.of(START + text) for span in one.content]) == ("attitude", [content])
    assert [span.of(START + text) for span in one.cue] == ([cue] if cue else [])


def test_a_plan_is_what_is_to_be_done(stands):
    said = "Ines Varro, the mayor, said the city would build a tram. She said rents had doubled. "
    [(taker, _, relation, meant, _)] = stands(said + "Omar Reyes, a fisherman, backed the plan.")
    assert (taker, relation, meant) == ("Omar Reyes", "agrees", "the city would build a tram")
    assert stands("Ines Varro, the mayor, said rents had doubled. Omar Reyes, a fisherman, backed the plan.") == []


def test_no_attitude_is_left_where_no_stand_is_found(extract):
    found = extract("Ada Brandt, a chemist, said the lake was clean. The boats agreed a price with the harbour. Omar Reyes agreed to pay.")
    assert [one.rule for one in found.attributions if one.rule == "bare-stand"] == []


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
        "Omar Reyes said on the same day that his nets were full.",
        "Experts agreed that the harbour needs dredging.",  # with each other, for all we know
        "Omar Reyes, a fisherman, agreed that rents were high.",  # nobody has spoken of rents
        "Omar Reyes, a fisherman, often disagrees with her.",
        "Omar Reyes, a fisherman, endorsed her.",  # as a candidate
        "Omar Reyes, a fisherman, opposed it.",  # nothing that is to be done has been told
        "A third of the fishermen disagreed.",
        "Omar Reyes, a fisherman, rejected the idea of a dam.",
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
