"""Reminders to those who own an action: two weeks ahead, on the day, and every week that it is overdue.

Each goes once. It is written down before it is handed over: a letter that was on its way when the server stopped may
have arrived, and is not sent again.
"""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Literal, Protocol

import msgspec

from voice.actions.letters import reminder
from voice.actions.promise import Promise
from voice.actions.reading import open_or_settled_since
from voice.actions.tables import ActionReminder
from voice.languages import LANGUAGES, SOURCE
from voice.people import signing_in
from voice.people.handing_over import hand_over_each
from voice.people.mail import Post
from voice.people.signing_in import SignedIn, is_placeholder
from voice.settings import Settings
from voice.storage import Store

Kind = Literal["ahead", "due", "overdue"]

AHEAD = dt.timedelta(days=14)


class Desk(Protocol):
    """What reminders need: the parts of the application."""

    @property
    def settings(self) -> Settings: ...

    @property
    def store(self) -> Store: ...

    @property
    def post(self) -> Post: ...

    def clock(self) -> dt.datetime: ...


class Due(msgspec.Struct, frozen=True):
    """A reminder whose time has come. ``turn`` counts the weeks since the day when the action was due."""

    action: Promise
    kind: Kind
    turn: int


class Reminder(msgspec.Struct, frozen=True):
    """One that was written down; ``sent_on`` is ``None`` where nobody knows whether it arrived."""

    kind: Kind
    to: uuid.UUID
    taken_on: dt.date
    sent_on: dt.date | None


def due_now(action: Promise, today: dt.date) -> Due | None:
    """The reminder that an action needs today. Those whose time has passed are not made up for."""
    if not action.is_open or action.owner is None or action.due_on is None or action.due_on > today + AHEAD:
        return None
    late = (today - action.due_on).days
    if late < 0:
        return Due(action, "ahead", 0)
    return Due(action, "overdue", late // 7) if late >= 7 else Due(action, "due", 0)


async def remind_owners(desk: Desk) -> int:
    """Sends one letter to each owner about all that they need to hear of today; returns how many letters went.

    Raises an ``ExceptionGroup`` once everybody had their turn; letters that did not go are due again.
    """
    today = desk.clock().date()
    waiting = await desk.store.read(lambda: _waiting(desk.settings, today))
    return await hand_over_each(partial(_hand_over, desk, person, due, today) for person, due in waiting)


async def _hand_over(desk: Desk, person: SignedIn, due: list[Due], today: dt.date) -> bool:
    taken = await desk.store.write(lambda: _take(person.id, due, today))
    if not taken:
        return False
    try:
        language = person.language if person.language in LANGUAGES else SOURCE
        subject, text = reminder(
            [each.action for each in taken.values()], language=language, base_url=desk.settings.base_url, today=today
        )
        await desk.post.send(person.email, subject, text, language=language, now=desk.clock())
    except Exception:
        await desk.store.write(lambda: _put_back(list(taken)))
        raise
    await desk.store.write(lambda: _was_sent(list(taken), today))
    return True


async def reminders_of(action: uuid.UUID) -> tuple[Reminder, ...]:
    """What was sent about an action, the newest first. Runs inside a unit."""
    rows = (
        await ActionReminder.select()
        .where(ActionReminder.action == action)
        .order_by(ActionReminder.taken_on, ActionReminder.turn, ascending=False)
    )
    return tuple(Reminder(row["kind"], row["member"], row["taken_on"], row["sent_on"]) for row in rows)


async def _waiting(settings: Settings, today: dt.date) -> list[tuple[SignedIn, list[Due]]]:
    """By owner, what was not taken up yet. An address that the first start made up gets letters only in the outbox."""
    needed = [found for each in await open_or_settled_since(today) if (found := due_now(each, today))]
    if not needed:
        return []
    rows = await ActionReminder.select().where(ActionReminder.action.is_in(list({each.action.id for each in needed})))
    taken = {(row["action"], row["member"], row["kind"], row["due_on"], row["turn"]) for row in rows}
    by_owner: dict[uuid.UUID | None, list[Due]] = {}
    for each in needed:
        if (each.action.id, each.action.owner, each.kind, each.action.due_on, each.turn) not in taken:
            by_owner.setdefault(each.action.owner, []).append(each)
    return [
        (person, by_owner[person.id])
        for person in await signing_in.members()
        if person.id in by_owner and not (settings.smtp_url and is_placeholder(person.email))
    ]


async def _take(member: uuid.UUID, due: list[Due], today: dt.date) -> dict[uuid.UUID, Due]:
    """Writes down what goes to a member now, by the id of its row; what somebody else took meanwhile is left out."""
    taken = {}
    for each in due:
        this = (ActionReminder.action == each.action.id) & (ActionReminder.member == member)
        when = (ActionReminder.due_on == each.action.due_on) & (ActionReminder.turn == each.turn)
        if await ActionReminder.exists().where(this & when & (ActionReminder.kind == each.kind)):
            continue
        row = ActionReminder(
            id=uuid.uuid4(),
            action=each.action.id,
            member=member,
            kind=each.kind,
            due_on=each.action.due_on,
            turn=each.turn,
            taken_on=today,
        )
        await ActionReminder.insert(row)
        taken[row.id] = each
    return taken


async def _put_back(ids: list[uuid.UUID]) -> None:
    await ActionReminder.delete().where(ActionReminder.id.is_in(ids))


async def _was_sent(ids: list[uuid.UUID], today: dt.date) -> None:
    await ActionReminder.update({ActionReminder.sent_on: today}).where(ActionReminder.id.is_in(ids))
