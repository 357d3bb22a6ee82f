"""Patterns that keep a cell from being worked out, found without a solver: the corners of a cube.

Take a cell and in each dimension another category, or the total. People can be thought moved among the corners so that
every line still adds up: as many more here as fewer at the corner beside it, and as many more in a total as in its
part. So with all corners hidden, each of them can lie as far apart as the smallest that lose people and the smallest
that gain them together. After G. Sande (1984) and S. Giessing and D. Repsilber (2002), the hypercube method, here with
its bound taken both ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from analysis.disclosure.audit import Floats, Mask, Witnessed, all_hidden
from analysis.disclosure.table import Ints, Table

MOST_PLACES = 8_000_000
"""A grid of all combinations larger than this is not made."""
CORNERS = 1_000
"""About so many opposite corners are looked at for one cell; eight times as many where none of these serves."""
MOST_CORNERS = 64_000
"""Beyond this nothing is looked at: a solver does better."""


_Way = tuple[tuple[slice, ...], Floats, Floats]


@dataclass(frozen=True, slots=True)
class Cube:
    """The cells that gain when others lose, those, and by how much either can."""

    gaining: Ints
    losing: Ints
    up: float
    down: float
    price: float

    @property
    def corners(self) -> Ints:
        """All of them."""
        return np.concatenate([self.gaining, self.losing])

    def show(self, seen: Witnessed, counts: Floats) -> None:
        """The two tables that it makes possible."""
        for step in (self.up, -self.down):
            seen.see(self.gaining, counts[self.gaining] + step)
            seen.see(self.losing, counts[self.losing] - step)


class Cubes:
    """The cubes of a table, as its cells are hidden one after the other (``hide``)."""

    def __init__(self, table: Table, hidden: Mask, price: Floats, threshold: int) -> None:
        self._table, self._threshold = table, threshold
        self.hidden = all_hidden(table, hidden)
        self.counts = table.counts.astype(np.float64)
        self._price = np.concatenate([price, np.zeros(table.cells - table.rows)])
        shape = tuple(size + 1 for size in table.sizes)
        self._grid = np.full(shape, table.cells, dtype=np.int64)
        self._grid[tuple(table.codes.T)] = np.arange(table.cells)
        self._tied = [k for k, size in enumerate(table.sizes) if bool((table.codes[:, k] == size).any())]
        self._known_ways: dict[tuple[tuple[int, ...], tuple[int, ...]], list[_Way]] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        """What is looked up by cell has one place more, for corners that are not there: hidden at no finite price."""
        self._to_pay = np.append(np.where(self.hidden, 0.0, self._price), np.inf)
        self._size = np.append(self.counts, 0.0)
        self._there = np.append(np.ones(self._table.cells, dtype=np.bool_), False)

    def hide(self, cells: Ints) -> None:
        """These are hidden from now on."""
        self.hidden[cells] = True
        self._to_pay[cells] = 0.0

    def show(self, cell: int) -> None:
        """This row is shown from now on."""
        self.hidden[cell] = False
        self._to_pay[cell] = self._price[cell]

    def cheapest(self, cell: int, chance: np.random.Generator, *, free: bool = False) -> Cube | None:
        """The cube at `cell` that makes it safe and hides the least more; ``None`` where no cube does.

        With ``free`` only cubes that hide nothing more, of those looked at first.
        """
        others = self._others(cell, hidden=free)
        many = int(np.prod([len(found) for found in others]))
        looked = CORNERS
        while many > 2 * looked:
            most = int(looked ** (1 / len(others)))
            fewer = [self._promising(cell, k, found, most, chance) for k, found in zip(self._tied, others, strict=True)]
            found = self._best(cell, fewer, free=free)
            if found is not None or free:
                return found
            looked *= 8
        return self._best(cell, others, free=free) if 0 < many <= MOST_CORNERS else None

    def _others(self, cell: int, *, hidden: bool) -> list[Ints]:
        code = self._table.codes[cell]
        found = []
        for k in self._tied:
            line = self._grid[(*code[:k], slice(None), *code[k + 1 :])]
            there = np.flatnonzero(self._there[line] & (self._to_pay[line] == 0.0) if hidden else self._there[line])
            found.append(there[there != code[k]])
        return found

    def _promising(self, cell: int, k: int, others: Ints, most: int, chance: np.random.Generator) -> Ints:
        """Of the other categories, the total and those that are hidden, the largest first, then any."""
        if len(others) <= most:
            return others
        code = self._table.codes[cell]
        line = self._grid[(*code[:k], slice(None), *code[k + 1 :])][others]
        worth = np.where(self.hidden[line], 1_000.0, 0.0) + np.minimum(self.counts[line], 100.0)
        worth += 1_000_000.0 * (others == self._table.sizes[k]) + chance.random(len(others)) * 50.0
        return np.sort(others[np.argpartition(-worth, most)[:most]])

    def _best(self, cell: int, others: Sequence[Ints], *, free: bool) -> Cube | None:
        code = self._table.codes[cell].tolist()
        choices = [np.array([place]) for place in code]
        for k, found in zip(self._tied, others, strict=True):
            choices[k] = np.append(code[k], found)
        block = self._grid[np.ix_(*choices)].reshape([len(found) + 1 for found in others])
        size, to_pay = self._size[block], self._to_pay[block]
        totals = tuple(
            -1 if code[k] == self._table.sizes[k] else int((found == self._table.sizes[k]).any())
            for k, found in zip(self._tied, others, strict=True)
        )
        shape = tuple(len(found) for found in others)
        gains = np.full(shape, self.counts[cell])
        loses = np.full(shape, np.inf)
        price = np.full(shape, self._to_pay[cell])
        for corner, losing, gaining in self._ways(shape, totals):
            here = size[corner]
            np.minimum(gains, here + losing, out=gains)
            np.minimum(loses, here + gaining, out=loses)
            price += to_pay[corner]
        price[gains + loses < self._threshold] = np.inf
        at = int(price.argmin())
        best = float(price.flat[at])
        if best == np.inf or (free and best > 0):
            return None
        ways = float(gains.flat[at]), float(loses.flat[at])
        return self._at(block, totals, [int(place) for place in np.unravel_index(at, shape)], ways, best)

    def _ways(self, shape: tuple[int, ...], totals: tuple[int, ...]) -> list[_Way]:
        """Where each corner but the cell lies in the block, and infinity where it loses, and where it gains, people.

        A corner gains where the cell does when an even number of steps leads to it, not counting steps from or to
        a total. `totals` tells by dimension whether the cell is one (-1), or the last of the others is (1).
        """
        if (found := self._known_ways.get((shape, totals))) is None:
            found = []
            for corner in list(product((0, 1), repeat=len(shape)))[1:]:
                signs = np.ones((1,) * len(shape))
                for k in (k for k, moved in enumerate(corner) if moved):
                    steps = np.full(shape[k], 1.0 if totals[k] < 0 else -1.0)
                    if totals[k] > 0:
                        steps[-1] = 1.0
                    signs = signs * steps.reshape([-1 if k == at else 1 for at in range(len(shape))])
                places = tuple(slice(1, None) if moved else slice(0, 1) for moved in corner)
                found.append((places, np.where(signs < 0, np.inf, 0.0), np.where(signs > 0, np.inf, 0.0)))
            self._known_ways[shape, totals] = found
        return found

    def _at(
        self, block: Ints, totals: Sequence[int], best: Sequence[int], ways: tuple[float, float], price: float
    ) -> Cube:
        gaining: list[int] = []
        losing: list[int] = []
        turns = [totals[k] == 0 or (totals[k] > 0 and place < block.shape[k] - 2) for k, place in enumerate(best)]
        for corner in product((0, 1), repeat=len(best)):
            cell = int(block[tuple(place + 1 if moved else 0 for place, moved in zip(best, corner, strict=True))])
            odd = sum(moved and turn for moved, turn in zip(corner, turns, strict=True)) % 2
            (losing if odd else gaining).append(cell)
        down, up = ways
        return Cube(
            np.array(gaining, dtype=np.int64),
            np.array(losing, dtype=np.int64),
            min(up, float(self._threshold)),
            down,
            price,
        )
