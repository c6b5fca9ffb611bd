"""Stores out and in: copies to keep, and graphs from a file of N-Quads or TriG of this vocabulary, as `kg export` writes them."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadRecord, KgError, NothingToRead, NotText, ValidationFailed, WriteFailed
from kg.graph import iris
from kg.graph.store.folder import FACTS, QUADS, SCRATCH, write_errors
from kg.graph.store.store import AddResult, Store, open_store
from kg.graph.validate import check_graph
from kg.records import Problem

__all__ = ["backup_store", "base_of", "import_bulk", "import_graphs"]

_FORMATS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
_ARTICLE = re.compile(r"(.*[:/])article/[0-9a-f]{16}")
_MADE_AGAIN = ("entities", "identity", "ontology")  # from the rest
_SHARED = ("concepts", "provenance")


def backup_store(folder: Path, target: Path, *, decisions: Path | None = None) -> int:
    """Copy a store so that the copy is a store; how many articles it holds.

    Nothing is shared with the original, so the copy outlives it on another disk. Beside a writer, the last snapshot is copied. The search index
    and what identity has read are left out: they are made again.

    Args:
        folder: of the store.
        target: of the copy, which must not be there.
        decisions: people's; copied to the folder beside the copy where it would be looked for.

    Raises:
        StoreMissing, StoreBusy: if the store cannot be read.
        WriteFailed: if the target is there, or cannot be written; nothing is left of it then.
    """
    beside = target.with_name(f"{target.name}-decisions")
    for place in (target, beside) if decisions is not None and decisions.is_dir() else (target,):
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise WriteFailed("there is something already", where=str(place), remedy="Name a folder that is not there")
    draft = target.with_name(f".{target.name}.partial")
    with open_store(folder) as store, write_errors(target):  # while it is open, nobody changes the files
        try:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            if store.files is not None and store.files.is_dir():
                shutil.copytree(store.files, draft / QUADS, ignore=shutil.ignore_patterns("LOCK"))
            shutil.copy2(folder / FACTS, draft / FACTS)
            _sync(draft)
            if decisions is not None and decisions.is_dir():
                shutil.copytree(decisions, beside, dirs_exist_ok=True)
            if target.is_dir():
                target.rmdir()
            draft.rename(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return store.article_count()


def base_of(file: Path) -> str:
    """The IRI prefix of what was minted in a file: that of its first article.

    Raises:
        ReadError: if the file cannot be read, or holds no article's graph.
    """
    for quad in _parsed(file):
        found = _ARTICLE.fullmatch(quad.graph_name.value) if isinstance(quad.graph_name, ox.NamedNode) else None
        if found:
            return found[1]
    raise NothingToRead("there is no graph about an article in it", where=str(file), remedy="Give a file that `kg export` wrote")


def import_graphs(store: Store, file: Path, *, check: bool = True) -> Iterator[tuple[str, AddResult] | Problem]:
    """Add the articles of a file to a store, one commit an article; IRI and result of each, or a `Problem` for one that was left out.

    The file goes to files of its own first, so it may be larger than memory. Entities, identities and the ontology are left out: they
    are made again from the articles. What no article leads to is left out too. An article that is there is replaced.

    Args:
        store: open for writing.
        file: `.nq` or `.trig`.
        check: let only graphs pass that keep the shapes.

    Raises:
        ReadError: if the file cannot be read; nothing is imported then.
        ValidationFailed: if a graph is none of ours, or a node has no IRI; nothing is imported then.
        WriteFailed: if it cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=store.path) as folder:
        quads = ox.Store(folder)
        quads.bulk_extend(_ours(file, store.base))
        read = Store(quads, path=Path(folder), base=store.base)
        for info in read.each_article():
            found = frozenset(read.article_quads(info.iri))
            try:
                if check:
                    check_graph(found, where=info.title or info.id)
            except ValidationFailed as error:
                yield Problem(str(file), str(error))
                continue
            yield info.iri, store.put_article(info.iri, info.version, found, again=True)
        read.close()
        del quads, read  # Oxigraph lets its files go when the last reference goes


def import_bulk(store: Store, file: Path) -> None:
    """Take a file as it is for all that a store holds, unchecked but for the names of its graphs: for one that `kg export` wrote.

    The store is as it was until all has been read; then the new quads take the old ones' place at once.

    Args:
        store: open for writing, on disk; what it holds is replaced.
        file: `.nq` or `.trig`.

    Raises:
        ReadError, ValidationFailed, WriteFailed: as `import_graphs`.
    """
    store.replace_all(_ours(file, store.base))


def _ours(file: Path, base: str) -> Iterator[ox.Quad]:
    """The quads of a file that are to be stored; all are looked at."""
    made_again = {iris.graph_iri(base, name) for name in _MADE_AGAIN}
    shared = {iris.graph_iri(base, name) for name in _SHARED}
    known: dict[object, bool] = {}
    for quad in _parsed(file):
        graph = quad.graph_name
        wanted = known.get(graph)
        if wanted is None:
            name = graph.value if isinstance(graph, ox.NamedNode) else ""
            found = _ARTICLE.fullmatch(name)
            if name not in made_again | shared and not (found and found[1] == base):
                what = f"the graph {graph} is none that kg makes under {base}"
                raise ValidationFailed(what, where=str(file), remedy="Give a file that `kg export` wrote from a store of that base")
            wanted = known[graph] = name not in made_again
            if len(known) > 10_000:  # graphs come one after the other, and a corpus has many
                known.clear()
        if wanted:
            if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode | ox.Triple):
                raise ValidationFailed(f"{quad}: a node without an IRI", where=str(file), remedy="Every node of ours has one")
            yield quad


def _parsed(file: Path) -> Iterator[ox.Quad]:
    kind = _FORMATS.get(file.suffix.lower())
    if kind is None:
        raise NotText(f"no format that is imported: {file.suffix or 'none'}", where=str(file), remedy="Give N-Quads (.nq) or TriG (.trig)")
    try:
        yield from ox.parse(path=str(file), format=kind)
    except SyntaxError as error:
        raise BadRecord(f"no {kind.name}: {error}", where=str(file), remedy="Mend the file, or export it again") from error
    except KgError:
        raise
    except OSError as error:
        raise NotText(f"cannot be read ({error.strerror or error})", where=str(file), remedy="Check the path") from error


def _sync(folder: Path) -> None:
    """Have the system put all files of a folder on the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with contextlib.suppress(PermissionError):  # where a file must be open for writing to be synced
                descriptor = os.open(path, os.O_RDONLY)
                try:
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)
