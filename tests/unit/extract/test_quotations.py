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
    ("‘The ovens leak,’ Mr Oram said. ‘They always did.’", ["‘The ovens leak,’", "‘They always did.’"]),  # British single marks
    ("‘It doesn’t work,’ she said.", ["‘It doesn’t work,’"]),  # an apostrophe inside a word closes nothing
    ("‘The workers’ rights come first,’ she said.", ["‘The workers’ rights come first,’"]),  # nor does a possessive
    ("It ‘tells you how little anyone knows’.", ["‘tells you how little anyone knows’"]),  # the stop stands behind the mark
    ("He called them ‘losers’ and left.", ["‘losers’"]),  # a plural, and nothing later that could close
    ("‘He told me “no” again,’ she said.", ["‘He told me “no” again,’"]),  # nested doubles belong to the outer one
    ("Back in the ‘90s the bakers’ guild failed.", []),  # an apostrophe turned the wrong way
    ("The bakers’ guild and the millers’ guild met.", []),  # possessives alone
    ("He said ‘yes and “left” the room.", ["“left”"]),  # never closed
    ("‘half a “pair’ of marks”", ["“pair’ of marks”"]),  # crossing pairs
    ("‘First part.\n‘Second part,’ he said.", ["‘First part.", "‘Second part,’"]),  # runs over a paragraph
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
    assert len(find_quotations("‘a’ " * 20_000)) == 20_000
    assert find_quotations("‘a the bakers’ b " * 20_000)[0].span.start == 0
    assert find_quotations(" ‘" * 20_000) == ()
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
