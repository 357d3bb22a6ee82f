"""The index of voices is kept in step with what is stored. Functions run inside a unit of the store.

Whatever changes what is found or counted of a voice calls :func:`index`: its words, its theme, whether its quote is
released, that it has gone.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from voice.evidence.search_words import MOST_WORDS, vector, words_in
from voice.evidence.tables import Voice, VoiceNumber
from voice.storage.one_at_a_time import one_at_a_time

AT_ONCE = 200
"""Voices of one statement."""

ONE_AFTER_THE_OTHER = 4_072_071
"""See ``voice/storage/one_at_a_time.py``."""


async def one_after_the_other() -> None:
    """Lets other units that change voices wait until this one is done.

    Two that make the same voice would meet; and whoever has seen a revision has seen all before it.
    """
    await one_at_a_time(ONE_AFTER_THE_OTHER)


async def index(voices: Sequence[uuid.UUID]) -> None:
    """Brings the index up to date for these voices, whether they are new, changed or gone."""
    for start in range(0, len(voices), AT_ONCE):
        await _index(list(dict.fromkeys(voices[start : start + AT_ONCE])))


async def changed(voices: Sequence[uuid.UUID]) -> None:
    """Says that something is counted otherwise than before. Their words have not changed."""
    for start in range(0, len(voices), AT_ONCE):
        await _renumber(list(dict.fromkeys(voices[start : start + AT_ONCE])))


async def without_number(most: int) -> list[uuid.UUID]:
    """Voices that the index does not know."""
    rows = await Voice.raw(
        'SELECT v."id" AS "id" FROM "voice" AS v LEFT JOIN "voice_number" AS n ON n."voice" = v."id" '
        'WHERE n."number" IS NULL LIMIT {}',
        most,
    )
    return [_uuid(row["id"]) for row in rows]


async def _index(voices: list[uuid.UUID]) -> None:
    rows = await Voice.select(Voice.id, Voice.text).where(Voice.id.is_in(voices))
    texts = {_uuid(row["id"]): row["text"] or "" for row in rows}
    revision = await _renumber(voices)
    numbers = await _numbers(voices)
    new = [voice for voice in voices if voice in texts and voice not in numbers]
    if new:
        await VoiceNumber.raw(
            f'INSERT INTO "voice_number" ("voice", "revision") VALUES {_several(new, "({}, {})")}',  # noqa: S608
            *(value for voice in new for value in (voice, revision)),
        )
        numbers |= await _numbers(new)
    gone = [number for voice, number in numbers.items() if voice not in texts]
    await _take_words(list(numbers.values()))
    if gone:
        await VoiceNumber.update({VoiceNumber.voice: None}, force=True).where(VoiceNumber.number.is_in(gone))
    await _put_words({numbers[voice]: words_in(text) for voice, text in texts.items() if text})


async def _renumber(voices: list[uuid.UUID]) -> int:
    """Gives those that have a number the next revision, and returns it."""
    await one_after_the_other()
    rows = await VoiceNumber.raw('SELECT COALESCE(MAX("revision"), 0) + 1 AS "next" FROM "voice_number"')
    revision = int(rows[0]["next"])
    await VoiceNumber.update({VoiceNumber.revision: revision}).where(VoiceNumber.voice.is_in(voices))
    return revision


async def _numbers(voices: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = await VoiceNumber.select(VoiceNumber.voice, VoiceNumber.number).where(VoiceNumber.voice.is_in(list(voices)))
    return {_uuid(row["voice"]): row["number"] for row in rows}


async def _take_words(numbers: list[int]) -> None:
    if numbers:
        name = "number" if VoiceNumber._meta.db.engine_type == "postgres" else "rowid"
        await VoiceNumber.raw(
            f'DELETE FROM "voice_words" WHERE "{name}" IN {_several(numbers, "{}", inside=True)}',  # noqa: S608
            *numbers,
        )


async def _put_words(words: dict[int, list[str]]) -> None:
    known = {number: found for number, found in words.items() if found}
    if not known:
        return
    if VoiceNumber._meta.db.engine_type == "postgres":
        columns, row, written = '"number", "words"', "({}, {}::text::tsvector)", vector
    else:
        columns, row, written = '"rowid", "words"', "({}, {})", _in_a_row
    await VoiceNumber.raw(
        f'INSERT INTO "voice_words" ({columns}) VALUES {_several(list(known), row)}',  # noqa: S608
        *(value for number, found in known.items() for value in (number, written(found))),
    )


def _in_a_row(words: list[str]) -> str:
    return " ".join(words[:MOST_WORDS])


def _several(things: Sequence[object], one: str, *, inside: bool = False) -> str:
    """Places for values in a statement, a row for each thing."""
    joined = ", ".join([one] * len(things))
    return f"({joined})" if inside else joined


def _uuid(found: object) -> uuid.UUID:
    return uuid.UUID(str(found))
