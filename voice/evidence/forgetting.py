"""Answers whose time is over go, with all that hangs on them: files, suggestions, quotes and translations."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence

from surveys import retention, stored_files
from surveys.translating.tables import TranslatedText
from voice.evidence.tables import QuoteDecision, Suggestion
from voice.storage import Store
from voice.storage.files import FileFolder


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
    if forgotten:
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
    """Takes away what was suggested, decided and translated for voices that go, in a unit of the store."""
    for start in range(0, len(voices), retention.IN_A_QUERY):
        some = list(voices[start : start + retention.IN_A_QUERY])
        await Suggestion.delete().where(Suggestion.voice.is_in(some))
        await QuoteDecision.delete().where(QuoteDecision.voice.is_in(some))
        await TranslatedText.delete().where(TranslatedText.answer.is_in(some))


async def _forget_late_suggestions() -> None:
    """Suggestions that were being made while their answer went."""
    await Suggestion.raw('DELETE FROM "suggestion" WHERE "voice" NOT IN (SELECT "id" FROM "answer")')
