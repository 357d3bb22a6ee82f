"""Reminders: when one may follow, and who is reminded. Everything async here runs inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from surveys.asking_less.rules import Rules
from surveys.invitations import sends
from surveys.invitations.sends import SENT, STOPPED, PlannedSend


class NoReminder(Exception):
    """``code`` is ``reminders`` when there were as many as the partnership agreed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def possible(send: PlannedSend, rules: Rules, *, today: dt.date) -> dt.date | None:
    """The first day on which a reminder of this sending may go out; ``None`` when none may follow it."""
    if send.follows is not None or send.state != SENT:
        return None
    chain = [await sends.send_of(id) for id in await sends.chain_of(send)]
    live = [each for each in chain if each.state != STOPPED]
    reminders = [each for each in live if each.follows is not None]
    if len(reminders) >= rules.most_reminders:
        return None
    last = max(each.goes_on for each in live)
    return max(today, last + dt.timedelta(days=rules.days_between_reminders))


async def plan(send: PlannedSend, rules: Rules, *, by: uuid.UUID, today: dt.date) -> uuid.UUID:
    """Plans a reminder for the first day on which one may go out. Raises :class:`NoReminder`."""
    day = await possible(send, rules, today=today)
    if day is None:
        raise NoReminder("reminders")
    return await sends.plan(
        round=send.round,
        register=send.register,
        kind="reminder",
        way=send.way,
        minutes=send.minutes,
        goes_on=day,
        choice=msgspec.structs.replace(send.choice, sample=0, asked=0, left_out={}),
        by=by,
        today=today,
        follows=send.id,
    )
