"""Contributions whose time is over go, with their voices; so do drafts that nobody came back to."""

from __future__ import annotations

import datetime as dt
import uuid

from voice.capture.drop_box import contributions
from voice.capture.drop_box.contributions import DAYS_A_DRAFT_IS_KEPT
from voice.capture.drop_box.tables import Contribution
from voice.evidence import forgetting
from voice.evidence.tables import Voice
from voice.privacy import forgotten
from voice.storage import Store

AT_ONCE = 20
"""Contributions forgotten in one unit, so that people who are answering never wait long."""


async def forget_what_expired(store: Store, *, today: dt.date) -> int:
    """Deletes what may be used no longer, and returns how many contributions it was."""
    forgotten = 0
    while gone := await store.write(lambda: _forget_some(today)):
        forgotten += gone
    return forgotten


async def _forget_some(today: dt.date) -> int:
    last_day = today - dt.timedelta(days=DAYS_A_DRAFT_IS_KEPT)
    rows = (
        await Contribution.select(Contribution.id)
        .where(
            (Contribution.expires_on < today)
            | ((Contribution.stage == "draft") & (Contribution.came_on < last_day.isoformat()))
        )
        .limit(AT_ONCE)
    )
    ids: list[uuid.UUID] = [row["id"] for row in rows]
    if ids:
        said = await Voice.select(Voice.id).where(Voice.origin.is_in(ids), Voice.source.is_in(["drop_box", "tell_us"]))
        voices = [row["id"] for row in said]
        await forgetting.forget(voices)
        for start in range(0, len(voices), 500):
            await Voice.delete().where(Voice.id.is_in(voices[start : start + 500]))
        await contributions.forget(ids)
        await forgotten.note("permission", "drop box", today=today, people=len(ids))
    return len(ids)
