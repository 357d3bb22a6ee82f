"""The way of a voice: where it came from, what was made of it, and who decided what.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

import msgspec

from surveys.document import Words
from surveys.publishing import rounds
from voice.capture.sessions.tables import Session
from voice.evidence import transcripts
from voice.evidence.tables import QuoteDecision, Suggestion
from voice.evidence.transcripts import Transcribed
from voice.evidence.translated import Translated, translations_of
from voice.themes.tables import VoiceCoding


class Decided(msgspec.Struct, frozen=True):
    """Whether the words were released as a quote or kept private, by whom and when."""

    decision: str
    by: uuid.UUID
    day: dt.date


class Themed(msgspec.Struct, frozen=True):
    """By whom and when the themes of a voice were decided."""

    by: uuid.UUID
    day: dt.date


class Way(msgspec.Struct, frozen=True):
    """``origin`` are the titles of the survey or session by language; empty where the place has none.

    ``engine`` is what suggested ``suggested``; empty while nothing did. ``themed`` is who gave the voice its themes,
    where a person did.
    """

    origin: Words
    engine: str
    suggested: tuple[str, ...]
    themed: Themed | None
    decided: Decided | None
    translations: tuple[Translated, ...]
    transcript: Transcribed | None


async def way_of(voice: uuid.UUID, origin: uuid.UUID) -> Way:
    suggested = await Suggestion.select(Suggestion.engine, Suggestion.themes).where(Suggestion.voice == voice).first()
    themed = await VoiceCoding.select().where(VoiceCoding.voice == voice, VoiceCoding.settled.eq(True)).first()
    decided = await QuoteDecision.select().where(QuoteDecision.voice == voice).first()
    return Way(
        origin=(await titles({origin})).get(origin, {}),
        engine=suggested["engine"] if suggested else "",
        suggested=tuple(filter(None, suggested["themes"].split(";"))) if suggested else (),
        themed=Themed(themed["decided_by"], themed["decided_on"]) if themed else None,
        decided=Decided(decided["decision"], decided["decided_by"], decided["decided_on"]) if decided else None,
        translations=(await translations_of([voice])).get(voice, ()),
        transcript=await transcripts.of(voice),
    )


async def titles(origins: Collection[uuid.UUID]) -> dict[uuid.UUID, Words]:
    """What the surveys and sessions among these are called. A session has its title in one language."""
    if not origins:
        return {}
    found = {round.id: round.document.title for round in await rounds() if round.id in origins}
    rows = await Session.select(Session.id, Session.title, Session.language).where(Session.id.is_in(list(origins)))
    return found | {row["id"]: {row["language"]: row["title"]} for row in rows}
