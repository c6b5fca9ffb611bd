"""What holds for any text: offsets inside it, the same bytes twice, JSON there and back."""

import json
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import BadRecord
from kg.extract.article import extract_article
from kg.extract.parse import load_pipeline
from kg.extract.quotations import find_quotations
from kg.interchange import from_json, to_json
from kg.records import Article

PIECES = [
    "Ada Brandt said the river will rise.",
    '"We waited," she said. "Nobody came."',
    "According to the report, 12 percent left.",
    "“An open quotation",
    "”",
    "''",
    "Otto Roe, director of Norden University, added that boats must leave,",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\u00a0",
    "\u200b",
    "ﬁ",
    "🎈",
    "e\u0301",
    "said",
    "that",
    "(",
    "—",
    "-" * 50,
    "THE RIVER ROSE, BRANDT SAYS",
    "<script>alert(1)</script>",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=12).map(" ".join).filter(str.strip)


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


@given(TEXTS)
def test_quotations_are_sorted_apart_and_inside(text):
    found = find_quotations(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(quotation.span.end <= len(text) for quotation in found)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_extraction_of_any_text(nlp, text):
    if any("\ud800" <= char <= "\udfff" for char in text):
        return  # room 1 lets no lone surrogate in
    article = Article("a", text)
    extraction = extract_article(nlp, article)
    line = to_json(extraction)
    assert "\n" not in line
    assert from_json(line) == extraction
    assert to_json(extract_article(nlp, article)) == line
    for span in extraction.spans():
        assert 0 <= span.start < span.end <= len(text)
    for attribution in extraction.attributions:
        for cue in attribution.cue:
            assert not any(cue.overlaps(piece) for piece in attribution.content)


@given(st.text(max_size=40))
def test_what_is_no_extraction_is_refused_in_one_line(line):
    with pytest.raises(BadRecord) as caught:
        from_json(line)
    assert "Write it with" in str(caught.value)


@pytest.mark.parametrize("missing", ["id", "text", "agents", "attributions", "model"])
def test_a_missing_key_is_named(missing):
    whole = json.loads(to_json(_small()))
    del whole[missing]
    with pytest.raises(BadRecord, match=missing):
        from_json(json.dumps(whole))


def _small():
    from kg.records import Extraction, ModelVersions

    return Extraction(Article("a", "Rain."), ModelVersions("p", "a", "k"))
