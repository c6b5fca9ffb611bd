"""Places: apart from each other, the same each time, and in the shape of the screen."""

import itertools
import math
import random

import pytest

from kg.show.layout import Box, Link, fan, place


def overlaps(boxes, points):
    for (a, (ax, ay)), (b, (bx, by)) in itertools.combinations(zip(boxes, points, strict=True), 2):
        apart_across = abs(ax - bx) >= a.half_width + b.half_width
        upper, lower, gap = (a, b, by - ay) if ay <= by else (b, a, ay - by)
        if not apart_across and gap < upper.below + lower.above:
            yield a, b


def tree(count, seed):
    dice = random.Random(seed)
    boxes = [Box(dice.uniform(30, 90), dice.choice([26, 90]), dice.choice([49, 66, 83])) for _ in range(count)]
    return boxes, [Link(child, dice.randrange(child), dice.uniform(150, 300)) for child in range(1, count)]


@pytest.mark.parametrize(("count", "seed"), [(1, 0), (2, 1), (3, 2), (8, 3), (15, 4), (40, 5), (90, 6)])
@pytest.mark.parametrize("aspect", [1.4, 0.72])
def test_boxes_of_a_tree_do_not_overlap(count, seed, aspect):
    boxes, links = tree(count, seed)
    points = place(boxes, links, aspect=aspect)
    assert len(points) == count
    assert not list(overlaps(boxes, points))


def test_components_do_not_overlap():
    boxes, links = tree(60, 7)
    links = [link for number, link in enumerate(links) if number % 3]
    assert not list(overlaps(boxes, place(boxes, links)))


def test_many_components_are_placed_and_do_not_overlap():
    boxes = [Box(40 + number % 50, 26, 50) for number in range(600)]
    links = [Link(number, number + 1, 180) for number in range(0, 600, 2)]
    points = place(boxes, links)
    assert not list(overlaps(boxes, points))
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    assert 1 < width / height < 2.2


def test_above_a_thousand_in_one_component_nodes_still_stand_apart():
    boxes = [Box(30, 26, 40)] * 1_200
    points = place(boxes, [Link(0, number, 150) for number in range(1, 1_200)])
    assert len(set(points)) == 1_200


def test_the_shape_follows_the_screen():
    boxes, links = tree(14, 8)

    def shape(aspect):
        xs, ys = zip(*place(boxes, links, aspect=aspect), strict=True)
        return (max(xs) - min(xs)) / (max(ys) - min(ys))

    assert shape(1.4) > 1.2 > shape(0.6)


def test_links_to_oneself_and_doubled_links_change_nothing():
    boxes = [Box(40, 30, 50)] * 3
    links = [Link(0, 1, 160), Link(1, 2, 200)]
    assert place(boxes, [*links, Link(1, 1, 90), Link(1, 0, 150)]) == place(boxes, links)


def test_nothing_has_no_places():
    assert place([], []) == []


@pytest.mark.parametrize("count", [1, 2, 5, 8, 17, 40])
def test_statements_stand_apart_above_their_speaker(count):
    points = fan(count)
    assert len(points) == count
    assert all(math.dist(a, b) > 26 for a, b in itertools.combinations(points, 2))
    assert all(math.hypot(x, y) > 45 for x, y in points)
    assert [x for x, _ in points[:7]] == sorted(x for x, _ in points[:7])
