"""Targets of measures: what the partnership set itself, when, and whether it is there. Inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Literal

import msgspec

from analysis.measures import Measure
from voice.findings.tables import MeasureTarget
from voice.storage.rows import as_day

Reached = Literal["reached", "not_reached", "cannot_tell"]


class TargetProblem(Exception):
    """``field`` is the field that does not hold a whole number from 1 to 100."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Target(msgspec.Struct, frozen=True):
    percent: int
    set_on: dt.date

    @property
    def share(self) -> float:
        return self.percent / 100


def reached(target: Target, measured: Measure) -> Reached | None:
    """Whether a measure is where it shall be; it cannot be told while its interval holds the target.

    ``None`` for a measure without a number that is shown.
    """
    if measured.low is None or measured.high is None:
        return None
    if measured.low >= target.share:
        return "reached"
    return "not_reached" if measured.high < target.share else "cannot_tell"


async def targets() -> dict[tuple[str, str], Target]:
    """By concept and kind of people."""
    rows = await MeasureTarget.raw(
        'SELECT "concept", "who", "percent", "set_on" FROM "measure_target" ORDER BY "place"'
    )
    newest = {(row["concept"], row["who"]): Target(int(row["percent"]), as_day(row["set_on"])) for row in rows}
    return {measure: target for measure, target in newest.items() if target.percent}


async def set_targets(wanted: Mapping[tuple[str, str], int], *, by: uuid.UUID, today: dt.date) -> int:
    """Sets each measure's target, 0 for none; what is as it was stays. Returns how many changed."""
    known = await targets()
    changed = {
        measure: percent
        for measure, percent in wanted.items()
        if percent != (known[measure].percent if measure in known else 0)
    }
    last = await MeasureTarget.raw('SELECT COALESCE(MAX("place"), 0) AS "place" FROM "measure_target"')
    for place, ((concept, who), percent) in enumerate(sorted(changed.items()), int(last[0]["place"]) + 1):
        await MeasureTarget.insert(
            MeasureTarget(place=place, concept=concept, who=who, percent=percent, set_by=by, set_on=today)
        )
    return len(changed)


def read_percent(field: str, typed: str) -> int:
    """A target as it was typed, with or without the sign; 0 for nothing. Raises ``TargetProblem``."""
    said = typed.strip().removesuffix("%").strip()
    if not said:
        return 0
    if not (said.isdecimal() and len(said) <= 3 and 1 <= int(said) <= 100):
        raise TargetProblem(field)
    return int(said)
