"""The training loop: AdamW, a schedule in steps, and a running average of the weights, which is what is kept."""

import dataclasses
import json
import random
import sys
import time
from pathlib import Path

import torch
from torch import nn

from kg.extract.attribution.wordpiece import WordPiece
from scripts.train_attribution.data import Labelled, epoch_batches, read_labelled
from scripts.train_attribution.network import Tagger, load_encoder, losses
from scripts.train_attribution.plan import Plan


def train(data: Path, encoder: Path, out: Path, plan: Plan, start: Path | None = None) -> Path:
    """Train on `data` from the encoder in folder `encoder`, or from the checkpoint `start`; returns the final checkpoint."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    torch.use_deterministic_algorithms(mode=True)
    chance = random.Random(plan.seed)  # noqa: S311  (shuffles, no secrets)
    documents = read_labelled(data, WordPiece.from_file(encoder / "vocab.txt"))
    if plan.held_back:
        documents = [document for number, document in enumerate(documents) if number % plan.held_back]
    tagger = Tagger(plan.dropout)
    if start:
        tagger.load_state_dict(torch.load(start, weights_only=True))
    else:
        load_encoder(tagger, encoder / "model.safetensors")
    (out / "plan.json").write_text(json.dumps(dataclasses.asdict(plan), indent=1) + "\n", encoding="utf-8")
    tagger.words.weight.requires_grad_(requires_grad=False)
    steps = plan.epochs * len(list(epoch_batches(documents, size=plan.size, batch=plan.batch, chance=random.Random(0), masked=0)))  # noqa: S311
    optimizer = _optimizer(tagger, plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _height(step / steps, plan.warm_up))
    average = {name: value.detach().clone() for name, value in tagger.state_dict().items()}
    progress = _Progress(steps)
    tagger.train()
    for epoch in range(plan.epochs):
        _one_epoch(tagger, documents, plan, chance, optimizer, schedule, average, progress)
        torch.save(average, out / f"epoch-{epoch + 1}.pt")
        print(f"epoch {epoch + 1} done", file=sys.stderr, flush=True)
    final = out / "final.pt"
    torch.save(average, final)
    return final


def _one_epoch(
    tagger: Tagger,
    documents: list[Labelled],
    plan: Plan,
    chance: random.Random,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    average: dict[str, torch.Tensor],
    progress: "_Progress",
) -> None:
    for batch in epoch_batches(documents, size=plan.size, batch=plan.batch, chance=chance, masked=plan.masked):
        tags, to_cue, to_source = losses(tagger, batch, sequence_weight=plan.sequence_weight)
        loss = tags + plan.link_weight * (to_cue + to_source)
        loss.backward()
        nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        progress.add(int(batch.mask.sum()), tags.item(), to_cue.item(), to_source.item())
        # Early on the average follows closely: it must not remember the untrained heads.
        keep = min(plan.average, progress.step / (progress.step + 10))
        with torch.no_grad():
            state = tagger.state_dict()
            names = [name for name in average if name != "words.weight"]
            torch._foreach_lerp_([average[name] for name in names], [state[name] for name in names], 1 - keep)


def _optimizer(tagger: Tagger, plan: Plan) -> torch.optim.Optimizer:
    heads = ("features", "tag", "link", "distance", "transitions")
    body, new = [], []
    for name, parameter in tagger.named_parameters():
        if parameter.requires_grad:
            (new if name.split(".")[0] in heads else body).append(parameter)
    groups = [{"params": body, "lr": plan.rate}, {"params": new, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=plan.weight_decay, fused=True)


def _height(done: float, warm_up: float) -> float:
    """Share of the full learning rate: up in a straight line, then down to a fiftieth."""
    return done / warm_up if done < warm_up else max(0.02, 1 - 0.98 * (done - warm_up) / (1 - warm_up))


class _Progress:
    """Smoothed losses and speed, printed now and then."""

    def __init__(self, steps: int) -> None:
        self.steps, self.step, self.pieces, self.began = steps, 0, 0, time.monotonic()
        self.smooth: tuple[float, ...] | None = None

    def add(self, pieces: int, *current: float) -> None:
        self.step += 1
        self.pieces += pieces
        self.smooth = current if self.smooth is None else tuple(0.98 * a + 0.02 * b for a, b in zip(self.smooth, current, strict=True))
        if self.step in {5, 20, 50} or self.step % 100 == 0:
            speed = self.pieces / (time.monotonic() - self.began)
            shown = " ".join(f"{value:.4f}" for value in self.smooth)
            print(
                f"step {self.step}/{self.steps} {speed:.0f} pieces/s; losses tag, content-cue, cue-source: {shown}",
                file=sys.stderr,
                flush=True,
            )
