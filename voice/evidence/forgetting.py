"""What was said goes when its time is over, with all that hangs on it: files, voices, suggestions, quotes,
translations and transcripts."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence
from pathlib import Path

from surveys import retention, stored_files
from surveys.publishing import OpenRound
from surveys.translating.tables import TranslatedText
from voice.evidence.indexing import index
from voice.evidence.tables import QuoteDecision, SuggestedMention, Suggestion, Transcript, Voice
from voice.privacy import forgotten
from voice.storage import Store
from voice.storage.files import FileFolder
from voice.themes import campaigns
from voice.themes.tables import SampleCoding, ThemeDecision, VoiceCoding


async def forget_what_is_over(store: Store, folder: FileFolder, *, today: dt.date) -> int:
    """Deletes the answers of rounds that are kept no longer, and returns how many people's they were.

    A stop half-way leaves whole submissions; the next call goes on. Files whose removal was cut short are removed as
    unused ones (see ``voice/capture/arriving.py``). What went is noted, and then taken out of the database's files.
    """
    people = 0
    for round in await store.read(lambda: retention.over(today=today)):
        await store.write(lambda round=round: _forget_what_is_apart(round.id))  # type: ignore[misc]
        while True:
            many, files = await store.write(lambda round=round: _forget_some(round, today))  # type: ignore[misc]
            for id in files:
                await asyncio.to_thread(folder.remove, id)
            people += many
            if not many:
                break
    expired = 0
    while some := await store.write(lambda: _forget_expired(today)):
        expired += some
    if people or expired:
        await forget_what_came_late(store)
        await asyncio.to_thread(forget_meanings, folder.data)
    await forgotten.take_traces_out(store, today=today)
    return people


async def forget_what_came_late(store: Store) -> None:
    """Takes away voices and suggestions that were being made while their answers went."""
    while late := await store.read(_late):
        await store.write(lambda late=late: forget(late))  # type: ignore[misc]
    await store.write(_forget_late_suggestions)


def forget_meanings(data: Path) -> None:
    """Removes what is remembered of the meanings of voices: those that are still there are worked out anew."""
    for remembered in (data / "meanings").glob("meanings-*.bin"):
        remembered.unlink(missing_ok=True)


async def _forget_what_is_apart(round: uuid.UUID) -> None:
    await retention.forget_typed_forms(round)
    await retention.forget_who_answered(round)


async def _forget_some(round: OpenRound, today: dt.date) -> tuple[int, list[uuid.UUID]]:
    submissions = await retention.some_of(round.id)
    if not submissions:
        return 0, []
    files = await forget_submissions(submissions)
    await forgotten.note("round", round.survey, term=round.term, today=today, people=len(submissions), files=len(files))
    return len(submissions), files


async def forget_submissions(submissions: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Takes away what these people sent, with all that was made of it, in a unit. Returns the files to remove."""
    found = await retention.answers_of(submissions)
    voices = [voice for voice, _ in found]
    files = [file for _, file in found if file is not None]
    await forget(voices)
    await stored_files.forget(files)
    await retention.forget(submissions, voices)
    return files


async def _forget_expired(today: dt.date) -> int:
    """Some of the voices that were given for a time that is over."""
    rows = await Voice.select(Voice.id).where(Voice.expires_on < today).limit(retention.IN_A_QUERY)
    expired = [row["id"] for row in rows]
    if expired:
        await forget(expired)
        await forgotten.note("permission", "", today=today, people=len(expired))
    return len(expired)


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
