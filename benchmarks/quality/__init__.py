"""How good the machine's suggestions are, measured on texts with labels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """A measure with its interval of 95 % and how many cases it rests on."""

    name: str
    value: float
    low: float
    high: float
    n: int
