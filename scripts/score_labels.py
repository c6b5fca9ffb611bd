#!/usr/bin/env python3
"""The extraction scored on the sentences of our own in tests/quality/labels, with the scorers of the quality kit.

    python scripts/score_labels.py {quantities,claims} --half {seen,unseen} [--draw {1,2}] [QUALITY_FOLDER] [--errors]

The seen half is for building; of the unseen half only the figures are looked at, and seldom: --errors is refused there.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from evaluate import quality_folder

LABELS = Path(__file__).resolve().parents[1] / "tests" / "quality" / "labels"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", choices=["quantities", "claims"])
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--half", choices=["seen", "unseen"], required=True)
    parser.add_argument("--draw", type=int, help="only the labels of this draw (quantities have two)")
    parser.add_argument("--errors", action="store_true", help="list what is wrong, of the seen half")
    args = parser.parse_args()
    if args.errors and args.half == "unseen":
        parser.error("the errors of the unseen half are not to be looked at")
    folder = quality_folder(args.folder)
    if folder is None:
        raise SystemExit("no quality kit found: name its folder, or set KG_QUALITY_DATA")
    rows = [json.loads(line) for line in (LABELS / f"{args.labels}.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["split"] == args.half and args.draw in {None, row.get("draw", 1)}]
    if args.labels == "claims":
        rows = [{**row, "gold": {"attributions": [{**row["gold"], "unsure": False}]}} for row in rows]
    with tempfile.TemporaryDirectory() as scratch:
        gold, out = Path(scratch) / "gold.jsonl", Path(scratch) / "out.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        with out.open("wb") as stream:
            subprocess.run([sys.executable, "-m", "kg", "extract", str(gold), "-q"], stdout=stream, check=True)
        command = [sys.executable, str(folder / f"{args.labels}.py"), str(gold), str(out), *(["--errors"] if args.errors else [])]
        raise SystemExit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    main()
