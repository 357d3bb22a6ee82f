"""Small numbers hidden, so that nobody can be worked out: lines, shared margins, tables of any shape."""

from analysis.disclosure.counts import (
    FLOOR,
    LOWEST_FLOOR,
    FlooredCount,
    FlooredCounts,
    Hidden,
    Roughly,
    floor_counts,
    in_ten,
    roughly,
)
from analysis.disclosure.margins import Line, hidden_cells

__all__ = [
    "FLOOR",
    "LOWEST_FLOOR",
    "FlooredCount",
    "FlooredCounts",
    "Hidden",
    "Line",
    "Roughly",
    "floor_counts",
    "hidden_cells",
    "in_ten",
    "roughly",
]
