"""What a figure measures, verbatim: the counted noun with what restricts it, the base of a share, the noun whose amount it is, else the subject."""

from typing import TYPE_CHECKING

from kg.extract.attribution.cues import verb_readings
from kg.extract.quantities.numbers import NumberKind
from kg.extract.quantities.units import Unit, UnitKind
from kg.records import SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_measure"]

_LONGEST = 14  # tokens
# Counted nouns that do not tell what is counted: "sales reached 40 units".
_MEASURELESS = frozenset({"unit", "piece", "item", "copy"})
# Money of no country in particular, which is counted like a thing.
_COINS = frozenset({"crown", "dinar", "dirham", "franc", "krona", "krone", "lira", "peso", "rouble", "ruble", "rupee", "shilling"})
_CLAUSES = frozenset({"VERB", "AUX"})
_PUTTING = frozenset({"put", "estimate", "keep", "set", "hold", "peg", "value", "fix", "cap"})
_STATING = frozenset(
    {
        "be",
        "have",
        "take",
        "reach",
        "hit",
        "stand",
        "total",
        "average",
        "exceed",
        "remain",
        "stay",
        "fall",
        "rise",
        "grow",
        "drop",
        "climb",
        "increase",
    }
)
# Amounts of money that somebody does something with: who and what tell which, "raise" alone does not.
_DEEDS = frozenset(
    {
        "spend",
        "pay",
        "raise",
        "earn",
        "borrow",
        "donate",
        "give",
        "invest",
        "offer",
        "charge",
        "owe",
        "cost",
        "trade",
        "sell",
        "fetch",
        "contribute",
        "collect",
        "receive",
    }
)
_NO_MEASURES = frozenset({"year", "month", "week", "day", "quarter", "time", "average", "total"})
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter", "quarter"})
_NOT_FIRST = frozenset({"more", "fewer", "of", "those", "the", "these", "its", "his", "her", "their"})
_HEDGES = frozenset({"at", "least", "most", "more", "than", "about", "nearly", "almost"})
_POSSESSIVES = frozenset({"its", "his", "her", "their", "our", "my", "your"})


def find_measure(doc: "Doc", last: "Token", end: int, unit: Unit | None, kind: NumberKind, counted: "Token | None") -> str | None:
    """What is measured, or None.

    Args:
        doc: the parse.
        last: the number's last token.
        end: index of the token behind the figure's words.
        unit: its unit.
        kind: what kind of number it is.
        counted: the counted noun, for counts.
    """
    hyphened = last.text.count("-") or (last.i + 1 < len(doc) and doc[last.i + 1].text == "-")
    plain = (
        counted is not None
        and counted.lemma_.lower() in _MEASURELESS | _COINS
        and counted.i + 1 < len(doc)
        and doc[counted.i + 1].lower_ != "of"
    )
    if counted is not None and not plain and not hyphened and (unit is None or unit.kind is UnitKind.COUNT):
        return _noun_words(doc, counted, skip_to=last.i + 1 if counted.i > last.i else None)
    share = kind is NumberKind.FRACTION or (unit is not None and unit.name.startswith("percent") and unit.kind is UnitKind.SHARE)
    if share and end + 1 < len(doc) and doc[end].lower_ == "of":
        return _base(doc, doc[end + 1], end + 1)
    if kind is NumberKind.FRACTION and end < len(doc) and doc[end].lower_ in {"the", "all", "their", "its", "those", "these"}:
        return _base(doc, doc[end], end)
    if (share or kind is NumberKind.VAGUE) and (said := _predicate(doc, last, end)) is not None:
        return said
    if unit is not None and unit.kind is not UnitKind.COUNT and (stuff := _of_stuff(doc, last, end)) is not None:
        return stuff
    behind = _head_behind(doc, last, end)
    if behind is not None and behind.lemma_.lower() not in _NO_MEASURES:
        return _noun_words(doc, behind, skip_to=end)
    return _above(doc, last, unit)


def _of_stuff(doc: "Doc", last: "Token", end: int) -> str | None:
    """What an amount is of: "30,000 tons of hay"; None where the amount is itself of something ("a harvest of 2 tons of hay")."""
    if end + 1 >= len(doc) or doc[end].lower_ != "of" or doc[end].dep_ != "prep":
        return None
    thing = next((child for child in doc[end].children if child.dep_ == "pobj"), None)
    if thing is None or thing.pos_ != "NOUN" or thing.ent_type_ in {"DATE", "TIME", "MONEY"} or thing.lemma_.lower() in _NO_MEASURES:
        return None
    amount = last
    while amount.head != amount and amount.head.pos_ not in _CLAUSES | {"ADP"} and amount.head.i <= end:
        amount = amount.head
    above = amount.head
    if above.lower_ == "of" and above.head.pos_ == "NOUN" and above.head.i < last.i:
        return None
    return _noun_words(doc, thing)


def _predicate(doc: "Doc", last: "Token", end: int) -> str | None:
    """What a share by itself does: "20 percent may stay at home"."""
    subject = doc[end - 1] if end and doc[end - 1].dep_ in {"nsubj", "nsubjpass"} else last
    verb = subject.head
    if subject.dep_ not in {"nsubj", "nsubjpass"} or verb.i < end or verb.pos_ not in _CLAUSES or verb.i - end > 4:
        return None
    return _words(doc, end, _clause_end(doc, verb, end))


def _clause_end(doc: "Doc", verb: "Token", start: int) -> int:
    stop = min(verb.right_edge.i + 1, start + _LONGEST)
    for token in doc[verb.i + 1 : stop]:
        if token.text in {",", ";", ":", ".", "—", "–", "”", '"', "''"} or (token.dep_ in {"advcl", "conj", "cc"} and token.head == verb):
            return int(token.left_edge.i if token.left_edge.i > verb.i else token.i)
    return int(stop)


def _head_behind(doc: "Doc", last: "Token", end: int) -> "Token | None":
    """The noun that the figure modifies: "a 30-minute call", "a $3 million settlement"."""
    token = last
    for _ in range(4):
        if token.head == token or token.head.i < token.i:
            return None
        token = token.head
        if token.pos_ in {"NOUN", "PROPN"} and token.i >= end and all(not one.is_punct or one.text == "-" for one in doc[end : token.i]):
            return token
    return None


def _above(doc: "Doc", last: "Token", unit: Unit | None) -> str | None:
    token = last
    if last.pos_ == "VERB":  # "demand doubled"
        return _of_verb(doc, last, unit)
    for _ in range(6):
        parent = token.head
        if parent == token:
            return None
        if (
            token.dep_ == "pobj" and parent.lower_ in {"from", "to", "by"} and parent.head.pos_ == "VERB"
        ):  # "cut its deposit from 10 to 5 percent"
            thing = next((child for child in parent.head.children if child.dep_ in {"dobj", "nsubjpass"} and child.pos_ == "NOUN"), None)
            if thing is not None:
                return _noun_words(doc, thing)
        if token.dep_ == "pobj" and parent.lower_ == "at" and (thing := _put(parent)) is not None:
            return _noun_words(doc, thing)
        if (
            token.dep_ == "pobj"
            and parent.lower_ in {"at", "with"}
            and unit is not None
            and unit.kind is UnitKind.SHARE
            and parent.head.pos_ in {"PROPN", "NOUN"}
            and parent.head.i < parent.i
        ):
            return _noun_words(doc, parent.head, bare=True)
        if token.dep_ == "pobj" and parent.lower_ == "of" and parent.head.pos_ == "NOUN" and parent.head.i < last.i:
            if parent.head.lemma_ in _NO_MEASURES:  # "at an average of 12 percent": what averages it
                token = parent.head
                continue
            return _noun_words(doc, parent.head, bare=True)
        if parent.pos_ in _CLAUSES:
            if unit is not None and unit.kind is UnitKind.TIME and last.i < parent.i and token.dep_ == "prep":
                return None  # "after two decades in Velden, Roe left"
            return _of_verb(doc, parent, unit)
        token = parent
    return None


def _put(preposition: "Token") -> "Token | None":
    """What somebody puts at a figure: "put the cost at $3 million"."""
    verb = preposition.head
    if verb.pos_ in {"NOUN", "PROPN"} and verb.dep_ == "dobj":  # the parser may hang "at" on what is put
        return verb if verb.head.lemma_ in _PUTTING else None
    return next((child for child in verb.children if child.dep_ == "dobj"), None) if verb.lemma_ in _PUTTING else None


def _of_verb(doc: "Doc", verb: "Token", unit: Unit | None) -> str | None:
    """The subject, with the verb where that alone would not tell: "Orla Motors needs to raise", "Patients waited", "Roe leads"."""
    if _tells(verb):
        return None
    subject = _subject(verb)
    if subject is None or subject.pos_ not in {"NOUN", "PROPN"} or subject.lemma_.lower() in _NO_MEASURES:
        return None
    lemma = verb.lemma_.lower()
    money = unit is not None and (unit.kind is UnitKind.MONEY or unit.name in _COINS)
    lasts = (
        unit is not None
        and unit.kind is UnitKind.TIME
        and verb.pos_ == "VERB"
        and lemma not in {"take", "last"}
        and subject.dep_ == "nsubj"
    )
    named = subject.pos_ == "PROPN" and verb.pos_ == "VERB" and unit is not None and unit.kind in {UnitKind.SHARE, UnitKind.MONEY}
    done = money and lemma in _DEEDS
    if subject.pos_ == "PROPN" and unit is not None and unit.kind is UnitKind.TIME and lemma == "be":
        return None  # "Roe has been gloomy for three years"
    if (done or lasts or named) and lemma not in _STATING and subject.i < verb.i:
        whole = _words(doc, _first_of(doc, subject), verb.i + 1)
        if (
            verb.i - subject.i < _LONGEST
            and whole
            and not any(token.is_punct and token.text not in {"-", "(", ")"} for token in doc[subject.i : verb.i])
        ):
            return whole
        return None if done or lasts else _noun_words(doc, subject)
    return _noun_words(doc, subject)


def _tells(verb: "Token") -> bool:
    """Whether the verb attributes: its subject is who speaks of the figure, not what it measures."""
    return any(reading.mode is not SpeechMode.ATTITUDE and "clause" in reading.frames for reading in verb_readings(verb))


def _subject(verb: "Token") -> "Token | None":
    for _ in range(3):
        subject = next((child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None:
            return subject
        if verb.dep_ in {"xcomp", "conj", "aux"}:
            verb = verb.head
            continue
        return verb.head if verb.dep_ in {"acl", "relcl"} else None
    return None


def _base(doc: "Doc", first: "Token", index: int) -> str | None:
    """The base of a share, with its predicate if that follows at once."""
    while index < len(doc) and (
        doc[index].dep_ in {"det", "predet"} or doc[index].like_num or doc[index].lower_ in _NOT_FIRST | {"all", "roughly", "about"}
    ):
        index += 1
    if index >= len(doc):
        return None
    noun = doc[index]
    while noun.head.i > noun.i and noun.dep_ in {"compound", "amod", "poss", "nmod", "case", "punct", "advmod", "quantmod", "nummod"}:
        noun = noun.head
    if noun.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"}:
        return None
    stop = _stretched(noun)
    verb = doc[stop] if stop < len(doc) else None
    if verb is not None and verb.pos_ in _CLAUSES:
        stop = _clause_end(doc, verb if verb.dep_ not in {"aux", "auxpass"} else verb.head, index)
    del first
    return _words(doc, index, stop)


def _first_of(doc: "Doc", noun: "Token") -> int:
    """Where a noun phrase begins, without article."""
    start = noun.left_edge.i
    while start < noun.i and (
        doc[start].dep_ in {"det", "predet"} or doc[start].is_punct or doc[start].like_num or doc[start].lower_ in _POSSESSIVES | _HEDGES
    ):
        start += 1
    return start


def _noun_words(doc: "Doc", noun: "Token", *, bare: bool = False, skip_to: int | None = None) -> str | None:
    """The noun with its modifiers before and, unless `bare`, what restricts it behind, without article."""
    start = max(noun.left_edge.i, skip_to or 0)
    while start < noun.i and (
        (skip_to is None and doc[start].like_num and doc[start].dep_ == "nummod")  # another figure's
        or doc[start].dep_ in {"det", "predet"}
        or doc[start].is_punct
        or doc[start].lower_ in _NOT_FIRST
    ):
        start += 1
    stop = noun.i + 1 if bare else _stretched(noun)
    words = _words(doc, min(start, noun.i), stop)
    return words.removeprefix("number of ") if words else None


def _stretched(noun: "Token") -> int:
    """The token index behind the phrases that follow a noun at once and restrict it."""
    stop = noun.i + 1
    for child in noun.rights:
        if (
            child.dep_ in {"prep", "acl", "relcl"}
            and child.left_edge.i == stop
            and child.right_edge.i - noun.i < _LONGEST
            and not _tells_time(child)
        ):
            stop = child.right_edge.i + 1
        else:
            break
    return stop


def _tells_time(child: "Token") -> bool:
    """Whether a phrase is a time, which has a field of its own."""
    return child.dep_ == "prep" and any(one.ent_type_ in {"DATE", "TIME"} or one.lower_ in _SEASONS for one in child.rights)


def _words(doc: "Doc", start: int, stop: int) -> str | None:
    while stop > start and (doc[stop - 1].is_punct or doc[stop - 1].lower_ in {"and", "or"}):
        stop -= 1
    found = doc[start:stop].text
    return found if found.strip() and "\n" not in found else (" ".join(found.split()) or None)
