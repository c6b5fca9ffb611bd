"""Words in their normal form, so that a topic is the same however an article prints it."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import load_table

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["everyday_acronyms", "is_acronym", "known_form", "modifier_word", "noun_word", "other_labels", "singular", "unfold"]

_IRREGULAR = {
    "children": "child",
    "feet": "foot",
    "geese": "goose",
    "lives": "life",
    "men": "man",
    "mice": "mouse",
    "people": "person",
    "teeth": "tooth",
    "wives": "wife",
    "women": "woman",
    "knives": "knife",
    "leaves": "leaf",
    "wolves": "wolf",
    "crises": "crisis",
    "analyses": "analysis",
    "criteria": "criterion",
    "phenomena": "phenomenon",
}
_WHOLE = frozenset({"EVENT", "GPE", "LAW", "LOC", "NORP", "PRODUCT", "WORK_OF_ART"})
_THINGS = frozenset({"EVENT", "FAC", "GPE", "LAW", "LOC", "NORP", "ORG", "PERSON", "PRODUCT", "WORK_OF_ART"})


def is_acronym(word: str) -> bool:
    """Whether a word is written with two capitals or more: AI, R&D, LLMs, ChatGPT."""
    return sum(char.isupper() for char in word) > 1


def singular(word: str) -> str:
    """The singular of a noun in lower case, by its form alone; a noun that has none stays as it is.

    >>> [singular(word) for word in ("models", "policies", "taxes", "data", "children", "gas", "glass")]
    ['model', 'policy', 'tax', 'data', 'child', 'gas', 'glass']
    """
    if word in _plural_nouns():
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "as")) and len(word) > 3:
        return word[:-1]
    return word


def noun_word(token: "Token", capitals: Collection[str]) -> str:
    """The head of a phrase: a common noun as its lemma in lower case, a name and an acronym as printed, without the s of a plural.

    Args:
        token: a noun.
        capitals: words that the article writes with a capital inside a sentence: what opens one is a name only if it is among them.
    """
    text = token.text
    if is_acronym(text):
        return text[:-1] if text.endswith("s") and text[:-1].isupper() else text
    if _is_name(token, capitals):
        return text
    word = text.lower()
    if token.tag_ not in {"NNS", "NNPS"} or word in _plural_nouns():
        return word
    lemma = token.lemma_.lower()
    return singular(word) if lemma == word or lemma.endswith("is") else lemma  # lemmatisers make "taxis" of taxes


def modifier_word(token: "Token", capitals: Collection[str]) -> str:
    """A word before the head: names and acronyms as printed, all else in lower case."""
    return token.text if is_acronym(token.text) or _is_name(token, capitals) else token.lower_


def unfold(words: tuple[str, ...], known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words with each acronym of the article's own in full, then each wording of an everyday acronym in its usual form.

    Args:
        words: in their normal form.
        known: acronyms that the article defines.

    >>> unfold(("artificial", "intelligence", "model"), {})
    ('AI', 'model')
    >>> unfold(("UBI", "pilot"), {"UBI": ("universal", "basic", "income")})
    ('universal', 'basic', 'income', 'pilot')
    """
    full = tuple(part for word in words for part in known.get(word, (word,))) if known else words
    usual = _usual_forms()
    if _first_words().isdisjoint(word.lower() for word in full):
        return full
    found: list[str] = []
    at = 0
    while at < len(full):
        for length in range(min(_longest_form(), len(full) - at), 0, -1):
            key = tuple(full[at : at + length]) if length == 1 else tuple(word.lower() for word in full[at : at + length])
            if key in usual:
                found.extend(usual[key])
                at += length
                break
        else:
            found.append(full[at])
            at += 1
    return tuple(found)


def known_form(words: tuple[str, ...], known: dict[str, tuple[str, ...]]) -> bool:
    """Whether these words are what an acronym stands for, an everyday one or one of the article."""
    folded = tuple(word.lower() for word in words)
    return folded in known.values() or folded in _in_full()


def other_labels(words: tuple[str, ...]) -> tuple[str, ...]:
    """Other labels that a topic has wherever it is found: everyday acronyms in it written out, and the other way round.

    >>> other_labels(("AI", "model")), other_labels(("graphics", "processing", "unit")), other_labels(("sea", "wall"))
    (('artificial intelligence model',), ('GPU',), ())
    """
    line = f" {' '.join(words)} "
    found = []
    for acronym, full, label in everyday_acronyms():
        here, there = (acronym, full) if label == "acronym" else (full, acronym)
        if f" {here} " in line:
            found.append(line.replace(f" {here} ", f" {there} ").strip())
    return tuple(sorted(found))


@cache
def everyday_acronyms() -> tuple[tuple[str, str, str], ...]:
    """Acronym, its words, and which of the two is the label ("acronym" or "name")."""
    return tuple((row["acronym"], row["words"], row["label"]) for row in load_table("topic_acronyms"))


@cache
def _usual_forms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words of the form that is not the label, to those of the form that is."""
    forms: dict[tuple[str, ...], tuple[str, ...]] = {}
    for acronym, full, label in everyday_acronyms():
        words = tuple(full.split())
        if label == "acronym":
            forms[words] = (acronym,)
        else:
            forms[(acronym,)] = words
    return forms


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form[0].lower() for form in _usual_forms())


@cache
def _in_full() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(full.split()) for _, full, _ in everyday_acronyms())


@cache
def _longest_form() -> int:
    return max(map(len, _usual_forms()))


@cache
def _plural_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in load_table("plural_nouns"))


def _is_name(token: "Token", capitals: Collection[str]) -> bool:
    if not token.text[:1].isupper():
        return False
    if (token.is_sent_start or (token.i and token.nbor(-1).is_quote)) and token.text not in capitals:
        return token.ent_type_ in _WHOLE
    return token.pos_ == "PROPN" or token.ent_type_ in _THINGS
