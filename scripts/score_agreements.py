"""How well stated agreement is found: whole texts through the default engine, and the newsroom against its gold.

    python scripts/score_agreements.py [--errors]

A stand is right if its relation and both speakers are right and one of its targets overlaps the statement meant. Errors of the unseen half are not printed.
"""

import argparse
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.extract.article import extract_article
from kg.extract.attribution import Engine, load_engine
from kg.extract.parse import load_pipeline
from kg.read import read_articles
from kg.records import Article, Extraction, Span
from kg.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language

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


type Text = tuple[Article, list[Stand]]


@dataclass(frozen=True, slots=True)
class Score:
    """How many stands are right, found and wanted; and a line for each text that is not all right."""

    right: int
    found: int
    wanted: int
    errors: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of the stands found, the share that is right."""
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        """Of the stands wanted, the share that is found."""
        return self.right / max(self.wanted, 1)


def labelled() -> dict[str, list[Text]]:
    """The texts with the stands in them, by part: seen, unseen, each of the second draw too, newsroom."""
    parts: dict[str, list[Text]] = {part: [] for part in ("seen", "unseen", "seen-2", "unseen-2", "newsroom")}
    with (ROOT / "tests" / "quality" / "labels" / "agreements.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            wanted = [(one["from"], one["to"], one["relation"], Span(*one["target"])) for one in row["gold"]]
            parts[row["split"] + ("-2" if "draw" in row else "")].append((Article(row["id"], row["text"]), wanted))
    gold = json.loads((ROOT / "examples" / "newsroom" / "gold.json").read_text(encoding="utf-8"))
    said = {(one["article"], one["id"]): one for one in gold["attributions"]}
    entity = {one["id"]: one for one in gold["entities"]}
    for article in read_articles([ROOT / "examples" / "newsroom" / "articles.jsonl"]):
        if isinstance(article, Article):
            wanted = []
            for one in (one for one in gold["agreements"] if one["article"] == article.id):
                ends = [said[article.id, key] for key in (one["from"], one["to"][0])]
                who = [entity[end["speaker"]]["names"][article.id][0] if end["speaker"] else end["speaker_words"] for end in ends]
                wanted.append((who[0], who[1], one["relation"], Span(ends[1]["content"][0]["start"], ends[1]["content"][-1]["end"])))
            parts["newsroom"].append((article, wanted))
    return parts


@cache
def _loaded() -> tuple["Language", Engine]:
    return load_pipeline(), load_engine(Settings().attribution)


def score(texts: list[Text]) -> Score:
    """What the default engine finds in the texts, against the labels."""
    nlp, engine = _loaded()
    right = found = total = 0
    errors = []
    for article, wanted in texts:
        hits, wrong, missing = compare(extract_article(nlp, article, engine=engine), wanted)
        right, found, total = right + hits, found + hits + len(wrong), total + len(wanted)
        if wrong or missing:
            errors.append(f"{article.id}: wrong {wrong}, missing {missing}")
    return Score(right, found, total, tuple(errors))


def main() -> None:
    """Print precision and recall of each part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    for part, texts in labelled().items():
        result = score(texts)
        print(f"{part:9} precision {result.precision:.3f}  recall {result.recall:.3f}  found {result.found}  wanted {result.wanted}")
        if options.errors and not part.startswith("unseen"):
            print("\n".join(f"  {line}" for line in result.errors))


if __name__ == "__main__":
    main()
