"""The first questions about who is who in a store of any size: what `suggestions` and `splits` give of all facts, without holding them.

Blocks are made in temporary tables on the disk and looked through one at a time; of what is found only the best are held, the rest is counted.
"""

import json
import sqlite3
from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from heapq import nsmallest
from itertools import combinations, groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple, Self

from kg.graph.identity.kept import Kept, mark
from kg.graph.identity.names import organisation_name
from kg.graph.identity.records import AgentFacts, Suggestion
from kg.graph.identity.splits import MOST, by_gravity, in_order, split_of, theirs
from kg.graph.identity.suggestions import LARGEST, Seen, by_likelihood, judge, marks_of, telling

__all__ = ["first_splits", "first_suggestions"]

_BODY, _TITLE, _STAFF = range(3)
_TABLES = """
CREATE TEMP TABLE numbered (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TEMP TABLE told_of (entity INTEGER NOT NULL, sort INTEGER NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, c TEXT NOT NULL);
CREATE TEMP TABLE met (mark INTEGER NOT NULL, entity INTEGER NOT NULL);
CREATE TEMP TABLE block (mark INTEGER NOT NULL, entity INTEGER NOT NULL);
"""

type Wanted = Callable[[Suggestion], bool]


def first_suggestions(kept: Kept, apart: AbstractSet[frozenset[str]], wanted: Wanted, *, limit: int) -> tuple[tuple[Suggestion, ...], int]:
    """The first so many of what `kg.graph.identity.suggestions` gives, and how many there are.

    Args:
        kept: who is who, up to date.
        apart: IRIs of entities, two and two, that people have called different.
        wanted: whether to ask that at all.
        limit: the most to give.
    """
    best = _Best(by_likelihood, limit)
    with _Blocks(kept) as blocks:
        for one, other in blocks.pairs():
            if frozenset((one.iri, other.iri)) in apart:
                continue
            suggestion = judge(one, other, partial(_meet, kept.db, one.iri, other.iri))
            if suggestion is not None and wanted(suggestion):
                best.add(suggestion)
    return best.found(), best.count


def first_splits(kept: Kept, called: AbstractSet[str], wanted: Wanted, *, limit: int) -> tuple[tuple[Suggestion, ...], int]:
    """The first so many of what `kg.graph.identity.splits.splits` gives, and how many there are.

    Args:
        kept: who is who, up to date.
        called: IRIs of entities that people have called one.
        wanted: whether to ask that at all.
        limit: the most to give.
    """
    best = _Best(by_gravity, limit)
    for iri, told in kept.db.execute("SELECT iri, told FROM entity WHERE agents > 1"):
        kind, _, _, rules, *_ = json.loads(told)
        if theirs(rules) or iri in called:
            continue
        agents = nsmallest(MOST, kept.of_entity(iri), key=in_order)
        split = split_of(kind, rules, agents, _bodies_of(kept, agents))
        if split is not None and wanted(split):
            best.add(split)
    return best.found(), best.count


def _bodies_of(kept: Kept, agents: Iterable[AgentFacts]) -> dict[str, AgentFacts]:
    """What agents of articles are in a post at or part of, by IRI."""
    found = {}
    for agent in agents:
        asked = {post.organisation for post in agent.posts} | set(agent.within)
        if asked - {""}:
            found.update({other.iri: other for _, other in kept.of_article(agent.article) if other.iri in asked})
    return found


def _meet(db: sqlite3.Connection, one: str, other: str) -> bool:
    """Whether an article names both. The agents of the smaller are gone through."""
    sizes = dict(db.execute("SELECT iri, agents FROM entity WHERE iri IN (?, ?)", (one, other)))
    few, many = sorted((one, other), key=lambda iri: sizes[iri])
    sql = """SELECT 1 FROM agent AS few CROSS JOIN agent AS many ON many.article = few.article
             WHERE few.entity = ? AND +many.entity = ? LIMIT 1"""
    return db.execute(sql, (few, many)).fetchone() is not None


class _Best:
    """The first so many of what comes, and how many came."""

    def __init__(self, order: Callable[[Suggestion], Any], limit: int) -> None:
        self._order, self._limit = order, limit
        self._first: list[tuple[Any, Suggestion]] = []
        self.count = 0

    def add(self, one: Suggestion) -> None:
        self.count += 1
        insort(self._first, (self._order(one), one), key=itemgetter(0))
        del self._first[self._limit :]

    def found(self) -> tuple[Suggestion, ...]:
        return tuple(one for _, one in self._first)


class _Met(NamedTuple):
    """An entity with the blocks that it meets others in."""

    seen: Seen
    blocks: frozenset[int]


class _Blocks:
    """The blocks of all entities, in temporary tables while this is open."""

    def __init__(self, kept: Kept) -> None:
        self._kept, self._db = kept, kept.db
        self._number = lru_cache(maxsize=65536)(self._number_of)

    def __enter__(self) -> Self:
        for statement in filter(str.strip, _TABLES.split(";")):
            self._db.execute(statement)
        self._db.execute("BEGIN")
        # Numbers in the order of IRIs, by which the two of a pair are told apart.
        self._db.execute("INSERT INTO numbered (iri) SELECT iri FROM entity ORDER BY iri")
        for agents in self._kept.by_article():
            self._db.executemany("INSERT INTO told_of VALUES (?, ?, ?, ?, ?)", self._told_by(agents))
        self._db.execute("CREATE TEMP TABLE fact AS SELECT DISTINCT * FROM told_of ORDER BY entity")
        self._db.execute("DROP TABLE told_of")
        self._db.execute("CREATE INDEX fact_entity ON fact (entity)")
        for number, iri in self._db.execute("SELECT id, iri FROM numbered"):
            marks = marks_of(self._seen(number, iri))
            self._db.executemany("INSERT INTO met VALUES (?, ?)", [(mark("", one), number) for one in marks])
        members = self._db.execute("SELECT DISTINCT mark, entity FROM met ORDER BY mark, entity")
        for _, rows in groupby(members, key=itemgetter(0)):
            block = list(islice(rows, LARGEST + 1))
            if 1 < len(block) <= LARGEST:
                self._db.executemany("INSERT INTO block VALUES (?, ?)", block)
        self._db.execute("DROP TABLE met")
        self._db.execute("CREATE INDEX block_entity ON block (entity)")
        self._db.execute("COMMIT")
        return self

    def __exit__(self, *error: object) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        for table in ("numbered", "told_of", "fact", "met", "block"):
            self._db.execute(f"DROP TABLE IF EXISTS temp.{table}")

    def pairs(self) -> Iterator[tuple[Seen, Seen]]:
        """All who meet in a block, each two once: in the first of the blocks that they share."""
        load = lru_cache(maxsize=4096)(self._met)
        for number, rows in groupby(self._db.execute("SELECT mark, entity FROM block ORDER BY rowid"), key=itemgetter(0)):
            for one, other in combinations([load(entity) for _, entity in rows], 2):
                if min(one.blocks & other.blocks) == number:
                    yield one.seen, other.seen

    def _met(self, number: int) -> _Met:
        [[iri]] = self._db.execute("SELECT iri FROM numbered WHERE id = ?", (number,))
        blocks = frozenset(one for (one,) in self._db.execute("SELECT mark FROM block WHERE entity = ?", (number,)))
        return _Met(self._seen(number, iri), blocks)

    def _seen(self, number: int, iri: str) -> Seen:
        [[told]] = self._db.execute("SELECT told FROM entity WHERE iri = ?", (iri,))
        kind, name, names, *_ = json.loads(told)
        seen = Seen(iri, kind, name, telling(kind, (name, *names)))
        for sort, a, b, c in self._db.execute("SELECT sort, a, b, c FROM fact WHERE entity = ?", (number,)):
            if sort == _BODY:
                seen.bodies[a] = max(b, seen.bodies.get(a, b))
            elif sort == _TITLE:
                seen.titles.add(a)
            else:
                seen.staff[a, b] = c
        return seen

    def _told_by(self, agents: list[tuple[str | None, AgentFacts]]) -> Iterator[tuple[int, int, str, str, str]]:
        """What an article tells of its people and of the bodies that they are in a post at."""
        by_iri = {agent.iri: (entity, agent) for entity, agent in agents}
        for entity, agent in agents:
            if entity is None or not agent.posts:
                continue
            number, name = self._number(entity)
            for post in agent.posts:
                title = post.title.casefold()
                if post.title:
                    yield number, _TITLE, title, "", ""
                if post.organisation not in by_iri:
                    continue
                body, its = by_iri[post.organisation]
                printed = its.names[0]
                yield number, _BODY, organisation_name(printed).key, printed, ""
                if post.title and not post.former and body is not None and agent.kind == "person":
                    yield self._number(body)[0], _STAFF, entity, title, name

    def _number_of(self, iri: str) -> tuple[int, str]:
        """The number of an entity, and its name."""
        [[number, told]] = self._db.execute("SELECT id, told FROM numbered JOIN entity USING (iri) WHERE iri = ?", (iri,))
        return number, json.loads(told)[1]
