"""Numbers as printed: digits and words to a `Decimal`, over tokens."""

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["SCALES", "number_at"]

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {word: 10 * (k + 2) for k, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])}
SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "quadrillion": 10**15,
    "quintillion": 10**18,
    "dozen": 12,
}
_PLURALS = {"dozens": 12, "hundreds": 100, "thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12}
_FRACTIONS = {"half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4), "fifth": Fraction(1, 5), "tenth": Fraction(1, 10)}
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(?:-?([kmb]|bn|tn))?", re.IGNORECASE)


def number_at(doc: "Doc", index: int) -> tuple[Decimal, int, bool] | None:
    """The number that starts at a token: its value, the token index behind it, and whether it is a vague plural ("dozens").

    "7.6 million" is 7600000, "two dozen" 24, "half a million" 500000, "four and a half" 4.5, "twenty-one" 21. Fractions of
    something else ("a third of") are values below one. None where no number starts.
    """
    token = doc[index].lower_
    if token in _PLURALS:
        return _vague(doc, index)
    if token in {"half", "quarter", "third"} and index + 2 < len(doc) and doc[index + 1].lower_ == "a" and doc[index + 2].lower_ in SCALES:
        share = _FRACTIONS[token] * SCALES[doc[index + 2].lower_]
        return Decimal(share.numerator) / Decimal(share.denominator), index + 3, False
    if token in {"a", "an"} and index + 1 < len(doc) and doc[index + 1].lower_ in SCALES.keys() - {"k", "m", "b"}:
        return _scaled(doc, Decimal(1), index + 1)
    simple = _simple(doc, index)
    if simple is None:
        return None
    value, end = simple
    if _words(doc, end, "and", "a", "half"):
        return _scaled(doc, value + Decimal("0.5"), end + 3)
    return _scaled(doc, value, end)


def _vague(doc: "Doc", index: int) -> tuple[Decimal, int, bool]:
    value, end = Decimal(_PLURALS[doc[index].lower_]), index + 1
    while end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].lower_ in _PLURALS:
        value *= _PLURALS[doc[end + 1].lower_]
        end += 2
    return value, end, True


def _simple(doc: "Doc", index: int) -> tuple[Decimal, int] | None:
    text = doc[index].lower_
    match = _DIGITS.fullmatch(text)
    if match and (match.group(1) or match.group(2)):
        try:
            value = Decimal((match.group(1) or "0").replace(",", "") + (match.group(2) or ""))
        except InvalidOperation:
            return None
        return value * SCALES[match.group(3).lower()] if match.group(3) else value, index + 1
    if text in _TENS:
        tens, end = _TENS[text], index + 1
        if end + 1 < len(doc) and doc[end].text == "-" and _UNITS.get(doc[end + 1].lower_, 10) in range(1, 10):
            return Decimal(tens + _UNITS[doc[end + 1].lower_]), end + 2
        return Decimal(tens), end
    head, _, tail = text.partition("-")
    if head in _TENS and tail in _UNITS:
        return Decimal(_TENS[head] + _UNITS[tail]), index + 1
    return (Decimal(_UNITS[text]), index + 1) if text in _UNITS else None


def _scaled(doc: "Doc", value: Decimal, end: int) -> tuple[Decimal, int, bool]:
    """The value times the scale words that follow: "two hundred thousand", "7.6 million", "three hundred and five"."""
    whole = Decimal(0)
    while end < len(doc):
        word = doc[end].lower_
        if word in SCALES and (len(word) > 1 or not doc[end - 1].whitespace_):
            value *= SCALES[word]
            end += 1
        elif word == "-" and end + 1 < len(doc) and doc[end + 1].lower_ in SCALES and len(doc[end + 1]) > 2:
            end += 1
        else:
            more = _simple(doc, end + 1) if word == "and" and value >= 100 and end + 1 < len(doc) else None
            more = more or (_simple(doc, end) if value >= 100 and doc[end - 1].lower_ in SCALES else None)
            if more is None or more[0] >= value or doc[end - 1].lower_ not in SCALES:
                break
            whole, value, end = whole + value, more[0], more[1]
    return whole + value, end, False


def _words(doc: "Doc", index: int, *words: str) -> bool:
    return index + len(words) <= len(doc) and all(doc[index + k].lower_ == word for k, word in enumerate(words))
