"""Names joined into agents: which names in an article are the same person or organisation."""

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.extract.people.cast import Cast, CastMention
from kg.extract.people.genders import first_names
from kg.extract.people.letters import behind_letters
from kg.extract.people.names import Name
from kg.extract.words import honorifics, post_nominals
from kg.records import AgentKind, MentionForm, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.people.gazetteer import KnownName

__all__ = ["gather"]

_PERSON, _ORGANISATION = AgentKind.PERSON, AgentKind.ORGANISATION
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_NEAR = 60  # tokens, two or three sentences
_SETTLES = 3  # uses of a bare surname after which it is that person's
_APART = 25  # tokens between two names of one person
# "known as", "born", "pen name of" between two names; not "born in", "born to", which bring in somebody or somewhere else.
_AKA = re.compile(
    r"\b(?:known (?:\w+ )?(?:as|by)|born(?! in| to| on| at)|née|pen name|pseudonym|stage name|alias|a\.k\.a\.|aka|identified as)\b",
    re.IGNORECASE,
)
_SMALL = frozenset({"of", "the", "and", "for", "&"})


def gather(doc: "Doc", names: Sequence[Name], gazetteer: "Mapping[str, KnownName] | None" = None) -> Cast:
    """The cast of the names: a full name's parts are that person, an organisation's acronym or short form that organisation.

    A bare surname of two people is left without an agent, unless an honorific tells the two apart, or the surname was in use while only
    one of them had been introduced: from there on it is that one's. Names to which the gazetteer gives one id are one agent, names with
    different ids never.
    """
    cast = Cast()
    told = {_key(name): known.id for name in names if (known := (gazetteer or {}).get(name.text)) and known.id and known.kind is name.kind}
    owners = _Owners(doc, names, told)
    numbers: dict[str, int] = {}
    for name in names:
        key, sure = owners.of(name)
        if key is None:
            continue
        if key not in numbers:
            numbers[key] = cast.add(name.kind, [])
        number = numbers[key]
        cast.name(number, name.text)
        span = doc[name.start : name.end]
        where = Span(span.start_char, span.end_char)
        confidence = name.confidence if sure else min(name.confidence, 0.7)
        mention = CastMention(where, span.root.i, number, MentionForm.NAME, name.rule if sure else "surname-in-use", confidence)
        reach = behind_letters(doc, name.end) if name.kind is _PERSON and name.end - name.start > 1 else name.end
        cast.mention(mention, tokens=range(name.start, reach))  # "Ada Brandt, PhD, said": the letters stand for her, too
    for key, number in numbers.items():
        if (identifier := owners.identifier(key)) is not None:
            cast.identify(number, identifier)
    return cast


def _key(name: Name) -> str:
    return _key_of(name.kind, name.text)


@lru_cache(maxsize=4096)
def _key_of(kind: AgentKind, text: str) -> str:
    """Kind and words by which names are compared."""
    words = _plain(text).split()
    if kind is _PERSON:
        while len(words) > 2 and words[-1] in _letters():
            words.pop()
    return f"{kind}:{' '.join(words)}"


@cache
def _letters() -> frozenset[str]:
    """Letters that a user's own list may print behind a name, in small letters. They tell nobody apart."""
    return frozenset(_plain(one) for one in post_nominals())


def _plain(text: str) -> str:
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^\w&']+", " ", bare.replace("’", "'")).split())


@dataclass(slots=True)
class _Owners:
    """Whom each name stands for."""

    doc: "Doc"
    names: Sequence[Name]
    told: dict[str, str]  # keys to the ids of the user's own list
    _first: dict[str, int] = field(default_factory=dict)  # token at which a key is first used
    _used: dict[str, list[int]] = field(default_factory=dict)
    _wider: dict[str, list[str]] = field(default_factory=dict)
    _owner: dict[str, str | None] = field(default_factory=dict)
    _settled: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.names:
            key = _key(name)
            self._first.setdefault(key, name.start)
            self._used.setdefault(key, []).append(name.start)
        self._join()

    def of(self, name: Name) -> tuple[str | None, bool]:
        """The key of the fullest name it stands for, None if it could be several; and whether no choice had to be made."""
        key = _key(name)
        if key not in self._wider:
            return self._owner[key], True
        wider = self._wider[key]
        told = self._by_generation(name, wider) or self._by_honorific(name, wider)
        if told is not None:
            return told, True
        if key not in self._settled:
            self._settled[key] = self._in_use(key, wider)
        settled = self._settled[key]
        if settled is not None and self._other_is_near(name, settled, wider):
            return None, False
        return settled, False

    def identifier(self, key: str) -> str | None:
        """The id of the user's own list for the agent of a key: that of its fullest name with one."""
        own = [other for other in self.told if self._owner.get(other) == key]
        return self.told[min(own, key=lambda other: (-len(other.split()), other))] if own else None

    def _join(self) -> None:
        keys = sorted(self._first, key=lambda key: (-len(key.split()), key))
        acronyms = _acronyms(self.doc, self.names)
        aliases = self._aliases()
        full: dict[str, list[str]] = {}  # by kind and a word of the name, so that no name is held against all
        for key in keys:
            kind, _, plain = key.partition(":")
            words = plain.split()
            # A shorter form of a person's name of several words ends as the name does: a first name alone would bring up all who bear it.
            ends = words[-1:] if kind == _PERSON and len(words) > 1 else (words[0], words[-1])
            near = dict.fromkeys(other for word in ends for other in full.get(f"{kind}:{word}", ()))
            wider = sorted(
                {
                    self._root(other)
                    for other in near
                    if _stands_for(AgentKind(kind), plain, other.partition(":")[2]) and self._may_be_one(key, other)
                }
            )
            if key in aliases:
                self._owner[key] = aliases[key]
            elif key in acronyms and acronyms[key] in self._owner and self._may_be_one(key, acronyms[key]):
                self._owner[key] = self._root(acronyms[key])
            elif len(wider) == 1:
                self._owner[key] = wider[0]
            elif wider:
                self._wider[key] = wider
            else:
                self._owner[key] = key
            if key in self._owner:
                for word in {words[0], *words[-2:], *words[1:3], _initials(plain)}:
                    full.setdefault(f"{kind}:{word}", []).append(key)

    def _may_be_one(self, key: str, other: str) -> bool:
        """Whether the user's own list does not tell two names apart."""
        one, two = self.told.get(key), self.told.get(other)
        return one is None or two is None or one == two

    def _root(self, key: str) -> str:
        return self._owner.get(key) or key

    def _aliases(self) -> dict[str, str]:
        """Names of one person that share a word, to the first of them: introduced as such ("Ada Roe, better known as Ada Brandt"), or the
        same words in another order.
        """
        pairs: list[tuple[str, str]] = []
        for name, follower in itertools.pairwise(self.names):
            if name.kind is not _PERSON or follower.kind is not _PERSON or follower.start - name.end > _APART:
                continue
            one, two = _key(name), _key(follower)
            between = self.doc[name.end : follower.start].text
            if one != two and _AKA.search(between) and "\n" not in between and _words(one) & _words(two):
                pairs.append((one, two))
        orders: dict[tuple[str, ...], str] = {}
        full = [key for key in self._first if key.startswith(_PERSON) and " " in key]
        pairs.extend((key, orders.setdefault(tuple(sorted(_words(key))), key)) for key in full)
        pairs = [(one, two) for one, two in pairs if self._may_be_one(one, two)]
        listed: dict[tuple[str, str], str] = {}
        same = [(key, listed.setdefault((key.partition(":")[0], identifier), key)) for key, identifier in self.told.items()]
        return {key: first for key, first in _together([*pairs, *same], self._first).items() if " " in key or key in self.told}

    def _by_generation(self, name: Name, wider: list[str]) -> str | None:
        """As in "the elder Mr. Brandt" where Otto Brandt Jr. and Otto Brandt Sr. are about."""
        index = name.start - 1
        while index > 0 and self.doc[index].text in honorifics():
            index -= 1
        age = {"elder": "sr", "older": "sr", "younger": "jr"}.get(self.doc[index].lower_) if index >= 0 else None
        fits = [key for key in wider if age is not None and key.split()[-1] == age]
        return fits[0] if len(fits) == 1 else None

    def _by_honorific(self, name: Name, wider: list[str]) -> str | None:
        """As in "Mrs. Brandt" where Ada and Otto Brandt are about."""
        gender = honorifics().get(self.doc[name.start - 1].text) if name.start and name.kind is _PERSON else None
        if gender not in {"female", "male"}:
            return None
        fits = [key for key in wider if first_names().get(key.partition(":")[2].split()[0].title()) == gender]
        return fits[0] if len(fits) == 1 else None

    def _in_use(self, key: str, wider: list[str]) -> str | None:
        if not key.startswith(_PERSON):
            return None
        introduced = sorted(wider, key=lambda other: self._first[other])
        one, two = introduced[:2]
        between = (self._first[one], self._first[two])
        return one if any(between[0] < place < between[1] for place in self._used[key]) else None

    def _other_is_near(self, name: Name, settled: str, wider: list[str]) -> bool:
        """Whether a namesake was the last to be named in full, shortly before: the bare name could now be either's."""
        last = {key: bisect_left(places := self._used[key], name.start) and places[bisect_left(places, name.start) - 1] for key in wider}
        near = max(wider, key=lambda key: last[key])
        if len(self._used[near]) == 1 and bisect_left(self._used[_key(name)], name.start) >= _SETTLES:
            return False  # a brother named once in the story of somebody who has gone by the surname all along
        return near != settled and name.start - last[near] < _NEAR


def _words(key: str) -> set[str]:
    return set(key.partition(":")[2].split())


def _together(pairs: list[tuple[str, str]], first: dict[str, int]) -> dict[str, str]:
    """Each key of a pair to the earliest key it hangs together with."""
    to: dict[str, str] = {}

    def root(key: str) -> str:
        while to.setdefault(key, key) != key:
            key = to[key]
        return key

    for one, two in pairs:
        early, late = sorted((root(one), root(two)), key=lambda key: (first[key], key))
        to[late] = early
    groups = {key: root(key) for key in to}
    sizes = Counter(groups.values())
    return {key: early for key, early in groups.items() if sizes[early] > 1}


def _stands_for(kind: AgentKind, short: str, full: str) -> bool:
    """Whether `short` is a shorter form of `full`: a part of a person's name, the first words of an organisation's."""
    few, many = short.split(), full.split()
    if len(few) >= len(many):
        return False
    if kind is _PERSON:
        bare = many[:-1] if many[-1] in _GENERATIONS and few[-1] not in _GENERATIONS else many
        if len(few) == 1:
            return few[0] in {bare[0], bare[-1]}
        return (few[0] == bare[0] and few[-1] == bare[-1]) or few == bare[-len(few) :]
    if kind is _ORGANISATION:
        return many[: len(few)] == few or (len(few) == 1 and len(short) > 2 and short == _initials(full))
    return False


def _initials(plain: str) -> str:
    return "".join(word[0] for word in plain.split() if word not in _SMALL)


def _acronyms(doc: "Doc", names: Sequence[Name]) -> dict[str, str]:
    """Acronyms that the article defines: "International Data Corp (IDC)"."""
    found: dict[str, str] = {}
    for name, follower in itertools.pairwise(names):
        if follower.start - name.end > 2 or name.kind is not follower.kind or not follower.text.isupper():
            continue
        between = doc[name.end : follower.start].text.strip()
        closed = follower.end < len(doc) and doc[follower.end].text == ")"
        if between == "(" and closed:
            found[_key(follower)] = _key(name)
    return found
