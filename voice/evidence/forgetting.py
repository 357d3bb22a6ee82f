"""What was said goes when its time is over, with all that hangs on it: files, voices, suggestions, quotes,
translations and transcripts."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence

from surveys import retention, stored_files
from surveys.translating.tables import TranslatedText
from voice.evidence.indexing import index
from voice.evidence.tables import QuoteDecision, SuggestedMention, Suggestion, Transcript, Voice
from voice.storage import Store
from voice.storage.files import FileFolder
from voice.themes import campaigns
from voice.themes.tables import SampleCoding, ThemeDecision, VoiceCoding


async def forget_what_is_over(store: Store, folder: FileFolder, *, today: dt.date) -> int:
    """Deletes the answers of rounds that are kept no longer, and returns how many people's they were.

    A stop half-way leaves whole submissions; the next call goes on. Files whose removal was cut short are removed as
    unused ones (see ``voice/capture/arriving.py``).
    """
    forgotten = 0
    for round in await store.read(lambda: retention.over(today=today)):
        await store.write(lambda round=round: retention.forget_typed_forms(round))  # type: ignore[misc]
        while True:
            many, files = await store.write(lambda round=round: _forget_some(round))  # type: ignore[misc]
            for id in files:
                await asyncio.to_thread(folder.remove, id)
            forgotten += many
            if not many:
                break
    while expired := await store.read(lambda: _expired(today)):
        await store.write(lambda expired=expired: forget(expired))  # type: ignore[misc]
    if forgotten:
        while late := await store.read(_late):
            await store.write(lambda late=late: forget(late))  # type: ignore[misc]
        await store.write(_forget_late_suggestions)
    return forgotten


async def _forget_some(round: uuid.UUID) -> tuple[int, list[uuid.UUID]]:
    submissions = await retention.some_of(round)
    if not submissions:
        return 0, []
    found = await retention.answers_of(submissions)
    voices = [voice for voice, _ in found]
    files = [file for _, file in found if file is not None]
    await forget(voices)
    await stored_files.forget(files)
    await retention.forget(submissions, voices)
    return len(submissions), files


async def forget(voices: Sequence[uuid.UUID]) -> None:
    """Takes away voices, with what was suggested, decided, translated and written down for them, in a unit of the
    store. Files are of whoever took them in."""
    for start in range(0, len(voices), retention.IN_A_QUERY):
        some = list(voices[start : start + retention.IN_A_QUERY])
        for table in (Suggestion, SuggestedMention, ThemeDecision, VoiceCoding, SampleCoding):
            await table.delete().where(table.voice.is_in(some))
        await campaigns.forget(some)
        await QuoteDecision.delete().where(QuoteDecision.voice.is_in(some))
        await TranslatedText.delete().where(TranslatedText.answer.is_in(some))
        await Transcript.delete().where(Transcript.voice.is_in(some))
        await Voice.delete().where(Voice.id.is_in(some))
        await index(some)


async def _expired(today: dt.date) -> list[uuid.UUID]:
    """Some of the voices that were given for a time that is over."""
    rows = await Voice.select(Voice.id).where(Voice.expires_on < today).limit(retention.IN_A_QUERY)
    return [row["id"] for row in rows]


async def _late() -> list[uuid.UUID]:
    """Some of the voices that were being made of answers while these went."""
    rows = await Voice.raw(
        'SELECT v."id" AS "id" FROM "voice" AS v LEFT JOIN "answer" AS a ON a."id" = v."id" '
        'WHERE v."source" = \'survey\' AND a."id" IS NULL LIMIT {}',
        retention.IN_A_QUERY,
    )
    return [uuid.UUID(str(row["id"])) for row in rows]


async def _forget_late_suggestions() -> None:
    """Suggestions that were being made while their voice went."""
    for table in ("suggestion", "suggested_mention"):
        await Suggestion.raw(f'DELETE FROM "{table}" WHERE "voice" NOT IN (SELECT "id" FROM "voice")')  # noqa: S608
