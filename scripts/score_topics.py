"""How well the topics of claims are found: precision and recall of labels on the project's own labels.

    python scripts/score_topics.py [--errors] [--split seen|unseen]

Claims are taken at their labelled offsets, so that the engine that finds attributions has no part in the figures. Precision: labels given that are among
`topics` or `may`; recall: labels of `topics` that are given. Errors of the unseen half are not printed.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from kg.extract.attribution import FoundAttribution
from kg.extract.parse import load_pipeline, parse_article
from kg.extract.people.joining import gather
from kg.extract.people.names import find_names
from kg.extract.topics import find_topics
from kg.records import Article, AttributionKind, Said, Span, SpeechMode, TopicLabel

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "tests" / "quality" / "labels"


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of labels."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def found(doc: Any, claims: list[dict[str, Any]]) -> tuple[tuple[TopicLabel, ...], ...]:
    """The topics of claims at their labelled offsets."""
    statements = [
        FoundAttribution(
            (),
            (),
            tuple(Span(*piece) for piece in claim["content"]),
            None,
            None,
            SpeechMode.SPEECH,
            AttributionKind.INDIRECT,
            Said.ASSERTED,
            "gold",
            1.0,
        )
        for claim in claims
    ]
    cast = gather(doc, tuple(find_names(doc, [])))
    return find_topics(doc, statements, cast)


def figures(judged: list[tuple[dict[str, Any], tuple[TopicLabel, ...]]]) -> dict[str, float]:
    """Precision, recall and F1 of labels, and how many a claim has."""
    given = right = wanted = hit = 0
    for claim, topics in judged:
        labels = {topic.label.lower() for topic in topics}
        must = {topic.lower() for topic in claim["topics"]}
        given += len(labels)
        right += len(labels & (must | {topic.lower() for topic in claim["may"]}))
        wanted += len(must)
        hit += len(labels & must)
    precision, recall = right / max(given, 1), hit / max(wanted, 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "a claim": given / max(len(judged), 1),
        "claims": len(judged),
    }


def judged(nlp: Any) -> dict[str, list[tuple[dict[str, Any], tuple[TopicLabel, ...]]]]:
    """Every labelled claim with the topics found, by part: seen, unseen, newsroom."""
    parts: dict[str, list[tuple[dict[str, Any], tuple[TopicLabel, ...]]]] = {"seen": [], "unseen": [], "newsroom": []}
    for line in rows(LABELS / "topics.jsonl"):
        doc = parse_article(nlp, Article(line["id"], line["text"]))
        for claim, topics in zip(line["gold"], found(doc, line["gold"]), strict=True):
            parts[line["split"]].append(({**claim, "text": line["text"]}, topics))
    labels = rows(LABELS / "newsroom-topics.jsonl")
    for article in rows(ROOT / "examples" / "newsroom" / "articles.jsonl"):
        claims = [line for line in labels if line["article"] == article["id"]]
        doc = parse_article(nlp, Article(article["id"], article["text"]))
        for claim, topics in zip(claims, found(doc, claims), strict=True):
            parts["newsroom"].append(({**claim, "text": article["text"]}, topics))
    return parts


def main() -> None:
    """Print the figures, and on request what was wrong and what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    for part, claims in judged(load_pipeline()).items():
        line = "  ".join(f"{name} {value:.3f}" for name, value in figures(claims).items())
        print(f"{part:9} {line}")
        rules: dict[str, list[bool]] = {}
        for claim, topics in claims:
            good = {topic.lower() for topic in (*claim["topics"], *claim["may"])}
            for topic in topics:
                rules.setdefault(topic.rule, []).append(topic.label.lower() in good)
        print("          " + "  ".join(f"{rule} {sum(ok) / len(ok):.2f} of {len(ok)}" for rule, ok in sorted(rules.items())))
        if options.errors and part != "unseen":
            for claim, topics in claims:
                labels = [topic.label for topic in topics]
                good = {topic.lower() for topic in (*claim["topics"], *claim["may"])}
                wrong = [label for label in labels if label.lower() not in good]
                missing = [topic for topic in claim["topics"] if topic.lower() not in {label.lower() for label in labels}]
                if wrong or missing:
                    words = " [...] ".join(claim["text"][start:end] for start, end in claim["content"])
                    print(f"  {words}\n      wrong {wrong}  missing {missing}  given {labels}")


if __name__ == "__main__":
    main()
