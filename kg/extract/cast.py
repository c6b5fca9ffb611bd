"""The cast of an article: names joined into agents, and the mentions that later stages add."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.names import Name
from kg.records import AgentKind, MentionForm, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Cast", "CastMention", "gather"]


@dataclass(frozen=True, slots=True)
class CastMention:
    """A mention of the agent with number `agent`; `head` is its head's token index."""

    span: Span
    head: int
    agent: int
    form: MentionForm
    rule: str
    confidence: float


class Cast:
    """Agents while an article is read: numbered, each with kind, names and mentions. Grows only."""

    def __init__(self) -> None:
        self._kinds: list[AgentKind] = []
        self._names: list[list[str]] = []
        self._mentions: list[CastMention] = []
        self._at: dict[int, int] = {}
        self._named: dict[tuple[AgentKind, str], int] = {}

    def add(self, kind: AgentKind, names: Iterable[str]) -> int:
        """A new agent; returns its number."""
        self._kinds.append(kind)
        self._names.append(list(names))
        for name in self._names[-1]:
            self._named.setdefault((kind, name), len(self._kinds) - 1)
        return len(self._kinds) - 1

    def named(self, kind: AgentKind, name: str) -> int | None:
        """The first agent added with exactly that kind and name."""
        return self._named.get((kind, name))

    def mention(self, mention: CastMention, *, tokens: range) -> None:
        """Adds a mention that stands on the given tokens; a token inside two ("Ada Brandt's spokesman") keeps its first agent."""
        self._mentions.append(mention)
        for index in tokens:
            self._at.setdefault(index, mention.agent)

    def at(self, token: int) -> int | None:
        """The agent mentioned at a token."""
        return self._at.get(token)

    def kind(self, agent: int) -> AgentKind:
        """The agent's kind."""
        return self._kinds[agent]

    def names(self, agent: int) -> list[str]:
        """The agent's names, the most complete one first."""
        return sorted(dict.fromkeys(self._names[agent]), key=lambda name: (-len(name.split()), -len(name), name))

    def mentions(self) -> list[CastMention]:
        """All mentions in text order."""
        return sorted(self._mentions, key=lambda mention: (mention.span, mention.agent))

    def __len__(self) -> int:
        return len(self._kinds)


def gather(doc: "Doc", names: tuple[Name, ...]) -> Cast:
    """The cast of the names: a full name's parts are that person, an organisation's acronym or short form that organisation.

    A part that belongs to several people of the article (two of one surname) is left without an agent.
    """
    cast = Cast()
    owners = _owners(doc, names)
    numbers: dict[str, int] = {}
    for name in names:
        key = owners.get(_key(name))
        if key is None:
            continue
        if key not in numbers:
            numbers[key] = cast.add(name.kind, [])
        number = numbers[key]
        cast._names[number].append(name.text)  # noqa: SLF001  this function builds the cast
        span = doc[name.start : name.end]
        where = Span(span.start_char, span.end_char)
        mention = CastMention(where, span.root.i, number, MentionForm.NAME, name.rule, name.confidence)
        cast.mention(mention, tokens=range(name.start, name.end))
    return cast


def _key(name: Name) -> str:
    return f"{name.kind}:{_plain(name.text)}"


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w&]+", " ", text.casefold()).split())


def _owners(doc: "Doc", names: tuple[Name, ...]) -> dict[str, str | None]:
    """Key of a name to the key of the fullest name it stands for; None if it could be several."""
    keys = sorted({_key(name) for name in names}, key=lambda key: (-len(key.split()), key))
    acronyms = _acronyms(doc, names)
    owners: dict[str, str | None] = {}
    full: dict[str, list[str]] = {}  # by kind and a word of the name, so that no name is held against all
    for key in keys:
        kind, _, plain = key.partition(":")
        first = plain.split(" ", 1)[0]
        wider = [other for other in full.get(f"{kind}:{first}", ()) if _stands_for(AgentKind(kind), plain, other.partition(":")[2])]
        if key in acronyms:
            owners[key] = owners.get(acronyms[key], acronyms[key])
        elif len(wider) == 1:
            owners[key] = wider[0]
        elif wider:
            owners[key] = None
        else:
            owners[key] = key
            for word in {*plain.split(), _initials(plain)}:
                full.setdefault(f"{kind}:{word}", []).append(key)
    return owners


def _stands_for(kind: AgentKind, short: str, full: str) -> bool:
    """Whether `short` is a shorter form of `full`: a part of a person's name, the first words of an organisation's."""
    few, many = short.split(), full.split()
    if len(few) >= len(many):
        return False
    if kind is AgentKind.PERSON:
        if len(few) == 1:
            return few[0] in {many[0], many[-1]} or (many[-1] in {"jr", "sr", "ii", "iii"} and few[0] == many[-2])
        return few[0] == many[0] and few[-1] == many[-1]
    if kind is AgentKind.ORGANISATION:
        return many[: len(few)] == few or (len(few) == 1 and len(short) > 2 and short == _initials(full))
    return False


def _initials(plain: str) -> str:
    return "".join(word[0] for word in plain.split() if word not in {"of", "the", "and", "for", "&"})


def _acronyms(doc: "Doc", names: tuple[Name, ...]) -> dict[str, str]:
    """Acronyms that the article defines: "International Data Corp (IDC)"."""
    found: dict[str, str] = {}
    for name, follower in itertools.pairwise(names):
        between = doc[name.end : follower.start].text.strip()
        closed = follower.end < len(doc) and doc[follower.end].text == ")"
        if between == "(" and closed and name.kind is follower.kind and follower.text.isupper():
            found[_key(follower)] = _key(name)
    return found
