"""Which words stand between which quotation marks. No language pipeline."""

from itertools import pairwise

import pytest

from kg.extract.quotations import find_quotations

TABLE = [
    ('He said "yes" twice.', ['"yes"']),  # straight
    ("She said “no”.", ["“no”"]),  # curly
    ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),  # split by its cue
    ("Er sagte „ja“ dazu.", ["„ja“"]),  # low and high
    ("Il dit « oui » ici.", ["« oui »"]),  # guillemets
    ("「はい」 and 『いいえ』", ["「はい」", "『いいえ』"]),  # corner brackets
    ("``Yes,'' he said.", ["``Yes,''"]),  # typed for double marks
    ("''Yes,'' he said.", ["''Yes,''"]),  # two apostrophes
    ("“He told me ‘no’ again,” she said.", ["“He told me ‘no’ again,”"]),  # nested singles belong to the outer one
    ('He is 6\'2" tall and said "yes" to it.', ['"yes"']),  # inches open nothing
    ('He said "yes and left.', []),  # never closed
    ('An "open one.\nThen "a whole one" here.', ['"a whole one"']),  # costs its own paragraph alone
    ("“First part.\n“Second part.”", ["“First part.", "“Second part.”"]),  # runs over a paragraph
    ("“First.\n\n“Second.\n\n“Third,” she said.", ["“First.", "“Second.", "“Third,”"]),  # over three, with empty lines between
    ('"First.\n"Second," she said.', ['"First.', '"Second,"']),  # the same with straight marks
    ("No marks at all.", []),
    ("", []),
]


@pytest.mark.parametrize("text, expected", TABLE)
def test_words_between_marks(text, expected):
    assert [quotation.span.of(text) for quotation in find_quotations(text)] == expected


def test_only_a_quotation_that_runs_on_is_open():
    assert [quotation.closed for quotation in find_quotations("“First.\n“Second.”\n“Third.”")] == [False, True, True]


def test_many_open_marks_take_no_more_than_linear_work():
    """A hostile line of marks: as many quotations as pairs, none overlapping."""
    found = find_quotations('"a" ' * 20_000)
    assert len(found) == 20_000
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
