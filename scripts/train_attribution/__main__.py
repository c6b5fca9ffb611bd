"""Trains the attribution tagger and exports it for the runtime.

    python -m scripts.train_attribution train DATA.jsonl ENCODER OUT [--epochs 5 --seed 1 ...]
    python -m scripts.train_attribution export OUT/final.pt ENCODER FOLDER --version 1
    python -m scripts.train_attribution calibrate DATA.jsonl FOLDER --held-back 5 [--into FOLDER --level TEXTS.jsonl]

DATA.jsonl has one article a line, `text` and `gold.attributions` (or `attributions`), each attribution with `source`, `cue` and `content`,
lists of [start, end) code-point offsets. Calibration wants a model trained with `--held-back N`: it judges the model on the articles left out then, fits the
confidence on them, and writes its weights into the settings of that model or of another trained alike on everything. ENCODER is a folder with `model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2.
"""

import argparse
import dataclasses
from pathlib import Path

from scripts.train_attribution.plan import Plan


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.train_attribution", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train", help="train, leaving a checkpoint an epoch and final.pt in OUT")
    training.add_argument("data", type=Path)
    training.add_argument("encoder", type=Path)
    training.add_argument("out", type=Path)
    training.add_argument("--start", type=Path, help="checkpoint to go on from, instead of the bare encoder")
    for field in dataclasses.fields(Plan):
        training.add_argument(
            f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default, help=f"default {field.default}"
        )
    exporting = commands.add_parser("export", help="write the int8 ONNX model, vocabulary and settings into FOLDER")
    exporting.add_argument("checkpoints", type=Path, nargs="+", help="a checkpoint, or several whose weights are averaged")
    exporting.add_argument("encoder", type=Path)
    exporting.add_argument("folder", type=Path)
    exporting.add_argument("--version", required=True)
    exporting.add_argument("--full", action="store_true", help="also keep the unquantised model, for comparison")
    calibrating = commands.add_parser("calibrate", help="fit the confidence on articles that training left out")
    calibrating.add_argument("data", type=Path)
    calibrating.add_argument("folder", type=Path, help="exported model trained with --held-back")
    calibrating.add_argument("--held-back", type=int, required=True)
    calibrating.add_argument("--into", type=Path, help="folder of the model that gets the weights; by default the same")
    calibrating.add_argument(
        "--level", type=Path, help="unlabelled articles that no model has seen, to make the other as sure on as this one"
    )
    calibrating.add_argument("--judge", type=Path, help="labelled articles to report the calibration of the result on")
    arguments = vars(parser.parse_args())
    command = arguments.pop("command")
    if command == "train":
        from scripts.train_attribution.train import train

        places = {name: arguments.pop(name) for name in ("data", "encoder", "out", "start")}
        train(**places, plan=Plan(**arguments))
    elif command == "export":
        from scripts.train_attribution.export import export

        export(**arguments)
    else:
        from scripts.train_attribution.calibrate import calibrate

        calibrate(**arguments)


if __name__ == "__main__":
    main()
