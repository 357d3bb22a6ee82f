"""Small numbers hidden in tables that share their totals, so that nobody can be worked out from one by another."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure import FLOOR


@dataclass(frozen=True, slots=True)
class Line:
    """Counts that add up: the cells of a row or a column, and the cell that holds their sum."""

    parts: tuple[Hashable, ...]
    whole: Hashable


def hidden_cells(counts: Mapping[Hashable, int], lines: Sequence[Line], floor: int = FLOOR) -> frozenset[Hashable]:
    """The cells that must not be shown, of those of ``counts``.

    Cells from 1 to ``floor`` - 1 are hidden, and then, line by line until nothing changes, the smallest cell more
    wherever a hidden one follows from the others: when it is hidden alone in its line, or when the sum of the hidden
    ones, less one for each of the others, is below ``floor``. When no cell is left, the whole is hidden; a hidden
    whole keeps a part hidden. A whole may be a part of other lines, so that tables share their margins. Zeros are
    shown. This is Fellegi's rule of one unknown a line with a bound; it does not solve the linear programme of an
    onlooker who takes all lines together. Raises ValueError for a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count cannot be negative")
    hidden = {cell for cell, count in counts.items() if 0 < count < floor}
    changed = True
    while changed:
        changed = False
        for line in lines:
            more = _one_more(line, counts, hidden, floor)
            if more is not None:
                hidden.add(more)
                changed = True
    return frozenset(hidden)


def _one_more(line: Line, counts: Mapping[Hashable, int], hidden: set[Hashable], floor: int) -> Hashable | None:
    unknown = [cell for cell in line.parts if cell in hidden]
    others = [cell for cell in line.parts if cell not in hidden and counts[cell] > 0]
    smallest = min(others, key=lambda cell: counts[cell], default=None)
    if line.whole in hidden:
        return smallest if not unknown else None
    if not unknown:
        return None
    bound = sum(counts[cell] for cell in unknown) - (len(unknown) - 1)
    if len(unknown) > 1 and bound >= floor:
        return None
    return line.whole if smallest is None else smallest
