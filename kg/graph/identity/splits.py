"""What the rules joined though something speaks against it: a person looks at it, and the join stands until then.

1. Organisations of which no article tells that one person acts for both.
2. A post that one article calls former and a later one prints as held.
3. Turns: for one organisation, then for another, then for the first again, and no article tells of both.
4. More years than a working life between the first article and the last.
5. Two organisations of one name that are parts of different ones.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from kg.graph.identity.names import organisation_name
from kg.graph.identity.records import AgentFacts, Decisions, Resolved, Suggestion

__all__ = ["MOST", "by_gravity", "in_order", "split_of", "splits", "theirs"]

_WORKING_LIFE = 60  # years
_RULE = "conflict"
MOST = 200  # agents of one entity that are compared with one another


def splits(found: Resolved, facts: Iterable[AgentFacts], *, decisions: Decisions | None = None) -> tuple[Suggestion, ...]:
    """Entities whose agents conflict, the gravest first: of each the two agents that do, which stand as `a` and `b`.

    What people or identifiers have joined is theirs to part. All are held in memory; `kg.graph.identity.asking` gives the first ones of a
    store of any size.

    Args:
        found: who is who, as `kg.graph.identity.resolve` gave it.
        facts: the same that it was given.
        decisions: people's: what they called one is left out.
    """
    by_agent = {agent.iri: agent for agent in facts}
    called = {frozenset(one.a) for one in found.decided if one.same} if decisions else set()
    made = []
    for entity in found.entities:
        if len(entity.agents) < 2 or theirs(entity.rules) or frozenset({entity.iri}) in called:
            continue
        agents = sorted((by_agent[agent] for agent in entity.agents), key=in_order)[:MOST]
        if split := split_of(entity.kind, entity.rules, agents, by_agent):
            made.append(split)
    return tuple(sorted(made, key=by_gravity))


def theirs(rules: Iterable[str]) -> bool:
    """Whether people or identifiers have joined an entity."""
    return bool({"decision", "identifier"} & set(rules))


def in_order(one: AgentFacts) -> tuple[str, str]:
    """What the agents of an entity are sorted by: the dates of their articles."""
    return one.published, one.iri


def by_gravity(one: Suggestion) -> tuple[float, str, str, str]:
    """What splits are sorted by."""
    return -one.score, one.name_a, one.a, one.b


def split_of(kind: str, rules: Sequence[str], agents: Sequence[AgentFacts], by_agent: Mapping[str, AgentFacts]) -> Suggestion | None:
    """The conflict among an entity's agents, if there is one.

    Args:
        kind: of the entity.
        rules: that joined it.
        agents: the first `MOST` of it, `in_order`.
        by_agent: the organisations that these are in a post at or part of, by IRI.
    """
    conflicts = list(_of_person(agents, by_agent) if kind == "person" else _of_body(agents, by_agent))
    return _suggestion(kind, rules, conflicts) if conflicts else None


type _Conflict = tuple[float, str, AgentFacts, AgentFacts]


def _suggestion(kind: str, rules: Sequence[str], conflicts: Sequence[_Conflict]) -> Suggestion:
    score, _, one, other = max(conflicts, key=lambda conflict: conflict[0])
    return Suggestion(
        score=score,
        kind=kind,
        a=one.iri,
        b=other.iri,
        name_a=one.names[0],
        name_b=other.names[0],
        rule=_RULE,
        reasons=(f"the rules made them one ({', '.join(rules)})", *dict.fromkeys(reason for _, reason, _, _ in conflicts)),
    )


def _of_person(agents: Sequence[AgentFacts], by_agent: Mapping[str, AgentFacts]) -> Iterator[_Conflict]:
    bodies = {one.iri: _bodies(one, by_agent) for one in agents}
    acting = [one for one in agents if bodies[one.iri]]
    yield from _parted(acting, bodies, by_agent)
    yield from _reheld(agents, by_agent)
    yield from _turns(acting, bodies, by_agent)
    dated = [one for one in agents if one.published[:4].isdigit()]
    if dated and int(dated[-1].published[:4]) - int(dated[0].published[:4]) > _WORKING_LIFE:
        yield 0.4, f"the articles lie more than {_WORKING_LIFE} years apart", dated[0], dated[-1]


def _parted(acting: Sequence[AgentFacts], bodies: Mapping[str, set[str]], by_agent: Mapping[str, AgentFacts]) -> Iterator[_Conflict]:
    group: dict[str, set[str]] = {}
    for one in acting:
        joined = set(bodies[one.iri])
        for body in bodies[one.iri]:
            joined |= group.get(body, set())
        for body in joined:
            group[body] = joined
    first = acting[0] if acting else None
    for other in acting[1:]:
        if first is not None and not group[min(bodies[first.iri])] & bodies[other.iri]:
            here, there = (_printed(min(bodies[one.iri]), (one,), by_agent) for one in (first, other))
            yield 0.6, f"no article tells of both {here} and {there}", first, other
            return


def _reheld(agents: Sequence[AgentFacts], by_agent: Mapping[str, AgentFacts]) -> Iterator[_Conflict]:
    left: dict[tuple[str, str], AgentFacts] = {}
    for one in agents:
        for post in one.posts:
            key = post.title.casefold(), _body(post.organisation, by_agent)
            if not all(key):
                continue
            if post.former:
                left.setdefault(key, one)
            elif key in left and left[key].published < one.published:
                yield (
                    0.5,
                    f"{post.title} at {by_agent[post.organisation].names[0]} was former on {left[key].published[:10]} and is held on {one.published[:10]}",
                    left[key],
                    one,
                )
                return


def _turns(acting: Sequence[AgentFacts], bodies: Mapping[str, set[str]], by_agent: Mapping[str, AgentFacts]) -> Iterator[_Conflict]:
    together = {pair for one in acting for pair in combinations(sorted(bodies[one.iri]), 2)}
    turns: list[tuple[str, AgentFacts]] = []
    for one in acting:
        if len(bodies[one.iri]) == 1 and one.published:
            [body] = bodies[one.iri]
            if not turns or turns[-1][0] != body:
                turns.append((body, one))
    for (first, one), (second, other), (third, _) in zip(turns, turns[1:], turns[2:], strict=False):
        if first == third and tuple(sorted((first, second))) not in together:
            here, there = _printed(first, (one,), by_agent), _printed(second, (other,), by_agent)
            yield 0.55, f"acts for {here}, then for {there}, then for {here} again", one, other
            return


def _of_body(agents: Sequence[AgentFacts], by_agent: Mapping[str, AgentFacts]) -> Iterator[_Conflict]:
    wholes = [(one, {_body(whole, by_agent) for whole in one.within} - {""}) for one in agents]
    part_of = [(one, within) for one, within in wholes if within]
    for (one, within), (other, others) in pairwise(part_of):
        if not within & others:
            here, there = _printed(min(within), (one,), by_agent), _printed(min(others), (other,), by_agent)
            yield 0.5, f"part of {here}, and of {there}", one, other
            return


def _bodies(agent: AgentFacts, by_agent: Mapping[str, AgentFacts]) -> set[str]:
    return {_body(post.organisation, by_agent) for post in agent.posts} - {""}


def _printed(key: str, agents: Iterable[AgentFacts], by_agent: Mapping[str, AgentFacts]) -> str:
    """A body's name as the articles print it."""
    bodies = (iri for one in agents for iri in (*(post.organisation for post in one.posts), *one.within) if iri in by_agent)
    return next((by_agent[iri].names[0] for iri in bodies if _body(iri, by_agent) == key), key)


def _body(organisation: str, by_agent: Mapping[str, AgentFacts]) -> str:
    return organisation_name(by_agent[organisation].names[0]).key if organisation in by_agent else ""
