"""The fewest cells that hide what must be hidden, by cutting planes, for tables that are small enough.

A choice of cells is attacked (``_Attack``). Where a cell can be worked out, the prices of the attacker's lines say
which cells would have to be hidden as well: those that are worth something to him. This holds for every choice, so it
is added as one more condition (a cut), and the next choice is the cheapest that meets all conditions so far. The first
that withstands is the best there is. After M. Fischetti and J. J. Salazar, Solving the cell suppression problem on
tabular data with linear constraints, Management Science 47 (2001).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from analysis.disclosure.audit import NEARLY, Floats, Mask, all_hidden, unsafe_cells
from analysis.disclosure.table import Ints, Table

HARDLY = 1e-4
"""How far shown cells may move in an attack, so that the prices of its lines are not any of many."""
TOTALS_COST = 1.002
"""Of two patterns with as many cells, the one that leaves totals to be read."""


CUTS = 40_000
"""Conditions that are found by attacks: so many for a table of one row, fewer for larger ones."""
NODES = 50
"""Of the solver's tree, in each round. Steps are counted and no seconds, so the same table hides the same cells."""


def costs(table: Table) -> Floats:
    """What hiding each row costs: one, and a little more for totals and for large numbers."""
    counts = table.counts[: table.rows]
    totals = (table.codes[: table.rows] == np.array(table.sizes)).sum(axis=1)
    by_size = np.log1p(counts) / max(1.0, float(np.log1p(counts.max(initial=1))))
    found: Floats = TOTALS_COST**totals + 0.001 * by_size
    return found


def fewest(table: Table, must: Ints, one_of: Sequence[Ints], threshold: int) -> tuple[Mask | None, bool]:
    """The rows to hide, ``must`` and one of each of ``one_of`` among them, and whether they withstand every attack.

    After so many conditions (``CUTS``), or where the solver gives up, the rows are those that met all conditions
    found by then, which are few enough but not all that are needed.
    """
    hidden: Mask | None = None
    price = costs(table)
    least = np.zeros(table.rows)
    least[must] = 1.0
    cuts = [_one_hidden(cells) for cells in one_of] + _never_alone(table)
    most = len(cuts) + CUTS // (table.rows + 50)
    while len(cuts) < most:
        found = _cheapest(price, least, cuts)
        if found is None:
            break
        hidden = found
        attack = _Attack(table, hidden, threshold)
        unsafe = unsafe_cells(table, hidden, threshold)
        if not len(unsafe):
            return hidden, True
        cuts.extend(attack.cut(int(cell)) for cell in unsafe)
    return hidden, False


Cut = tuple[Ints, Floats, float]
"""Rows, what hiding each is worth, and how much it must be worth together."""


def _one_hidden(cells: Ints) -> Cut:
    return cells, np.ones(len(cells)), 1.0


def _never_alone(table: Table) -> list[Cut]:
    """A cell that is hidden alone in its line is what the others leave over."""
    found: list[Cut] = []
    lines = table.additive
    for line in range(lines.shape[0]):
        cells = np.sort(lines.indices[lines.indptr[line] : lines.indptr[line + 1]]).astype(np.int64)
        if cells[-1] >= table.rows:
            continue
        for cell in range(len(cells)):
            worth = np.ones(len(cells))
            worth[cell] = -1.0
            found.append((cells, worth, 0.0))
    return found


def _cheapest(price: Floats, least: Floats, cuts: Sequence[Cut]) -> Mask | None:
    conditions = []
    if cuts:
        down = np.repeat(np.arange(len(cuts)), [len(cells) for cells, _, _ in cuts])
        across = np.concatenate([cells for cells, _, _ in cuts])
        worth = np.concatenate([worth for _, worth, _ in cuts])
        together = csr_matrix((worth, (down, across)), shape=(len(cuts), len(price)))
        conditions.append(LinearConstraint(together, np.array([enough for _, _, enough in cuts]), np.inf))
    found = milp(
        price,
        integrality=np.ones(len(price)),
        bounds=(least, np.ones(len(price))),
        constraints=conditions,
        options={"node_limit": NODES, "mip_rel_gap": 1e-3},
    )
    return None if found.x is None or found.status != 0 else np.asarray(found.x > 0.5)


class _Attack:
    """Moves of the hidden cells that leave the shown ones where they are, and what each shown one keeps from moving."""

    def __init__(self, table: Table, hidden: Mask, threshold: int) -> None:
        self._table, self._threshold = table, threshold
        free = all_hidden(table, hidden)
        counts = table.counts.astype(np.float64)
        self._bounds = np.column_stack(
            [np.where(free, -counts, -np.minimum(counts, HARDLY)), np.where(free, np.inf, HARDLY)]
        )
        self._counts = counts
        self._none = np.zeros(table.additive.shape[0])

    def cut(self, cell: int) -> Cut:
        """What must be hidden for `cell` to be safe if it is hidden."""
        worth = np.zeros(self._table.cells)
        ours = 0.0
        for sign in (1.0, -1.0):
            move, own = self._priced(cell, sign)
            worth += move
            ours += own
        needed = self._threshold - ours
        worth = np.minimum(worth[: self._table.rows], needed)
        worth[cell] = -needed
        cells = np.flatnonzero(worth)
        return cells, worth[cells], 0.0

    def _priced(self, cell: int, sign: float) -> tuple[Floats, float]:
        """What each other cell adds to the way that `cell` can go if it is hidden, and what it goes by itself."""
        wanted = np.zeros(self._table.cells)
        wanted[cell] = -sign
        bounds = self._bounds.copy()
        bounds[cell] = (-self._counts[cell], self._threshold)
        found = linprog(wanted, A_eq=self._table.additive, b_eq=self._none, bounds=bounds, method="highs")
        prices = found.eqlin.marginals if found.x is not None else self._none
        left = wanted - self._table.additive.T @ prices
        left[np.abs(left) < NEARLY] = 0.0
        goes = np.where(left > 0, left * self._counts, np.where(left < 0, np.inf, 0.0))
        own = max(left[cell] * self._counts[cell], -left[cell] * self._threshold)
        goes[cell] = 0.0
        own += float(goes[self._table.rows :].sum())
        goes[self._table.rows :] = 0.0
        return np.minimum(goes, 4.0 * self._threshold), own
