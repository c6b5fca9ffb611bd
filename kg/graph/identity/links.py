"""Agents on their way to entities: a union-find whose groups are numbered by their first member, so that order makes no difference."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.graph.identity.names import organisation_name, person_name
from kg.graph.identity.records import AgentFacts, Near

__all__ = ["Links", "acronyms", "is_full", "key_of", "most_complete"]

_NONE: frozenset[str] = frozenset()


def key_of(kind: str, name: str) -> str:
    """What equal names of one kind share.

    >>> key_of("person", "Dr. Ada BRANDT")
    'ada brandt'
    """
    return person_name(name).key if kind == "person" else organisation_name(name).key


def most_complete(names: Iterable[str]) -> str:
    """The longest, then the first by alphabet; a name in capitals throughout only if there is no other."""
    return min(set(names), key=lambda name: (name.isupper(), -len(name), name))


def is_full(agent: AgentFacts) -> bool:
    """Whether an agent has a name that tells who it is: of two words or more."""
    if agent.kind == "person":
        return person_name(agent.names[0]).full
    return any(organisation_name(name).full for name in agent.names)


def acronyms(agent: AgentFacts) -> list[str]:
    """The acronyms among a body's names, sorted."""
    return sorted({name.acronym for name in map(organisation_name, agent.names) if name.acronym}) if agent.kind == "organisation" else []


@dataclass(slots=True)
class Links:
    """Agents, sorted by IRI, with the groups that they form and the rules that formed them.

    Attributes:
        agents: each once.
        rules: of each group by its root.
        around: gives all agents of an article, those that are not among `agents` with the label that they were settled with;
            None if all agents are here.
        number: place of an agent by its IRI; keys: the key of each one's most complete name.
        by_article: an article's agents, if all are here.
        named: labels of people whose identifiers tell who they are.
        ids: identifiers of each, from the user's tables.
        torn: agents whose group people have taken asunder: the name alone no longer tells who is meant.
    """

    agents: Sequence[AgentFacts]
    around: Callable[[str], Sequence[Near]] | None = None
    parent: list[int] = field(init=False)
    rules: dict[int, set[str]] = field(init=False, default_factory=lambda: defaultdict(set))
    number: dict[str, int] = field(init=False)
    keys: list[str] = field(init=False)
    by_article: dict[str, list[Near]] = field(init=False, default_factory=lambda: defaultdict(list))
    ids: list[frozenset[str]] = field(init=False)
    torn: set[int] = field(init=False, default_factory=set)
    named: dict[int, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.parent = list(range(len(self.agents)))
        self.number = {agent.iri: place for place, agent in enumerate(self.agents)}
        self.keys = [key_of(agent.kind, agent.names[0]) for agent in self.agents]
        self.ids = [frozenset({agent.identifier}) if agent.identifier else _NONE for agent in self.agents]
        for place, agent in enumerate(self.agents) if self.around is None else ():
            posts_at = tuple(post.organisation for post in agent.posts)
            self.by_article[agent.article].append(Near(agent.iri, agent.kind, is_full(agent), self.keys[place], self.keys[place], posts_at))

    def near(self, article: str) -> Sequence[Near]:
        """The named agents of an article, those of other groups too."""
        return self.by_article[article] if self.around is None else self.around(article)

    def label(self, place: int) -> str:
        """The name by which two articles' agents are one: of the group that acronyms and identifiers have made."""
        if self.agents[place].kind == "person":
            return self.named.get(place, self.keys[place])
        root = self.root(place)
        return f"{self.keys[root]} {self.agents[root].iri}" if root in self.torn else self.keys[root]

    def name_people(self) -> None:
        """Settle the labels of people that identifiers have joined, so that it makes no difference whose name is looked at first."""
        self.named = {
            place: self.keys[self.root(place)] for place, ids in enumerate(self.ids) if ids and self.agents[place].kind == "person"
        }

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
