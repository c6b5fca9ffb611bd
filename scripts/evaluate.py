#!/usr/bin/env python3
"""Scores the extraction on every labelled dev file and prints one JSON object of figures.

    python scripts/evaluate.py [QUALITY_FOLDER] [--only polnear-dev gum-news-dev ...] [--keep FOLDER]

The folder is `KG_QUALITY_DATA`, else `../shared/quality` beside the checkout. With --keep the extractions stay in FOLDER.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SCORERS = {
    "polnear-dev": ["score.py", "attribution"],
    "gum-news-dev": ["score.py", "entities"],
    "gum-other-train": ["score.py", "entities"],
    "knowledgenet-dev": ["score.py", "roles"],
    "news-roles-dev": ["news_roles.py"],
    "roles-train": ["news_roles.py"],
    "claims-dev": ["claims.py"],
    "quantities-dev": ["quantities.py"],
}
LABELS = Path(__file__).resolve().parents[1] / "tests" / "quality" / "labels" / "roles.jsonl"
RUNS = [*SCORERS, "polnear-dev rules"]
"""A corpus with the default engine, or a corpus and an engine."""


def quality_folder(given: str | None = None) -> Path | None:
    """The folder of labelled text, or None."""
    checkout = Path(__file__).resolve().parents[1]
    for folder in (given, os.environ.get("KG_QUALITY_DATA"), checkout.parent / "shared" / "quality"):
        if folder and (Path(folder) / "score.py").is_file():
            return Path(folder)
    return None


def corpus_file(folder: Path, corpus: str, keep: Path) -> Path:
    """The labelled file of a corpus; that of our own labels is put together from their offsets and the text they are labels of."""
    if corpus != "roles-train":
        return folder / f"{corpus}.jsonl"
    made = keep / f"{corpus}-gold.jsonl"
    if not made.is_file():
        with (folder / "polnear-train.jsonl").open(encoding="utf-8") as lines:
            texts = {document["id"]: document["text"] for document in map(json.loads, lines)}
        with LABELS.open(encoding="utf-8") as lines:
            rows = [_labelled(row, texts[row["document"]]) for row in map(json.loads, lines)]
        made.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return made


def _labelled(row: dict, text: str) -> dict:
    """A line of `labels/roles.jsonl` in the form of the kit's `news-roles-dev.jsonl`."""
    text = text[row["start"] : row["end"]]
    roles = [role | {"title_text": text[slice(*role["title"])] if role["title"] else None, "note": ""} for role in row["roles"]]
    spans = {key: sorted({tuple(role[key]) for role in roles if role[key]}) for key in ("person", "organisation")}
    return {"id": row["id"], "text": text, "gold": {"roles": roles, "persons": spans["person"], "organisations": spans["organisation"]}}


def output_of(folder: Path, run: str, keep: Path) -> Path:
    """The extraction of a run, made in the folder `keep` unless it is there."""
    corpus, _, engine = run.partition(" ")
    out = keep / f"{run.replace(' ', '-')}.jsonl"
    if not out.is_file():
        temporary = out.with_suffix(".part")
        command = [sys.executable, "-m", "kg", "extract", str(corpus_file(folder, corpus, keep)), "-q"]
        command += ["--attribution", engine] if engine else []
        with temporary.open("wb") as stream:
            done = subprocess.run(command, stdout=stream, check=False)
        if done.returncode not in {0, 4}:
            raise SystemExit(f"{run}: kg extract ended with {done.returncode}")
        temporary.replace(out)
    return out


def figures(folder: Path, run: str, keep: Path) -> dict[str, float]:
    """Extract a corpus, keep the output, and score it with the scorer of the folder."""
    out = output_of(folder, run, keep)
    corpus = run.split(" ", maxsplit=1)[0]
    scorer, *rest = SCORERS[corpus]
    command = [sys.executable, str(folder / scorer), *rest, str(corpus_file(folder, corpus, keep)), str(out), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--only", nargs="+", choices=sorted(RUNS), default=RUNS)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    folder = quality_folder(args.folder)
    if folder is None:
        raise SystemExit("no labelled text found: name its folder, or set KG_QUALITY_DATA")
    with tempfile.TemporaryDirectory() as scratch:
        keep = args.keep or Path(scratch)
        keep.mkdir(parents=True, exist_ok=True)
        result = {run: figures(folder, run, keep) for run in args.only}
    print(json.dumps(result, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
