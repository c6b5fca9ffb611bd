"""How well stated agreement is found: whole texts through the default engine, and the newsroom against its gold.

    python scripts/score_agreements.py [--errors]

A stand is right if its relation and both speakers are right and one of its targets overlaps the statement meant. Errors of the unseen half are not printed.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from kg.extract.article import extract_article
from kg.extract.attribution import load_engine
from kg.extract.parse import load_pipeline
from kg.read import read_articles
from kg.records import Article, Extraction, Span
from kg.settings import Settings

ROOT = Path(__file__).parents[1]

type Stand = tuple[str, str, str, Span]


def stands(extraction: Extraction) -> list[tuple[set[str], set[str], str, list[Span]]]:
    """Names of the taker, names of the other, relation and statements meant, of each stand found."""
    names = {agent.id: {agent.name.lower(), *(alias.lower() for alias in agent.aliases)} for agent in extraction.agents}
    by_id = {one.id: one for one in extraction.attributions}
    return [
        (
            names.get(by_id[one.source].speaker or "", {""}),
            names.get(by_id[one.targets[0]].speaker or "", {""}),
            one.relation.value,
            [span for target in one.targets for span in by_id[target].content],
        )
        for one in extraction.agreements
    ]


def _named(wanted: str, names: set[str]) -> bool:
    return any(name and (name in wanted.lower() or wanted.lower() in name) for name in names)


def compare(extraction: Extraction, wanted: list[Stand]) -> tuple[int, list[Any], list[Stand]]:
    """How many are right, which are wrong, which are missing."""
    left, wrong, right = list(wanted), [], 0
    for taker, other, relation, spans in stands(extraction):
        hit = next(
            (
                w
                for w in left
                if _named(w[0], taker) and _named(w[1], other) and w[2] == relation and any(span.overlaps(w[3]) for span in spans)
            ),
            None,
        )
        if hit:
            left.remove(hit)
            right += 1
        else:
            wrong.append((taker, other, relation, [span.of(extraction.article.text) for span in spans]))
    return right, wrong, left


def main() -> None:
    """Print precision and recall of each part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    nlp, engine = load_pipeline(), load_engine(Settings().attribution)
    parts: dict[str, list[tuple[Article, list[Stand]]]] = {"seen": [], "unseen": [], "newsroom": []}
    with (ROOT / "tests" / "quality" / "labels" / "agreements.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            wanted = [(one["from"], one["to"], one["relation"], Span(*one["target"])) for one in row["gold"]]
            parts[row["split"]].append((Article(row["id"], row["text"]), wanted))
    gold = json.loads((ROOT / "examples" / "newsroom" / "gold.json").read_text(encoding="utf-8"))
    said = {(one["article"], one["id"]): one for one in gold["attributions"]}
    entity = {one["id"]: one for one in gold["entities"]}
    for article in read_articles([ROOT / "examples" / "newsroom" / "articles.jsonl"]):
        if isinstance(article, Article):
            wanted = []
            for one in (one for one in gold["agreements"] if one["article"] == article.id):
                ends = [said[article.id, one[end] if end == "from" else one[end][0]] for end in ("from", "to")]
                who = [entity[e["speaker"]]["names"][article.id][0] if e["speaker"] else e["speaker_words"] for e in ends]
                wanted.append((who[0], who[1], one["relation"], Span(ends[1]["content"][0]["start"], ends[1]["content"][-1]["end"])))
            parts["newsroom"].append((article, wanted))
    for part, texts in parts.items():
        right = found = total = 0
        for article, wanted in texts:
            extraction = extract_article(nlp, article, engine=engine)
            hits, wrong, missing = compare(extraction, wanted)
            right, found, total = right + hits, found + hits + len(wrong), total + len(wanted)
            if options.errors and part != "unseen" and (wrong or missing):
                print(f"  {article.text if part == 'seen' else article.id}\n      wrong {wrong}  missing {missing}")
        print(f"{part:9} precision {right / max(found, 1):.3f}  recall {right / max(total, 1):.3f}  found {found}  wanted {total}")


if __name__ == "__main__":
    main()
