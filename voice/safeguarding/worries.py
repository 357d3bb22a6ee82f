"""Worries: sealed when they come in, opened for the safeguarding lead alone.

Every function here that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import uuid

import msgspec
from cryptography.fernet import Fernet, InvalidToken

from voice.safeguarding.tables import Worry

LONGEST = 4000
"""Letters of a worry."""

LONGEST_PLACE = 200


class RaisedWorry(msgspec.Struct, frozen=True):
    """``text`` is ``None`` when another secret sealed it. ``source`` is as in the evidence bank's voices."""

    id: uuid.UUID
    source: str
    place: str
    text: str | None
    raised_on: dt.date
    looked_at_on: dt.date | None


async def raise_worry(text: str, *, id: uuid.UUID, source: str, place: str, secret: bytes, today: dt.date) -> None:
    """Puts a worry into the queue. The same ``id`` again changes nothing: a tablet may send twice."""
    # A token tells when it was made, to the second: ours say the day alone.
    midnight = dt.datetime.combine(today, dt.time(), dt.UTC)
    sealed = _key(secret).encrypt_at_time(text[:LONGEST].encode(), int(midnight.timestamp())).decode()
    if not await Worry.exists().where(Worry.id == id):
        await Worry.insert(Worry(id=id, source=source, place=place[:LONGEST_PLACE], sealed=sealed, raised_on=today))


async def queue(secret: bytes) -> list[RaisedWorry]:
    """Every worry: those nobody has looked at first, the oldest of them on top."""
    rows = await Worry.raw(
        'SELECT "id", "source", "place", "sealed", "raised_on", "looked_at_on" FROM "worry" '
        'ORDER BY "looked_at_on" IS NOT NULL, "raised_on", "id"'
    )
    return [
        RaisedWorry(
            id=_uuid(row["id"]),
            source=row["source"],
            place=row["place"],
            text=_opened(row["sealed"], secret),
            raised_on=_day(row["raised_on"]),
            looked_at_on=_day(row["looked_at_on"]) if row["looked_at_on"] else None,
        )
        for row in rows
    ]


async def look_at(id: uuid.UUID, *, by: uuid.UUID, today: dt.date) -> None:
    """Says that the safeguarding lead has looked into a worry; who did first stays."""
    await Worry.update({Worry.looked_at_on: today, Worry.looked_at_by: by}).where(
        Worry.id == id, Worry.looked_at_on.is_null()
    )


def _uuid(found: uuid.UUID | str) -> uuid.UUID:
    return found if isinstance(found, uuid.UUID) else uuid.UUID(found)


def _day(found: dt.date | str) -> dt.date:
    return found if isinstance(found, dt.date) else dt.date.fromisoformat(found)


def _opened(sealed: str, secret: bytes) -> str | None:
    try:
        return _key(secret).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _key(secret: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret, b"worry", "sha256")))
