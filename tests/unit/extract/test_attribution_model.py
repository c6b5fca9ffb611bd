"""The default engine on what newsrooms write, a case or two a row. All people are invented."""

import pytest

from kg.extract.attribution import find_attributions, load_engine, missing_model
from kg.records import Span

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(missing_model() is not None, reason=f"no trained engine: {missing_model()}"),
]

TABLE = [
    # a quotation of several sentences, cue behind
    (
        "“The river rose in the night. Nobody slept. We left at dawn,” Ada Brandt said.",
        [("Ada Brandt", "“The river rose in the night. Nobody slept. We left at dawn,”")],
    ),
    # ... cue in the middle
    (
        "“The river rose in the night,” said Ada Brandt. “Nobody slept. We left at dawn.”",
        [("Ada Brandt", "“The river rose in the night,” ~ “Nobody slept. We left at dawn.”")],
    ),
    # ... over two paragraphs, the closing mark only at the end
    (
        "“The river rose in the night.\n“Nobody slept, and we left at dawn,” Ada Brandt said.",
        [("Ada Brandt", "“The river rose in the night. ~ “Nobody slept, and we left at dawn,”")],
    ),
    (
        "The mayor, Ada Brandt, said: “The river rose in the night.\n“Nobody slept, and we left at dawn.”",
        [("The mayor, Ada Brandt,", "“The river rose in the night. ~ “Nobody slept, and we left at dawn.”")],
    ),
    # an aside between speaker and cue
    (
        "Ada Brandt, who replaced Otto Roe in May, said the river will rise.",
        [("Ada Brandt, who replaced Otto Roe in May,", "the river will rise")],
    ),
    # a split quotation
    ("“The river,” she said, “will rise again this year.”", [("she", "“The river,” ~ “will rise again this year.”")]),
    # according to a document
    ("According to the report, the river will rise by a metre.", [("the report", "the river will rise by a metre")]),
    # a passive
    (
        "The mayor was described by Otto Roe as a stubborn negotiator.",
        [("Otto Roe", "The mayor ~ as a stubborn negotiator")],
    ),
    # a transcript
    (
        "BRANDT: The river will rise again this year.\nROE: I do not think that it will.\nBRANDT: We shall see about that.",
        [("BRANDT", "The river will rise again this year"), ("ROE", "I do not think that it will"), ("BRANDT", "We shall see about that")],
    ),
    # a tweet
    ("Ada Brandt tweeted: “The river will rise again this year.”", [("Ada Brandt", "“The river will rise again this year.”")]),
    # a poll
    (
        "A poll by Northlight found that most residents want a new bridge.",
        [("A poll by Northlight", "that most residents want a new bridge")],
    ),
    # an unnamed source
    (
        "A spokesman who asked not to be named said the bridge is unsafe.",
        [("A spokesman who asked not to be named", "the bridge is unsafe")],
    ),
    # a scare quote
    ("The “green” bridge opened on Monday.", []),
    # an unclosed mark
    ("He left “early that day.\nAda Brandt said the river will rise.", [("Ada Brandt", "the river will rise")]),
    # other marks
    ("''The river will rise,'' Ada Brandt said.", [("Ada Brandt", "''The river will rise,''")]),
    ("«The river will rise this year,» said Ada Brandt.", [("Ada Brandt", "«The river will rise this year,»")]),
    # two cues with one subject, two speakers in one sentence
    (
        "Ada Brandt said the river will rise, adding that boats must leave.",
        [("Ada Brandt", "the river will rise"), ("Ada Brandt", "that boats must leave")],
    ),
    (
        "Northlight said it has sold the plant, while Arden Group said it has bought two.",
        [("Northlight", "it has sold the plant"), ("Arden Group", "it has bought two")],
    ),
]


@pytest.fixture(scope="module")
def engine():
    return load_engine("model")


@pytest.fixture
def find(parse, engine):
    return lambda text: find_attributions(parse(text), engine=engine)


@pytest.mark.parametrize("text, expected", TABLE)
def test_who_said_what(find, text, expected):
    def words(spans):
        return " ~ ".join(span.of(text).rstrip(".") if "“" not in span.of(text) else span.of(text) for span in spans)

    assert [(words(one.source), words(one.content)) for one in find(text)] == expected


def test_what_somebody_puts_at_a_figure_is_said(find):
    [one] = find("The mayor of Velden put the cost of the dam at $3 million in 2027, and left.")
    assert (one.rule, one.mode.value) == ("put-at", "speech")
    assert [span.of("The mayor of Velden put the cost of the dam at $3 million in 2027, and left.") for span in one.content] == [
        "the cost of the dam at $3 million in 2027"
    ]
    assert find("The mayor of Velden put the lamp at the door.") == ()


@pytest.mark.parametrize("thing", ["the idea", "the plan"])
def test_a_stand_and_the_words_behind_its_colon_are_two(find, thing):
    text = f"Ada Brandt, the treasurer, rejected {thing}: “We have no money for a dam.”"
    stand, words = find(text)
    assert (stand.mode.value, stand.content[0].of(text)) == ("attitude", thing)
    assert (words.mode.value, words.content[0].of(text), words.continues) == ("speech", "“We have no money for a dam.”", 0)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Ada Brandt said that the river will rise.", "asserted"),
        ("Ada Brandt did not say that the river will rise.", "negated"),
        ("Ada Brandt would say that the river will rise.", "hypothetical"),
        ("Ada Brandt could not resist adding that the river rose.", "asserted"),
        ("Ada Brandt refused to say that the river will rise.", "negated"),
    ],
)
def test_said(find, text, expected):
    assert [one.said.value for one in find(text)] == [expected]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Ada Brandt criticised the plan as “crazy”.", "speech"),
        ("Ada Brandt criticised the plan.", "attitude"),
        ('Ada Brandt called the plan "a gift to the banks".', "speech"),  # marks hide the grammar
        ('Baker Otto Roe agreed: "It\'s cheaper to walk."', "speech"),
        ("Ada Brandt agreed with the plan.", "attitude"),
        ("Ada Brandt believes that the river will rise.", "thought"),
        ("She wants the council to act.", "thought"),
        ("Ada Brandt urged farmers to leave.", "speech"),
        ("Ada Brandt called for a new bridge.", "attitude"),
        ("Ada Brandt endorsed the plan for the bridge.", "attitude"),
        ("Police charged Otto Roe with theft.", "attitude"),
    ],
)
def test_mode(find, text, expected):
    assert [one.mode.value for one in find(text)] == [expected]


def test_inside_what_somebody_else_says(find):
    text = "Otto Roe said that Ada Brandt warned farmers that the river will rise."
    found = [(one.source[0].of(text), one.content[0].of(text), one.rule) for one in find(text)]
    assert found == [
        ("Otto Roe", "that Ada Brandt warned farmers that the river will rise", "tagger"),
        ("Ada Brandt", "that the river will rise", "nested"),
    ]


def test_an_indirect_statement_and_the_quotation_behind_it_are_two(find):
    text = "Ada Brandt said the river will rise. “Nobody can stop it, but we can leave.”"
    first, second = find(text)
    assert (first.kind.value, second.kind.value, second.continues) == ("indirect", "direct", 0)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("‘The ovens leak,’ Mr Oram said on Friday.", [("direct", "‘The ovens leak,’")]),
        ("Mr Oram said the bakers’ guild ‘never paid a penny’.", [("mixed", "the bakers’ guild ‘never paid a penny’")]),
        ("‘He told me “no” again,’ Mrs Oram said.", [("direct", "‘He told me “no” again,’")]),
        ("Mr Oram said the bakers’ guild never paid.", [("indirect", "the bakers’ guild never paid")]),
    ],
)
def test_single_marks_as_british_papers_set_them(find, text, expected):
    assert [(one.kind.value, one.content[0].of(text)) for one in find(text)] == expected


@pytest.mark.parametrize("name", ["model", "rules"])
def test_a_dateline_is_no_part_of_what_is_said(parse, engine, name):
    text = "ROME (Reuters) - The river rose by a metre in the night, Ada Brandt said on Friday."
    line = Span(0, len("ROME (Reuters) -"))
    [one] = find_attributions(parse(text), engine=engine if name == "model" else None, lines=[line])
    assert [piece.of(text) for piece in one.content] == ["The river rose by a metre in the night"]


@pytest.mark.parametrize(
    "text, source",
    [
        ("Jo Vale was quoted as saying that the river rose.", ["Jo Vale"]),
        ("Ministers accused of ‘sleepwalking’ into a water crisis", []),  # a headline leaves "are" out
        ("Ada Brandt accused ministers of ‘sleepwalking’ into a water crisis", ["Ada Brandt"]),
    ],
)
def test_the_subject_of_a_passive_speaks_only_where_it_is_quoted(find, text, source):
    [one] = find(text)
    assert [piece.of(text) for piece in one.source] == source


@pytest.mark.parametrize(
    ("text", "content"),
    [
        # a conjunction leads on to what is left out
        ("Ada Brandt backs the plan and, as her party does, fears the costs.", "the plan"),
    ],
)
def test_a_content_ends_where_its_clause_does(find, text, content):
    assert content in {one.content[-1].of(text) for one in find(text)}


@pytest.mark.parametrize(
    ("text", "lemma", "mode"),
    [
        ("The council ruled out a new dam on Monday.", "rule out", "speech"),
        ("Ada Brandt pointed out that the dam was old.", "point out", "speech"),
        # what somebody is called is nobody's thought
        ("Otto Roe was known as Red. He liked the dam.", "know", "attitude"),
    ],
)
def test_the_lemma_of_a_cue_has_its_particle(find, text, lemma, mode):
    assert (lemma, mode) in {(one.lemma, one.mode.value) for one in find(text)}
