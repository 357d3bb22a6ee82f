"""Voices that a person decided under an older code frame, and that a person should see again. Inside a unit."""

from __future__ import annotations

import uuid

import msgspec

from voice.evidence.may_read import MayRead
from voice.evidence.tables import Voice
from voice.themes.campaigns import COUNTS, JOINED
from voice.themes.frames import Frame


class Again(msgspec.Struct, frozen=True):
    """``themes`` are those decided before, some under former ids; ``left`` are how many voices wait, this one too."""

    voice: uuid.UUID
    asked: str
    text: str
    language: str
    respondent_kind: str
    said_by: str
    themes: tuple[str, ...]
    left: int


_WAITING = (
    'FROM "voice_coding" AS c JOIN "voice" AS v ON v."id" = c."voice" '
    f'LEFT JOIN "quote_decision" AS d ON d."voice" = v."id" {JOINED} WHERE {COUNTS} AND '
    'c."settled" AND c."frame" <> {} AND v."text" IS NOT NULL AND '
)


async def next_again(frame: Frame, reads: MayRead, voice: uuid.UUID | None = None) -> Again | None:
    """The next voice that waits, or a certain one if it still does."""
    which = ' AND v."id" = {}' if voice else ""
    values = (frame.version, *reads.values)
    rows = await Voice.raw(
        'SELECT v."id" AS "voice", v."asked" AS "asked", v."text" AS "text", v."language" AS "language", '
        'v."respondent_kind" AS "respondent_kind", v."said_by" AS "said_by", c."themes" AS "themes" '
        f'{_WAITING}{reads.sql}{which} ORDER BY c."themes", v."id" LIMIT 1',
        *values,
        *([voice] if voice else []),
    )
    if not rows:
        return None
    left = await Voice.raw(f'SELECT COUNT(*) AS "n" {_WAITING}{reads.sql}', *values)
    row = rows[0]
    return Again(
        **{name: row[name] for name in ("asked", "text", "language", "respondent_kind", "said_by")},
        voice=uuid.UUID(str(row["voice"])),
        themes=tuple(filter(None, row["themes"].split(";"))),
        left=int(left[0]["n"]),
    )
