"""Cells shown again, one after the other, wherever all that stay hidden withstand an attack with a solver."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.disclosure.audit import NEARLY, Floats, Mask, Witnessed, all_hidden, safe_with
from analysis.disclosure.table import Ints, Table


class Possible:
    """Tables that were found to be possible with some cells hidden, for what they show with fewer of them hidden."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._truth = table.counts.astype(np.float64)
        self._found = np.empty((64, table.cells))
        self._many = 0
        self.attacks = 0
        """So often a solver was asked."""

    def keep(self, cells: Ints, values: Floats) -> None:
        """One more, that has these values in ``cells`` and is true in all others."""
        self.attacks += 1
        if self._many == len(self._found):
            self._found = np.concatenate([self._found, np.empty_like(self._found)])
        self._found[self._many] = self._truth
        self._found[self._many, cells] = values
        self._many += 1

    def seen(self, hidden: Mask) -> Witnessed:
        """What those show that are possible with these cells hidden."""
        seen = Witnessed.of(self._table, hidden)
        shown = np.flatnonzero(~all_hidden(self._table, hidden))
        found = self._found[: self._many]
        found = found[(np.abs(found[:, shown] - self._truth[shown]) < NEARLY).all(axis=1)]
        if len(found):
            seen.least = np.minimum(seen.least, found.min(axis=0))
            seen.most = np.maximum(seen.most, found.max(axis=0))
        return seen


def trimmed(
    table: Table,
    hidden: Mask,
    order: Sequence[int],
    one_of: Sequence[Ints],
    threshold: int,
    possible: Possible,
    attacks: int,
) -> Mask:
    """The rows that stay hidden of ``hidden``, when those in ``order`` are tried one by one.

    One of each of ``one_of`` stays. No more are tried after so many ``attacks`` with a solver. All of ``hidden``
    must be safe to begin with.
    """
    hidden = hidden.copy()
    for cell in order:
        if possible.attacks > attacks:
            break
        hidden[cell] = False
        if any(cell in zeros and not hidden[zeros].any() for zeros in one_of) or not safe_with(
            table, threshold, possible.seen(hidden), possible.keep
        ):
            hidden[cell] = True
    return hidden
