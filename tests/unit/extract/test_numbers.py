"""Numbers as printed. A blank tokenizer serves."""

from decimal import Decimal

import pytest
import spacy

from kg.extract.quantities.numbers import number_at

BLANK = spacy.blank("en")

TABLE = [
    ("7.6 million", "7600000", 2, False),
    ("1,234,567", "1234567", 1, False),
    ("two dozen", "24", 2, False),
    ("half a million", "500000", 3, False),
    ("four and a half", "4.5", 4, False),
    ("twenty-one", "21", 3, False),
    ("two hundred thousand", "200000", 3, False),
    ("three hundred and five", "305", 4, False),
    ("a million", "1000000", 2, False),
    ("dozens", "12", 1, True),
    ("tens", None, 0, False),
    ("hundreds of thousands", "100000", 3, True),
    ("3.5", "3.5", 1, False),
    (".5", "0.5", 1, False),
    ("zero", "0", 1, False),
    ("1 quintillion", "1" + "0" * 18, 2, False),
    ("many", None, 0, False),
    ("a", None, 0, False),
    ("12-year", "12", 1, False),
]


@pytest.mark.parametrize("text, value, end, vague", TABLE)
def test_number(text, value, end, vague):
    expected = None if value is None else (Decimal(value), end, vague)
    assert number_at(BLANK(text), 0) == expected
