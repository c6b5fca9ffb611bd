"""The rules engine, a sentence or two a row: source, cue and content of each attribution. All people are invented."""

import pytest

from kg.extract.attribution import find_attributions
from kg.extract.attribution.rules import find_by_rules
from kg.extract.quotations import find_quotations
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
    # a passive without an agent: said by nobody in particular
    ("The river is expected to rise.", [("", "is expected", "The river ~ to rise")]),
    # a scare quote and a title are no statements
    ('The "green" bridge opened on Monday.', []),
    ('She reviewed "The Long Winter" in May.', []),
    ("The bridge opened on Monday.", []),
    # a quotation without anybody
    ('"Nobody came to help us in the night."', []),
    # several sentences in one quotation, several paragraphs of which only the last closes
    (
        "“We waited. Nobody came. Then the water rose,” Ada Brandt said.",
        [("Ada Brandt", "said", "“We waited. Nobody came. Then the water rose,”")],
    ),
    ("“We waited.\n“Nobody came to help us,” she said.", [("she", "said", "“We waited. ~ “Nobody came to help us,”")]),
    # a quotation goes on behind what the speaker added
    (
        "“It's late,” Ada Brandt said, adding that she was tired. “We must go home.”",
        [("Ada Brandt", "said", "“It's late,” ~ “We must go home.”"), ("Ada Brandt", "adding", "that she was tired")],
    ),
    # the cue cuts a sentence, quoted or not
    ("“The river,” she said, “will rise again this year.”", [("she", "said", "“The river,” ~ “will rise again this year.”")]),
    ("The river, Ada Brandt said, will rise again.", [("Ada Brandt", "said", "The river ~ will rise again")]),
    ("The keys, which he said were lost, lay on the table.", [("he", "said", "which ~ were lost")]),
    # only the end of a statement is quoted; a mixed quotation
    ("Taxing them ''is a misguided approach,'' Mr. Vane said.", [("Mr. Vane", "said", "Taxing them ''is a misguided approach,''")]),
    ("Ada Brandt criticised the dam as “a crazy idea”.", [("Ada Brandt", "criticised", "the dam as “a crazy idea”")]),
    # lists of quotations, before and behind the name
    (
        "Ada Brandt - “The river will rise again this year.”\nJon Vane - “The dam will hold until spring.”",
        [("Ada Brandt", "-", "“The river will rise again this year.”"), ("Jon Vane", "-", "“The dam will hold until spring.”")],
    ),
    ("“The river will rise again.” — Ada Brandt, hydrologist", [("Ada Brandt, hydrologist", "—", "“The river will rise again.”")]),
    # a transcript; an embedded post; a headline
    (
        "ROE: When do you open?\nVANE: We open it in June.\nROE: Is that certain?",
        [("ROE", ":", "When do you open?"), ("VANE", ":", "We open it in June."), ("ROE", ":", "Is that certain?")],
    ),
    ("The river rises again. — Ada Brandt (@adabrandt) May 3, 2024", [("Ada Brandt (@adabrandt)", "—", "The river rises again.")]),
    # a label is no speaker
    ("UPDATE: The bridge opened on Monday.", []),
    # tweets, documents, polls and the unnamed as sources
    ("Ada Brandt tweeted that the river will rise.", [("Ada Brandt", "tweeted", "that the river will rise")]),
    ("The report says the river will rise by a metre.", [("The report", "says", "the river will rise by a metre")]),
    ("A poll shows that most farmers want a dam.", [("A poll", "shows", "that most farmers want a dam")]),
    ("Officials said the bridge would open in June.", [("Officials", "said", "the bridge would open in June")]),
    # passives with an agent
    ("The plan was endorsed by Ada Brandt.", [("Ada Brandt", "was endorsed", "The plan")]),
    ("The plan was denounced by Ada Brandt as a waste of money.", [("Ada Brandt", "was denounced", "The plan ~ as a waste of money")]),
    # two speakers joined by a conjunction
    (
        "Ada Brandt said the river will rise, and Jon Vane said it will fall.",
        [("Ada Brandt", "said", "the river will rise"), ("Jon Vane", "said", "it will fall")],
    ),
    # contents that are no clauses
    ("Ada Brandt urged farmers to sell.", [("Ada Brandt", "urged", "farmers to sell")]),
    ("Ada Brandt called for a new dam.", [("Ada Brandt", "called for", "a new dam")]),
    ("Ada Brandt called the dam a mistake.", [("Ada Brandt", "called", "the dam a mistake")]),
    # what a speaker says of thoughts belongs to the speech
    ('"I think it will rain," Ada Brandt said.', [("Ada Brandt", "said", '"I think it will rain,"')]),
    # a condition
    ("If Ada Brandt says that the river will rise, people will leave.", [("Ada Brandt", "says", "that the river will rise")]),
    # two apostrophes and angle marks
    ("''We waited all night,'' Ada Brandt said.", [("Ada Brandt", "said", "''We waited all night,''")]),
    ("«We waited all night», Ada Brandt said.", [("Ada Brandt", "said", "«We waited all night»")]),
    # an act is no attribution
    ("Ada Brandt baked a cake.", []),
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
        ("If Ada Brandt says that the river will rise, people will leave.", "hypothetical"),
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


def test_a_statement_within_a_statement_is_found_on_request(parse):
    doc = parse("Ada Brandt said that Jon Vane believes the river will rise.")
    quotations = find_quotations(doc.text)
    assert [one.lemma for one in find_by_rules(doc, quotations)] == ["say"]
    assert [one.lemma for one in find_by_rules(doc, quotations, nested=True)] == ["say", "believe"]


def test_a_surer_cue_has_a_higher_confidence(parse):
    said = find_attributions(parse("Ada Brandt said that the river rose."))[0]
    backed = find_attributions(parse("Ada Brandt backed the plan."))[0]
    assert 0.45 <= backed.confidence < said.confidence <= 1


def test_nothing_is_taken_from_barred_text(parse):
    text = "Ada Brandt said the river will rise.\nJo Roe said it will not rise."
    doc = parse(text)
    kept = find_attributions(doc, barred=[Span(text.index("Jo"), len(text))])
    assert [one.source[0].of(text) for one in kept] == ["Ada Brandt"]
