"""Sendings: planned, looked at, and then taken up by the queue. What is async here runs inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence

import msgspec

from surveys.invitations import marks
from surveys.invitations.reached import Reached
from surveys.invitations.tables import OutgoingMessage, Send
from surveys.invitations.tokens import hash_of, token_of
from surveys.ledger.tables import Ask

KINDS = ("invitation", "reminder", "statutory")
PLANNED, WAITING, PREPARING, SENDING, SENT, STOPPED = (
    *("planned", "waiting", "preparing", "sending", "sent", "stopped"),
)
AT_ONCE = 500


class SendChoice(msgspec.Struct, frozen=True):
    """What was chosen for a sending, and what came of the check once it went out.

    ``groups`` maps what tells groups apart to those who are asked; nobody is left out where it says nothing. Of those
    who may be asked, ``sample`` people are drawn by ``seed``; 0 asks everybody. ``left_out`` counts people by reason.
    """

    groups: Mapping[str, tuple[str, ...]] = {}
    sample: int = 0
    seed: str = ""
    asked: int = 0
    left_out: Mapping[str, int] = {}


class PlannedSend(msgspec.Struct, frozen=True):
    """``follows`` is the first sending when this one reminds of it."""

    id: uuid.UUID
    round: uuid.UUID
    register: uuid.UUID
    kind: str
    way: str
    state: str
    choice: SendChoice
    minutes: int
    planned_by: uuid.UUID
    planned_on: dt.date
    goes_on: dt.date
    follows: uuid.UUID | None = None


class NoSuchSend(Exception):
    """There is none, or it is not in the state in which this could be done."""


_encoder = msgspec.json.Encoder()
_choice = msgspec.json.Decoder(SendChoice)


async def plan(
    *,
    round: uuid.UUID,
    register: uuid.UUID,
    kind: str,
    way: str,
    minutes: int,
    goes_on: dt.date,
    choice: SendChoice,
    by: uuid.UUID,
    today: dt.date,
    follows: uuid.UUID | None = None,
) -> uuid.UUID:
    """Nothing goes out before :func:`begin`."""
    id = uuid.uuid4()
    await Send.insert(
        Send(
            id=id,
            round=round,
            register=register,
            kind=kind,
            way=way,
            state=PLANNED,
            choice=_encoder.encode(choice).decode(),
            minutes=minutes,
            planned_by=by,
            planned_on=today,
            goes_on=goes_on,
            follows=follows,
        )
    )
    return id


async def send_of(id: uuid.UUID) -> PlannedSend:
    """Raises :class:`NoSuchSend`."""
    row = await Send.select().where(Send.id == id).first()
    if row is None:
        raise NoSuchSend
    return _send(row)


async def sends() -> list[PlannedSend]:
    """Every sending, the newest first."""
    return [_send(row) for row in await Send.select().order_by(Send.planned_on, Send.goes_on, Send.id, ascending=False)]


async def in_state(state: str) -> list[PlannedSend]:
    return [_send(row) for row in await Send.select().where(Send.state == state)]


def _send(row: Mapping[str, object]) -> PlannedSend:
    return msgspec.convert({**row, "choice": _choice.decode(str(row["choice"]))}, PlannedSend)


async def change_state(id: uuid.UUID, *, before: Collection[str], after: str) -> None:
    """Raises :class:`NoSuchSend` when the sending was in another state: somebody else was quicker."""
    allowed = Send.state.is_in(list(before))
    rows = await Send.update({Send.state: after}).where(Send.id == id, allowed).returning(Send.id)
    if not rows:
        raise NoSuchSend


async def chain_of(send: PlannedSend) -> list[uuid.UUID]:
    """The first sending and all that remind of it."""
    first = send.follows or send.id
    rows = await Send.select(Send.id).where(Send.follows == first)
    return [first, *(row["id"] for row in rows)]


class MadeInvitation(msgspec.Struct, frozen=True):
    id: uuid.UUID
    entry: uuid.UUID
    way: str
    place: int
    token_hash: str


def made_invitations(found: Sequence[Reached], secret: bytes) -> list[MadeInvitation]:
    """An invitation for each, in the order of random ids."""
    made = sorted(((uuid.uuid4(), each) for each in found), key=lambda pair: pair[0])
    return [
        MadeInvitation(id, each.entry, each.way, place, hash_of(token_of(secret, id)) or "")
        for place, (id, each) in enumerate(made)
    ]


async def begin(
    send: PlannedSend, made: Sequence[MadeInvitation], *, left_out: Mapping[str, int], now: dt.datetime
) -> None:
    """Confirms a sending: its invitations are made, with a message each that waits until the ledger knows of it.

    Raises :class:`NoSuchSend` when it was confirmed or dropped already.
    """
    await change_state(send.id, before=(PLANNED, WAITING), after=PREPARING)
    choice = msgspec.structs.replace(send.choice, asked=len(made), left_out=dict(left_out))
    await Send.update({Send.choice: _encoder.encode(choice).decode()}).where(Send.id == send.id)
    for start in range(0, len(made), AT_ONCE):
        some = made[start : start + AT_ONCE]
        await Send.raw(
            'INSERT INTO "invitation" ("id", "send", "entry", "place", "token_hash", "spent") VALUES '  # noqa: S608
            + ", ".join(["({}, {}, {}, {}, {}, {})"] * len(some)),
            *(value for each in some for value in (each.id, send.id, each.entry, each.place, each.token_hash, False)),
        )
        await OutgoingMessage.raw(
            'INSERT INTO "outgoing_message" '  # noqa: S608
            '("id", "invitation", "way", "state", "due_at", "attempts", "changed_at", "provider_id", "problem") VALUES '
            + ", ".join(["({}, {}, {}, {}, {}, {}, {}, {}, {})"] * len(some)),
            *(value for each in some for value in (uuid.uuid4(), each.id, each.way, "preparing", now, 0, now, "", "")),
        )
    await marks.begin(send.id, len(made))


async def choose(id: uuid.UUID, choice: SendChoice, *, way: str, goes_on: dt.date) -> None:
    """Changes a sending that was not confirmed. Raises :class:`NoSuchSend`."""
    await change_state(id, before=(PLANNED,), after=PLANNED)
    await Send.update({Send.choice: _encoder.encode(choice).decode(), Send.way: way, Send.goes_on: goes_on}).where(
        Send.id == id
    )


async def drop(id: uuid.UUID) -> None:
    """Forgets a sending that was never confirmed."""
    await change_state(id, before=(PLANNED, WAITING), after=STOPPED)
    await Send.delete().where(Send.id == id)


async def stop(id: uuid.UUID) -> None:
    """What was not handed over yet will not be; the ledger forgets those asks, since nobody was asked."""
    await change_state(id, before=(PREPARING, SENDING), after=STOPPED)
    waiting = (
        'SELECT i."id" FROM "invitation" AS i JOIN "outgoing_message" AS m ON m."invitation" = i."id" '
        "WHERE i.\"send\" = {} AND m.\"state\" IN ('waiting', 'preparing')"
    )
    await Ask.raw(
        f'DELETE FROM "ask" WHERE "send" = {{}} AND "id" IN (SELECT "ask" FROM "invitation" WHERE "id" IN ({waiting}))',  # noqa: S608
        id,
        id,
    )
    await OutgoingMessage.raw(
        "UPDATE \"outgoing_message\" SET \"state\" = 'stopped' WHERE \"state\" IN ('waiting', 'preparing') "
        'AND "invitation" IN (SELECT "id" FROM "invitation" WHERE "send" = {})',
        id,
    )
