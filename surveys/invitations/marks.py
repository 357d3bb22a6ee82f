"""Which invitations were opened and spent, kept so that nothing leads from them to an answer.

The marks of a sending are one row with a bit for each invitation. Writing one mark writes the whole row anew, so the
row tells neither an order nor a time, on either database. The ledger and the invitations learn of marks later,
for a whole sending at once: every row of it is written anew in one unit, whether it was marked or not. See
``docs/decisions/0093-marks-without-order.md``. Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Collection
from typing import Literal

from surveys.invitations.tables import Invitation, InvitationMarks

Mark = Literal["opened", "spent"]


def no_bits(count: int) -> str:
    return base64.b64encode(bytes((count + 7) // 8)).decode()


def with_bit(bits: str, place: int) -> str:
    made = bytearray(base64.b64decode(bits))
    made[place // 8] |= 1 << place % 8
    return base64.b64encode(made).decode()


def places(bits: str) -> frozenset[int]:
    """The places whose bits are set."""
    found = base64.b64decode(bits)
    return frozenset(at * 8 + bit for at, byte in enumerate(found) for bit in range(8) if byte >> bit & 1)


async def begin(send: uuid.UUID, count: int) -> None:
    """Room for the marks of a sending of so many invitations."""
    bits = no_bits(count)
    await InvitationMarks.insert(InvitationMarks(send=send, opened=bits, spent=bits, settled=True))


async def note(send: uuid.UUID, place: int, mark: Mark) -> None:
    # Writing first holds the row for us until the unit ends: another server may mark an invitation of it too.
    rows = await InvitationMarks.raw(
        'UPDATE "invitation_marks" SET "settled" = "settled" WHERE "send" = {} RETURNING "opened", "spent"', send
    )
    if rows and place not in places(rows[0][mark]):
        await InvitationMarks.raw(
            f'UPDATE "invitation_marks" SET "{mark}" = {{}}, "settled" = {{}} WHERE "send" = {{}}',  # noqa: S608
            with_bit(rows[0][mark], place),
            False,
            send,
        )


async def marked(send: uuid.UUID, mark: Mark) -> frozenset[int]:
    """The places of a sending with this mark."""
    rows = await InvitationMarks.raw(f'SELECT "{mark}" AS "bits" FROM "invitation_marks" WHERE "send" = {{}}', send)  # noqa: S608
    return places(rows[0]["bits"]) if rows else frozenset()


async def entries_spent(sends: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Who answered after one of these sendings: the entries of the register."""
    found: set[uuid.UUID] = set()
    for send in sends:
        spent = await marked(send, "spent")
        rows = await Invitation.select(Invitation.entry, Invitation.place).where(Invitation.send == send)
        found |= {row["entry"] for row in rows if row["place"] in spent}
    return found


async def unsettled() -> list[uuid.UUID]:
    """Sendings with marks that the ledger does not know of."""
    rows = await InvitationMarks.select(InvitationMarks.send).where(InvitationMarks.settled.eq(False))
    return [row["send"] for row in rows]


async def settle(send: uuid.UUID) -> None:
    """Tells the invitations and the ledger what was marked; every row of the sending is written anew."""
    rows = await InvitationMarks.raw(
        'UPDATE "invitation_marks" SET "settled" = {} WHERE "send" = {} RETURNING "opened", "spent"', True, send
    )
    opened, spent = (_listed(places(rows[0][mark])) for mark in ("opened", "spent"))
    await Invitation.raw(f'UPDATE "invitation" SET "spent" = ("place" IN ({spent})) WHERE "send" = {{}}', send)  # noqa: S608
    asks = 'SELECT "ask" FROM "invitation" WHERE "send" = {} AND "place" IN'
    await Invitation.raw(
        'UPDATE "ask" SET "outcome" = CASE '  # noqa: S608
        f"WHEN \"id\" IN ({asks} ({spent})) THEN 'completed' "
        f"WHEN \"outcome\" IN ('none', 'delivered') AND \"id\" IN ({asks} ({opened})) THEN 'opened' "
        'ELSE "outcome" END WHERE "send" = {}',
        send,
        send,
        send,
    )


def _listed(found: Collection[int]) -> str:
    """Numbers of ours, written into the statement: there may be more of them than it takes values."""
    return ", ".join(map(str, sorted(found))) or "-1"
