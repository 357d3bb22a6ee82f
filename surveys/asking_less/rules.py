"""The rules that the partnership agreed for asking families, and the ones a new installation begins with."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from surveys.asking_less.tables import AgreedRules


class Rules(msgspec.Struct, frozen=True):
    """Days are calendar days between two asks of one family; minutes are expected minutes.

    A reminder counts as an ask. Statutory contact is exempt and counted. ``priorities`` are slugs of surveys, the one
    that goes first at the front. Messages go out from ``earliest_hour`` (included) to ``latest_hour`` (not included) in
    England, and at weekends only when ``weekends``. ``family_by`` and ``person_by`` are what partners know families and
    persons by: parts of ``ledger/keys.py``.
    """

    smallest_gap_days: int = 21
    asks_per_term: int = 4
    minutes_per_term: int = 30
    most_reminders: int = 2
    days_between_reminders: int = 7
    earliest_hour: int = 9
    latest_hour: int = 19
    weekends: bool = False
    priorities: tuple[str, ...] = ()
    family_by: tuple[str, ...] = ("surname", "postcode")
    person_by: tuple[str, ...] = ("email",)


_DECODER = msgspec.json.Decoder(Rules)


class Agreement(msgspec.Struct, frozen=True):
    """``number`` is 0 while nobody has agreed anything, and ``by`` is then ``None``."""

    number: int
    rules: Rules
    note: str = ""
    by: uuid.UUID | None = None
    on: dt.date | None = None


async def in_force() -> Agreement:
    """The rules that hold. Runs inside a unit."""
    row = await AgreedRules.select().order_by(AgreedRules.number, ascending=False).first()
    return Agreement(0, Rules()) if row is None else _agreement(row)


async def agree(rules: Rules, *, note: str, by: uuid.UUID, today: dt.date) -> int:
    """From now on these hold; the former stay on record. Returns their number. Runs inside a unit."""
    number = (await in_force()).number + 1
    await AgreedRules.insert(
        AgreedRules(
            number=number,
            rules=msgspec.json.encode(rules).decode(),
            note=note,
            agreed_by=by,
            agreed_on=today,
        )
    )
    return number


BOUNDS: dict[str, tuple[int, int]] = {
    "smallest_gap_days": (0, 365),
    "asks_per_term": (1, 50),
    "minutes_per_term": (1, 600),
    "most_reminders": (0, 5),
    "days_between_reminders": (1, 60),
    "earliest_hour": (6, 20),
    "latest_hour": (7, 22),
}
"""What can be agreed: the smallest and the largest number of each rule."""


class RuleProblem(Exception):
    """``field`` is not a number in its ``BOUNDS``; ``latest_hour`` also when it is not after the earliest."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def changed(before: Rules, written: Mapping[str, str], *, surveys: Collection[str]) -> Rules:
    """The rules as a form says. ``priority-SLUG`` is the place of a survey, 1 for the first, or empty.

    Raises :class:`RuleProblem`.
    """
    numbers: dict[str, int] = {}
    for name, (smallest, largest) in BOUNDS.items():
        text = written.get(name, "").strip()
        if not (text.isdecimal() and smallest <= int(text) <= largest):
            raise RuleProblem(name)
        numbers[name] = int(text)
    if numbers["latest_hour"] <= numbers["earliest_hour"]:
        raise RuleProblem("latest_hour")
    places: list[tuple[int, str]] = []
    for survey in surveys:
        text = written.get(f"priority-{survey}", "").strip()
        if text and not (text.isdecimal() and 1 <= int(text) <= MOST_PRIORITIES):
            raise RuleProblem(f"priority-{survey}")
        if text:
            places.append((int(text), survey))
    return msgspec.structs.replace(
        before,
        **numbers,
        weekends=written.get("weekends") == "yes",
        priorities=tuple(survey for _, survey in sorted(places)),
    )


MOST_PRIORITIES = 99


async def agreements() -> list[Agreement]:
    """All that was agreed, the newest first. Runs inside a unit."""
    rows = await AgreedRules.select().order_by(AgreedRules.number, ascending=False)
    return [_agreement(row) for row in rows]


def _agreement(row: Mapping[str, Any]) -> Agreement:
    return Agreement(row["number"], _DECODER.decode(row["rules"]), row["note"], row["agreed_by"], row["agreed_on"])
