#!/usr/bin/env python3
"""Speed and memory of extraction against the bare spaCy pipeline: the same texts, one process, one thread, one run; ratios and medians.

    python scripts/bench.py [TEXTS.jsonl] [--articles 30] [--rounds 3] [--megabyte]

TEXTS is JSON Lines with `text`; without it the sample article, repeated, serves. CPU seconds, not wall-clock, so that a busy machine
disturbs little. --megabyte adds how the time grows from an article of 250,000 to one of 1,000,000 characters.
"""

import argparse
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

SEED = Path(__file__).resolve().parents[1] / "examples" / "seed-article.txt"


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process that the work took."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megabyte", action="store_true")
    args = parser.parse_args()

    from kg.extract import extract_article
    from kg.extract.attribution import load_engine
    from kg.extract.parse import load_pipeline
    from kg.interchange import to_json
    from kg.records import Article

    if args.texts:
        texts = [json.loads(line)["text"] for line in args.texts.read_text(encoding="utf-8").splitlines()[: args.articles]]
    else:
        texts = [SEED.read_text(encoding="utf-8")] * args.articles
    words = sum(len(text.split()) for text in texts)
    nlp = load_pipeline()
    engines = {name: load_engine(name) for name in ("rules", "model")}

    def extracted(name: str, given: list[str]) -> None:
        for number, text in enumerate(given):
            to_json(extract_article(nlp, Article(str(number), text), engine=engines[name]))

    works: dict[str, Callable[[], object]] = {
        "bare spaCy": lambda: list(nlp.pipe(texts)),
        "rules": lambda: extracted("rules", texts),
        "model": lambda: extracted("model", texts),
    }
    for work in works.values():  # caches and lazy imports, not counted
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(args.rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    print(f"{len(texts)} articles, {words:,} words; medians of {args.rounds} rounds; engine {engines['model'].version}")
    for name in works:
        ratio = statistics.median(bare / own for bare, own in zip(times["bare spaCy"], times[name], strict=True))
        print(f"{name:11} {words / statistics.median(times[name]):8,.0f} words per CPU-second   {ratio:.2f} of bare spaCy")
    if args.megabyte:
        for name in engines:
            quarter, whole = (_long(texts, size) for size in (250_000, 1_000_000))
            small = seconds(lambda name=name, text=quarter: extracted(name, [text]))
            large = seconds(lambda name=name, text=whole: extracted(name, [text]))
            print(f"{name:11} an article four times as long (1,000,000 characters) takes {large / small:.2f} times as long")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(f"peak memory {peak:,.0f} MB")


def _long(texts: list[str], size: int) -> str:
    whole = "\n".join(texts)
    return (whole * (size // len(whole) + 1))[:size]


if __name__ == "__main__":
    main()
