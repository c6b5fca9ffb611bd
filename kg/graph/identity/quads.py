"""What the graphs `entities` and `identity` say of one entity: as it is kept, and as the store has it."""

import hashlib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SDO

from kg.graph import iris, terms
from kg.graph.identity.entities import CONFIDENCE
from kg.graph.identity.kept import Kept
from kg.graph.identity.records import AgentFacts, Decided
from kg.graph.store import Store
from kg.graph.vocab import EO

__all__ = ["IdentityGraphs"]

_CLASSES = {"person": (SDO.Person, FOAF.Person, PROV.Agent), "organisation": (SDO.Organization, ORG.Organization, PROV.Agent)}
_BY_PEOPLE = {True: "decided-same", False: "decided-different"}
_RULE, _CONCERNS, _DENOTES = (terms.node(str(one)) for one in (EO.rule, EO.concerns, EO.denotes))
_SPOKEN, _REPLACED = (terms.node(str(one)) for one in (SDO.spokenByCharacter, DCTERMS.isReplacedBy))
_PART, _AFFILIATED, _ATTRIBUTED = (terms.node(str(one)) for one in (ORG.subOrganizationOf, SDO.affiliation, PROV.wasAttributedTo))


class IdentityGraphs:
    """Both graphs of a store.

    Args:
        store: the store.
        kept: who is who.
    """

    def __init__(self, store: Store, kept: Kept) -> None:
        self._inner, self._base, self._kept = store.inner, store.base, kept
        self.entities, self.identity = (ox.NamedNode(iris.graph_iri(store.base, name)) for name in ("entities", "identity"))

    # ----------------------------------------------------------------------- as kept

    def of_entity(self, iri: str) -> Iterator[ox.Quad]:
        """All quads about an entity, each at least once; none if there is no such entity now."""
        if self._kept.told(iri) is not None:
            yield from self._itself(iri)
            node = ox.NamedNode(iri)
            linked: set[tuple[ox.NamedNode, str]] = set()
            for agent in self._kept.of_entity(iri):
                yield from self.of_agent(agent, node, linked)

    def stale_of_entity(self, iri: str) -> Iterator[ox.Quad]:
        """The quads of the store about an entity that are no longer so; people's decisions on it aside.

        What is held of an entity in memory does not grow with the number of its agents.
        """
        node = ox.NamedNode(iri)
        wanted = set(self._itself(iri))
        for agent in self._kept.of_entity(iri):
            wanted.update(self._links(agent, node))
        for quad in self.stored_of_entity(iri):
            if not (self._denotes(quad, iri) if quad.predicate in {_DENOTES, _SPOKEN} else quad in wanted):
                yield quad

    def _denotes(self, quad: ox.Quad, entity: str) -> bool:
        """Whether an agent, or the speaker of a claim, denotes an entity now."""
        agents = [quad.subject]
        if quad.predicate == _SPOKEN:
            agents = [one.object for one in self._inner.quads_for_pattern(quad.subject, _ATTRIBUTED, None)]  # type: ignore[misc]
        return any(
            self._kept.entity_of(agent.value.partition("#")[0], agent.value) == entity
            for agent in agents
            if isinstance(agent, ox.NamedNode)
        )

    def _itself(self, iri: str) -> Iterator[ox.Quad]:
        """What is said of an entity beside its agents and what they tell."""
        if (told := self._kept.told(iri)) is None:
            return
        kind, name, names, rules, same_as, formerly = told
        node = ox.NamedNode(iri)
        facts: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
            *((terms.node(str(RDF.type)), terms.node(str(one))) for one in _CLASSES[kind]),
            (terms.node(str(SDO.name)), terms.text(name)),
            *((terms.node(str(SDO.alternateName)), terms.text(one)) for one in names),
            *((terms.node(str(SDO.sameAs)), ox.NamedNode(one)) for one in same_as),
        ]
        yield from (ox.Quad(node, predicate, value, self.entities) for predicate, value in facts)
        for former in formerly:
            if self._kept.told(former) is None:
                yield ox.Quad(ox.NamedNode(former), _REPLACED, node, self.identity)
        for rule in rules:
            yield from self._decision((iri, rule), rule, CONFIDENCE[rule], (iri,), "")
        for one in same_as:
            yield from self._decision((iri, one), "decided-identifier", 1.0, (iri,), one)

    def of_agent(self, agent: AgentFacts, node: ox.NamedNode, linked: set[tuple[ox.NamedNode, str]] | None = None) -> Iterator[ox.Quad]:
        """What an agent adds to its entity.

        Args:
            agent: it.
            node: of the entity.
            linked: links that were given already, and are not given again.
        """
        own = ox.NamedNode(agent.iri)
        yield ox.Quad(own, _DENOTES, node, self.identity)
        for quad in self._inner.quads_for_pattern(None, _ATTRIBUTED, own):
            if isinstance(quad.subject, ox.NamedNode):
                yield ox.Quad(quad.subject, _SPOKEN, node, self.identity)
        for quad in self._links(agent, node):
            link = (quad.predicate, quad.object.value)  # type: ignore[union-attr]
            if linked is None or link not in linked:
                yield quad
            if linked is not None:
                linked.add(link)

    def _links(self, agent: AgentFacts, node: ox.NamedNode) -> Iterator[ox.Quad]:
        """What its entity belongs to, by this agent."""
        wanted = [(_PART, self.entities, whole) for whole in agent.within]
        wanted += [(_AFFILIATED, self.identity, post.organisation) for post in agent.posts if post.organisation and not post.former]
        for predicate, graph, other in wanted:
            entity = self._kept.entity_of(agent.article, other)
            if entity is not None and entity != node.value:
                yield ox.Quad(node, predicate, ox.NamedNode(entity), graph)

    def by_people(self, decided: Iterable[Decided]) -> Iterator[ox.Quad]:
        """What people decided, and which entities it concerns now."""
        for one in decided:
            yield from self._decision((one.pair.id,), _BY_PEOPLE[one.same], 1.0, sorted({*one.a, *one.b}), one.pair.why)

    def _decision(self, key: tuple[str, ...], rule: str, confidence: float, concerns: Iterable[str], why: str) -> Iterator[ox.Quad]:
        node = ox.NamedNode(f"{self._base}identity/{hashlib.sha256('\x1f'.join(key).encode()).hexdigest()[:16]}")
        facts: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
            (terms.node(str(RDF.type)), terms.node(str(EO.IdentityDecision))),
            (_RULE, terms.text(rule)),
            (terms.node(str(EO.confidence)), terms.share(confidence)),
            *((_CONCERNS, ox.NamedNode(entity)) for entity in concerns),
        ]
        if why:
            facts.append((terms.node(str(RDFS.comment)), terms.text(why)))
        for predicate, value in facts:
            yield ox.Quad(node, predicate, value, self.identity)

    # ----------------------------------------------------------------------- as stored

    def stored_of_entity(self, iri: str) -> Iterator[ox.Quad]:
        """All quads of the store about an entity but for people's decisions on it, each once."""
        node = ox.NamedNode(iri)
        yield from self._inner.quads_for_pattern(node, None, None, self.entities)
        yield from self._inner.quads_for_pattern(node, _AFFILIATED, None, self.identity)
        for predicate in (_DENOTES, _SPOKEN, _REPLACED):
            yield from self._inner.quads_for_pattern(None, predicate, node, self.identity)
        for found in self._inner.quads_for_pattern(None, _CONCERNS, node, self.identity):
            quads = list(self._inner.quads_for_pattern(found.subject, None, None, self.identity))
            if not any(quad.predicate == _RULE and quad.object.value in _BY_PEOPLE.values() for quad in quads):  # type: ignore[union-attr]
                yield from quads

    def stored_by_people(self) -> Iterator[ox.Quad]:
        """People's decisions as the store has them."""
        for rule in _BY_PEOPLE.values():
            for found in self._inner.quads_for_pattern(None, _RULE, terms.text(rule), self.identity):
                yield from self._inner.quads_for_pattern(found.subject, None, None, self.identity)

    def empty(self) -> bool:
        """Whether the store says nothing of anybody."""
        return not any(True for graph in (self.entities, self.identity) for _ in self._inner.quads_for_pattern(None, None, None, graph))

    def left_over(self) -> Iterator[ox.Quad]:
        """Quads of the store about entities that are none now: of a file that was lost, or of a run that was killed."""
        for quad in self._inner.quads_for_pattern(None, None, None, self.entities):
            if not self._there(quad.subject):
                yield quad
        for quad in self._inner.quads_for_pattern(None, None, None, self.identity):
            if quad.subject == self.identity:
                continue
            if quad.predicate in {_DENOTES, _SPOKEN, _REPLACED}:
                there = self._there(quad.object)
            elif quad.predicate == _AFFILIATED:
                there = self._there(quad.subject)
            else:
                concerned = list(self._inner.quads_for_pattern(quad.subject, _CONCERNS, None, self.identity))
                there = any(self._there(one.object) for one in concerned)
            if not there:
                yield quad

    def _there(self, node: object) -> bool:
        value = getattr(node, "value", "")
        return self._kept.db.execute("SELECT 1 FROM entity WHERE iri = ?", (value,)).fetchone() is not None
