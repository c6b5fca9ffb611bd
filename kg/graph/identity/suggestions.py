"""What people should look at: entities that may be one, ranked, each with its reasons.

Candidates meet in small blocks (a surname, the first word of a body's name, the letters of an acronym), so that nothing is compared with all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from kg.graph.identity.names import initials, organisation_name, person_name
from kg.graph.identity.pairs import compare
from kg.graph.identity.records import AgentFacts, Decisions, Entity, Resolved, Suggestion, Verdict

__all__ = ["suggestions"]

_LARGEST = 60  # entities in a block; a surname of more bearers tells nothing
_SHARED = 0.15  # what an organisation in common adds to the score
_TITLED = 0.1
_LEAST = 0.15
_APART = 0.25  # what an article that names both as two takes away
_STAFF = 0.3  # of two organisations of which nothing but one person's post tells


def suggestions(found: Resolved, facts: Iterable[AgentFacts], *, decisions: Decisions | None = None) -> tuple[Suggestion, ...]:
    """Pairs of entities that may be one, the likeliest first; what people have called different is left out.

    Args:
        found: who is who, as `kg.graph.identity.resolve` gave it.
        facts: the same that it was given.
        decisions: people's.
    """
    by_agent = {agent.iri: agent for agent in facts}
    entities = [_Seen(entity, [by_agent[agent] for agent in entity.agents], by_agent) for entity in found.entities]
    _employ(entities, by_agent)
    apart = _apart(entities, decisions or Decisions())
    made: dict[tuple[str, str], Suggestion] = {}
    for block in _blocks(entities):
        if 1 < len(block) <= _LARGEST:
            for one, other in combinations(sorted(block, key=lambda seen: seen.entity.iri), 2):
                pair = one.entity.iri, other.entity.iri
                if pair not in made and frozenset(pair) not in apart and (suggestion := _judge(one, other)):
                    made[pair] = suggestion
    return tuple(sorted(made.values(), key=lambda one: (-one.score, one.name_a, one.name_b, one.a, one.b)))


class _Seen:
    """An entity with what its agents' facts say."""

    def __init__(self, entity: Entity, agents: Sequence[AgentFacts], by_agent: dict[str, AgentFacts]) -> None:
        self.entity = entity
        self.names = _telling(entity)
        self.articles = {agent.article for agent in agents}
        posts = [post for agent in agents for post in agent.posts]
        names = sorted(by_agent[post.organisation].names[0] for post in posts if post.organisation in by_agent)
        self.bodies = {organisation_name(name).key: name for name in names}
        self.staff: dict[tuple[str, str], str] = {}  # of an organisation: person and post, with the person's name
        self.titles = {post.title.casefold() for post in posts if post.title}


def _employ(entities: Sequence[_Seen], by_agent: dict[str, AgentFacts]) -> None:
    """Note of each organisation who holds which post there: one person's one post at two tells of a change of name."""
    of_agent = {agent: seen for seen in entities for agent in seen.entity.agents}
    for seen in entities:
        for agent in seen.entity.agents if seen.entity.kind == "person" else ():
            for post in by_agent[agent].posts:
                if post.title and not post.former and post.organisation in of_agent:
                    of_agent[post.organisation].staff[seen.entity.iri, post.title.casefold()] = seen.entity.name


def _telling(entity: Entity) -> tuple[str, ...]:
    """The full names; an entity that has none is compared by what it has. A surname beside a full name would meet every bearer of it."""
    names = (entity.name, *entity.names)
    full = tuple(name for name in names if (person_name(name).full if entity.kind == "person" else organisation_name(name).full))
    return full or names


def _apart(entities: Sequence[_Seen], decisions: Decisions) -> set[frozenset[str]]:
    if not decisions.different:
        return set()
    called: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for seen in entities:
        for name in (seen.entity.name, *seen.entity.names):
            for article in (*seen.articles, ""):
                called[article, seen.entity.kind, name].add(seen.entity.iri)
    keys = [tuple(called[key.article, key.kind, key.name] for key in (pair.a, pair.b)) for pair in decisions.different]
    return {frozenset((a, b)) for one, other in keys for a in one for b in other}


def _blocks(entities: Sequence[_Seen]) -> Iterator[list[_Seen]]:
    blocks: dict[str, list[_Seen]] = defaultdict(list)
    for seen in entities:
        for mark in sorted({mark for name in seen.names for mark in _marks(seen, name)}):
            blocks[mark].append(seen)
    for _, block in sorted(blocks.items()):
        yield block


def _marks(seen: _Seen, name: str) -> Iterator[str]:
    if seen.entity.kind == "person":
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
    yield f"first {organisation.words[0]}"
    yield f"last {organisation.words[-1]}"


def _judge(one: _Seen, other: _Seen) -> Suggestion | None:
    if one.entity.kind != other.entity.kind:
        return None
    verdicts = [compare(one.entity.kind, a, b) for a in one.names for b in other.names]
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
    if one.articles & other.articles:  # an article that names two as two has its reasons
        score -= _APART
    if score < _LEAST:
        return None
    return Suggestion(
        score=round(min(score, 0.99), 2),
        kind=one.entity.kind,
        a=one.entity.iri,
        b=other.entity.iri,
        name_a=one.entity.name,
        name_b=other.entity.name,
        rule=best.rule if best.suggested else "shared-role",
        reasons=tuple(reasons),
    )
