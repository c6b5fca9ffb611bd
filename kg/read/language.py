"""Whether a text is English, told by its script and its function words. No model, no network: the same text always gets the same answer."""

import re
import unicodedata
from collections import Counter
from functools import cache

from kg.lexicon import load_table

__all__ = ["foreign_language"]

_ENGLISH = "English"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_FEWEST_WORDS = 25  # of fewer, chance decides
_LONGEST_LOOK = 20_000  # code points; a longer text says no more about its language
# English prose has 30 to 45 function words of our list in a hundred, other languages in Latin script fewer than 10.
_SURELY_ENGLISH = 0.15
_SURELY_FOREIGN = 0.12
_FEWEST_DIFFERENT = 5  # function words of one language, so that a letter or a name alone does not decide
_LATIN_SHARE = 0.5


def foreign_language(text: str) -> str | None:
    """The language a text is in, in English, if it is surely not English; else None.

    A text in a script other than Latin is called by its script. One that is short, or mixed, or like no language on the list, passes: to
    skip an English article is worse than to find nothing in a foreign one.

    Args:
        text: as read; the first 20,000 code points are looked at.

    >>> foreign_language("Der Regen dauert bis zum Mai, und die Bauern sollten in diesem Jahr später säen, sagte Anna Lee, die an dem Institut"
    ...     " für das Klima der Region nach den Ursachen sucht.")
    'German'
    >>> foreign_language("The rain will last until May, said Anna Lee.") is None
    True
    """
    text = text[:_LONGEST_LOOK]
    if script := _foreign_script(text):
        return f"{script} script"
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < _FEWEST_WORDS:
        return None
    shares = {language: sum(word in profile for word in words) / len(words) for language, profile in _profiles().items()}
    best = max(shares, key=lambda language: (shares[language], language))
    if shares[_ENGLISH] >= _SURELY_ENGLISH or best == _ENGLISH or shares[best] < max(_SURELY_FOREIGN, 2 * shares[_ENGLISH]):
        return None
    return best if len(_profiles()[best].intersection(words)) >= _FEWEST_DIFFERENT else None


def _foreign_script(text: str) -> str | None:
    letters = [character for character in text if character.isalpha()]
    latin = sum(character.isascii() or unicodedata.name(character, "").startswith("LATIN") for character in letters)
    if len(letters) < _FEWEST_WORDS or latin >= _LATIN_SHARE * len(letters):
        return None
    # A character's Unicode name starts with its script: CYRILLIC SMALL LETTER A, CJK UNIFIED IDEOGRAPH-4E2D.
    scripts = Counter(unicodedata.name(character, "?").split()[0] for character in letters if not character.isascii())
    name = min(scripts, key=lambda script: (-scripts[script], script))
    return name if name == "CJK" else name.capitalize()


@cache
def _profiles() -> dict[str, frozenset[str]]:
    rows = load_table("function_words", columns=("language", "words", "source"))
    return {row["language"]: frozenset(row["words"].split()) for row in rows}
