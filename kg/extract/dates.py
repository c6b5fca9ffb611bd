"""When words say: a time expression resolved against an article's date, as ISO 8601.

Only what the words and the date settle is given; the rest is None: seasons (which hemisphere?), fiscal years (whose?), "last Tuesday" where
it could be this week's or the week's before, open ends ("after 2020"). What lies somewhere inside a period ("early 2024") is that period.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

__all__ = ["MONTHS", "WEEKDAYS", "Toward", "resolve"]

_MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
MONTHS: dict[str, int] = {
    **{name: number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)},
    "sept": 9,
}
"""Names of months, full and short, in small letters, with their numbers from 1."""

WEEKDAYS: dict[str, int] = {
    name: number for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
"""Names of weekdays in small letters, with their numbers from 0 for Monday."""

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4}
_COUNTS = {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)
}
_YEAR = "(?:1[5-9]|20)[0-9]{2}"
_LONGEST = 80  # characters; no time is told in more
_UNIT = "day|week|month|quarter|year|decade"


class Toward(StrEnum):
    """Which way to look for a day or month that the words do not place: "in June" of what has been, or of what is to come."""

    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class _Period:
    """From one day to another, both inside; `unit` is the calendar unit that it fills, or "" for none."""

    first: date
    last: date
    unit: str = ""

    def __str__(self) -> str:
        if self.unit in {"day", "month", "year"}:
            return _cut(self.first, self.unit)
        if self.unit == "decade":
            return f"{_cut(self.first, 'year')}/{_cut(self.last, 'year')}"
        return f"{_cut(self.first, 'day')}/{_cut(self.last, 'day')}"


def resolve(words: str, published: str | None, *, toward: Toward | None = None) -> str | None:
    """The time that words tell: a year, a month, a day, or an interval; None if it is not settled.

    Args:
        words: a time expression, its preposition too: "in the third quarter", "since 1990", "by March".
        published: the article's date, ISO 8601, a time behind it is ignored; None if not known: then only words that need none are resolved.
        toward: where to look for a month or weekday without a year or week; None: ahead behind "by", else back. The day itself is both.

    >>> resolve("on Tuesday", "2025-03-06"), resolve("by March", "2025-11-20"), resolve("since 1990", "2025-06-20")
    ('2025-03-04', '2026-03', '1990/2025')
    >>> resolve("in the third quarter of 2023", None), resolve("last year", None), resolve("this autumn", "2025-06-20")
    ('2023-07-01/2023-09-30', None, None)
    """
    line = re.sub(r"[^\w\s/–-]+", " ", re.sub(r"[’']s\b", "", words.lower())).replace("_", " ")
    line = " ".join(line.split()).strip("-– ")
    if len(line) > _LONGEST:
        return None
    try:
        found = _Reader(_day(published), toward).read(line)
    except (ValueError, OverflowError):  # the 31st of June, or a year that no calendar here has
        return None
    return str(found) if found is not None else None


class _Reader:
    """Reads time expressions as seen from one day."""

    def __init__(self, today: date | None, toward: Toward | None) -> None:
        self.today = today
        self.toward = toward

    def read(self, line: str) -> "_Period | _Open | None":
        """A whole expression, with its preposition."""
        if found := re.fullmatch(r"(?:ever )?since (?:then )?(.+)", line):
            return self._since(found[1])
        if re.match(r"(?:until|till|through|before|after|from)\b(?!.* (?:to|through|until|and) )", line):
            return None
        if re.search(r"\b(?:about|around|roughly|some|nearly|almost|over|than|fiscal|following|every|each)\b", line) and not re.search(
            r"\bover (?:the|this|last)\b", line
        ):
            return None
        if found := re.fullmatch(r"between (.+?) and (.+)|(?:from )?(.+?)(?: to | through | until | ?– ?|-(?=[0-9]{4}$))(.+)", line):
            return self._range(found[1] or found[3], found[2] or found[4])
        line, ahead = _without_preposition(line)
        if ahead and self.toward is None:
            self.toward = Toward.FUTURE
        return self._part(line)

    # ----------------------------------------------------------------------- parts and stretches

    def _part(self, line: str) -> _Period | None:
        """A period, or the end, beginning or a part of one."""
        if found := re.fullmatch(r"(?:the )?(?:very )?(end|close|beginning|start) of (.+)", line):
            whole = self._whole_or_current(found[2])
            return whole and _days(whole.last if found[1] in {"end", "close"} else whole.first, 0)
        if line in {"year-end", "year end", "the year-end"}:
            return self._part("end of the year")
        if found := re.fullmatch(r"(?:the )?(?:rest|remainder) of (.+)", line):
            return self._to_come(self._whole_or_current(found[1]))
        if found := re.fullmatch(r"(?:the )?(first|second|1st|2nd) half(?: of)?(?: (.+))?", line):
            return self._share(_ORDINALS[found[1]], 6, found[2])
        if found := re.fullmatch(r"(?:the )?(first|second|third|fourth|final|[1-4](?:st|nd|rd|th)) quarter(?: of)?(?: (.+))?", line):
            return self._share(_ORDINALS[found[1]], 3, found[2])
        if found := re.fullmatch(rf"q([1-4])(?: of)?(?: (.+))?|({_YEAR}) q([1-4])", line):
            return self._share(int(found[1] or found[4]), 3, found[2] or found[3])
        if found := re.fullmatch(r"(?:the )?first (\w+) months of (.+)", line):
            months, year = _count(found[1]), self._whole_or_current(found[2])
            return _Period(year.first, _months_on(year.first, months) - timedelta(1)) if year and year.unit == "year" and months else None
        if re.fullmatch(r"(?:so far|thus far) (?:this|in the) .+|(?:the )?year to date", line):
            return self._until_now(self._whole("this year" if "date" in line else f"this {line.rpartition(' ')[2]}"))
        if found := re.fullmatch(r"(?:the )?(earlier|later|early|late|mid|sometime|some time|back|middle of)[ -](?:in |on )?(.+)", line):
            whole = self._whole_or_current(found[2])
            if found[1] == "earlier" and re.match(r"(?:this|today)\b", found[2]):
                return self._until_now(whole)
            return self._to_come(whole) if found[1] == "later" and re.match(r"(?:this|today)\b", found[2]) else whole
        return self._whole(line)

    def _whole_or_current(self, line: str) -> _Period | None:
        found = re.fullmatch(r"the (week|month|quarter|year|decade)", line)
        return self._whole(f"this {found[1]}" if found else line)

    def _share(self, number: int, months: int, year: str | None) -> _Period | None:
        """A quarter or a half of a year; without a year, the nearest that has begun, or that has not ended when looking ahead."""
        if year is not None:
            whole = self._whole_or_current(year)
            return _stretch(whole.first, number, months) if whole and whole.unit == "year" else None
        if self.today is None:
            return None
        found = [_stretch(date(self.today.year + shift, 1, 1), number, months) for shift in (-1, 0, 1)]
        return self._nearest(found)

    def _nearest(self, found: list[_Period]) -> _Period:
        """Of periods in order: the first that has not ended, looking ahead; else the last that has begun."""
        today = self.today or date.min
        if self.toward is Toward.FUTURE:
            return next(one for one in found if one.last >= today)
        return next(one for one in reversed(found) if one.first <= today)

    def _until_now(self, whole: _Period | None) -> _Period | None:
        return _Period(whole.first, self.today, "day" if whole.first == self.today else "") if whole and self.today else None

    def _to_come(self, whole: _Period | None) -> _Period | None:
        return _Period(self.today, whole.last, "day" if whole.last == self.today else "") if whole and self.today else None

    def _since(self, line: str) -> "_Open | None":
        start = self._part(_without_preposition(line)[0])
        if start is None or self.today is None or start.first > self.today:
            return None
        return _Open(start, self.today)

    def _range(self, first: str, last: str) -> "_Open | _Period | None":
        """From one to the other; what the second says of the year goes for the first."""
        last = _without_preposition(last)[0]
        end = self._part(last)
        if end is None:
            return None
        year = re.search(rf"\b{_YEAR}$", last)
        start = self._part(f"{first} {year[0]}") if year and not re.search(_YEAR, first) else self._part(first)
        if start is None or start.first > end.last or start.unit != end.unit:
            return None
        return _Open(start, end.last)

    # ----------------------------------------------------------------------- whole periods

    def _whole(self, line: str) -> _Period | None:
        """A day, week, month, quarter, year or decade, or some of them counted from today."""
        return self._absolute(line) or (self._relative(line, self.today) if self.today is not None else None)

    def _absolute(self, line: str) -> _Period | None:
        line = line.removeprefix("the ").removeprefix("year ")
        if found := re.fullmatch(rf"({_YEAR})-([0-9]{{2}})(?:-([0-9]{{2}}))?", line):
            return _dated(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
        if re.fullmatch(_YEAR, line):
            return _year(int(line))
        if found := re.fullmatch(r"((?:1[5-9]|20)[0-9])0s", line):
            return _decade(int(found[1]) * 10)
        line = re.sub(rf"^{_WEEKDAY} ", "", line)
        if found := re.fullmatch(rf"({_MONTH})(?: ([0-9]{{1,2}})(?:st|nd|rd|th)?)?(?: of)? ({_YEAR})", line):
            return _dated(int(found[3]), MONTHS[found[1]], int(found[2]) if found[2] else None)
        if found := re.fullmatch(rf"([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH}) ({_YEAR})", line):
            return _dated(int(found[3]), MONTHS[found[2]], int(found[1]))
        return None

    def _relative(self, line: str, today: date) -> _Period | None:
        line = line.removeprefix("the ")
        for way in (self._named_day, self._named_month, self._counted):
            if (found := way(line, today)) is not None:
                return found
        return None

    def _named_day(self, line: str, today: date) -> _Period | None:
        if re.fullmatch(r"today|tonight|(?:this|the same) (?:morning|afternoon|evening|day)|earlier today|now", line):
            return _days(today, 0)
        if re.fullmatch(r"yesterday(?: (?:morning|afternoon|evening))?|last night", line):
            return _days(today, -1)
        if re.fullmatch(r"tomorrow(?: (?:morning|afternoon|evening|night))?", line):
            return _days(today, 1)
        if found := re.fullmatch(rf"(?:(this|last|next|past|coming) )?({_WEEKDAY})(?: (?:morning|afternoon|evening|night))?", line):
            return self._weekday(found[1], WEEKDAYS[found[2]], today)
        if found := re.fullmatch(rf"({_WEEKDAY}) (?:of )?(last|next) week", line):
            return _days(_monday(today), WEEKDAYS[found[1]] + (7 if found[2] == "next" else -7))
        return None

    def _weekday(self, which: str | None, weekday: int, today: date) -> _Period | None:
        back = (today.weekday() - weekday) % 7
        if which is None:
            return _days(today, -back if self.toward is not Toward.FUTURE else (7 - back) % 7)
        week = _monday(today)
        if which == "this":
            return _days(week, weekday)
        # "Last Tuesday" is the one just past to some and that of the week before to others: given where the two are one.
        near = today - timedelta(back or 7) if which in {"last", "past"} else today + timedelta(7 - back)
        far = week + timedelta(weekday + (-7 if which in {"last", "past"} else 7))
        return _days(near, 0) if near == far or which in {"past", "coming"} else None

    def _named_month(self, line: str, today: date) -> _Period | None:
        """A month, or a day of one, without a year or with a relative one."""
        line = re.sub(rf"^{_WEEKDAY} ", "", line)
        line = re.sub(rf"^([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b", r"\2 \1", line)
        if found := re.fullmatch(rf"({_MONTH})(?: ([0-9]{{1,2}})(?:st|nd|rd|th)?)?(?: of)? (this|last|next) year", line):
            return _dated(today.year + _SHIFT[found[3]], MONTHS[found[1]], int(found[2]) if found[2] else None)
        found = re.fullmatch(rf"(?:(this|last|next|past|coming) )?({_MONTH})(?: ([0-9]{{1,2}})(?:st|nd|rd|th)?)?", line)
        if found is None:
            return None
        month, day = MONTHS[found[2]], int(found[3]) if found[3] else None
        years = range(today.year - 1, today.year + 2)
        leap = month == 2 and day == 29
        there = [_dated(year, month, day) for year in years if not leap or monthrange(year, 2)[1] == 29]
        if found[1] == "this":
            return next((one for one in there if one.first.year == today.year), None)
        if found[1]:
            self.toward = Toward.PAST if found[1] in {"last", "past"} else Toward.FUTURE
            there = [one for one in there if not one.first <= today <= one.last]
        return self._nearest(there)

    def _counted(self, line: str, today: date) -> _Period | None:
        """A unit before, around or after today: "last month", "two weeks ago", "the next five years"."""
        if found := re.fullmatch(r"(?:(this|last|next|past|coming) )?weekend", line):
            saturday = _monday(today) + timedelta(5)
            if found[1] is None:
                shift = 0 if self.toward is Toward.FUTURE or today >= saturday else -7
            else:
                shift = 7 * _SHIFT[found[1]]
                if shift and today >= saturday:
                    return None  # on a weekend, "last weekend" may be this one
            return _Period(saturday + timedelta(shift), saturday + timedelta(shift + 1))
        if found := re.fullmatch(rf"(this|current|last|previous|next) ({_UNIT})", line):
            return _unit(today, found[2], _SHIFT[found[1]])
        if found := re.fullmatch(rf"(?:a|an|one|(\w+)) ({_UNIT})s? ago(?: (?:today|now))?", line):
            count = _count(found[1])
            # Counted decades are never meant to the year.
            return _unit(today, found[2], -count) if count and found[2] != "decade" else None
        if found := re.fullmatch(rf"(past|last|next|coming)(?: (\w+))? ({_UNIT})s?", line):
            count = _count(found[2])
            other = _on(today, found[3], count if found[1] in {"next", "coming"} else -count)
            return _Period(min(today, other), max(today, other)) if count else None
        return None


@dataclass(frozen=True, slots=True)
class _Open:
    """From one period up to a day, written as exactly as the period is."""

    start: _Period
    end: date

    def __str__(self) -> str:
        unit = {"decade": "year", "month": "month", "year": "year"}.get(self.start.unit, "day")
        return f"{_cut(self.start.first, unit)}/{_cut(self.end, unit)}"


_SHIFT = {"this": 0, "current": 0, "last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}
_PREPOSITION = re.compile(
    r"(?:(?:late|early|back|only|just|at some point|sometime) )?"
    r"(?:in|on|at|by|during|for|within|over|throughout|across|of|as of|as early as|as late as|as soon as|dated|around)\s+(.+)"
)


def _without_preposition(line: str) -> tuple[str, bool]:
    """The expression behind its preposition, and whether that looks ahead."""
    found = _PREPOSITION.fullmatch(line)
    return (found[1], bool(re.match(r"by |within |as (?:early|late|soon) as ", line))) if found else (line, False)


# --------------------------------------------------------------------------- the calendar


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _count(word: str | None) -> int:
    """A small number in words or digits; 1 where none is given, 0 for another word."""
    if word is None:
        return 1
    return int(word) if re.fullmatch("[0-9]{1,3}", word) else _COUNTS.get(word, 0)


def _cut(day: date, unit: str) -> str:
    return day.isoformat()[: {"year": 4, "month": 7}.get(unit, 10)]


def _days(day: date, shift: int) -> _Period:
    moved = day + timedelta(shift)
    return _Period(moved, moved, "day")


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _year(year: int) -> _Period:
    return _Period(date(year, 1, 1), date(year, 12, 31), "year")


def _decade(year: int) -> _Period:
    return _Period(date(year, 1, 1), date(year + 9, 12, 31), "decade")


def _dated(year: int, month: int, day: int | None) -> _Period:
    if day is None:
        return _Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
    return _days(date(year, month, day), 0)


def _months_on(day: date, count: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _stretch(first: date, number: int, months: int) -> _Period:
    start = _months_on(first, (number - 1) * months)
    return _Period(start, _months_on(start, months) - timedelta(1))


def _unit(day: date, unit: str, shift: int) -> _Period:
    """The calendar unit that holds a day, or one so many units on."""
    if unit == "day":
        return _days(day, shift)
    if unit == "week":
        start = _monday(day) + timedelta(7 * shift)
        return _Period(start, start + timedelta(6))
    if unit == "month":
        there = _months_on(day.replace(day=1), shift)
        return _dated(there.year, there.month, None)
    if unit == "quarter":
        return _stretch(_months_on(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * shift), 1, 3)
    return _year(day.year + shift) if unit == "year" else _decade((day.year // 10 + shift) * 10)


def _on(day: date, unit: str, count: int) -> date:
    if unit in {"day", "week"}:
        return day + timedelta(count * (7 if unit == "week" else 1))
    return _months_on(day, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])
