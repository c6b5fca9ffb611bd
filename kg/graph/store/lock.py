"""Who may have a store open: one writer alone, or any number of readers.

pyoxigraph keeps two writers apart, but calls reading beside a writer undefined behaviour and does not stop it. So each process that
opens a store through `kg` holds a lock on a file in it: shared to read, exclusive to write. The system drops the lock with the process.
"""

import os
import sys
from pathlib import Path

from kg.errors import StoreBusy, WriteFailed

__all__ = ["hold", "release"]


def hold(path: Path, *, write: bool) -> int | None:
    """Lock the file and return its descriptor, for `release`; None where the system has no such locks.

    Raises:
        StoreBusy: if another process, or this one, holds it in a way that excludes us. It is not waited for.
        WriteFailed: if the file cannot be opened.
    """
    if sys.platform == "win32":
        return None  # the store itself still refuses a second writer, and readers open it as writers do
    import fcntl

    try:
        descriptor = os.open(path, (os.O_RDWR if write else os.O_RDONLY) | os.O_CREAT, 0o644)
    except OSError as error:
        raise WriteFailed(f"cannot be opened ({error.strerror})", where=str(path), remedy="Check the permissions of the folder") from error
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if write else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        what = "the store is open in another process" if write else "the store is being written by another process"
        raise StoreBusy(what, where=str(path.parent), remedy="Wait until it has ended, or give another store with -s") from error
    return descriptor


def release(descriptor: int | None) -> None:
    """Give up a lock that `hold` gave."""
    if descriptor is not None:
        os.close(descriptor)
