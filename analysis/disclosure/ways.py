"""What to hide for one cell that no simple pattern makes safe, by a linear programme."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]

from analysis.disclosure.audit import NEARLY, Mask, NotSolved, all_hidden, unsafe_cells
from analysis.disclosure.table import Ints, Table

ROUNDS = 4
"""After each, what hardly moved costs more to move: so that few cells move, rather than few people."""


def cheapest_way(table: Table, hidden: Mask, cell: int, threshold: int) -> Ints:
    """Cells of which ``cell`` is one, few of them not hidden yet, that let it be more by the threshold than it is.

    People are added to the cell and moved among others so that every line still adds up; where a shown cell has to move
    it is hidden. Raises NotSolved where no such way is: never in a table whose totals are all there.
    """
    free = all_hidden(table, hidden)
    free[cell] = True
    counts = table.counts.astype(np.float64)
    every = table.cells
    weights = np.ones(every)
    bounds = np.column_stack([np.zeros(2 * every), np.concatenate([np.full(every, np.inf), counts])])
    bounds[cell, 0] = threshold
    bounds[every + cell, 1] = 0.0
    both = hstack([table.additive, -table.additive], format="csr")
    moved = np.zeros(every)
    for _ in range(ROUNDS):
        price = np.where(free, NEARLY, weights)
        moved = _least(both, bounds, np.concatenate([price, price]))
        weights = 1.0 / (moved + 0.1)
    return np.flatnonzero((moved > NEARLY) | (np.arange(every) == cell))


def repaired(table: Table, hidden: Mask, threshold: int) -> Mask:
    """These and as many more as make every one of them safe."""
    hidden = hidden.copy()
    while len(unsafe := unsafe_cells(table, hidden, threshold)):
        cells = cheapest_way(table, hidden, int(unsafe[0]), threshold)
        hidden[cells[cells < table.rows]] = True
    return hidden


def _least(both: csr_matrix, bounds: np.ndarray, price: np.ndarray) -> np.ndarray:
    found = linprog(price, A_eq=both, b_eq=np.zeros(both.shape[0]), bounds=bounds, method="highs")
    if found.x is None:
        raise NotSolved(str(found.message))
    half = len(price) // 2
    moved: np.ndarray = found.x[:half] + found.x[half:]
    return moved
