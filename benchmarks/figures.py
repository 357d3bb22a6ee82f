"""A figure, what it is measured against, and the table that shows both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import msgspec


class Goal(msgspec.Struct, frozen=True):
    way: Literal["at least", "at most"]
    value: float

    def is_met_by(self, value: float) -> bool:
        return value >= self.value if self.way == "at least" else value <= self.value


class Reference(msgspec.Struct, frozen=True):
    """Something known, measured in the same run on the same machine and in the same unit."""

    name: str
    value: float


class Figure(msgspec.Struct, frozen=True):
    """One line of the table. ``unit`` says what ``value``, the goal and the reference count."""

    name: str
    value: float
    unit: str
    goal: Goal | None = None
    reference: Reference | None = None

    @property
    def falls_short(self) -> bool:
        return self.goal is not None and not self.goal.is_met_by(self.value)


def at_least(value: float) -> Goal:
    return Goal("at least", value)


def at_most(value: float) -> Goal:
    return Goal("at most", value)


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least ``part`` (0 to 1) of the values do not exceed; NaN of none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """The figures as plain text, one a line."""
    rows = [("", "measured", "", "goal", "", "reference", "ratio")]
    for figure in figures:
        goal, met, reference, ratio = "", "", "", ""
        if figure.goal is not None:
            goal = f"{figure.goal.way} {_number(figure.goal.value)}"
            met = "short" if figure.falls_short else "met"
        if figure.reference is not None:
            reference = f"{_number(figure.reference.value)} {figure.reference.name}"
            ratio = f"{figure.value / figure.reference.value:.2f}" if figure.reference.value else ""
        rows.append((figure.name, _number(figure.value), figure.unit, goal, met, reference, ratio))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column == 1 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _number(value: float) -> str:
    if math.isnan(value):
        return "none"
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
