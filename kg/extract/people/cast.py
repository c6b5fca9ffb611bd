"""The cast of an article: its agents with their names, and the mentions that one stage after another adds."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.records import AgentKind, MentionForm, Span

__all__ = ["Cast", "CastMention"]


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
        self._identifiers: dict[int, str] = {}
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

    def name(self, agent: int, name: str) -> None:
        """Gives the agent one more name."""
        self._names[agent].append(name)

    def identify(self, agent: int, identifier: str) -> None:
        """Notes who the agent is in the user's own list of names; what was noted first stays."""
        self._identifiers.setdefault(agent, identifier)

    def identifier(self, agent: int) -> str | None:
        """Who the agent is in the user's own list of names; None if it tells nothing."""
        return self._identifiers.get(agent)

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
