"""Articles a second of `kg.build` with one and with two jobs, after start-up, in paired runs."""

import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import Cost, measured

_WARM = 4  # articles a job that are stored before the clock starts: by then every process has loaded and worked


def build_speed(texts: Sequence[str], articles: int, pairs: int, engine: str) -> dict[str, float]:
    """Medians of articles a second with one and two jobs, of their ratio in each pair, and the most megabytes a process had."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus.jsonl")
        with corpus.open("w", encoding="utf-8") as file:
            for number in range(articles):
                file.write(json.dumps({"id": f"a{number}", "text": f"{texts[number % len(texts)]}\nNumber {number}."}) + "\n")
        speeds: dict[int, list[float]] = {1: [], 2: []}
        work: dict[int, list[float]] = {1: [], 2: []}
        peak = 0.0
        for turn in range(pairs):
            for jobs in (1, 2):
                cost: Cost = measured(_build, str(corpus), str(Path(folder, f"s{turn}-{jobs}")), jobs, engine)
                speed, cpu = cost.value
                speeds[jobs].append(speed)
                work[jobs].append(cpu)
                peak = max(peak, cost.peak)
    ratio = statistics.median(two / one for one, two in zip(speeds[1], speeds[2], strict=True))
    return {
        "one": statistics.median(speeds[1]),
        "two": statistics.median(speeds[2]),
        "ratio": ratio,
        "cpu one": statistics.median(work[1]),
        "cpu two": statistics.median(work[2]),
        "peak": peak,
    }


def _build(corpus: str, store: str, jobs: int, engine: str) -> tuple[float, float]:
    """Articles a second of wall-clock time, and CPU seconds an article of all processes together, after start-up."""
    from kg.pipeline import Event, Stored, build
    from kg.settings import Settings

    first = _WARM * jobs
    times: list[float] = []
    used: list[float] = []

    def on_event(event: Event) -> None:
        if isinstance(event, Stored):
            times.append(time.perf_counter())
            used.append(_cpu() if len(times) >= first else 0.0)

    build([corpus], settings=Settings(store=Path(store), attribution=engine, jobs=jobs), on_event=on_event)
    articles = len(times) - first
    return articles / (times[-1] - times[first - 1]), (used[-1] - used[first - 1]) / articles


def _cpu() -> float:
    """CPU seconds so far of this process and those it has started."""
    import psutil

    own = psutil.Process()
    return sum(sum(one.cpu_times()[:2]) for one in (own, *own.children(recursive=True)))
