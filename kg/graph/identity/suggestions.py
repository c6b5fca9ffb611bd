"""What people should look at: entities that may be one, ranked, each with its reasons.

Candidates meet in small blocks (a surname, the first word of a body's name, the letters of an acronym), so that nothing is compared with all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

from kg.graph.identity.names import initials, organisation_name, person_name
from kg.graph.identity.pairs import compare
from kg.graph.identity.records import AgentFacts, Decisions, Entity, Resolved, Suggestion, Verdict

__all__ = ["LARGEST", "Seen", "by_likelihood", "judge", "marks_of", "suggestions", "telling"]

LARGEST = 60  # entities in a block; a surname of more bearers tells nothing
_SHARED = 0.15  # what an organisation in common adds to the score
_TITLED = 0.1
_LEAST = 0.15
_APART = 0.25  # what an article that names both as two takes away
_STAFF = 0.3  # of two organisations of which nothing but one person's post tells


def suggestions(found: Resolved, facts: Iterable[AgentFacts], *, decisions: Decisions | None = None) -> tuple[Suggestion, ...]:
    """Pairs of entities that may be one, the likeliest first; what people have called different is left out.

    All are held in memory; `kg.graph.identity.asking` gives the first ones of a store of any size.

    Args:
        found: who is who, as `kg.graph.identity.resolve` gave it.
        facts: the same that it was given.
        decisions: people's.
    """
    by_agent = {agent.iri: agent for agent in facts}
    entities = [_seen(entity, [by_agent[agent] for agent in entity.agents], by_agent) for entity in found.entities]
    articles = {entity.iri: {by_agent[agent].article for agent in entity.agents} for entity in found.entities}
    _employ(entities, found.entities, by_agent)
    parted = [one for one in found.decided if not one.same] if decisions else []
    apart = {frozenset((a, b)) for one in parted for a in one.a for b in one.b}
    made: dict[tuple[str, str], Suggestion] = {}
    for block in _blocks(entities):
        if 1 < len(block) <= LARGEST:
            for one, other in combinations(sorted(block, key=lambda seen: seen.iri), 2):
                pair = one.iri, other.iri
                if pair in made or frozenset(pair) in apart:
                    continue
                if suggestion := judge(one, other, partial(_meet, articles[one.iri], articles[other.iri])):
                    made[pair] = suggestion
    return tuple(sorted(made.values(), key=by_likelihood))


def _meet(one: set[str], other: set[str]) -> bool:
    return not one.isdisjoint(other)


def by_likelihood(one: Suggestion) -> tuple[float, str, str, str, str]:
    """What suggestions are sorted by."""
    return -one.score, one.name_a, one.name_b, one.a, one.b


@dataclass(slots=True)
class Seen:
    """An entity with what its agents' facts say.

    Attributes:
        names: those it is compared by.
        bodies: organisations that it acts for or acted for: the last by alphabet of the printed names, by key.
        titles: of its posts, in small letters.
        staff: of an organisation: IRI of the person and title of the post, with the person's name.
    """

    iri: str
    kind: str
    name: str
    names: tuple[str, ...]
    bodies: dict[str, str] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    staff: dict[tuple[str, str], str] = field(default_factory=dict)


def _seen(entity: Entity, agents: Sequence[AgentFacts], by_agent: dict[str, AgentFacts]) -> Seen:
    posts = [post for agent in agents for post in agent.posts]
    names = sorted(by_agent[post.organisation].names[0] for post in posts if post.organisation in by_agent)
    return Seen(
        iri=entity.iri,
        kind=entity.kind,
        name=entity.name,
        names=telling(entity.kind, (entity.name, *entity.names)),
        bodies={organisation_name(name).key: name for name in names},
        titles={post.title.casefold() for post in posts if post.title},
    )


def _employ(entities: Sequence[Seen], found: Sequence[Entity], by_agent: dict[str, AgentFacts]) -> None:
    """Note of each organisation who holds which post there: one person's one post at two tells of a change of name."""
    of_agent = {agent: seen for seen, entity in zip(entities, found, strict=True) for agent in entity.agents}
    for seen, entity in zip(entities, found, strict=True):
        for agent in entity.agents if entity.kind == "person" else ():
            for post in by_agent[agent].posts:
                if post.title and not post.former and post.organisation in of_agent:
                    of_agent[post.organisation].staff[seen.iri, post.title.casefold()] = seen.name


def telling(kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The full names; an entity that has none is compared by what it has. A surname beside a full name would meet every bearer of it."""
    full = tuple(name for name in names if (person_name(name).full if kind == "person" else organisation_name(name).full))
    return full or names


def _blocks(entities: Sequence[Seen]) -> Iterator[list[Seen]]:
    blocks: dict[str, list[Seen]] = defaultdict(list)
    for seen in entities:
        for mark in sorted(marks_of(seen)):
            blocks[mark].append(seen)
    for _, block in sorted(blocks.items()):
        yield block


def marks_of(seen: Seen) -> set[str]:
    """The blocks in which an entity meets others."""
    return {mark for name in seen.names for mark in _marks(seen, name)}


def _marks(seen: Seen, name: str) -> Iterator[str]:
    if seen.kind == "person":
        words = person_name(name).words
        if words:
            yield f"person {words[-1]}"
            yield f"person {' '.join(sorted(words))}"
            for body in seen.bodies:  # two spellings of one surname at one organisation
                yield f"person {words[-1][:2]} {body}"
        return
    for who, title in seen.staff:
        yield f"staff {who} {title}"
    organisation = organisation_name(name)
    yield f"body {organisation.key}"
    if organisation.acronym:
        yield f"letters {organisation.acronym}"
    else:
        yield from (f"letters {made}" for made in initials(name))
    if organisation.words:
        yield f"first {organisation.words[0]}"
        yield f"last {organisation.words[-1]}"


def judge(one: Seen, other: Seen, together: Callable[[], bool]) -> Suggestion | None:
    """What speaks for two being one; None if too little does.

    Args:
        one: the one whose IRI comes first.
        other: the other.
        together: whether an article names both.
    """
    if one.kind != other.kind:
        return None
    verdicts = [compare(one.kind, a, b) for a in one.names for b in other.names]
    best = max(verdicts, key=lambda verdict: (verdict.score, verdict.rule))
    staff = min(one.staff.keys() & other.staff.keys(), default=None)
    if not best.suggested and staff is None:
        return None
    reasons = [best.reason] if best.suggested else []
    score = best.score if best.suggested else _STAFF
    if staff is not None:
        score += _SHARED if best.suggested else 0
        reasons.append(f"{one.staff[staff]} is {staff[1]} of both")
    if best.same:  # equal names that were kept apart
        score, best = 0.6, Verdict(same=False, suggested=True, score=0.6, rule="namesake", reason="")
        reasons = ["the same name, but nothing in the articles says that they are one"]
    if shared := one.bodies.keys() & other.bodies.keys():
        score += _SHARED
        reasons.append(f"both act for {one.bodies[min(shared)]}")
    if titles := one.titles & other.titles:
        score += _TITLED
        reasons.append(f"both are {min(titles)}")
    if together():  # an article that names two as two has its reasons
        score -= _APART
    if score < _LEAST:
        return None
    return Suggestion(
        score=round(min(score, 0.99), 2),
        kind=one.kind,
        a=one.iri,
        b=other.iri,
        name_a=one.name,
        name_b=other.name,
        rule=best.rule if best.suggested else "shared-role",
        reasons=tuple(reasons),
    )
