"""Change against level: "grew 20 percent" tells the size of a change, "is 20 percent" and "rose to 20 percent" do not."""

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.quantities.units import Unit, UnitKind
from kg.lexicon.load import load_table

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["changes_from", "is_change"]

_UP_DOWN = re.compile(r"\b(?:up|down|higher|lower)\s+(?:(?:by|another|a further|a total of)\s+)?$", re.IGNORECASE)
# "made up a quarter", "took up two pages", "bought up 40 farms"
_PHRASAL = re.compile(
    r"\b(?:ma(?:k(?:es?|ing)|de)|t(?:akes?|aking|ook|aken)|g(?:ives?|iving|ave|iven)|sets?|adds?|added|eats?|ate|b(?:uys?|ought)|blow[ns]?|blew|holds?|held|puts?"
    r"|turn(?:s|ed)?|pick(?:s|ed)?|us(?:es?|ed)|round(?:s|ed)?|br(?:eak|oke)|shut|hunts?)\s+(?:up|down)\s+$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:to|from|reach(?:ed|es)?|hit|than|of\s+(?:just|only)|past|total(?:l?ing|l?ed)?|between)\s+(?:(?:just|only|a|an|the|its|around|record)\s+)*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\bby\s+(?:(?:an?|the|another|some|as much as|further|average of|average|estimated|record|whopping|mere|just|only)\s+)*$",
    re.IGNORECASE,
)
_ADDITIONAL = re.compile(r"\b(?:an\s+)?(?:additional|extra|further)\s+$", re.IGNORECASE)
_THEN = r"(?:in\s+(?:\d{4}|[A-Z])|last|previous|the\s+(?:previous|prior|same|year|month|quarter)|(?:a|one|two|three|five|ten|\d+)\s+(?:year|month|quarter|week|decade)s?\s+(?:ago|earlier|before)|before|(?:it|they|he|she|we)\s+(?:did|had|was|were)|\d{4}\b|usual|ever)"
_MORE_THAN = re.compile(
    rf"\s+(?:more|less|fewer|higher|lower|larger|smaller|cheaper|greater|faster|slower|dearer|up|down)\b[^.;:,]{{0,40}}?\bthan\s+{_THEN}"
)
_CALENDAR = frozenset({"year", "month", "quarter", "week", "day", "decade", "point"})
_RATES = frozenset({"average", "total", "pace", "rate", "clip", "factor", "margin"})
_COMPARED = re.compile(r"\s+(?:from|on|since|compared|over|year[- ]on[- ]year|against)\b")
_THINGS = frozenset(
    {
        "job",
        "position",
        "post",
        "acre",
        "hectare",
        "seat",
        "subscriber",
        "user",
        "member",
        "customer",
        "place",
        "store",
        "plant",
        "vacancy",
        "role",
        "rack",
    }
)


@cache
def _words() -> dict[tuple[str, str], str]:
    return {(row["word"], row["pos"]): row["takes"] for row in load_table("change_words", columns=("word", "pos", "takes"))}


def changes_from(verb: "Token") -> bool:
    """Whether a "from ... to ..." under this word tells two levels, not the ends of a range ("ranged from 31 to 38")."""
    if verb.pos_ in {"NOUN", "PROPN"}:
        return (verb.lemma_.lower(), "noun") in _words()
    return verb.lemma_.lower() not in {"range", "vary", "span", "run", "stretch", "differ", "last", "extend"}


def is_change(text: str, start: int, end: int, last: "Token", unit: Unit | None, *, share: bool) -> bool:
    """Whether a figure is the size of a change.

    Args:
        text: the article's.
        start: where the number with its hedge begins.
        end: behind its unit.
        last: the number's last token.
        unit: its unit.
        share: a fraction or multiple.
    """
    before = text[max(0, start - 40) : start]
    kind = unit.kind if unit else None
    relative = share or kind is UnitKind.SHARE
    if _LEVEL.search(before):
        return False
    if _ADDITIONAL.search(before):
        return kind in {UnitKind.MONEY, UnitKind.SHARE}
    if _UP_DOWN.search(before) and not _PHRASAL.search(before):
        # "up 15 points" in a poll is a lead; "up 15 points since May" is a change.
        return not (unit is not None and unit.name == "percentage point") or _COMPARED.match(text, end) is not None
    if _MORE_THAN.match(text, end) and (relative or kind in {UnitKind.MONEY, UnitKind.MEASURE}):
        return True
    by = _BY.search(before) is not None
    return _governed(last, end, unit, by=by, relative=relative)


def _governed(last: "Token", end: int, unit: Unit | None, *, by: bool, relative: bool) -> bool:
    """Whether a word of change governs the number in the parse."""
    token, words = last, _words()
    for _ in range(6):
        head = token.head
        if head == token:
            return False
        if token.dep_ in {"nsubj", "nsubjpass", "csubj", "relcl", "advcl", "acl", "appos", "ccomp"} and token.pos_ in {
            "NOUN",
            "VERB",
            "AUX",
            "PROPN",
            "NUM",
        }:
            return token.dep_ == "nsubjpass" and head.lemma_ in {"add", "lose", "cut", "create", "shed", "eliminate"} and _is_thing(unit)
        if head.pos_ in {"NOUN", "PROPN"}:
            decided = _noun_takes(token, last, end, unit)
            if decided is not None:
                return decided
        elif head.pos_ == "ADP" or head.dep_ == "prep":
            if head.lower_ == "at":  # "grew at 5 percent a year", "at an average of 5 percent"; not "stands at 5 percent"
                return relative and words.get((head.head.lemma_.lower(), "verb")) == "any" and head.head.pos_ == "VERB"
            if head.lower_ not in {"of", "by"}:
                return False
            by = by or head.lower_ == "by"
        elif head.pos_ in {"VERB", "AUX"}:
            return _verb_takes(words.get((head.lemma_.lower(), "verb")), head, token, unit, by=by, relative=relative)
        token = head
    return False


def _noun_takes(token: "Token", last: "Token", end: int, unit: Unit | None) -> bool | None:
    """What the noun above a token of the figure decides; None where the verb above it may still tell."""
    head = token.head
    lemma, counts = head.lemma_.lower(), unit is not None and unit.kind is UnitKind.COUNT
    if (lemma, "noun") in _words():
        if counts and token == last:
            return False  # "two cuts", "ten swing states"
        # A loss in accounts, and a loss by 22 points, are no change over time.
        return not (lemma == "loss" and unit is not None and (unit.kind is UnitKind.MONEY or unit.name == "percentage point"))
    if token.dep_ == "prep":
        return None if token.lower_ == "of" and lemma in _RATES and head.dep_ == "pobj" else False
    # "cut a 35 percent tax": the tax is cut
    return False if head.idx >= end and lemma not in _CALENDAR and not counts else None


def _verb_takes(takes: str | None, verb: "Token", token: "Token", unit: Unit | None, *, by: bool, relative: bool) -> bool:
    if takes is None:
        return False
    if by or takes == "any":
        # "increase 12 taxes" changes the taxes, not by twelve
        return by or relative or token.dep_ != "dobj" or unit is None or unit.kind is not UnitKind.COUNT or _is_thing(unit)
    if takes == "by":
        if relative:
            return True
        return (
            verb.lemma_.lower() in {"cut", "trim", "slash", "reduce"}
            and token.dep_ in {"dobj", "npadvmod"}
            and (_is_thing(unit) or _sized(unit))
        )
    if relative:
        return True
    lemma = verb.lemma_.lower()
    if lemma in {"cost", "create", "destroy", "eliminate"}:
        return _is_thing(unit) and unit is not None and unit.kind is UnitKind.COUNT
    if unit is not None and unit.kind is UnitKind.MONEY:
        return lemma == "add"
    return _is_thing(unit) or _sized(unit) or (lemma in {"add", "gain"} and token.dep_ in {"dobj", "npadvmod"})


def _is_thing(unit: Unit | None) -> bool:
    return unit is not None and unit.name.split(" per ")[0] in _THINGS


def _sized(unit: Unit | None) -> bool:
    return unit is not None and unit.kind is UnitKind.MEASURE
