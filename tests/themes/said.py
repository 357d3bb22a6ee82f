"""Invented voices about themes, with what the machine suggested, for tests of summaries."""

from __future__ import annotations

import uuid
from typing import Any

from tests.evidence.bank import TODAY, voice
from voice.evidence import quotes
from voice.evidence.keeping import keep
from voice.evidence.tables import SuggestedMention, Suggestion
from voice.people import signing_in
from voice.people.roles import Role


async def an_analyst() -> uuid.UUID:
    return await signing_in.add_member("sam.okafor@summaries.example", Role.ANALYST)


async def said(text: str, *themes: str, sentiment: str = "negative", score: float = -0.5, **other: Any) -> uuid.UUID:
    """A voice that the machine has read; its first sentence is the mention. Runs inside a unit."""
    fields = {"said_on": "2026-11", "person": uuid.uuid4(), "respondent_kind": "parent_carer", **other}
    new = voice(text, **fields)
    await keep([new])
    await Suggestion.insert(
        Suggestion(
            voice=new.id,
            engine="test",
            themes=";".join(themes),
            confidence=0.8,
            confidences=";".join("0.8" for _ in themes),
            why="",
            outcome="themed" if themes else "none_fits",
            needs_person=False,
            sentiment=sentiment,
            sentiment_score=score,
            sentiment_why="",
            urgent=False,
            urgent_why="",
        )
    )
    for theme in themes:
        await SuggestedMention.insert(
            SuggestedMention(
                id=uuid.uuid4(),
                voice=new.id,
                theme_id=theme,
                position=0,
                sentence=text.partition(". ")[0].rstrip(".") + ".",
                words="",
                confidence=0.8,
                sentiment=sentiment,
            )
        )
    return new.id


async def many(n: int, text: str, *themes: str, **other: Any) -> list[uuid.UUID]:
    return [await said(text.format(n=each), *themes, **other) for each in range(n)]


async def released(voice: uuid.UUID, shown: str, *, by: uuid.UUID) -> None:
    await quotes.decide(voice, "released", shown, by=by, today=TODAY)
