"""The graphs `entities` and `identity`, made again from all articles and people's decisions; only what differs is written."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SDO
from rdflib.term import URIRef

from kg.errors import StoreError
from kg.graph import iris, terms
from kg.graph.identity.clusters import resolve, unmatched_keys
from kg.graph.identity.entities import CONFIDENCE
from kg.graph.identity.facts import read_facts
from kg.graph.identity.records import AgentFacts, Decisions, Entity, IdentityReport, Resolved
from kg.graph.reading import article_states
from kg.graph.store import Store
from kg.graph.vocab import EO

__all__ = ["identity_quads", "refresh", "resolved"]

_CLASSES = {"person": (SDO.Person, FOAF.Person, PROV.Agent), "organisation": (SDO.Organization, ORG.Organization, PROV.Agent)}


def refresh(store: Store, *, decisions: Decisions | None = None) -> IdentityReport:
    """Bring both graphs up to what the articles and the decisions say, in one commit.

    Args:
        store: open for writing.
        decisions: people's; none by default.

    Raises:
        StoreError: if the store is open for reading only.
        WriteFailed: if it cannot be written; the graphs are as they were.
    """
    if not store.writable:
        raise StoreError("the store is open for reading only", where=str(store.path), remedy="Open it with write=True")
    state = _state(store, decisions or Decisions())
    if state in store.inner:
        return _report_of(store, decisions or Decisions())
    facts = tuple(read_facts(store))
    found = resolve(facts, decisions=decisions, base=store.base)
    wanted = {state, *identity_quads(found, facts, _statements(store), base=store.base)}
    there = {quad for name in ("entities", "identity") for quad in store.quads(iris.graph_iri(store.base, name))}
    gone, new = there - wanted, wanted - there
    # The digest goes first and comes last: a refresh that was killed on the way is made again.
    store.change(
        sorted(gone, key=lambda quad: quad.predicate != state.predicate or quad.subject != state.subject),
        sorted(new, key=lambda quad: quad == state),
    )
    return IdentityReport(
        agents=len(facts),
        entities=len(found.entities),
        joined=sum(len(entity.agents) > 1 for entity in found.entities),
        changed=len(gone) + len(new),
        unmatched=found.unmatched,
    )


def _state(store: Store, decisions: Decisions) -> ox.Quad:
    """What the graph `identity` says of itself: a digest of all that it is made from, so that it is not made again for nothing."""
    made_from = (sorted(article_states(store).items()), decisions, version("expert-opinion-kg"))
    graph = ox.NamedNode(iris.graph_iri(store.base, "identity"))
    digest = hashlib.sha256("\x1f".join(map(_told, made_from)).encode("utf-8", "surrogatepass")).hexdigest()
    return ox.Quad(graph, terms.node(str(SDO.version)), ox.Literal(digest), graph)


def _told(value: object) -> str:
    if not isinstance(value, Decisions):
        return repr(value)
    pairs = [[(pair.a, pair.b, pair.why) for pair in pairs] for pairs in (value.same, value.different)]  # not where they stand in a file
    return repr((pairs, value.same_as))


def _report_of(store: Store, decisions: Decisions) -> IdentityReport:
    """The report where nothing is to be done."""
    links = store.inner.quads_for_pattern(None, terms.node(str(EO.denotes)), None, ox.NamedNode(iris.graph_iri(store.base, "identity")))
    sizes = Counter(str(quad.object) for quad in links)
    unmatched = unmatched_keys(tuple(read_facts(store)), decisions, base=store.base) if decisions != Decisions() else ()
    return IdentityReport(sum(sizes.values()), len(sizes), sum(size > 1 for size in sizes.values()), 0, unmatched)


def resolved(store: Store, *, decisions: Decisions | None = None) -> Resolved:
    """Who is who by the articles and the decisions as they are now, without writing anything."""
    return resolve(tuple(read_facts(store)), decisions=decisions, base=store.base)


def _statements(store: Store) -> Iterator[tuple[str, str]]:
    """Each attribution with the agent that it is attributed to."""
    for quad in store.inner.quads_for_pattern(None, terms.node(str(PROV.wasAttributedTo)), None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            yield quad.subject.value, quad.object.value


def identity_quads(found: Resolved, facts: Iterable[AgentFacts], statements: Iterable[tuple[str, str]], *, base: str) -> Iterator[ox.Quad]:
    """The quads of both graphs, each fact once.

    Args:
        found: who is who.
        facts: of the agents, for what organisations belong to and whom people act for.
        statements: attribution and agent.
        base: IRI prefix of the store.
    """
    entities, identity = (ox.NamedNode(iris.graph_iri(base, name)) for name in ("entities", "identity"))
    denotes = {agent: ox.NamedNode(entity.iri) for entity in found.entities for agent in entity.agents}
    for entity in found.entities:
        node = ox.NamedNode(entity.iri)
        for predicate, value in _entity_facts(entity):
            yield ox.Quad(node, terms.node(str(predicate)), value, entities)
        yield from _why(entity, node, base, identity)
    yield from _by_people(found, base, identity)
    wholes: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    bodies: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for agent in facts:
        own = denotes[agent.iri]
        wholes[own] |= {denotes[whole] for whole in agent.within if whole in denotes}
        bodies[own] |= {denotes[post.organisation] for post in agent.posts if post.organisation in denotes and not post.former}
    yield from _links(wholes, ORG.subOrganizationOf, entities)
    yield from _links(bodies, SDO.affiliation, identity)
    for statement, speaker in statements:
        if speaker in denotes:
            yield ox.Quad(ox.NamedNode(statement), terms.node(str(SDO.spokenByCharacter)), denotes[speaker], identity)


def _entity_facts(entity: Entity) -> Iterator[tuple[URIRef, ox.NamedNode | ox.Literal]]:
    for kind in _CLASSES[entity.kind]:
        yield RDF.type, terms.node(str(kind))
    yield SDO.name, terms.text(entity.name)
    for name in entity.names:
        yield SDO.alternateName, terms.text(name)
    for iri in entity.same_as:
        yield SDO.sameAs, ox.NamedNode(iri)


def _why(entity: Entity, node: ox.NamedNode, base: str, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Which agents denote the entity, its former IRIs, and for more than one agent the rules that joined them."""
    for agent in entity.agents:
        yield ox.Quad(ox.NamedNode(agent), terms.node(str(EO.denotes)), node, graph)
    for former in entity.formerly:
        yield ox.Quad(ox.NamedNode(former), terms.node(str(DCTERMS.isReplacedBy)), node, graph)
    for rule in entity.rules:
        yield from _decision(base, (entity.iri, rule), rule, CONFIDENCE[rule], (entity.iri,), "", graph)


def _by_people(found: Resolved, base: str, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """What people decided, and which entities it concerns now."""
    for one in found.decided:
        rule = "decided-same" if one.same else "decided-different"
        yield from _decision(base, (one.pair.id,), rule, 1.0, sorted({*one.a, *one.b}), one.pair.why, graph)
    for entity in found.entities:
        for iri in entity.same_as:
            yield from _decision(base, (entity.iri, iri), "decided-identifier", 1.0, (entity.iri,), iri, graph)


def _decision(
    base: str, key: tuple[str, ...], rule: str, confidence: float, concerns: Iterable[str], why: str, graph: ox.NamedNode
) -> Iterator[ox.Quad]:
    node = ox.NamedNode(f"{base}identity/{hashlib.sha256('\x1f'.join(key).encode()).hexdigest()[:16]}")
    facts: list[tuple[URIRef, ox.NamedNode | ox.Literal]] = [
        (RDF.type, terms.node(str(EO.IdentityDecision))),
        (EO.rule, terms.text(rule)),
        (EO.confidence, terms.share(confidence)),
        *((EO.concerns, ox.NamedNode(entity)) for entity in concerns),
    ]
    if why:
        facts.append((RDFS.comment, terms.text(why)))
    for predicate, value in facts:
        yield ox.Quad(node, terms.node(str(predicate)), value, graph)


def _links(found: Mapping[ox.NamedNode, set[ox.NamedNode]], predicate: URIRef, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    for node, others in found.items():
        for other in others - {node}:
            yield ox.Quad(node, terms.node(str(predicate)), other, graph)
