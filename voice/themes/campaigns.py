"""Campaigns: words that several people sent nearly alike are one line in a list, and count once.

Which voices belong together is found by :mod:`voice.themes.copies`. Functions run inside a unit of the store.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

import msgspec

from voice.evidence.indexing import changed
from voice.evidence.may_read import MayRead
from voice.evidence.tables import Voice
from voice.storage.rows import as_uuid
from voice.themes.tables import VoiceCampaign

MOST_SHOWN = 50

JOINED = 'LEFT JOIN "voice_campaign" AS k ON k."voice" = v."id"'
"""Added to the tables of a query that counts a campaign once, with ``COUNTS`` among its conditions."""

COUNTS = '(k."first" IS NULL OR k."first" = v."id")'


class Copy(msgspec.Struct, frozen=True):
    """One of the voices of a campaign."""

    voice: uuid.UUID
    text: str
    language: str
    respondent_kind: str


class Campaign(msgspec.Struct, frozen=True):
    """``people`` sent nearly the same words, in ``voices``; ``copies`` are some of those that may be read. ``first``
    stands for all in the lists."""

    first: uuid.UUID
    people: int
    voices: int
    copies: tuple[Copy, ...]


async def members(voice: uuid.UUID) -> list[uuid.UUID]:
    """The voices about which is decided at once: all of the campaign, this one first; or it alone."""
    rows = await VoiceCampaign.raw(
        'SELECT o."voice" AS "voice" FROM "voice_campaign" AS k JOIN "voice_campaign" AS o ON o."first" = k."first" '
        'WHERE k."voice" = {} ORDER BY o."voice"',
        voice,
    )
    return [voice, *(id for row in rows if (id := as_uuid(row["voice"])) != voice)]


async def campaign_of(voice: uuid.UUID, reader: MayRead) -> Campaign | None:
    """``None`` for a voice that belongs to none, or that a person took out."""
    row = (
        await VoiceCampaign.select(VoiceCampaign.first, VoiceCampaign.apart).where(VoiceCampaign.voice == voice).first()
    )
    if row is None or row["apart"]:
        return None
    first = as_uuid(row["first"])
    (counted,) = await VoiceCampaign.raw(f'{_SIZES} WHERE k."first" = {{}}', first)
    rows = await Voice.raw(
        'SELECT v."id" AS "voice", v."text" AS "text", v."language" AS "language", '  # noqa: S608
        'v."respondent_kind" AS "respondent_kind" FROM "voice_campaign" AS k JOIN "voice" AS v ON v."id" = k."voice" '
        'LEFT JOIN "quote_decision" AS d ON d."voice" = v."id" '
        f'WHERE k."first" = {{}} AND v."text" IS NOT NULL AND {reader.sql} ORDER BY v."id" LIMIT {{}}',
        first,
        *reader.values,
        MOST_SHOWN,
    )
    copies = tuple(Copy(as_uuid(row["voice"]), row["text"], row["language"], row["respondent_kind"]) for row in rows)
    return Campaign(first, int(counted["people"]), int(counted["voices"]), copies)


async def sizes(firsts: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """How many people sent the words, of those of these voices that stand for a campaign."""
    if not firsts:
        return {}
    rows = await VoiceCampaign.raw(
        f'{_SIZES} WHERE NOT k."apart" AND k."first" IN ({", ".join(["{}"] * len(firsts))}) GROUP BY k."first"', *firsts
    )
    return {as_uuid(row["first"]): int(row["people"]) for row in rows}


async def is_apart(voice: uuid.UUID) -> bool:
    """Whether a person took it out of its campaign."""
    return await VoiceCampaign.exists().where((VoiceCampaign.voice == voice) & VoiceCampaign.apart.eq(True))


async def take_out(voice: uuid.UUID) -> None:
    """It is no copy, says a person: it counts for itself, and is decided about alone. Whatever was decided stays."""
    row = await VoiceCampaign.select().where(VoiceCampaign.voice == voice).first()
    if row is None or row["apart"]:
        return
    if as_uuid(row["first"]) == voice:
        others = (await members(voice))[1:]
        if others:
            await VoiceCampaign.update({VoiceCampaign.first: others[0]}).where(VoiceCampaign.first == voice)
    await VoiceCampaign.update({VoiceCampaign.first: voice, VoiceCampaign.apart: True}).where(
        VoiceCampaign.voice == voice
    )
    await changed([voice])


async def put_back(voice: uuid.UUID) -> None:
    """What was taken out is looked at again like any other: see :func:`voice.themes.copies.look_again`."""
    await VoiceCampaign.delete().where((VoiceCampaign.voice == voice) & VoiceCampaign.apart.eq(True))
    await changed([voice])


async def forget(voices: list[uuid.UUID]) -> None:
    """Where the voice went that stands for a campaign, another one does."""
    gone = await VoiceCampaign.select(VoiceCampaign.voice).where(
        VoiceCampaign.voice.is_in(voices), VoiceCampaign.apart.eq(False), VoiceCampaign.first.is_in(voices)
    )
    await VoiceCampaign.delete().where(VoiceCampaign.voice.is_in(voices))
    for row in gone:
        left = (
            await VoiceCampaign.select(VoiceCampaign.voice)
            .where(VoiceCampaign.first == row["voice"])
            .order_by(VoiceCampaign.voice)
            .first()
        )
        if left:
            await VoiceCampaign.update({VoiceCampaign.first: left["voice"]}).where(VoiceCampaign.first == row["voice"])


_SIZES = (
    'SELECT MIN(CAST(k."first" AS VARCHAR)) AS "first", COUNT(*) AS "voices", '
    'COUNT(DISTINCT CAST(COALESCE(v."person", v."origin") AS VARCHAR)) AS "people" '
    'FROM "voice_campaign" AS k JOIN "voice" AS v ON v."id" = k."voice"'
)
