"""How long it takes from the first who said something to what was published about it.

Months, for nothing finer is kept of when people spoke: see ``docs/decisions/0004-links-codes-and-ids.md``.
"""

from __future__ import annotations

import datetime as dt
import statistics
import uuid
from collections.abc import Iterable

import msgspec

from voice.published.item import Item
from voice.published.reading import ever_published


class TimeToAnswer(msgspec.Struct, frozen=True):
    """Months from the earliest voice to the first publication, of ``n`` actions; ``None`` where there are none.

    ``not_known`` actions were published of which nobody knows when the first one spoke.
    """

    n: int
    median: float | None
    shortest: int | None
    longest: int | None
    not_known: int


async def time_to_answer() -> TimeToAnswer:
    """Of all that was ever published. Runs inside a unit of the store."""
    return measured(await ever_published())


def measured(items: Iterable[Item]) -> TimeToAnswer:
    """An action counts once, when it was first published; what was withdrawn later was an answer on that day."""
    first: dict[uuid.UUID, Item] = {}
    for each in sorted(items, key=lambda each: each.number):
        if each.published_on is not None:
            first.setdefault(each.action, each)
    months = [_months(each.first_said, each.published_on) for each in first.values() if each.first_said]
    if not months:
        return TimeToAnswer(0, None, None, None, len(first))
    return TimeToAnswer(len(months), statistics.median(months), min(months), max(months), len(first) - len(months))


def _months(month: str, day: dt.date | None) -> int:
    assert day is not None, "only what was published is measured"
    year, number = (int(part) for part in month.split("-"))
    return max((day.year - year) * 12 + day.month - number, 0)
