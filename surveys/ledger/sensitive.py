"""Times in which a family is left alone. Everything async here runs inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid

from surveys.ledger.tables import SensitiveTime

REASONS = ("bereavement", "tribunal", "other")
LONGEST = dt.timedelta(days=2 * 366)


async def leave_alone(family: str, *, reason: str, last_day: dt.date, by: uuid.UUID, today: dt.date) -> None:
    """From today to ``last_day``; what was noted before of this family ends."""
    await end(family)
    await SensitiveTime.insert(
        SensitiveTime(
            id=uuid.uuid4(),
            family=family,
            reason=reason,
            first_day=today,
            last_day=last_day,
            noted_by=by,
            noted_on=today,
        )
    )


async def end(family: str) -> bool:
    """The family may be asked again. Says whether it had been left alone."""
    rows = await SensitiveTime.delete().where(SensitiveTime.family == family).returning(SensitiveTime.id)
    return bool(rows)


async def how_many(day: dt.date) -> int:
    """How many families are left alone on a day."""
    return int(await SensitiveTime.count().where(SensitiveTime.first_day <= day, SensitiveTime.last_day >= day))


async def forget_over(*, today: dt.date) -> None:
    """What is over is not kept: it says something about a family."""
    await SensitiveTime.delete().where(SensitiveTime.last_day < today)
