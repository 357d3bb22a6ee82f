"""What two coders agree on becomes the decision about a voice. Functions run inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from voice.themes import deciding, samples
from voice.themes.deciding import Choice
from voice.themes.frames import frame_in_use
from voice.themes.samples import Coding, Sample
from voice.themes.versions import lineage_between

IN_A_UNIT = 20
"""Decisions of one unit, so that nobody else waits long."""


async def settle_some(of: Sample, *, by: uuid.UUID, today: dt.date) -> int:
    """Decides about some voices to which both gave the same themes; how many. None is left when it returns 0."""
    same = [each for each in await samples.codings(of) if not each.differs and each.agreed is None]
    for coding in same[:IN_A_UNIT]:
        await settle(of, coding, coding.first, by=by, today=today)
    return len(same[:IN_A_UNIT])


async def settle(of: Sample, coding: Coding, themes: Sequence[str], *, by: uuid.UUID, today: dt.date) -> None:
    """Keeps what the two agree on, and decides so.

    Where the frame changed since the sample was drawn so that a person has to look again, it is no decision.
    """
    await samples.keep_agreed(of, coding, themes)
    await decide(coding.voice, themes, of.frame, by=by, today=today)


async def decide(voice: uuid.UUID, themes: Sequence[str], frame: int, *, by: uuid.UUID, today: dt.date) -> None:
    """Settles a voice with themes of a version of the frame."""
    now = await frame_in_use()
    if frame != now.version:
        reading = (await lineage_between(frame, now.version)).read(themes)
        if reading.again:
            return
        themes = reading.themes
    history = (await deciding.decisions_about([voice]))[voice]
    seen = history[-1].place if history else 0
    choice = Choice(voice, seen, settled=True, themes=tuple(themes))
    await deciding.decide(choice, now, by=by, today=today)
