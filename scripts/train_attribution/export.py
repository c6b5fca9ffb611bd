"""Writes a trained tagger in the form the runtime reads: int8 ONNX, vocabulary, settings.

The exported graph takes one window (`ids` and `features`, start and end mark included) and gives `tags`, log-probabilities (length, 7), and
`links`, probabilities (2, length, length) that a piece points to another: as a content to its cue, as a cue to its source (to the start mark
if it has none). One window at a time is as fast as several on a CPU, and needs no padding and so no mask.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn import functional

from kg.extract.attribution.decode import distance_buckets
from scripts.train_attribution.network import HEADS, HIDDEN, LINK, LINKS, POSITIONS, Tagger

NAME = "attribution-tagger"
MODEL_FILE, VOCABULARY_FILE, SETTINGS_FILE = "tagger.int8.onnx", "vocab.txt", "settings.json"
OPSET = 17


def export(checkpoints: Sequence[Path], encoder: Path, folder: Path, version: str, *, full: bool = False) -> None:
    """Export the mean of `checkpoints` into `folder`, each file under a temporary name first, so that a reader never sees half a model."""
    folder.mkdir(parents=True, exist_ok=True)
    tagger = Tagger(dropout=0.0)
    tagger.load_state_dict(averaged(checkpoints))
    tagger.eval()
    plain = folder / "tagger.onnx"
    _write_onnx(tagger, plain)
    temporary = folder / "tagger.int8.tmp"
    quantize_dynamic(plain, temporary, weight_type=QuantType.QInt8, per_channel=True)
    model = onnx.load(temporary)
    # Without this the graph would carry names of files and functions of the machine that exported it.
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.save(model, temporary)
    if not full:
        plain.unlink()
    settings = {
        "name": NAME,
        "version": version,
        "encoder": "all-MiniLM-L6-v2",
        "window": 254,
        "overlap": 48,
        "transitions": _rounded(tagger.transitions),
    }
    old = folder / SETTINGS_FILE
    if old.exists():  # keep what was tuned after training
        known = json.loads(old.read_text(encoding="utf-8"))
        settings = {**known, **settings, **{key: known[key] for key in ("window", "overlap") if key in known}}
    (folder / "settings.tmp").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(encoder / "vocab.txt", folder / "vocab.tmp")
    temporary.rename(folder / MODEL_FILE)
    (folder / "settings.tmp").rename(old)
    (folder / "vocab.tmp").rename(folder / VOCABULARY_FILE)


def averaged(checkpoints: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Mean of the weights of several checkpoints of one network."""
    states = [torch.load(path, weights_only=True) for path in checkpoints]
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


class _FusedAttention(torch.autograd.Function):
    """The attention operator of ONNX Runtime, which the plain graph would not be recognised as."""

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any) -> Any:
        return graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=HEADS).setType(query.type())

    @staticmethod
    def forward(_: Any, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        rows, length = query.shape[:2]
        parts = (part.view(rows, length, HEADS, -1).transpose(1, 2) for part in (query, key, value))
        return functional.scaled_dot_product_attention(*parts).transpose(1, 2).reshape(rows, length, HIDDEN)


class _Runtime(nn.Module):
    """The tagger as it runs: one window, no mask, scores as probabilities."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger
        steps = torch.from_numpy(distance_buckets(np.arange(1 - POSITIONS, POSITIONS)))
        self.register_buffer("near", tagger.distance.weight.detach()[steps].T.contiguous())

    def forward(self, ids: torch.Tensor, features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        tagger = self.tagger
        length = ids.shape[0]
        states = tagger.norm(tagger.words(ids[None]) + tagger.places.weight[:length] + tagger.features(features[None]))
        for layer in tagger.layers:
            query, key, value = layer.query_key_value(states).chunk(3, dim=-1)
            states = layer.attended_norm(states + layer.attended(_FusedAttention.apply(query, key, value)))
            states = layer.outer_norm(states + layer.outer(functional.gelu(layer.inner(states))))
        tags = torch.log_softmax(tagger.tag(states), dim=-1)[0]
        vectors = tagger.link(states)[0].view(length, len(LINKS), 2, LINK).permute(1, 2, 0, 3)
        places = torch.arange(length)
        near = self.near[:, places[None, :] - places[:, None] + POSITIONS - 1]
        links = torch.softmax(vectors[:, 0] @ vectors[:, 1].transpose(1, 2) * LINK**-0.5 + near, dim=-1)
        return tags, links


def _write_onnx(tagger: Tagger, path: Path) -> None:
    names = {"ids": torch.randint(1000, 2000, (40,)), "features": torch.randint(0, 20, (40,))}
    torch.onnx.export(
        _Runtime(tagger).eval(),
        tuple(names.values()),
        path,
        input_names=list(names),
        output_names=["tags", "links"],
        dynamic_axes={"ids": {0: "length"}, "features": {0: "length"}, "tags": {0: "length"}, "links": {1: "length", 2: "length"}},
        opset_version=OPSET,
        custom_opsets={"com.microsoft": 1},
        dynamo=False,
    )


def _rounded(tensor: torch.Tensor) -> list[list[float]]:
    return torch.round(tensor.detach().double(), decimals=5).tolist()
