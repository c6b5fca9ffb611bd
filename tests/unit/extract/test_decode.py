"""From scores to tags, from tags and link vectors to attributions."""

import itertools

import numpy as np
import pytest

from kg.extract.attribution.confidence import SIGNS, confidence, confidence_signs
from kg.extract.attribution.decode import CONTENT, CUE, SOURCE, TAGS, best_tags, distance_buckets, forbid, spans_of
from kg.extract.attribution.linking import WindowLinks, link


def allowed(tags):
    return all(tag % 2 or tag == 0 or before in (tag - 1, tag) for before, tag in zip((0, *tags), tags, strict=False))


def test_the_best_sequence_is_the_best_of_all_allowed_ones():
    chance = np.random.default_rng(3)
    for _ in range(5):
        scores, steps = chance.normal(size=(4, TAGS)), chance.normal(size=(TAGS, TAGS))
        paths = [path for path in itertools.product(range(TAGS), repeat=4) if allowed(path)]
        worth = [
            sum(scores[k, tag] for k, tag in enumerate(path)) + sum(steps[a, b] for a, b in itertools.pairwise(path)) for path in paths
        ]
        assert tuple(best_tags(scores, steps)) == paths[int(np.argmax(worth))]


def test_no_pieces_no_tags():
    assert best_tags(np.zeros((0, TAGS)), np.zeros((TAGS, TAGS))).tolist() == []


def test_forbidding_leaves_the_given_transitions_alone():
    steps = np.zeros((TAGS, TAGS))
    assert forbid(steps).min() < -1000
    assert not steps.any()


@pytest.mark.parametrize(
    "tags, expected",
    [
        ([], []),
        ([0, 0], []),
        ([1, 2, 0, 3], [(SOURCE, 0, 2), (CUE, 3, 4)]),
        ([5, 5, 6], [(CONTENT, 0, 1), (CONTENT, 1, 3)]),  # two contents side by side
        ([1, 3, 5, 6], [(SOURCE, 0, 1), (CUE, 1, 2), (CONTENT, 2, 4)]),
    ],
)
def test_spans(tags, expected):
    assert spans_of(np.array(tags, dtype=np.int64)) == expected


def test_buckets_tell_direction_and_near_steps_apart():
    near = distance_buckets(np.arange(-5, 6))
    assert len(set(near.tolist())) == 11
    assert set(distance_buckets(np.arange(-400, 401)).tolist()) <= set(range(32))


def window(length, points, start=0):
    """A window in which piece i points to piece j, both counted in the text, for each (kind, i, j) of `points`; j None is "none"."""
    pointers = np.full((2, length, length + 1), 0.001, dtype=np.float32)
    for kind, here, there, *chance in points:
        pointers[kind, here - start, 0 if there is None else there - start + 1] = chance[0] if chance else 0.95
    return WindowLinks(start, start + length, pointers)


def flat(length):
    """Scores that say nothing."""
    return np.full((length, TAGS), np.log(1 / TAGS))


def test_one_source_serves_two_cues():
    # She said [..], adding that [..]
    spans = [(SOURCE, 0, 1), (CUE, 1, 2), (CONTENT, 2, 4), (CUE, 5, 6), (CONTENT, 6, 8)]
    windows = [window(9, [(0, 2, 1), (0, 3, 1), (0, 6, 5), (0, 7, 5), (1, 1, 0), (1, 5, 0)])]
    first, second = link(spans, flat(9), windows)
    assert (first.source, first.cue, first.content) == (((0, 1),), ((1, 2),), ((2, 4),))
    assert (second.source, second.cue, second.content) == (((0, 1),), ((5, 6),), ((6, 8),))


def test_a_cue_may_have_no_source_and_a_content_two_pieces():
    spans = [(CONTENT, 0, 2), (CUE, 3, 4), (SOURCE, 4, 5), (CONTENT, 5, 7)]
    windows = [window(8, [(0, 0, 3), (0, 1, 3), (0, 5, 3), (0, 6, 3), (1, 3, None)])]
    [found] = link(spans, flat(9), windows)
    assert found.source == ()
    assert found.content == ((0, 2), (5, 7))


def test_a_cue_without_content_and_a_content_without_cue_give_nothing():
    assert link([(CUE, 0, 1)], flat(4), [window(4, [])]) == []
    assert link([(CONTENT, 0, 1)], flat(4), [window(4, [])]) == []
    assert link([], flat(0), []) == []


def test_a_second_content_that_points_elsewhere_is_let_go():
    spans = [(CUE, 0, 1), (CONTENT, 1, 3), (CONTENT, 5, 7)]
    [found] = link(spans, flat(9), [window(9, [(0, 1, 0), (0, 2, 0), (0, 5, 0, 0.4), (0, 6, 0, 0.4)])])
    assert found.content == ((1, 3),)


def test_a_place_pointed_to_firmly_becomes_a_cue_and_a_source():
    spans = [(CONTENT, 3, 5)]
    scores = flat(6)
    scores[2, 2 + 2 * CUE] = 0.0  # the cue runs over pieces 1 and 2
    [found] = link(spans, scores, [window(6, [(0, 3, 1), (0, 4, 1), (1, 1, 0), (1, 2, 0)])])
    assert found.cue == ((1, 3),)
    assert found.source == ((0, 1),)


def test_a_place_that_the_tags_rule_out_does_not():
    scores = flat(6)
    scores[1] = np.log([0.94, *[0.01] * 6])
    assert link([(CONTENT, 3, 5)], scores, [window(6, [(0, 3, 1), (0, 4, 1)])]) == []


def test_pairs_that_no_window_holds_are_not_linked():
    spans = [(CUE, 0, 1), (CONTENT, 9, 11)]
    assert link(spans, flat(11), [window(5, []), window(6, [], start=5)]) == []


def test_confidence_rises_with_the_scores():
    spans = [(SOURCE, 0, 1), (CUE, 1, 2), (CONTENT, 2, 4)]
    [found] = link(spans, flat(5), [window(5, [(0, 2, 1), (0, 3, 1), (1, 1, 0)])])
    sure = np.log(np.full((5, TAGS), 0.01) + np.eye(TAGS)[[1, 3, 5, 6, 0]] * 0.93)
    unsure = np.log(np.full((5, TAGS), 0.1) + np.eye(TAGS)[[1, 3, 5, 6, 0]] * 0.3)
    assert len(confidence_signs(found, sure)) == len(SIGNS)
    assert 0 < confidence(confidence_signs(found, unsure), ()) < confidence(confidence_signs(found, sure), ()) <= 1
    weights = (1.0, *[0.5] * len(SIGNS))
    assert 0 <= confidence(confidence_signs(found, sure), weights) <= 1
