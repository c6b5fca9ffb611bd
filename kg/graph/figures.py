"""Figures in words that a person reads."""

import re
from decimal import Decimal

__all__ = ["amount_words", "figure_words"]

_MAGNITUDES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet"}


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
    """
    unit = unit if amount.split()[-1:] == ["1"] else _plural(unit)
    return ", ".join(filter(None, (f"{'a change of ' if change else ''}{amount}{f' {unit}' if unit else ''}", measure, period)))


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
    """Several of a unit whose singular is given; codes and percent have one form.

    >>> [_plural(unit) for unit in ("unit", "tonne", "percent", "USD", "company", "person", "kWh")]
    ['units', 'tonnes', 'percent', 'USD', 'companies', 'people', 'kWh']
    """
    if not re.fullmatch(r"[a-z]+", unit) or unit.endswith(("percent", "s")) or len(unit) < 3:
        return unit
    if unit in {*_IRREGULAR.values()}:
        return unit
    if unit in _IRREGULAR:
        return _IRREGULAR[unit]
    if re.search(r"[^aeiou]y$", unit):
        return f"{unit[:-1]}ies"
    return f"{unit}es" if unit.endswith(("x", "ch", "sh")) else f"{unit}s"


def _number(number: Decimal) -> str:
    for size, word in _MAGNITUDES:
        if abs(number) >= size:
            return f"{_plain(number / size)} {word}"
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
