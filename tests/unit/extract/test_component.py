"""The spaCy component in somebody else's pipeline."""

import pytest
from spacy.tokens import Doc

from kg.extract.attribution import FoundAttribution
from kg.extract.parse import load_pipeline

pytestmark = pytest.mark.slow

TEXTS = [
    "It will rain, said Ada Brandt.",
    'Otto Roe wrote: "Nobody came to help us." Jo Lee denied that.',
    "Nobody spoke.",
]


@pytest.fixture(scope="module", params=["rules", "model"])
def pipeline(request):
    nlp = load_pipeline()
    nlp.add_pipe("kg_attributions", config={"engine": request.param})
    return nlp


def seen(doc):
    return [(group, span.text, span.label_) for group in ("kg_source", "kg_cue", "kg_content") for span in doc.spans[group]]


def test_spans_and_records_agree(pipeline):
    doc = pipeline(TEXTS[0])
    (one,) = doc._.kg_attributions
    assert isinstance(one, FoundAttribution)
    assert seen(doc) == [("kg_source", "Ada Brandt", "1"), ("kg_cue", "said", "1"), ("kg_content", "It will rain", "1")]
    assert one.content[0].of(doc.text) == "It will rain"


def test_bytes_keep_everything(pipeline):
    doc = pipeline(TEXTS[1])
    again = Doc(pipeline.vocab).from_bytes(doc.to_bytes())
    assert seen(again) == seen(doc)
    assert again._.kg_attributions == doc._.kg_attributions
    assert doc._.kg_attributions


def test_two_processes_find_what_one_finds(pipeline):
    one = [(seen(doc), doc._.kg_attributions) for doc in pipeline.pipe(TEXTS)]
    two = [(seen(doc), doc._.kg_attributions) for doc in pipeline.pipe(TEXTS, n_process=2, batch_size=1)]
    assert one == two


def test_what_it_says_of_itself(pipeline):
    assert pipeline.analyze_pipes()["problems"]["kg_attributions"] == []
    assert "doc._.kg_attributions" in pipeline.get_pipe_meta("kg_attributions").assigns
