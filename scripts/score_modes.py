#!/usr/bin/env python3
"""Mode and `said` of attributions against the hand labels in tests/quality/labels.

    python scripts/score_modes.py GOLD.jsonl OUT.jsonl [--errors]

GOLD is the corpus file the labels point into (for its text), OUT what `kg extract GOLD.jsonl` wrote. A label and an attribution are paired
one to one where the IoU of their content words is at least .5, best first. Unsure labels are paired, then left out. A label `none` is met
if the output calls it an attitude or has nothing there.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

LABELS = Path(__file__).resolve().parents[1] / "tests" / "quality" / "labels" / "attribution-modes.jsonl"
WORD = re.compile(r"\w+")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def words(text: str, spans: list[list[int]]) -> set[int]:
    return {match.start() for low, high in spans for match in WORD.finditer(text, low, high)}


def paired(text: str, labels: list[dict[str, Any]], made: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each label with its attribution or None."""
    left = [words(text, label["content"]) for label in labels]
    right = [words(text, one["content"]) for one in made]
    options = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            shared = len(a & b)
            if shared and shared / len(a | b) >= 0.5:
                options.append((-shared / len(a | b), i, j))
    partner: dict[int, int] = {}
    for _, i, j in sorted(options):
        if i not in partner and j not in partner.values():
            partner[i] = j
    return [(label, made[partner[i]] if i in partner else None) for i, label in enumerate(labels)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--errors", action="store_true", help="print each disagreement with its words")
    args = parser.parse_args()
    texts = {document["id"]: document["text"] for document in lines(args.gold)}
    made = {document["id"]: document["attributions"] for document in lines(args.output)}
    by_document = defaultdict(list)
    for label in lines(LABELS):
        by_document[label["doc"]].append(label)
    table: dict[str, Counter[tuple[str, str]]] = {"mode": Counter(), "said": Counter()}
    found = sure = 0
    for document, labels in by_document.items():
        for label, one in paired(texts[document], labels, made.get(document, [])):
            if label["unsure"]:
                continue
            sure += 1
            if label["mode"] == "none":
                table["mode"]["none", one["mode"] if one else "nothing"] += 1
                continue
            if one is None:
                continue
            found += 1
            for key, counts in table.items():
                counts[label[key], one[key]] += 1
                if args.errors and label[key] != one[key]:
                    cue = " ".join(texts[document][a:b] for a, b in one["cue"])
                    content = " ".join(texts[document][a:b] for a, b in one["content"])
                    print(f"{key}\t{label[key]}\t{one[key]}\t{cue}\t{content[:120]}")
    print(f"{sure} sure labels, {found} with an attribution")
    for key, counts in table.items():
        values = sorted({a for a, _ in counts} | {b for _, b in counts})
        scored = Counter({pair: n for pair, n in counts.items() if pair[0] != "none"})
        right = sum(n for (a, b), n in scored.items() if a == b)
        print(f"{key}: accuracy {right / max(1, sum(scored.values())):.3f}")
        for value in values:
            hit = counts[value, value]
            made_so, labelled = sum(n for (_, b), n in counts.items() if b == value), sum(n for (a, _), n in counts.items() if a == value)
            print(f"  {value:13} precision {hit}/{made_so}  recall {hit}/{labelled}")


if __name__ == "__main__":
    main()
