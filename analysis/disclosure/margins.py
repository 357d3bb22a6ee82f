"""Small numbers hidden in tables that share their totals, so that nobody can be worked out from one by another."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure.counts import FLOOR


@dataclass(frozen=True, slots=True)
class Line:
    """Counts that add up: the cells of a row or a column, and the cell that holds their sum."""

    parts: tuple[Hashable, ...]
    whole: Hashable


def hidden_cells(counts: Mapping[Hashable, int], lines: Sequence[Line], floor: int = FLOOR) -> frozenset[Hashable]:
    """The cells that must not be shown, of those of ``counts``.

    Cells from 1 to ``floor`` - 1 are hidden, and then, line by line until nothing changes, one cell more wherever a
    hidden one follows from the others: when it is hidden alone in its line, or when the largest that it can be is
    below ``floor``. That is the sum of the hidden ones, less one for each of the others while all of them are known to
    be more than none. The smallest cell is hidden; where none is left a zero, which takes that knowledge away; and
    where no zero is left the whole. A hidden whole keeps a part hidden. A whole may be a part of other lines, so that
    tables share their margins. Every line then has no unknown or two; this does not solve the linear programme of an
    onlooker who takes all lines together. Raises ValueError for a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count cannot be negative")
    hidden = {cell for cell, count in counts.items() if 0 < count < floor}
    across: dict[Hashable, list[Line]] = {}
    for line in lines:
        for cell in line.parts:
            across.setdefault(cell, []).append(line)
    changed = True
    while changed:
        changed = False
        for line in lines:
            while (more := _one_more(line, counts, hidden, floor, across)) is not None:
                hidden.add(more)
                changed = True
    return frozenset(hidden)


def _one_more(
    line: Line,
    counts: Mapping[Hashable, int],
    hidden: set[Hashable],
    floor: int,
    across: Mapping[Hashable, Sequence[Line]],
) -> Hashable | None:
    unknown = [cell for cell in line.parts if cell in hidden]
    others = [cell for cell in line.parts if cell not in hidden]
    if line.whole in hidden:
        return _smallest(others, counts, hidden, across) if not unknown else None
    if not unknown:
        return None
    known_to_be_some = 0 if any(counts[cell] == 0 for cell in unknown) else len(unknown) - 1
    if len(unknown) > 1 and sum(counts[cell] for cell in unknown) - known_to_be_some >= floor:
        return None
    found = _smallest(others, counts, hidden, across)
    return line.whole if found is None else found


def _smallest(
    cells: Sequence[Hashable],
    counts: Mapping[Hashable, int],
    hidden: set[Hashable],
    across: Mapping[Hashable, Sequence[Line]],
) -> Hashable | None:
    """The smallest cell that is more than none; else the zero whose other lines hide most already."""
    some = [cell for cell in cells if counts[cell] > 0]
    if some:
        return min(some, key=lambda cell: counts[cell])

    def hides_already(cell: Hashable) -> int:
        return sum(counts[part] for line in across[cell] for part in line.parts if part in hidden)

    return max(cells, key=hides_already, default=None)
