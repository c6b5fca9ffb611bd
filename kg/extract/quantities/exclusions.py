"""Numbers that count nothing: dates, times of day, telephone numbers, addresses, ranks, labels, ages beside names, ratios and scores."""

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.dates import MONTHS
from kg.extract.quantities.numbers import Number, NumberKind
from kg.lexicon.load import load_table

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_label", "is_no_figure", "is_year"]

_MONTH = "(?:" + "|".join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True)) + r")\b\.?"
_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_CLOCK = r"\s?(?:(?:a\.?m|p\.?m)\b|o['’]clock|noon\b|midnight\b|GMT\b|UTC\b|E[SD]?T\b|P[SD]?T\b|CET\b|hrs\b)"
_WINDOW = 32  # code points either side; no pattern below is longer

# Each is searched near a number; what it matches must cover the number's start.
_PATTERNS = re.compile(
    "|".join(
        (
            # "June 23", "Dec. 5, 2007", "April 14-16", "May 3 and 4"; not "May 5 percent"
            rf"{_MONTH}\s\d{{1,2}}(?!\d|\s?%|\s(?:percent|million|billion)|[.,]\d)(?:(?:\s?[-–]\s?|\s(?:to|and|or|through)\s)\d{{1,2}}(?!\d|\s?%|\s[a-z]+s\b))?(?:,?\s\d{{4}}\b)?",
            # "12 March", "3 to 5 May"
            rf"\b\d{{1,2}}(?:\s?(?:[-–]|to|and)\s?\d{{1,2}})?\s(?:of\s)?{_MONTH}(?!\w)(?:,?\s\d{{4}}\b)?",
            # "6 p.m.", "between ten and eleven o'clock", "10-11 a.m."
            rf"\b{_WORD}(?:\s?(?:[-–]|to|and|or)\s?{_WORD})?{_CLOCK}",
            r"\b(?:half|quarter) (?:past|to) (?:\w+)",
            # telephone numbers, dates in digits, addresses of machines
            r"\+\d[\d\s().-]{6,}",
            r"\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b",
            r"\b0\d{2,5}(?:[ -]\d{2,4}){1,4}\b",
            r"\b1-\d{3}-[\dA-Z]{3,4}-?[\dA-Z]*",
            r"\b\d{2,5}(?:[ -]\d{2,4}){3,}\b",
            r"\b\d{4}-\d\d-\d\d\b",
            r"\b\d{1,2}/\d{1,2}/\d{2,4}\b",
            r"\b(?:1[5-9]|20)\d\d\s?[-–/]\s?\d{2,4}\b(?!\s?%)",
            r"(?:https?://|www\.)\S+",
            r"\S+@\S+\.\w+",
            r"[#@]\w+",
            # "12 Quay Street"
            r"\b\d{1,5}\s(?:[A-Z][\w.'’]*\s){1,3}(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Boulevard|Blvd\b|Drive|Lane|Court|Square|Place|Plaza|Parkway|Highway|Terrace|Row|Way)",
            # "401(k)", the numbers of a list
            r"\b\d+(?:\([a-z0-9]\)| [a-z]\d\b)",
            r"(?m:^[ \t]*\d{1,2}[.)]\s)",
            r"(?<![\w(])\d{1,2}\)\s",
            # ranks and labels
            r"(?:\bN(?:o|os)\.|\bno\.|№|#)\s?\d+",
            rf"(?i:\bnumbers?)\s{_WORD}\b(?!\s?(?:%|percent|million))",
            r"(?i:\btop[ -]|\btop\s)(?:\d{1,3}|five|ten|twenty|three|two)\b(?!\s?(?:%|percent))",
            r"(?i:\bage[sd]?\s|\baged between\s)\d{1,3}(?:\s?(?:[-–]|to|and)\s?\d{1,3})?(?!\s?%)",
            r"(?i:\bper\s)\d[\d,]*",
            r"(?i:\bby the (?:hundreds|thousands|dozens)\b)",
            # kinds of thing and idioms
            r"(?i:\b(?:one|two|three|four|five|\d{1,2})-(?:way|time|timer|on|sided|handed|off|stop|piece|liner|party|thirds?)\b)",
            r"(?i:(?<!from )\b\w+[- ]to[- ](?:one|1)\b)(?!\s?(?:or\b|%|percent|million|billion|[a-z]+s\b)|[.,]\d)",
            r"(?i:\b(?:50[-/]50|fifty[- ]fifty|24[-/]7|20[/]20|9[-/]11)\b)",
            r"(?i:\bzero[- ](?:sum|tolerance|hour|in on|waste|day|emission)|\b(?:ground|net|sub|patient|absolute|less than)[- ]zero\b|\bzero in on\b)",
            r"(?i:\b(?:at|for|in|on) one (?:point|time|stage|level|place|hand|end)\b)",
            r"(?i:\bback to square one|\bone (?:day|night|morning|evening|afternoon|another|way|side|thing)\b)(?! (?:a|per|of|and two)\b)",
            r"(?i:\b(?:one in a|a|thanks a|the|feel like a) million (?:bucks|times|to one)\b)",
            r"(?i:\bdime a dozen\b)",
            r"(?i:\b(?:day|days|week|year|round|plan|phase|part|act|chapter|grade|step|take|game|square|type|class|level) (?:one|two|three|four|five)\b)(?! (?:people|of|hundred|million|thousand))",
        )
    )
)
_AGE = re.compile(r"[A-Z][\w.'’-]+,?\s\(?$")
_UNIT_SLASH = re.compile(r"[\d]\s?/\s?\d")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|of|for|until|till|from|before|after|during|the|this|that|his|her|their|its|early|late|mid|fiscal|and|to|through|between|around|or|than|year|FY|a|an)"
    r"|['’/(–-]|s['’]|['’]s)\s?$",
    re.IGNORECASE,
)


def is_no_figure(text: str, number: Number) -> bool:
    """Whether the characters around a number make it a date, a rank, a label and the like.

    >>> from kg.extract.quantities.numbers import find_numbers
    >>> text = "On June 23 the 12 Quay Street office, ring 0555 010 0199, had 40 callers by 6 p.m."
    >>> [str(number.value) for number in find_numbers(text) if not is_no_figure(text, number)]
    ['40']
    """
    at, end = number.start, number.end
    low = max(0, at - _WINDOW)
    window = text[low : end + _WINDOW]
    for found in _PATTERNS.finditer(window):
        if found.start() <= at - low < found.end():
            return not (number.kind in {NumberKind.FRACTION, NumberKind.MULTIPLE} and not re.match(r"[\d/]+|half|quarter", found[0]))
    if number.kind is not NumberKind.FRACTION and _UNIT_SLASH.search(text[max(0, at - 2) : end + 2]):
        return True
    # "Ada Brandt, 44, said"
    return (
        number.digits
        and number.value < 120
        and text[end : end + 1] in {",", ".", ")", ";"}
        and text[at - 2 : at] in {", ", " ("}
        and (
            _AGE.search(text[max(0, at - 40) : at]) is not None
            and re.match(r"\s(?!million|percent|people)[A-Za-z\"”(]|$", text[end + 1 : end + 3]) is not None
        )
    )


def is_year(text: str, number: Number, counted: "Token | None") -> bool:
    """Whether four bare digits are a year: all from 1500 to 2099, but for those that stand before what they count ("about 2000 people").

    Args:
        text: the article's.
        number: a number without unit.
        counted: the noun that it counts by the parse; None for none.
    """
    if not number.digits or number.scale > 1 or not re.fullmatch(r"(?:1[5-9]|20)\d\d", text[number.start : number.end]):
        return False
    plural = counted is not None and counted.tag_ in {"NNS", "NNPS"} and 0 < counted.idx - number.end < 40
    return not plural or _YEAR_BEFORE.search(text[max(0, number.start - 10) : number.start]) is not None


@cache
def _labels() -> frozenset[str]:
    return frozenset(row["noun"] for row in load_table("label_nouns", columns=("noun", "example")))


_NAMED = frozenset({"PERSON", "ORG", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "GPE", "LOC"})


def is_label(first: "Token", last: "Token", counted: "Token | None") -> bool:
    """Whether a number without a unit names what stands in front of it, or is part of a name: "page 12", "Apollo 13", "World War Two".

    Args:
        first: the number's first token.
        last: its last one.
        counted: the noun behind that it counts by the parse; None for none.
    """
    doc = first.doc
    before = doc[first.i - 1] if first.i else None
    if before is not None and before.lower_ in _labels() and (counted is None or before.pos_ in {"NOUN", "PROPN"}):
        several = counted is not None and counted.tag_ == "NNS"
        return not (several and before.lower_ in {"day", "week", "game", "class", "model", "series"})
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if (
        first.text[0].isupper()
        and first.text[0].isalpha()
        and not first.is_sent_start
        and before is not None
        and (before.pos_ == "PROPN" or before.text.istitle())
    ):
        return True
    if (
        first.ent_type_ in _NAMED
        and any(token.pos_ == "PROPN" and token.ent_type_ == first.ent_type_ for token in (before, after) if token is not None)
        and (counted is None or counted.ent_type_ == first.ent_type_ or (before is not None and before.ent_type_ == first.ent_type_))
    ):
        return (
            counted is None
            or counted.pos_ == "PROPN"
            or (before is not None and before.pos_ == "PROPN" and before.ent_type_ == first.ent_type_)
        )
    if before is None or before.is_punct:
        return False
    if (
        before.text.istitle()
        and not before.is_sent_start
        and counted is not None
        and counted.tag_ == "NN"
        and first.text not in {"1", "one"}
    ):
        return True  # "the Meridian 8 probe": many would be probes
    if before.pos_ != "PROPN":
        return False
    if counted is None:
        return first.head == before or first.dep_ in {"appos", "nummod"} or before.whitespace_ == " "
    return before.head == counted and before.dep_ in {"compound", "nmod"}
