"""The word lists of the stage."""

import re
from collections.abc import Mapping
from functools import cache

from kg.extract.words import role_nouns
from kg.lexicon.load import load_table

__all__ = ["post_noun", "role_verbs", "title_words"]

# Scholars and physicians of fields that no list has whole: cardiologist, geographer, psychiatrist; not "apologist" alone, which is listed.
_SCHOLAR = re.compile(r"[a-z]{3,}(?:ologist|iatrist|iatrician|ographer|otherapist)s?")
_IRREGULAR = {"alumni": "alumnus", "alumnae": "alumna", "attorneys": "attorney", "ladies": "lady", "secretaries": "secretary"}


@cache
def title_words(kind: str) -> frozenset[str]:
    """Words before a post: `part` of its name, its `field`, `past`, a `loose` description, a `party`; posts with a `company` or held with `personal` masters; the `staff` that bodies have."""
    return frozenset(row["word"] for row in load_table("title_words", columns=("word", "kind")) if row["kind"] == kind)


@cache
def role_verbs(kind: str) -> Mapping[str, frozenset[str]]:
    """Lemmas of the verbs of one kind, with the prepositions they take."""
    rows = load_table("role_verbs", columns=("lemma", "kind", "prepositions"))
    return {row["lemma"]: frozenset(row["prepositions"].split(",")) - {"-"} for row in rows if row["kind"] == kind}


@cache
def post_noun(word: str) -> tuple[str, bool] | None:
    """The post or occupation that a word names, in the singular, and whether the word is a plural.

    >>> post_noun("Directors"), post_noun("Sen."), post_noun("spokesmen"), post_noun("river")
    (('director', True), ('sen.', False), ('spokesman', True), None)
    >>> post_noun("cardiologist")
    ('cardiologist', False)
    """
    low = word.lower()
    if low in role_nouns():
        return low, False
    singular = _IRREGULAR.get(low)
    if singular is None and low.endswith("men"):
        singular = low[:-3] + "man"
    elif singular is None and low.endswith("s") and not low.endswith("ss"):
        singular = low[:-1]
    elif singular is None and low.endswith("s."):
        singular = low[:-2] + "."
    if singular in role_nouns():
        return singular, True
    if _SCHOLAR.fullmatch(low):
        return low.removesuffix("s"), low.endswith("s")
    return None
