"""From what a person types to an entity, and from an entity to the key that a decision keeps."""

from dataclasses import dataclass

import pyoxigraph as ox
from rdflib.namespace import DC, DCTERMS, ORG, RDF, SDO

from kg.errors import Ambiguous, NotInStore
from kg.graph import iris, terms
from kg.graph.identity.records import Key
from kg.graph.reading import ArticleGraph
from kg.graph.spelling import names_in, near_names, spelled_so
from kg.graph.store import Store
from kg.graph.vocab import EO

__all__ = ["Known", "all_entities", "article_key", "find_entities", "find_entity", "key_of_agent", "known_entity", "told_apart"]

_SHOWN = 12  # candidates in a message


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as the store has it.

    Attributes:
        names: all others, sorted.
        agents: IRIs of the articles' agents that denote it: by their articles' dates, undated last, then by IRI.
        asked: IRI of the one agent that was asked for; "" if the whole entity was.
    """

    iri: str
    kind: str
    name: str
    names: tuple[str, ...]
    agents: tuple[str, ...]
    asked: str = ""


def find_entity(store: Store, asked: str, *, kind: str | None = None) -> Known:
    """The one entity that goes by a name or IRI.

    Raises:
        NotInStore: if there is none, with near names.
        Ambiguous: if there are several, with the candidates.
    """
    found = find_entities(store, asked, kind=kind)
    if len(found) == 1:
        return found[0]
    remedy = "Give the IRI of the one meant"
    lines = tuple(told_apart(store, one) for one in found[:_SHOWN])
    more = (f"and {len(found) - _SHOWN} more",) if len(found) > _SHOWN else ()
    raise Ambiguous(f"{len(found)} go by the name {asked!r}", where=str(store.path), remedy=remedy, candidates=(*lines, *more))


def find_entities(store: Store, asked: str, *, kind: str | None = None) -> tuple[Known, ...]:
    """The entities that go by a name, in any case, or by an IRI: an entity's own, a former one, or that of an article's agent.

    Args:
        store: an open one, whose identities were worked out.
        asked: name or IRI; of an IRI the part behind the store's base will do.
        kind: person or organisation; None for both.

    Raises:
        NotInStore: if there is none, with near names.
    """
    given = asked.strip().strip("<>")
    for iri in (given, f"{store.base}{given}"):
        if known := _by_iri(store, iri):
            return (known,)
    graph = iris.graph_iri(store.base, "entities")
    found = {
        quad.subject.value
        for name in spelled_so(store, asked, graph)
        for predicate in (SDO.name, SDO.alternateName)
        for quad in store.inner.quads_for_pattern(None, terms.node(str(predicate)), ox.Literal(name), ox.NamedNode(graph))
        if isinstance(quad.subject, ox.NamedNode)
    }
    entities = [known_entity(store, iri) for iri in found]
    if not (entities := [one for one in entities if kind in {None, one.kind}]):
        near = near_names(names_in(store, graph), asked)
        guess = f"Did you mean {' or '.join(near)}?" if near else "`kg identity list --entities` lists who is there"
        raise NotInStore(f"nobody is called {asked!r}", where=str(store.path), remedy=guess)
    return tuple(sorted(entities, key=lambda one: (-len(one.agents), one.name, one.iri)))


def all_entities(store: Store) -> tuple[Known, ...]:
    """All entities of the store, sorted by name."""
    graph = ox.NamedNode(iris.graph_iri(store.base, "entities"))
    found = [quad.subject.value for quad in store.inner.quads_for_pattern(None, terms.node(str(SDO.name)), None, graph)]  # type: ignore[union-attr]
    return tuple(sorted((known_entity(store, iri) for iri in found), key=lambda one: (one.name.casefold(), one.iri)))


def known_entity(store: Store, iri: str) -> Known:
    """The entity of that IRI, which must be there."""
    entities, identity = (ArticleGraph(store, iris.graph_iri(store.base, name)) for name in ("entities", "identity"))
    kinds = entities.all(iri, RDF.type)
    agents = identity.leading_to(iri, EO.denotes)
    return Known(
        iri=iri,
        kind="person" if str(SDO.Person) in kinds else "organisation",
        name=entities.one(iri, SDO.name),
        names=tuple(entities.all(iri, SDO.alternateName)),
        agents=tuple(sorted(agents, key=lambda agent: _by_date(store, agent))),
    )


def key_of_agent(store: Store, known: Known) -> Key:
    """What a decision about an entity keeps: the agent that was asked for, else the earliest that bears its whole name."""
    agent = known.asked or next((agent for agent in known.agents if _name(store, agent) == known.name), known.agents[0])
    article = agent.partition("#")[0]
    return Key(article_key(store, article), known.kind, _name(store, agent))


def article_key(store: Store, article: str) -> str:
    """The key of an article of the store (`kg.records.Article.key`), from what its graph tells; its IRI if that does not tell."""
    graph = ArticleGraph(store, article)
    source, own = graph.one(article, DC.source), graph.one(article, SDO.identifier)
    for key in (f"url:{graph.one(article, SDO.url)}", f"id:{source}:{own}", f"sha256:{graph.one(article, DCTERMS.identifier)}"):
        if iris.keyed_iri(store.base, key) == article:
            return key
    return article


def told_apart(store: Store, known: Known) -> str:
    """An entity in a line that tells it from its namesakes: kind, posts, articles, IRI."""
    posts: dict[str, None] = {}
    for agent in known.agents:
        graph = ArticleGraph(store, agent.partition("#")[0])
        for role in graph.leading_to(agent, ORG.member):
            title, body = graph.one(role, SDO.roleName), graph.one(graph.one(role, ORG.organization), SDO.name)
            posts[", ".join(filter(None, (title, body)))] = None
    articles = len({agent.partition("#")[0] for agent in known.agents})
    held = "; ".join(list(posts)[:3])
    return ", ".join(filter(None, (f"{known.name} ({known.kind})", held, f"{articles} article{'' if articles == 1 else 's'}", known.iri)))


def _by_iri(store: Store, iri: str) -> Known | None:
    identity = ArticleGraph(store, iris.graph_iri(store.base, "identity"))
    entities = ArticleGraph(store, iris.graph_iri(store.base, "entities"))
    try:
        ox.NamedNode(iri)
    except ValueError:
        return None
    if entities.one(iri, SDO.name):
        return known_entity(store, iri)
    if now := identity.one(iri, DCTERMS.isReplacedBy):
        return known_entity(store, now)
    if entity := identity.one(iri, EO.denotes):
        known = known_entity(store, entity)
        return Known(known.iri, known.kind, known.name, known.names, known.agents, asked=iri)
    return None


def _by_date(store: Store, agent: str) -> tuple[bool, str, str]:
    article = agent.partition("#")[0]
    published = ArticleGraph(store, article).one(article, SDO.datePublished)
    return not published, published, agent


def _name(store: Store, agent: str) -> str:
    return ArticleGraph(store, agent.partition("#")[0]).one(agent, SDO.name)
