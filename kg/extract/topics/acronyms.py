"""Acronyms of things that an article defines itself: "large language models (LLMs)"."""

import re

from kg.extract.topics.normal import is_acronym, singular

__all__ = ["defined_acronyms"]

# Up to eight words, then capitals in brackets. Matches "large language models (LLMs)"; not "(2024)", not "(see below)".
_BRACKETS = re.compile(r"\(([A-Z][A-Za-z&-]{1,8}?)(s?)\)")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to"})
_REACH = 90  # characters before the brackets


def defined_acronyms(text: str) -> dict[str, tuple[str, ...]]:
    """Each acronym that stands in brackets behind the words it is made of, to those words in their normal form.

    Every letter must be the first one of a word, in order; small words may be left out. Words with capitals name a body, which is no thing.

    >>> defined_acronyms("They sell large language models (LLMs) and gross domestic product (GDP) cards (XY) of the Energy Board (EB).")
    {'LLM': ('large', 'language', 'model'), 'GDP': ('gross', 'domestic', 'product')}
    """
    found: dict[str, tuple[str, ...]] = {}
    for match in _BRACKETS.finditer(text):
        acronym = match[1]
        letters = [char.lower() for char in acronym if char.isalpha()]
        if not is_acronym(acronym) or acronym in found:
            continue
        before = text[max(0, match.start() - _REACH) : match.start()]
        words = [word[0] for word in _WORD.finditer(before)]
        start = _fit(words, letters)
        if start is not None and words[-1][:1].islower():
            *rest, last = words[start:]
            found[acronym] = (*(word if is_acronym(word) else word.lower() for word in rest), singular(last.lower()))
    return found


def _fit(words: list[str], letters: list[str]) -> int | None:
    """Where the words that the letters stand for begin, read from the last word back."""
    at, letter = len(words), len(letters)
    while at and letter:
        at -= 1
        word = words[at].lower()
        if word[0] == letters[letter - 1]:
            letter -= 1
        elif word not in _SMALL or at == len(words) - 1:
            return None
    return at if letter == 0 else None
