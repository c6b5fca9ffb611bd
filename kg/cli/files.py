"""Files written whole or not at all."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from kg.errors import WriteFailed

__all__ = ["check_target", "write_output"]

_REMEDY = "Check the disk and its permissions."


def check_target(path: Path, *, force: bool) -> None:
    """Raise `WriteFailed` if a file could not be written there, or may not be because it exists: before the work, not after it."""
    if path.is_dir():
        raise WriteFailed("is a directory", where=str(path), remedy="Give the name of a file.")
    if path.is_file() and not force:
        raise WriteFailed("exists already", where=str(path), remedy="Give --force to overwrite it, or another name.")
    if not path.parent.is_dir():
        raise WriteFailed("there is no such directory to write into", where=str(path.parent), remedy="Make it first.")


def write_output(path: Path, chunks: Iterable[bytes], *, force: bool = False) -> None:
    """Write a file, or standard output for `-`.

    A file appears under its name only when it is whole and on disk, so a run that ends half-way leaves an older file as it was.

    Raises:
        WriteFailed: if it cannot be written, or exists and `force` is False.
    """
    if str(path) == "-":
        stream = sys.stdout.buffer
        for chunk in chunks:
            stream.write(chunk)
        stream.flush()
        return
    check_target(path, force=force)
    if path.exists() and not path.is_file():  # /dev/null, a pipe: nothing to rename
        with path.open("wb") as device:
            device.writelines(chunks)
        return
    target = path.resolve()  # a link keeps being one
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with temporary.open("xb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        raise WriteFailed(f"cannot be written ({error.strerror})", where=str(path), remedy=_REMEDY) from error
    finally:
        temporary.unlink(missing_ok=True)
