"""Names as identity compares them: folded words, keys that equal names share, acronyms.

Only keys are folded; the names themselves stand as printed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lexicon import load_table

__all__ = [
    "OrganisationName",
    "PersonName",
    "acronyms_known_for",
    "fold",
    "initials",
    "is_acronym",
    "known_acronym",
    "organisation_name",
    "person_name",
]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}|\b(?:[^\W\d_]\.)+[^\W\d_]\b")
_SMALL = frozenset(
    {"the", "of", "at", "in", "for", "and", "on", "to", "a", "an", "de", "la", "du", "des", "der", "die", "das", "und", "y", "et", "e"}
)
_RANKS = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
# Spellings of one word in bodies' names. British and American, shortened, plural: what stands on the left is read as what stands on the right.
_SAME_WORD = {
    "academies": "academy",
    "assn": "association",
    "assoc": "association",
    "bros": "brothers",
    "center": "centre",
    "centers": "centre",
    "centres": "centre",
    "colleges": "college",
    "corp": "corporation",
    "defence": "defense",
    "dept": "department",
    "govt": "government",
    "hosp": "hospital",
    "inst": "institute",
    "institutes": "institute",
    "int": "international",
    "intl": "international",
    "labor": "labour",
    "labs": "laboratory",
    "lab": "laboratory",
    "laboratories": "laboratory",
    "ministries": "ministry",
    "natl": "national",
    "org": "organization",
    "organisation": "organization",
    "organisations": "organization",
    "organizations": "organization",
    "sciences": "science",
    "services": "service",
    "st": "saint",
    "technologies": "technology",
    "theater": "theatre",
    "univ": "university",
    "universities": "university",
    "uni": "university",
    "us": "united states",
    "usa": "united states",
    "uk": "united kingdom",
}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, folded.

    Attributes:
        words: in order, honorifics and ranks of birth left out; initials are single letters.
        rank: jr, sr, ii and the like; "" without one.
    """

    words: tuple[str, ...]
    rank: str

    @property
    def key(self) -> str:
        """What equal names share."""
        return " ".join((*self.words, self.rank)).strip()

    @property
    def full(self) -> bool:
        """Whether it has two words or more, at least two of them more than an initial."""
        return sum(len(word) > 1 for word in self.words) >= 2


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation's name, folded.

    Attributes:
        printed: its words but for a leading article.
        words: the same without legal forms, each in its usual spelling.
        content: the words that carry meaning, sorted: without of, for, and.
        acronym: the letters, in capitals, if the name is one; else "".
    """

    printed: tuple[str, ...]
    words: tuple[str, ...]
    content: tuple[str, ...]
    acronym: str

    @property
    def key(self) -> str:
        """What equal names share, whatever their legal form, articles and the order about an `of`: University of Utrecht, Utrecht University."""
        return " ".join(self.content)

    @property
    def full(self) -> bool:
        """Whether two words or more were printed, and it is no acronym with its legal form."""
        return len(self.printed) > 1 and not self.acronym


def fold(text: str) -> str:
    """Case, accents, compatibility forms and the kinds of apostrophes and dashes made one.

    >>> fold("Société Générale – ŁÓDŹ")
    'societe generale - lodz'
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return plain.translate(_LETTERS)


_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "ʻ": "'",
        "`": "'",
        "–": "-",
        "—": "-",
        "‑": "-",
    }
)


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(word for row in load_table("honorifics", columns=("word",)) for word in _words(row["word"]))


@cache
def _forms() -> frozenset[str]:
    return frozenset(row["form"].replace("/", "") for row in load_table("legal_forms", columns=("form",)))


@cache
def _known() -> dict[str, str]:
    return {row["acronym"]: organisation_name(row["name"]).key for row in load_table("known_acronyms", columns=("acronym", "name"))}


@cache
def _known_by_body() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for letters, key in _known().items():
        found[key] = (*found.get(key, ()), letters.upper())
    return found


def acronyms_known_for(key: str) -> tuple[str, ...]:
    """The acronyms, in capitals, that mean the body of that key in any news.

    >>> acronyms_known_for("atlantic north organization treaty")
    ('NATO',)
    """
    return _known_by_body().get(key, ())


def known_acronym(acronym: str) -> str:
    """The key of the body that an acronym means in any news; "" if it is not on the list.

    >>> known_acronym("NATO")
    'atlantic north organization treaty'
    """
    return _known().get(acronym.casefold(), "")


@lru_cache(maxsize=65536)
def person_name(name: str) -> PersonName:
    """A person's name as it is compared; `Twain, Mark` is Mark Twain.

    >>> person_name("Dr. Renée Osei-Lund, Jr.")
    PersonName(words=('renee', 'osei', 'lund'), rank='jr')
    """
    before, comma, after = name.partition(",")
    if (
        comma
        and after.strip()
        and not any(word in _RANKS for word in _words(after))
        and len(_words(after)) <= 2
        and len(_words(before)) == 1
    ):
        name = f"{after} {before}"
    words = list(_words(name))
    rank = next((word for word in words[1:] if word in _RANKS), "")
    words = [word for word in words if word not in _RANKS]
    while len(words) > 1 and words[0] in _honorifics() and len(words[0]) > 1:
        words.pop(0)
    return PersonName(tuple(words), {"junior": "jr", "senior": "sr"}.get(rank, rank))


@lru_cache(maxsize=65536)
def organisation_name(name: str) -> OrganisationName:
    """An organisation's name as it is compared.

    >>> organisation_name("The Univ. of Utrecht").key == organisation_name("Utrecht University").key
    True
    >>> organisation_name("Analog Devices, Inc.").words
    ('analog', 'devices')
    """
    printed = _words(name)
    if len(printed) > 1 and printed[0] == "the":
        printed = printed[1:]
    words = list(printed)
    while len(words) > 1 and words[-1] in _forms():
        words.pop()
    if len(words) > 1 and words[-1] in {"and", "co"}:
        words.pop()
    bare = re.sub(r"[^\w]", "", name.removeprefix("the ").removeprefix("The "))
    acronym = bare.upper() if is_acronym(name) else ""
    usual = [part for word in words for part in _SAME_WORD.get(word, word).split()]
    content = sorted(word for word in usual if word not in _SMALL) or usual
    return OrganisationName(tuple(printed), tuple(usual), tuple(content), acronym)


def is_acronym(name: str) -> bool:
    """Whether a name is one word of two to six capitals, with or without full stops.

    >>> [is_acronym(name) for name in ("M.I.T.", "EFB", "the UN", "Fox", "IKEA Ltd", "KELD HARBOUR")]
    [True, True, True, False, False, False]
    """
    word = re.sub(r"^[Tt]he ", "", name.strip())
    bare = word.replace(".", "")
    return bare.isalpha() and 2 <= len(bare) <= 6 and (bare.isupper() or (len(bare) > 2 and bare[:-1].isupper() and bare[-1] == "s"))


@lru_cache(maxsize=65536)
def initials(name: str) -> tuple[str, ...]:
    """The acronyms that a name's words make, in capitals: without its small words, and with them.

    >>> initials("Bureau of Labour Statistics")
    ('BLS', 'BOLS')
    """
    printed = [word for word in _words(name) if word != "the"]
    while len(printed) > 2 and printed[-1] in _forms() - {"company", "corporation", "holdings"}:
        printed.pop()
    without = "".join(word[0] for word in printed if word not in _SMALL)
    with_them = "".join(word[0] for word in printed)
    formal = "".join(word[0] for word in _words(name) if word not in _SMALL)
    return tuple(dict.fromkeys(made.upper() for made in (without, with_them, formal) if len(made) > 1))


def _words(text: str) -> tuple[str, ...]:
    folded = fold(text).replace("&", " and ")
    folded = _DOTTED.sub(lambda found: found[0].replace(".", ""), folded)
    folded = re.sub(r"\b([a-z])/([a-z])\b", r"\1\2", folded)
    return tuple(word.removesuffix("'s").replace("'", "") for word in _WORD.findall(folded))
