"""People's decisions over the rules: `same` joins, `different` parts, and identifiers of the user's own table do both.

A decision names an agent by its article, kind and name, so that it fits after a new extraction; without an article it names all bearers. Where
`different` parts a group that the rules made, every other member goes with the side that it has a name, a body, a title or company in common
with and the other has not, else it stays alone; with "everyone else of that name" on one side, the other alone leaves.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations_with_replacement

from kg.errors import Contradiction
from kg.graph import iris
from kg.graph.identity.evidence import bodies, company, marks_of_body, titles
from kg.graph.identity.links import Links, key_of
from kg.graph.identity.records import Decisions, Key, Pair

__all__ = ["Overruling"]

_REGISTERS = ("http://www.wikidata.org/entity/", "https://orcid.org/", "https://search.gleif.org/#/record/")  # one entry each for anybody

type _Edge = tuple[int, str]  # an agent, and what makes it one with this one


class Overruling:
    """Decisions on their way to the agents they are about.

    Args:
        links: the agents; they are joined and parted here.
        decisions: people's.
        base: IRI prefix of the store.
    """

    def __init__(self, links: Links, decisions: Decisions, *, base: str) -> None:
        self.links = links
        self._decisions = decisions
        self._base = base
        self._bearers: dict[tuple[str, str], list[int]] | None = None
        self._called: dict[Key, tuple[int, ...]] = {}
        self._edges: dict[int, list[_Edge]] = defaultdict(list)
        self._parent: dict[int, int] = {}
        self._groups: dict[int, list[int]] = {}

    def pairs(self) -> Iterator[tuple[bool, Pair]]:
        """All decisions on two, each with whether it calls them the same."""
        yield from ((True, pair) for pair in self._decisions.same)
        yield from ((False, pair) for pair in self._decisions.different)

    @property
    def unmatched(self) -> tuple[Key, ...]:
        """Keys that fit nobody, sorted."""
        keys = {key for _, pair in self.pairs() for key in (pair.a, pair.b)}
        return tuple(sorted(key for key in keys | {key for key, _ in self._decisions.same_as} if not self.called(key)))

    def called(self, key: Key) -> tuple[int, ...]:
        """The agents that a key means: by its most complete name, else by another of its names, else by an equal one."""
        if key not in self._called:
            wanted = key_of(key.kind, key.name)
            found = self._bearers_of(key.kind, wanted)
            if key.article:
                own = {key.article, iris.keyed_iri(self._base, key.article)}
                found = [place for place in found if self.links.agents[place].article in own]
            agents = self.links.agents
            best = [place for place in found if agents[place].names[0] == key.name] if key.article else []
            named = [place for place in found if key.name in agents[place].names] if key.article else []
            self._called[key] = tuple(best or named or found)
        return self._called[key]

    def _bearers_of(self, kind: str, wanted: str) -> list[int]:
        if self._bearers is None:
            self._bearers = defaultdict(list)
            for place, agent in enumerate(self.links.agents):
                for key in sorted({key_of(agent.kind, name) for name in agent.names}):
                    self._bearers[agent.kind, key].append(place)
        return self._bearers.get((kind, wanted), [])

    # ----------------------------------------------------------------------- one and the same

    def identify(self) -> None:
        """Give agents the identifiers of the user's table, and join those that share one; then see whether all decisions can hold.

        Raises:
            Contradiction: if not.
        """
        exact = {key for key, _ in self._decisions.same_as if key.article}
        special = {place for key in exact for place in self.called(key)}
        for key, iri in self._decisions.same_as:
            for place in self.called(key):
                if key.article or place not in special:  # what is said of one article counts there alone
                    self.links.ids[place] |= {iri}
        # Those of one identifier stay together, whether or not people have decided anything about others.
        if self._decisions != Decisions() or any(self.links.ids):
            self._union()
            self._check()
        first: dict[tuple[str, str], int] = {}
        for place, ids in enumerate(self.links.ids):
            for one in sorted(ids):
                self.links.join(first.setdefault((self.links.agents[place].kind, one), place), place, "identifier")

    def _union(self) -> None:
        for pair in self._decisions.same:
            one, other = self.called(pair.a), self.called(pair.b)
            if one and other:
                for place in (*one[1:], *other):
                    self._edge(one[0], place, _words(pair, "="))
        first: dict[tuple[str, str], int] = {}
        for place, ids in enumerate(self.links.ids):
            for one_id in sorted(ids):
                start = first.setdefault((self.links.agents[place].kind, one_id), place)
                self._edge(start, place, f"both are {one_id}")

    def _edge(self, a: int, b: int, why: str) -> None:
        if a != b:
            self._edges[a].append((b, why))
            self._edges[b].append((a, why))
            one, other = sorted((self._unit(a), self._unit(b)))
            self._parent[other] = one

    def _unit(self, place: int) -> int:
        """The first of those that people call one."""
        while (parent := self._parent.get(place, place)) != place:
            place = parent
        return place

    def _check(self) -> None:
        for pair in self._decisions.different:
            if pair.a == pair.b:
                raise Contradiction(f"{_words(pair, 'is not')}: these are one and the same article's agent", remedy="Take it out")
            for a in self.called(pair.a):
                for b in self.called(pair.b):
                    # "Everyone else of that name" is everyone that is not called one with the other side.
                    if bool(pair.a.article) == bool(pair.b.article) and self._unit(a) == self._unit(b):
                        raise self._contradiction(a, b, _words(pair, "is not"))
        holders: dict[int, list[int]] = defaultdict(list)
        for place, ids in enumerate(self.links.ids):
            if ids:
                holders[self._unit(place)].append(place)
        for members in holders.values():
            for a, b, clash in self._clashing(members):
                raise self._contradiction(a, b, f"they are {' and '.join(clash)}")

    def _contradiction(self, a: int, b: int, against: str) -> Contradiction:
        chain = self._chain(a, b) or ["one article's agent bears both names"]
        return Contradiction(
            f"decisions contradict one another: {'; '.join(chain)}; but {against}", remedy="Take one back with `kg identity undo`"
        )

    def _chain(self, a: int, b: int) -> list[str]:
        """The shortest way from one agent to another over what people call the same."""
        came: dict[int, tuple[int, str]] = {a: (a, "")}
        todo = deque([a])
        while todo and b not in came:
            place = todo.popleft()
            for other, why in self._edges[place]:
                if other not in came:
                    came[other] = (place, why)
                    todo.append(other)
        steps = []
        while b != a and b in came:
            b, why = came[b]
            steps.append(why)
        return list(dict.fromkeys(reversed(steps)))

    # ----------------------------------------------------------------------- over the rules

    def apply(self, kind: str) -> None:
        """Join and part the agents of a kind, once the rules have joined them."""
        for pair in self._decisions.same:
            one, other = self.called(pair.a), self.called(pair.b)
            if pair.a.kind == kind and one and other:
                for place in (*one[1:], *other):
                    self.links.join(one[0], place, "decision")
        leaving, apart = [], []
        for pair in self._decisions.different:
            one, other = self.called(pair.a), self.called(pair.b)
            if pair.a.kind != kind or not one or not other:
                continue
            if pair.a.article and pair.b.article:
                apart += [(a, b) for a in one for b in other]
            else:
                leaving += [(a, b) for a, b in ((one, other), (other, one)) if (pair.a if a is one else pair.b).article]
                if not pair.a.article and not pair.b.article:
                    apart += [(one[0], b) for b in other] + [(a, other[0]) for a in one]
        apart += list(self._different_ids(kind))
        if not leaving and not apart:
            return
        self._groups = self.links.groups()
        self._leave(leaving)
        self._part([pair for pair in apart if self._unit(pair[0]) != self._unit(pair[1])])

    def _different_ids(self, kind: str) -> Iterator[tuple[int, int]]:
        """Agents of one group that the user's table gives two identifiers of one kind."""
        holders: dict[int, list[int]] = defaultdict(list)
        for place, ids in enumerate(self.links.ids):
            if ids and self.links.agents[place].kind == kind:
                holders[self.links.root(place)].append(place)
        for members in holders.values():
            yield from ((a, b) for a, b, _ in self._clashing(members))

    def _clashing(self, members: Iterable[int]) -> Iterator[tuple[int, int, list[str]]]:
        """Agents with two identifiers of one kind, and those; one agent for each set of identifiers, with itself too."""
        first: dict[frozenset[str], int] = {}
        for place in members:
            first.setdefault(self.links.ids[place], place)
        for a, b in combinations_with_replacement(first.values(), 2):
            if clash := _clash(self.links.ids[a], self.links.ids[b]):
                yield a, b, clash

    def _leave(self, leaving: Sequence[tuple[Sequence[int], Sequence[int]]]) -> None:
        """Take out of their groups those that are none of the others of their name; the rest stays as it was."""
        for one, others in leaving:
            units = {self._unit(place) for place in one}
            for root in {self.links.root(place) for place in one}:
                if any(self.links.root(place) == root and self._unit(place) not in units for place in others):
                    members = self._groups[root]
                    own = [place for place in members if self._unit(place) in units]
                    self._regroup([own, [place for place in members if place not in set(own)]], self.links.rules.pop(root, set()))

    def _part(self, apart: Sequence[tuple[int, int]]) -> None:
        torn: dict[int, set[int]] = defaultdict(set)
        for a, b in apart:
            if self.links.root(a) == self.links.root(b):
                torn[self.links.root(a)] |= {self._unit(a), self._unit(b)}
        for root, seeds in sorted(torn.items()):
            units: dict[int, list[int]] = defaultdict(list)
            for place in self._groups[root]:
                units[self._unit(place)].append(place)
            groups = _distributed(self.links, units, seeds)
            self._regroup(groups, self.links.rules.pop(root, set()))

    def _regroup(self, groups: Iterable[Sequence[int]], rules: set[str]) -> None:
        made = [sorted(group) for group in groups if group]
        for place in (place for group in made for place in group):
            self.links.parent[place] = place
            self.links.rules.pop(place, None)
            self.links.torn.add(place)
        for group in made:
            self._groups[group[0]] = group
            for place in group[1:]:
                self.links.parent[place] = group[0]
            if len(group) > 1:
                self.links.rules[group[0]] = set(rules)


def _distributed(links: Links, units: dict[int, list[int]], seeds: set[int]) -> list[list[int]]:
    """The sides of a parted group, each with the other members that have something in common with it alone, and those left, one by one."""
    side = {unit: unit for unit in seeds}
    left = sorted(units.keys() - seeds)
    for level in range(4):
        marks = {unit: [_marks(links, place, level) for place in members] for unit, members in units.items()}
        settled = sorted(side)
        while settled:
            near: dict[str, set[int]] = defaultdict(set)
            for unit, to in side.items():
                for mark in (mark for found in marks[unit] for mark in found):
                    near[mark].add(to)
            meeting = {unit: {to for found in marks[unit] for mark in found for to in near.get(mark, ())} for unit in left}
            settled = [unit for unit in left if len(meeting[unit]) == 1]
            side |= {unit: next(iter(meeting[unit])) for unit in settled}
            left = [unit for unit in left if unit not in side]
    groups: dict[int, list[int]] = defaultdict(list)
    for unit, members in units.items():
        groups[side.get(unit, unit)] += members
    return [groups[unit] for unit in sorted(groups)]


def _marks(links: Links, place: int, level: int) -> Iterable[str]:
    """What tells of two agents that they are one, the surest first."""
    person = links.agents[place].kind == "person"
    if level == 0:
        return {links.keys[place]}
    if level == 1:
        return bodies(links, place) if person else marks_of_body(links, place, printed=True)
    if level == 2:
        return titles(links, place) if person else ()
    return company(links, place)


def _clash(one: frozenset[str], other: frozenset[str]) -> list[str]:
    """Two identifiers of one kind that differ, sorted; none if all agree. Other addresses than those of registers may well be two of one."""
    schemes: dict[str, set[str]] = defaultdict(set)
    for iri in one | other:
        if iri.startswith(_REGISTERS):
            schemes[iri.rpartition("/")[0]].add(iri)
    return next((sorted(found)[:2] for _, found in sorted(schemes.items()) if len(found) > 1), [])


def _words(pair: Pair, between: str) -> str:
    where = f" ({pair.where})" if pair.where else ""
    return f"{_key_words(pair.a)} {between} {_key_words(pair.b)}{where}"


def _key_words(key: Key) -> str:
    return f"{key.name!r} of {key.article}" if key.article else f"every {key.name!r}"
