"""Whom he, she and I stand for, by whole extractions of short invented texts."""

import pytest

pytestmark = pytest.mark.slow


def meant(extraction):
    """The pronouns in text order, each with the name it stands for."""
    names = {agent.id: agent.name for agent in extraction.agents}
    text = extraction.article.text
    return [
        (one.span.of(text), names[one.agent]) for one in extraction.mentions if one.form.value == "pronoun" and one.rule[:8] == "pronoun-"
    ]


RESOLVED = [
    # a subject goes on as a subject
    ("Ada Brandt met Nora Roe. She left.", [("She", "Ada Brandt")]),
    # gender by first name
    ("Ada Brandt met Otto Roe. He left. She stayed.", [("He", "Otto Roe"), ("She", "Ada Brandt")]),
    # gender by honorific
    ("Mr. Hill met Mrs. Stone. She left.", [("She", "Stone")]),
    # gender by a noun in apposition
    ("Kim Hill, an actress, met Sam Stone. She left.", [("She", "Kim Hill")]),
    # a family name printed first is no first name: Wang Mary would be, Kim Min-jun is not
    ("Lin Qiaoyu, an engineer, left early. He was tired.", [("He", "Lin Qiaoyu")]),
    # agreement within the article overrules the first name
    (
        "Maria Hill said it will rain. He added that he will stay. Hill and his wife left.",
        [(word, "Maria Hill") for word in ("He", "he", "his")],
    ),
    # binding: him is not the subject of its clause, himself is
    ("John Hill helped Peter Stone. Stone thanked him.", [("him", "John Hill")]),
    ("John Hill met Peter Stone. Stone hurt himself.", [("himself", "Peter Stone")]),
    # his: likely the subject's, never the owned one's
    ("Peter Stone sold his house to John Hill.", [("his", "Peter Stone")]),
    ("Otto Hill left with his brother, John.", [("his", "Otto Hill")]),
    # "said he"
    ("Otto Hill met Peter Stone. Stone said he was tired.", [("he", "Peter Stone")]),
    # inside a quotation the pronoun avoids the speaker, and I is the speaker
    ('Otto Hill met Jim Stone on Monday. "I like him very much," Hill said.', [("I", "Otto Hill"), ("him", "Jim Stone")]),
    # a chain over sentences
    ("Ada Brandt left. She drove home. Her car broke down.", [("She", "Ada Brandt"), ("Her", "Ada Brandt")]),
]


@pytest.mark.parametrize("text, expected", RESOLVED)
def test_resolved(extract, text, expected):
    assert meant(extract(text)) == expected


OPEN = [
    "He left.",
    # nobody fits
    "Ada Brandt left. Mr. Hill stayed away. They met.",
    # a man without a name
    "A man shot Otto Hill. He fled.",
    # a street is nobody
    "The rain stopped on Marlowe Street. He left.",
    # I outside a quotation is the journalist
    "Ada Brandt left. I stayed.",
]


@pytest.mark.parametrize("text", OPEN)
def test_left_open(extract, text):
    assert meant(extract(text)) == []


def test_the_grammar_of_an_open_pronoun_is_not_forced(extract):
    """A pronoun whose only candidate is barred stays open."""
    assert ("him", "John Hill") not in meant(extract("John Hill saw him."))


def test_confidence_falls_where_two_fit(extract):
    texts = ("Ada Brandt left. She slept.", "Ada Brandt met Nora Roe. She slept.")
    sure, unsure = ([one.confidence for one in extract(text).mentions if one.form.value == "pronoun"] for text in texts)
    assert unsure < sure
