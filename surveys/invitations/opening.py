"""A person's own link: which invitation it is, and whether it may still be used. Runs inside a unit of the store."""

from __future__ import annotations

import uuid

import msgspec

from surveys.invitations import marks
from surveys.invitations.tables import Invitation, Send
from surveys.invitations.tokens import hash_of
from surveys.ledger.tables import ContactPerson


class Invited(msgspec.Struct, frozen=True):
    """``spent`` when the person used this invitation, or another one to the same round."""

    send: uuid.UUID
    place: int
    round: uuid.UUID
    language: str
    spent: bool


async def invited_by(token: str) -> Invited | None:
    """The invitation behind a token; ``None`` for none of ours."""
    found = hash_of(token)
    if found is None:
        return None
    rows = await Invitation.raw(
        'SELECT i."send" AS "send", i."place" AS "place", s."round" AS "round", '
        'e."language" AS "language", e."person" AS "person" FROM "invitation" AS i '
        'JOIN "invitation_send" AS s ON i."send" = s."id" JOIN "register_entry" AS e ON i."entry" = e."id" '
        'WHERE i."token_hash" = {}',
        found,
    )
    if not rows:
        return None
    row = rows[0]
    chosen = await ContactPerson.select(ContactPerson.language).where(ContactPerson.person == row["person"]).first()
    return Invited(
        send=uuid.UUID(str(row["send"])),
        place=int(row["place"]),
        round=uuid.UUID(str(row["round"])),
        language=(chosen["language"] if chosen else "") or row["language"],
        spent=await has_answered(row["person"], row["round"]),
    )


async def has_answered(person: object, round: object) -> bool:
    """Whether somebody used an invitation to a round, whichever sending it came with."""
    rows = await Send.raw(
        'SELECT i."send" AS "send", i."place" AS "place" FROM "register_entry" AS e '
        'JOIN "invitation" AS i ON i."entry" = e."id" JOIN "invitation_send" AS s ON i."send" = s."id" '
        'WHERE e."person" = {} AND s."round" = {}',
        person,
        round,
    )
    for row in rows:
        if row["place"] in await marks.marked(row["send"], "spent"):
            return True
    return False


async def note(token: str, mark: marks.Mark) -> None:
    """Marks the invitation of a token, if it is one of ours, in a unit of its own."""
    found = hash_of(token)
    row = (
        None
        if found is None
        else await Invitation.select(Invitation.send, Invitation.place).where(Invitation.token_hash == found).first()
    )
    if row is not None:
        await marks.note(row["send"], row["place"], mark)
