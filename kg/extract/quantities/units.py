"""Units as printed beside a number: money by ISO 4217, measures by UCUM where there is a code, rates of both.

Counted things ("40 boats") are no units in this sense: the parse tells them (`counted`).
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from kg.lexicon.load import load_table

__all__ = ["Unit", "UnitKind", "money_before", "rate_of", "unit_behind"]


class UnitKind(StrEnum):
    """What sort of unit it is."""

    MONEY = "money"
    SHARE = "share"  # percent and points
    TIME = "time"
    MEASURE = "measure"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit.

    Attributes:
        name: singular noun, or the ISO 4217 code of money.
        code: UCUM or ISO 4217; None where there is none.
        end: the code point behind its words; for money before the number, the one it starts at.
        factor: what the number is multiplied by: 0.01 for cents.
    """

    name: str
    code: str | None
    end: int
    kind: UnitKind
    factor: Decimal = Decimal(1)


_TIMES = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "millisecond", "microsecond", "nanosecond"}
)
_SHARES = frozenset({"percent", "percentage point", "basis point"})
_PREFIXES = (
    ("nano", "n", "n"),
    ("micro", "µ", "u"),
    ("micro", "μ", "u"),
    ("milli", "m", "m"),
    ("centi", "c", "c"),
    ("kilo", "k", "k"),
    ("mega", "M", "M"),
    ("giga", "G", "G"),
    ("tera", "T", "T"),
    ("peta", "P", "P"),
    ("exa", "E", "E"),
    ("zetta", "Z", "Z"),
)
# Words that are units only where nothing follows that they could describe: "two yard signs", "three foot soldiers", "two second chances".
_DESCRIBING = frozenset({"foot", "second", "yard", "pound", "pint", "point", "degree", "mole", "tesla", "volt", "gram", "inch"})
_PER_A = frozenset(
    [
        "share",
        "barrel",
        "head",
        "person",
        "piece",
        "seat",
        "unit",
        "ticket",
        "bed",
        "copy",
        "night",
        "bottle",
        "trip",
        "ride",
        "visit",
        "game",
        "household",
        "student",
        "pupil",
        "pop",
        "plate",
        "mile",
    ]
)
_CENTS = {
    "cent": ("USD", Decimal("0.01")),
    "us cent": ("USD", Decimal("0.01")),
    "euro cent": ("EUR", Decimal("0.01")),
    "penny": ("GBP", Decimal("0.01")),
    "pence": ("GBP", Decimal("0.01")),
}
_NEEDS_SCALE = frozenset({"won", "real", "sterling", "rand", "dong", "taka"})
_WORDS = re.compile(r"([\s-])([A-Za-z]+)(?:[\s-]([A-Za-z]+))?(?:[\s-]([A-Za-z]+))?(?:[\s-]([A-Za-z]+))?")
_CHUNK = re.compile("[ \u00a0\u2009\u202f-]?([^\\s,;:!?()“”\"'’\\[\\]—–-]+)")
_LEADS = r"(?:lead|margin|advantage|edge|gap|deficit|drop|gain|swing|bump|bounce|rise|fall|jump|increase|decline|spread|difference|split|cushion|surge|dip|loss|win|victory|slide)"
_INDEX = re.compile(r"\b(?:Dow|Nasdaq|S&P|FTSE|Nikkei|DAX|Sensex|[Ii]ndex|scor(?:ed|es|ing|e)|rebounds?|averag(?:ed|es|ing)|touchdowns?)\b")
_RATE = re.compile(
    r"(?P<sep>\s?/\s?|[\s-](?:per|an?|each|every)[\s-])(?P<words>(?:(?:square|cubic|metric) )?[A-Za-z]+(?:-hour)?)(?![\w])(?!\s+(?:ago|earlier|later|before|after|from now|old)\b)",
    re.IGNORECASE,
)
_ISO = re.compile(r"([A-Z]{3})[ \u00a0]?$")


@cache
def _units() -> tuple[dict[str, tuple[str, str | None, bool]], dict[str, tuple[str, str | None]]]:
    """Units by their words in small letters (name, code, whether a plural) and by their symbols."""
    words: dict[str, tuple[str, str | None, bool]] = {}
    symbols: dict[str, tuple[str, str | None]] = {}
    for row in load_table("units", columns=("name", "code", "prefixes", "symbols", "forms")):
        name, code = row["name"], row["code"] or None
        forms = [] if row["forms"] == "-" else [name, *filter(None, row["forms"].split("|"))]
        variants = [("", "", "")] + [(p, s, c) for p, s, c in _PREFIXES if row["prefixes"] == "yes"]
        for prefix, sign, letter in variants:
            whole, full = prefix + name, f"{letter}{code}" if code else None
            for form in forms:
                key = (prefix + form).lower().replace("-", " ")
                words.setdefault(key, (whole, full, key.endswith(("s", "feet"))))
                words.setdefault(f"{key}s", (whole, full, True))
            for symbol in row["symbols"].split():
                symbols.setdefault(sign + symbol, (whole, full))
    # One letter means too much by itself: grade A, size L, 5 s.
    for letter in ("A", "B", "C", "N", "l", "s", "K", "a", "d"):
        symbols.pop(letter, None)
    words["feet"] = ("foot", "[ft_i]", True)
    return words, symbols


@cache
def _money() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Currencies by mark, by name in small letters, and all codes."""
    marks: dict[str, str] = {}
    names: dict[str, str] = {}
    rows = load_table("currencies", columns=("code", "marks", "names"))
    for row in rows:
        for mark in row["marks"].split():
            marks.setdefault(mark, row["code"])
        for name in row["names"].lower().replace(".", "").split("|"):
            names.setdefault(name, row["code"])
            names.setdefault(f"{name}s", row["code"])
    return marks, names, frozenset(row["code"] for row in rows)


@cache
def _mark() -> "re.Pattern[str]":
    marks = sorted(_money()[0], key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z])({'|'.join(map(re.escape, marks))})[ \u00a0]?$")


def money_before(text: str, start: int) -> Unit | None:
    """The currency printed before a number; its `end` is where the mark begins.

    >>> money_before("worth US$ 5 million", 10)
    Unit(name='USD', code='USD', end=6, kind=<UnitKind.MONEY: 'money'>, factor=Decimal('1'))
    """
    window = text[max(0, start - 6) : start]
    if (found := _mark().search(window)) is not None:
        code = _money()[0][found[1]]
    elif (found := _ISO.search(window)) is not None and found[1] in _money()[2]:
        code = found[1]
    else:
        return None
    return Unit(code, code, start - len(window) + found.start(), UnitKind.MONEY)


def unit_behind(text: str, end: int, value: Decimal, *, scale: int = 1) -> Unit | None:
    """The unit whose words or symbol stand right behind a number that ends at `end`, hyphen or space between, rates included.

    Args:
        text: the article's.
        end: the code point behind the number.
        value: the number; "one mile" and "three mile" are told apart.
        scale: what scale word the number had: "won" is money behind millions alone.

    >>> unit_behind("120 square metres", 3, Decimal(120)).code, unit_behind("8 GWh", 1, Decimal(8)).code
    ('m2', 'GW.h')
    >>> unit_behind("15 euros an hour", 2, Decimal(15)).name
    'EUR per hour'
    """
    unit = _symbol_behind(text, end) or _words_behind(text, end, value, scale)
    return rate_of(text, unit) if unit is not None else None


def rate_of(text: str, unit: Unit, *, start: int | None = None) -> Unit:
    """The unit with what it is counted per, if that stands behind it: "a year", "per patient", "/h".

    Args:
        text: the article's.
        unit: the unit so far.
        start: where to look, if not behind the unit.
    """
    at = unit.end if start is None else start
    found = _RATE.match(text, at)
    if found is None:
        return unit if start is None else replace(unit, end=start)
    words, sep = found["words"].lower(), found["sep"].strip(" -\u00a0").lower()
    below = _lookup(words)
    if below is None and "/" in sep:
        symbol = _units()[1].get(found["words"])
        below = (symbol[0], symbol[1], False) if symbol else None
    word = words.removeprefix("metric ")
    if words in {"cent", "capita"} or (below is None and ((sep in {"a", "an", "each", "every"} and word not in _PER_A) or sep == "/")):
        return unit if start is None else replace(unit, end=start)
    if below is not None and below[2]:
        return unit if start is None else replace(unit, end=start)
    name, code = (below[0], below[1]) if below else (word, None)
    both = f"{unit.code}/{code}" if unit.code and code and unit.kind in {UnitKind.MEASURE, UnitKind.TIME} else None
    return replace(unit, name=f"{unit.name} per {name}", code=both, end=found.end())


# --------------------------------------------------------------------------- symbols and words


def _kind(name: str) -> UnitKind:
    return UnitKind.SHARE if name in _SHARES else UnitKind.TIME if name in _TIMES else UnitKind.MEASURE


def _symbol_behind(text: str, end: int) -> Unit | None:
    found = _CHUNK.match(text, end)
    if found is None or (found[0][0] == "-" and not found[1][0].isalpha()):
        return None
    chunk = found[1].rstrip(".")
    if (unit := _symbol(chunk)) is None:
        return None
    return Unit(unit[0], unit[1], found.start(1) + len(chunk), _kind(unit[0]))


def _symbol(chunk: str) -> tuple[str, str | None] | None:
    """What a symbol means, squares, cubes and quotients too."""
    symbols = _units()[1]
    if chunk in symbols:
        return symbols[chunk]
    above, slash, below = chunk.partition("/")
    if slash:
        one, other = (
            _symbol(above),
            symbols.get(below) or {"l": ("litre", "L"), "s": ("second", "s"), "d": ("day", "d"), "yr": ("year", "a")}.get(below),
        )
        if one is None or other is None:
            return None
        return f"{one[0]} per {other[0]}", f"{one[1]}/{other[1]}" if one[1] and other[1] else None
    power = {"²": "2", "³": "3", "2": "2", "3": "3"}.get(chunk[-1:])
    if power and (base := symbols.get(chunk[:-1])) and base[1] and base[0].endswith(("metre", "mile", "foot", "inch")):
        return f"{'square' if power == '2' else 'cubic'} {base[0]}", base[1] + power
    return None


def _lookup(words: str) -> tuple[str, str | None, bool] | None:
    known, words = _units()[0], words.replace("-", " ")
    if words in known:
        return known[words]
    first, _, rest = words.partition(" ")
    if first in {"square", "cubic", "sq", "cu"} and rest in known:
        name, code, plural = known[rest]
        if name.endswith(("metre", "mile", "foot", "inch", "yard")):
            square = first in {"square", "sq"}
            return f"{'square' if square else 'cubic'} {name}", f"{code}{'2' if square else '3'}" if code else None, plural
    return None


def _words_behind(text: str, end: int, value: Decimal, scale: int) -> Unit | None:
    found = _WORDS.match(text, end)
    if found is None:
        return None
    words = [word for word in found.groups()[1:] if word]
    for count in range(len(words), 0, -1):
        stop = found.end(1 + count)
        key = " ".join(words[:count]).lower()
        key = key.removeprefix("u s ").strip()
        if (unit := _named(text, end, stop, key, found[1], value, scale)) is not None:
            return unit
    return None


def _named(text: str, end: int, stop: int, key: str, sep: str, value: Decimal, scale: int) -> Unit | None:
    names = _money()[1]
    singular = key.removesuffix("s") if key != "pence" else key
    if singular in _CENTS and sep:
        code, factor = _CENTS[singular]
        return Unit(code, code, stop, UnitKind.MONEY, factor)
    if key in names and key not in {"pound", "pounds"} and not (key in _NEEDS_SCALE and scale < 1000):
        return Unit(names[key], names[key], stop, UnitKind.MONEY)
    if key in {"point", "points"}:
        return _points(text, end, stop, sep)
    unit = _lookup(key)
    if unit is None:
        return None
    name, symbol, plural = unit
    first = text[end + 1]
    if first.isupper() and text[end + 2 : end + 3].islower() and not key.startswith("british"):
        return None  # "13 Hours": a title; "12 Teslas": cars
    if name == "pound" and plural and (scale >= 10**6 or _paid(text, end)):
        return Unit("GBP", "GBP", stop, UnitKind.MONEY)
    if (
        sep != "-"
        and not plural
        and value > 1
        and name in _DESCRIBING
        and re.match(r"\s+[a-z]{3}", text[stop : stop + 4])
        and "degree" not in key
    ):
        return None
    return Unit(name, symbol, stop, _kind(name))


def _points(text: str, end: int, stop: int, sep: str) -> Unit | None:
    if sep == "-" and not re.match(rf"[ -](?:\w+ )?{_LEADS}\b", text[stop : stop + 30]):
        return None  # "a 10-point plan"
    index = _INDEX.search(text, max(0, end - 120), min(len(text), stop + 60)) is not None
    return Unit("point", None, stop, UnitKind.COUNT) if index else Unit("percentage point", None, stop, UnitKind.SHARE)


def _paid(text: str, end: int) -> bool:
    """Whether pounds are money: words of paying stand in front."""
    return (
        re.search(
            r"\b(?:pa(?:y|ys|id|ying)|costs?|spen[dt]|fined?|earn(?:s|ed)?|s(?:old|ell|ells)|b(?:uy|uys|ought)|invest(?:s|ed)?|worth|pric(?:e|ed)|budgets?|fees?"
            r"|ow(?:e|es|ed)|donat(?:e|ed)|len[dt]|borrow(?:ed)?|funds?|rent|wages?|salar(?:y|ies)|English|British|Britain|London)\b",
            text[max(0, end - 90) : end],
        )
        is not None
    )
