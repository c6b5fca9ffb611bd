#!/usr/bin/env python3
"""What each stage of extraction costs as a share of the parse: the same articles, one process, one thread, one run.

    python scripts/bench_stages.py [TEXTS.jsonl] [--articles 40] [--rounds 3] [--engine model] [--max people+roles=10 ...] [--json]

TEXTS is JSON Lines with `text` (and `id`, `published`, if there); without it the sample article, repeated, serves. A stage is every function
that `kg.extract.article` imports from another module of the room; those of one package or module are added up under its name, so a new stage
is measured without a change here. CPU seconds, medians of the rounds; the first round, which loads word lists, does not count. With
`--max NAME[+NAME...]=PERCENT` the exit status is 1 if those stages together cost more.
"""

import argparse
import inspect
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import Article

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

SEED = Path(__file__).resolve().parents[1] / "examples" / "seed-article.txt"
PARSE = "parse"
ROOM = "kg.extract."
WHOLE, REST = "all stages", "putting together"


class Clock:
    """CPU seconds by stage and function, of one round."""

    def __init__(self) -> None:
        self.spent: dict[tuple[str, str], float] = defaultdict(float)
        self._inner = [0.0]  # what functions called by the one running have spent, which is theirs and not its

    def timed(self, stage: str, work: Callable) -> Callable:
        def run(*args: object, **options: object) -> object:
            self._inner.append(0.0)
            start = time.process_time()
            try:
                return work(*args, **options)
            finally:
                took = time.process_time() - start
                self.spent[stage, work.__name__] += took - self._inner.pop()
                self._inner[-1] += took

        return run


def stages(article_module: ModuleType) -> dict[str, tuple[str, Callable]]:
    """Name in the module to (stage, function)."""
    return {
        name: (value.__module__.removeprefix(ROOM).split(".")[0], value)
        for name, value in vars(article_module).items()
        if inspect.isfunction(value) and value.__module__.startswith(ROOM) and value.__module__ != article_module.__name__
    }


def articles(path: Path | None, most: int) -> "list[Article]":
    from kg.records import Article

    if path is None:
        return [Article(str(k), SEED.read_text(encoding="utf-8")) for k in range(most)]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:most]]
    return [Article(row.get("id", str(k)), row["text"], published=row.get("published")) for k, row in enumerate(rows)]


def measure(given: "list[Article]", *, engine: str, rounds: int) -> list[dict[tuple[str, str], float]]:
    """The seconds of each function in each round; under ("all", "all") those of the whole."""
    from kg.extract import article as module
    from kg.extract.attribution import load_engine
    from kg.extract.parse import load_pipeline

    nlp, loaded = load_pipeline(), load_engine(engine)
    original = stages(module)
    found = []
    try:
        for _ in range(rounds + 1):
            clock = Clock()
            for name, (stage, work) in original.items():
                setattr(module, name, clock.timed(stage, work))
            start = time.process_time()
            for one in given:
                module.extract_article(nlp, one, engine=loaded)
            clock.spent["all", "all"] = time.process_time() - start
            found.append(dict(clock.spent))
    finally:
        for name, (_, work) in original.items():
            setattr(module, name, work)
    return found[1:]


def shares(rounds: list[dict[tuple[str, str], float]]) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """Medians of the percentages of the parse, by stage and by function."""
    by_function = {
        key: 100 * statistics.median(one.get(key, 0.0) / _parse(one) for one in rounds)
        for key in sorted({key for one in rounds for key in one})
        if key[0] not in {PARSE, "all"}
    }
    by_stage = {
        stage: 100 * statistics.median(sum(spent for key, spent in one.items() if key[0] == stage) / _parse(one) for one in rounds)
        for stage in dict.fromkeys(stage for stage, _ in by_function)
    }
    by_stage[REST] = 100 * statistics.median((one["all", "all"] - _named(one)) / _parse(one) for one in rounds)
    by_stage[WHOLE] = 100 * statistics.median((one["all", "all"] - _parse(one)) / _parse(one) for one in rounds)
    return by_stage, by_function


def _parse(one: dict[tuple[str, str], float]) -> float:
    return sum(spent for (stage, _), spent in one.items() if stage == PARSE)


def _named(one: dict[tuple[str, str], float]) -> float:
    return sum(spent for (stage, _), spent in one.items() if stage != "all")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engine", choices=("model", "rules"), default="model")
    parser.add_argument("--max", action="append", default=[], metavar="NAMES=PERCENT")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()

    given = articles(args.texts, args.articles)
    rounds = measure(given, engine=args.engine, rounds=args.rounds)
    by_stage, by_function = shares(rounds)
    if args.json:
        print(json.dumps({stage: round(share, 2) for stage, share in by_stage.items()}, sort_keys=True))
    else:
        words = sum(len(one.text.split()) for one in given)
        parse = statistics.median(_parse(one) for one in rounds)
        print(f"{len(given)} articles, {words:,} words; medians of {args.rounds} rounds; the parse took {parse:.2f} CPU-seconds")
        for stage, share in sorted(by_stage.items(), key=lambda row: (row[0] == WHOLE, row[0] == REST, -row[1])):
            print(f"{stage:28} {share:6.2f} % of the parse")
            inside = sorted(((share, work) for (one, work), share in by_function.items() if one == stage), reverse=True)
            for part, work in inside if len(inside) > 1 else ():
                print(f"    {work:24} {part:6.2f} %")
    missed = []
    for bound in args.max:
        names, _, most = bound.partition("=")
        unknown = [name for name in names.split("+") if name not in by_stage]
        if unknown:
            raise SystemExit(f"no stage is called {unknown[0]}; there are: {', '.join(by_stage)}")
        together = sum(by_stage[name] for name in names.split("+"))
        print(f"{names}: {together:.2f} %, at most {most} %", file=sys.stderr)
        if together > float(most):
            missed.append(names)
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
