#!/usr/bin/env python3
"""How many triples an attribution takes in its article's graph: itself, its claim, its figures, and the spans they stand on.

    python scripts/count_triples.py EXTRACTIONS.jsonl [--max 45]

EXTRACTIONS is what `kg extract` wrote. Agents, roles, the article's own figures and what articles share (topics, ways of judging) are nobody's; a span that two
attributions share counts for both, without what it says as an agent's mention. Prints the median, the mean and the most; with --max the exit status is 1 if the
median is above.
"""

import argparse
import statistics
from collections import defaultdict
from pathlib import Path

from kg.graph.mapping import to_quads
from kg.interchange import from_json

KINDS = {"Utterance", "Belief", "Attitude"}
SHARED = {"NewsArticle", "ReportedAgent", "Membership"}
OF_MENTIONS = {"mentionForm", "refersTo", "rule", "confidence"}


def last(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def sizes(line: str) -> list[int]:
    """The triples of each attribution of an extraction, as one line of JSON."""
    about, kinds = defaultdict(list), defaultdict(set)
    for quad in to_quads(from_json(line), base="urn:kg:"):
        if ":article/" not in quad.graph_name.value:
            continue
        predicate = last(quad.predicate.value)
        about[quad.subject.value].append((predicate, quad.object.value))
        if predicate == "type":
            kinds[quad.subject.value].add(last(quad.object.value))
    statements = {node for node, types in kinds.items() if types & KINDS}
    shared = {node for node, types in kinds.items() if types & SHARED} | statements
    claims = defaultdict(list)
    for node, facts in about.items():
        for predicate, value in facts:
            if predicate == "appearance":
                claims[value].append(node)
    found = []
    for statement in sorted(statements):
        todo = [statement, *claims[statement]]
        seen, count = set(todo), 0
        while todo:
            node = todo.pop()
            span = node not in kinds
            for predicate, value in about[node]:
                count += not (span and predicate in OF_MENTIONS)
                if value in about and value not in seen | shared:
                    seen.add(value)
                    todo.append(value)
        found.append(count)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extractions", type=Path)
    parser.add_argument("--max", type=float)
    args = parser.parse_args()
    found = [size for line in args.extractions.read_text(encoding="utf-8").splitlines() for size in sizes(line)]
    median = statistics.median(found)
    print(f"{len(found)} attributions: median {median:g} triples, mean {statistics.mean(found):.1f}, most {max(found)}")
    return int(args.max is not None and median > args.max)


if __name__ == "__main__":
    raise SystemExit(main())
