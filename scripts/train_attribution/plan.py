"""What decides the outcome of a training run."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides the outcome of a run, apart from the data."""

    epochs: int = 5
    size: int = 254  # word pieces a window, two marks aside
    batch: int = 8  # windows a step
    rate: float = 2.5e-4  # of the encoder, at its height
    head_rate: float = 1.6e-3
    warm_up: float = 0.05  # share of the steps
    dropout: float = 0.1
    masked: float = 0.04  # share of pieces hidden
    sequence_weight: float = 1.0
    link_weight: float = 0.3
    weight_decay: float = 0.01
    average: float = 0.995  # running average of the weights, a step
    seed: int = 1
    threads: int = 1
    held_back: int = 0  # leave out one article in this many, for calibration; 0 leaves out none
