"""Time that families keep because somebody looked first: noted when it happens, shown back to them and to leads.

Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from surveys.asking_less.tables import Spared
from surveys.terms import term_of

HOW = ("heard_already", "merged", "session", "sample", "rules", "chosen_not")


class SparedTime(msgspec.Struct, frozen=True):
    """``families`` are families not asked, counted each time; ``minutes`` are theirs together."""

    how: str
    families: int
    minutes: int


async def note_spared(
    how: str,
    *,
    survey: str,
    partner: str,
    families: int,
    minutes: int,
    today: dt.date,
    send: uuid.UUID | None = None,
) -> None:
    """Notes that ``families`` families keep ``minutes`` minutes together. Of one sending each way is noted once."""
    if send is not None:
        await Spared.delete().where((Spared.send == send) & (Spared.how == how))
    if families > 0:
        await Spared.insert(
            Spared(
                id=uuid.uuid4(),
                term=term_of(today),
                how=how,
                survey=survey,
                partner=partner,
                families=families,
                minutes=minutes,
                send=send,
                noted_on=today,
            )
        )


async def spared_in(term: str) -> tuple[SparedTime, ...]:
    """What was spared in a term, each way once, in the order of ``HOW``; ways that spared nothing are left out."""
    rows = await Spared.select(Spared.how, Spared.families, Spared.minutes).where(Spared.term == term)
    made = (
        SparedTime(
            how,
            sum(row["families"] for row in rows if row["how"] == how),
            sum(row["minutes"] for row in rows if row["how"] == how),
        )
        for how in HOW
    )
    return tuple(each for each in made if each.families)
