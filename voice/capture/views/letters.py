"""Letters that open a new space. Who prints them cannot open what was begun with them.

The code of a letter opens an empty space once, and is worth nothing afterwards: the family gets a link and a code of
its own at that moment. Functions that are async run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hmac
import uuid

from surveys.terms import term_of
from voice.capture.views.keys import Locked
from voice.capture.views.tables import ViewLetter, ViewLetterCount

DAYS_GOOD = 365
MOST_AT_ONCE = 30


def letter_hash(secret: bytes, code: str) -> str:
    return hmac.digest(secret, b"views-letter:" + code.encode(), "sha256")[:16].hex()


async def keep(secret: bytes, codes: list[str], *, today: dt.date) -> None:
    """Lets these codes open a space, once each."""
    term = term_of(today)
    until = today + dt.timedelta(days=DAYS_GOOD)
    await ViewLetter.insert(
        *(
            ViewLetter(id=uuid.uuid4(), code_hash=letter_hash(secret, code), term=term, expires_on=until)
            for code in codes
        )
    )
    await ViewLetterCount.raw(
        'INSERT INTO "view_letter_count" ("term", "made", "opened") VALUES ({}, {}, 0) '
        'ON CONFLICT ("term") DO UPDATE SET "made" = "view_letter_count"."made" + {}',
        term,
        len(codes),
        len(codes),
    )


async def is_good(secret: bytes, code: str, *, today: dt.date) -> bool:
    return await ViewLetter.exists().where(
        ViewLetter.code_hash == letter_hash(secret, code), ViewLetter.expires_on >= today
    )


async def spend(secret: bytes, code: str, *, today: dt.date) -> None:
    """Uses a letter up. Raises :class:`Locked` when there is none with this code, or it was used already."""
    rows = await ViewLetter.raw(
        'DELETE FROM "view_letter" WHERE "code_hash" = {} AND "expires_on" >= {} RETURNING "term"',
        letter_hash(secret, code),
        today,
    )
    if not rows:
        raise Locked
    await ViewLetterCount.raw(
        'UPDATE "view_letter_count" SET "opened" = "opened" + 1 WHERE "term" = {}', rows[0]["term"]
    )


async def counts() -> dict[str, tuple[int, int]]:
    """By term, how many letters were made and how many of them have opened a space."""
    rows = await ViewLetterCount.raw('SELECT "term", "made", "opened" FROM "view_letter_count"')
    return {row["term"]: (int(row["made"]), int(row["opened"])) for row in rows}


async def clear_old(*, today: dt.date) -> None:
    await ViewLetter.delete().where(ViewLetter.expires_on < today)
