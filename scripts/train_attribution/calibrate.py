"""Fits the confidence of attributions: a logistic regression over the signs that the runtime reads off the tagger's scores.

The event is that an attribution matches a labelled one: at least half of the content words of the two together are shared, and the sources
share a word or are both empty; each labelled attribution can be matched once.
"""

import dataclasses
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.attribution.confidence import confidence
from kg.extract.attribution.tagger import SETTINGS_FILE, AttributionModel, load_attribution_model, tag_with_signs

BINS = 10
RIDGE = 1.0  # pull of the weights of the standardised signs towards zero
ROUNDS = 30
LEAST = 0.35  # less likely attributions are not reported: near the best F1, and what is left out is mostly acts


def calibrate(
    data: Path, folder: Path, held_back: int, *, into: Path | None = None, level: Path | None = None, judge: Path | None = None
) -> None:
    """Fit on the articles of `data` that a model trained with `--held-back` has not seen; write the weights into the settings of `into`.

    A model trained for longer is surer of itself without being right as much more often. So, given texts that neither model has seen in
    `level` (without labels), the weights are scaled and shifted until `into` is on the whole as sure on them as the held-back model is.
    """
    model = dataclasses.replace(load_attribution_model(folder), least=0.0)
    records = [record for number, record in enumerate(_records(data)) if number % held_back == 0]
    signs, right = observe(records, model)
    weights = fit(signs, right)
    _report("held-back articles", signs, right, weights)
    if level and into:
        weights = levelled(weights, _records(level), model, dataclasses.replace(load_attribution_model(into), least=0.0))
    path = (into or folder) / SETTINGS_FILE
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["confidence"] = [round(float(weight), 5) for weight in weights]
    settings["least"] = LEAST
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    temporary.rename(path)
    if judge:
        final = load_attribution_model(into or folder)
        _report(judge.name, *observe(_records(judge), final), weights)
        _report(f"{judge.name}, unlikely ones too", *observe(_records(judge), dataclasses.replace(final, least=0.0)), weights)


def _records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def observe(records: Sequence[dict[str, Any]], model: AttributionModel) -> tuple[np.ndarray, np.ndarray]:
    """Signs of every attribution that the model finds, and whether it is right."""
    signs, right = [], []
    for record in records:
        found = tag_with_signs(record["text"], model)
        gold = record.get("gold", record)["attributions"]
        views = [{"source": raw.source, "content": raw.content} for raw, _ in found]
        right += matches(record["text"], gold, views)
        signs += [sign for _, sign in found]
    return np.array(signs), np.array(right)


def matches(text: str, gold: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> list[bool]:
    """Whether each found attribution matches a labelled one, best overlap first, one to one."""
    starts = np.array([m.start() for m in re.finditer(r"\w+", text)])
    ends = np.array([m.end() for m in re.finditer(r"\w+", text)])

    def words(spans: Sequence[Sequence[int]]) -> set[int]:
        return {n for s, e in spans for n in range(np.searchsorted(ends, s, side="right"), np.searchsorted(starts, e))}

    ours, theirs = ([(words(a["content"]), words(a.get("source") or [])) for a in side] for side in (found, gold))
    pairs = []
    for i, (content, source) in enumerate(ours):
        for j, (other, other_source) in enumerate(theirs):
            shared = len(content & other)
            if shared and 2 * shared >= len(content | other) and (source & other_source or not (source or other_source)):
                pairs.append((-shared / len(content | other), j, i))
    result, used = [False] * len(found), set()
    for _, j, i in sorted(pairs):
        if j not in used and not result[i]:
            used.add(j)
            result[i] = True
    return result


def fit(signs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """A constant and a weight for each sign, by Newton's method on the ridge-penalised likelihood."""
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    columns = np.column_stack([np.ones(len(signs)), (signs - mean) / spread])
    weights = np.zeros(columns.shape[1])
    penalty = RIDGE * np.eye(len(weights))
    penalty[0, 0] = 0
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (right - chance) - penalty @ weights
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + penalty
        weights += np.linalg.solve(curve, slope)
    scaled = weights[1:] / spread
    return np.concatenate([[weights[0] - scaled @ mean], scaled])


def levelled(weights: np.ndarray, records: Sequence[dict[str, Any]], held: AttributionModel, final: AttributionModel) -> np.ndarray:
    """`weights` with which the log-odds of `final` over unlabelled `records` have the mean and spread that those of `held` have."""
    odds = []
    for model in (held, final):
        signs = np.array([sign for record in records for _, sign in tag_with_signs(record["text"], model)])
        odds.append(weights[0] + signs @ weights[1:])
    scale = odds[0].std() / odds[1].std()
    result = weights * scale
    result[0] += odds[0].mean() - scale * odds[1].mean()
    return result


def calibration_error(chances: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten equal bins."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [abs(chances[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum() for b in range(BINS) if (bins == b).any()]
    return float(sum(gaps) / len(chances))


def _report(name: str, signs: np.ndarray, right: np.ndarray, weights: np.ndarray) -> None:
    chances = np.array([confidence(sign, weights.tolist()) for sign in signs])
    sure = chances >= 0.8
    print(
        f"{name}: {len(right)} attributions, {right.mean():.3f} right; calibration error {calibration_error(chances, right):.3f}; "
        f"precision {right[sure].mean():.3f} of the {sure.sum()} at confidence 0.8 or more",
        file=sys.stderr,
    )
