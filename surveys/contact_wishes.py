"""Numbers and addresses of people who would like to hear from us: sealed, and apart from what they said.

A wish names neither a submission nor a round, and of the time only the month, so that nothing joins it to
answers. Every function here that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping

import msgspec
from cryptography.fernet import Fernet, InvalidToken

from surveys.answers import GivenAnswer
from surveys.field_sealing import fernet
from surveys.tables import ContactWish

MONTHS_KEPT = 6


class Wish(msgspec.Struct, frozen=True):
    """``way`` is the code of an option of ``question_types/contact.py``; ``language`` the one to write in."""

    way: str
    reach: str
    language: str


class SealedWish(msgspec.Struct, frozen=True):
    """A wish as it is found. ``wish`` is ``None`` when another secret sealed it. ``month`` is such as ``2026-11``."""

    survey: str
    month: str
    wish: Wish | None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Wish)


def taken_out(answers: Mapping[str, GivenAnswer]) -> tuple[dict[str, GivenAnswer], tuple[Wish, ...]]:
    """The answers without any number or address, and the wishes that those make."""
    without = {
        concept: msgspec.structs.replace(given, reach=None) if given.reach else given
        for concept, given in answers.items()
    }
    wishes = tuple(
        Wish(way=given.code or "", reach=given.reach, language=given.language)
        for given in answers.values()
        if given.reach
    )
    return without, wishes


async def keep(wish: Wish, *, survey: str, month: str, secret: bytes) -> None:
    # A token tells when it was made, to the second: ours all say the first of the month.
    first = dt.datetime.fromisoformat(f"{month}-01T00:00:00+00:00")
    sealed = _key(secret).encrypt_at_time(_encoder.encode(wish), int(first.timestamp())).decode()
    await ContactWish.raw(
        'INSERT INTO "contact_wish" ("id", "survey", "month", "sealed") VALUES ({}, {}, {}, {})',
        uuid.uuid4(),
        survey,
        month,
        sealed,
    )


async def wishes(secret: bytes) -> list[SealedWish]:
    """Every wish, by survey and month, in no order that tells which came first."""
    rows = await ContactWish.raw('SELECT "survey", "month", "sealed" FROM "contact_wish" ORDER BY 1, 2, "id"')
    return [SealedWish(row["survey"], row["month"], _opened(row["sealed"], secret)) for row in rows]


async def wishes_to_reach(is_theirs: Callable[[str], bool], secret: bytes) -> dict[uuid.UUID, SealedWish]:
    """The wishes whose number or address is somebody's, by their ids."""
    rows = await ContactWish.select(ContactWish.id, ContactWish.survey, ContactWish.month, ContactWish.sealed)
    found = {row["id"]: SealedWish(row["survey"], row["month"], _opened(row["sealed"], secret)) for row in rows}
    return {id: each for id, each in found.items() if each.wish is not None and is_theirs(each.wish.reach)}


async def forget(ids: Collection[uuid.UUID]) -> None:
    for id in ids:
        await ContactWish.delete().where(ContactWish.id == id)


async def clear_old(*, today: dt.date) -> None:
    """Forgets the wishes of more than ``MONTHS_KEPT`` months ago."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    oldest = f"{months // 12}-{months % 12 + 1:02}"
    await ContactWish.raw('DELETE FROM "contact_wish" WHERE "month" < {}', oldest)


class ListedWish(msgspec.Struct, frozen=True):
    """A wish that nobody has opened."""

    id: uuid.UUID
    survey: str
    month: str


async def listed() -> list[ListedWish]:
    """Every wish, sealed as it is, by survey and month, in no order that tells which came first."""
    rows = await ContactWish.select(ContactWish.id, ContactWish.survey, ContactWish.month).order_by(
        ContactWish.survey, ContactWish.month, ContactWish.id
    )
    return [ListedWish(row["id"], row["survey"], row["month"]) for row in rows]


async def opened(id: uuid.UUID, secret: bytes) -> SealedWish | None:
    """One wish, opened; ``None`` when it is not there any more. Whoever calls this notes it in the
    same unit: see ``voice/safeguarding/contacting.py``."""
    row = await ContactWish.select().where(ContactWish.id == id).first()
    return SealedWish(row["survey"], row["month"], _opened(row["sealed"], secret)) if row else None


def sealed_at(sealed: str, secret: bytes) -> int:
    """What a sealed wish tells of when it was made: seconds since 1970."""
    return _key(secret).extract_timestamp(sealed.encode())


def _opened(sealed: str, secret: bytes) -> Wish | None:
    try:
        return _decoder.decode(_key(secret).decrypt(sealed.encode()))
    except InvalidToken:
        return None


def _key(secret: bytes) -> Fernet:
    return fernet(secret, b"contact-wish")
