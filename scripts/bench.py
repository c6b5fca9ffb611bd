#!/usr/bin/env python3
"""All that is said about speed, memory and size, measured in one run, as ratios and medians; writes docs/benchmarks.md.

    python scripts/bench.py [TEXTS.jsonl] [--articles 24] [--rounds 3] [--pairs 5] [--sizes 100000 1000000] [--out docs/benchmarks.md]
    python scripts/bench.py --only extraction|build|store|nothing ...

TEXTS is JSON Lines with `text`; without it the sample article, repeated, serves. Stores are made of an invented newsroom (benchmarks/newsroom.py)
of the product's own shape. CPU seconds where nothing else is said, since a busy machine disturbs them less. --megabyte adds how the time grows
from an article of 250,000 to one of 1,000,000 characters. Without --out the report goes to standard output.
"""

import argparse
import json
import pickle
import tempfile
from pathlib import Path

from benchmarks.measuring import measured

SEED = Path(__file__).resolve().parents[1] / "examples" / "seed-article.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--engine", default="model")
    parser.add_argument("--only", choices=("extraction", "build", "store", "nothing"), action="append")
    parser.add_argument("--megabyte", action="store_true")
    parser.add_argument("--keep", type=Path, help="a file that keeps what was measured, for a run in parts; trust it, it is unpickled")
    parser.add_argument("--note", help="a line for the head of the report, such as what else the machine was doing")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()

    from benchmarks.building import build_speed
    from benchmarks.extraction import build_shares, extraction_speed, growth
    from benchmarks.report import report
    from benchmarks.storing import store_costs

    if args.texts:
        texts = [json.loads(line)["text"] for line in args.texts.read_text(encoding="utf-8").splitlines()[: args.articles]]
    else:
        texts = [SEED.read_text(encoding="utf-8")] * args.articles
    only = args.only or ("extraction", "build", "store")
    kept = pickle.loads(args.keep.read_bytes()) if args.keep and args.keep.exists() else {}  # noqa: S301  our own file
    found: dict[str, object] = {
        **kept,
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "rounds": args.rounds,
        "note": args.note,
    }
    if "extraction" in only:
        found["extraction"] = measured(extraction_speed, texts, args.rounds)
        found["shares"] = measured(build_shares, texts, args.rounds).value
    if args.megabyte:
        found["growth"] = measured(growth, texts).value
    if "build" in only:
        found["build"] = build_speed(texts, 2 * args.articles, args.pairs, args.engine)
        found["pairs"] = args.pairs
    if "store" in only:
        with tempfile.TemporaryDirectory() as folder:
            found["stores"] = [
                store_costs(Path(folder), size, check=size <= 100_000, rdflib=size <= 100_000) for size in sorted(args.sizes)
            ]
    if args.keep:
        args.keep.write_bytes(pickle.dumps(found))
    text = report(found)
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
