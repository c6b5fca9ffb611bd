"""Figures in a text: numbers that count or measure, with bounds, unit, measure, period, and whether they are a change.

One walk over the numbers of an article, in time linear in them. A rule here says no rather than guess.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.quantities.bounds import Bound, Hedge, hedge_before, hedge_behind
from kg.extract.quantities.changes import changes_from, is_change
from kg.extract.quantities.exclusions import is_label, is_no_figure, is_year
from kg.extract.quantities.measures import find_measure
from kg.extract.quantities.numbers import Number, NumberKind, find_numbers
from kg.extract.quantities.periods import Periods
from kg.extract.quantities.units import Unit, UnitKind, money_before, rate_of, unit_behind
from kg.extract.text import marked, text_of
from kg.records import Quantity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

__all__ = ["find_quantities", "quantities_in"]

_FRACTION = ("fraction", "1")
_MULTIPLE = ("time", "1")
_CONFIDENCE = {UnitKind.MONEY: 0.92, UnitKind.SHARE: 0.92, UnitKind.TIME: 0.85, UnitKind.MEASURE: 0.88, UnitKind.COUNT: 0.8}
_BETWEEN = re.compile(r"\bbetween\s+(?:(?:about|roughly|around|an estimated|nearly|some)\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_JOINT = re.compile(r"(?P<dash>\s?[-–—]\s?)|-?\s*-?(?P<word>to|or|and)[\s-]\s*(?:about |roughly |nearly |even |perhaps |maybe )?")
_AWAY = re.compile(r"\s+(?:ago|earlier|later|from now|hence)\b")
_OF_THEM = re.compile(r"\s+of\s+(?:those|these|the|his|her|its|their|our|my|your|all|them|us|you|whom|which)\b", re.IGNORECASE)
_TITLE = re.compile(r" (?:Years?|Months?|Weeks?|Days?|Nights?|Hours?|Minutes?|Seconds?|Miles?|Feet)\b")
_OF_THE_NUMBER = re.compile(
    r"\s+of\s+(?:(?:those|these|the|his|her|its|their|our)\s+)?(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)",
    re.IGNORECASE,
)
_PLAIN_UNIT = re.compile(r"\s?%|\s+percent\b")  # the commonest by far, and never part of a date
_HYPHENED = re.compile(r"-([A-Za-z]{3,})(?:-(old)\b)?")
_NO_UNIT = frozenset({"plus", "odd", "ish", "strong", "something", "old", "fold", "way", "time", "times", "and", "some", "year-old"})
_DETERMINED = re.compile(r"\b(?:the|these|those|his|her|their|its|our|my|first|last|other|next|both|all)\s+$", re.IGNORECASE)
_ONE_OF_MANY = re.compile(r"\s+(?:[\w’'-]+\s+){1,2}?(?:and|or)\s+(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\b")
_MANY_AND_ONE = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\s+(?:[\w’'-]+\s+){1,3}(?:and|or)\s+$", re.IGNORECASE
)


def quantities_in(quantities: "Sequence[Quantity]", content: "Iterable[Span]") -> tuple[Quantity, ...]:
    """Those of `quantities`, sorted by evidence as `find_quantities` gives them, that end inside one of the pieces."""
    ends = [quantity.evidence[-1].end for quantity in quantities]
    found = []
    for piece in content:
        low, high = bisect_right(ends, piece.start), bisect_right(ends, piece.end)
        # A hedge may stand before the piece, the number may not.
        found += [one for one in quantities[low:high] if one.evidence[-1].start >= piece.start - 24]
    return tuple(found)


def find_quantities(
    doc: "Doc", *, published: str | None = None, barred: "Iterable[Span]" = (), said_on: "Iterable[Span]" = ()
) -> tuple[Quantity, ...]:
    """The quantities of a parsed article, in text order.

    Args:
        doc: the parse.
        published: the article's date, ISO 8601, against which periods are resolved.
        barred: stretches from which nothing is taken.
        said_on: times that tell when somebody spoke, and so are not the figures'.
    """
    return _Finder(doc, published, tuple(barred), frozenset(said_on)).quantities()


_ASIDE = 60  # code points between two figures for one thing at two times
_SENTENCE_END = re.compile(r"[.!?;\n]\s")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number that may count something, with what stands around it.

    Attributes:
        start: where the currency mark or the number begins.
        end: behind the number, the hedge behind it and the unit.
    """

    number: Number
    start: int
    end: int
    unit: Unit | None
    behind: Hedge | None
    counted: "Token | None"


class _Finder:
    def __init__(self, doc: "Doc", published: str | None, barred: tuple[Span, ...], said_on: frozenset[Span]) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.barred = marked(len(self.text), barred) if barred else None
        self.starts = [token.idx for token in doc]
        self.periods = Periods(doc, published, said_on, self.barred)

    def token(self, at: int) -> "Token":
        """The token that covers a code point, or the one before it."""
        return self.doc[max(0, bisect_right(self.starts, at) - 1)]

    # ----------------------------------------------------------------------- what counts

    def quantities(self) -> tuple[Quantity, ...]:
        figures = [figure for number in find_numbers(self.text) if (figure := self.figure(number)) is not None]
        found: list[Quantity] = []
        k = 0
        while k < len(figures):
            one, (other, third) = figures[k], (*figures[k + 1 : k + 3], None, None)[:2]
            kind = self.kind_of(one, other)
            if kind == "range" and other is not None:
                found += self.made(self.bare(one, other), other)
            elif kind == "levels" and other is not None:
                # "from 10 to one or two years": the second level may be a range
                wide = self.kind_of(other, third) == "range"
                last = third if wide and third is not None else other
                found += self.made(self.level(self.bare(one, other), last), None)
                found += self.made(self.bare(other, third) if wide else other, third if wide else None)
                k += wide
            elif kind is None:
                found += self.made(one, None)
            k += 1 if kind is None else 2  # the rest: a score, a ratio
        return tuple(self.completed(found))

    def completed(self, found: list[Quantity]) -> "Iterator[Quantity]":
        """The figures, each second one without a noun given that of the first: "4,200 visitors in June and 3,100 in July"."""
        before: Quantity | None = None
        for figure in found:
            one = figure
            if before is not None and one.unit is None and one.measure is None and one.period not in {None, before.period}:
                between = self.text[before.evidence[0].end : one.evidence[0].start]
                if len(between) <= _ASIDE and not _SENTENCE_END.search(between):
                    one = replace(one, unit=before.unit, unit_code=before.unit_code, measure=before.measure)
            level = before is not None and one.measure is None and one.unit == before.unit
            if before is not None and level and self.text[before.evidence[0].end : one.evidence[0].start].strip() == "to":
                one = replace(one, measure=before.measure)  # "from 10 percent to 5 percent"
            before = one if one.unit is not None else before
            yield one

    def bare(self, one: _Figure, other: _Figure | None) -> _Figure:
        """The first of two without a noun that stands behind the second: "one or two years"."""
        return replace(one, counted=None) if other is not None and one.counted is not None and one.counted.idx >= other.start else one

    def level(self, one: _Figure, other: _Figure) -> _Figure:
        """The first of two levels, with the unit of the second if it has none."""
        if one.unit is not None or one.counted is not None:
            return one
        return replace(one, unit=other.unit or self.counted_unit(other), counted=other.counted)

    def kind_of(self, one: _Figure, other: _Figure | None) -> str | None:
        return self.joint(self.bare(one, other), other) if other is not None else None

    def figure(self, number: Number) -> _Figure | None:
        """The number with its unit; None for one that cannot count anything."""
        text, start, end = self.text, number.start, number.end
        if self.barred and self.barred[start]:
            return None
        money = money_before(text, start)
        if money is None and not _PLAIN_UNIT.match(text, end) and is_no_figure(text, number):
            return None
        if number.kind in {NumberKind.FRACTION, NumberKind.MULTIPLE}:
            name, code = _FRACTION if number.kind is NumberKind.FRACTION else _MULTIPLE
            return _Figure(number, start, end, Unit(name, code, end, UnitKind.SHARE), None, None)
        if number.digits and start and text[start - 1] in "-−" and (start < 2 or text[start - 2].isspace()) and not money:
            number = Number(start - 1, end, -number.value, digits=True, scale=number.scale)
            start -= 1
        behind = hedge_behind(text, end)
        at = behind.at if behind is not None else end
        of = number.kind is NumberKind.VAGUE and text.startswith(" of ", at)
        unit = money and rate_of(text, money, start=at)
        if unit is None:
            unit = unit_behind(text, at + 3 if of else at, number.value, scale=number.scale)
        start = money.end if money is not None else start
        end = unit.end if unit is not None else at
        if behind is None and unit is not None:
            behind = hedge_behind(text, end)
            end = behind.at if behind is not None else end
        last = self.token(number.end - 1)
        counted = self.counted(number, last, at) if unit is None else None
        if unit is None and ((number.digits and text[end : end + 1].isalpha()) or _TITLE.match(text, end)):
            return None  # "3D", "1990s", "21st"; "13 Hours", a title
        dollars_of_a_year = unit is not None and unit.kind is UnitKind.MONEY and money is None and is_year(text, number, None)
        if dollars_of_a_year or (unit is None and (is_year(text, number, counted) or is_label(self.token(number.start), last, counted))):
            return None
        if unit is not None and unit.kind is UnitKind.TIME and _AWAY.match(text, end):
            return None
        return _Figure(number, start, end, unit, behind, counted)

    def stands(self, one: _Figure, *, paired: bool) -> bool:
        """Whether a number by itself counts: "one" and small bare numbers seldom do."""
        number, text = one.number, self.text
        word = text[number.start : number.end].lower()
        if word == "one" and not paired:
            if one.unit is not None:
                return True
            return one.counted is not None and (
                _ONE_OF_MANY.match(text, number.end) is not None
                or _MANY_AND_ONE.search(text, max(0, number.start - 48), number.start) is not None
            )
        if number.kind is NumberKind.VAGUE or one.unit is not None or number.scale > 1:
            return True
        determined = (
            number.value <= 3 and not number.digits and _DETERMINED.search(text, max(0, number.start - 8), number.start) is not None
        )
        if determined and not paired:
            return False
        if one.counted is None and number.value < 10 and not number.digits and one.behind is None and not paired:
            last = self.token(number.end - 1)
            return number.value == 0 or last.dep_ in {"nsubj", "nsubjpass", "attr"} or hedge_before(text, one.start) is not None
        return True

    def counted(self, number: Number, last: "Token", at: int) -> "Token | None":
        """The noun that a number counts: "12 ships", "four of the ten judges", "dozens of flights"."""
        doc, text = self.doc, self.text
        if (found := _OF_THEM.match(text, at)) is not None or (number.kind is NumberKind.VAGUE and text.startswith(" of ", at)):
            index = bisect_left(self.starts, found.end() if found else at + 4)
            return self.noun_from(index)
        if text[at : at + 1] == "-":
            hyphened = _HYPHENED.match(text, at)
            return self.token(hyphened.start(1)) if hyphened and hyphened[1].lower() not in _NO_UNIT else None
        if last.i + 1 < len(doc) and doc[last.i + 1].lower_ in {"last", "this", "next", "each", "every"}:
            return None  # "up from 90 last year"
        token = last
        while token.head.i > token.i and token.dep_ in {"nummod", "compound", "quantmod", "nmod", "amod", "advmod", "npadvmod"}:
            token = token.head
            if token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"compound", "nmod"}:
                break
        if (
            token.i > last.i
            and token.pos_ in {"NOUN", "PROPN"}
            and not any(one.text in {",", ";", ":", "(", "—", "–", "."} for one in doc[last.i + 1 : token.i])
        ):
            return token
        return self.noun_from(last.i + 1) if not text[at : at + 1] or text[at] in " \u00a0" else None

    def noun_from(self, index: int) -> "Token | None":
        """The head of the noun phrase that goes on at a token, by parts of speech."""
        doc, noun = self.doc, None
        stop = min(len(doc), index + 8)
        while index < stop and (
            doc[index].pos_ in {"ADJ", "NOUN", "PROPN", "NUM"}
            or (doc[index].tag_ in {"VBN", "VBG"} and doc[index].dep_ == "amod")
            or doc[index].text == "-"
        ):
            if doc[index].pos_ in {"NOUN", "PROPN"}:
                noun = doc[index]
            index += 1
        return noun

    def counted_unit(self, one: _Figure) -> Unit | None:
        noun = one.counted
        if noun is None:
            return None
        hyphened = self.text[one.number.end : one.number.end + 1] == "-"
        if hyphened:
            found = _HYPHENED.match(self.text, one.number.end)
            name = found[1].lower() if found else noun.lemma_.lower()
        elif noun.text.isupper() and len(noun) > 1:
            name = noun.text
        else:
            name = noun.lemma_.lower()
            name = name.removesuffix("s") if noun.tag_ == "NNPS" else name
        if name in {"person", "people", "persons"}:
            name = "people"
        end = max(one.end, noun.idx + len(noun) if not hyphened else one.number.end + 1 + len(name))
        if _OF_THE_NUMBER.match(self.text, one.end) is not None:
            return Unit(name, None, one.end, UnitKind.COUNT)  # "four of the ten judges": ten has its own
        return rate_of(self.text, Unit(name, None, end, UnitKind.COUNT))

    # ----------------------------------------------------------------------- two numbers

    def joint(self, one: _Figure, other: _Figure) -> str | None:
        """What two neighbouring numbers are: a range, two levels, nothing that counts, or (None) apart."""
        text = self.text
        if other.start - one.end > 16 or one.number.kind is not NumberKind.PLAIN or other.number.kind is not NumberKind.PLAIN:
            return None
        found = _JOINT.fullmatch(text, one.end, other.start)
        if found is None:
            # "45 feet to 50 feet" with a counted noun between is left apart
            return None
        low, high = self.scaled(one, other), other.number.value * (other.unit.factor if other.unit else 1)
        word, before = (found["word"] or "").lower(), text[max(0, one.start - 30) : one.start]
        same = (
            one.unit is None
            or (other.unit is not None and one.unit.name == other.unit.name.partition(" per ")[0])
            or (one.start < one.number.start and other.unit is None)
        )
        named = other.unit is not None or other.counted is not None or one.unit is not None
        if word == "and":
            return "range" if same and _BETWEEN.search(before) and low != high else None
        if not same:
            return None
        if word == "or":
            return "range" if low < high <= 3 * low + 2 and one.counted is None else None
        if not word:
            hedged = named or hedge_before(text, one.start) is not None or _BETWEEN.search(before) is not None
            return "range" if low < high and hedged else "none"
        if _FROM.search(before):
            verb = self.token(one.start - 2 if one.start > 1 else 0).head
            start = _FROM.search(before)
            if start is not None:
                verb = self.token(max(0, one.start - len(before) + start.start())).head
            return "levels" if changes_from(verb) or low >= high else "range"
        if low >= high:
            return "levels" if named and (one.unit is not None or other.unit is not None) else "none"
        return "range"

    def scaled(self, one: _Figure, other: _Figure) -> Decimal:
        """The first number, with the second's scale if it has none itself: "$2-3 million"."""
        scale, value = other.number.scale, one.number.value * (one.unit.factor if one.unit else 1)
        bare = one.number.scale == 1 and (one.unit is None or one.unit.kind is UnitKind.MONEY) and scale > 1
        return value * scale if bare and value * scale < other.number.value else value

    # ----------------------------------------------------------------------- one figure

    def made(self, one: _Figure, other: _Figure | None) -> "list[Quantity]":
        """One quantity of a figure, or of two that are the ends of a range; none if it counts nothing after all."""
        if not self.stands(one, paired=other is not None):
            return []
        text, last = self.text, other or one
        unit = last.unit or one.unit or self.counted_unit(last) or self.counted_unit(one)
        if one.unit is not None and other is not None and other.unit is not None and len(one.unit.name) > len(other.unit.name):
            unit = one.unit
        factor = unit.factor if unit is not None else Decimal(1)
        hedge = self.hedge(one, unit)
        value = low = high = one.number.value * factor
        out_low: Decimal | None = low
        out_high: Decimal | None = high
        out: Decimal | None = value
        start = hedge.at if hedge is not None else one.start
        rule = "exact"
        if other is not None:
            ends = sorted((self.scaled(one, other) if one.number.scale == 1 else low, other.number.value * factor))
            out, out_low, out_high, rule = None, ends[0], ends[1], "range"
            if (between := _BETWEEN.search(text, max(0, one.start - 30), one.start)) is not None:
                start = between.start()
            elif hedge is not None and hedge.bound is not Bound.ABOUT:
                start = one.start
        else:
            bound = hedge.bound if hedge is not None else one.behind.bound if one.behind is not None else None
            if one.number.kind is NumberKind.VAGUE:
                bound = Bound.LOW if bound is None or bound is Bound.ABOUT else bound
            if bound is Bound.LOW:
                out, out_high, rule = None, None, "lower-bound"
            elif bound is Bound.HIGH:
                out, out_low, rule = None, None, "upper-bound"
            elif bound is Bound.ABOUT:
                out_low, out_high, rule = None, None, "approximate"
        end = max(last.end, unit.end if unit is not None and last.unit is None and unit.kind is UnitKind.COUNT else 0)
        evidence = Span(start, max(end, last.number.end))
        if other is None and out is not None and rule == "exact":
            rule = {NumberKind.FRACTION: "share", NumberKind.MULTIPLE: "multiple"}.get(one.number.kind, rule)
        return [self.quantity(one, last, unit, evidence, (out, out_low, out_high), rule)]

    def hedge(self, one: _Figure, unit: Unit | None) -> Hedge | None:
        """The hedge before a figure; in "by $55 billion over six years" the years are a period, and "over" is none."""
        found = hedge_before(self.text, one.start)
        if found is None or unit is None or unit.kind is not UnitKind.TIME or self.text[found.at : found.at + 5].lower() != "over ":
            return found
        before = self.token(max(0, found.at - 2))
        measured = (
            before.text == "%" or before.like_num or before.lower_ in {"percent", "points", "dollars", "euros", "pounds", "yuan", "yen"}
        )
        return None if measured else found

    def quantity(
        self, one: _Figure, last: _Figure, unit: Unit | None, evidence: Span, numbers: "tuple[Decimal | None, ...]", rule: str
    ) -> Quantity:
        text, token = self.text, self.token(last.number.end - 1)
        kind = one.number.kind
        share = kind in {NumberKind.FRACTION, NumberKind.MULTIPLE}
        change = one.number.change or is_change(text, evidence.start, evidence.end, token, unit, share=share)
        period = self.periods.of(evidence, token)
        confidence = _CONFIDENCE[unit.kind] if unit is not None else 0.6
        if kind is not NumberKind.PLAIN:
            confidence = min(confidence, 0.8)
        value, low, high = (_plain(number) for number in numbers)
        return Quantity(
            value=value,
            low=low,
            high=high,
            unit=unit.name if unit is not None else None,
            unit_code=unit.code if unit is not None else None,
            measure=_without(
                find_measure(self.doc, token, bisect_left(self.starts, evidence.end), unit, kind, last.counted), evidence.of(text)
            ),
            period=period.of(text) if period else None,
            change=change,
            evidence=(evidence,),
            rule=rule,
            confidence=confidence,
            when=self.periods.resolved(period, self.token(period.start)) if period else None,
        )


def _without(measure: str | None, figure: str) -> str | None:
    """A measure without the figure itself and what leads up to it: "donations" of "donations totaling $2 million"."""
    if measure is None or figure not in measure or measure.startswith(figure):
        return measure
    words = measure[: measure.index(figure)].split()
    while len(words) > 1 and (words[-1].endswith("ing") or words[-1] in {"at", "of", "to", "worth", "by", "than", "about"}):
        words.pop()
    return " ".join(words)


def _plain(value: Decimal | None) -> Decimal | None:
    """Without exponent and trailing zeros behind the point."""
    return None if value is None else Decimal(format(value.normalize(), "f"))
