"""Figures in words that a person reads."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache

from kg.lexicon.load import load_table

__all__ = ["amount_words", "figure_words"]

_MAGNITUDES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
# Plurals that no rule below gives, by the end of the word, so that "fisherman" and "salesperson" are among them.
_IRREGULAR = {
    "person": "people",
    "human": "humans",
    "man": "men",
    "child": "children",
    "foot": "feet",
    "tooth": "teeth",
    "mouse": "mice",
    "life": "lives",
    "wife": "wives",
    "half": "halves",
    "loaf": "loaves",
    "hero": "heroes",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "sis": "ses",
}
_UNCHANGED = ("percent", "flops", "hertz", "siemens", "lux", "horsepower", "craft", "sheep", "fish", "cattle", "deer", "series", "species", "staff", "police")  # fmt: skip
_SIBILANT = ("ss", "us", "gas", "lens", "x", "z", "ch", "sh")
_PARTS = 20  # a share with at most so many parts is written as a fraction


def figure_words(amount: str, *, unit: str = "", measure: str = "", period: str = "", change: bool = False) -> str:
    """A figure with what it counts and measures.

    Args:
        amount: what `amount_words` gave.
        unit: singular noun or currency code; "" if unknown, as the others.
        measure: what is measured.
        period: when.
        change: it is the size of a change, no level.

    >>> figure_words("at least 7.6 million", unit="unit", measure="racks in use", period="in 2026")
    'at least 7.6 million units, racks in use, in 2026'
    >>> figure_words("19", unit="bus", measure="buses"), figure_words("about 0.3333", unit="fraction", measure="the losses")
    ('19 buses', 'about 1/3, the losses')
    """
    if unit == "fraction":
        amount, unit = re.sub(r"\d+\.\d+", _fraction, amount), ""
    several = unit if amount.split()[-1:] == ["1"] else _plural(unit)
    counted = measure.casefold() in {unit.casefold(), several.casefold()}  # "19 buses" says already what is counted
    words = f"{'a change of ' if change else ''}{amount}{f' {several}' if several else ''}"
    return ", ".join(filter(None, (words, "" if counted else measure, period)))


def amount_words(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> str:
    """A number in words: exact, about, at least, at most, or from and to.

    >>> amount_words(None, Decimal(7600000), None), amount_words(Decimal(5), Decimal(5), Decimal(5)), amount_words(Decimal(5), None, None)
    ('at least 7.6 million', '5', 'about 5')
    """
    if low is not None and high is not None:
        return _number(low) if low == high else f"{_number(low)} to {_number(high)}"
    if low is not None:
        return f"at least {_number(low)}"
    if high is not None:
        return f"at most {_number(high)}"
    return f"about {_number(value)}" if value is not None else ""


def _plural(unit: str) -> str:
    """Several of a unit whose singular is given; codes, percent and what is a plural already have one form.

    >>> [_plural(unit) for unit in ("unit", "bus", "percent", "USD", "company", "person", "kWh", "clothes")]
    ['units', 'buses', 'percent', 'USD', 'companies', 'people', 'kWh', 'clothes']
    >>> [_plural(unit) for unit in ("megawatt hour", "tonne per year", "GBP per megawatt hour", "degree celsius")]
    ['megawatt hours', 'tonnes per year', 'GBP per megawatt hour', 'degrees celsius']
    """
    found = re.search(r" (?:per|of) ", unit)
    head = unit[: found.start()] if found else unit
    if head.startswith("degree"):
        return f"degrees{unit.removeprefix('degree')}"
    before, space, noun = head.rpartition(" ")
    return f"{before}{space}{_plural_noun(noun)}{unit[len(head) :]}"


def _plural_noun(noun: str) -> str:
    if not re.fullmatch(r"[a-z-]{3,}", noun) or noun.endswith(_UNCHANGED) or noun in _plurals():
        return noun
    for one, several in _IRREGULAR.items():
        if noun.endswith(one):
            return noun.removesuffix(one) + several
    if noun.endswith(_SIBILANT):
        return f"{noun}es"
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return noun if noun.endswith("s") else f"{noun}s"


@cache
def _plurals() -> frozenset[str]:
    return frozenset({"people", "men", "women", "children", "feet", *(row["noun"] for row in load_table("plural_nouns"))})


def _fraction(number: re.Match[str]) -> str:
    r"""A share as the fraction that was printed, as far as its few parts tell.

    >>> [re.sub(r"\d+\.\d+", _fraction, share) for share in ("0.5", "0.6667", "1.5", "0.1234")]
    ['1/2', '2/3', '3/2', '0.1234']
    """
    exact = Fraction(number[0])
    near = exact.limit_denominator(_PARTS)
    return str(near) if abs(exact - near) < Fraction(1, 10_000) else number[0]


def _number(number: Decimal) -> str:
    for size, word in _MAGNITUDES:
        if abs(number) >= size:
            return f"{_plain(number / size)} {word}"
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
