"""The loader of word lists, and every list in the package by its rules."""

from importlib.resources import files

import pytest

from kg.lexicon import load_table, parse_table

TABLES = sorted(entry.name.removesuffix(".tsv") for entry in files("kg.lexicon").iterdir() if entry.name.endswith(".tsv"))


def test_there_are_tables():
    assert "boilerplate" in TABLES


@pytest.mark.parametrize("name", TABLES)
def test_every_list_of_the_package_keeps_the_rules(name):
    rows = load_table(name)
    assert rows
    assert {"source", "example"} & set(rows[0]), "each row gives a source or an example"


def test_comments_and_blank_lines_are_left_out():
    rows = parse_table("# words\n\nword\tsource\n# more\nsay\ta minister\n")
    assert [dict(row) for row in rows] == [{"word": "say", "source": "a minister"}]


def test_rows_cannot_be_changed():
    [row] = parse_table("word\nsay\n")
    with pytest.raises(TypeError):
        row["word"] = "tell"


@pytest.mark.parametrize(
    "text, fault",
    [
        ("", "no rows"),  # an empty file
        ("word\tsource\n", "no rows"),  # a header alone
        ("word\tword\nsay\tx\n", "line 1: columns"),  # a column twice
        ("word\t\nsay\tx\n", "line 1: columns"),  # a column without a name
        ("word\tsource\nsay\n", "line 2: 1 cells where the header has 2"),  # a cell short
        ("word\nsay\tx\n", "line 2: 2 cells where the header has 1"),  # a cell too many
        ("word\tsource\n \tx\n", "line 2: an empty word"),  # no key
        ("word\nsay\ntell\nsay\n", "line 4: the same row as line 2"),  # a row twice
    ],
)
def test_a_broken_list_names_the_line(text, fault):
    with pytest.raises(ValueError, match=fault):
        parse_table(text, name="list.tsv")


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match=r"boilerplate\.tsv lacks the column frequency"):
        load_table("boilerplate", columns=("pattern", "frequency"))
