"""A new table beside all that were published of the same people: what the two would tell together.

A release counts people by its dimensions, of those that its filters leave. Dimensions mean the same in every release of
a base: a child has one setting, one year group and one need there. So every cell is a sum over combinations of all the
dimensions and filters that occur (atoms), and all cells ever shown are one system of sums. That is what is understood:
tables by other dimensions, with fewer or more of them, filtered to some categories, or with other totals. Categories
that overlap (ages beside year groups, areas by two maps) are no dimensions of one base.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from analysis.disclosure.counts import FLOOR
from analysis.disclosure.table import TOTAL

MOST_CROSSED = 2
"""Dimensions that a published table may cross."""
MOST_ATOMS = 200_000
NEARLY = 1e-6


class Refusal(StrEnum):
    """Why a table must not be published."""

    TOO_MANY_DIMENSIONS = "too_many_dimensions"
    CHANGED_BY_FEW = "changed_by_few"
    """A cell was published with a count that differs by 1 to threshold - 1: those few changed, came or went."""
    DIFFERS_BY_FEW = "differs_by_few"
    """A cell holds all people of a published one and a few more: those few would be counted."""
    WORKED_OUT = "worked_out"
    """A hidden cell, of this table or of a published one, lies between bounds narrower than the threshold."""
    TOO_LARGE = "too_large"
    """There are too many combinations to tell."""


@dataclass(frozen=True, slots=True)
class Release:
    """A table as it is shown: by the category of each dimension, in their order, a count, or `None` where hidden.

    A total has `Total` in the place of a category. `filters` are dimensions of which only one category is counted.
    """

    dimensions: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, ...], int | None]

    def people(self, key: tuple[str, ...]) -> frozenset[tuple[str, str]]:
        """Who is in a cell: what is fixed of them, by dimension."""
        by = (pair for pair in zip(self.dimensions, key, strict=True) if pair[1].casefold() != TOTAL)
        return frozenset((*by, *self.filters))


@dataclass(frozen=True, slots=True)
class Reason:
    """A refusal, and the cell of the new or of a published table that it is about."""

    refusal: Refusal
    cell: tuple[tuple[str, str], ...] = ()


def reasons_against(new: Release, published: Sequence[Release], threshold: int = FLOOR) -> tuple[Reason, ...]:
    """Why `new` must not be published beside all that was published of the same base; empty when it may.

    All counts of people who are the same are taken together. Where a cell was published with another count, the people
    have changed: then only what changed is looked at, against every release, and sums only within those that agree.
    """
    if len(new.dimensions) > MOST_CROSSED:
        return (Reason(Refusal.TOO_MANY_DIMENSIONS),)
    found = [*_few_between(new, published, threshold)]
    agreeing = [release for release in published if not _differ(new, release)]
    found.extend(_worked_out([new, *agreeing], threshold))
    return tuple(dict.fromkeys(found))


def percentage(part: int | None, base: int | None, floor: int = FLOOR) -> float | None:
    """Of a hundred; ``None`` where either is hidden, or the base has fewer than ``floor`` people."""
    return None if part is None or base is None or base < floor else 100 * part / base


def _shown(release: Release) -> dict[frozenset[tuple[str, str]], int]:
    return {release.people(key): count for key, count in release.cells.items() if count is not None}


def _differ(new: Release, old: Release) -> bool:
    ours, theirs = _shown(new), _shown(old)
    return any(ours[people] != theirs[people] for people in ours.keys() & theirs.keys())


def _few_between(new: Release, published: Sequence[Release], threshold: int) -> list[Reason]:
    """Cells that differ by a few from a published one of the same people, or of people among whom they are."""
    found = []
    ours = _shown(new)
    for release in published:
        for people, count in _shown(release).items():
            for mine, my_count in ours.items():
                few = 0 < abs(my_count - count) < threshold
                if few and mine == people:
                    found.append(Reason(Refusal.CHANGED_BY_FEW, tuple(sorted(mine))))
                elif few and (mine < people or people < mine) and not _told_apart(mine, people, new, release):
                    found.append(Reason(Refusal.DIFFERS_BY_FEW, tuple(sorted(mine))))
    return found


def _told_apart(mine: frozenset[Hashable], theirs: frozenset[Hashable], new: Release, old: Release) -> bool:
    """Whether one table alone shows both: then it was protected with both in view."""
    return any({mine, theirs} <= _shown(release).keys() for release in (new, old))


def _worked_out(releases: Sequence[Release], threshold: int) -> list[Reason]:
    hidden = {release.people(key) for release in releases for key, count in release.cells.items() if count is None}
    shown = {people: count for release in releases for people, count in _shown(release).items()}
    named = sorted(hidden & shown.keys(), key=sorted)
    found = [Reason(Refusal.WORKED_OUT, tuple(sorted(people))) for people in named]
    hidden -= shown.keys()
    if not hidden:
        return found
    atoms = _atoms(releases)
    if atoms is None:
        return [*found, Reason(Refusal.TOO_LARGE)]
    every = [*shown, *sorted(hidden, key=sorted)]
    holds = _holding(every, atoms)
    sums = holds[: len(shown)]
    counts = np.array(list(shown.values()), dtype=np.float64)
    for place in range(len(shown), len(every)):
        if _width(holds[place], sums, counts) < threshold - NEARLY:
            found.append(Reason(Refusal.WORKED_OUT, tuple(sorted(every[place]))))
    return found


def _atoms(releases: Sequence[Release]) -> list[dict[str, str]] | None:
    """Every combination of what occurs in any of them, and of what is left when a dimension is only filtered by."""
    known: dict[str, dict[str, None]] = {}
    for release in releases:
        for dimension, category in release.filters:
            known.setdefault(dimension, {"": None})[category] = None
        for key in release.cells:
            for dimension, category in zip(release.dimensions, key, strict=True):
                if category.casefold() != TOTAL:
                    known.setdefault(dimension, {})[category] = None
    if np.prod([len(categories) for categories in known.values()], dtype=np.float64) > MOST_ATOMS:
        return None
    return [dict(zip(known, combination, strict=True)) for combination in product(*known.values())]


def _holding(cells: Sequence[frozenset[tuple[str, str]]], atoms: Sequence[Mapping[str, str]]) -> csr_matrix:
    """Cells by atoms, those alike in all cells taken together."""
    by_pair: dict[tuple[str, str], np.ndarray] = {}
    for dimension in atoms[0] if atoms else ():
        for category in {atom[dimension] for atom in atoms}:
            by_pair[dimension, category] = np.array([atom[dimension] == category for atom in atoms])
    none = np.zeros(len(atoms), dtype=np.bool_)
    full = np.array([np.logical_and.reduce([by_pair.get(pair, none) for pair in cell] or [~none]) for cell in cells])
    return csr_matrix(np.unique(full, axis=1).astype(np.float64))


def _width(cell: csr_matrix, sums: csr_matrix, counts: np.ndarray) -> float:
    """How far a cell can lie apart; infinite where nothing bounds it, 0 where the shown counts cannot all be true."""
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(sign * cell.toarray()[0], A_eq=sums, b_eq=counts, bounds=(0, None), method="highs")
        if found.status == 3:
            return np.inf
        if found.fun is None:
            return 0.0
        ends.append(sign * found.fun)
    return float(ends[1] - ends[0])
