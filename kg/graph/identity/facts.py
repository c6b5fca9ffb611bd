"""What the articles' graphs tell of their named people and organisations."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import ORG, SDO

from kg.graph import terms
from kg.graph.identity.kept import FACTS_FILE, Kept
from kg.graph.identity.records import AgentFacts, Post
from kg.graph.reading import ArticleGraph, article_states
from kg.graph.store import Store
from kg.graph.vocab import EO

__all__ = ["FACTS_FILE", "facts_of_article", "follow_articles", "kept_facts", "known_facts", "read_facts"]

_KINDS = {str(EO.Person): "person", str(EO.Organisation): "organisation"}


def read_facts(store: Store) -> Iterator[AgentFacts]:
    """The facts of all named people and organisations, by article.

    A file in the store's folder keeps them; it is a copy of what the graph says and may be deleted at any time.
    """
    with kept_facts(store) as kept:
        follow_articles(kept, store)
        yield from kept.facts()


def kept_facts(store: Store) -> Kept:
    """The file that keeps them, opened; in memory for a store that is open for reading or in memory itself."""
    return Kept(Path(store.path) if store.path is not None and store.writable else None)


def follow_articles(kept: Kept, store: Store) -> None:
    """Bring the facts kept up to the articles of a store."""
    kept.follow(article_states(store), lambda article: facts_of_article(store, article))


def known_facts(store: Store) -> Kept:
    """The same, with the facts of all articles, right after a refresh: the file that it left, or one in memory."""
    kept = kept_facts(store)
    if not kept.made("state"):
        follow_articles(kept, store)
    return kept


def facts_of_article(store: Store, article: str) -> Iterable[AgentFacts]:
    """The facts of one article's agents."""
    graph = ArticleGraph(store, article)
    published = graph.one(article, SDO.datePublished)
    for concept, kind in _KINDS.items():
        found = store.inner.quads_for_pattern(None, terms.node(str(EO.agentKind)), ox.NamedNode(concept), ox.NamedNode(article))
        for agent in sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)):
            roles = graph.leading_to(agent, ORG.member)
            yield AgentFacts(
                iri=agent,
                article=article,
                kind=kind,
                names=(graph.one(agent, SDO.name), *graph.all(agent, SDO.alternateName)),
                identifier=graph.one(agent, SDO.identifier),
                posts=tuple(sorted(_post(graph, role) for role in roles)),
                within=tuple(graph.all(agent, ORG.subOrganizationOf)),
                published=published,
            )


def _post(graph: ArticleGraph, role: str) -> Post:
    return Post(graph.one(role, SDO.roleName), graph.one(role, ORG.organization), graph.one(role, EO.former) == "true")
