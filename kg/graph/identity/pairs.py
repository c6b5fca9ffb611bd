"""Two names from two articles: the same, worth a look, or nothing to each other.

Only equal names join by themselves: after case, accents, punctuation, legal forms and the usual ways of writing a word are made one, or
through an acronym that is defined or known to every reader. All that is weaker is a suggestion with its reason.
"""

import difflib
from functools import cache

from kg.graph.identity.names import OrganisationName, PersonName, initials, known_acronym, organisation_name, person_name
from kg.graph.identity.records import Verdict
from kg.lexicon import load_table

__all__ = ["compare", "generic"]

_NOTHING = Verdict(same=False, suggested=False, score=0.0, rule="none", reason="nothing in the names")
_ALIKE = 0.8  # of two spellings of one word: Voronetz, Voronets


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("generic_body_words", columns=("word",))) | {
        "company",
        "corporation",
        "motor",
        "motors",
    }


@cache
def _short_forms() -> frozenset[frozenset[str]]:
    return frozenset(frozenset((row["name"], row["short"])) for row in load_table("short_names", columns=("name", "short")))


def generic(name: OrganisationName) -> bool:
    """Whether a name has no word of its own, so that many places have a body of that name: Ministry of Health.

    >>> generic(organisation_name("Coastal Water Agency")), generic(organisation_name("Norvane Climate Office"))
    (True, False)
    """
    return all(word in _generic_words() for word in name.content)


def compare(kind: str, a: str, b: str) -> Verdict:
    """What two printed names tell, in either order.

    Args:
        kind: person or organisation.
        a: the one name, as printed.
        b: the other.

    >>> compare("organisation", "Analog Devices", "Analog Devices, Inc.").same
    True
    >>> compare("person", "Ada Brandt", "A. Brandt").rule
    'initial'
    """
    return _people(person_name(a), person_name(b)) if kind == "person" else _organisations(a, b)


# --------------------------------------------------------------------------- people


def _people(a: PersonName, b: PersonName) -> Verdict:
    if a.key == b.key:
        if a.full:
            return Verdict(same=True, suggested=True, score=0.97, rule="same-name", reason="the same full name")
        return Verdict(same=False, suggested=True, score=0.4, rule="bare-surname", reason="the same name, which is no full one")
    if a.rank and b.rank and a.rank != b.rank:
        return _NOTHING
    if not a.words or not b.words:
        return _NOTHING
    short, long = sorted((a, b), key=lambda name: (len(name.words), name.words))
    if sorted(a.words) == sorted(b.words):
        if a.words == b.words:
            return _maybe(0.7, "token-subset", f"the same name but for {a.rank or b.rank}")
        return _maybe(0.8, "word-order", "the same words in another order")
    if len(short.words) == 1:
        if short.words[0] in long.words[1:]:
            return _maybe(0.35, "bare-surname", "a surname alone")
        return _maybe(0.3, "given-name", "a given name alone") if short.words[0] == long.words[0] else _NOTHING
    if set(short.words) < set(long.words):
        return _maybe(0.75, "token-subset", "one name holds all words of the other")
    return _alike(short, long)


def _alike(short: PersonName, long: PersonName) -> Verdict:
    """Two names of two words or more each, with the same or nearly the same surname."""
    surname_a, surname_b = short.words[-1], long.words[-1]
    given_a, given_b = short.words[0], long.words[0]
    same_surname = surname_a == surname_b
    if not same_surname and _likeness(surname_a, surname_b) < _ALIKE:
        return _NOTHING
    if given_a == given_b:
        return (
            _maybe(0.7, "middle-name", "the same first and last word")
            if same_surname
            else _maybe(0.6, "spelling", "nearly the same surname")
        )
    if 1 in {len(given_a), len(given_b)} and given_a[0] == given_b[0]:
        return _maybe(0.55, "initial", "an initial that fits") if same_surname else _NOTHING
    if frozenset({given_a, given_b}) in _short_forms():
        return _maybe(0.6, "short-form", "a short form of the given name") if same_surname else _NOTHING
    # Two spellings in other letters change both words: Aleksei Voronetz, Alexey Voronets.
    if _likeness(given_a, given_b) >= (_ALIKE if same_surname else 0.6) and (same_surname or given_a[0] == given_b[0]):
        return _maybe(0.5, "spelling", "nearly the same name")
    return _NOTHING


# --------------------------------------------------------------------------- organisations


def _organisations(a: str, b: str) -> Verdict:
    one, other = organisation_name(a), organisation_name(b)
    if not one.words or not other.words:  # no letter and no digit
        return _NOTHING
    if one.key == other.key:
        if one.full or other.full:
            exact = one.printed == other.printed
            rule, reason = (
                ("same-name", "the same name") if exact else ("suffix", "the same name but for its legal form, an article or spelling")
            )
            return Verdict(same=True, suggested=True, score=0.97 if exact else 0.95, rule=rule, reason=reason)
        if one.acronym and one.acronym == other.acronym and a.strip() != b.strip():
            return Verdict(same=True, suggested=True, score=0.9, rule="acronym-dots", reason="one acronym, with and without full stops")
        return _maybe(0.85, "single-word", "the same name of one word")
    for short, long, long_name in ((one, other, b), (other, one, a)):
        if len(short.printed) == 1 and known_acronym(short.printed[0]) == long.key:
            return Verdict(same=True, suggested=True, score=0.95, rule="acronym-known", reason="an acronym that the news never defines")
        if short.acronym and not long.acronym and short.acronym in initials(long_name):
            score = 0.8 if len(short.acronym) > 2 else 0.6
            return _maybe(score, "acronym-shape", "the letters of one are the first letters of the other")
        if _led_by_acronym(short, long):
            return Verdict(
                same=True, suggested=True, score=0.9, rule="acronym-led", reason="the first words of one are letters in the other"
            )
    return _parts(one, other)


def _led_by_acronym(short: OrganisationName, long: OrganisationName) -> bool:
    """UC Berkeley, University of California at Berkeley: letters for the first words, and the rest word for word."""
    words = [word for word in long.words if word not in {"of", "the", "at", "in", "for", "and"}]
    first, *rest = short.words
    size = len(first)
    return (
        1 < size < len(words)
        and len(rest) == len(words) - size
        and bool(rest)
        and words[size:] == rest
        and first == "".join(word[0] for word in words[:size])
    )


def _parts(one: OrganisationName, other: OrganisationName) -> Verdict:
    short, long = sorted((one, other), key=lambda name: (len(name.content), name.content))
    if not set(short.content) <= set(long.content):
        return _spelled_alike(one, other)
    own = [word for word in short.content if word not in _generic_words()]
    more_is_generic = all(word in _generic_words() for word in set(long.content) - set(short.content))
    few, many = (tuple(word for word in name.words if word not in {"of", "the", "at", "in"}) for name in (short, long))
    begins, ends = many[: len(few)] == few, many[-len(few) :] == few
    if not own:
        if begins and more_is_generic and len(many) == len(few) + 1 and len(few) == 1:
            return _maybe(0.45, "token-subset", "one name begins the other")
        return _NOTHING
    if (begins or ends) and more_is_generic and len(few) == 1:
        return _maybe(0.75, "token-subset", "one name is the other without the word for what it is")
    if begins or ends:
        return _maybe(0.5, "token-subset", "one name begins or ends the other")
    return _maybe(0.4, "token-subset", "one name holds all words of the other") if len(few) > 1 else _NOTHING


def _spelled_alike(one: OrganisationName, other: OrganisationName) -> Verdict:
    """The same words but for the spelling of one that is the body's own."""
    if len(one.words) != len(other.words):
        return _NOTHING
    unequal = [(a, b) for a, b in zip(one.words, other.words, strict=True) if a != b]
    if len(unequal) == 1 and min(map(len, unequal[0])) > 4 and _likeness(*unequal[0]) >= 0.85 and not set(unequal[0]) & _generic_words():
        return _maybe(0.45, "spelling", "nearly the same name")
    return _NOTHING


def _maybe(score: float, rule: str, reason: str) -> Verdict:
    return Verdict(same=False, suggested=True, score=score, rule=rule, reason=reason)


def _likeness(a: str, b: str) -> float:
    first, second = sorted((a, b))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()
