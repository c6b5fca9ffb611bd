"""Whom people's decisions are about, looked up in the file that keeps the facts: to see whether they can all hold, and what they came to."""

from collections.abc import Iterable, Iterator

from kg.graph import iris
from kg.graph.identity.clusters import check_decisions
from kg.graph.identity.kept import Kept
from kg.graph.identity.links import key_of
from kg.graph.identity.records import AgentFacts, Decisions, Key, Pair

__all__ = ["agents_called", "check_kept", "decided_on"]


def check_kept(kept: Kept, decisions: Decisions, *, base: str) -> None:
    """Raise `Contradiction` if decisions cannot all hold, as `kg.graph.identity.clusters.check_decisions` does for all facts.

    Args:
        kept: the facts, up to date.
        decisions: people's.
        base: IRI prefix of the store.
    """
    check_decisions(agents_called(kept, decisions, base=base), decisions, base=base)


def agents_called(kept: Kept, decisions: Decisions, *, base: str) -> tuple[AgentFacts, ...]:
    """The agents that tell whether decisions, or some of them, can all hold.

    Those of one article that a decision names; of those in every article, one stands for all that the same decisions are about and that have the
    same identifier; and of each identifier among them the first that has it.

    Args:
        kept: the facts, up to date.
        decisions: people's.
        base: IRI prefix of the store.
    """
    keys = decisions.keys
    found: dict[str, AgentFacts] = {}
    for key in sorted(key for key in keys if key.article):
        found |= {agent.iri: agent for _, agent in _of_one(kept, key, base)}
    everywhere = {(key.kind, key_of(key.kind, key.name)) for key in keys if not key.article}
    first: dict[tuple[frozenset[tuple[str, str]], str], AgentFacts] = {}
    for kind, name in sorted(everywhere):
        for _, agent in kept.bearers(kind, name):
            about = frozenset((kind, key_of(kind, one)) for one in agent.names) & everywhere
            known = first.setdefault((about, agent.identifier), agent)
            if agent.iri < known.iri:
                first[about, agent.identifier] = agent
    found |= {agent.iri: agent for agent in first.values()}
    shared = {(agent.kind, agent.identifier) for agent in found.values() if agent.identifier}
    shared |= {(key.kind, iri) for key, iri in decisions.same_as}
    for kind, identifier in sorted(shared):
        found |= {agent.iri: agent for agent in kept.first_of(kind, identifier)}
    return tuple(found.values())


def decided_on(kept: Kept, pairs: Iterable[Pair], *, base: str) -> Iterator[tuple[set[str], set[str]]]:
    """What decisions came to: IRIs of the entities that their two ends are now; those that fit nobody are left out.

    Args:
        kept: who is who, up to date.
        pairs: the decisions.
        base: IRI prefix of the store.
    """
    for pair in pairs:
        one, other = (_entities(kept, key, base) for key in (pair.a, pair.b))
        if one and other:
            yield one, other


def _entities(kept: Kept, key: Key, base: str) -> set[str]:
    if not key.article:
        return {entity for entity, _ in kept.bearers(key.kind, key.name) if entity is not None}
    own = list(_of_one(kept, key, base))
    best = [entity for entity, agent in own if agent.names[0] == key.name]
    named = [entity for entity, agent in own if key.name in agent.names]
    return {entity for entity in best or named or [entity for entity, _ in own] if entity is not None}


def _of_one(kept: Kept, key: Key, base: str) -> Iterator[tuple[str | None, AgentFacts]]:
    """The agents of a key's article that bear an equal name."""
    wanted = key_of(key.kind, key.name)
    for article in sorted({key.article, iris.keyed_iri(base, key.article)}):
        for entity, agent in kept.of_article(article):
            if agent.kind == key.kind and any(key_of(key.kind, name) == wanted for name in agent.names):
                yield entity, agent
