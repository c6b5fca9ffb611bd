"""What the records refuse, and what makes two articles the same."""

import pytest

from kg.records import (
    Agent,
    AgentKind,
    Article,
    Attribution,
    AttributionKind,
    Extraction,
    Mention,
    MentionForm,
    ModelVersions,
    Region,
    RegionKind,
    Role,
    Span,
    SpeechMode,
)

VERSIONS = ModelVersions("pipeline 1", "rules 1", "0")
ARTICLE = Article("a", "Ada Brandt said it will rain.")
ADA = Agent("a1", AgentKind.PERSON, "Ada Brandt")
NAMED = Mention(Span(0, 10), MentionForm.NAME, "a1", "test", 1.0)


def attribution(**changes):
    values = {
        "id": "c1",
        "kind": AttributionKind.INDIRECT,
        "source": (Span(0, 10),),
        "cue": (Span(11, 15),),
        "content": (Span(16, 28),),
        "speaker": "a1",
        "lemma": "say",
        "mode": SpeechMode.SPEECH,
        "rule": "test",
        "confidence": 0.5,
    }
    return Attribution(**(values | changes))


@pytest.mark.parametrize("start, end", [(0, 0), (3, 2), (-1, 2)])
def test_a_span_holds_characters(start, end):
    with pytest.raises(ValueError, match="empty or negative"):
        Span(start, end)


def test_an_article_has_text_and_its_regions_lie_inside():
    with pytest.raises(ValueError, match="without text"):
        Article("a", " \n")
    with pytest.raises(ValueError, match="leaves the text"):
        Article("a", "Rain.", regions=(Region(Span(0, 6), RegionKind.HEADLINE),))


@pytest.mark.parametrize(
    "one, other, same",
    [
        (Article("1", "Rain.", url="https://a.example/1"), Article("2", "Snow.", url="https://a.example/1"), True),  # a url decides
        (Article("1", "Rain.", source_name="f", given_id=True), Article("1", "Snow.", source_name="f", given_id=True), True),
        (Article("1", "Rain.", source_name="f", given_id=True), Article("1", "Rain.", source_name="g", given_id=True), False),
        (Article("1", "Rain.", source_name="f"), Article("2", "Rain.", source_name="g"), True),  # nothing but the text
        (Article("1", "Rain."), Article("1", "Snow."), False),
    ],
)
def test_key(one, other, same):
    assert (one.key == other.key) is same


def test_metadata_make_another_version():
    assert Article("a", "Rain.").version != Article("a", "Rain.", title="Rain").version
    assert Article("a", "Rain.").version == Article("b", "Rain.").version


@pytest.mark.parametrize(
    "changes, told",
    [
        ({"content": ()}, "without content"),
        ({"content": (Span(16, 20), Span(18, 28))}, "overlap or are not sorted"),
        ({"confidence": 1.5}, "not between 0 and 1"),
    ],
)
def test_attribution_refuses(changes, told):
    with pytest.raises(ValueError, match=told):
        attribution(**changes)


def test_a_role_says_something_and_rests_on_words():
    with pytest.raises(ValueError, match="without evidence"):
        Role("a1", "chemist", None, False, (), "test", 1.0)
    with pytest.raises(ValueError, match="without title and organisation"):
        Role("a1", None, None, False, (Span(0, 3),), "test", 1.0)


@pytest.mark.parametrize(
    "parts, told",
    [
        ({"agents": (ADA, ADA)}, "stands twice"),
        ({"agents": (ADA,), "mentions": ()}, "without a mention"),
        ({"agents": (ADA,), "attributions": (attribution(speaker="a9"),)}, "unknown agent a9"),
        ({"agents": (ADA,), "attributions": (attribution(content=(Span(16, 99),)),)}, "a span ends at 99, the text at 29"),
    ],
)
def test_extraction_refuses(parts, told):
    with pytest.raises(ValueError, match=told):
        Extraction(ARTICLE, VERSIONS, **({"mentions": (NAMED,)} | parts))


def test_a_whole_extraction_is_accepted():
    whole = Extraction(ARTICLE, VERSIONS, agents=(ADA,), mentions=(NAMED,), attributions=(attribution(),))
    assert max(span.end for span in whole.spans()) == 28
