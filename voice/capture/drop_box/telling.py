"""What anybody tells us without an account. It waits for a person, since anybody may send anything."""

from __future__ import annotations

import datetime as dt
import hmac
import uuid

import msgspec

from surveys.submissions import OtherContent
from voice.capture.drop_box import contributions
from voice.capture.drop_box.contributions import About, NoSuchContribution
from voice.capture.drop_box.pieces import Piece, Reading
from voice.safeguarding.worries import raise_worry

LONGEST = 10_000
LONGEST_WORRY = 4_000
"""Letters; a worry of more would be cut."""


class Told(msgspec.Struct, frozen=True):
    """``id`` was named by the page, so that what is sent twice is stored once."""

    id: uuid.UUID
    words: str
    respondent_kind: str
    language: str
    may_be_shown: bool


async def tell(told: Told, *, secret: bytes, today: dt.date) -> None:
    """Stores what was told, in a unit. Sent again, it is there already.

    Raises ``OtherContent`` when other words were told under the same id: the first are kept.
    """
    digest = digest_of(secret, msgspec.json.encode(told))
    try:
        known = await contributions.load(told.id)
    except NoSuchContribution:
        about = About(
            heard_on=f"{today:%Y-%m}",
            respondent_kind=told.respondent_kind,
            language=told.language,
            permitted="quote" if told.may_be_shown else "read",
        )
        await contributions.add(
            told.id,
            about,
            Reading((Piece(text=told.words),)),
            source="tell_us",
            way="open",
            stage="waiting",
            came_on=f"{today:%Y-%m}",
            digest=digest,
        )
    else:
        if not hmac.compare_digest(known.digest, digest):
            raise OtherContent


async def tell_worry(told: Told, *, place: str, secret: bytes, today: dt.date) -> None:
    """Puts what was told into the safeguarding queue and nowhere else, in a unit. Other words are another worry, so
    that nothing is lost; the same words again are the same."""
    id = uuid.uuid5(told.id, told.words)
    await raise_worry(told.words, id=id, source="tell_us", place=place, secret=secret, today=today)


def digest_of(secret: bytes, content: bytes) -> str:
    """Tells whether the same came twice. Nobody without the secret can try words out."""
    return hmac.digest(secret, b"drop box:" + content, "sha256").hex()
