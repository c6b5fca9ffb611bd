"""Shares of one and multiples: "a third of", "one in five", "half the", "twice as many", "tripled"."""

import re
from decimal import Decimal
from fractions import Fraction

from kg.extract.quantities.cardinals import CARDINAL, PART, PARTS, SCALES, SMALL, TENS, Number, NumberKind, any_of, value_of

__all__ = ["PART_BEHIND", "decimal_of", "half", "multiple", "out_of", "share_in_words", "share_of", "times"]

_TIMES = {"doubl": 2, "trebl": 3, "tripl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6}
PART_BEHIND = re.compile(rf"[\s-]({PART})(s)?\b(?!-)", re.IGNORECASE)
_HALF_SCALE = re.compile(rf"(?:an? )?(half|quarter)[ -](?:of )?(?:an? )?({any_of(SCALES)})\b", re.IGNORECASE)
# What a share is of, or how it stands in its clause; "a third candidate", "the first half" and "half-hearted" are none.
_BEHIND_A_SHARE = r"(?=\s+(?:of|the|as|those|these|their|his|her|its|our|my|all|what)\b)"
_BARE_SHARE = re.compile(
    r"(?:\b(?:by|about|nearly|almost|than|over|under|roughly|around|only|just|least|some|to|up|in|approximately|for|well))\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_NO_HALF = re.compile(
    r"\b(?:first|second|other|better|last|latter|this|that|each|either|both|past|the|a|final|front|back|one)[\s-]$", re.IGNORECASE
)
_HALF_UNIT = re.compile(
    r"[ -](?:an? )?(?=(?:hour|mile|inch|acre|year|century|decade|day|month|minute|second|pound|ounce|gallon|pint|litre|liter|met(?:re|er)|kilomet(?:re|er)"
    r"|ton(?:ne)?|degree|cent|percent|percentage|per cent|point)\b)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    rf"(?:[ -]in[ -](?:every )?| (?:out )?of every | out of (?:every )?)([0-9]{{1,7}}(?:,[0-9]{{3}})*|{CARDINAL})\b(?![.,][0-9])",
    re.IGNORECASE,
)
_OF_FEW = re.compile(r" of (four|five|ten|4|5|10)(?= [A-Za-z]{4,}s\b)")
_TIME_BEHIND = re.compile(
    r"[\s-](?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|quarters?|terms?|games?|a\.?m|p\.?m|percent|per cent|million|billion)\b|%"
)
_MULTIPLE_BEHIND = re.compile(
    r"[\s-](?:as\b|the\b|that\b|those\b|what\b|more\b|less\b|fewer\b|its\b|his\b|her\b|their\b|our\b|last\b|over\b|[a-z]{3,}er than\b|higher\b|lower\b|greater\b|larger\b|bigger\b)",
    re.IGNORECASE,
)
_TIMES_BEHIND = re.compile(r"[\s-]times\b|[\s-]?x(?![\w])|[\s-]?fold\b")


def decimal_of(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.0001")).normalize()


def share_of(above: int, below: int) -> Decimal:
    return decimal_of(Fraction(above, below))


def share_in_words(text: str, at: int) -> Number | None:
    """As "Two thirds", "a third of", "by a fifth", "three-quarters of"."""
    first = re.compile(rf"an?\b|{CARDINAL}|half", re.IGNORECASE).match(text, at)
    if first is None or first[0].lower() == "half":
        return None
    part = PART_BEHIND.match(text, first.end())
    if part is None:
        return None
    word, several = part[1].lower(), part[2] is not None
    above = 1 if first[0].lower() in {"a", "an"} else value_of(first[0])
    if word == "half" and first[0].lower() in {"a", "an"}:
        return None
    if above == 0 or above >= PARTS[word] or (above > 1) != several:
        return None
    of = re.compile(_BEHIND_A_SHARE).match(text, part.end()) is not None
    if not several and not of and not _BARE_SHARE.search(text[max(0, at - 24) : at]):
        return None
    if not several and re.match(r"\s+(?:the|as|what)\b", text[part.end() : part.end() + 6]) and word in {"quarter", "third"} and not of:
        return None
    return Number(at, part.end(), share_of(above, PARTS[word]), NumberKind.FRACTION, change=False)


def half(text: str, at: int) -> Number | None:
    if (found := _HALF_SCALE.match(text, at)) is not None:
        scale = SCALES[found[2].lower()]
        share = Fraction(scale, 2 if found[1].lower() == "half" else 4)
        return Number(at, found.end(), Decimal(share.numerator) / Decimal(share.denominator), scale=scale)
    if text[at : at + 4].lower() != "half":
        return None
    end = at + 4
    before = text[max(0, at - 16) : at]
    if (found := _HALF_UNIT.match(text, end)) is not None:
        if re.search(r"\b(?:first|second|other|last|final|and a|past)[\s-]$", before, re.IGNORECASE):
            return None
        return Number(at, found.end() - 1, Decimal("0.5"))
    if text[end : end + 1] == "-" or (at and text[at - 1] in "-–"):
        return None
    if re.search(r"\bin $", before) and re.match(
        r"(?:\s+(?:by|since|in|over|during|within|from|last|this|to|as|on|at)\b|[.,;”\"'’]|$)", text[end : end + 8]
    ):
        return Number(
            at,
            end,
            Decimal("0.5"),
            NumberKind.FRACTION,
            change=re.search(r"\b(?:cut|slash|reduc|halv)\w*\b", text[max(0, at - 80) : at]) is not None,
        )
    if _NO_HALF.search(before):
        return None
    if re.compile(_BEHIND_A_SHARE, re.IGNORECASE).match(text, end) or _BARE_SHARE.search(before):
        return Number(at, end, Decimal("0.5"), NumberKind.FRACTION)
    if re.match(
        r"\s+(?:said|say|says|are|were|have|had|would|will|think|thought|want|wanted|believe|believed|do|did|said)\b", text[end : end + 10]
    ):
        return Number(at, end, Decimal("0.5"), NumberKind.FRACTION)
    return None


def out_of(text: str, at: int, end: int, value: Decimal) -> Number | None:
    """As "One in five", "nine out of ten", "1 in 3"; not "two in 2016" nor "five in ten minutes"."""
    found = _OUT_OF.match(text, end) or _OF_FEW.match(text, end)
    if found is None or value != value.to_integral_value():
        return None
    word = found[1].replace(",", "")
    below = int(word) if word.isdigit() else value_of(word)
    year = word.isdigit() and len(found[1]) == 4 and 1500 <= below < 2100
    if not 0 < value < below or year or _TIME_BEHIND.match(text, found.end()) or re.match(r"[ -]\d", text[found.end() : found.end() + 2]):
        return None
    if " in " in found[0] and not (value == 1 or below in {3, 4, 5, 6, 7, 8, 9, 10, 20, 100}):
        return None
    return Number(at, found.end(), share_of(int(value), below), NumberKind.FRACTION)


def times(text: str, at: int, end: int, value: Decimal) -> Number | None:
    """As "Three times as many", "tenfold", "2.5x"; "three times" alone counts occasions and is left to its noun."""
    found = _TIMES_BEHIND.match(text, end)
    if found is None:
        return None
    fold = "times" not in found[0]
    if fold or _MULTIPLE_BEHIND.match(text, found.end()):
        return Number(at, found.end(), value, NumberKind.MULTIPLE)
    return None


def multiple(text: str, at: int) -> Number | None:
    found = re.compile(
        rf"(twice|thrice)\b|((?:{any_of(_TIMES)})|halv)(es?|ed|ing)\b|({any_of(SMALL)}|{any_of(TENS)})fold\b", re.IGNORECASE
    ).match(text, at)
    if found is None:
        return None
    end = found.end()
    if found[1]:
        right = _MULTIPLE_BEHIND.match(text, end) and not re.match(r"\s+(?:over|in|last)\b", text[end : end + 6])
        return Number(at, end, Decimal(2 if found[1].lower() == "twice" else 3), NumberKind.MULTIPLE) if right else None
    if found[4]:
        return Number(at, end, Decimal(value_of(found[4])), NumberKind.MULTIPLE)
    if re.match(r"\s+(?:as|down|up|back|over|check|agent|standard|negotiat|entendre)", text[end : end + 12]) or text[end : end + 1] == "-":
        return None
    stem, ending = found[2].lower(), found[3].lower()
    verb = (
        ending in {"ed", "ing"}
        or ending == "es"
        or re.search(r"\b(?:to|will|would|could|should|may|might|can|must|than)\s+$", text[max(0, at - 8) : at]) is not None
    )
    if text[at - 1 : at] == "-" or (at and text[at].isupper() and ending == "e"):
        return None
    if ending == "e" and not verb and not re.match(r"\s+(?:the|that|what|its|his|her|their|our|last)\b", text[end : end + 7]):
        return None
    if ending == "e" and re.search(r"\bthan\s+$", text[max(0, at - 6) : at]):
        verb = False
    if stem == "halv":
        return Number(at, end, Decimal("0.5"), NumberKind.FRACTION, change=True)
    return Number(at, end, Decimal(_TIMES[stem]), NumberKind.MULTIPLE, change=verb)
