"""Cells hidden for tables of any size: cube by cube, and then shown again where they turn out not to be needed.

Every hidden cell keeps the cube that makes it safe, all of whose corners stay hidden. These are the proof that nothing
can be worked out, and they are checked as whole numbers without a solver.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.disclosure.audit import Floats, Mask, Witnessed
from analysis.disclosure.cubes import Cube, Cubes
from analysis.disclosure.table import Ints, Table
from analysis.disclosure.ways import cheapest_way

SEED = 2_026
SEARCHES = 3_000
"""For another cube, so that a cell can be shown again: counted, so that the same table always hides the same cells."""


class _Hiding:
    def __init__(self, table: Table, must: Ints, price: Floats, threshold: int) -> None:
        self.table, self.threshold = table, threshold
        hidden = np.zeros(table.rows, dtype=np.bool_)
        hidden[must] = True
        self.cubes = Cubes(table, hidden, price, threshold)
        self.chance = np.random.default_rng(SEED)
        self.kept: dict[int, Cube] = {}
        """By hidden cell, what makes it safe."""
        self.uses: dict[int, set[int]] = {}
        """By cell, the cells whose cube has it as a corner."""
        self.without: set[int] = set()
        """Cells that no cube makes safe."""
        self.searches = 0

    def make_safe(self, cell: int, found: Cube | None) -> None:
        """Hides what it takes, and keeps why for all corners that have no reason yet."""
        if found is None:
            self.without.add(cell)
            return
        self.cubes.hide(found.corners)
        for corner in found.corners.tolist():
            if corner not in self.kept and corner < self.table.rows:
                self.keep(corner, found)

    def keep(self, cell: int, cube: Cube) -> None:
        if (before := self.kept.get(cell)) is not None:
            for corner in before.corners.tolist():
                self.uses[corner].discard(cell)
        self.kept[cell] = cube
        for corner in cube.corners.tolist():
            self.uses.setdefault(corner, set()).add(cell)

    def show_again(self, cell: int) -> bool:
        """Shows a cell if all that leaned on it are safe without; else nothing changes."""
        self.cubes.show(cell)
        instead: dict[int, Cube] = {}
        for leaning in self.uses.get(cell, set()) - {cell}:
            self.searches += 1
            found = self.cubes.cheapest(leaning, self.chance, free=True)
            if found is None:
                self.cubes.hide(np.array([cell]))
                return False
            instead[leaning] = found
        for corner in self.kept.pop(cell).corners.tolist():
            self.uses[corner].discard(cell)
        for leaning, found in instead.items():
            self.keep(leaning, found)
        return True


def hidden_by_cubes(
    table: Table,
    must: Ints,
    one_of: Sequence[Ints],
    price: Floats,
    threshold: int,
) -> tuple[Mask, Witnessed]:
    """The rows to hide, with what shows that they are safe; what can be shown again is looked for in
    ``SEARCHES`` searches.

    Cells in no line are safe by themselves. Cells that no cube makes safe get a way of their own by a solver.
    """
    hiding = _Hiding(table, must, price, threshold)
    for cell in must[np.argsort(-table.counts[must], kind="stable")].tolist():
        if cell not in hiding.kept:
            hiding.make_safe(cell, hiding.cubes.cheapest(cell, hiding.chance))
    needed = set(must.tolist())
    for zeros in one_of:
        if not hiding.cubes.hidden[zeros].any():
            found = {cell: hiding.cubes.cheapest(cell, hiding.chance) for cell in zeros[:64].tolist()}
            best = min(found, key=lambda cell: np.inf if (cube := found[cell]) is None else cube.price)
            hiding.cubes.hide(np.array([best]))
            hiding.make_safe(best, found[best])
        needed.add(next(cell for cell in zeros.tolist() if hiding.cubes.hidden[cell]))
    _tidy(hiding, needed, price)
    return _proven(hiding)


def _tidy(hiding: _Hiding, needed: set[int], price: Floats) -> None:
    more = [cell for cell in hiding.kept if cell not in needed]
    for cell in sorted(more, key=lambda cell: (-price[cell], len(hiding.uses[cell]), cell)):
        if hiding.searches > SEARCHES:
            break
        hiding.show_again(cell)


def _proven(hiding: _Hiding) -> tuple[Mask, Witnessed]:
    table = hiding.table
    for cell in sorted(hiding.without):
        hiding.cubes.hide(cheapest_way(table, hiding.cubes.hidden[: table.rows], cell, hiding.threshold))
    hidden = hiding.cubes.hidden[: table.rows].copy()
    seen = Witnessed.of(table, hidden)
    for cube in {id(cube): cube for cube in hiding.kept.values()}.values():
        if hiding.cubes.hidden[cube.corners].all():
            cube.show(seen, hiding.cubes.counts)
    return hidden, seen
