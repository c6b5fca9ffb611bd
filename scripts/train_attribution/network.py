"""The tagger: a BERT encoder, a tag for each word piece, and scores that link contents to cues and cues to sources."""

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from kg.extract.attribution.decode import TAGS, distance_buckets
from kg.extract.attribution.pieces import FEATURES
from scripts.train_attribution.data import IGNORED, Batch

HIDDEN, LAYERS, HEADS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522
LINK = 64  # width of the vectors that links are scored with
BUCKETS = 32
LINKS = ("content_to_cue", "cue_to_source")
LOW = -1e4


class Attention(nn.Module):
    """Scaled dot-product attention. Written out: on a CPU this is faster in bfloat16 than the fused one of PyTorch."""

    def forward(self, query_key_value: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        rows, length = query_key_value.shape[0], query_key_value.shape[1]
        parts = (part.view(rows, length, HEADS, HIDDEN // HEADS).transpose(1, 2) for part in query_key_value.chunk(3, dim=-1))
        query, key, value = parts
        with torch.autocast("cpu", enabled=False):
            weights = torch.softmax((query * (HIDDEN // HEADS) ** -0.5) @ key.transpose(-1, -2) + bias.to(query.dtype), -1)
            mixed = weights @ value
        return mixed.transpose(1, 2).reshape(rows, length, HIDDEN)


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.attention = Attention()
        self.attended = nn.Linear(HIDDEN, HIDDEN)
        self.attended_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = nn.Linear(HIDDEN, INNER)
        self.outer = nn.Linear(INNER, HIDDEN)
        self.outer_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        mixed = self.attention(self.query_key_value(states), bias)
        states = self.attended_norm(states + self.dropout(self.attended(mixed)))
        return self.outer_norm(states + self.dropout(self.outer(functional.gelu(self.inner(states)))))


class Tagger(nn.Module):
    """Maps ids, features and mask to tag scores and, for each kind of link, vectors whose product scores it."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.places = nn.Embedding(POSITIONS, HIDDEN)
        self.features = nn.Embedding(FEATURES + 1, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Linear(HIDDEN, TAGS)
        self.link = nn.Linear(HIDDEN, 2 * len(LINKS) * LINK)
        self.distance = nn.Embedding(BUCKETS, len(LINKS))
        self.transitions = nn.Parameter(torch.zeros(TAGS, TAGS))
        nn.init.zeros_(self.features.weight)
        nn.init.zeros_(self.distance.weight)
        places = np.arange(POSITIONS)
        self.register_buffer("buckets", torch.from_numpy(distance_buckets(places[None, :] - places[:, None])), persistent=False)

    def forward(self, ids: torch.Tensor, features: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Tag scores (rows, length, 7) and link vectors (rows, length, 4 * 64): content and cue, cue and source."""
        states = self.words(ids) + self.places.weight[: ids.shape[1]] + self.features(features)
        states = self.dropout(self.norm(states))
        bias = (1.0 - mask[:, None, None, :].to(states.dtype)) * LOW
        for layer in self.layers:
            states = layer(states, bias)
        states = self.dropout(states)
        return self.tag(states), self.link(states)

    def link_scores(self, vectors: torch.Tensor, kind: int) -> torch.Tensor:
        """Score of every pair of positions (rows, from, to) for one kind of link."""
        start = 2 * kind * LINK
        here, there = vectors[..., start : start + LINK], vectors[..., start + LINK : start + 2 * LINK]
        length = vectors.shape[1]
        near = self.distance.weight[:, kind][self.buckets[:length, :length]]
        return here @ there.transpose(1, 2) * LINK**-0.5 + near


def load_encoder(tagger: Tagger, path: Path) -> None:
    """Fill the encoder from a BERT checkpoint in safetensors format."""
    source = load_file(path)
    with torch.no_grad():
        tagger.words.weight.copy_(source["embeddings.word_embeddings.weight"])
        tagger.places.weight.copy_(source["embeddings.position_embeddings.weight"] + source["embeddings.token_type_embeddings.weight"][0])
        _copy(tagger.norm, source, "embeddings.LayerNorm")
        for number, layer in enumerate(tagger.layers):
            prefix = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                parts = [source[f"{prefix}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.query_key_value, kind).copy_(torch.cat(parts))
            _copy(layer.attended, source, f"{prefix}.attention.output.dense")
            _copy(layer.attended_norm, source, f"{prefix}.attention.output.LayerNorm")
            _copy(layer.inner, source, f"{prefix}.intermediate.dense")
            _copy(layer.outer, source, f"{prefix}.output.dense")
            _copy(layer.outer_norm, source, f"{prefix}.output.LayerNorm")


def _copy(module: nn.Module, source: dict[str, torch.Tensor], prefix: str) -> None:
    module.weight.copy_(source[f"{prefix}.weight"])
    module.bias.copy_(source[f"{prefix}.bias"])


def losses(tagger: Tagger, batch: Batch, *, sequence_weight: float) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Tag loss and the two link losses of a batch, each a mean over the pieces that count."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, vectors = tagger(batch.ids, batch.features, batch.mask)
    scores, vectors = scores.float(), vectors.float()
    tags = functional.cross_entropy(scores.flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED)
    if sequence_weight:
        tags = tags + sequence_weight * sequence_loss(scores, batch.tags, tagger.transitions)
    padding = (1.0 - batch.mask[:, None, :].float()) * LOW
    links = []
    for kind, targets in enumerate((batch.cue_of, batch.source_of)):
        chosen = (targets != IGNORED).nonzero(as_tuple=True)
        link = tagger.link_scores(vectors, kind) + padding
        links.append(functional.cross_entropy(link[chosen], targets[chosen]) if len(chosen[0]) else scores.sum() * 0)
    return tags, links[0], links[1]


def sequence_loss(scores: torch.Tensor, tags: torch.Tensor, transitions: torch.Tensor) -> torch.Tensor:
    """Negative log-likelihood of the tag sequences under a linear-chain model, per piece. Rows are contiguous from position 1."""
    scores, tags = scores[:, 1:], tags[:, 1:]
    counted = tags != IGNORED
    gold = tags.clamp(min=0)
    picked = scores.gather(2, gold[..., None])[..., 0] * counted
    moved = transitions[gold[:, :-1], gold[:, 1:]] * counted[:, 1:]
    alpha = scores[:, 0]
    for position in range(1, scores.shape[1]):
        step = torch.logsumexp(alpha[:, :, None] + transitions, dim=1) + scores[:, position]
        alpha = torch.where(counted[:, position, None], step, alpha)
    return (torch.logsumexp(alpha, dim=1).sum() - picked.sum() - moved.sum()) / counted.sum()
