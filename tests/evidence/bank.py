"""Invented voices of every source, for tests of finding and reading them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from voice.capture.sessions.tables import Session
from voice.evidence.keeping import NewVoice

TODAY = dt.date(2026, 11, 18)


def voice(text: str | None = None, **said: Any) -> NewVoice:
    fields: dict[str, Any] = {
        "id": uuid.uuid4(),
        "source": "drop_box",
        "origin": uuid.uuid4(),
        "said_on": "2026-11",
        "language": "en",
        "respondent_kind": "young_person",
        "said_by": "own_words",
        "asked": "What should change?",
        "text": text,
        "permitted": "quote",
    }
    return NewVoice(**{**fields, **said})


async def a_session(planned_by: uuid.UUID, title: str = "Youth forum") -> uuid.UUID:
    """A session that somebody planned. Runs inside a unit."""
    id = uuid.uuid4()
    await Session.insert(
        Session(
            id=id,
            forum="Youth forum",
            title=title,
            kind="youth_forum",
            purpose="",
            invited="",
            what_happens_next="",
            asked_anyway="",
            respondent_kind="young_person",
            setting="",
            heard_by="",
            language="en",
            held_on=TODAY,
            pictures_agreed=False,
            agenda="[]",
            running="{}",
            stage="approved",
            revision=0,
            code_hash=id.hex,
            planned_by=planned_by,
        )
    )
    return id
