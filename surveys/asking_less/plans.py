"""The calendar of all partners: who means to ask whom, when, and what that is for families week by week.

Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from surveys.asking_less.tables import PlannedAsk

LONGEST = {"partner": 120, "survey": 120, "note": 500}
MOST_FAMILIES = 1_000_000
MOST_MINUTES = 240
WEEK = dt.timedelta(days=7)


class Plan(msgspec.Struct, frozen=True):
    """Somebody means to ask ``families`` families of an ``audience``, for ``minutes`` minutes each.

    ``survey`` is a slug of ours or the partner's name for it; ``draft`` a survey in the making here.
    """

    id: uuid.UUID
    partner: str
    survey: str
    audience: str
    opens_on: dt.date
    closes_on: dt.date
    families: int
    minutes: int
    statutory: bool
    concepts: tuple[str, ...] = ()
    draft: uuid.UUID | None = None
    note: str = ""


class Week(msgspec.Struct, frozen=True):
    """The week from ``monday`` on: what opens in it, and what it asks of families."""

    monday: dt.date
    plans: tuple[Plan, ...]
    families: int
    minutes: int


class Clash(msgspec.Struct, frozen=True):
    """Two plans that ask the same people within fewer days than the partnership agreed."""

    first: Plan
    second: Plan
    days: int


class PlanProblem(Exception):
    """``field`` cannot be meant: ``partner``, ``survey``, ``audience``, ``opens_on``, ``closes_on``, ``families``,
    ``minutes`` or ``note``."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def read_plan(written: Mapping[str, str], *, audiences: Collection[str], today: dt.date) -> Plan:
    """A plan as a form says. Raises :class:`PlanProblem`. Pure but for its new id."""
    text = {name: " ".join(written.get(name, "").replace("\x00", "").split()) for name in LONGEST}
    for name, longest in LONGEST.items():
        if len(text[name]) > longest or (name != "note" and not text[name]):
            raise PlanProblem(name)
    if written.get("audience") not in audiences:
        raise PlanProblem("audience")
    opens_on, closes_on = _day(written, "opens_on"), _day(written, "closes_on")
    if opens_on < today - dt.timedelta(days=366) or opens_on > today + dt.timedelta(days=3 * 366):
        raise PlanProblem("opens_on")
    if not opens_on <= closes_on <= opens_on + dt.timedelta(days=366):
        raise PlanProblem("closes_on")
    return Plan(
        id=uuid.uuid4(),
        partner=text["partner"],
        survey=text["survey"],
        audience=written["audience"],
        opens_on=opens_on,
        closes_on=closes_on,
        families=_number(written, "families", MOST_FAMILIES),
        minutes=_number(written, "minutes", MOST_MINUTES),
        statutory=written.get("statutory") == "yes",
        note=text["note"],
    )


def weeks(plans: Sequence[Plan], *, first: dt.date, how_many: int) -> tuple[Week, ...]:
    """The weeks from the one of ``first`` on. What a plan asks falls into the week in which it opens. Pure."""
    monday = first - dt.timedelta(days=first.weekday())
    made = []
    for number in range(how_many):
        begins = monday + number * WEEK
        opening = tuple(plan for plan in plans if begins <= plan.opens_on < begins + WEEK)
        made.append(
            Week(
                monday=begins,
                plans=opening,
                families=sum(plan.families for plan in opening),
                minutes=sum(plan.families * plan.minutes for plan in opening),
            )
        )
    return tuple(made)


def clashes(plans: Sequence[Plan], *, gap_days: int) -> tuple[Clash, ...]:
    """Plans that come too close for the same people, the closest first. What the law asks for clashes with nothing."""
    free = sorted((plan for plan in plans if not plan.statutory), key=lambda plan: (plan.opens_on, plan.id))
    found = [
        Clash(first, second, (second.opens_on - first.opens_on).days)
        for place, first in enumerate(free)
        for second in free[place + 1 :]
        if first.audience == second.audience and (second.opens_on - first.opens_on).days < gap_days
    ]
    return tuple(sorted(found, key=lambda clash: (clash.days, clash.first.opens_on)))


async def plans(*, since: dt.date) -> list[Plan]:
    """What is planned to close on or after ``since``, the earliest first."""
    rows = (
        await PlannedAsk.select()
        .where(PlannedAsk.dropped_on.is_null(), PlannedAsk.closes_on >= since)
        .order_by(PlannedAsk.opens_on, PlannedAsk.id)
    )
    return [_plan(row) for row in rows]


async def one(id: uuid.UUID) -> Plan | None:
    """A plan that was not dropped."""
    row = await PlannedAsk.select().where(PlannedAsk.id == id, PlannedAsk.dropped_on.is_null()).first()
    return _plan(row) if row else None


async def add(plan: Plan, *, by: uuid.UUID, today: dt.date) -> None:
    fields = {**msgspec.structs.asdict(plan), "concepts": msgspec.json.encode(plan.concepts).decode()}
    await PlannedAsk.insert(PlannedAsk(**fields, planned_by=by, planned_on=today))


async def drop(id: uuid.UUID, *, today: dt.date) -> None:
    """The plan is given up. It stays on record."""
    await PlannedAsk.update({PlannedAsk.dropped_on: today}).where(PlannedAsk.id == id, PlannedAsk.dropped_on.is_null())


def _plan(row: Mapping[str, Any]) -> Plan:
    fields = {name: row[name] for name in Plan.__struct_fields__}
    return msgspec.convert({**fields, "concepts": tuple(msgspec.json.decode(row["concepts"]))}, Plan)


def _day(written: Mapping[str, str], field: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written.get(field, "").strip())
    except ValueError:
        raise PlanProblem(field) from None


def _number(written: Mapping[str, str], field: str, most: int) -> int:
    text = written.get(field, "").strip()
    if not (text.isdecimal() and 1 <= int(text) <= most):
        raise PlanProblem(field)
    return int(text)
