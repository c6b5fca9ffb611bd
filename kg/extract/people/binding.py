"""What a sentence's grammar says about a pronoun: whom it cannot mean, and whom it likely means."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

__all__ = ["barred_agents", "clause_of", "favoured_agents", "subject_of"]

_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_SHARES_SUBJECT = frozenset({"xcomp", "conj", "advcl", "pcomp"})
_DEEP = 12  # steps up a tree, so that a broken parse costs no more
_SPEAKER_IN_CLAUSE = 3.0
_MATRIX_SUBJECT = 1.6
_OWN_SUBJECT = 1.6


def clause_of(token: "Token") -> "Token":
    """The verb of the clause a token stands in; the root if there is none."""
    one = token.head
    for _ in range(_DEEP):
        if one.pos_ in {"VERB", "AUX"} or one.dep_ == "ROOT":
            break
        one = one.head
    return one


def subject_of(verb: "Token") -> "Token | None":
    """The subject of a verb, said or understood ("wanted to help": whoever wanted)."""
    one = verb
    for _ in range(_DEEP):
        for child in one.lefts:
            if child.dep_ in _SUBJECT:
                return child
        if one.dep_ == "relcl":
            return one.head
        if one.dep_ not in _SHARES_SUBJECT:
            return None
        one = one.head if one.dep_ != "pcomp" else one.head.head
    return None


def barred_agents(pronoun: "Token", who: "Callable[[Token], int | None]") -> set[int]:
    """Agents the pronoun cannot mean: for "him" the subject of its clause, for "his" the one it owns, for "he" what the verb acts on."""
    barred: set[int | None] = set()
    word = pronoun.lower_
    verb = clause_of(pronoun)
    if pronoun.dep_ == "poss":
        owned = pronoun.head
        barred.add(who(owned))
        barred.update(who(child) for child in owned.children if child.dep_ in {"appos", "conj", "compound"} and child.i > pronoun.i)
        if owned.dep_ == "appos":
            barred.add(who(owned.head))
        if owned.dep_ in _SUBJECT:
            barred.update(who(child) for child in owned.head.children if child.dep_ == "attr")
    elif pronoun.dep_ in _SUBJECT:
        barred.update(who(child) for child in verb.children if child.dep_ in {"dobj", "dative", "attr"})
        barred.update(who(grand) for child in verb.rights if child.dep_ == "prep" for grand in child.children if grand.dep_ == "pobj")
    elif not word.endswith("self"):
        subject = subject_of(verb)
        if subject is not None:
            barred.add(who(subject))
    if pronoun.dep_ == "conj":
        barred.add(who(pronoun.head))
    barred.update(who(child) for child in pronoun.children if child.dep_ == "conj")
    return {agent for agent in barred if agent is not None}


def favoured_agents(pronoun: "Token", who: "Callable[[Token], int | None]") -> dict[int, float]:
    """Agents the grammar likes, with a factor: "Roe said he ...", "Roe left after he ...", "Roe sold his ..."."""
    favoured: dict[int, float] = {}
    verb = clause_of(pronoun)
    if pronoun.dep_ in _SUBJECT:
        if verb.dep_ in {"ccomp", "advcl", "conj"} and verb.head != verb:
            subject = subject_of(verb.head)
            agent = who(subject) if subject is not None and subject != pronoun else None
            if agent is not None:
                favoured[agent] = _SPEAKER_IN_CLAUSE if verb.dep_ == "ccomp" else _MATRIX_SUBJECT
    elif pronoun.dep_ == "poss":
        subject = subject_of(verb)
        agent = who(subject) if subject is not None and subject != pronoun.head else None
        if agent is not None:
            favoured[agent] = _OWN_SUBJECT
    return favoured
