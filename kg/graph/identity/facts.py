"""What the articles' graphs tell of their named people and organisations, kept beside the store so that only changed articles are read again."""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import ORG, SDO

from kg.graph import terms
from kg.graph.identity.records import AgentFacts, Post
from kg.graph.reading import ArticleGraph, article_states
from kg.graph.store import Store
from kg.graph.vocab import EO

__all__ = ["FACTS_FILE", "read_facts"]

FACTS_FILE = "identity.sqlite"
_FORMAT = 1
_KINDS = {str(EO.Person): "person", str(EO.Organisation): "organisation"}


def read_facts(store: Store) -> Iterator[AgentFacts]:
    """The facts of all named people and organisations, by article.

    A file in the store's folder keeps them; it is a copy of what the graph says and may be deleted at any time.
    """
    with contextlib.closing(_connection(store)) as kept:
        wanted = article_states(store)
        known = dict(kept.execute("SELECT article, state FROM facts"))
        stale = sorted(article for article in known.keys() | wanted.keys() if known.get(article) != wanted.get(article))
        kept.execute("BEGIN")
        for article in stale:
            kept.execute("DELETE FROM facts WHERE article = ?", (article,))
            if article in wanted:
                found = json.dumps([_row(agent) for agent in _of_article(store, article)], ensure_ascii=False)
                kept.execute("INSERT INTO facts VALUES (?, ?, ?)", (article, wanted[article], found))
        kept.execute("COMMIT")
        for article, rows in kept.execute("SELECT article, found FROM facts ORDER BY article"):
            yield from (_record(article, row) for row in json.loads(rows))


def _of_article(store: Store, article: str) -> Iterable[AgentFacts]:
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


def _row(agent: AgentFacts) -> list[object]:
    posts = [[post.title, post.organisation, post.former] for post in agent.posts]
    return [agent.iri, agent.kind, agent.names, agent.identifier, posts, agent.within, agent.published]


def _record(article: str, row: list[object]) -> AgentFacts:
    iri, kind, names, identifier, posts, within, published = row
    return AgentFacts(
        iri=str(iri),
        article=article,
        kind=str(kind),
        names=tuple(map(str, _listed(names))),
        identifier=str(identifier),
        posts=tuple(Post(*post) for post in _listed(posts) if isinstance(post, list)),
        within=tuple(map(str, _listed(within))),
        published=str(published),
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _connection(store: Store) -> sqlite3.Connection:
    path = Path(store.path) / FACTS_FILE if store.path is not None and store.writable else None
    try:
        return _prepared(sqlite3.connect(path if path is not None else ":memory:", isolation_level=None))
    except sqlite3.DatabaseError:  # half a file, or somebody's own
        if path is None:
            raise
        for name in (path, path.with_name(f"{path.name}-journal")):
            name.unlink(missing_ok=True)
        return _prepared(sqlite3.connect(path, isolation_level=None))


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    [[version]] = connection.execute("PRAGMA user_version")
    if version != _FORMAT:
        connection.execute("DROP TABLE IF EXISTS facts")
        connection.execute("CREATE TABLE facts (article TEXT PRIMARY KEY, state TEXT NOT NULL, found TEXT NOT NULL) WITHOUT ROWID")
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
    return connection
