"""One piece of work in a process of its own: how long it took and how much memory it had at most."""

import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work took.

    Attributes:
        wall, cpu: seconds, of the work alone, without the start of its process; cpu of all threads.
        peak: megabytes that the whole process had at most.
        value: what the work gave.
    """

    wall: float
    cpu: float
    peak: float
    value: Any


def measured(work: Callable[..., Any], *given: Any) -> Cost:
    """Do the work in a new process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, work, given))
    process.start()
    theirs.close()
    cost: Cost = ours.recv()
    process.join()
    return cost


def _run(connection: Any, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    began, used = time.perf_counter(), time.process_time()
    value = work(*given)
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    connection.send(Cost(wall, cpu, peak, value))


def folder_size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
