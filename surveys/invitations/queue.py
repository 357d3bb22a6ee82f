"""The queue of messages: each is taken up by one server, handed over once, or nobody can know and a person decides.

A message is marked ``handing_over`` in one unit and what came of it in the next. A server that dies in between leaves
the mark, and after ``LEASE`` the message is ``unknown``: it is never sent again by itself. Every function here runs
inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

import msgspec

from surveys.invitations.opening import has_answered
from surveys.invitations.tables import Invitation, OutgoingMessage, Send
from surveys.ledger import recording
from surveys.ledger.tables import Ask, ContactPerson

LEASE = dt.timedelta(minutes=5)
"""Longer than handing over one message can take: whoever took it up before this is not at it any more."""

WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""Before each new try of a message that was certainly not taken; after the last one it has failed."""

DAYS_OF_RECEIPTS = 4
"""GOV.UK Notify tries for three days to deliver a message."""

RECEIPTS_AT_ONCE = 50
BETWEEN_LOOKS = dt.timedelta(minutes=10)

DAYS_KEPT = 90
"""Messages that are done with are kept this long, for receipts and bounces that come late."""

LEFT_OUT = ("stopped", "not_needed")
OVER = ("handed_over", "delivered", "bounced", "failed", "unknown", *LEFT_OUT)
STATES = ("preparing", "waiting", "handing_over", *OVER)
"""In the order in which messages pass them."""

LINKED_OUTCOMES = {"delivered": "delivered", "bounced": "bounced"}


class Claimed(msgspec.Struct, frozen=True):
    """A message that this server may hand over now. ``attempt`` counts from 1.

    ``leave_out`` is the state in which the message ends when it may not go any more: ``stopped`` or ``not_needed``.
    ``sealed`` is empty when the contact details are gone.
    """

    id: uuid.UUID
    attempt: int
    way: str
    invitation: uuid.UUID
    ask: uuid.UUID | None
    person: str
    family: str
    language: str
    sealed: str
    round: uuid.UUID
    send: uuid.UUID
    kind: str
    minutes: int
    leave_out: str


class Outcome(msgspec.Struct, frozen=True):
    """What came of handing over: ``state`` is a state of the queue, ``waiting`` to be tried again after ``wait``."""

    state: str
    problem: str = ""
    provider_id: str = ""
    wait: dt.timedelta | None = None


async def claim(ways: Collection[str], *, now: dt.datetime, dialect: str) -> Claimed | None:
    """Takes up the next message whose time has come, so that no other server does."""
    if not ways:
        return None
    skip = " FOR UPDATE SKIP LOCKED" if dialect == "postgres" else ""
    rows = await OutgoingMessage.raw(
        'UPDATE "outgoing_message" SET "state" = \'handing_over\', "attempts" = "attempts" + 1, '  # noqa: S608
        '"changed_at" = {} WHERE "id" = (SELECT "id" FROM "outgoing_message" '
        f'WHERE "state" = \'waiting\' AND "due_at" <= {{}} AND "way" IN ({", ".join(["{}"] * len(ways))}) '
        f'ORDER BY "due_at", "id" LIMIT 1{skip}) RETURNING "id", "invitation", "attempts", "way"',
        now,
        now,
        *sorted(ways),
    )
    if not rows:
        return None
    message = rows[0]
    found = await Invitation.raw(
        'SELECT i."ask" AS "ask", i."place" AS "place", e."person" AS "person", e."family" AS "family", '
        'e."language" AS "language", e."sealed" AS "sealed", s."round" AS "round", s."id" AS "send", '
        's."kind" AS "kind", s."minutes" AS "minutes", s."state" AS "sending" FROM "invitation" AS i '
        'JOIN "register_entry" AS e ON i."entry" = e."id" JOIN "invitation_send" AS s ON i."send" = s."id" '
        'WHERE i."id" = {}',
        message["invitation"],
    )
    about = found[0]
    chosen = (
        await ContactPerson.select(ContactPerson.stopped, ContactPerson.not_before, ContactPerson.language)
        .where(ContactPerson.person == about["person"])
        .first()
    )
    leave_out = "stopped" if about["sending"] == "stopped" else ""
    if chosen is not None:
        later = chosen["not_before"] is not None and chosen["not_before"] > now.date() and about["kind"] != "statutory"
        leave_out = "stopped" if chosen["stopped"] or later else leave_out
    if not leave_out and await has_answered(about["person"], about["round"]):
        leave_out = "not_needed"
    return Claimed(
        id=_uuid(message["id"]),
        attempt=int(message["attempts"]),
        way=message["way"],
        invitation=_uuid(message["invitation"]),
        ask=_uuid(about["ask"]) if about["ask"] else None,
        person=about["person"],
        family=about["family"],
        language=(chosen["language"] if chosen else "") or about["language"],
        sealed=about["sealed"],
        round=_uuid(about["round"]),
        send=_uuid(about["send"]),
        kind=about["kind"],
        minutes=int(about["minutes"]),
        leave_out=leave_out,
    )


async def settle(claimed: Claimed, outcome: Outcome, *, now: dt.datetime) -> None:
    """Writes down what came of it, unless somebody decided about the message since it was taken up."""
    state, problem = outcome.state, outcome.problem
    due = now
    if state == "waiting":
        if claimed.attempt > len(WAITS):
            state = "failed"
        else:
            due = now + (outcome.wait or WAITS[claimed.attempt - 1])
    done = await OutgoingMessage.raw(
        'UPDATE "outgoing_message" SET "state" = {}, "problem" = {}, "provider_id" = {}, "due_at" = {}, '
        '"changed_at" = {} '
        'WHERE "id" = {} AND "attempts" = {} AND "state" IN (\'handing_over\', \'unknown\') RETURNING "id"',
        state,
        problem,
        outcome.provider_id,
        due,
        now,
        claimed.id,
        claimed.attempt,
    )
    if done and claimed.ask is not None:
        if state in LEFT_OUT:
            await Ask.delete().where(Ask.id == claimed.ask)
        await note([claimed.ask], state)


async def note(asks: Sequence[uuid.UUID], state: str) -> None:
    """Tells the ledger what a state of a message means for its ask, where that is more than it knows."""
    outcome = LINKED_OUTCOMES.get(state)
    if outcome is None:
        return
    rows = await Ask.select(Ask.id).where(Ask.id.is_in(list(asks)), Ask.outcome.is_in(["none", "delivered"]))
    await recording.note_outcome([row["id"] for row in rows], outcome)


async def left_behind(*, now: dt.datetime) -> list[Claimed]:
    """Messages that a server took up and that it is not at any more; it stopped in between."""
    rows = await OutgoingMessage.raw(
        'SELECT m."id" AS "id", m."attempts" AS "attempts", m."way" AS "way", m."invitation" AS "invitation", '
        'i."ask" AS "ask", i."send" AS "send" FROM "outgoing_message" AS m '
        'JOIN "invitation" AS i ON m."invitation" = i."id" '
        'WHERE m."state" = \'handing_over\' AND m."changed_at" < {} ORDER BY m."id"',
        now - LEASE,
    )
    return [
        Claimed(
            id=_uuid(row["id"]),
            attempt=int(row["attempts"]),
            way=row["way"],
            invitation=_uuid(row["invitation"]),
            ask=_uuid(row["ask"]) if row["ask"] else None,
            person="",
            family="",
            language="",
            sealed="",
            round=uuid.UUID(int=0),
            send=_uuid(row["send"]),
            kind="",
            minutes=0,
            leave_out="",
        )
        for row in rows
    ]


async def received(message: uuid.UUID, outcome: Outcome, *, now: dt.datetime) -> bool:
    """A receipt or a bounce that came later; ``False`` when there is no such message that was handed over."""
    rows = await OutgoingMessage.raw(
        'UPDATE "outgoing_message" SET "state" = {}, "problem" = {}, "changed_at" = {} WHERE "id" = {} '
        "AND \"state\" IN ('handing_over', 'handed_over', 'delivered', 'unknown') RETURNING \"invitation\"",
        outcome.state,
        outcome.problem,
        now,
        message,
    )
    if not rows:
        return False
    invitation = await Invitation.select(Invitation.ask).where(Invitation.id == rows[0]["invitation"]).first()
    if invitation is not None and invitation["ask"] is not None:
        await note([invitation["ask"]], outcome.state)
    return True


async def without_receipt(way: str, *, now: dt.datetime) -> dict[str, uuid.UUID]:
    """Some messages that were handed over and of which nothing is known since, by the provider's id."""
    rows = (
        await OutgoingMessage.select(OutgoingMessage.id, OutgoingMessage.provider_id)
        .where(
            OutgoingMessage.way == way,
            OutgoingMessage.state == "handed_over",
            OutgoingMessage.provider_id != "",
            OutgoingMessage.due_at <= now,
            OutgoingMessage.changed_at > now - dt.timedelta(days=DAYS_OF_RECEIPTS),
        )
        .order_by(OutgoingMessage.due_at)
        .limit(RECEIPTS_AT_ONCE)
    )
    return {row["provider_id"]: row["id"] for row in rows}


async def look_later(message: uuid.UUID, *, now: dt.datetime) -> None:
    await OutgoingMessage.update({OutgoingMessage.due_at: now + BETWEEN_LOOKS}).where(OutgoingMessage.id == message)


class Unknown(msgspec.Struct, frozen=True):
    """A message of which nobody can know whether it went out."""

    id: uuid.UUID
    way: str
    changed_at: dt.datetime
    problem: str


async def unknown(send: uuid.UUID) -> list[Unknown]:
    rows = (
        await OutgoingMessage.select(*(getattr(OutgoingMessage, name) for name in Unknown.__struct_fields__))
        .where(OutgoingMessage.invitation.send == send, OutgoingMessage.state == "unknown")
        .order_by(OutgoingMessage.id)
    )
    return [Unknown(**row) for row in rows]


async def decide(send: uuid.UUID, messages: Collection[uuid.UUID], *, again: bool, now: dt.datetime) -> None:
    """A person decides about messages that are unknown: they are sent again, or counted as handed over."""
    known = [each.id for each in await unknown(send) if each.id in frozenset(messages)]
    if not known:
        return
    after = "waiting" if again else "handed_over"
    await OutgoingMessage.update(
        {OutgoingMessage.state: after, OutgoingMessage.due_at: now, OutgoingMessage.changed_at: now}
    ).where(OutgoingMessage.id.is_in(known), OutgoingMessage.state == "unknown")
    if again:
        await Send.update({Send.state: "sending"}).where(Send.id == send, Send.state == "sent")


async def posted(send: uuid.UUID, *, now: dt.datetime) -> int:
    """The letters of a sending went to the post."""
    rows = await OutgoingMessage.raw(
        'UPDATE "outgoing_message" SET "state" = \'handed_over\', "attempts" = 1, "changed_at" = {} '
        "WHERE \"state\" = 'waiting' AND \"way\" = 'letter' "
        'AND "invitation" IN (SELECT "id" FROM "invitation" WHERE "send" = {}) RETURNING "id"',
        now,
        send,
    )
    return len(rows)


async def finish() -> None:
    """Sendings of which nothing waits any more are sent."""
    await Send.raw(
        'UPDATE "invitation_send" SET "state" = \'sent\' WHERE "state" = \'sending\' AND "id" NOT IN ('
        'SELECT i."send" FROM "invitation" AS i JOIN "outgoing_message" AS m ON m."invitation" = i."id" '
        "WHERE m.\"state\" IN ('waiting', 'handing_over', 'preparing'))"
    )


async def counts(send: uuid.UUID) -> dict[str, dict[str, int]]:
    """How many messages of a sending are in which state, by way, as pages may tell.

    Messages that were not needed, because somebody has answered, count among those that were handed over.
    """
    rows = await OutgoingMessage.raw(
        'SELECT m."way" AS "way", m."state" AS "state", COUNT(*) AS "n" FROM "outgoing_message" AS m '
        'JOIN "invitation" AS i ON m."invitation" = i."id" WHERE i."send" = {} GROUP BY m."way", m."state"',
        send,
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        by_state = found.setdefault(row["way"], {})
        state = "handed_over" if row["state"] == "not_needed" else row["state"]
        by_state[state] = by_state.get(state, 0) + int(row["n"])
    return found


async def clear_old(*, now: dt.datetime) -> None:
    """Forgets messages that were done with long ago."""
    await OutgoingMessage.delete().where(
        OutgoingMessage.state.is_in(list(OVER)), OutgoingMessage.changed_at < now - dt.timedelta(days=DAYS_KEPT)
    )


def _uuid(found: object) -> uuid.UUID:
    return found if isinstance(found, uuid.UUID) else uuid.UUID(str(found))
