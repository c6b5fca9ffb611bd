"""The folder of a store: what it holds, its format version and its base.

```
kg-store/
  kg-store.json   format version and base, written once
  kg-store.lock   held by whoever has the store open, see kg.graph.store.lock
  oxigraph/       the quads
  snapshots/      while somebody writes: what readers see meanwhile, see kg.graph.store.snapshots
```

Files that others keep here (the search index, what identity read) are copies of what the graph says.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SettingsError, StoreBusy, StoreError, StoreMissing, StoreTooNew, WriteFailed

__all__ = [
    "FACTS",
    "FORMAT",
    "LOCK",
    "QUADS",
    "claim",
    "open_quads",
    "read_facts",
    "rewrite_quads",
    "swap_quads",
    "sync_quads",
    "write_errors",
    "write_facts",
]

FORMAT = 1  # of the folder and of the graphs in it; a store of a higher one is refused

FACTS = "kg-store.json"
LOCK = "kg-store.lock"
QUADS = "oxigraph"
_FILES = 48 + 192  # 48 are what Oxigraph leaves to the rest of the process
SCRATCH = ".kg-scratch-"  # what folders for one command begin with
_NEW, _OLD = "oxigraph.new", "oxigraph.old"  # while the quads are written anew


def claim(folder: Path) -> None:
    """Make the folder of a new store, unless it holds something else."""
    if folder.exists() and (not folder.is_dir() or any(not entry.name.lstrip(".").startswith("kg-store.") for entry in folder.iterdir())):
        remedy = "Give an empty or a new folder with -s"
        raise StoreError("there is something else here, and no store", where=str(folder), remedy=remedy)
    with write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_facts(folder: Path, base: str) -> None:
    if "#" in base:
        raise SettingsError(f"base {base!r} holds a #", remedy="End it with a colon or a slash: spans need the # themselves")
    draft = folder / f".{FACTS}"
    with write_errors(folder):
        with draft.open("w", encoding="utf-8") as file:
            file.write(json.dumps({"format": FORMAT, "base": base}, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / FACTS)


def read_facts(folder: Path, *, base: str | None = None) -> str:
    """The store's base, read from its facts; it must be `base` if that is given."""
    path = folder / FACTS
    if not path.is_file():
        raise StoreMissing("there is no store", where=str(folder), remedy="Make one with `kg build`, or name another with -s")
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        version, stored = facts["format"], facts["base"]
        if not isinstance(version, int) or not isinstance(stored, str):
            raise TypeError("format is no whole number or base is no string")  # noqa: TRY301  the remedy is the same for all
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"cannot be read: {error}", where=str(path), remedy="Put it back from a backup, or build a new store") from error
    if version > FORMAT:
        what = f"the store has format {version}, and this kg knows {FORMAT}"
        raise StoreTooNew(what, where=str(folder), remedy="Install a newer kg, or name another store with -s")
    if base is not None and base != stored:
        raise StoreError(f"the store's base is {stored}, not {base}", where=str(folder), remedy=f"Leave --base out or give {stored}")
    return stored


def open_quads(folder: Path, *, write: bool, create: bool) -> ox.Store:
    inner = folder / QUADS
    if write or not inner.is_dir():
        with suppress(OSError):
            _finish_swap(folder)
    if not inner.is_dir() and not (write and create):
        if not write:
            return ox.Store()  # made by a writer that ended before it opened its quads: there are none
        inner.mkdir(exist_ok=True)
    try:
        if write:
            return _writable(inner)
        return ox.Store(inner) if sys.platform == "win32" else ox.Store.read_only(str(inner))
    except (OSError, RuntimeError) as error:  # RuntimeError is how RocksDB's own complaints arrive
        if "lock" in str(error).lower():
            remedy = "Wait until it has ended, or give another store with -s"
            raise StoreBusy("the store is being written by another process", where=str(folder), remedy=remedy) from error
        if write:
            raise WriteFailed(f"the store cannot be opened ({error})", where=str(folder), remedy="Check space and permissions") from error
        raise StoreError(f"the store cannot be read ({error})", where=str(folder), remedy="Put it back from a backup") from error


def _writable(inner: Path) -> ox.Store:
    """Open quads for writing, with a bound on the tables that are open at once.

    Of each open table RocksDB keeps index and filter in memory, some two megabytes, and it keeps as many open as the process may have files: a
    tenth of a large store would be in memory. How many that is it asks when it opens, so that is when we say less.
    """
    with suppress(OSError, RuntimeError), _fewer_files():
        return ox.Store(inner)
    return ox.Store(inner)  # a process with many files of its own: without the bound


@contextmanager
def _fewer_files() -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft <= _FILES:
        yield
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def rewrite_quads(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Write these quads into files of their own beside those in use, for `swap_quads`."""
    draft = folder / _NEW
    shutil.rmtree(draft, ignore_errors=True)
    store = _writable(draft)
    store.bulk_extend(quads)
    store.flush()
    store.optimize()


def swap_quads(folder: Path) -> ox.Store:
    """Put what `rewrite_quads` wrote in the place of the quads in use, which nobody may have open, and open it for writing."""
    shutil.rmtree(folder / _OLD, ignore_errors=True)
    if (folder / QUADS).is_dir():
        (folder / QUADS).rename(folder / _OLD)
    _finish_swap(folder)
    return _writable(folder / QUADS)


def _finish_swap(folder: Path) -> None:
    """Go on where somebody was killed: the old quads out of the way, the new ones not yet in place; or leftovers."""
    if not (folder / QUADS).is_dir() and (folder / _NEW).is_dir():
        (folder / _NEW).rename(folder / QUADS)
    for left in (folder / _OLD, folder / _NEW, *folder.glob(f"{SCRATCH}*")):
        shutil.rmtree(left, ignore_errors=True)


def sync_quads(folder: Path) -> None:
    """Have the system put on the disk what was committed: RocksDB has written it to its log, which is not synced by itself.

    A log that is gone meanwhile has become a table, which RocksDB syncs.
    """
    for entry in os.scandir(folder / QUADS):
        if entry.name.endswith(".log"):
            with suppress(FileNotFoundError):
                descriptor = os.open(entry.path, os.O_RDWR)
                try:
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)


@contextmanager
def write_errors(path: Path | None) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        where = None if path is None else str(path)
        remedy = "Check space and permissions; what was stored before is whole"
        raise WriteFailed(
            f"cannot be written ({(isinstance(error, OSError) and error.strerror) or error})", where=where, remedy=remedy
        ) from error
