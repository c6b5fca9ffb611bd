"""Numbers as printed: a row a wording, with what is read and where the number ends."""

from decimal import Decimal

import pytest

from kg.extract.quantities.numbers import find_numbers

TABLE = [
    # text, the numbers in it as (words, value, kind)
    ("7.6 million racks", [("7.6 million", "7600000", "plain")]),
    ("1,234,567 votes", [("1,234,567", "1234567", "plain")]),
    ("12\u00a0500 km", [("12\u00a0500", "12500", "plain")]),
    ("two dozen ships", [("two dozen", "24", "plain")]),
    ("a half-dozen seats", [("a half-dozen", "6", "plain")]),
    ("half a million people", [("half a million", "500000", "plain")]),
    ("a quarter of a million", [("a quarter of a million", "250000", "plain")]),
    ("four and a half hours", [("four and a half", "4.5", "plain")]),
    ("five and a half billion", [("five and a half billion", "5500000000", "plain")]),
    ("half an hour", [("half an", "0.5", "plain")]),
    ("an hour and a half", [("an", "1.5", "plain")]),
    ("twenty-one", [("twenty-one", "21", "plain")]),
    ("two hundred thousand", [("two hundred thousand", "200000", "plain")]),
    ("three hundred and five", [("three hundred and five", "305", "plain")]),
    ("two million five hundred thousand", [("two million five hundred thousand", "2500000", "plain")]),
    ("a hundred million", [("a hundred million", "100000000", "plain")]),
    ("$5bn and 3m and 10k users", [("5bn", "5000000000", "plain"), ("3", "3", "plain"), ("10k", "10000", "plain")]),
    ("$18million", [("18million", "18000000", "plain")]),
    ("1,200 crore", [("1,200 crore", "12000000000", "plain")]),
    (".5", [(".5", "0.5", "plain")]),
    ("2½ and 2 1/2 and 1/4", [("2½", "2.5", "plain"), ("2 1/2", "2.5", "plain"), ("1/4", "0.25", "fraction")]),
    ("zero", [("zero", "0", "plain")]),
    ("1 quintillion", [("1 quintillion", "1" + "0" * 18, "plain")]),
    # at least so many
    ("dozens", [("dozens", "12", "vague")]),
    ("hundreds of thousands", [("hundreds of thousands", "100000", "vague")]),
    ("a few hundred", [("a few hundred", "100", "vague")]),
    ("tens", []),
    # shares
    ("a third of them", [("a third", "0.3333", "fraction")]),
    ("fell by a fifth", [("a fifth", "0.2", "fraction")]),
    ("three-quarters of it", [("three-quarters", "0.75", "fraction")]),
    ("more than half the town", [("half", "0.5", "fraction")]),
    ("one in five", [("one in five", "0.2", "fraction")]),
    ("nine out of ten", [("nine out of ten", "0.9", "fraction")]),
    ("a third candidate", []),
    ("the second half was half-hearted", []),
    ("one in 2016", [("one", "1", "plain"), ("2016", "2016", "plain")]),
    # multiples
    ("twice as many", [("twice", "2", "multiple")]),
    ("voted twice", []),
    ("three times the size", [("three times", "3", "multiple")]),
    ("it tripled", [("tripled", "3", "multiple")]),
    ("nearly fivefold", [("fivefold", "5", "multiple")]),
    ("doubling down, and a shed that doubled as a bar", []),
    ("it halved", [("halved", "0.5", "fraction")]),
    # parts of other words, versions, labels
    ("the twenty-first, the 21st of 10.0.0.1, version 3.5.1", [("21", "21", "plain")]),
    ("B12, COVID-19, mid-1990s, 007, 0555, '98, 12:30", []),
    ("many", []),
    ("", []),
]


@pytest.mark.parametrize("text, expected", TABLE)
def test_numbers(text, expected):
    found = [(text[n.start : n.end], n.value, n.kind.value) for n in find_numbers(text)]
    assert found == [(words, Decimal(value), kind) for words, value, kind in expected]


def test_only_the_stretch_asked_for_is_read():
    text = "10 ships, 20 boats, 30 rafts"
    assert [n.value for n in find_numbers(text, 9, 19)] == [20]
