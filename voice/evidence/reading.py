"""The machine reads new voices: themes by the code frame's keywords, and sentiment. Only ever suggestions.

Reading goes on beside the server, a batch at a time, so that a lead never waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging

import pandas as pd

from voice.evidence.tables import Suggestion
from voice.evidence.voices import voices
from voice.storage import Store

BATCH = 500
RULES = "keywords-1"
"""Changes when the rules that make suggestions change, so that old suggestions are made anew."""

log = logging.getLogger("voice.evidence")


class Reader:
    """Reads voices that have no suggestion of the current engine."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._new = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._new.set()
        self._task = asyncio.create_task(self._keep_reading())

    def something_new(self) -> None:
        self._new.set()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _keep_reading(self) -> None:
        while True:
            await self._new.wait()
            self._new.clear()
            try:
                await read_new_voices(self._store)
            except Exception:
                # Voices stay unread and the page says how many; the next new one starts another try.
                log.exception("reading new voices failed")


async def read_new_voices(store: Store) -> int:
    """Reads all voices that were not read yet, and returns how many there were."""
    found = await voices(store)
    engine = await asyncio.to_thread(engine_name)
    unread = found[found["engine"] != engine]
    for start in range(0, len(unread), BATCH):
        batch = unread.iloc[start : start + BATCH]
        suggestions = await asyncio.to_thread(suggest, batch, engine)
        await store.write(lambda suggestions=suggestions: _keep(suggestions))  # type: ignore[misc]
    return len(unread)


def engine_name() -> str:
    from analysis.code_frame import send_code_frame

    frame = hashlib.blake2b(repr(send_code_frame()).encode(), digest_size=6).hexdigest()
    return f"{RULES}-{frame}"


def suggest(found: pd.DataFrame, engine: str) -> list[Suggestion]:
    from analysis.code_frame import send_code_frame
    from analysis.sentiment import measure_sentiment
    from analysis.themes import suggest_themes

    themes = suggest_themes(found, send_code_frame(), text="text", question="question", lang="language")
    feelings = measure_sentiment(found, text="text", question="question", lang="language")
    return [
        Suggestion(
            voice=voice,
            engine=engine,
            themes=theme,
            why=why,
            outcome=outcome,
            sentiment=sentiment,
            sentiment_score=None if pd.isna(score) else float(score),
        )
        for voice, theme, why, outcome, sentiment, score in zip(
            found["voice"],
            themes["themes"],
            themes["why"],
            themes["outcome"],
            feelings["sentiment"],
            feelings["sentiment_score"],
            strict=True,
        )
    ]


async def _keep(suggestions: list[Suggestion]) -> None:
    await Suggestion.delete().where(Suggestion.voice.is_in([each.voice for each in suggestions]))
    await Suggestion.insert(*suggestions)
