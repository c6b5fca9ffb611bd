"""Agents on their way to entities: a union-find whose groups are numbered by their first member, so that order makes no difference."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.graph.identity.names import organisation_name, person_name
from kg.graph.identity.records import AgentFacts

__all__ = ["Links", "is_full", "key_of"]


def key_of(kind: str, name: str) -> str:
    """What equal names of one kind share.

    >>> key_of("person", "Dr. Ada BRANDT")
    'ada brandt'
    """
    return person_name(name).key if kind == "person" else organisation_name(name).key


def is_full(agent: AgentFacts) -> bool:
    """Whether an agent has a name that tells who it is: of two words or more."""
    if agent.kind == "person":
        return person_name(agent.names[0]).full
    return any(organisation_name(name).full for name in agent.names)


@dataclass(slots=True)
class Links:
    """Agents, sorted by IRI, with the groups that they form and the rules that formed them.

    Attributes:
        agents: each once.
        rules: of each group by its root.
        number: place of an agent by its IRI; keys: the key of each one's most complete name.
        by_article: places of an article's agents.
        ids: identifiers of each, from the user's tables.
        torn: agents whose group people have taken asunder: the name alone no longer tells who is meant.
    """

    agents: Sequence[AgentFacts]
    parent: list[int] = field(init=False)
    rules: dict[int, set[str]] = field(init=False, default_factory=lambda: defaultdict(set))
    number: dict[str, int] = field(init=False)
    keys: list[str] = field(init=False)
    by_article: dict[str, list[int]] = field(init=False, default_factory=lambda: defaultdict(list))
    ids: list[set[str]] = field(init=False)
    torn: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.parent = list(range(len(self.agents)))
        self.number = {agent.iri: place for place, agent in enumerate(self.agents)}
        self.keys = [key_of(agent.kind, agent.names[0]) for agent in self.agents]
        self.ids = [{agent.identifier} if agent.identifier else set() for agent in self.agents]
        for place, agent in enumerate(self.agents):
            self.by_article[agent.article].append(place)

    def root(self, place: int) -> int:
        """The first member of the group that holds an agent."""
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def join(self, a: int, b: int, rule: str) -> None:
        """Make one group of two."""
        if a == b:
            return
        one, other = sorted((self.root(a), self.root(b)))
        if one != other:
            self.parent[other] = one
            self.rules[one] |= self.rules.pop(other, set())
        self.rules[one].add(rule)

    def groups(self) -> dict[int, list[int]]:
        """Members by root, in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self.agents)):
            found[self.root(place)].append(place)
        return found

    def blocks(self) -> dict[tuple[str, str], list[int]]:
        """Agents of one kind and full name; names that tell too little meet nobody."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, agent in enumerate(self.agents):
            if is_full(agent):
                found[agent.kind, self.keys[place]].append(place)
        return {key: block for key, block in found.items() if len(block) > 1}
