"""The trained tagger on sentences made up for it; without the model or its runtime these are skipped."""

import itertools

import pytest

from kg.extract.attribution.signed import find_layouts
from kg.extract.attribution.tagger import (
    MODEL_FILE,
    RawAttribution,
    default_model_folder,
    load_attribution_model,
    tag_attributions,
    with_layouts,
)


@pytest.fixture(scope="module")
def model():
    pytest.importorskip("onnxruntime")
    if not (default_model_folder() / MODEL_FILE).exists():
        pytest.skip("the model is not installed")
    return load_attribution_model()


def words(text, spans):
    return " | ".join(text[start:end] for start, end in spans)


# text, source, cue, a part of the content
FOUND = [
    ("The harbour will close in May, the port authority said.", "the port authority", "said", "The harbour will close in May"),
    ('"We are short of nurses," Ada Kovač said on Monday.', "Ada Kovač", "said", "We are short of nurses"),  # direct
    ('"We are short of nurses," said Ada Kovač, who runs the clinic.', "Ada Kovač", "said", "We are short of nurses"),  # inverted
    ("“The bridge is safe,” the engineer said, “but the road is not.”", "the engineer", "said", "but the road is not"),  # around the cue
    ("According to the statistics office, rents rose by 4 percent.", "the statistics office", "According to", "rents rose by 4 percent"),
    (
        "Mr. Oduya, who replaced Ms. Lind, argued that the plan was too costly.",
        "Mr. Oduya",
        "argued",
        "the plan was too costly",
    ),  # an aside
    ("The report warned that the dam could fail within a decade.", "The report", "warned", "the dam could fail"),  # a document speaks
    ("A poll showed that most voters oppose the merger.", "A poll", "showed", "most voters oppose the merger"),
    ("Economists expect prices to fall next year.", "Economists", "expect", "prices to fall next year"),  # a thought
    ("The mayor never said that the school would close.", "The mayor", "said", "the school would close"),  # negated
    ("Officials, who asked not to be named, believe the fire was set on purpose.", "Officials", "believe", "the fire was set on purpose"),
    ("''Nobody told us,'' Ms. Haddad said.", "Ms. Haddad", "said", "Nobody told us"),  # typewriter marks
    ("The minister told reporters: «The talks have failed.»", "The minister", "told", "The talks have failed"),  # after a colon
]


@pytest.mark.parametrize("text, source, cue, content", FOUND)
def test_found(model, text, source, cue, content):
    found = tag_attributions(text, model)
    assert any(
        source in words(text, a.source) and cue.lower() in words(text, a.cue).lower() and content in words(text, a.content) for a in found
    ), [(words(text, a.source), words(text, a.cue), words(text, a.content)) for a in found]


def test_one_source_serves_two_cues(model):
    text = "The fishing fleet has shrunk by half, the union said, adding that 300 boats were scrapped last year."
    found = tag_attributions(text, model)
    assert [words(text, a.source) for a in found] == ["the union"] * 2


def test_facts_are_no_attributions(model):
    assert tag_attributions("The river is 90 kilometres long. It rises in the hills and flows into the sea.", model) == []


def test_no_words_no_attributions(model):
    assert tag_attributions("", model) == tag_attributions(" \n\n", model) == []


def test_offsets_are_code_points_into_the_text(model):
    text = "\ufeff😀 “Genoeg!” — The\u00a0baker, Zoë Çelik, said.\r\n\r\nShe denied that the bread was stale."
    for a in tag_attributions(text, model):
        assert a.content
        assert 0 <= a.score <= 1
        for start, end in (*a.source, *a.cue, *a.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()


def test_the_same_text_gives_the_same_attributions(model):
    text = "\n".join(case[0] for case in FOUND)
    assert tag_attributions(text, model) == tag_attributions(text, model)


def test_a_long_text_is_tagged_to_its_end_in_order(model):
    text = "\n".join(case[0] for case in itertools.islice(itertools.cycle(FOUND), 450))
    found = tag_attributions(text, model)
    assert len(found) > 400
    firsts = [min(a.source + a.cue + a.content) for a in found]
    assert firsts == sorted(firsts)
    assert firsts[-1][0] > len(text) - 200


def test_an_unclosed_mark_costs_its_paragraph_at_most(model):
    text = 'The clerk said: "The office is shut.\n\nThe harbour will close in May, the port authority said.'
    assert any(words(text, a.source) == "the port authority" for a in tag_attributions(text, model))


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="tagger"):
        load_attribution_model(tmp_path)


# --------------------------------------------------------------------------- layouts, which need no model

LAYOUTS = [
    ("“It leaks.” — Ida Holm", [("Ida Holm", "—", "“It leaks.”")]),
    ('"It leaks." - Ida Holm, baker.', [("Ida Holm, baker", "-", '"It leaks."')]),
    ("So she wrote.\n\n“It leaks.”\n— Ida Holm", [("Ida Holm", "—", "“It leaks.”")]),  # signed in the next paragraph
    ("“It leaks” - so she fixed it.", []),  # a dash, but no name
    ("“It leaks.”\n\nIda Holm left.", []),
    ("A well-known “baker” — Ida Holm", []),  # not the whole paragraph
    (
        "HOLM: Open?\nVANE: In June.\n(LAUGHTER)\nHOLM: Good.",
        [("HOLM", ":", "Open?"), ("VANE", ":", "In June."), ("HOLM", ":", "Good.")],
    ),
    (
        '"HOLM: Open?\n\n"VANE: In June.\n\n"(LAUGHTER.)\n\n"Or in July.\n\n"HOLM: Good."\n\nThen they left.',
        [("HOLM", ":", "Open?"), ("VANE", ":", "In June. | Or in July."), ("HOLM", ":", "Good.")],
    ),
    ("HOLM: Open?\nVANE: In June.", []),  # two turns are no transcript
    ("UPDATE: One.\nWATCH: Two.\nREAD MORE: Three.", []),
    ("", []),
]


@pytest.mark.parametrize("text, expected", LAYOUTS)
def test_layouts(text, expected):
    found = [(text[slice(*a.source)], text[slice(*a.cue)], words(text, a.content)) for a in find_layouts(text)]
    assert found == expected


def test_a_layout_takes_the_place_of_what_was_found_of_its_words():
    text = "“It leaks, and I fear it will fall.” — Ida Holm"
    same = RawAttribution(source=(), cue=((38, 39),), content=((0, 35),), score=0.95)
    inside = RawAttribution(source=((15, 16),), cue=((17, 21),), content=((22, 34),), score=0.8)
    unsure = RawAttribution(source=((15, 16),), cue=((17, 21),), content=((22, 34),), score=0.3)
    kept = with_layouts([same, inside, unsure], find_layouts(text))
    assert [(a.rule, words(text, a.source)) for a in kept] == [("layout", "Ida Holm"), ("tagger", "I")]


def test_without_layouts_nothing_changes():
    found = [RawAttribution(source=(), cue=((38, 39),), content=((0, 35),), score=0.95)]
    assert with_layouts(found, []) == found
