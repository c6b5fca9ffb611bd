"""The words of numbers, and the record of a number that was read."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["CARDINAL", "PART", "PARTS", "SCALES", "SHORT", "SMALL", "TENS", "Number", "NumberKind", "any_of", "value_of"]


class NumberKind(StrEnum):
    """What kind of number the words make."""

    PLAIN = "plain"
    VAGUE = "vague"  # "dozens": at least so many
    FRACTION = "fraction"  # a share of one
    MULTIPLE = "multiple"  # "twice as many", "tripled"


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase.

    Attributes:
        start, end: half-open code points; "half an hour" ends behind "half", as the unit comes after.
        kind: what the words make of it.
        digits: printed in digits at its start.
        scale: what the last scale word multiplied by ("million"), 1 without one.
        change: the words tell a change in themselves ("doubled", "cut in half").
    """

    start: int
    end: int
    value: Decimal
    kind: NumberKind = NumberKind.PLAIN
    digits: bool = False
    scale: int = 1
    change: bool = False


_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
SMALL = {word: value for value, word in enumerate(_ONES.split())}
TENS = {word: 10 * (k + 2) for k, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "quintillion": 10**18,
}
SHORT = {"mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12, "k": 10**3, "m": 10**6, "b": 10**9}
PARTS = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "hundredth": 100,
    "thousandth": 1000,
}


def any_of(words: dict[str, int]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


CARDINAL = rf"(?:(?:{any_of(SMALL | TENS)})\b)"
PART = rf"(?:{any_of(PARTS)})"


def value_of(word: str) -> int:
    """What a word of `SMALL` or `TENS` is, whatever its case."""
    word = word.lower()
    return SMALL[word] if word in SMALL else TENS[word]
