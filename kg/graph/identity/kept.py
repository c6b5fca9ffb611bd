"""What the articles' graphs tell of their named people and organisations, in a file beside the store: read again only for articles that changed.

The file is a copy of what the graph says and may be deleted at any time. It also notes what changed since the graphs `entities` and `identity`
were last brought up to date, and who was who then, so that only what is touched is worked out again.
"""

import hashlib
import json
import sqlite3
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Self

from kg.graph.identity.acronyms import meaning_of
from kg.graph.identity.links import acronyms, is_full, key_of, most_complete
from kg.graph.identity.names import initials, organisation_name
from kg.graph.identity.pairs import generic
from kg.graph.identity.records import AgentFacts, Meaning, Near, Post

__all__ = ["FACTS_FILE", "Kept", "Member", "bare_acronyms", "joining_marks", "mark"]

FACTS_FILE = "identity.sqlite"
_FORMAT = 2
_TABLES = """
CREATE TABLE article (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, state TEXT NOT NULL);
CREATE TABLE agent (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, iri TEXT NOT NULL, person INTEGER NOT NULL, complete INTEGER NOT NULL, identified INTEGER NOT NULL, key TEXT NOT NULL,
    found TEXT NOT NULL, label TEXT, entity TEXT, fresh INTEGER NOT NULL DEFAULT 1, decided INTEGER NOT NULL DEFAULT 0);
CREATE INDEX agent_article ON agent (article);
CREATE INDEX agent_entity ON agent (entity);
CREATE INDEX agent_fresh ON agent (id) WHERE fresh = 1;
CREATE INDEX agent_decided ON agent (id) WHERE decided = 1;
CREATE TABLE mark (mark INTEGER NOT NULL, agent INTEGER NOT NULL, PRIMARY KEY (mark, agent)) WITHOUT ROWID;
CREATE TABLE spelled (
    letters TEXT NOT NULL, defined INTEGER NOT NULL, key TEXT NOT NULL, agents INTEGER NOT NULL, PRIMARY KEY (letters, defined, key)) WITHOUT ROWID;
CREATE INDEX spelled_key ON spelled (key) WHERE defined = 1;
CREATE TABLE meaning (letters TEXT PRIMARY KEY, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entity (iri TEXT PRIMARY KEY, agents INTEGER NOT NULL, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE former (iri TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (iri, entity)) WITHOUT ROWID;
CREATE INDEX former_entity ON former (entity);
CREATE TABLE touched_mark (mark INTEGER PRIMARY KEY);
CREATE TABLE touched_letters (letters TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE touched_entity (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE moved_article (id INTEGER PRIMARY KEY);
CREATE TABLE made (what TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@lru_cache(maxsize=65536)
def mark(sort: str, text: str) -> int:
    """A number that agents which could be one share. Two texts of one number would only be looked at together."""
    return int.from_bytes(hashlib.blake2b(f"{sort} {text}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def joining_marks(agent: AgentFacts, *, called: bool = False) -> set[int]:
    """The marks of an agent by which others may be one with it.

    `k` a name that tells who it is, `b` that of a body known by an acronym alone, `a` the acronym, `i` an identifier, `w` what a body of a
    common name is part of. One without any stays alone.

    Args:
        agent: whose.
        called: whether a decision may join it though its name does not tell who it is.
    """
    found = set(_name_marks(agent.kind, agent.names, agent.identifier, called))
    if agent.kind == "organisation":
        found.add(mark("w", agent.iri))
        if agent.within and is_generic(agent):
            found |= {mark("w", whole) for whole in agent.within}
    return found


@lru_cache(maxsize=65536)
def _name_marks(kind: str, names: tuple[str, ...], identifier: str, called: bool) -> frozenset[int]:
    agent = AgentFacts("", "", kind, names)
    bare = bare_acronyms(agent)
    main = {key_of(kind, names[0]), key_of(kind, most_complete(names))}
    found = {mark("a", letters) for letters in bare}
    if identifier:
        found.add(mark("i", f"{kind} {identifier}"))
    if identifier or bare or called or is_full(agent):
        found |= {mark(sort, f"{kind} {key}") for key in main for sort in "kb"}
    return frozenset(found)


def _borne(agent: AgentFacts, *, whole: bool) -> tuple[set[int], set[int]]:
    """The marks under which an agent is found: by others that may be one with it, and by decisions alone."""
    bare = bare_acronyms(agent)
    main = {key_of(agent.kind, agent.names[0]), key_of(agent.kind, most_complete(agent.names))}
    sort = "k" if is_full(agent) or agent.identifier else "b" if bare else "c"
    found = {mark(sort, f"{agent.kind} {key}") for key in main} if sort != "c" else set()
    found |= {mark("a", letters) for letters in bare}
    if agent.identifier:
        found.add(mark("i", f"{agent.kind} {agent.identifier}"))
    if agent.within and is_generic(agent):
        found |= {mark("w", one) for one in agent.within}
    if whole:
        found.add(mark("w", agent.iri))
    return found, {mark("c", f"{agent.kind} {key_of(agent.kind, name)}") for name in agent.names}


def is_generic(agent: AgentFacts) -> bool:
    """Whether a body's name could be that of many."""
    return agent.kind == "organisation" and generic(organisation_name(agent.names[0]))


def bare_acronyms(agent: AgentFacts) -> list[str]:
    """The acronyms of a body that has no full name."""
    return [] if agent.kind == "person" or is_full(agent) else acronyms(agent)


def _spelled(agent: AgentFacts) -> Iterator[tuple[str, int, str]]:
    """Which letters a body's full name is about: letters, whether the article defines them, key of the body."""
    if agent.kind == "organisation" and is_full(agent):
        key = key_of(agent.kind, agent.names[0])
        yield from ((letters, 1, key) for letters in acronyms(agent))
        yield from ((letters, 0, key) for letters in initials(agent.names[0]))


def _marked(agents: Sequence[AgentFacts]) -> Iterator[tuple[AgentFacts, set[int], set[int]]]:
    """Each agent of an article with its marks."""
    wholes = {whole for agent in agents if agent.within and is_generic(agent) for whole in agent.within}
    for agent in agents:
        yield agent, *_borne(agent, whole=agent.iri in wholes)


class Member(NamedTuple):
    """An agent that may be one with others: its number, what it denoted and its label when last told, whether it is new since, its facts."""

    number: int
    entity: str | None
    label: str | None
    fresh: bool
    facts: AgentFacts


class Kept:
    """The file, open.

    Args:
        folder: of the store; None to keep everything in memory only.
    """

    def __init__(self, folder: Path | None) -> None:
        self.db = _connection(folder / FACTS_FILE if folder is not None else None)

    @classmethod
    def as_it_is(cls, folder: Path) -> Self | None:
        """The file of a store, for reading alone; None if there is none that can be read."""
        made = cls.__new__(cls)
        try:
            made.db = sqlite3.connect(f"{(folder / FACTS_FILE).absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
            [[version]] = made.db.execute("PRAGMA user_version")
            made.db.execute("PRAGMA cache_size = -65536")
        except sqlite3.DatabaseError:
            return None
        if version != _FORMAT:
            made.db.close()
            return None
        return made

    @classmethod
    def copy_of(cls, folder: Path | None) -> Self:
        """A copy of the file of a store that is changed apart from it: on the disk, gone once it is closed; empty if there is none to copy."""
        made = cls.__new__(cls)
        source = cls.as_it_is(folder) if folder is not None else None
        made.db = sqlite3.connect("", isolation_level=None)
        if source is not None:
            with source, suppress(sqlite3.DatabaseError):
                source.db.backup(made.db)
        made.db = _prepared(made.db)
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.db.close()

    # ----------------------------------------------------------------------- following the articles

    def follow(self, wanted: Iterable[tuple[str, str]], read: Callable[[str], Iterable[AgentFacts]]) -> None:
        """Bring the facts up to the articles, and note what that touches.

        Args:
            wanted: each article once, with its state; looked through once, none of them held.
            read: gives the facts of an article.
        """
        self.db.execute("BEGIN")
        [[last]] = self.db.execute("SELECT ifnull(max(id), 0) FROM article")
        there = bytearray(last + 1)  # 1 for each number below that stays or is given anew
        for article, state in wanted:
            row = self.db.execute("SELECT id, state FROM article WHERE iri = ?", (article,)).fetchone()
            if row is not None and row[1] == state:
                there[row[0]] = 1
                continue
            if row is not None:
                self._forget(row[0])
            if (number := self._learn(article, state, tuple(read(article)))) <= last:
                there[number] = 1
        known = self.db.execute("SELECT id FROM article WHERE id <= ?", (last,))
        for number in array("q", (number for (number,) in known if not there[number])):
            self._forget(number)
        self.db.execute("COMMIT")

    def _forget(self, article: int) -> None:
        [[iri]] = self.db.execute("SELECT iri FROM article WHERE id = ?", (article,))
        rows = self.db.execute("SELECT iri, person, found, id, entity FROM agent WHERE article = ? ORDER BY id", (article,)).fetchall()
        agents = [_record(iri, *row[:3]) for row in rows]
        for (_, _, _, number, entity), (agent, found, called) in zip(rows, _marked(agents), strict=True):
            self.db.executemany("DELETE FROM mark WHERE mark = ? AND agent = ?", [(one, number) for one in found | called])
            self.db.executemany("INSERT OR IGNORE INTO touched_mark VALUES (?)", [(one,) for one in found])
            self._spell(agent, -1)
            if entity is not None:
                self.db.execute("INSERT OR IGNORE INTO touched_entity VALUES (?)", (entity,))
        self.db.execute("DELETE FROM agent WHERE article = ?", (article,))
        self.db.execute("DELETE FROM article WHERE id = ?", (article,))

    def _learn(self, article: str, state: str, agents: tuple[AgentFacts, ...]) -> int:
        number = self.db.execute("INSERT INTO article (iri, state) VALUES (?, ?)", (article, state)).lastrowid or 0
        for agent, found, called in _marked(agents):
            row = (
                number,
                agent.iri,
                agent.kind == "person",
                is_full(agent),
                bool(agent.identifier),
                key_of(agent.kind, agent.names[0]),
                _row(agent),
            )
            made = self.db.execute(
                "INSERT INTO agent (article, iri, person, complete, identified, key, found) VALUES (?, ?, ?, ?, ?, ?, ?)", row
            ).lastrowid
            self.db.executemany("INSERT INTO mark VALUES (?, ?)", [(one, made) for one in found | called])
            self._spell(agent, 1)
        return number

    def _spell(self, agent: AgentFacts, more: int) -> None:
        told = list(_spelled(agent))
        self.db.executemany(
            "INSERT INTO spelled VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET agents = agents + excluded.agents",
            [(*one, more) for one in told],
        )
        if more < 0:
            self.db.executemany("DELETE FROM spelled WHERE letters = ? AND defined = ? AND key = ? AND agents <= 0", told)
        letters = {(one[0],) for one in told} | {(one,) for one in bare_acronyms(agent)}
        self.db.executemany("INSERT OR IGNORE INTO touched_letters VALUES (?)", letters)

    # ----------------------------------------------------------------------- asking

    def facts(self) -> Iterator[AgentFacts]:
        """All facts, by article."""
        for row in self.db.execute(
            "SELECT article.iri, agent.iri, person, found FROM article JOIN agent ON agent.article = article.id ORDER BY article.iri, agent.id"
        ):
            yield _record(*row)

    def bearing(self, found: int, seen: bytearray) -> Iterator["Member"]:
        """The agents that bear a mark, but for those seen; they are marked as seen."""
        yield from self._members("mark JOIN agent ON agent.id = mark.agent", "mark = ?", found, seen)

    def member(self, number: int, seen: bytearray) -> Iterator["Member"]:
        """One agent, if it was not seen; it is marked as seen."""
        yield from self._members("agent", "agent.id = ?", number, seen)

    def one(self, number: int) -> Member:
        """The agent of that number, which must be there."""
        [member] = self._members("agent", "agent.id = ?", number, None)
        return member

    def _members(self, source: str, where: str, given: int, seen: bytearray | None) -> Iterator["Member"]:
        sql = f"""SELECT agent.id, agent.entity, label, fresh, article.iri, agent.iri, person, found
                  FROM {source} JOIN article ON article.id = agent.article WHERE {where}"""  # noqa: S608  no words from outside
        for number, entity, label, fresh, *row in self.db.execute(sql, (given,)):
            if seen is not None:
                if seen[number]:
                    continue
                seen[number] = 1
            # Most members of a large part denote one entity, by one name: they share its text.
            yield Member(number, entity and sys.intern(entity), label and sys.intern(label), bool(fresh), _record(*row))

    def of_entity(self, entity: str) -> Iterator[AgentFacts]:
        """The agents that denote it."""
        sql = "SELECT article.iri, agent.iri, person, found FROM agent JOIN article ON article.id = agent.article WHERE entity = ?"
        yield from (_record(*row) for row in self.db.execute(sql, (entity,)))

    def bearers(self, kind: str, name: str) -> Iterator[tuple[str | None, AgentFacts]]:
        """The agents that bear an equal name, each with what it denotes."""
        sql = """SELECT entity, article.iri, agent.iri, person, found FROM mark JOIN agent ON agent.id = mark.agent
                 JOIN article ON article.id = agent.article WHERE mark = ?"""
        key = key_of(kind, name)
        for entity, *row in self.db.execute(sql, (mark("c", f"{kind} {key}"),)):
            agent = _record(*row)
            if agent.kind == kind and any(key_of(kind, one) == key for one in agent.names):
                yield entity, agent

    def of_article(self, article: str) -> Iterator[tuple[str | None, AgentFacts]]:
        """The agents of an article, each with what it denotes."""
        sql = "SELECT entity, iri, person, found FROM agent WHERE article = (SELECT id FROM article WHERE iri = ?)"
        yield from ((entity, _record(article, *row)) for entity, *row in self.db.execute(sql, (article,)))

    def first_of(self, kind: str, identifier: str) -> Iterator[AgentFacts]:
        """The first by IRI of the agents with an identifier of the user's list."""
        sql = """SELECT article.iri, agent.iri, person, found FROM mark JOIN agent ON agent.id = mark.agent
                 JOIN article ON article.id = agent.article WHERE mark = ? ORDER BY agent.iri LIMIT 1"""
        yield from (_record(*row) for row in self.db.execute(sql, (mark("i", f"{kind} {identifier}"),)))

    def by_article(self) -> Iterator[list[tuple[str | None, AgentFacts]]]:
        """The agents of one article after the other, each with what it denotes; of those alone where a person holds a post."""
        sql = "SELECT agent.article, article.iri, agent.iri, person, found, entity FROM agent JOIN article ON article.id = agent.article ORDER BY agent.article"
        for _, rows in groupby(self.db.execute(sql), key=itemgetter(0)):
            own = [row[1:] for row in rows]
            if any(person and not found.startswith("[[],") for _, _, person, found, _ in own):
                yield [(entity, _record(*row)) for *row, entity in own]

    def in_step(self, state: str) -> bool:
        """Whether who is who was brought up to that state, and nothing was touched since."""
        [[touched]] = self.db.execute("SELECT EXISTS (SELECT 1 FROM agent WHERE fresh = 1) OR EXISTS (SELECT 1 FROM touched_mark)")
        return self.made("state") == state and not touched

    def entity_of(self, article: str, agent: str) -> str | None:
        """What an agent of an article denotes; None if there is no such agent."""
        sql = "SELECT entity FROM agent WHERE article = (SELECT id FROM article WHERE iri = ?) AND iri = ?"
        row = self.db.execute(sql, (article, agent)).fetchone()
        return None if row is None else row[0]

    def near(self, article: str, *, posts: bool) -> list[Near]:
        """The agents of an article, as far as the evidence for others needs them; with the bodies of their posts if asked for."""
        sql = """SELECT iri, person, complete, key, ifnull(label, key), found FROM agent
                 WHERE article = (SELECT id FROM article WHERE iri = ?)"""
        return [
            Near(iri, "person" if person else "organisation", bool(complete), key, label, _posts_at(found) if posts and person else ())
            for iri, person, complete, key, label, found in self.db.execute(sql, (article,))
        ]

    def meaning(self, letters: str) -> Meaning:
        """What an acronym means among all articles."""
        defined, fitting = (
            {key for (key,) in self.db.execute("SELECT key FROM spelled WHERE letters = ? AND defined = ?", (letters, how))}
            for how in (1, 0)
        )
        return meaning_of(letters, defined, fitting, self._named_in_full)

    def _named_in_full(self, key: str) -> bool:
        sql = "SELECT 1 FROM mark JOIN agent ON agent.id = agent WHERE mark = ? AND complete = 1 AND key = ? LIMIT 1"
        return self.db.execute(sql, (mark("k", f"organisation {key}"), key)).fetchone() is not None

    def letters_for(self, key: str) -> list[str]:
        """The acronyms that articles define a body by."""
        return [letters for (letters,) in self.db.execute("SELECT letters FROM spelled WHERE key = ? AND defined = 1", (key,))]

    def joined(self) -> Iterator[tuple[str, AgentFacts]]:
        """The agents that are new since the last time, with what they denote, where nothing else of it changed."""
        sql = """SELECT entity, article.iri, agent.iri, person, found FROM agent JOIN article ON article.id = agent.article
                 WHERE fresh = 1 AND entity NOT IN (SELECT iri FROM touched_entity)"""
        yield from ((entity, _record(*row)) for entity, *row in self.db.execute(sql))

    def clean(self) -> None:
        """Forget what was touched: all is up to date."""
        self.db.execute("UPDATE agent SET fresh = 0 WHERE fresh = 1")
        for table in ("touched_mark", "touched_letters", "touched_entity", "moved_article"):
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608  no words from outside

    def told(self, entity: str) -> list[Any] | None:
        """Kind, name, other names, rules, identifiers and former IRIs of an entity; None if it is none."""
        row = self.db.execute("SELECT told FROM entity WHERE iri = ?", (entity,)).fetchone()
        return None if row is None else json.loads(row[0])

    def made(self, what: str) -> str:
        """A note of the last time all was brought up to date; "" if there is none."""
        row = self.db.execute("SELECT value FROM made WHERE what = ?", (what,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, what: str, value: str) -> None:
        """Keep such a note."""
        self.db.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (what, value))


def _row(agent: AgentFacts) -> str:
    posts = [[post.title, post.organisation, post.former] for post in agent.posts]
    return json.dumps([posts, agent.names, agent.identifier, agent.within, agent.published], ensure_ascii=False)


def _posts_at(found: str) -> tuple[str, ...]:
    """The bodies that a person holds posts at."""
    return () if found.startswith("[[],") else tuple(post[1] for post in json.loads(found)[0])


def _record(article: str, iri: str, person: int, found: str) -> AgentFacts:
    posts, names, identifier, within, published = json.loads(found)
    return AgentFacts(
        iri=iri,
        article=article,
        kind="person" if person else "organisation",
        names=_shared(tuple(names)),
        identifier=identifier,
        posts=tuple(Post(*post) for post in posts),
        within=tuple(within),
        published=sys.intern(published),
    )


@lru_cache(maxsize=4096)
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same names, once in memory for all who bear them."""
    return tuple(map(sys.intern, names))


def _connection(path: Path | None) -> sqlite3.Connection:
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
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            connection.execute(f'DROP TABLE "{name}"')
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
    # A copy of what the graph says needs no waiting for the disk, and no more memory than this, in KiB.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    return connection
