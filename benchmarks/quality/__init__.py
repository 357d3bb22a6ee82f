"""How well the engine reads, each part measured on comments that it has never seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """One figure with its 95 % interval from ``low`` to ``high``, over ``n`` comments."""

    name: str
    value: float
    low: float
    high: float
    n: int
