"""From groups of agents to entities: IRI, names, rules and confidence."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from kg.graph.identity.links import Links, is_full, key_of, most_complete
from kg.graph.identity.overruling import Overruling
from kg.graph.identity.records import Decided, Entity

__all__ = ["CONFIDENCE", "decided_of", "entities_of", "entity_iri"]

CONFIDENCE = {
    "single": 1.0,
    "identifier": 0.99,
    "same-name": 0.96,
    "suffix": 0.94,
    "acronym-defined": 0.93,
    "acronym-known": 0.93,
    "decision": 1.0,
}
_WEAKEST = ("acronym-known", "acronym-defined", "suffix", "same-name", "identifier", "decision")


def entity_iri(base: str, kind: str, name: str, apart: str = "") -> str:
    """The IRI of whoever bears a name, by its key; `apart` keeps namesakes apart.

    >>> entity_iri("urn:kg:", "organisation", "Analog Devices, Inc.") == entity_iri("urn:kg:", "organisation", "Analog Devices")
    True
    """
    key = "\x1f".join((kind, key_of(kind, name), apart))
    return f"{base}{kind}/{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def entities_of(links: Links, base: str) -> tuple[Entity, ...]:
    """The entities that the groups of agents are, sorted by IRI."""
    groups = links.groups()
    plain: dict[str, list[int]] = defaultdict(list)  # by the IRI that name and kind alone would give
    named: dict[int, tuple[str, str]] = {}
    for root, members in groups.items():
        kind = links.agents[root].kind
        name = most_complete(name for place in members for name in links.agents[place].names)
        alone = not is_full(links.agents[root]) and len(members) == 1
        # A surname alone is nobody's in particular: the article's own agent keeps such an entity apart from all others.
        iri = entity_iri(base, kind, name, links.agents[root].iri if alone else "")
        named[root] = name, iri
        plain[iri].append(root)
    found = []
    for iri, roots in plain.items():
        for place, root in enumerate(sorted(roots)):
            members = groups[root]
            kind, (name, _) = links.agents[root].kind, named[root]
            own = iri if place == 0 else entity_iri(base, kind, name, links.agents[members[0]].iri)
            names = tuple(sorted({name for member in members for name in links.agents[member].names} - {name}))
            rule = _weakest(links.rules.get(root, set())) if len(members) > 1 else "single"
            former = (
                {entity_iri(base, kind, other) for other in names if key_of(kind, other) != key_of(kind, name)}
                if len(members) > 1
                else set()
            )
            found.append(
                Entity(
                    iri=own,
                    kind=kind,
                    name=name,
                    names=names,
                    agents=tuple(sorted(links.agents[member].iri for member in members)),
                    rule=rule,
                    rules=tuple(sorted(links.rules.get(root, set()) if len(members) > 1 else ())),
                    confidence=CONFIDENCE[rule],
                    same_as=tuple(sorted({one for member in members for one in links.ids[member] if "://" in one})),
                    formerly=tuple(sorted(one for one in former if one not in plain)),
                )
            )
    return tuple(sorted(found, key=lambda entity: entity.iri))


def decided_of(overruling: Overruling, entities: Iterable[Entity]) -> tuple[Decided, ...]:
    """What people's decisions came to, in their order; those that fit nobody are left out."""
    entity = {agent: one.iri for one in entities for agent in one.agents}
    agents = overruling.links.agents
    found = []
    for same, pair in overruling.pairs():
        one, other = ({entity[agents[place].iri] for place in overruling.called(key)} for key in (pair.a, pair.b))
        if one and other:
            found.append(Decided(same, pair, tuple(sorted(one)), tuple(sorted(other))))
    return tuple(found)


def _weakest(rules: set[str]) -> str:
    return next((rule for rule in _WEAKEST if rule in rules), "same-name")
