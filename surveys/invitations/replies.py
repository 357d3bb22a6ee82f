"""What people write back to an invitation: STOP is done at once, everything else is kept until a person has seen it.

Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid

import msgspec

from surveys.invitations import queue
from surveys.invitations.queue import Outcome
from surveys.invitations.reaching import Sealing
from surveys.invitations.tables import Invitation, InvitationReply, OutgoingMessage
from surveys.ledger import choices

STOP_WORDS = frozenset(
    {
        *("stop", "stopp", "unsubscribe", "remove me", "please stop", "stop please", "no more", "opt out", "end"),
        *("bas", "ruko", "بند کریں", "رک جائیں", "روکیں", "ਬੰਦ ਕਰੋ", "ਰੁਕੋ", "przestań", "proszę przestać"),
        *("opriți", "opriti", "nu mai", "توقف", "قف", "أوقفوا", "বন্ধ করুন", "থামুন", "jooji", "стоп", "зупиніть"),
        *("parar", "pare", "parem"),
    }
)
"""Answers that say nothing but stop, in the languages of the product."""

LONGEST = 4000


class Reply(msgspec.Struct, frozen=True):
    """``sender`` is the address it came from, so that somebody can write back."""

    words: str
    sender: str


class KeptReply(msgspec.Struct, frozen=True):
    """``reply`` is ``None`` when another secret sealed it."""

    id: uuid.UUID
    came_on: dt.date
    seen: bool
    reply: Reply | None


def says_stop(words: str) -> bool:
    """Whether a reply says stop and nothing else."""
    # Not by \w, which leaves out the vowel signs of Bengali and Punjabi.
    plain = "".join(" " if unicodedata.category(letter)[0] in "PSC" else letter for letter in words.casefold())
    return " ".join(plain.split()) in STOP_WORDS


async def is_ours(message: uuid.UUID) -> bool:
    return await OutgoingMessage.exists().where(OutgoingMessage.id == message)


async def bounced(message: uuid.UUID, *, now: dt.datetime) -> bool:
    """A mail server says that a message will never arrive. ``False`` for a message that is none of ours."""
    return await queue.received(message, Outcome("bounced", "no_such_address"), now=now)


async def stop(message: uuid.UUID, *, today: dt.date) -> None:
    """Whoever got this message is not asked any more."""
    rows = await OutgoingMessage.raw(
        'SELECT e."person" AS "person", e."family" AS "family", i."ask" AS "ask" FROM "outgoing_message" AS m '
        'JOIN "invitation" AS i ON m."invitation" = i."id" JOIN "register_entry" AS e ON i."entry" = e."id" '
        'WHERE m."id" = {}',
        message,
    )
    if rows:
        await choices.stop(rows[0]["person"], today=today)


async def keep(message: uuid.UUID, reply: Reply, *, sealing: Sealing, today: dt.date) -> None:
    rows = await Invitation.raw(
        'SELECT i."send" AS "send" FROM "outgoing_message" AS m JOIN "invitation" AS i ON m."invitation" = i."id" '
        'WHERE m."id" = {}',
        message,
    )
    if rows:
        await InvitationReply.insert(
            InvitationReply(
                id=uuid.uuid4(),
                send=rows[0]["send"],
                came_on=today,
                sealed=sealing.seal(msgspec.structs.replace(reply, words=reply.words[:LONGEST]), day=today),
                seen=False,
            )
        )


async def waiting(send: uuid.UUID) -> int:
    """How many replies to a sending no person has seen."""
    rows = await InvitationReply.select(InvitationReply.id).where(
        InvitationReply.send == send, InvitationReply.seen.eq(False)
    )
    return len(rows)


async def replies(send: uuid.UUID, secret: bytes) -> list[KeptReply]:
    """Those that no person has seen first."""
    rows = (
        await InvitationReply.select()
        .where(InvitationReply.send == send)
        .order_by(InvitationReply.seen, InvitationReply.came_on, InvitationReply.id)
    )
    sealing = Sealing(secret)
    return [
        KeptReply(row["id"], row["came_on"], bool(row["seen"]), sealing.opened(row["sealed"], Reply)) for row in rows
    ]


async def seen(id: uuid.UUID) -> None:
    await InvitationReply.update({InvitationReply.seen: True}).where(InvitationReply.id == id)


async def clear_old(*, today: dt.date) -> None:
    """Forgets replies that were seen, half a year after they came."""
    oldest = today - dt.timedelta(days=183)
    await InvitationReply.delete().where(InvitationReply.seen.eq(True), InvitationReply.came_on < oldest)
