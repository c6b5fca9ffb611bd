"""An open store: articles come in whole, in one commit each, and the graph is read."""

import contextlib
import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox
from rdflib.namespace import PROV, RDF, SDO

from kg.errors import StoreBusy, StoreError, WriteFailed
from kg.graph import iris, terms
from kg.graph.mapping import quad_order, quad_set
from kg.graph.ontology import ontology_file
from kg.graph.store import lock, snapshots
from kg.graph.store.folder import (
    FACTS,
    LOCK,
    QUADS,
    claim,
    open_quads,
    read_facts,
    rewrite_quads,
    swap_quads,
    sync_quads,
    write_errors,
    write_facts,
)
from kg.graph.validate import check_graph
from kg.records import Article, Extraction
from kg.settings import DEFAULT_BASE

__all__ = ["AddResult", "ArticleInfo", "Store", "open_store"]

_COMMIT = 20_000  # quads a commit at most: RocksDB holds a transaction in memory, some two kilobytes a quad
_BUFFERED = 100_000  # quads between two times that RocksDB, which holds what is new in memory, is told to put it into files


class AddResult(StrEnum):
    """What adding an article did."""

    ADDED = "added"
    REPLACED = "replaced"
    REFRESHED = "refreshed"  # the same version of the article, read anew
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, order=True)
class ArticleInfo:
    """An article in a store.

    Attributes:
        iri: of the article and of the graph about it.
        title, url, publisher, published: as printed; None if unknown.
        id: the input's own, else the url, else the sha256 of the text.
        version: sha256 of text and metadata.
    """

    iri: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    id: str
    version: str


def open_store(path: str | Path, *, write: bool = False, create: bool = False, base: str | None = None) -> "Store":
    """Open a store; a context manager that closes it.

    Args:
        path: its folder.
        write: to add articles. One writer may have a store open. Readers beside it see its last snapshot; without one, or where readers
            were first, whoever comes second is refused.
        create: make the store if there is none; needs `write`.
        base: IRI prefix of what is minted: of a new store `urn:kg:` by default, of an old one it must be the store's own or None.

    Raises:
        StoreMissing: if there is no store, and none is to be made.
        StoreBusy: if another process has it open in a way that excludes us.
        StoreTooNew: if a newer version of kg made it.
        StoreError: if the folder is something else, the store is damaged or has another base.
        WriteFailed: if it cannot be made or opened for writing.
        SettingsError: if the base holds a `#`.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_store(Path(folder) / "s", write=True, create=True) as store:
    ...         store.base
    'urn:kg:'
    """
    folder = Path(path)
    new = create and write and not (folder / FACTS).is_file()
    if new:
        claim(folder)
    else:
        read_facts(folder)  # before the lock, so that nothing is made where there is no store
    try:
        held = lock.hold(folder / LOCK, write=write)
    except StoreBusy:
        if write or (snapshot := snapshots.newest(folder)) is None:
            raise
        return _beside_the_writer(folder, snapshot, base=base)
    try:
        if new and not (folder / FACTS).is_file():
            write_facts(folder, base or DEFAULT_BASE)
        stored = read_facts(folder, base=base)
        quads = open_quads(folder, write=write, create=create)
        store = Store(quads, path=folder, base=stored, writable=write, held=held)
        if write:
            store.load_ontology()
    except BaseException:
        lock.release(held)
        raise
    return store


def _beside_the_writer(folder: Path, snapshot: tuple[Path, int | None], *, base: str | None) -> "Store":
    place, held = snapshot
    try:
        quads = open_quads(place, write=False, create=False)
        return Store(quads, path=folder, base=read_facts(folder, base=base), held=held, snapshot=place)
    except BaseException:
        lock.release(held)
        raise


class Store:
    """An open store. Made by `open_store`; usable until it is closed.

    Attributes:
        path: its folder; None in memory.
        base: IRI prefix of what is minted.
        writable: open for writing.
        files: the folder of Oxigraph's own files; None in memory.
        live: false if this is a snapshot beside a writer, so that files made from the graph may be ahead of it.
    """

    def __init__(
        self,
        quads: ox.Store,
        *,
        path: Path | None,
        base: str,
        writable: bool = False,
        held: int | None = None,
        snapshot: Path | None = None,
    ) -> None:
        self._quads: ox.Store | None = quads
        self.path = path
        self.base = base
        self.writable = writable
        self.live = snapshot is None
        place = snapshot or path
        self.files = None if place is None else place / QUADS
        self._held = held
        self._buffered = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.close()
        except WriteFailed:
            if error is None:  # else what went wrong inside says more
                raise

    def close(self) -> None:
        """Write everything out and let others in. Closing twice does nothing."""
        quads, self._quads = self._quads, None
        held, self._held = self._held, None
        try:
            if quads is not None and self.writable and self.path is not None:
                with write_errors(self.path):
                    quads.flush()
                snapshots.sweep(self.path)
        finally:
            # Oxigraph lets its files go when the last reference goes; only then may another process have them.
            del quads
            lock.release(held)

    @property
    def inner(self) -> ox.Store:
        """The Oxigraph store itself, for patterns and for queries of our own.

        Nothing guards it: its `query` fetches what SERVICE names, and its `update` changes the store behind our back. A question that came from
        somewhere is asked with `kg.run_query`, or with `kg.run_limited` in a process of its own.

        Raises:
            StoreError: if the store is closed.
        """
        if self._quads is None:
            raise StoreError("the store is closed", where=str(self.path), remedy="Open it again")
        return self._quads

    # ----------------------------------------------------------------------- reading

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one graph, or of all, in no order that means anything."""
        return self.inner.quads_for_pattern(None, None, None, ox.NamedNode(graph) if graph else None)

    def size(self) -> int:
        """How many quads the store holds, the ontology's included."""
        return len(self.inner)

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of all named graphs, sorted."""
        return tuple(sorted(graph.value for graph in self.inner.named_graphs() if isinstance(graph, ox.NamedNode)))

    def articles(self) -> tuple[ArticleInfo, ...]:
        """All articles, sorted by IRI; some 1,000 bytes of memory each."""
        return tuple(sorted(self.each_article()))

    def each_article(self) -> Iterator[ArticleInfo]:
        """All articles in no order that means anything; memory does not grow with their number."""
        for quad in self._articles():
            if isinstance(quad.subject, ox.NamedNode):
                yield self._info(quad.subject.value)

    def article_count(self) -> int:
        """How many articles the store holds."""
        return sum(isinstance(quad.subject, ox.NamedNode) for quad in self._articles())

    def _articles(self) -> Iterator[ox.Quad]:
        return self.inner.quads_for_pattern(None, terms.node(str(RDF.type)), terms.node(str(SDO.NewsArticle)))

    def article_quads(self, article: str) -> tuple[ox.Quad, ...]:
        """One article's graph, its provenance and the concepts it uses, sorted: what `to_quads` made.

        Raises:
            StoreError: if there is no article of that IRI.
        """
        own = list(self.quads(article))
        if not own:
            raise StoreError(f"no article {article}", where=str(self.path), remedy="`kg stats` lists the articles")
        return tuple(sorted({*own, *self._provenance(article), *self._concepts(own)}, key=quad_order))

    def holds(self, article: Article) -> bool:
        """Whether the store has this very version of an article, so that adding it again would change nothing."""
        return self._info(iris.article_iri(self.base, article)).version == article.version

    def _info(self, iri: str) -> ArticleInfo:
        def value(predicate: str) -> str | None:
            found = self.inner.quads_for_pattern(ox.NamedNode(iri), terms.node(predicate), None, ox.NamedNode(iri))
            return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), None)

        return ArticleInfo(
            iri=iri,
            title=value(str(SDO.headline)),
            url=value(str(SDO.url)),
            publisher=value(str(SDO.publisher)),
            published=value(str(SDO.datePublished)),
            id=value(str(SDO.identifier)) or "",
            version=value(str(SDO.version)) or "",
        )

    def _provenance(self, article: str) -> set[ox.Quad]:
        """What the graph `provenance` holds for one article: whatever leads to it, and from there on."""
        graph = ox.NamedNode(iris.graph_iri(self.base, "provenance"))
        reached: set[ox.Quad] = set()
        todo = [quad.subject for quad in self.inner.quads_for_pattern(None, None, ox.NamedNode(article), graph)]
        seen = set(todo)
        while todo:
            for quad in self.inner.quads_for_pattern(todo.pop(), None, None, graph):
                reached.add(quad)
                if isinstance(quad.object, ox.NamedNode) and quad.object not in seen:
                    seen.add(quad.object)
                    todo.append(quad.object)
        return reached

    def _concepts(self, quads: Iterable[ox.Quad]) -> set[ox.Quad]:
        """The concepts that quads use, with those they lead to in turn."""
        graph = ox.NamedNode(iris.graph_iri(self.base, "concepts"))
        inside = f"{self.base}article/"
        reached: set[ox.Quad] = set()
        seen: set[ox.NamedNode] = set()
        todo = list(quads)
        while todo:
            concept = todo.pop().object
            if isinstance(concept, ox.NamedNode) and concept not in seen and not concept.value.startswith(inside):
                seen.add(concept)
                found = list(self.inner.quads_for_pattern(concept, None, None, graph))
                reached.update(found)
                todo.extend(found)
        return reached

    # ----------------------------------------------------------------------- writing

    def add(self, extraction: Extraction, *, check: bool = True, again: bool = False) -> AddResult:
        """Add an article in one commit: all of it or nothing. When this returns, it is on the disk.

        The same version of an article that is there already changes nothing; another version replaces it whole, its provenance too, and
        takes away concepts that no article uses any more.

        Args:
            extraction: what was found in the article.
            check: keep the shapes or fail. Without it, only what was checked elsewhere should come.
            again: replace the same version too, if another was found in it now.

        Raises:
            ValidationFailed: if the graph does not keep the shapes.
            WriteFailed: if it cannot be written; the store is as it was.
            StoreError: if the store is open for reading only.
        """
        self._may_write()
        if not again and self.holds(extraction.article):
            return AddResult.UNCHANGED
        new = quad_set(extraction, base=self.base)
        if check:
            check_graph(new, where=extraction.article.title or extraction.article.id)
        return self.put_article(iris.article_iri(self.base, extraction.article), extraction.article.version, new, again=again)

    def put_article(self, article: str, version: str, new: AbstractSet[ox.Quad], *, again: bool = False) -> AddResult:
        """Add what `to_quads` made of an article, as `add` does after it has checked it.

        Args:
            article: its IRI.
            version: of the article.
            new: its quads, checked.
            again: replace the same version too.

        Raises:
            WriteFailed: if it cannot be written; the store is as it was.
            StoreError: if the store is open for reading only.
        """
        there = self._info(article).version
        if (there == version and not again) or not self.put(article, new):
            return AddResult.UNCHANGED
        return AddResult.ADDED if not there else AddResult.REFRESHED if there == version else AddResult.REPLACED

    def put(self, article: str, new: AbstractSet[ox.Quad]) -> bool:
        """Have an article's graph, with its share of the others, be these quads, in one commit; whether that changed anything.

        Args:
            article: its IRI.
            new: what `to_quads` made of it, checked.

        Raises:
            WriteFailed: if it cannot be written; the store is as it was.
            StoreError: if the store is open for reading only.
        """
        self._may_write()
        old = set(self.article_quads(article)) if any(True for _ in self.quads(article)) else set()
        gone = self._only_of(article, old - new)
        self._commit(gone, new - old)
        self._sync()
        return bool(gone or new - old)

    def remove(self, article: str) -> None:
        """Take an article out in one commit, with its provenance and the concepts that no other article uses.

        Raises:
            StoreError: if there is no article of that IRI, or the store is open for reading only.
            WriteFailed: if it cannot be written; the store is as it was.
        """
        self._may_write()
        self._commit(self._only_of(article, self.article_quads(article)), ())
        self._sync()

    def snapshot(self) -> None:
        """Let whoever reads from now on, while this store is being written, see it as it is now: whole articles.

        Raises:
            WriteFailed: if it cannot be made.
            StoreError: if the store is open for reading only.
        """
        self._may_write()
        if self.path is not None:
            with write_errors(self.path):
                snapshots.make(self.path, self.inner)

    def compact(self) -> None:
        """Put the tables that many commits have left into one order, so that questions are answered faster; takes time in the size of the store.

        Where the disk has no room for a second copy nothing is done.

        Raises:
            WriteFailed: if it cannot be written; the store is as it was.
            StoreError: if the store is open for reading only.
        """
        self._may_write()
        if self.path is not None and self.files is not None:
            size = sum(entry.stat().st_size for entry in os.scandir(self.files))
            if shutil.disk_usage(self.path).free > 2 * size:
                with write_errors(self.path):
                    self.inner.optimize()

    def purge(self) -> None:
        """Write the store anew without what was removed: Oxigraph keeps the words of quads that are gone. Takes time in the size of the store.

        Raises:
            WriteFailed: if it cannot be written; the store is as it was.
            StoreError: if the store is open for reading only.
        """
        if self.path is None:
            return
        # A generator lets go of what it has read to its end: a reference to the store would keep its files in use.
        self.replace_all(quad for quad in self.inner)
        with write_errors(self.path):
            for file in self.path.glob("*.sqlite"):
                with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as copy:
                    copy.execute("VACUUM")
                    copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def replace_all(self, quads: Iterable[ox.Quad]) -> None:
        """Have these quads, and the package's ontology, be all that the store holds. It is as it was until all have been written.

        Raises:
            WriteFailed: if they cannot be written; the store is as it was.
            StoreError: if the store is open for reading only, or in memory.
        """
        self._may_write()
        if self.path is None:
            raise StoreError("a store in memory cannot be replaced", remedy="Open one on disk")
        with write_errors(self.path):
            rewrite_quads(self.path, quads)
            self._quads = None  # Oxigraph lets its files go when the last reference goes
            self._quads = swap_quads(self.path)
            snapshots.sweep(self.path)
        self.load_ontology()

    def made_by(self, article: Article) -> dict[str, str]:
        """Names and versions of what read an article, by the part it plays (`kg.graph.mapping.software`); nothing if it is not there."""
        iri = ox.NamedNode(iris.article_iri(self.base, article))
        graph = ox.NamedNode(iris.graph_iri(self.base, "provenance"))
        prefix = f"{self.base}software/"
        found: dict[str, str] = {}
        for run in self.inner.quads_for_pattern(None, terms.node(str(PROV.used)), iri, graph):
            for part in self.inner.quads_for_pattern(run.subject, terms.node(str(PROV.wasAssociatedWith)), None, graph):
                if isinstance(part.object, ox.NamedNode):
                    plays = part.object.value.removeprefix(prefix).partition("/")[0]
                    names = self.inner.quads_for_pattern(part.object, terms.node(str(SDO.name)), None, graph)
                    found.update((plays, name.object.value) for name in names if isinstance(name.object, ox.Literal))
        return found

    def _may_write(self) -> None:
        if not self.writable:
            raise StoreError("the store is open for reading only", where=str(self.path), remedy="Open it with write=True")

    def _only_of(self, article: str, quads: Iterable[ox.Quad]) -> set[ox.Quad]:
        """Those of an article's quads that serve no other article."""
        own = ox.NamedNode(article)
        return {quad for quad in quads if quad.graph_name == own or not self._needed(quad, article)}

    def _sync(self) -> None:
        if self.path is not None:
            with write_errors(self.path):
                sync_quads(self.path)

    def change(self, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> int:
        """Take quads away and put quads in; how many those were. For the graphs that are made from the articles' graphs.

        Up to some tens of thousands are one commit. More would not fit into memory and are several, in the order given: what marks the
        whole as complete goes first among what is gone, and comes last among what is new.

        Raises:
            WriteFailed: if it cannot be written; of a change of one commit nothing is done then.
            StoreError: if the store is open for reading only.
        """
        self._may_write()
        changed = 0
        for batch in itertools.batched(itertools.chain(((quad, False) for quad in gone), ((quad, True) for quad in new)), _COMMIT):
            self._commit((quad for quad, stays in batch if not stays), (quad for quad, stays in batch if stays))
            changed += len(batch)
        self._sync()
        return changed

    def load_ontology(self) -> None:
        """Bring the graph `ontology` up to the package's own; nothing happens if it is."""
        graph = ox.NamedNode(iris.graph_iri(self.base, "ontology"))
        parsed = ox.parse(path=str(ontology_file("expert-opinion.ttl")), format=ox.RdfFormat.TURTLE)
        wanted = {ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed}
        there = set(self.inner.quads_for_pattern(None, None, None, graph))
        self._commit(there - wanted, wanted - there)

    def _needed(self, quad: ox.Quad, article: str) -> bool:
        """Whether a quad of a shared graph serves another article too: something outside what is to go leads to its subject."""
        if isinstance(quad.subject, ox.Triple):
            return True
        own = ox.NamedNode(article)
        concepts = ox.NamedNode(iris.graph_iri(self.base, "concepts"))
        for link in self.inner.quads_for_pattern(None, None, quad.subject):
            if link.graph_name == own:
                continue
            if link.graph_name == concepts:  # a narrower concept keeps a wider one only while it is needed itself
                if self._needed(link, article):
                    return True
                continue
            if iris.is_article_iri(self.base, getattr(link.graph_name, "value", "")):
                return True
            # A run of another article uses the same software; a run of this article goes with it.
            if not any(True for _ in self.inner.quads_for_pattern(link.subject, None, own)):
                return True
        return False

    def _commit(self, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
        """Remove and add in one transaction."""
        removed, added = _block(gone), list(new)
        with write_errors(self.path):
            if removed:
                self.inner.update(f"DELETE DATA {{\n{removed}}} ;\nINSERT DATA {{\n{_block(added)}}}")
            elif added:
                self.inner.extend(added)
            self._buffered += len(added) + removed.count("\n")
            if self._buffered >= _BUFFERED and self.path is not None:
                self.inner.flush()
                self._buffered = 0


def _block(quads: Iterable[ox.Quad]) -> str:
    # One GRAPH for each quad: N-Quads spells the terms as SPARQL does, so no string is built by hand.
    return "".join(
        f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}\n" for quad in sorted(quads, key=quad_order)
    )
