"""Which cells of a table are not shown, so that none of them can be worked out to less than the threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.disclosure.audit import Mask, Witnessed, unsafe_cells
from analysis.disclosure.by_cubes import hidden_by_cubes
from analysis.disclosure.counts import FLOOR, LOWEST_FLOOR, Hidden
from analysis.disclosure.exact import costs, fewest
from analysis.disclosure.table import Ints, Table
from analysis.disclosure.telling import small, telling_zeros
from analysis.disclosure.trimming import Possible, trimmed
from analysis.disclosure.ways import repaired

SMALL_TABLE = 400
"""Rows up to which every cell that need not be hidden is looked for with a solver."""
TINY_TABLE = 170
"""Rows up to which the fewest cells are looked for."""
ATTACKS = 100_000
"""With a solver, so that less is hidden than what is safe already: the fewer, the larger a table and so each of them
is."""


class CannotProtect(RuntimeError):
    """Even with all its cells hidden, the table gives some of them away."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A row each, in order: why it is hidden, `None` where it is shown."""

    hidden: tuple[Hidden | None, ...]

    def count(self, why: Hidden) -> int:
        """How many are hidden for this reason."""
        return sum(one is why for one in self.hidden)


def suppress(table: Table, threshold: int = FLOOR) -> Suppressed:
    """The rows to hide. Whoever sees the others can narrow no hidden one to less than `threshold`.

    Hidden for what they say themselves (primary) are counts from 1 to `threshold` - 1, and of the zeros beside the only
    category that anybody of a group is in, one: together they would say what each of the group is. Hidden so
    that these cannot be worked out (secondary) are few others: the fewest there are where the table is small. The
    same table always hides the same cells, so that two files of it cannot be read against each other. Raises
    ValueError for a threshold below 5 and CannotProtect where nothing helps.
    """
    if threshold < LOWEST_FLOOR:
        raise ValueError(f"no threshold goes under {LOWEST_FLOOR}")
    must, one_of = small(table, threshold), telling_zeros(table)
    if not len(must) and not one_of:
        return Suppressed((None,) * table.rows)
    hidden, seen = hidden_by_cubes(table, must, one_of, costs(table), threshold)
    if table.rows <= SMALL_TABLE:
        hidden = _fewer(table, hidden, (must, one_of), threshold)
        seen = Witnessed.of(table, hidden)
    hidden = _proven(table, hidden, threshold, seen)
    return Suppressed(_reasons(table, hidden, must, one_of))


def _fewer(
    table: Table,
    hidden: Mask,
    wanted: tuple[Ints, Sequence[Ints]],
    threshold: int,
) -> Mask:
    """As few as are found: those shown again that are not needed, and the fewest where they can be found."""
    must, one_of = wanted
    price, possible = costs(table), Possible(table)

    def trim(cells: Mask) -> Mask:
        more = np.setdiff1d(np.flatnonzero(cells), must)
        order = more[np.argsort(-price[more], kind="stable")].tolist()
        return trimmed(table, cells, order, one_of, threshold, possible, ATTACKS // (table.rows + 100))

    found = [trim(hidden)]
    if table.rows <= TINY_TABLE:
        best, safe = fewest(table, must, one_of, threshold)
        if best is not None:
            found.append(best if safe else trim(repaired(table, best, threshold)))
    return min(found, key=lambda cells: float(price[cells].sum()))


def _proven(table: Table, hidden: Mask, threshold: int, seen: Witnessed) -> Mask:
    """These if they withstand, else all; nothing leaves here that was not attacked or shown to be safe."""
    if not len(unsafe_cells(table, hidden, threshold, seen)):
        return hidden
    everything = np.ones(table.rows, dtype=np.bool_)
    if len(unsafe_cells(table, everything, threshold)):
        raise CannotProtect
    return everything


def _reasons(table: Table, hidden: Mask, must: Ints, one_of: Sequence[Ints]) -> tuple[Hidden | None, ...]:
    primary = set(must.tolist())
    for zeros in one_of:
        primary.update(cell for cell in zeros.tolist() if hidden[cell])
    return tuple(
        None if not hidden[row] else Hidden.PRIMARY if row in primary else Hidden.SECONDARY for row in range(table.rows)
    )
