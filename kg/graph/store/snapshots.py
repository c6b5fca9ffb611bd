"""Snapshots: what readers see while somebody writes. A checkpoint of hard links, made by the writer and never changed.

```
snapshots/000007/oxigraph/   the quads, as they were between two commits
snapshots/000007/lock        held, shared, by whoever reads it
```

A reader takes the newest. The writer makes a new one now and then, and removes older ones that nobody reads.
"""

import contextlib
import shutil
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreBusy, WriteFailed
from kg.graph.store import lock
from kg.graph.store.folder import QUADS

__all__ = ["make", "newest", "sweep"]

_FOLDER = "snapshots"
_LOCK = "lock"


def make(folder: Path, quads: ox.Store) -> None:
    """Make a snapshot of the quads of the store in that folder, and remove older ones that nobody reads. For the writer alone.

    Raises:
        OSError, RuntimeError: if it cannot be written.
    """
    home = folder / _FOLDER
    home.mkdir(exist_ok=True)
    number = 1 + max((int(one.name) for one in _all(folder)), default=0)
    draft = home / f".{number}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    quads.backup(str(draft / QUADS))
    (draft / _LOCK).touch()
    draft.rename(home / f"{number:06}")
    sweep(folder, keep=number)


def newest(folder: Path) -> tuple[Path, int | None] | None:
    """The newest snapshot, with a lock that keeps it there until `lock.release`; None if there is none."""
    for place in reversed(_all(folder)):
        with contextlib.suppress(StoreBusy, WriteFailed):  # being removed: there is a newer one, or none is needed any more
            held = lock.hold(place / _LOCK, write=False)
            if (place / QUADS).is_dir():
                return place, held
            lock.release(held)
    return None


def sweep(folder: Path, *, keep: int | None = None) -> None:
    """Remove all snapshots but that of a number and those that are being read. For the writer alone."""
    home = folder / _FOLDER
    if not home.is_dir():
        return
    for place in _all(folder):
        if keep is not None and int(place.name) == keep:
            continue
        with contextlib.suppress(StoreBusy, WriteFailed):
            held = lock.hold(place / _LOCK, write=True)
            shutil.rmtree(place, ignore_errors=True)
            lock.release(held)
    if keep is None:
        for draft in home.glob(".*"):  # a writer was killed while it made one
            shutil.rmtree(draft, ignore_errors=True)
        with contextlib.suppress(OSError):  # one is being read
            home.rmdir()


def _all(folder: Path) -> list[Path]:
    home = folder / _FOLDER
    return sorted(one for one in home.iterdir() if one.name.isdecimal()) if home.is_dir() else []
