"""Whether a person of the cast is a he or a she: what names, honorifics and nouns beside them say, as log-odds.

Positive is female, negative male, 0 unknown. These are priors: pronouns that agree within the article overrule a first name.
"""

import math
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.words import honorifics
from kg.lexicon.load import load_table
from kg.records import AgentKind, MentionForm

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.people.cast import Cast

__all__ = ["family_names_first", "first_name", "first_names", "gender_priors", "gendered_nouns", "share"]

_SIGN = {"female": 1.0, "male": -1.0, "any": 0.0}
_FIRST_NAME = 2.5  # a list of names is wrong now and then, and names cross countries
_HONORIFIC = 5.0
_NOUN = 4.0


@cache
def first_names() -> dict[str, str]:
    """First name, as printed, to female, male or any."""
    return {row["name"]: row["gender"] for row in load_table("first_names", columns=("name", "gender"))}


def first_name(word: str) -> str | None:
    """Female, male or any for a first name, accents and what follows a hyphen left aside; None for other words.

    >>> first_name("Jean-Luc"), first_name("Zoë"), first_name("Monday")
    ('male', 'female', None)
    """
    known = first_names()
    for one in (word, word.partition("-")[0]):
        if one in known:
            return known[one]
        if not one.isascii():
            plain = "".join(glyph for glyph in unicodedata.normalize("NFKD", one) if not unicodedata.combining(glyph))
            if plain in known:
                return known[plain]
    return None


@cache
def family_names_first() -> frozenset[str]:
    """Family names of languages that print them first: "Wang Peng" is no woman called Wang."""
    return frozenset(row["name"] for row in load_table("family_names_first", columns=("name",)))


@cache
def gendered_nouns() -> dict[str, tuple[str, str]]:
    """Noun, lower case, to (female or male, kin or person or office)."""
    return {row["noun"]: (row["gender"], row["kind"]) for row in load_table("gendered_nouns", columns=("noun", "gender", "kind"))}


def share(log_odds: float) -> float:
    """Log-odds as a share from 0 to 1.

    >>> share(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-log_odds))


def gender_priors(doc: "Doc", cast: "Cast") -> dict[int, float]:
    """For each person of the cast, the log-odds that it is a woman, before any pronoun is looked at."""
    priors: dict[int, float] = {}
    for agent in range(len(cast)):
        if cast.kind(agent) is AgentKind.PERSON:
            priors[agent] = _by_name(cast.names(agent))
    for mention in cast.mentions():
        if mention.agent not in priors or mention.form is not MentionForm.NAME:
            continue
        told = _beside(doc, cast, mention.head, mention.agent)
        if told and abs(priors[mention.agent]) < _NOUN:
            priors[mention.agent] = told
    return priors


def _by_name(names: list[str]) -> float:
    """What the fullest name with a known first word says; a lone word may be a surname, so it says less."""
    for name in names:
        words = name.split()
        gender = first_name(words[0])
        if gender is None:
            continue
        if words[0] in family_names_first() and not (len(words) > 1 and words[-1] in family_names_first()):
            return 0.0
        return _SIGN[gender] * (_FIRST_NAME if len(words) > 1 else _FIRST_NAME / 2)
    return 0.0


def _beside(doc: "Doc", cast: "Cast", head: int, agent: int) -> float:
    """An honorific before the name, or a gendered noun in apposition to it."""
    start = head
    while start > 0 and cast.at(start - 1) == agent:
        start -= 1
    if start > 0:
        gender = honorifics().get(doc[start - 1].text)
        if gender in {"female", "male"}:
            return _SIGN[gender] * _HONORIFIC
        told = _noun(doc[start - 1])
        if told and doc[start - 1].dep_ in {"compound", "nmod", "appos"}:
            return told
    token = doc[head]
    if token.dep_ == "appos" and (told := _noun(token.head)):
        return told
    return next((told for child in token.children if child.dep_ == "appos" and (told := _noun(child))), 0.0)


def _noun(token: "Token") -> float:
    known = gendered_nouns().get(token.lower_)
    return _SIGN[known[0]] * _NOUN if known else 0.0
