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
        peak = 0.0
        for turn in range(pairs):
            for jobs in (1, 2):
                cost: Cost = measured(_build, str(corpus), str(Path(folder, f"s{turn}-{jobs}")), jobs, engine)
                speeds[jobs].append(cost.value)
                peak = max(peak, cost.peak)
    ratio = statistics.median(two / one for one, two in zip(speeds[1], speeds[2], strict=True))
    return {"one": statistics.median(speeds[1]), "two": statistics.median(speeds[2]), "ratio": ratio, "peak": peak}


def _build(corpus: str, store: str, jobs: int, engine: str) -> float:
    from kg.pipeline import Event, Stored, build
    from kg.settings import Settings

    times: list[float] = []

    def on_event(event: Event) -> None:
        if isinstance(event, Stored):
            times.append(time.perf_counter())

    build([corpus], settings=Settings(store=Path(store), attribution=engine, jobs=jobs), on_event=on_event)
    first = _WARM * jobs
    return (len(times) - first) / (times[-1] - times[first - 1])
