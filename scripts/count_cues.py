#!/usr/bin/env python3
"""Counts how often each cue, with each kind of content, is an attribution, and how much its circumstances tell.

    python scripts/count_cues.py polnear-train.jsonl [--parses train.spacy] [--out kg/lexicon/cue_frames.tsv]

Writes one row for each word, part of speech and frame: how often it was seen and how often that was an attribution ("*" stands for all words
together), and prints the log-odds for `CONTEXTS` in kg/extract/attribution/weighing.py. Lemmas and counts only: no text goes into the table.
The parses are read from the file named if it is there, else made and kept there.
"""

import argparse
import collections
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc, DocBin

from kg.extract.attribution.candidates import Candidate, every_candidate, likely_candidates
from kg.extract.attribution.cues import cue_table
from kg.extract.attribution.rules import chances_around, finished, quoted
from kg.extract.attribution.weighing import CONTEXTS, forget_counts, lexicon_frame, rate
from kg.extract.parse import load_pipeline, parse_article
from kg.extract.quotations import Quotation, find_quotations
from kg.records import Article

LEAST_SEEN = 4
LEAST_RATE = 0.15
LEAST_FITTED = 0.2
RIDGE = 1.0
SOURCE = "PolNeAR 1.0.0, train"
MARKS = frozenset("\"“”„«»'`")
TABLE = Path(__file__).resolve().parents[1] / "kg" / "lexicon" / "cue_frames.tsv"

type Gold = list[dict[str, list[set[int]]]]


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--parses", type=Path)
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args()
    records = [json.loads(line) for line in options.labelled.read_text(encoding="utf-8").splitlines()]
    docs = parsed(records, options.parses)
    counts: dict[tuple[str, str, str], list[int]] = collections.defaultdict(lambda: [0, 0])
    for doc, gold in zip(docs, map(gold_of, records), strict=True):
        quotations = find_quotations(doc.text)
        inside = set().union(*(piece for one in gold for piece in (*one["content"], *one["quoted"])))
        for candidate in every_candidate(doc, quotations):
            if quoted(candidate, quotations) or candidate.cue.idx in inside:
                continue
            right = is_right(doc, quotations, candidate, gold)
            for lemma in (candidate.lemma, "*"):
                count = counts[lemma, candidate.pos, candidate.frame]
                count[0] += 1
                count[1] += right
    rows = [
        f"{lemma}\t{pos}\t{frame}\t{seen}\t{right}\t{SOURCE}\n"
        for (lemma, pos, frame), (seen, right) in sorted(counts.items())
        if kept(lemma, pos, frame, seen, right)
    ]
    options.out.write_text("lemma\tpos\tframe\tseen\tright\tsource\n" + "".join(rows), encoding="utf-8")
    print(f"{len(rows)} rows in {options.out}")
    forget_counts()
    fit_contexts(docs, records)


def parsed(records: list[dict[str, Any]], cache: Path | None) -> list[Doc]:
    """The parses of the texts."""
    nlp = load_pipeline()
    if cache is not None and cache.is_file():
        return list(DocBin().from_disk(cache).get_docs(nlp.vocab))
    docs = [parse_article(nlp, Article(str(record["id"]), record["text"])) for record in records]
    if cache is not None:
        DocBin(docs=docs, store_user_data=False).to_disk(cache)
    return docs


def gold_of(record: dict[str, Any]) -> Gold:
    """Attributions as sets of the offsets of letters and digits, piece by piece; `quoted` are those pieces of the content that open with a mark."""
    text = record["text"]
    return [
        {
            "source": [letters(text, start, end) for start, end in one["source"]],
            "content": [letters(text, start, end) for start, end in one["content"] if text[start] not in MARKS],
            "quoted": [letters(text, start, end) for start, end in one["content"] if text[start] in MARKS],
        }
        for one in record["gold"]["attributions"]
    ]


def letters(text: str, start: int, end: int) -> set[int]:
    """Offsets of the letters and digits between two offsets."""
    return {place for place in range(start, end) if text[place].isalnum()}


def is_right(doc: Doc, quotations: tuple[Quotation, ...], candidate: Candidate, gold: Gold) -> bool:
    """Whether the candidate is an attribution of the gold: half of the content is the same and the sources touch.

    Quotations that the candidate does not touch do not count: one that runs on is joined to it later.
    """
    one = finished(doc, quotations, candidate)
    if one is None:
        return False
    text = doc.text
    content, source = (set().union(*(letters(text, span.start, span.end) for span in spans)) for spans in (one.content, one.source))
    for other in gold:
        touched = set().union(*other["content"], *(piece for piece in other["quoted"] if piece & content))
        if touched & content and 2 * len(touched & content) >= len(touched | content):
            theirs = set().union(*other["source"])
            if theirs & source or not (theirs or source):
                return True
    return False


def kept(lemma: str, pos: str, frame: str, seen: int, right: int) -> bool:
    """Whether the pair says something that the lexicon alone does not."""
    if lemma == "*":
        return right > 0
    listed = any(lexicon_frame(frame) in cue.frames for cue in cue_table().get((lemma, pos), ()))
    return seen >= LEAST_SEEN and lemma.isalpha() and (listed or (right >= 2 and right >= LEAST_RATE * seen))


def fit_contexts(docs: list[Doc], records: list[dict[str, Any]]) -> None:
    """Print the log-odds of each circumstance, by logistic regression with the table's own log-odds as given."""
    names = list(CONTEXTS)
    signs, given, truth = [], [], []
    for doc, gold in zip(docs, map(gold_of, records), strict=True):
        quotations = find_quotations(doc.text)
        for candidate, nested in with_nesting(doc, quotations):
            chance = min(max(rate(candidate.lemma, candidate.pos, candidate.frame), 0.02), 0.98)
            contexts = candidate.contexts | ({"nested"} if nested else set())
            signs.append([float(name in contexts) for name in names])
            given.append(np.log(chance / (1 - chance)))
            truth.append(float(is_right(doc, quotations, candidate, gold)))
    x, offset, y = np.array(signs), np.array(given), np.array(truth)
    x = np.column_stack([x, np.ones(len(x))])
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-(x @ weights + offset)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(hessian, x.T @ (y - p) - RIDGE * weights)
    for name, weight, column in zip([*names, "(constant)"], weights, x.T, strict=True):
        print(f"{name:16} {weight:6.2f}   seen {int(column.sum())}, right {int(column @ y)}")


def with_nesting(doc: Doc, quotations: tuple[Quotation, ...]) -> Iterator[tuple[Candidate, bool]]:
    """The likely candidates outside quotations, and whether each stands in the content of another."""
    likely = [
        one
        for one in likely_candidates(doc, quotations)
        if rate(one.lemma, one.pos, one.frame) > LEAST_FITTED and not quoted(one, quotations)
    ]
    yield from ((one, chance > 0.5) for one, chance in zip(likely, chances_around(doc, likely), strict=True))


if __name__ == "__main__":
    main()
