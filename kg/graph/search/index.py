"""The index on disk: `search.sqlite` in the store's folder, SQLite with FTS5.

The graph is the truth and the index a copy. Each time the index is opened, it is compared with the store: articles that are new, changed or
gone since it was last in step are read again or dropped, in one transaction. So it is right after any crash, and deleting the file
costs time and nothing else. What tells that an article has changed is its run of extraction, which stands for the article's version and
the software's, and its corrections by people.
"""

import contextlib
import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import SDO

from kg.errors import StoreError, WriteFailed
from kg.graph import terms
from kg.graph.reading import article_states, holds_article
from kg.graph.search.quotes import Quote, quotes_of
from kg.graph.store import Store
from kg.graph.topics import topic_key
from kg.graph.vocab import EO

__all__ = ["INDEX_FILE", "SearchIndex", "folded", "open_index"]

INDEX_FILE = "search.sqlite"
_FORMAT = 2  # an index of another format is made anew
_SCHEMA = """
CREATE TABLE article (iri TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE quote (
  id INTEGER PRIMARY KEY, claim TEXT UNIQUE NOT NULL, article TEXT NOT NULL, agent TEXT NOT NULL, published TEXT NOT NULL,
  start INTEGER NOT NULL, quotation TEXT NOT NULL, claim_kind TEXT NOT NULL, publisher TEXT NOT NULL, confidence REAL NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX quote_article ON quote (article);
CREATE INDEX quote_agent ON quote (agent);
CREATE INDEX quote_published ON quote (published, article, start);
CREATE TABLE body (organisation TEXT NOT NULL, quote INTEGER NOT NULL, PRIMARY KEY (organisation, quote)) WITHOUT ROWID;
CREATE INDEX body_quote ON body (quote);
CREATE TABLE topic (label TEXT NOT NULL, quote INTEGER NOT NULL, PRIMARY KEY (label, quote)) WITHOUT ROWID;
CREATE INDEX topic_quote ON topic (quote);
CREATE TABLE name (folded TEXT NOT NULL, agent TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (folded, agent)) WITHOUT ROWID;
CREATE INDEX name_article ON name (article);
CREATE VIRTUAL TABLE words USING fts5 (text, names, title, tokenize = 'porter unicode61 remove_diacritics 2');
"""


@contextlib.contextmanager
def open_index(store: Store) -> Iterator["SearchIndex"]:
    """The index of an open store, in step with it; made if there is none. Where it cannot be written, it is made in memory for this once.

    Beside a writer the index is as the writer left it last; if there is none, it is made in memory from the snapshot.

    Raises:
        StoreError: if another process keeps the index locked, or it is damaged.
    """
    connection = _connect(store)
    try:
        index = SearchIndex(connection)
        try:
            if store.live or not index.holds_something():
                index.follow(store)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreError(
                    "the search index is being written by another process", where=str(store.path), remedy="Try again"
                ) from error
            if "readonly" not in str(error):
                raise WriteFailed(
                    f"the search index cannot be written ({error})", where=str(store.path), remedy="Check the disk"
                ) from error
            connection.close()
            connection = _prepared(sqlite3.connect(":memory:", isolation_level=None))
            index = SearchIndex(connection)
            index.follow(store)
        yield index
    except sqlite3.DatabaseError as error:
        remedy = f"Delete {INDEX_FILE} in it; it is made again from the graph"
        raise StoreError(f"the search index is damaged ({error})", where=str(store.path), remedy=remedy) from error
    finally:
        connection.close()


class SearchIndex:
    """An open index. Made by `open_index`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def holds_something(self) -> bool:
        """Whether any article is in it."""
        return self.connection.execute("SELECT 1 FROM article LIMIT 1").fetchone() is not None

    def follow(self, store: Store) -> int:
        """Bring the index in step with the store in one transaction; how many articles were read again or dropped.

        Memory does not grow with the number of articles.
        """
        execute = self.connection.execute
        [[known]] = execute("SELECT count(*) FROM article")
        stale, kept = 0, 0
        try:
            for iri, state in article_states(store):
                row = execute("SELECT state FROM article WHERE iri = ?", (iri,)).fetchone()
                kept += row is not None
                if row is None or row[0] != state:
                    self._begin()
                    self._drop(iri)
                    execute("INSERT INTO article VALUES (?, ?)", (iri, state))
                    self._name(store, iri)
                    for quote in quotes_of(store, iri):
                        self._insert(quote)
                    stale += 1
            if kept < known:
                self._begin()
                stale += self._drop_gone(store)
        except BaseException:
            if self.connection.in_transaction:
                execute("ROLLBACK")
            raise
        if self.connection.in_transaction:
            execute("COMMIT")
        return stale

    def _begin(self) -> None:
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")

    def _drop_gone(self, store: Store) -> int:
        """Drop what the store does not hold; how many articles that were."""
        dropped, last = 0, ""
        while found := self.connection.execute("SELECT iri FROM article WHERE iri > ? ORDER BY iri LIMIT 1000", (last,)).fetchall():
            for (iri,) in found:
                if not holds_article(store, iri):
                    self._drop(iri)
                    dropped += 1
            last = found[-1][0]
        return dropped

    def tidy(self) -> None:
        """Let go of what was dropped, so that its words are no longer in the index; they leave the file with the next VACUUM."""
        self.connection.execute("INSERT INTO words (words) VALUES ('optimize')")

    def agents(self, name: str) -> list[str]:
        """IRIs of the articles' agents that bear this name or alias, sorted; case, accents' spelling and white space make no difference."""
        return [row[0] for row in self.connection.execute("SELECT agent FROM name WHERE folded = ? ORDER BY agent", (folded(name),))]

    def _name(self, store: Store, article: str) -> None:
        graph = ox.NamedNode(article)
        agents = {quad.subject for quad in store.inner.quads_for_pattern(None, terms.node(str(EO.agentKind)), None, graph)}
        names = {
            (folded(quad.object.value), agent.value, article)
            for agent in agents
            for predicate in (SDO.name, SDO.alternateName)
            for quad in store.inner.quads_for_pattern(agent, terms.node(str(predicate)), None, graph)
            if isinstance(agent, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        }
        self.connection.executemany("INSERT INTO name VALUES (?, ?, ?)", sorted(names))

    def _drop(self, article: str) -> None:
        run = self.connection.execute
        rows = [row[0] for row in run("SELECT id FROM quote WHERE article = ?", (article,))]
        for table, column in (("words", "rowid"), ("body", "quote"), ("topic", "quote"), ("quote", "id")):
            self.connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((row,) for row in rows))  # noqa: S608  our own names
        run("DELETE FROM name WHERE article = ?", (article,))
        run("DELETE FROM article WHERE iri = ?", (article,))

    def _insert(self, quote: Quote) -> None:
        record = json.dumps({name: getattr(quote, name) for name in Quote.__slots__}, ensure_ascii=False)
        row = self.connection.execute(
            "INSERT INTO quote (claim, article, agent, published, start, quotation, claim_kind, publisher, confidence, record)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                quote.claim,
                quote.article,
                quote.agent,
                quote.published,
                quote.start,
                quote.quotation,
                quote.claim_kind,
                quote.publisher,
                quote.confidence,
                record,
            ),
        ).lastrowid
        names = " \n".join((*quote.names, *quote.roles))
        self.connection.execute("INSERT INTO words (rowid, text, names, title) VALUES (?, ?, ?, ?)", (row, quote.text, names, quote.title))
        self.connection.executemany("INSERT OR IGNORE INTO body VALUES (?, ?)", ((body, row) for body in quote.organisations))
        self.connection.executemany("INSERT OR IGNORE INTO topic VALUES (?, ?)", ((topic_key(label), row) for label in quote.topics))


def folded(name: str) -> str:
    """A name as the index compares it.

    >>> folded("  Ren\u00e9e  O\u2019Neil ") == folded("RENE\u0301E O'NEIL")
    True
    """
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).replace("’", "'").casefold()).split())


def _connect(store: Store) -> sqlite3.Connection:
    """The file of the index, made anew if it is of another format; memory if its folder takes no file."""
    path = Path(store.path) / INDEX_FILE if store.path is not None else None
    if path is not None and not store.live and not path.is_file():
        path = None  # the file is the writer's to make
    try:
        if path is None:
            return _prepared(sqlite3.connect(":memory:", isolation_level=None))
        return _prepared(sqlite3.connect(path, isolation_level=None, timeout=30.0))
    except sqlite3.OperationalError:
        return _prepared(sqlite3.connect(":memory:", isolation_level=None))
    except sqlite3.DatabaseError:  # no database at all: half a file, or somebody's own
        path = Path(str(path))
        for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            name.unlink(missing_ok=True)
        return _prepared(sqlite3.connect(path, isolation_level=None, timeout=30.0))


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    [[version]] = connection.execute("PRAGMA user_version")
    if version == _FORMAT:
        return connection
    connection.execute("PRAGMA journal_mode = WAL")  # a reader is never kept waiting by whoever follows
    connection.execute("BEGIN IMMEDIATE")
    [[version]] = connection.execute("PRAGMA user_version")
    if version != _FORMAT:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\'"
        ).fetchall():
            connection.execute(f'DROP TABLE "{name}"')
        for statement in _SCHEMA.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
    connection.execute("COMMIT")
    return connection
