"""Numbers as printed: digits and words to a `Decimal`, over the characters of a text.

The words are read here and not by a library: docs/decisions/0021-quantities.md says which were tried.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from kg.extract.quantities.cardinals import CARDINAL, PART, PARTS, SCALES, SHORT, SMALL, TENS, Number, NumberKind, any_of, value_of
from kg.extract.quantities.shares import PART_BEHIND, decimal_of, half, multiple, out_of, share_in_words, share_of, times

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Number", "NumberKind", "find_numbers"]

_TIMES = ("doubl", "trebl", "tripl", "quadrupl", "quintupl", "sextupl")
_GLYPHS = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅛": Fraction(1, 8),
}
_DIGITS = re.compile(
    "(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})+(?![0-9])|[0-9]+)(?:\\.[0-9]+)?|\\.[0-9]+"
)
# Where a number may start: at digits, or at a word of one. What is around it decides the rest. Searched in the text in small letters, which is
# four times as fast as searching without regard to case, where that has the same length.
_START = (
    rf"(?<![0-9])\.?[0-9]|[½⅓⅔¼¾⅕⅛]|\b(?=[abdefhlmnoqstz])(?:{CARDINAL}|an?(?=[ -](?:few |couple |couple of |half[ -]|good )?(?:{any_of(SCALES)}|{PART}|few|couple)\b)"
    rf"|an?(?= (?:hour|year|mile|day|month|week|decade|century|minute|point)s? and a half\b)|several(?= (?:{any_of(SCALES)})\b)|half|quarter(?= (?:of a |{any_of(SCALES)}))"
    rf"|(?:dozen|hundred|thousand|million|billion|trillion)s|tens(?= of )|twice|thrice"
    rf"|(?:{'|'.join(_TIMES)})(?:es?|ed|ing)|halv(?:es?|ed|ing)|(?:{any_of(SMALL)}|{any_of(TENS)})fold)\b"
)
_START_SMALL, _START_ANY = re.compile(_START), re.compile(_START, re.IGNORECASE)
_OF_ONE = re.compile(r"\s+of\s+(?:1|one|an?)(?=\s+(?:percent|per\s+cent|percentage)\b)", re.IGNORECASE)
_SLASH = re.compile(r"( [1-9])?/([0-9]{1,2})(?![\w/])")
_SCALE = re.compile(rf"[\s-]({any_of(SCALES)})\b(?!s\b)", re.IGNORECASE)
_JOINED_SCALE = re.compile(r"(million|billion|trillion|thousand|crore|lakh)\b", re.IGNORECASE)  # "$18million"
_SHORT_SCALE = re.compile(r"\s?(bn|mn|mln|bln|tn|trn)(?![\w])|([kKmMbB])(?![\w²³/])")
_CARDINAL = re.compile(CARDINAL, re.IGNORECASE)
_NEXT_WORD = re.compile(rf"[\s-](and\s)?({CARDINAL})\b(?![ -]{PART}s?\b)", re.IGNORECASE)
_AND_A_PART = re.compile(r"[\s-](?:and[\s-](?:a|one)[\s-](half|quarter|third)|and[\s-]three[\s-](quarters))\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"(tens|dozens|hundreds|thousands|millions|billions|trillions)((?: of (?:dozens|hundreds|thousands|millions|billions|trillions))*)\b",
    re.IGNORECASE,
)
_FEW = re.compile(rf"(?:an? (?:few|couple(?: of)?|good)|several) ({any_of(SCALES)})\b(?: ({any_of(SCALES)})\b)?", re.IGNORECASE)
_A_SCALE = re.compile(rf"an?[ -]({any_of(SCALES)})\b", re.IGNORECASE)
_HOUR_AND_A_HALF = re.compile(
    r"(?:an?|one) (?=(?:hour|year|mile|day|month|week|decade|century|minute|point)s? and a half\b)", re.IGNORECASE
)
_ORDINAL_BEHIND = re.compile(
    r"[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)s?\b(?! of)|-?(?:st|nd|rd|th)\b", re.IGNORECASE
)


def find_numbers(text: str, start: int = 0, end: int | None = None) -> "Iterator[Number]":
    """The numbers between two offsets, in order, without overlap.

    Whether they count anything, or are dates, names and scores, is not asked here.

    >>> [(float(n.value), n.kind.value) for n in find_numbers("Two dozen of the 7.6 million, or a third of them, doubled")]
    [(24.0, 'plain'), (7600000.0, 'plain'), (0.3333, 'fraction'), (2.0, 'multiple')]
    >>> [str(n.value) for n in find_numbers("one in five; hundreds of thousands; four and a half; half a million")]
    ['0.2', '100000', '4.5', '500000']
    """
    at, end = start, len(text) if end is None else end
    small = text.lower()
    pattern, where = (_START_SMALL, small) if len(small) == len(text) else (_START_ANY, text)
    while (found := pattern.search(where, at, end)) is not None:
        number = _number(text, found.start())
        if number is None or number.end > end:
            # The rest of a run of digits that is no number is none either.
            at = _run_end(text, found.start()) if found[0][-1].isdigit() else found.end()
            at = max(at, found.end())
        else:
            yield number
            at = number.end


def _run_end(text: str, at: int) -> int:
    while at < len(text) and (text[at].isalnum() or text[at] in ".,") and at < len(text):
        at += 1
    return at


def _number(text: str, at: int) -> Number | None:
    if text[at].isdigit() or text[at] == ".":
        return _in_digits(text, at)
    found = _elsewhere(text, at)
    if found is not None and found.kind is NumberKind.FRACTION and (whole := _OF_ONE.match(text, found.end)) is not None:
        return Number(at, whole.end(), found.value)  # "one-eighth of 1 percent"
    return found


def _elsewhere(text: str, at: int) -> Number | None:
    if text[at] in _GLYPHS:
        return Number(at, at + 1, decimal_of(_GLYPHS[text[at]]), NumberKind.FRACTION)
    return next(
        (found for read in (_vague, _a_few, multiple, half, share_in_words, _in_words) if (found := read(text, at)) is not None), None
    )


# --------------------------------------------------------------------------- digits


def _in_digits(text: str, at: int) -> Number | None:
    match = _DIGITS.match(text, at)
    before = text[at - 1] if at else " "
    if match is None or before.isalnum() or before in "_#@’'" or (before in "-–−" and at > 1 and text[at - 2].isalpha()):
        return None
    if before in ".,:/" and at > 1 and text[at - 2].isdigit():
        return None
    end = match.end()
    if end + 1 < len(text) and text[end] in ".,:" and text[end + 1].isdigit():
        return None  # a version, an address, a time of day
    value = Decimal(re.sub("[,\u00a0\u2009\u202f]", "", match[0]))
    if match[0][0] == "0" and len(match[0]) > 1 and "." not in match[0]:
        return None  # "007", "0555": a label
    if end < len(text) and text[end] in _GLYPHS:
        return Number(at, end + 1, value + decimal_of(_GLYPHS[text[end]]), digits=True)
    if (part := _SLASH.match(text, end)) is not None:
        return _with_slash(at, value, part)
    if (
        (part := PART_BEHIND.match(text, end)) is not None
        and re.match(r"\s+of\b", text[part.end() :][:4])
        and value < PARTS[part[1].lower()]
    ):
        return Number(at, part.end(), share_of(int(value), PARTS[part[1].lower()]), NumberKind.FRACTION)
    if (multiplied := times(text, at, end, value)) is not None:
        return multiplied
    if (share := out_of(text, at, end, value)) is not None:
        return share
    number = _scaled(text, at, end, value, digits=True)
    if number.end < len(text) and text[number.end].isalpha() and number.end > end:
        return None
    return number


def _with_slash(at: int, value: Decimal, part: "re.Match[str]") -> Number | None:
    """As "1/2", "2 1/2"; "9/11" and "24/7" are no fractions."""
    above, below = (int(part[1]) if part[1] else int(value)), int(part[2])
    if below not in {2, 3, 4, 5, 8, 10} or above >= below or value != value.to_integral_value():
        return None
    share = share_of(above, below)
    if part[1]:
        return Number(at, part.end(), value + share, digits=True)
    return Number(at, part.end(), share, NumberKind.FRACTION, digits=True)


def _scaled(text: str, at: int, end: int, value: Decimal, *, digits: bool) -> Number:
    """The value with what multiplies it: "7.6 million", "$5bn", "four and a half billion"."""
    part = _AND_A_PART.match(text, end)
    if part is not None and value == value.to_integral_value():
        value, end = (
            value
            + {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal("0.3333")}.get(
                (part[1] or "").lower(), Decimal("0.75")
            ),
            part.end(),
        )
    scale = 1
    while (found := _SCALE.match(text, end) or (_JOINED_SCALE.match(text, end) if digits else None)) is not None:
        value, end, scale = value * SCALES[found[1].lower()], found.end(), scale * SCALES[found[1].lower()]
    if scale == 1 and digits and (found := _SHORT_SCALE.match(text, end)) is not None and _short(text, at, found):
        scale = SHORT[(found[1] or found[2]).lower()]
        value, end = value * scale, found.end()
    return Number(at, end, value, digits=digits, scale=scale)


def _short(text: str, at: int, found: "re.Match[str]") -> bool:
    """Whether one letter behind digits multiplies: behind money always; "5M users", "10k people", but "5m" is a length and "4K" a label."""
    if found[1]:
        return True
    money = at > 0 and (text[at - 1] in "$€£¥₹₩" or text[at - 2 : at].isupper())
    return money or (found[2] in "kMB" and re.match(r" [a-z]", text[found.end() : found.end() + 2]) is not None)


# --------------------------------------------------------------------------- words


def _in_words(text: str, at: int) -> Number | None:
    """A cardinal in words, or "a" with a scale: "two hundred and fifty", "twenty-one", "a dozen"."""
    if (found := _A_SCALE.match(text, at)) is not None:
        scale = SCALES[found[1].lower()]
        number = _scaled(text, at, found.end(), Decimal(scale), digits=False)
        return Number(at, number.end, number.value, scale=max(scale, number.scale))
    if (found := _HOUR_AND_A_HALF.match(text, at)) is not None:
        return Number(at, found.end() - 1, Decimal("1.5"))
    first = _CARDINAL.match(text, at)
    if first is None:
        return None
    whole, end, scale = _run(text, first)
    value = Decimal(whole)
    if _ORDINAL_BEHIND.match(text, end):
        return None
    if (share := times(text, at, end, value) or out_of(text, at, end, value)) is not None:
        return share
    number = _scaled(text, at, end, value, digits=False)
    return Number(at, number.end, number.value, scale=max(scale, number.scale))


def _run(text: str, first: "re.Match[str]") -> tuple[int, int, int]:
    """A run of number words: its value, the code point behind it, and what its last scale word multiplied by."""
    whole, group = 0, value_of(first[0])
    end, tens = first.end(), first[0].lower() in TENS
    room = scale = 1  # what the next small word must be below
    while True:
        if group and (found := _SCALE.match(text, end)) is not None:
            size = SCALES[found[1].lower()]
            if size in {12, 100}:
                group *= size
            else:
                # "two hundred thousand": the group is multiplied; "two million five hundred thousand": another one starts.
                whole, group = whole + group * size, 0
                if (more := _SCALE.match(text, found.end())) is not None:
                    whole, found = whole * SCALES[more[1].lower()], more
            end, room, scale, tens = found.end(), min(size, 100), size, False
            continue
        next_word = _NEXT_WORD.match(text, end)
        if next_word is None or text[end] in "\r\n":
            return whole + group, end, scale
        value = value_of(next_word[2])
        if not ((tens and 0 < value < 10 and not next_word[1]) or 0 < value < room):
            return whole + group, end, scale
        group, end, room, scale, tens = group + value, next_word.end(), 1, 1, next_word[2].lower() in TENS


def _vague(text: str, at: int) -> Number | None:
    found = _VAGUE.match(text, at)
    if found is None:
        return None
    value = 1
    for word in re.findall(r"\w+", found[0].lower()):
        value *= {"tens": 10, "of": 1}.get(word) or SCALES[word[:-1]]
    return Number(at, found.end(), Decimal(value), NumberKind.VAGUE, scale=value)


def _a_few(text: str, at: int) -> Number | None:
    """As "A few hundred", "several million": as vague as "hundreds" and "millions"."""
    found = _FEW.match(text, at)
    if found is None:
        return None
    value = SCALES[found[1].lower()] * (SCALES[found[2].lower()] if found[2] else 1)
    return Number(at, found.end(), Decimal(value), NumberKind.VAGUE, scale=value)
