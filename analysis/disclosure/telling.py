"""Cells that must not be shown for what they say themselves: small numbers, and zeros that leave one answer."""

from __future__ import annotations

import numpy as np

from analysis.disclosure.table import Ints, Table


def small(table: Table, threshold: int) -> Ints:
    """The rows that count some people, but fewer than `threshold`."""
    counts = table.counts[: table.rows]
    return np.flatnonzero((counts > 0) & (counts < threshold))


def telling_zeros(table: Table) -> list[Ints]:
    """For each group of people who are all in one category: the zeros beside it, of which one must be hidden.

    Shown all together they say what every single one of the group is. Where two categories or more have somebody in
    them, no zero says what anybody is; and where nobody is in the group, there is nobody to tell of.
    """
    found = []
    for cells in table.groups:
        zeros = cells[table.counts[cells] == 0]
        if len(zeros) == len(cells) - 1:
            found.append(zeros)
    return found
