"""The trained tagger: who is said to say what, by a small encoder run through ONNX.

It needs onnxruntime and numpy, and a folder with `tagger.int8.onnx`, `vocab.txt` and `settings.json`. It needs no parse.

    >>> model = load_attribution_model()  # doctest: +SKIP
    >>> text = "Prices will rise, the minister said."
    >>> [found] = tag_attributions(text, model)  # doctest: +SKIP
    >>> [text[start:end] for start, end in found.source]  # doctest: +SKIP
    ['the minister']

Known limits:

1. A word has one role, so an attribution inside the content of another is found, or the outer one, but not both in full.
2. Links reach as far as a window, about 190 words.
3. English, cased and punctuated; it learned on news of American politics.
"""

import bisect
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extract.attribution.confidence import confidence, confidence_signs
from kg.extract.attribution.decode import CUE, SOURCE, TAGS, best_tags, spans_of
from kg.extract.attribution.linking import WindowLinks, link
from kg.extract.attribution.pieces import Pieces, overlapping_windows, prepare, separate_windows
from kg.extract.attribution.signed import Layout, find_layouts
from kg.extract.attribution.wordpiece import IntArray, WordPiece

__all__ = [
    "AttributionModel",
    "RawAttribution",
    "default_model_folder",
    "load_attribution_model",
    "tag_attributions",
    "tag_with_signs",
    "with_layouts",
]

MODEL_FILE, VOCABULARY_FILE, SETTINGS_FILE = "tagger.int8.onnx", "vocab.txt", "settings.json"
_BLOCK = 6000  # pieces whose links are held at once: keeps memory level on very long texts
_SURE = 0.7  # an attribution inside a layout's words is kept from this score on
_LAYOUT_SCORE = 0.93
_EDGE = 40  # pieces near the cut edge of a window see less context and count less

_WITHIN_PARAGRAPH = np.array([2 + 2 * SOURCE, 2 + 2 * CUE])  # sources and cues do not run over a blank line
_NEVER = -1e3

FloatArray = npt.NDArray[np.float64]
Offsets = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class RawAttribution:
    """One attribution as offsets: sorted, half-open code-point offsets into the text; source and cue may be empty.

    `score` is how sure the tagger is, 0 to 1; `rule` what found it, "tagger" or "layout".
    """

    source: Offsets
    cue: Offsets
    content: Offsets
    score: float
    rule: str = "tagger"


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """A loaded model. Threads may share one; processes load their own.

    `confidence` are the weights of the score (see `confidence`), `least` the score below which an attribution is not reported.
    """

    name: str
    version: str
    session: Any
    wordpiece: WordPiece
    window: int
    overlap: int
    transitions: FloatArray
    confidence: tuple[float, ...]
    least: float


def default_model_folder() -> Path:
    """Where the model lies if the distribution holds one."""
    return Path(__file__).parent / "model"


def load_attribution_model(folder: Path | None = None, threads: int = 1) -> AttributionModel:
    """Load the model in `folder`, by default the one that comes with the package.

    Raises:
        FileNotFoundError: if a file of it is missing.
        ImportError: if onnxruntime is not installed.
    """
    folder = folder or default_model_folder()
    for name in (MODEL_FILE, VOCABULARY_FILE, SETTINGS_FILE):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"no {name} in {folder}: the attribution model is not installed")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    settings = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
    return AttributionModel(
        name=settings["name"],
        version=settings["version"],
        session=onnxruntime.InferenceSession(os.fspath(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]),
        wordpiece=WordPiece.from_file(folder / VOCABULARY_FILE),
        window=settings["window"],
        overlap=settings["overlap"],
        transitions=np.array(settings["transitions"]),
        confidence=tuple(settings.get("confidence", ())),
        least=settings.get("least", 0.0),
    )


def tag_attributions(text: str, model: AttributionModel) -> list[RawAttribution]:
    """The attributions of `text`, in order of their first word, those of its layout among them. Time linear in its length."""
    return with_layouts([found for found, _ in tag_with_signs(text, model)], find_layouts(text))


def tag_with_signs(text: str, model: AttributionModel) -> list[tuple[RawAttribution, list[float]]]:
    """As `tag_attributions`, each with the signs that its score was computed from (see `confidence_signs`)."""
    pieces = prepare(text, model.wordpiece)
    found: list[tuple[RawAttribution, list[float]]] = []
    # Blocks keep memory level on very long texts; nearly every article is one block.
    for start, stop in separate_windows(pieces, _BLOCK):
        scores, windows = _run(pieces, start, stop, model)
        weighed = scores.copy()
        weighed[_after_blank_line(pieces, start, stop), _WITHIN_PARAGRAPH] = _NEVER
        spans = spans_of(best_tags(weighed, model.transitions))
        for linked in link(spans, scores, windows):
            signs = confidence_signs(linked, scores)
            raw = RawAttribution(
                source=_offsets(linked.source, pieces, start),
                cue=_offsets(linked.cue, pieces, start),
                content=_offsets(linked.content, pieces, start),
                score=confidence(signs, model.confidence),
            )
            if raw.score >= model.least:
                found.append((raw, signs))
    found.sort(key=lambda pair: _first_word(pair[0]))
    return found


def _after_blank_line(pieces: Pieces, start: int, stop: int) -> IntArray:
    """Which of the pieces [start, stop) come first after a blank line, counted from `start`; a column, to index rows with."""
    lines = np.diff(pieces.paragraphs[start:stop], prepend=pieces.paragraphs[start])
    return np.flatnonzero(lines >= 2)[:, None]


def with_layouts(found: Sequence[RawAttribution], layouts: Sequence[Layout]) -> list[RawAttribution]:
    """`found` and the `layouts`, in order, without what was found of the layouts' own words.

    Attributions inside what somebody says in a layout stay if the tagger is sure of them.
    """
    if not layouts:
        return list(found)
    segments = sorted((start, end) for layout in layouts for start, end in layout.content)
    starts = [start for start, _ in segments]

    def shared(start: int, end: int) -> tuple[int, int]:
        """Characters of a span inside layouts, and length of what it touches of them."""
        first = max(0, bisect.bisect_right(starts, start) - 1)
        touched = [(low, high) for low, high in segments[first : bisect.bisect_left(starts, end)] if high > start]
        return sum(min(end, high) - max(start, low) for low, high in touched), sum(high - low for low, high in touched)

    kept = []
    for one in found:
        inside, touched = (sum(column) for column in zip(*(shared(*span) for span in one.content), strict=True))
        length = sum(end - start for start, end in one.content)
        if 2 * inside <= length or (one.score >= _SURE and 2 * inside <= touched):
            kept.append(one)
    kept += [RawAttribution((one.source,), (one.cue,), one.content, score=_LAYOUT_SCORE, rule="layout") for one in layouts]
    return sorted(kept, key=_first_word)


def _first_word(one: RawAttribution) -> tuple[int, int]:
    return min(one.source + one.cue + one.content)


def _run(pieces: Pieces, start: int, stop: int, model: AttributionModel) -> tuple[FloatArray, list[WindowLinks]]:
    """Log-probabilities of the tags of the pieces [start, stop), and where each window points, counted from `start`.

    Where windows overlap, the tag scores are averaged with less weight near a cut.
    """
    windows = overlapping_windows(pieces, model.window, model.overlap, start=start, stop=stop)
    total = np.zeros((stop - start, TAGS))
    weights = np.zeros(stop - start)
    links: list[WindowLinks] = []
    for low, high in windows:
        length = high - low
        tags, pointers = model.session.run(None, _inputs(pieces, low, high, model))
        weight = _edge_weights(length, cut_before=low > start, cut_after=high < stop)
        inside = slice(low - start, high - start)
        total[inside] += tags[1:-1] * weight[:, None]
        weights[inside] += weight
        links.append(WindowLinks(low - start, high - start, pointers[:, 1:-1, :-1]))
    return total / weights[:, None], links


def _inputs(pieces: Pieces, low: int, high: int, model: AttributionModel) -> dict[str, IntArray]:
    first, last = model.wordpiece.id_of("[CLS]"), model.wordpiece.id_of("[SEP]")
    return {
        "ids": np.concatenate([[first], pieces.ids[low:high], [last]]),
        "features": np.concatenate([[0], pieces.features[low:high] + 1, [0]]),  # 0 is the feature of the two marks
    }


def _edge_weights(length: int, *, cut_before: bool, cut_after: bool) -> FloatArray:
    places = np.arange(length)
    room = np.full(length, _EDGE)
    if cut_before:
        room = np.minimum(room, places + 1)
    if cut_after:
        room = np.minimum(room, length - places)
    weights: FloatArray = np.clip(room / _EDGE, 0.05, 1.0)
    return weights


def _offsets(segments: tuple[tuple[int, int], ...], pieces: Pieces, start: int) -> Offsets:
    return tuple((int(pieces.starts[low + start]), int(pieces.ends[high + start - 1])) for low, high in segments)
