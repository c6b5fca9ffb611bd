"""Labelled articles as word pieces with tags and links, cut into windows and put together in batches."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kg.extract.attribution.pieces import Pieces, prepare, separate_windows
from kg.extract.attribution.wordpiece import WordPiece

IGNORED = -100  # target of positions that do not count
ROLES = ("source", "cue", "content")
FIRST, LAST = 101, 102  # [CLS] and [SEP] of the vocabulary
MASK = 103


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article: its pieces, a tag for each (0 none, 1 + 2r begins role r, 2 + 2r continues it), and links between pieces.

    `cue_of` gives for a content piece the first piece of its cue, `source_of` for a cue piece the first piece of its source, or -1 if it has
    none; both are `IGNORED` elsewhere.
    """

    pieces: Pieces
    tags: np.ndarray
    cue_of: np.ndarray
    source_of: np.ndarray


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded; positions count from 1, since 0 is the start mark, which also stands for "no source"."""

    ids: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    tags: torch.Tensor
    cue_of: torch.Tensor
    source_of: torch.Tensor


def read_labelled(path: Path, wordpiece: WordPiece) -> list[Labelled]:
    """Read JSON Lines with `text` and `gold.attributions` (or `attributions` at the top level), offsets in code points."""
    documents = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            attributions = record.get("gold", record)["attributions"]
            documents.append(label(prepare(record["text"], wordpiece), attributions))
    return documents


def label(pieces: Pieces, attributions: Sequence[dict[str, Any]]) -> Labelled:
    """Tags and links of the attributions of one text; where two attributions claim a piece, the later one's content wins."""
    count = len(pieces)
    tags = np.zeros(count, dtype=np.int64)
    cue_of = np.full(count, IGNORED, dtype=np.int64)
    source_of = np.full(count, IGNORED, dtype=np.int64)
    for attribution in attributions:
        covered: dict[str, list[tuple[int, int]]] = {}
        for number, role in enumerate(ROLES):
            covered[role] = []
            for start, end in sorted(attribution.get(role) or []):
                low = int(np.searchsorted(pieces.ends, start, side="right"))
                high = int(np.searchsorted(pieces.starts, end, side="left"))
                if low < high:
                    covered[role].append((low, high))
                    tags[low:high] = 2 + 2 * number
                    tags[low] = 1 + 2 * number
        cues = covered["cue"]
        if not cues:
            continue
        for low, high in covered["content"]:
            cue_of[low:high] = cues[0][0]
        for low, high in cues:
            source_of[low:high] = covered["source"][0][0] if covered["source"] else -1
    return Labelled(pieces, tags, cue_of, source_of)


def epoch_batches(documents: Sequence[Labelled], *, size: int, batch: int, chance: random.Random, masked: float) -> Iterator[Batch]:
    """Batches of one pass over the documents, cut anew on each: windows of like length side by side, in random order.

    `masked` is the share of pieces hidden behind a mask, so that the tagger does not lean on single words.
    """
    windows = []
    for document in documents:
        first = chance.randint(size // 3, size)
        windows += [(document, low, high) for low, high in separate_windows(document.pieces, size, first)]
    chance.shuffle(windows)
    pool = 64 * batch
    pools = (sorted(windows[k : k + pool], key=lambda w: w[2] - w[1]) for k in range(0, len(windows), pool))
    batches = [group[k : k + batch] for group in pools for k in range(0, len(group), batch)]
    chance.shuffle(batches)
    hide = np.random.default_rng(chance.getrandbits(32))
    for group in batches:
        yield collate(group, hide, masked)


def collate(windows: Sequence[tuple[Labelled, int, int]], hide: np.random.Generator, masked: float) -> Batch:
    """Put windows into one batch; a link that leaves its window is ignored."""
    shape = (len(windows), max(high - low for _, low, high in windows) + 2)
    ids, features, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    tags, cue_of, source_of = (np.full(shape, IGNORED, dtype=np.int64) for _ in range(3))
    for row, (document, low, high) in enumerate(windows):
        length = high - low
        inside = slice(1, length + 1)
        ids[row, 0], ids[row, length + 1] = FIRST, LAST
        ids[row, inside] = document.pieces.ids[low:high]
        if masked:
            ids[row, inside][hide.random(length) < masked] = MASK
        features[row, inside] = document.pieces.features[low:high] + 1
        mask[row, : length + 2] = 1
        tags[row, inside] = document.tags[low:high]
        cue_of[row, inside] = _within(document.cue_of[low:high], low, high)
        sources = document.source_of[low:high]
        source_of[row, inside] = np.where(sources == -1, 0, _within(sources, low, high))
    return Batch(*(torch.from_numpy(array) for array in (ids, features, mask, tags, cue_of, source_of)))


def _within(targets: np.ndarray, low: int, high: int) -> np.ndarray:
    return np.where((targets >= low) & (targets < high), targets - low + 1, IGNORED)
