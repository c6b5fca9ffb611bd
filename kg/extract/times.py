"""When it was said, and what time a claim is about: time expressions in the words around the cue, and in the claim itself.

Only expressions that hang on the cue tell when it was said, and only those of the claim's main clause tell its time: "She said on Monday that
the gates that were finished last year will open in August" was said on Monday, of August.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.attribution.found import FoundAttribution
from kg.extract.dates import MONTHS, WEEKDAYS, Toward, resolve
from kg.extract.text import text_of
from kg.records import Said, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["FoundTime", "find_said_on", "find_times", "find_valid", "times_of", "toward_of"]


def _dot(month: str) -> str:
    return r"\b\.?" if len(month) < 5 and month not in {"may", "june", "july"} else ""


_NUMBER = r"(?:\d{1,3}|(?i:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))"
_UNIT = "(?i:day|week|month|quarter|year|decade)"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d|[.,:]\d|-[a-z])"
# May and March are other words too in small letters, and so is "sun".
_MONTH = "(?:" + "|".join(sorted((f"{name.capitalize()}{_dot(name)}" for name in MONTHS), key=len, reverse=True)) + r")(?!\w)"
_DAY = "(?:" + "|".join(name.capitalize() for name in WEEKDAYS) + ")"
_RELATIVE = "(?i:this|last|next|past|coming)"
_OF_DAY = "(?i: morning| afternoon| evening| night)?"
_OF_YEAR = rf"(?:,? (?:of )?(?:{_YEAR}|(?i:this|last|next) year))?"
_MONTH_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?![.,:]\d)|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?![\w-]))"
_CURRENT = rf"(?i:the|this|last|next) {_UNIT}"
_ORDINAL = r"(?i:first|second|third|fourth|final|1st|2nd|3rd|4th)"
# What stands alone as a time. Not a bare month or year, which are names and numbers too: those need a word in front.
_ALONE = (
    rf"(?:{_DAY},? )?{_MONTH_DAY}{_OF_YEAR}",
    rf"(?:(?i:early|mid|late)[ -])?{_MONTH},? (?:of )?(?:{_YEAR}|(?i:this|last|next) year)",
    rf"{_RELATIVE} {_MONTH}(?![\w-])",
    rf"(?:(?i:{_RELATIVE}|early|late|earlier|later) (?:on )?)?{_DAY}{_OF_DAY}(?: (?i:of )?(?i:last|next) (?i:week))?(?![\w-])",
    r"(?i:(?:earlier |later )?(?:today|yesterday|tomorrow)(?: morning| afternoon| evening| night)?|tonight|last night|this (?:morning|afternoon|evening))",
    rf"(?i:the )?{_ORDINAL} (?i:quarter|half)(?: of (?:{_YEAR}|{_CURRENT}))?",
    rf"Q[1-4](?: {_YEAR})?",
    rf"(?i:the )?(?i:first) {_NUMBER} (?i:months of) (?:{_YEAR}|{_CURRENT})",
    rf"(?i:the )?(?i:end|close|start|beginning|rest|remainder) (?i:of) (?:{_CURRENT}|{_YEAR}|{_MONTH}(?: {_YEAR})?)",
    r"(?i:year[ -]end)\b",
    rf"(?i:(?:earlier|later|early|late|so far) (?:in )?)?(?i:this|last|next) {_UNIT}\b",
    r"(?i:this|last|next|the) (?i:weekend)",
    r"(?i:this|last|next) (?i:spring|summer|fall|autumn|winter|season)\b",
    rf"(?i:the|this) (?i:past|last|next|coming) (?:{_NUMBER} )?{_UNIT}s?\b",
    rf"{_NUMBER} {_UNIT}s? (?i:ago)",
    r"(?i:the )?(?i:early |mid-?|late )?(?:1[5-9]|20)\d0s\b",
)
_BARE = rf"(?:(?i:early|mid|late)[ -])?(?:{_MONTH}(?![\w-])|{_YEAR})"
_ONE = rf"(?:{'|'.join(_ALONE)}|{_BARE})"
_PREPOSITION = r"(?i:as of|as early as|in|on|at|by|during|for|since|within|over|throughout|until|before|after|through|from)"
_TIME = re.compile(
    rf"\b(?:(?i:between) {_ONE} (?i:and) {_ONE}|(?i:from) {_ONE} (?i:to|through|until) {_ONE}"
    rf"|{_PREPOSITION} (?:(?i:the) (?=[eml]))?{_ONE}|(?i:in|over|during) the (?i:spring|summer|autumn|fall|winter|quarter)(?! of)\b|{'|'.join(_ALONE)}"
    # The base of a comparison where a preposition stands before it.
    rf"|(?<!for )(?<!than )(?<!from )(?<!of )(?<!with ){_NUMBER} {_UNIT}s? (?i:earlier)\b)"
)
# A sentence without any of these holds no time: asked first, as the pattern above tries much at every word.
_TRIGGER = re.compile(
    rf"[0-9]|{'|'.join(name.capitalize() for name in (*MONTHS, *WEEKDAYS) if len(name) > 2)}"
    r"|today|yesterday|tomorrow|tonight|(?:day|week|month|quarter|year|decade|night|morning|afternoon|evening|spring|summer|fall|autumn|winter|season)s?\b"
    r"|Today|Yesterday|Tomorrow|Tonight"
)
_FUTURE = frozenset(
    {"will", "'ll", "’ll", "wo", "shall", "sha", "would", "'d", "’d", "could", "may", "might", "should", "must", "can", "ca"}
)
_PLANNING = frozenset(
    {
        "aim",
        "be",
        "decide",
        "due",
        "expect",
        "expected",
        "forecast",
        "go",
        "have",
        "hope",
        "intend",
        "likely",
        "need",
        "plan",
        "promise",
        "set",
        "vow",
        "want",
    }
)
_OTHER_CLAUSES = frozenset({"relcl", "advcl", "acl", "appos", "csubj", "parataxis"})


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time, the words that tell it, and how that was decided."""

    when: str
    span: Span
    rule: str
    confidence: float


def find_times(text: str, start: int, end: int) -> Iterator[Span]:
    """Time expressions between two offsets, prepositions included, in order.

    >>> text = "On Monday she said it rose in the third quarter."
    >>> [span.of(text) for span in find_times(text, 0, len(text))]
    ['On Monday', 'in the third quarter']
    """
    for found in _TIME.finditer(text, start, end):
        if not _in_a_name(text, found):
            yield Span(*found.span())


@lru_cache(maxsize=2)
def times_of(doc: "Doc") -> tuple[Span, ...]:
    """The time expressions of a parsed article, sentence by sentence, in order; kept for the last two documents, as three stages ask."""
    text = text_of(doc)
    return tuple(
        span
        for sentence in doc.sents
        if _TRIGGER.search(text, sentence.start_char, sentence.end_char)
        for span in find_times(text, sentence.start_char, sentence.end_char)
    )


def _times_between(doc: "Doc", start: int, end: int) -> Iterator[Span]:
    """Those of `times_of` that lie between two offsets."""
    times = times_of(doc)
    for k in range(bisect_left(times, Span(start, start + 1)), len(times)):
        if times[k].start >= end:
            return
        if times[k].end <= end:
            yield times[k]


def find_said_on(
    doc: "Doc", found: Sequence[FoundAttribution], *, published: str | None, barred: Iterable[Span] = ()
) -> tuple[FoundTime | None, ...]:
    """When each was said; None where the article does not tell. A quotation that runs on was said with what it continues.

    Nothing is taken from `barred` stretches: a dateline's day is not when somebody spoke.
    """
    barred = tuple(barred)
    times: list[FoundTime | None] = []
    for one in found:
        time = _said_on(doc, one, published, barred)
        if time is None and not one.cue and one.continues is not None and one.continues < len(times):
            before = times[one.continues]
            time = before and FoundTime(before.when, before.span, "time-runs-on", 0.85)
        times.append(time)
    return tuple(times)


def find_valid(doc: "Doc", content: tuple[Span, ...], *, published: str | None, barred: Iterable[Span] = ()) -> FoundTime | None:
    """The time a claim is about: the only one that its main clauses tell; None where they tell none or several."""
    text = text_of(doc)
    barred = tuple(barred)
    told: dict[str, FoundTime] = {}
    for piece in content:
        for span in _times_between(doc, piece.start, piece.end):
            verb = _main_verb(_token_at(doc, span), content)
            if verb is None or any(span.overlaps(other) for other in barred):
                continue
            when = _resolved(span.of(text), published, verb)
            if when is None:
                return None  # a time that could not be settled may be the one that counts
            told.setdefault(when, FoundTime(when, span, "claim-time", 0.85))
    return next(iter(told.values())) if len(told) == 1 else None


def toward_of(verb: "Token") -> Toward | None:
    """Which way times beside a verb lie: by its tense and auxiliaries; None where the present leaves it open."""
    chain = [verb]
    while chain[-1].dep_ in {"xcomp", "conj", "aux"} and chain[-1].head != chain[-1]:
        chain.append(chain[-1].head)
    for one in chain:
        helpers = {child.lower_ for child in one.children if child.dep_ in {"aux", "auxpass"}}
        if helpers & _FUTURE and "have" not in helpers:
            return Toward.FUTURE
        if one.tag_ in {"VBD", "VBN"} or helpers & {"had", "has", "have", "was", "were", "did"}:
            return Toward.PAST if one == verb or one.lemma_ not in _PLANNING else Toward.FUTURE
        if one.tag_ == "VBG" and helpers & {"is", "are", "am", "'s", "’s", "'re", "’re"}:
            return Toward.FUTURE
        if one != verb and one.lemma_ in _PLANNING:
            return Toward.FUTURE
    return None


# --------------------------------------------------------------------------- the cue's time


def _said_on(doc: "Doc", one: FoundAttribution, published: str | None, barred: tuple[Span, ...]) -> FoundTime | None:
    if not one.cue or one.said is not Said.ASSERTED:
        return None
    text = text_of(doc)
    cue = doc.char_span(one.cue[0].start, one.cue[-1].end, alignment_mode="expand")
    if cue is None:
        return None
    sentence = cue[0].sent
    inside = (*one.content, *one.source, *barred)
    best: FoundTime | None = None
    for span in _times_between(doc, sentence.start_char, sentence.end_char):
        if any(span.overlaps(other) for other in inside):
            continue
        hangs = _hangs_on(_token_at(doc, span), cue.start, cue.end)
        between = text[one.cue[-1].end : span.start]
        if not hangs and not (span.start >= one.cue[-1].end and re.fullmatch(r"[ ,]*(?:\w+ ){0,1}", between)):
            continue
        when = resolve(span.of(text), published, toward=Toward.PAST)
        if when is not None and (best is None or (hangs and best.confidence < 0.95)):
            best = FoundTime(when, span, "cue-time" if hangs else "beside-cue", 0.95 if hangs else 0.85)
    return best


def _hangs_on(token: "Token", start: int, end: int) -> bool:
    """Whether a time belongs to the cue: through nouns and prepositions alone ("said in a statement on Monday")."""
    while not start <= token.i < end:
        if token.head == token or token.dep_ in _OTHER_CLAUSES or token.pos_ in {"VERB", "AUX"}:
            return False
        token = token.head
    return True


# --------------------------------------------------------------------------- the claim's time


def _main_verb(token: "Token", content: tuple[Span, ...]) -> "Token | None":
    """The verb whose time it is; None if it hangs in another clause than the claim's main ones."""
    verb = None
    while True:
        if token.pos_ in {"VERB", "AUX"} and verb is None:
            verb = token
        if token.dep_ in _OTHER_CLAUSES:
            return None
        head = token.head
        if head == token or not any(piece.start <= head.idx < piece.end for piece in content):
            return verb or token
        token = head


def _resolved(words: str, published: str | None, verb: "Token") -> str | None:
    toward = toward_of(verb)
    if toward is not None or re.match("(?i)by |within ", words):
        return resolve(words, published, toward=toward)
    ahead, back = (resolve(words, published, toward=way) for way in Toward)
    return ahead if ahead == back else None


def _token_at(doc: "Doc", span: Span) -> "Token":
    """The token through which a time expression hangs on the rest: its root."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return found.root if found is not None else doc[0]


def _in_a_name(text: str, found: re.Match[str]) -> bool:
    """Whether a weekday or the like is part of a name: "the Sunday Times", "Black Friday"."""
    if re.search("(?i:year|month|week|quarter|day|decade|ago|half)$", found[0]) and not re.search(rf"{_DAY}$", found[0]):
        return False
    after = re.match(r" [A-Z][a-z]", text[found.end() : found.end() + 3])
    before = re.search(r"[a-z] ?[A-Z][a-z]+ $", text[max(0, found.start() - 30) : found.start()])
    bare = re.match(rf"(?:{_DAY}|{_MONTH})", found[0]) is not None
    return bool(bare and (after or (before and before[0].strip()[-1] not in ",."))) and not re.search(r"\d", found[0])
