"""How closely hidden cells can be worked out: the attack of somebody with a solver, made before anybody else makes it.

Who sees a table knows its shown cells, that lines add up, and that nobody is fewer than none. The tables that this
allows are the solutions of a linear programme; a cell is safe when two of them differ in it by the threshold or more.
Solutions that were found are kept as witnesses: each shows for many cells at once how far they can lie apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import coo_matrix, csr_matrix, eye, hstack  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from analysis.disclosure.table import Ints, Table

NEARLY = 1e-6
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


class NotSolved(RuntimeError):
    """The solver found no answer where there is one."""


@dataclass(slots=True)
class Witnessed:
    """The least and the most that each cell was seen to be, over tables that are possible with these cells hidden."""

    least: Floats
    most: Floats
    hidden: Mask
    told: Callable[[Ints, Floats], None] | None = None
    """Hears of every table that is seen."""

    @classmethod
    def of(cls, table: Table, hidden: Mask) -> Witnessed:
        """Nothing but the truth is known to be possible; totals without a row count as hidden."""
        known = table.counts.astype(np.float64)
        return cls(known.copy(), known.copy(), all_hidden(table, hidden))

    def see(self, cells: Ints, values: Floats) -> None:
        """One more possible table, that has these values in `cells`."""
        self.least[cells] = np.minimum(self.least[cells], values)
        self.most[cells] = np.maximum(self.most[cells], values)
        if self.told:
            self.told(cells, values)

    def unsafe(self, table: Table, threshold: int) -> Ints:
        """The hidden rows that were not seen to lie apart by the threshold."""
        rows = slice(0, table.rows)
        near = self.most[rows] - self.least[rows] < threshold - NEARLY
        return np.flatnonzero(self.hidden[rows] & near)


def all_hidden(table: Table, hidden: Mask) -> Mask:
    """The hidden rows, and every total that has no row."""
    everything = np.ones(table.cells, dtype=np.bool_)
    everything[: table.rows] = hidden[: table.rows]
    return everything


def unsafe_cells(table: Table, hidden: Mask, threshold: int, seen: Witnessed | None = None) -> Ints:
    """The hidden rows that can be worked out to less than the threshold, by solving until nothing is in doubt.

    Exact: a row that is not among them has two possible tables to show for it, a row that is has none.
    """
    seen = seen or Witnessed.of(table, hidden)
    if not len(seen.unsafe(table, threshold)):
        return seen.unsafe(table, threshold)
    for part in _parts(table, seen):
        part.settle(seen, threshold)
    return seen.unsafe(table, threshold)


def safe_with(table: Table, threshold: int, seen: Witnessed, found: Callable[[Ints, Floats], None]) -> bool:
    """Whether no hidden row can be worked out to less than the threshold; tells of each possible table it finds.

    Ends with the first row that can be.
    """
    if not len(seen.unsafe(table, threshold)):
        return True
    seen.told = found
    return all(part.settle(seen, threshold, to_the_end=False) for part in _parts(table, seen))


@dataclass(frozen=True, slots=True)
class _Part:
    """Hidden cells that are tied together by lines, and by none to others."""

    cells: Ints
    lines: csr_matrix
    sums: Floats
    rows: int

    def settle(self, seen: Witnessed, threshold: int, *, to_the_end: bool = True) -> bool:
        """Solves until nothing is in doubt, or unless ``to_the_end`` until one is unsafe: then it is false."""
        doubtful = self._doubtful(seen, threshold)
        before = len(doubtful) + 1
        while 2 < len(doubtful) < before:
            seen.see(self.cells, self._many_raised(doubtful, seen, threshold))
            before, doubtful = len(doubtful), self._doubtful(seen, threshold)
        for cell in doubtful:
            here = int(np.flatnonzero(self.cells == cell)[0])
            for sign in (-1, 1):
                if seen.most[cell] - seen.least[cell] < threshold - NEARLY:
                    seen.see(self.cells, self._one_moved(here, sign, seen, threshold))
            if seen.most[cell] - seen.least[cell] < threshold - NEARLY and not to_the_end:
                return False
        return not len(self._doubtful(seen, threshold))

    def _doubtful(self, seen: Witnessed, threshold: int) -> Ints:
        mine = self.cells[self.cells < self.rows]
        return mine[seen.most[mine] - seen.least[mine] < threshold - NEARLY]

    def _many_raised(self, doubtful: Ints, seen: Witnessed, threshold: int) -> Floats:
        """A possible table in which as much as can be is added to the doubtful cells, up to what makes each safe."""
        many, every = len(doubtful), len(self.cells)
        places = np.searchsorted(self.cells, doubtful)
        raised = coo_matrix((-np.ones(many), (np.arange(many), places)), shape=(many, every))
        found = linprog(
            np.concatenate([np.zeros(every), -np.ones(many)]),
            A_ub=hstack([raised, eye(many)], format="csr"),
            b_ub=-seen.least[doubtful],
            A_eq=hstack([self.lines, csr_matrix((self.lines.shape[0], many))], format="csr"),
            b_eq=self.sums,
            bounds=np.array([(0, np.inf)] * every + [(0, threshold)] * many),
            method="highs",
        )
        return _solution(found, every)

    def _one_moved(self, here: int, sign: int, seen: Witnessed, threshold: int) -> Floats:
        wanted = np.zeros(len(self.cells))
        wanted[here] = -sign
        bounds = np.array([(0, np.inf)] * len(self.cells))
        bounds[here, 1] = seen.least[self.cells[here]] + threshold
        found = linprog(wanted, A_eq=self.lines, b_eq=self.sums, bounds=bounds, method="highs")
        return _solution(found, len(self.cells))


def _parts(table: Table, seen: Witnessed) -> list[_Part]:
    """The parts of which some row is in doubt; a cell that no line holds is free, and seen to be."""
    hidden = np.flatnonzero(seen.hidden)
    lines = table.additive[:, hidden]
    filled = np.diff(lines.indptr) > 0
    lines = lines[filled]
    alone = hidden[np.diff(lines.tocsc().indptr) == 0]
    seen.most[alone] = np.inf
    ties = coo_matrix(lines)
    many, named = connected_components(
        csr_matrix(
            (np.ones(ties.nnz), (ties.row, lines.shape[0] + ties.col)), shape=(lines.shape[0] + len(hidden),) * 2
        ),
        directed=False,
    )
    of_lines, of_cells = named[: lines.shape[0]], named[lines.shape[0] :]
    found = []
    for part in range(many):
        cells = np.flatnonzero(of_cells == part)
        if len(cells) and of_cells[cells[0]] in of_lines:
            own = lines[of_lines == part][:, cells]
            found.append(_Part(hidden[cells], own, own @ table.counts[hidden[cells]].astype(np.float64), table.rows))
    return found


def _solution(found: object, cells: int) -> Floats:
    if getattr(found, "x", None) is None:
        raise NotSolved(str(getattr(found, "message", "")))
    values: Floats = np.maximum(np.asarray(found.x[:cells], dtype=np.float64), 0.0)  # type: ignore[attr-defined]
    whole = np.rint(values)
    return np.where(np.abs(values - whole) < NEARLY, whole, values)
