"""Figures in statements: value or bounds, unit, what is measured, and when.

Offsets are code points of the article's text. A rule here says no rather than guess: dates, ordinals, names and scores are no quantities.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.quantities.numbers import number_at
from kg.extract.text import text_of
from kg.records import Quantity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

__all__ = ["find_quantities"]

_LOW = (
    "more than",
    "greater than",
    "over",
    "at least",
    "north of",
    "exceeding",
    "exceeded",
    "exceeds",
    "exceed",
    "topping",
    "topped",
    "above",
    "upwards of",
    "surpassed",
    "surpassing",
)
_HIGH = ("up to", "as many as", "as much as", "at most", "less than", "fewer than", "under", "below", "no more than")
_ABOUT = (
    "about",
    "roughly",
    "some",
    "around",
    "nearly",
    "almost",
    "close to",
    "approximately",
    "an estimated",
    "estimated",
    "only about",
    "just over",
    "just under",
)
_CURRENCY = {
    "$": "USD",
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "rmb": "CNY",
    "yuan": "CNY",
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "rupee": "INR",
}
_UCUM = {
    "year": "a",
    "month": "mo",
    "week": "wk",
    "day": "d",
    "hour": "h",
    "minute": "min",
    "second": "s",
    "foot": "[ft_i]",
    "mile": "[mi_i]",
    "inch": "[in_i]",
    "pound": "[lb_av]",
    "gallon": "[gal_us]",
    "kilometer": "km",
    "kilometre": "km",
    "meter": "m",
    "metre": "m",
    "centimeter": "cm",
    "centimetre": "cm",
    "millimeter": "mm",
    "millimetre": "mm",
    "kilogram": "kg",
    "gram": "g",
    "liter": "L",
    "litre": "L",
    "watt": "W",
    "kilowatt": "kW",
    "megawatt": "MW",
    "gigawatt": "GW",
    "hectare": "har",
}
_TIME = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "decade"})
_CHANGE = frozenset(
    {
        "rise",
        "fall",
        "grow",
        "increase",
        "decrease",
        "drop",
        "gain",
        "lose",
        "jump",
        "surge",
        "climb",
        "decline",
        "shrink",
        "cut",
        "slump",
        "soar",
        "plunge",
        "add",
        "reduce",
        "expand",
    }
)
_PERIOD = re.compile(
    r"\b(?:(?:in|by|for|during|since|until|as of)\s+(?:the\s+)?(?:(?:early|late|mid|fiscal|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)[\s-]+)?(?:19|20)\d\d\b|(?:between|from)\s+(?:19|20)\d\d\s+(?:and|to)\s+(?:19|20)\d\d\b|(?:this|last|next)\s+(?:year|month|week"
    r"|quarter|decade)\b|(?:over|in|during|within)\s+the\s+(?:past|last|next|coming)\s+(?:\w+\s+)?(?:years?|months?|weeks?|days?|decades?)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number phrase: tokens half-open, and what it says."""

    start: int
    end: int
    value: Decimal
    vague: bool


def find_quantities(doc: "Doc", content: "Sequence[Span]") -> tuple[Quantity, ...]:
    """The quantities inside a statement, in text order.

    Args:
        doc: the parse of the article.
        content: the statement's pieces; numbers outside them are left alone.
    """
    found: list[Quantity] = []
    for piece in content:
        tokens = doc.char_span(piece.start, piece.end, alignment_mode="expand")
        if tokens is None:
            continue
        numbers = [number for number in _numbers(doc, tokens.start, tokens.end) if _counts(doc, number)]
        k = 0
        while k < len(numbers):
            partner = numbers[k + 1] if k + 1 < len(numbers) and _range(doc, numbers[k], numbers[k + 1]) else None
            found.append(_quantity(doc, numbers[k], partner, piece))
            k += 2 if partner else 1
    return tuple(found)


def _numbers(doc: "Doc", start: int, end: int) -> "Iterator[_Number]":
    index = start
    while index < end:
        got = number_at(doc, index)
        if got is None:
            index += 1
            continue
        value, after, vague = got
        yield _Number(index, after, value, vague)
        index = after


def _counts(doc: "Doc", number: _Number) -> bool:
    """Whether a number counts or measures something."""
    first, last = doc[number.start], doc[number.end - 1]
    before = doc[number.start - 1] if number.start else None
    after = doc[number.end] if number.end < len(doc) else None
    money = _symbol(before) is not None
    unit = after is not None and (after.text == "%" or after.lower_ in {"percent", "per"})
    if money or unit:
        return True
    single = number.end == number.start + 1
    if single and _YEAR.fullmatch(first.text) and not (first.dep_ == "nummod" and first.head.pos_ == "NOUN" and first.head.i > first.i):
        return False
    if first.ent_type_ in {"DATE", "TIME"} and _unit_noun(doc, number) not in _TIME:
        return False
    if (
        first.ent_type_ in {"ORDINAL", "PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "NORP"}
        and not number.vague
    ):
        return False
    if single and first.lower_ == "one":
        return _unit_noun(doc, number) in _TIME or bool(after is not None and after.lower_ == "or")
    if before is not None and (
        before.text in {"#", "/"}
        or before.lower_ in {"no.", "number", "article", "section", "chapter", "page", "version", "channel", "route"}
    ):
        return False
    if after is not None and (
        after.text in {"/", ":"}
        or (
            after.text == "-"
            and number.end + 1 < len(doc)
            and doc[number.end + 1].like_num
            and not after.whitespace_
            and _score(doc, number)
        )
    ):
        return False
    return not (first.pos_ == "PROPN" or (before is not None and before.pos_ == "PROPN" and first.head is before)) or (
        last.like_num and first.dep_ == "nummod"
    )


def _score(doc: "Doc", number: _Number) -> bool:
    """Whether "3-2" stands alone: no noun that it could count."""
    following = doc[number.end + 2] if number.end + 2 < len(doc) else None
    return following is None or following.pos_ != "NOUN"


def _range(doc: "Doc", low: _Number, high: _Number) -> bool:
    """Whether two numbers are the ends of one range: "12 to 15", "one or two", "between 12 and 15", "12-15"."""
    between = doc[low.end : high.start].text.strip().lower()
    before = doc[low.start - 1].lower_ if low.start else ""
    if low.value >= high.value:
        return False
    if before == "from" and between == "to":
        return False  # two levels: "rose from 5 to 8"
    return between in {"to", "-", "–", "or"} or (between == "and" and before == "between")


def _quantity(doc: "Doc", number: _Number, partner: _Number | None, piece: Span) -> Quantity:
    last = partner or number
    unit, code, end = _unit(doc, number, last)
    start = number.start
    symbol = _symbol(doc[start - 1]) if start else None
    if symbol is not None:
        start -= 1
        if start and doc[start - 1].text.upper() == "US" and not doc[start - 1].whitespace_:
            start -= 1
    value: Decimal | None = number.value
    low: Decimal | None = number.value
    high: Decimal | None = number.value
    hedge, hedge_start = _hedge(doc, start)
    rule = "exact"
    if partner is not None:
        value, low, high, rule = None, number.value, partner.value, "range"
        if hedge is None and start and doc[start - 1].lower_ == "between":
            hedge_start = start - 1
    elif hedge == "low" or number.vague or (hedge is None and _behind(doc, end, "more", "above", "higher")):
        value, high, rule = None, None, "lower-bound"
    elif hedge == "high" or (hedge is None and _behind(doc, end, "less", "fewer", "below")):
        value, low, rule = None, None, "upper-bound"
    elif hedge == "about":
        low, high, rule = None, None, "approximate"
    first = doc[hedge_start if hedge_start is not None else start]
    evidence = Span(first.idx, doc[end - 1].idx + len(doc[end - 1]))
    head = doc[last.end - 1]
    return Quantity(
        value=_plain(value),
        low=_plain(low),
        high=_plain(high),
        unit=unit,
        unit_code=code,
        measure=_measure(doc, number, last),
        period=_period(doc, evidence, piece),
        change=_change(doc, head, start),
        evidence=(evidence,),
        rule=rule,
        confidence=0.8 if unit else 0.6,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Without exponent and trailing zeros behind the point."""
    if value is None:
        return None
    return Decimal(format(value.normalize(), "f"))


def _symbol(token: "Token | None") -> str | None:
    return _CURRENCY.get(token.lower_) if token is not None and (token.is_currency or token.lower_ in {"rmb", "us$"}) else None


def _unit(doc: "Doc", number: _Number, last: _Number) -> tuple[str | None, str | None, int]:
    """Unit, code, and the token index behind the unit's words."""
    end = last.end
    symbol = _symbol(doc[number.start - 1]) if number.start else None
    if symbol:
        return symbol, symbol, end
    after = doc[end] if end < len(doc) else None
    if after is None:
        return None, None, end
    if after.lower_ == "to" and number.start and doc[number.start - 1].lower_ == "from" and (other := number_at(doc, end + 1)):
        third = number_at(doc, other[1] + 1) if doc[other[1]].lower_ in {"or", "to"} else None  # "from 10 to one or two years"
        level = _Number(end + 1, (third or other)[1], other[0], vague=False)
        unit, code, _ = _unit(doc, level, level)
        return unit, code, end
    if after.text == "%" or after.lower_ == "percent" or (after.lower_ == "per" and end + 1 < len(doc) and doc[end + 1].lower_ == "cent"):
        return "percent", "%", end + (2 if after.lower_ == "per" else 1)
    if after.lower_ == "percentage" and end + 1 < len(doc) and doc[end + 1].lemma_.lower() == "point":
        return "percentage point", None, end + 2
    if after.text == "-" and end + 1 < len(doc) and doc[end + 1].pos_ == "NOUN":
        lemma = doc[end + 1].lemma_.lower()
        return lemma, _UCUM.get(lemma), end + 2
    noun = _noun_behind(doc, end)
    if noun is None:
        return None, None, end
    lemma = noun.lemma_ if noun.text.isupper() else noun.lemma_.lower()
    if noun.text.isupper() and len(noun) > 1:
        lemma = noun.text
    if lemma in _CURRENCY:
        return _CURRENCY[lemma], _CURRENCY[lemma], noun.i + 1
    return ("people" if lemma in {"people", "person"} else lemma), _UCUM.get(lemma), noun.i + 1


def _noun_behind(doc: "Doc", end: int) -> "Token | None":
    """The head of the noun phrase that a number opens."""
    index, noun = end, None
    if index < len(doc) and doc[index].lower_ == "of" and index + 1 < len(doc) and doc[index + 1].pos_ in {"NOUN", "ADJ"}:
        index += 1
    while (
        index < len(doc)
        and doc[index].pos_ in {"ADJ", "NOUN", "PROPN", "VERB"}
        and not (doc[index].pos_ == "VERB" and doc[index].dep_ != "amod")
    ):
        if doc[index].pos_ in {"NOUN", "PROPN"}:
            noun = doc[index]
        index += 1
    return noun


def _unit_noun(doc: "Doc", number: _Number) -> str:
    end = number.end + 1 if number.end < len(doc) and doc[number.end].text == "-" else number.end
    noun = _noun_behind(doc, end)
    return noun.lemma_.lower() if noun is not None else ""


def _hedge(doc: "Doc", start: int) -> tuple[str | None, int | None]:
    """The hedge before a number, as low, high or about, and the token it starts at."""
    for kind, phrases in (("high", _HIGH), ("low", _LOW), ("about", _ABOUT)):
        for phrase in sorted(phrases, key=lambda p: -len(p.split())):
            words = phrase.split()
            first = start - len(words)
            if first >= 0 and [token.lower_ for token in doc[first:start]] == words:
                if kind == "low" and first and doc[first - 1].lower_ == "no":
                    return "high", first - 1
                return kind, first
    return None, None


def _behind(doc: "Doc", end: int, *words: str) -> bool:
    return end + 1 < len(doc) and doc[end].lower_ == "or" and doc[end + 1].lower_ in words


def _change(doc: "Doc", head: "Token", start: int) -> bool:
    """Whether the figure is the size of a change: "rose 3 percent", "rose by 3"; not "rose to 3"."""
    before = doc[start - 1].lower_ if start else ""
    if before in {"to", "from", "at"}:
        return False
    token = head
    for _ in range(4):
        if token.head == token:
            break
        token = token.head
        if token.pos_ == "VERB":
            return token.lemma_.lower() in _CHANGE
        if token.dep_ == "ROOT" or token.lower_ in {"to", "of", "in"}:
            return False
    return False


def _measure(doc: "Doc", number: _Number, last: _Number) -> str | None:
    """What is measured, verbatim: the noun whose amount it is ("a growth rate of 20 percent"), else the subject of the number's verb."""
    head = doc[last.end - 1]
    for _ in range(6):
        if head.head == head:
            break
        parent = head.head
        if head.dep_ == "pobj" and parent.lower_ == "of" and parent.head.pos_ == "NOUN" and parent.head.i < number.start:
            return _noun_words(doc, parent.head, bare=True)
        if parent.pos_ in {"VERB", "AUX"}:
            subject = _subject(parent)
            return _noun_words(doc, subject) if subject is not None and subject.pos_ in {"NOUN", "PROPN"} else None
        head = parent
    return None


def _subject(verb: "Token") -> "Token | None":
    for _ in range(3):
        subject = next((child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None:
            return subject
        if verb.dep_ in {"xcomp", "conj", "aux"}:
            verb = verb.head
            continue
        return None
    return None


def _noun_words(doc: "Doc", noun: "Token", *, bare: bool = False) -> str:
    """The noun with its modifiers before and, unless `bare`, its prepositional phrase behind, without article."""
    start, end = noun.left_edge.i, noun.i + 1
    while start < noun.i and (doc[start].dep_ == "det" or doc[start].is_punct):
        start += 1
    for child in () if bare else noun.rights:
        if child.dep_ == "prep" and child.i == end and child.right_edge.i - child.i < 12:
            end = child.right_edge.i + 1
        else:
            break
    words = " ".join(doc[start:end].text.split())
    return words.removeprefix("number of ")


def _period(doc: "Doc", evidence: Span, piece: Span) -> str | None:
    """The time the figure is for: the nearest period in the figure's own sentence."""
    sentence = doc.char_span(evidence.start, evidence.end, alignment_mode="expand")
    if sentence is None:
        return None
    low, high = max(piece.start, sentence.sent.start_char), min(piece.end, sentence.sent.end_char)
    best: tuple[int, str] | None = None
    for match in _PERIOD.finditer(text_of(doc), low, high):
        if Span(*match.span()).overlaps(evidence):
            continue
        gap = match.start() - evidence.end if match.start() >= evidence.end else 2 * (evidence.start - match.end()) + 20
        if best is None or gap < best[0]:
            best = (gap, match.group())
    return best[1] if best else None
