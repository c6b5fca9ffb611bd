"""Article agents -> entities: a pure function of all facts and people's decisions, whatever their order.

1. Agents that could be one meet in a block: same key of a full name, or an acronym that exactly one body is defined by, or one identifier.
2. Within a block, agents join unless something speaks against it. People of one name conflict when both have roles and share neither an
   organisation nor a title: then each group of compatible ones is an entity, and those without roles go where their articles' other names
   point, or stay alone. Bodies whose name is made of words that any country may use need somebody or something in common.
3. People's decisions come last and win: `same` joins, `different` parts.

Nothing compares all with all: groups form through what their members share.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.graph.identity.names import initials, known_acronym, organisation_name, person_name
from kg.graph.identity.pairs import generic
from kg.graph.identity.records import AgentFacts, Decisions, Entity, Key, Resolved

__all__ = ["entity_iri", "resolve"]

_CONFIDENCE = {
    "single": 1.0,
    "identifier": 0.99,
    "same-name": 0.96,
    "suffix": 0.94,
    "acronym-defined": 0.93,
    "acronym-known": 0.93,
    "decision": 1.0,
}
_SHORT = 3  # letters of an acronym that tells little
_WEAKEST = ("acronym-known", "acronym-defined", "suffix", "same-name", "identifier", "decision")


def entity_iri(base: str, kind: str, name: str, apart: str = "") -> str:
    """The IRI of whoever bears a name, by its key; `apart` keeps namesakes apart.

    >>> entity_iri("urn:kg:", "organisation", "Analog Devices, Inc.") == entity_iri("urn:kg:", "organisation", "Analog Devices")
    True
    """
    key = "\x1f".join((kind, _key(kind, name), apart))
    return f"{base}{kind}/{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def resolve(facts: Iterable[AgentFacts], *, decisions: Decisions | None = None, base: str = "urn:kg:") -> Resolved:
    """The entities that the agents denote, sorted by IRI.

    Args:
        facts: of all named people and organisations of all articles, in any order, each agent once.
        decisions: people's; none by default.
        base: IRI prefix of the store.

    >>> from kg.graph.identity.records import AgentFacts
    >>> found = [AgentFacts(f"urn:{n}#a", f"urn:{n}", "person", ("Ada Brandt",)) for n in (1, 2)]
    >>> [(entity.name, len(entity.agents), entity.rule) for entity in resolve(found).entities]
    [('Ada Brandt', 2, 'same-name')]
    """
    decisions = decisions or Decisions()
    agents = sorted(facts, key=lambda one: one.iri)
    links = _Links(agents)
    _by_identifier(links)
    _acronyms(links)
    for (kind, _), block in sorted(links.blocks().items()):
        (_join_people if kind == "person" else _join_bodies)(links, block)
    unmatched = links.decide(decisions)
    return Resolved(_entities(links, decisions, base), unmatched)


def _key(kind: str, name: str) -> str:
    return person_name(name).key if kind == "person" else organisation_name(name).key


@dataclass(slots=True)
class _Links:
    """Agents with what joins them: a union-find whose groups are numbered by their first member, so that order makes no difference."""

    agents: Sequence[AgentFacts]
    parent: list[int] = field(init=False)
    rules: dict[int, set[str]] = field(init=False, default_factory=lambda: defaultdict(set))
    number: dict[str, int] = field(init=False)
    keys: list[str] = field(init=False)
    by_article: dict[str, list[int]] = field(init=False, default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.parent = list(range(len(self.agents)))
        self.number = {agent.iri: place for place, agent in enumerate(self.agents)}
        self.keys = [_key(agent.kind, agent.names[0]) for agent in self.agents]
        for place, agent in enumerate(self.agents):
            self.by_article[agent.article].append(place)

    def root(self, place: int) -> int:
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def join(self, a: int, b: int, rule: str) -> None:
        one, other = sorted((self.root(a), self.root(b)))
        if one != other:
            self.parent[other] = one
            self.rules[one] |= self.rules.pop(other, set())
        self.rules[one].add(rule)

    def groups(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self.agents)):
            found[self.root(place)].append(place)
        return found

    def blocks(self) -> dict[tuple[str, str], list[int]]:
        """Agents of one kind and full name; names that tell too little meet nobody."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, agent in enumerate(self.agents):
            if _is_full(agent):
                found[agent.kind, self.keys[place]].append(place)
        return {key: block for key, block in found.items() if len(block) > 1}

    def decide(self, decisions: Decisions) -> tuple[Key, ...]:
        """Join what people call the same and part what they call different; keys that fit nobody are given back."""
        found = {key: self._called(key) for pair in (*decisions.same, *decisions.different) for key in (pair.a, pair.b)}
        for pair in decisions.same:
            for a in found[pair.a]:
                for b in found[pair.b]:
                    self.join(a, b, "decision")
        self._part([(found[pair.a], found[pair.b]) for pair in decisions.different], decisions, found)
        return tuple(sorted(key for key, places in found.items() if not places))

    def _called(self, key: Key) -> list[int]:
        wanted = _key(key.kind, key.name)
        places = self.by_article.get(key.article, []) if key.article else range(len(self.agents))
        bearers = [place for place in places if self.agents[place].kind == key.kind and wanted in self._keys_of(place)]
        return [place for place in bearers if key.name in self.agents[place].names] or bearers

    def _keys_of(self, place: int) -> set[str]:
        return {self.keys[place], *(_key(self.agents[place].kind, name) for name in self.agents[place].names)}

    def _part(self, apart: list[tuple[list[int], list[int]]], decisions: Decisions, found: Mapping[Key, list[int]]) -> None:
        """Take a group asunder around the agents that are not one; each other member goes with those it was called the same as, else alone."""
        torn = {self.root(a) for one, other in apart for a in one for b in other if self.root(a) == self.root(b)}
        if not torn:
            return
        groups = self.groups()
        members = {place for root in torn for place in groups[root]}
        # Agents on one side of a decision stay together; so do those that people called the same.
        for place in members:
            self.parent[place] = place
            self.rules.pop(place, None)
        for pair in decisions.same:
            for a in found[pair.a]:
                for b in found[pair.b]:
                    if a in members and b in members:
                        self.join(a, b, "decision")
        for one, other in apart:
            for side in (one, other):
                for place in side[1:]:
                    if place in members and side[0] in members:
                        self.join(side[0], place, "decision")


def _is_full(agent: AgentFacts) -> bool:
    if agent.kind == "person":
        return person_name(agent.names[0]).full
    return any(organisation_name(name).full for name in agent.names)


def _by_identifier(links: _Links) -> None:
    first: dict[tuple[str, str], int] = {}
    for place, agent in enumerate(links.agents):
        if agent.identifier:
            links.join(first.setdefault((agent.kind, agent.identifier), place), place, "identifier")


def _acronyms(links: _Links) -> None:
    """Agents with an acronym alone join the body that articles define it by, if they define it by one body only."""
    defined: dict[str, set[str]] = defaultdict(set)
    bare: list[tuple[int, str]] = []
    fitting: dict[str, set[str]] = defaultdict(set)  # bodies whose words begin with these letters, whether an article says so or not
    first: dict[str, int] = {}
    for place, agent in enumerate(links.agents):
        if agent.kind != "organisation":
            continue
        names = [organisation_name(name) for name in agent.names]
        acronyms = sorted({name.acronym for name in names if name.acronym})
        if any(name.full for name in names):
            first.setdefault(links.keys[place], place)
            for letters in initials(agent.names[0]):
                fitting[letters].add(links.keys[place])
            for acronym in acronyms:
                defined[acronym].add(links.keys[place])
        else:
            bare += [(place, acronym) for acronym in acronyms]
    for place, acronym in bare:
        meanings = defined.get(acronym, set())
        # Three letters fit many a body: where another one is about whose letters they are, a person decides.
        if len(acronym) <= _SHORT and fitting.get(acronym, set()) - meanings and known_acronym(acronym) not in meanings:
            continue
        if len(meanings) == 1:
            links.join(first[min(meanings)], place, "acronym-defined")
        elif not meanings and (known := known_acronym(acronym)) in first:
            links.join(first[known], place, "acronym-known")
    # Two articles that never spell out an acronym that every reader knows mean the same by it.
    known_bare: dict[str, int] = {}
    for place, acronym in bare:
        if known_acronym(acronym) and not defined.get(acronym):
            links.join(known_bare.setdefault(acronym, place), place, "acronym-known")


# --------------------------------------------------------------------------- people


def _join_people(links: _Links, block: list[int]) -> None:
    groups = _Groups(block)
    bodies = {place: _bodies(links, place) for place in block}
    titles = {place: {post.title.casefold() for post in links.agents[place].posts if post.title} for place in block}
    _by_posts(links, groups, bodies, titles)
    told = [place for place in block if bodies[place] or titles[place] or links.agents[place].identifier]
    if len({groups.root(place) for place in told}) > 1:  # two people or more bear this name
        _by_company(links, groups, told, [place for place in block if place not in set(told)])
    else:
        for place in block:
            groups.join(block[0], place)
    for group in groups.all():
        for place in group:
            links.join(group[0], place, "same-name")


def _by_posts(links: _Links, groups: "_Groups", bodies: Mapping[int, set[str]], titles: Mapping[int, set[str]]) -> None:
    """Join those of one name who act for one organisation, and those whose titles fit where one of them names no organisation."""
    held: dict[str, set[int]] = defaultdict(set)
    for place, own in bodies.items():
        marks = {f"body {body}" for body in own}
        if links.agents[place].identifier:
            marks.add(f"identifier {links.agents[place].identifier}")
        if not own:  # "economist" and "chief economist", where neither names a body
            marks |= {f"title {title.partition(' of ')[0].split()[-1]}" for title in titles[place]}
        for mark in sorted(marks):
            groups.meet(mark, place)
    for place, own in bodies.items():
        for title in titles[place] if own else ():
            held[title].add(place)
    # A title without a body goes with the one group that holds the same title at a body. Two bodies and one title remain two people.
    for place, own in bodies.items():
        found = {groups.root(other) for title in titles[place] for other in held[title]} if not own else set()
        if len(found) == 1:
            groups.join(found.pop(), place)


def _bodies(links: _Links, place: int) -> set[str]:
    """The organisations that an article prints a person to act for, or to have acted for."""
    posts = links.agents[place].posts
    return {_body(links, links.number[post.organisation]) for post in posts if post.organisation in links.number}


def _body(links: _Links, place: int) -> str:
    """The name by which two articles' organisations are one: of the group that acronyms and identifiers have made."""
    return links.keys[links.root(place)]


def _by_company(links: _Links, groups: "_Groups", told: list[int], silent: list[int]) -> None:
    """Who else is named in the article tells which of several namesakes is meant."""
    company = {place: _company(links, place) for place in (*told, *silent)}
    left = list(silent)
    settled = list(told)
    while left:
        news = []
        for place in left:
            near = {groups.root(other) for other in settled if company[place] & company[other]}
            if len(near) == 1:
                news.append((place, near.pop()))
        if not news:
            break
        for place, root in news:
            groups.join(root, place)
        settled += [place for place, _ in news]
        left = [place for place in left if place not in {one for one, _ in news}]


def _company(links: _Links, place: int) -> set[str]:
    """The full names of the others in the article."""
    return {
        f"{links.agents[other].kind} {_body(links, other)}"
        for other in links.by_article[links.agents[place].article]
        if other != place and _is_full(links.agents[other]) and links.keys[other] != links.keys[place]
    }


class _Groups:
    """Groups within one block, made by meeting at marks."""

    def __init__(self, places: list[int]) -> None:
        self._parent = {place: place for place in places}
        self._at: dict[str, int] = {}

    def root(self, place: int) -> int:
        while self._parent[place] != place:
            place = self._parent[place]
        return place

    def join(self, a: int, b: int) -> None:
        one, other = sorted((self.root(a), self.root(b)))
        self._parent[other] = one

    def meet(self, mark: str, place: int) -> None:
        self.join(self._at.setdefault(mark, place), place)

    def all(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for place in sorted(self._parent):
            found[self.root(place)].append(place)
        return list(found.values())


# --------------------------------------------------------------------------- organisations


def _join_bodies(links: _Links, block: list[int]) -> None:
    names = [organisation_name(links.agents[place].names[0]) for place in block]
    groups = _Groups(block)
    if generic(names[0]):
        for place in block:
            for mark in sorted(_marks_of_body(links, place)):
                groups.meet(mark, place)
    else:
        for place in block:
            groups.join(block[0], place)
    printed = {place: name.printed for place, name in zip(block, names, strict=True)}
    for group in groups.all():
        for place in group:
            links.join(group[0], place, "same-name" if printed[place] == printed[group[0]] else "suffix")


def _marks_of_body(links: _Links, place: int) -> set[str]:
    """What two bodies of a common name may share: somebody who acts for them, what they belong to, an identifier."""
    agent = links.agents[place]
    marks = {f"within {_body(links, links.number[whole])}" for whole in agent.within if whole in links.number}
    for other in links.by_article[agent.article]:
        who = links.agents[other]
        if who.kind == "person" and _is_full(who) and any(post.organisation == agent.iri for post in who.posts):
            marks.add(f"person {links.keys[other]}")
    if agent.identifier:
        marks.add(f"identifier {agent.identifier}")
    return marks


# --------------------------------------------------------------------------- entities


def _entities(links: _Links, decisions: Decisions, base: str) -> tuple[Entity, ...]:
    groups = links.groups()
    plain: dict[str, list[int]] = defaultdict(list)  # by the IRI that name and kind alone would give
    named: dict[int, tuple[str, str]] = {}
    for root, members in groups.items():
        kind = links.agents[root].kind
        name = _most_complete(name for place in members for name in links.agents[place].names)
        alone = not _is_full(links.agents[root]) and len(members) == 1
        # A surname alone is nobody's in particular: the article's own agent keeps such an entity apart from all others.
        iri = entity_iri(base, kind, name, links.agents[root].iri if alone else "")
        named[root] = name, iri
        plain[iri].append(root)
    others = _same_as(links, decisions)
    found = []
    for iri, roots in plain.items():
        for place, root in enumerate(sorted(roots)):
            members = groups[root]
            kind, (name, _) = links.agents[root].kind, named[root]
            own = iri if place == 0 else entity_iri(base, kind, name, links.agents[members[0]].iri)
            names = tuple(sorted({name for member in members for name in links.agents[member].names} - {name}))
            rule = _weakest(links.rules.get(root, set())) if len(members) > 1 else "single"
            former = (
                {entity_iri(base, kind, other) for other in names if _key(kind, other) != _key(kind, name)} if len(members) > 1 else set()
            )
            found.append(
                Entity(
                    iri=own,
                    kind=kind,
                    name=name,
                    names=names,
                    agents=tuple(sorted(links.agents[member].iri for member in members)),
                    rule=rule,
                    confidence=_CONFIDENCE[rule],
                    same_as=tuple(sorted({iri for member in members for iri in others.get(member, ())})),
                    formerly=tuple(sorted(former - plain.keys())),
                )
            )
    return tuple(sorted(found, key=lambda entity: entity.iri))


def _same_as(links: _Links, decisions: Decisions) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    wanted: dict[tuple[str, str], list[tuple[Key, str]]] = defaultdict(list)
    for key, iri in decisions.same_as:
        wanted[key.kind, _key(key.kind, key.name)].append((key, iri))
    for place, agent in enumerate(links.agents):
        for key, iri in wanted.get((agent.kind, links.keys[place]), ()):
            if key.article in {"", agent.article}:
                found[place].add(iri)
    return found


def _most_complete(names: Iterable[str]) -> str:
    """The longest, then the first by alphabet; a name in capitals throughout only if there is no other."""
    return min(set(names), key=lambda name: (name.isupper(), -len(name), name))


def _weakest(rules: set[str]) -> str:
    return next((rule for rule in _WEAKEST if rule in rules), "same-name")
