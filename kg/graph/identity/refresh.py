"""The graphs `entities` and `identity`, brought up to all articles and people's decisions: only what is touched is worked out and written again."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import SDO

from kg.errors import StoreError
from kg.graph import iris, terms
from kg.graph.identity.clusters import resolve
from kg.graph.identity.facts import follow_articles, kept_facts, read_facts
from kg.graph.identity.kept import Kept
from kg.graph.identity.quads import IdentityGraphs
from kg.graph.identity.records import Decisions, IdentityReport, Key, Resolved
from kg.graph.identity.working import Working
from kg.graph.reading import article_states
from kg.graph.store import Store

__all__ = ["refresh", "resolved", "who_is_who"]

_AT_ONCE = 20_000  # quads, a commit of the store


def refresh(store: Store, *, decisions: Decisions | None = None) -> IdentityReport:
    """Bring both graphs up to what the articles and the decisions say.

    Memory holds one part at a time: all agents that could be one. Some tens of thousands of quads are one commit; more are several, and
    a refresh that is killed between them is made again.

    Args:
        store: open for writing.
        decisions: people's; none by default.

    Raises:
        StoreError: if the store is open for reading only.
        Contradiction: if the decisions cannot all hold; nothing is written.
        WriteFailed: if it cannot be written; of a change of one commit nothing is done then.
    """
    if not store.writable:
        raise StoreError("the store is open for reading only", where=str(store.path), remedy="Open it with write=True")
    told = decisions or Decisions()
    with kept_facts(store) as kept:
        state = _state(store, told)
        before = list(store.inner.quads_for_pattern(state.subject, state.predicate, None, state.graph_name))
        if before == [state] and kept.made("state") == state.object.value:  # type: ignore[union-attr]
            return _report(kept, 0)
        # What was made from other articles is made from it; by another release or a run that did not end, from nothing.
        whole = len(before) != 1 or kept.made("state") != before[0].object.value or kept.made("version") != _version()  # type: ignore[union-attr]
        follow_articles(kept, store)
        kept.db.execute("BEGIN")
        working = Working(kept, told, base=store.base, whole=whole)
        working.run()
        changed = _write(store, kept, working, before, state, whole=whole)
        kept.clean()
        kept.note("state", state.object.value)  # type: ignore[union-attr]
        kept.note("version", _version())
        kept.note("unmatched", json.dumps([[key.article, key.kind, key.name] for key in working.unmatched]))
        kept.db.execute("COMMIT")
        return _report(kept, changed)


@contextmanager
def who_is_who(store: Store, *, decisions: Decisions | None = None) -> Iterator[Kept]:
    """What `refresh` would keep, without writing anything of the store: the file as it is if it is up to date, else a copy that is brought up.

    Args:
        store: an open one.
        decisions: people's; none by default.

    Raises:
        Contradiction: if the decisions cannot all hold.
    """
    told = decisions or Decisions()
    folder = Path(store.path) if store.path is not None else None
    # Beside a writer the file may change while it is read.
    there = Kept.as_it_is(folder) if folder is not None and store.live else None
    if there is not None:
        with there:
            if there.in_step(_state(store, told).object.value):  # type: ignore[union-attr]
                yield there
                return
    with Kept.copy_of(folder) as kept:
        follow_articles(kept, store)
        kept.db.execute("BEGIN")
        Working(kept, told, base=store.base, whole=not kept.made("state") or kept.made("version") != _version()).run()
        kept.clean()
        kept.db.execute("COMMIT")
        yield kept


def _write(store: Store, kept: Kept, working: Working, before: list[ox.Quad], state: ox.Quad, *, whole: bool) -> int:
    """Write what differs; how many quads that were."""
    graphs = IdentityGraphs(store, kept)
    writing = _Writing(store, before, state)
    empty = whole and graphs.empty()
    wanted = set(graphs.by_people(working.decided))
    there = set(graphs.stored_by_people())
    writing.put(there - wanted, wanted - there)
    for iri in _entities(kept, whole=whole):
        if empty:
            writing.put((), graphs.of_entity(iri))
        else:
            writing.put(graphs.stale_of_entity(iri), (quad for quad in graphs.of_entity(iri) if quad not in store.inner))
    if whole and not empty:
        writing.flush()  # what is left over is told by what is there
        writing.put(graphs.left_over(), ())
    if not whole:
        for entity, agent in kept.joined():
            added = set(graphs.of_agent(agent, ox.NamedNode(entity)))
            writing.put((), (quad for quad in added if quad not in store.inner))
    return writing.end()


def _entities(kept: Kept, *, whole: bool) -> Iterator[str]:
    table, last = ("entity" if whole else "touched_entity"), ""
    while True:
        sql = f"SELECT iri FROM {table} WHERE iri > ? ORDER BY iri LIMIT 1000"  # noqa: S608  no words from outside
        found = [iri for (iri,) in kept.db.execute(sql, (last,))]
        yield from found
        if not found:
            return
        last = found[-1]


class _Writing:
    """Commits batch by batch: the digest goes first and comes last, so that a run that was killed on the way is made again."""

    def __init__(self, store: Store, before: list[ox.Quad], state: ox.Quad) -> None:
        self._store, self._state = store, state
        self._gone = [quad for quad in before if quad != state]
        self._new: list[ox.Quad] = []
        self._back = [quad for quad in before if quad == state]
        self.changed = 0

    def put(self, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
        """Take some away and put some in."""
        for to, quads in ((self._gone, gone), (self._new, new)):
            for quad in quads:
                to.append(quad)
                if len(self._gone) + len(self._new) >= _AT_ONCE:
                    self.flush()

    def flush(self) -> None:
        """Commit what was put so far, if there is any."""
        if not (self._gone or self._new):
            return
        self.changed += self._store.change([*self._back, *self._gone], self._new)
        self._back.clear()
        self._gone.clear()
        self._new.clear()

    def end(self) -> int:
        """Write the rest; how many quads that were in all."""
        if not self._back:
            self._new.append(self._state)
        self._back.clear()
        self.flush()
        return self.changed


def _state(store: Store, decisions: Decisions) -> ox.Quad:
    """What the graph `identity` says of itself: a digest of all that it is made from, so that it is not made again for nothing."""
    total = 0
    for article, state in article_states(store):  # in any order, none of them kept
        total += int.from_bytes(hashlib.sha256(f"{article} {state}".encode("utf-8", "surrogatepass")).digest())
    made_from = (str(total % 2**256), _told(decisions), _version())
    graph = ox.NamedNode(iris.graph_iri(store.base, "identity"))
    digest = hashlib.sha256("\x1f".join(made_from).encode("utf-8", "surrogatepass")).hexdigest()
    return ox.Quad(graph, terms.node(str(SDO.version)), ox.Literal(digest), graph)


def _version() -> str:
    return version("expert-opinion-kg")


def _told(decisions: Decisions) -> str:
    pairs = [
        [(pair.a, pair.b, pair.why) for pair in pairs] for pairs in (decisions.same, decisions.different)
    ]  # not where they stand in a file
    return repr((pairs, decisions.same_as))


def _report(kept: Kept, changed: int) -> IdentityReport:
    [[agents, entities, joined]] = kept.db.execute("SELECT ifnull(sum(agents), 0), count(*), ifnull(sum(agents > 1), 0) FROM entity")
    unmatched = tuple(Key(*one) for one in json.loads(kept.made("unmatched") or "[]"))
    return IdentityReport(agents, entities, joined, changed, unmatched)


def resolved(store: Store, *, decisions: Decisions | None = None) -> Resolved:
    """Who is who by the articles and the decisions as they are now, without writing anything."""
    return resolve(tuple(read_facts(store)), decisions=decisions, base=store.base)
