"""The rules engine, a sentence or two a row: source, cue and content of each attribution. All people are invented."""

import pytest

from kg.extract.attribution import find_attributions
from kg.records import Span

pytestmark = pytest.mark.slow

TABLE = [
    # indirect, cue first
    ("Ada Brandt said that the river will rise.", [("Ada Brandt", "said", "that the river will rise")]),
    ("Ada Brandt said the river will rise.", [("Ada Brandt", "said", "the river will rise")]),
    # the day between cue and content
    ("The ministry said on Monday that prices fell.", [("The ministry", "said", "that prices fell")]),
    # inverted, with apposition
    (
        "The river will rise, said Ada Brandt, a hydrologist at Norden University.",
        [("Ada Brandt, a hydrologist at Norden University", "said", "The river will rise")],
    ),
    # direct, and a cue in the middle
    ('"The river will rise," she said.', [("she", "said", '"The river will rise,"')]),
    ('"We waited," he said. "Nobody came to help us."', [("he", "said", '"We waited," ~ "Nobody came to help us."')]),
    # the quotation opens sentences earlier
    ('"We waited all night. Nobody came," he said.', [("he", "said", '"We waited all night. Nobody came,"')]),
    # an aside between speaker and cue
    ("Ada Brandt, who joined in May, said the river will rise.", [("Ada Brandt, who joined in May", "said", "the river will rise")]),
    # according to, at either end
    ("According to Ada Brandt, the river will rise.", [("Ada Brandt", "According to", "the river will rise")]),
    ("The river will rise, according to Ada Brandt.", [("Ada Brandt", "according to", "The river will rise")]),
    # a shared subject
    (
        "Ada Brandt said the river will rise, adding that boats must leave.",
        [("Ada Brandt", "said", "the river will rise"), ("Ada Brandt", "adding", "that boats must leave")],
    ),
    # two speakers in one sentence
    (
        "Northlight said it has sold the plant, while Arden Group said it has bought two.",
        [("Northlight", "said", "it has sold the plant"), ("Arden Group", "said", "it has bought two")],
    ),
    # a quotation behind a colon
    ('Ada Brandt wrote: "The river will rise again this year."', [("Ada Brandt", "wrote", '"The river will rise again this year."')]),
    # thought, and a wish
    ("Ada Brandt believes that the river will rise.", [("Ada Brandt", "believes", "that the river will rise")]),
    ("Ada Brandt hopes to return in spring.", [("Ada Brandt", "hopes", "to return in spring")]),
    # a noun cue
    ("Ada Brandt's claim that the river rose was checked.", [("Ada Brandt's", "claim", "that the river rose")]),
    # an adjective cue
    ("Ada Brandt is confident that the river will fall.", [("Ada Brandt", "is confident", "that the river will fall")]),
    # a relative clause as a statement
    ("We met Ada Brandt, who said the river will rise.", [("who", "said", "the river will rise")]),
    # nobody is said to say it
    ("The river is expected to rise.", []),
    # a scare quote and a title are no statements
    ('The "green" bridge opened on Monday.', []),
    ('She reviewed "The Long Winter" in May.', []),
    ("The bridge opened on Monday.", []),
    # a quotation without anybody
    ('"Nobody came to help us in the night."', []),
    # an unclosed mark costs nothing else
    ('He left "early.\nAda Brandt said the river will rise.', [("Ada Brandt", "said", "the river will rise")]),
]


def found_in(doc):
    def words(spans):
        return " ~ ".join(span.of(doc.text) for span in spans)

    return [(words(one.source), words(one.cue), words(one.content)) for one in find_attributions(doc)]


@pytest.mark.parametrize("text, expected", TABLE)
def test_source_cue_content(parse, text, expected):
    assert found_in(parse(text)) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ('"The river will rise," she said.', "direct"),
        ("She said the river will rise.", "indirect"),
        ('She said the river will "rise by a metre".', "mixed"),
    ],
)
def test_kind(parse, text, expected):
    assert [one.kind.value for one in find_attributions(parse(text))] == [expected]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Ada Brandt said the river rose.", "asserted"),
        ("Ada Brandt did not say that the river rose.", "negated"),
        ("Ada Brandt never said that the river rose.", "negated"),
        ("Ada Brandt would say that the river rose.", "hypothetical"),
        ("Ada Brandt will say that the river rose.", "hypothetical"),
    ],
)
def test_said(parse, text, expected):
    assert [one.said.value for one in find_attributions(parse(text))] == [expected]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Ada Brandt said the river rose.", "speech"),
        ("Ada Brandt fears that the river will rise.", "thought"),
        ("Ada Brandt dismissed the plan as a stunt.", "speech"),
        ("Ada Brandt backed the plan.", "attitude"),
    ],
)
def test_mode(parse, text, expected):
    assert [one.mode.value for one in find_attributions(parse(text))] == [expected]


def test_a_quotation_behind_an_indirect_statement_continues_it(parse):
    doc = parse('Ada Brandt said the river will rise. "Nobody can stop it, but we can leave."')
    first, second = find_attributions(doc)
    assert (second.source, second.cue, second.continues, second.kind.value) == ((), (), 0, "direct")
    assert first.continues is None


def test_nothing_is_taken_from_barred_text(parse):
    text = "Ada Brandt said the river will rise.\nJo Roe said it will not rise."
    doc = parse(text)
    kept = find_attributions(doc, barred=[Span(text.index("Jo"), len(text))])
    assert [one.source[0].of(text) for one in kept] == ["Ada Brandt"]
