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

CORPORA = {
    "polnear-dev": ["score.py", "attribution"],
    "gum-news-dev": ["score.py", "entities"],
    "gum-other-train": ["score.py", "entities"],
    "knowledgenet-dev": ["score.py", "roles"],
    "news-roles-dev": ["news_roles.py"],
    "claims-dev": ["claims.py"],
    "quantities-dev": ["quantities.py"],
}


def quality_folder(given: str | None = None) -> Path | None:
    """The folder of labelled text, or None."""
    checkout = Path(__file__).resolve().parents[1]
    for folder in (given, os.environ.get("KG_QUALITY_DATA"), checkout.parent / "shared" / "quality"):
        if folder and (Path(folder) / "score.py").is_file():
            return Path(folder)
    return None


def figures(folder: Path, corpus: str, out: Path, engine: str | None = None) -> dict[str, float]:
    """Extract a corpus into `out` and score it with the scorer of the folder."""
    if not out.is_file():
        temporary = out.with_suffix(".part")
        command = [sys.executable, "-m", "kg", "extract", str(folder / f"{corpus}.jsonl"), "-q"]
        command += ["--attribution", engine] if engine else []
        with temporary.open("wb") as stream:
            done = subprocess.run(command, stdout=stream, check=False)
        if done.returncode not in {0, 4}:
            raise SystemExit(f"{corpus}: kg extract ended with {done.returncode}")
        temporary.replace(out)
    scorer, *rest = CORPORA[corpus]
    command = [sys.executable, str(folder / scorer), *rest, str(folder / f"{corpus}.jsonl"), str(out), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--only", nargs="+", choices=sorted(CORPORA), default=list(CORPORA))
    parser.add_argument("--attribution", help="engine, as kg extract takes it")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    folder = quality_folder(args.folder)
    if folder is None:
        raise SystemExit("no labelled text found: name its folder, or set KG_QUALITY_DATA")
    with tempfile.TemporaryDirectory() as scratch:
        keep = args.keep or Path(scratch)
        keep.mkdir(parents=True, exist_ok=True)
        result = {corpus: figures(folder, corpus, keep / f"{corpus}.jsonl", args.attribution) for corpus in args.only}
    print(json.dumps(result, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
