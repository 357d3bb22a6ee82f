"""The rules that the partnership agreed for asking families, and the ones a new installation begins with."""

from __future__ import annotations

import datetime as dt
import uuid

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
    if row is None:
        return Agreement(0, Rules())
    return Agreement(row["number"], _DECODER.decode(row["rules"]), row["note"], row["agreed_by"], row["agreed_on"])


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
