"""The analyst of the invented partnership has decided on the themes of some texts of this term."""

from __future__ import annotations

import datetime as dt

from surveys.terms import term_of
from voice.evidence.may_read import may_read
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store
from voice.themes import coding
from voice.themes.coding import Asked, CodedVoice
from voice.themes.deciding import Choice, decide
from voice.themes.frames import Frame, frame_in_use
from voice.themes.tables import ThemeDecision

MANY = 60
"""Texts that were decided on: enough that the machine has learned from them."""

UNSURE = 0.6


async def load_decisions(store: Store, *, today: dt.date) -> None:
    """Most of what was suggested is right; now and then a theme was too much. Nothing goes twice."""
    if await store.read(lambda: ThemeDecision.exists()):
        return
    analyst = next(m for m in await store.read(signing_in.members) if m.role is Role.ANALYST)
    reader = may_read(Role.ANALYST, analyst.id, today=today)
    asked = Asked(term_of(today), "open")

    async def found() -> tuple[Frame, list[CodedVoice]]:
        _, listed = await coding.listed(asked, reader, analyst.id, start=0, most=8 * MANY)
        voices = [await coding.coded_voice(each.id, reader) for each in listed if each.language == "en"]
        return await frame_in_use(), [each for each in voices if each and each.suggested][:MANY]

    frame, voices = await store.read(found)

    async def unit() -> None:
        for number, voice in enumerate(voices):
            choice = _choice(number, voice)
            await decide(choice, frame, by=analyst.id, today=today)

    await store.write(unit)


def _choice(number: int, voice: CodedVoice) -> Choice:
    themes = tuple(each.theme_id for each in voice.suggested)
    kept = themes[:-1] if number % 5 == 2 and voice.standing.confidence < UNSURE else themes
    quotable = "yes" if number % 10 == 4 and voice.permitted == "quote" else ""
    return Choice(voice=voice.id, seen=0, settled=True, themes=kept, quotable=quotable)
