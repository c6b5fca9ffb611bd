"""What a claim says: tables of one sentence a row."""

import pytest

from kg import records as r
from kg.extract.attribution import FoundAttribution
from kg.extract.claims import find_facets, make_readable
from kg.extract.parse import load_pipeline
from kg.lexicon.rules import explain_rule

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def facets(nlp, sentence, *, mode=r.SpeechMode.SPEECH):
    """Of a sentence that opens with source and cue: `Brandt said | that rents fell.` The bar stands before the content; the cue is the words in brackets."""
    before, _, content = sentence.partition("|")
    source, _, cue = before.partition("[")
    cue = cue.strip().rstrip("]")
    text = f"{source}{cue} {content.strip()}"
    start = len(source)
    doc = nlp(text)
    span = doc.char_span(start, start + len(cue), alignment_mode="expand")
    verb = next((token for token in span if token.pos_ == "VERB"), span[0]) if cue else None
    found = FoundAttribution(
        source=(r.Span(0, len(source.rstrip())),) if source.strip() else (),
        cue=(r.Span(start, start + len(cue)),) if cue else (),
        content=(r.Span(text.index(content.strip()), len(text)),),
        anchor=None,
        lemma=verb.lemma_.lower() if verb is not None else None,
        mode=mode,
        kind=r.AttributionKind.INDIRECT,
        said=r.Said.ASSERTED,
        rule="test",
        confidence=1.0,
    )
    return find_facets(doc, found)


@pytest.mark.parametrize(
    ("sentence", "kind", "modality"),
    [
        ("Brandt [said] | that rents fell in May.", "fact", "none"),
        ("Brandt [said] | that rents will fall.", "prediction", "will"),
        ("Brandt [said] | the bank was going to close.", "prediction", "will"),
        ("Brandt [said] | that farmers should sow later.", "recommendation", "should"),
        ("Brandt [said] | the town must build a wall.", "recommendation", "must"),
        ("Brandt [said] | that they need to act now.", "recommendation", "must"),
        ("Brandt [said] | , “Wait until May.”", "recommendation", "should"),
        ("Brandt [urged] | farmers to sow later.", "recommendation", "should"),
        ("Brandt [vowed] | to build a wall.", "prediction", "will"),
        ("Brandt [said] | it is time to act.", "recommendation", "none"),
        ("Brandt [said] | that the plan was a mistake.", "evaluation", "none"),
        ("Brandt [said] | that the plan is reckless.", "evaluation", "none"),
        ("Brandt [said] | it was the best harvest in years.", "evaluation", "none"),
        ("Brandt [said] | she was glad that rain fell.", "evaluation", "none"),
        ("Brandt [said] | , “I think the price is too high.”", "evaluation", "none"),
        ("Brandt [said] | that rents could fall if banks closed.", "prediction", "might"),
        ("Brandt [said] | she could not see the wall.", "fact", "can"),
        ("Brandt [said] | , “I think rents will fall.”", "prediction", "will"),
        ("Brandt [said] | that Kari Moe was best able to run the port.", "evaluation", "can"),
        ("Brandt [sees] | the plan as a trap.", "evaluation", "none"),
        ("Brandt [likened] | the plan to a leaking boat that must sink.", "evaluation", "none"),
        ("Brandt [said] | that the harbour is in poor shape.", "evaluation", "none"),
        ("Brandt [said] | there is no excuse for the delay.", "evaluation", "none"),
        ("Brandt [said] | there are credible threats.", "fact", "none"),
        ("Brandt [said] | that the farmers are angry.", "fact", "none"),  # what others feel
        ("Brandt [said] | that money is needed to mend the wall.", "recommendation", "none"),
        ("Brandt [said] | that likely voters stayed at home.", "fact", "none"),
        ("Brandt [said] | that farmers sow late because they must wait.", "fact", "none"),  # of another clause
        ("Brandt [said] | that rents fell and that they will fall again.", "fact", "none"),  # the first of two
    ],
)
def test_kind_and_modality(nlp, sentence, kind, modality):
    found = facets(nlp, sentence)
    assert (found.kind.value, found.modality.value) == (kind, modality)


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("Brandt [said] | that rents fell.", "positive"),
        ("Brandt [said] | that rents did not fall.", "negative"),
        ("Brandt [said] | that rents would never fall.", "negative"),
        ("Brandt [said] | there were no threats.", "negative"),
        ("Brandt [said] | that farmers learned nothing.", "negative"),
        ("Brandt [said] | , “I don't think it's cheap.”", "negative"),
        ("Brandt [said] | that it was not only cheap.", "positive"),
        ("Brandt [said] | she was glad that nobody fell.", "positive"),  # in another clause
        ("Brandt [said] | that the bank refused to pay.", "positive"),  # a negative sense is no negation
        ("Brandt [denied] | that she lied.", "negative"),
    ],
)
def test_polarity(nlp, sentence, polarity):
    assert facets(nlp, sentence).polarity.value == polarity


@pytest.mark.parametrize(
    ("sentence", "certainty", "tense"),
    [
        ("Brandt [said] | that rents fell.", "certain", "past"),
        ("Brandt [said] | that rents are falling.", "certain", "present"),
        ("Brandt [said] | that rents will fall.", "certain", "future"),
        ("Brandt [said] | that rents may fall.", "possible", "present"),
        ("Brandt [said] | that rents will probably fall.", "probable", "future"),
        ("Brandt [said] | that rents are unlikely to fall.", "doubtful", "present"),
    ],
)
def test_certainty_and_tense(nlp, sentence, certainty, tense):
    found = facets(nlp, sentence)
    assert (found.certainty.value, found.tense.value) == (certainty, tense)


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "neutral"),
        ("added", "neutral"),
        ("agreed", "neutral"),
        ("insisted", "assertive"),
        ("warned", "assertive"),
        ("acknowledged", "supportive"),
        ("pointed out", "supportive"),
        ("claimed", "distancing"),
        ("alleged", "distancing"),
        ("even suggested", "distancing"),
    ],
)
def test_stance(nlp, cue, stance):
    assert facets(nlp, f"Brandt [{cue}] | that rents fell.").stance.value == stance


def test_an_attitude_makes_no_claim(nlp):
    assert facets(nlp, "Brandt [backed] | the plan.", mode=r.SpeechMode.ATTITUDE).judgements() == ()


@pytest.mark.parametrize("content", ["“”", "“ ... ”", "Rain", "no", "—", "word " * 10_000, "if " * 500, "not not not not"])
def test_hostile_contents(nlp, content):
    found = facets(nlp, f"Brandt [said] | {content}")
    assert found.stance is not None
    assert {judgement.aspect for judgement in found.judgements()} <= set(r.Aspect)


def test_every_rule_is_explained(nlp):
    sentences = [
        "Brandt [said] | that rents fell.",
        "Brandt [urged] | farmers to sow later.",
        "Brandt [denied] | that the plan could be a mistake.",
    ]
    made = {(judgement.aspect, judgement.rule) for sentence in sentences for judgement in facets(nlp, sentence).judgements()}
    assert len(made) > 10
    assert [rule for aspect, rule in made if not explain_rule(rule, stage=aspect.value)] == []


TEXT = "She said he will leave. It rained."


def mention(words, agent, confidence=0.9, form=r.MentionForm.PRONOUN):
    start = TEXT.index(words)
    return r.Mention(r.Span(start, start + len(words)), form, agent, "test", confidence)


@pytest.mark.parametrize(
    ("mentions", "readable"),
    [
        ([mention("he ", "a1")], None),  # a span that is not the pronoun's
        ([mention("he", "a1")], None),  # the first "he" of the text stands in "She"
        ([r.Mention(r.Span(9, 11), r.MentionForm.PRONOUN, "a1", "test", 0.9)], "he [Otto Roe] will leave"),
        ([r.Mention(r.Span(9, 11), r.MentionForm.PRONOUN, "a1", "test", 0.6)], None),  # not sure
        ([r.Mention(r.Span(9, 11), r.MentionForm.PRONOUN, "a2", "test", 0.9)], None),  # nobody's name
        ([], None),  # a pronoun that is not resolved
    ],
)
def test_readable(mentions, readable):
    found = make_readable(TEXT, (r.Span(9, 22),), mentions, {"a1": "Otto Roe"})
    assert (found.value if found else None) == readable


def test_what_leans_on_nothing_needs_no_other_form():
    assert make_readable(TEXT, (r.Span(24, 33),), [], {}) is None
