#!/usr/bin/env python3
"""How far the confidence of attributions can be trusted: a table over ten bins, the expected calibration error, precision at high confidence.

    python scripts/calibration.py GOLD.jsonl OUT.jsonl [--scorer FOLDER] [--max-ece 0.05] [--min-precision 0.88]

OUT is what `kg extract GOLD.jsonl` wrote. An attribution is right if it matches a gold one as `attr` of the scorer asks: content IoU of at
least .5, and sources that agree. The expected calibration error (Naeini et al. 2015) is the mean distance of confidence and share of
right ones over ten bins of equal width, weighted by their sizes. Exit status 1 if a bound given is missed.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path

BINS = 10
HIGH = 0.8


def judged(gold: Path, output: Path, scorer: Path) -> list[tuple[float, bool]]:
    """(confidence, right) of every attribution of the output."""
    sys.path.insert(0, str(scorer))
    attribution = importlib.import_module("scoring.attribution")
    common = importlib.import_module("scoring.common")
    documents, found = common.load(gold), common.load(output)
    result = []
    for key, document in documents.items():
        page = attribution.Page(document["text"])
        wanted = [view for view in map(page.view, document["gold"]["attributions"]) if view["content"]]
        made = found.get(key, {}).get("attributions", [])
        views = [(page.view(one), one["confidence"]) for one in made]
        views = [(view, confidence) for view, confidence in views if view["content"]]
        pairs = attribution.pair(wanted, [view for view, _ in views], attribution.CONDITIONS["attr"])
        right = {id(view) for _, view in pairs}
        result += [(confidence, id(view) in right) for view, confidence in views]
    return result


def bins(pairs: Iterable[tuple[float, bool]]) -> list[list[tuple[float, bool]]]:
    """The pairs by tenth of confidence."""
    table: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in pairs:
        table[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return table


def calibration_error(pairs: list[tuple[float, bool]]) -> float:
    """The expected calibration error; 0 for nothing.

    >>> calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)])
    0.0
    """
    total = 0.0
    for one in bins(pairs):
        if one:
            total += abs(sum(confidence for confidence, _ in one) - sum(right for _, right in one))
    return total / len(pairs) if pairs else 0.0


def precision_at(pairs: list[tuple[float, bool]], bound: float = HIGH) -> tuple[float, int]:
    """Share of right ones among those at least as sure as `bound`, and how many they are."""
    sure = [right for confidence, right in pairs if confidence >= bound]
    return (sum(sure) / len(sure) if sure else 0.0), len(sure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--scorer", type=Path, help="folder of score.py; the gold's own by default")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--max-ece", type=float, default=1.0)
    parser.add_argument("--min-precision", type=float, default=0.0)
    args = parser.parse_args()
    pairs = judged(args.gold, args.output, args.scorer or args.gold.parent)
    error, (precision, sure) = calibration_error(pairs), precision_at(pairs)
    if args.json:
        print(json.dumps({"ece": error, "precision.8": precision, "sure": sure, "n": len(pairs)}))
    else:
        print("confidence      n  mean conf  right")
        for number, one in enumerate(bins(pairs)):
            if one:
                mean, right = sum(c for c, _ in one) / len(one), sum(r for _, r in one) / len(one)
                print(f"{number / BINS:.1f} to {(number + 1) / BINS:.1f} {len(one):6d}  {mean:9.3f}  {right:5.3f}")
        print(f"expected calibration error {error:.3f}; at {HIGH} and above {sure} of {len(pairs)}, {precision:.3f} right")
    sys.exit(int(error > args.max_ece or precision < args.min_precision))


if __name__ == "__main__":
    main()
