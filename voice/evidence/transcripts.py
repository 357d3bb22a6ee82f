"""What recordings say, in writing: typed by a person, or a machine's draft that a person accepts.

Only what was accepted are the voice's words: searched, themed, and read as a quote. Functions run inside a unit of the
store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Literal

import msgspec

from voice.evidence.indexing import index
from voice.evidence.tables import QuoteDecision, Suggestion, Transcript, Voice

MadeBy = Literal["person", "machine"]
LONGEST = 20_000
"""Letters; three minutes of quick speech have some three thousand."""


class Transcribed(msgspec.Struct, frozen=True):
    """``engine`` names the machine that wrote it. A draft has no ``accepted_on``."""

    text: str
    language: str
    made_by: MadeBy
    engine: str
    made_on: dt.date
    accepted_by: uuid.UUID | None
    accepted_on: dt.date | None


async def of(voice: uuid.UUID) -> Transcribed | None:
    row = await Transcript.select().where(Transcript.voice == voice).first()
    if row is None:
        return None
    return Transcribed(
        text=row["text"],
        language=row["language"],
        made_by="machine" if row["made_by"] == "machine" else "person",
        engine=row["engine"],
        made_on=row["made_on"],
        accepted_by=row["accepted_by"],
        accepted_on=row["accepted_on"],
    )


async def keep_draft(voice: uuid.UUID, text: str, *, language: str, engine: str, today: dt.date) -> None:
    """Keeps what a machine heard, for a person to read. It never takes the place of what a person accepted."""
    known = await of(voice)
    if known is None or known.accepted_on is None:
        await _put(voice, Transcribed(text[:LONGEST], language, "machine", engine, today, None, None), beside=None)


async def accept(voice: uuid.UUID, text: str, *, language: str, by: uuid.UUID, today: dt.date) -> None:
    """Makes this the voice's words. Written by a person, unless it is just what the machine's draft says.

    What was suggested for other words, and decided on them as a quote, no longer counts.
    """
    draft = await of(voice)
    said = await Voice.select(Voice.text).where(Voice.id == voice).first()
    if said is None:
        return
    earlier = await Transcript.select(Transcript.beside).where(Transcript.voice == voice).first()
    beside = earlier["beside"] if earlier and draft and draft.accepted_on else said["text"]
    text = text[:LONGEST]
    by_machine = draft is not None and draft.made_by == "machine" and _plain(draft.text) == _plain(text)
    made_by: MadeBy = "machine" if by_machine else "person"
    engine = draft.engine if draft and by_machine else ""
    made_on = draft.made_on if draft and by_machine else today
    await _put(voice, Transcribed(text, language, made_by, engine, made_on, by, today), beside=beside)
    await Suggestion.delete().where(Suggestion.voice == voice)
    await QuoteDecision.delete().where(QuoteDecision.voice == voice)
    await put_back([voice])
    await index([voice])


async def put_back(voices: Sequence[uuid.UUID]) -> None:
    """Gives voices the words that were accepted for them, beside those that came with the recording."""
    rows = await Transcript.select().where(Transcript.voice.is_in(list(voices)), Transcript.accepted_on.is_not_null())
    for row in rows:
        words = "\n\n".join(filter(None, (row["beside"], row["text"])))
        await Voice.update({Voice.text: words, Voice.language: row["language"]}).where(Voice.id == row["voice"])


async def _put(voice: uuid.UUID, made: Transcribed, *, beside: str | None) -> None:
    await Transcript.delete().where(Transcript.voice == voice)
    await Transcript.insert(Transcript(voice=voice, beside=beside, **msgspec.structs.asdict(made)))


def _plain(text: str) -> str:
    return " ".join(text.split())
