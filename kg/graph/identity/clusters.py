"""Article agents -> entities: a pure function of all facts and people's decisions, whatever their order.

1. Agents that could be one meet in a block: same key of a full name, or an acronym that exactly one body is defined by, or one identifier.
2. Within a block, agents join unless something speaks against it. People of one name conflict when both have roles and share neither an
   organisation nor a title: then each group of compatible ones is an entity, and those without roles go where their articles' other names
   point, or stay alone. Bodies whose name is made of words that any country may use need somebody or something in common.
3. People's decisions come last and win: `same` joins, `different` parts. See `kg.graph.identity.overruling`.

Nothing compares all with all: groups form through what their members share.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kg.graph.identity.acronyms import join_acronyms, meanings
from kg.graph.identity.entities import decided_of, entities_of
from kg.graph.identity.evidence import bodies, company, marks_of_body, titles
from kg.graph.identity.links import Links
from kg.graph.identity.names import organisation_name
from kg.graph.identity.overruling import Overruling
from kg.graph.identity.pairs import generic
from kg.graph.identity.records import AgentFacts, Decisions, Meaning, Near, Resolved

__all__ = ["check_decisions", "resolve", "resolve_part"]

_SEVERAL = -1


def resolve(facts: Iterable[AgentFacts], *, decisions: Decisions | None = None, base: str = "urn:kg:") -> Resolved:
    """The entities that the agents denote, sorted by IRI.

    Args:
        facts: of all named people and organisations of all articles, in any order, each agent once.
        decisions: people's; none by default.
        base: IRI prefix of the store.

    Raises:
        Contradiction: if decisions cannot all hold; the message shows the chain.

    >>> from kg.graph.identity.records import AgentFacts
    >>> found = [AgentFacts(f"urn:{n}#a", f"urn:{n}", "person", ("Ada Brandt",)) for n in (1, 2)]
    >>> [(entity.name, len(entity.agents), entity.rule) for entity in resolve(found).entities]
    [('Ada Brandt', 2, 'same-name')]
    """
    links = Links(sorted(facts, key=lambda one: one.iri))
    return _resolved(links, decisions or Decisions(), base, meanings(links))


def resolve_part(
    facts: Iterable[AgentFacts],
    around: Callable[[str], Sequence[Near]],
    meaning: Callable[[str], Meaning],
    *,
    decisions: Decisions | None = None,
    base: str,
) -> tuple[Resolved, dict[str, str]]:
    """`resolve` for agents that are one with nobody else, and the labels that they are settled with, by their IRIs.

    Args:
        facts: of those agents, in any order.
        around: gives all agents of an article, the others with the labels that they were settled with: organisations before people.
        meaning: gives what an acronym means among all articles.
        decisions: those that are about these agents, whole.
        base: IRI prefix of the store.

    Raises:
        Contradiction: as `resolve`.
    """
    links = Links(sorted(facts, key=lambda one: one.iri), around)
    found = _resolved(links, decisions or Decisions(), base, meaning)
    people_too = {
        place: links.named.get(place, links.keys[place]) if agent.kind == "person" else links.label(place)
        for place, agent in enumerate(links.agents)
    }
    return found, {links.agents[place].iri: label for place, label in people_too.items() if label != links.keys[place]}


def _resolved(links: Links, decisions: Decisions, base: str, meaning: Callable[[str], Meaning]) -> Resolved:
    overruling = Overruling(links, decisions, base=base)
    overruling.identify()
    links.name_people()
    join_acronyms(links, meaning)
    blocks = sorted(links.blocks().items())
    # Bodies come first, and what people say of them: which bodies are one tells which people are.
    for kind, join in (("organisation", _join_bodies), ("person", _join_people)):
        for (of_kind, _), block in blocks:
            if of_kind == kind:
                join(links, block)
        overruling.apply(kind)
    entities = entities_of(links, base)
    return Resolved(entities, overruling.unmatched, decided_of(overruling, entities))


def check_decisions(facts: Iterable[AgentFacts], decisions: Decisions, *, base: str) -> None:
    """Raise `Contradiction` if decisions cannot all hold: what `resolve` would do, in less time."""
    Overruling(Links(sorted(facts, key=lambda one: one.iri)), decisions, base=base).identify()


# --------------------------------------------------------------------------- people


def _join_people(links: Links, block: list[int]) -> None:
    groups = _Groups(block)
    acting = {place: bodies(links, place) for place in block}
    posts = {place: titles(links, place) for place in block}
    _by_posts(links, groups, acting, posts)
    told = [place for place in block if acting[place] or posts[place] or links.ids[place]]
    if len({groups.root(place) for place in told}) > 1:  # two people or more bear this name
        _by_company(links, groups, told, sorted(set(block) - set(told)))
    else:
        for place in block:
            groups.join(block[0], place)
    for group in groups.all():
        for place in group:
            links.join(group[0], place, "same-name")


def _by_posts(links: Links, groups: "_Groups", acting: Mapping[int, AbstractSet[str]], posts: Mapping[int, AbstractSet[str]]) -> None:
    """Join those of one name who act for one organisation, and those whose titles fit where one of them names no organisation."""
    held: dict[str, set[int]] = defaultdict(set)
    for place, own in acting.items():
        marks = {f"body {body}" for body in own} | {f"identifier {one}" for one in links.ids[place]}
        if not own:  # "economist" and "chief economist", where neither names a body
            marks |= {f"title {title.partition(' of ')[0].split()[-1]}" for title in posts[place]}
        for mark in sorted(marks):
            groups.meet(mark, place)
    for place, own in acting.items():
        for title in posts[place] if own else ():
            held[title].add(place)
    # A title without a body goes with the one group that holds the same title at a body. Two bodies and one title remain two people.
    holding = {title: {groups.root(other) for other in others} for title, others in held.items()}
    for place, own in acting.items():
        found = {groups.root(root) for title in posts[place] for root in holding.get(title, ())} if not own else set()
        if len(found) == 1:
            groups.join(found.pop(), place)


def _by_company(links: Links, groups: "_Groups", told: list[int], silent: list[int]) -> None:
    """Who else is named in the article tells which of several namesakes is meant."""
    near: dict[str, int] = {}  # whose company a name is; _SEVERAL once it is that of two namesakes, who never become one here
    named = {place: company(links, place) for place in (*told, *silent)}
    settled, left = told, silent
    while settled:
        for place in settled:
            root = groups.root(place)
            for name in named[place]:
                known = near.setdefault(name, root)
                if known != _SEVERAL and groups.root(known) != root:
                    near[name] = _SEVERAL
        meeting: dict[int, int] = {}
        for place in left:
            roots = {near[name] if near[name] == _SEVERAL else groups.root(near[name]) for name in named[place] if name in near}
            if len(roots) == 1 and _SEVERAL not in roots:
                meeting[place] = roots.pop()
        settled = list(meeting)
        for place, root in meeting.items():
            groups.join(root, place)
        left = [place for place in left if place not in meeting]


class _Groups:
    """Groups within one block, made by meeting at marks."""

    def __init__(self, places: list[int]) -> None:
        self._parent = {place: place for place in places}
        self._at: dict[str, int] = {}

    def root(self, place: int) -> int:
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
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


def _join_bodies(links: Links, block: list[int]) -> None:
    names = [organisation_name(links.agents[place].names[0]) for place in block]
    groups = _Groups(block)
    if generic(names[0]):
        for place in block:
            for mark in sorted(marks_of_body(links, place)):
                groups.meet(mark, place)
    else:
        for place in block:
            groups.join(block[0], place)
    printed = {place: name.printed for place, name in zip(block, names, strict=True)}
    for group in groups.all():
        for place in group:
            links.join(group[0], place, "same-name" if printed[place] == printed[group[0]] else "suffix")
