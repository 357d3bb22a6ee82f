"""Small numbers hidden, so that nobody can be worked out from a table with one line of counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FLOOR = 10
LOWEST_FLOOR = 5
"""No setting goes under it."""


class Roughly(StrEnum):
    """What may be said of a share that is not shown."""

    MOST = "most"
    SOME = "some"
    FEW = "few"


class Hidden(StrEnum):
    """Why a count is not shown."""

    PRIMARY = "primary"  # it is small itself
    SECONDARY = "secondary"  # it would give a small one away


@dataclass(frozen=True, slots=True)
class FlooredCount:
    """A count, or the reason why it is hidden (then `count` is None)."""

    key: str
    count: int | None
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class FlooredCounts:
    """A line of counts, in the order given. `total` is None when it could not be shown either."""

    cells: tuple[FlooredCount, ...]
    total: int | None

    def shown(self, key: str) -> int | None:
        """The count of `key`, None when hidden; raises KeyError for a key that was not counted."""
        for cell in self.cells:
            if cell.key == key:
                return cell.count
        raise KeyError(key)


def floor_counts(counts: Mapping[str, int], floor: int = FLOOR, *, least_missed: str = "") -> FlooredCounts:
    """Counts of which those from 1 to `floor` - 1 are hidden, with whatever would let them be worked out.

    Zeros are shown: nobody is behind them. The total is shown unless it is small itself. From a shown total
    the sum of the hidden cells follows, and as none of them is zero, none can be larger than that sum less
    one for each of the others. As long as this bound is below `floor`, or one cell is hidden alone, the
    smallest of the other cells is hidden too (`least_missed` before any other), and when none is left, the
    total. So the numbers alone do not tell that a hidden count is a small one: do not publish why it is
    hidden. Raises ValueError for a negative count.

    This is for one line of counts; tables of several dimensions, or of parts of each other, need more, and so
    does an onlooker who replays this procedure on every table that the shown numbers allow.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count cannot be negative")
    hidden = {key: Hidden.PRIMARY for key, count in counts.items() if 0 < count < floor}
    total = sum(counts.values())
    total_shown = total == 0 or total >= floor
    while hidden and total_shown and _given_away(hidden, counts, floor):
        others = [key for key, count in counts.items() if key not in hidden and count > 0]
        if not others:
            total_shown = False
        else:
            hidden[min(others, key=lambda key: (key != least_missed, counts[key]))] = Hidden.SECONDARY
    return FlooredCounts(
        tuple(FlooredCount(key, None if key in hidden else count, hidden.get(key)) for key, count in counts.items()),
        total if total_shown else None,
    )


def roughly(part: int, whole: int, floor: int = FLOOR) -> Roughly:
    """Which way most of a whole went whose `part`, or the rest of it, is too small to be shown.

    Of twice the floor or more, only one of the two can be small, so it is told whether it is the part. Of
    fewer, both may be: thirds are told, so that every word leaves several numbers possible. Raises ValueError
    unless 0 < part < whole.
    """
    if not 0 < part < whole:
        raise ValueError("only some of a whole can be most or few of it")
    if whole >= 2 * floor:
        return Roughly.MOST if 2 * part > whole else Roughly.FEW
    if 3 * part >= 2 * whole:
        return Roughly.MOST
    return Roughly.FEW if 3 * part <= whole else Roughly.SOME


def in_ten(part: int, whole: int) -> int:
    """How many in ten `part` of `whole` is, to the nearest, halves up; only none is 0 and only all are 10.

    Raises ValueError unless 0 <= part <= whole and whole > 0.
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError("a part lies between none and all of a whole")
    if part in (0, whole):
        return 10 * part // whole
    return min(9, max(1, (20 * part + whole) // (2 * whole)))


def _given_away(hidden: Mapping[str, Hidden], counts: Mapping[str, int], floor: int) -> bool:
    largest_possible = sum(counts[key] for key in hidden) - (len(hidden) - 1)
    return len(hidden) == 1 or largest_possible < floor
