"""How good the engines of `analysis/` are, on texts that people have labelled."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """A figure with its 95 % interval, worked out over `n` texts."""

    name: str
    value: float
    low: float
    high: float
    n: int
