"""A table of counts in long form, and what adds up in it: its totals may be rows, some of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

TOTAL = "total"
"""What a total is called in the place of a category, in any capitals."""

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Key = tuple[int, ...]


class Problem(StrEnum):
    """Why something is no table whose small numbers can be hidden."""

    EMPTY = "empty"
    NO_DIMENSIONS = "no_dimensions"
    NEGATIVE = "negative"
    DUPLICATE = "duplicate"
    NOT_ADDING_UP = "not_adding_up"
    TOTALS_OF_NOTHING = "totals_of_nothing"


class TableProblem(ValueError):
    """`row` is the row that cannot be, from 0, and `other` the row or the sum that it clashes with."""

    def __init__(self, problem: Problem, row: int = 0, other: int = 0) -> None:
        super().__init__(f"{problem.value} in row {row}")
        self.problem, self.row, self.other = problem, row, other


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The cells of a table and the lines in which they add up.

    Its rows come first, in their order; after them stand totals that no row has but that rows above them are sums of.
    They are never shown, and need no protection, but what they tie together is tied. In `codes` (cells by dimensions)
    a total is the last code of its dimension, ``sizes``. `additive` has a line for every sum: 1 for its parts and -1
    for their total.
    """

    rows: int
    codes: Ints
    sizes: tuple[int, ...]
    counts: Ints
    additive: csr_matrix
    groups: tuple[Ints, ...]
    """Cells that divide the same people among the categories of one dimension, with or without a total; rows only."""

    @property
    def cells(self) -> int:
        """How many there are, the totals that are not rows among them."""
        return len(self.counts)


def table_of(keys: Sequence[Sequence[str]], counts: Sequence[int]) -> Table:
    """The table with these rows: each has its category in every dimension, or `Total`, and a count.

    A combination that has no row is taken to have nobody in it. Raises TableProblem when the table is empty, has no
    dimension, a negative count, the same row twice, a total that is not the sum of its parts, or totals none of which
    is a total of other rows (then a column that is no dimension stands among the dimensions).
    """
    if not keys:
        raise TableProblem(Problem.EMPTY)
    if not keys[0]:
        raise TableProblem(Problem.NO_DIMENSIONS)
    codes, sizes = _coded(keys)
    placed: dict[Key, int] = {}
    for row, (key, count) in enumerate(zip(codes, counts, strict=True)):
        if count < 0:
            raise TableProblem(Problem.NEGATIVE, row)
        if key in placed:
            raise TableProblem(Problem.DUPLICATE, row, placed[key])
        placed[key] = row
    rows = len(codes)
    everything = [*codes, *_totals_without_a_row(placed, sizes)]
    numbers, lines = _lines(everything, sizes, counts)
    if not lines and any(key[k] == sizes[k] for key in codes for k in range(len(sizes))) and rows > 1:
        raise TableProblem(Problem.TOTALS_OF_NOTHING, next(row for row in range(rows) if _sums(codes[row], sizes)))
    return Table(
        rows=rows,
        codes=np.array(everything, dtype=np.int64).reshape(len(everything), len(sizes)),
        sizes=sizes,
        counts=np.array(numbers, dtype=np.int64),
        additive=_matrix(lines, len(everything)),
        groups=_groups(codes, sizes),
    )


def _coded(keys: Sequence[Sequence[str]]) -> tuple[list[Key], tuple[int, ...]]:
    columns = []
    sizes = []
    for column in zip(*keys, strict=True):
        names = [name.strip() for name in column]
        known: dict[str, int] = {}
        for name in names:
            if name.casefold() != TOTAL:
                known.setdefault(name, len(known))
        sizes.append(len(known))
        columns.append([len(known) if name.casefold() == TOTAL else known[name] for name in names])
    return list(zip(*columns, strict=True)), tuple(sizes)


def _sums(key: Key, sizes: Sequence[int]) -> list[int]:
    """The dimensions that a cell is a total of."""
    return [k for k, code in enumerate(key) if code == sizes[k]]


def _over(key: Key, dimensions: Sequence[int], sizes: Sequence[int]) -> Key:
    return tuple(sizes[k] if k in dimensions else code for k, code in enumerate(key))


def _totals_without_a_row(placed: Mapping[Key, int], sizes: Sequence[int]) -> list[Key]:
    """Totals that a row above them is a sum of, the smallest first."""
    if not any(_sums(key, sizes) for key in placed):
        return []
    missing: set[Key] = set()
    for key in placed:
        missing.update(total for total in _totals_of(key, sizes) if total not in placed)
    needed = [key for key in missing if any(total in placed for total in _totals_of(key, sizes))]
    return sorted(needed, key=lambda key: (len(_sums(key, sizes)), key))


def _totals_of(key: Key, sizes: Sequence[int]) -> list[Key]:
    free = [k for k, code in enumerate(key) if code != sizes[k]]
    return [
        _over(key, dimensions, sizes) for many in range(1, len(free) + 1) for dimensions in combinations(free, many)
    ]


def _lines(keys: Sequence[Key], sizes: Sequence[int], counts: Sequence[int]) -> tuple[list[int], list[Line]]:
    """The counts of all cells, and the parts of every total in every dimension with its place."""
    place = {key: cell for cell, key in enumerate(keys)}
    parts: dict[tuple[int, int], list[int]] = {}
    for cell, key in enumerate(keys):
        for k, code in enumerate(key):
            if code != sizes[k] and (whole := place.get(_over(key, (k,), sizes))) is not None:
                parts.setdefault((whole, k), []).append(cell)
    numbers = list(counts)
    rows = len(numbers)
    for whole in range(rows, len(keys)):
        first = next(k for k in _sums(keys[whole], sizes) if (whole, k) in parts)
        numbers.append(sum(numbers[part] for part in parts[whole, first]))
    lines = []
    held, broken = set[int](), dict[int, int]()
    for (whole, _), of in sorted(parts.items()):
        found = sum(numbers[part] for part in of)
        if found == numbers[whole]:
            lines.append((of, whole))
            held.add(whole)
        elif whole < rows and all(part < rows for part in of):
            raise TableProblem(Problem.NOT_ADDING_UP, whole, found)
        else:
            broken.setdefault(whole, found)
    for whole, found in broken.items():
        if whole < rows and whole not in held:
            raise TableProblem(Problem.NOT_ADDING_UP, whole, found)
    return numbers, lines


Line = tuple[list[int], int]


def _matrix(lines: Sequence[Line], cells: int) -> csr_matrix:
    across = [cell for parts, whole in lines for cell in (*parts, whole)]
    down = [number for number, (parts, _) in enumerate(lines) for _ in range(len(parts) + 1)]
    signs = [sign for parts, _ in lines for sign in (*[1.0] * len(parts), -1.0)]
    return csr_matrix((signs, (down, across)), shape=(len(lines), cells))


def _groups(codes: Sequence[Key], sizes: Sequence[int]) -> tuple[Ints, ...]:
    found: dict[tuple[int, Key], list[int]] = {}
    for cell, key in enumerate(codes):
        for k, code in enumerate(key):
            if code != sizes[k]:
                found.setdefault((k, _over(key, (k,), sizes)), []).append(cell)
    return tuple(np.array(cells, dtype=np.int64) for cells in found.values() if len(cells) > 1)
