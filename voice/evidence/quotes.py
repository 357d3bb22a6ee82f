"""Quotes: a voice's words are shown to others only after a person has read and released them.

Functions that write run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Literal

from surveys.tables import Answer
from voice.evidence.tables import QuoteDecision

Decision = Literal["released", "private"]
HIDDEN_WORDS = "[…]"
LONGEST_QUOTE = 600


class WordsNotFound(Exception):
    """Words that should be hidden do not stand in the text."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def with_words_hidden(text: str, hide: str) -> str:
    """The text with each of the comma-separated words of ``hide`` replaced by ``[…]``, whatever their case."""
    for words in filter(None, (part.strip() for part in re.split(r"[,،]", hide))):
        hidden = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", HIDDEN_WORDS, text, flags=re.IGNORECASE)
        if hidden == text:
            raise WordsNotFound(words)
        text = hidden
    return text


async def decide(voice: uuid.UUID, decision: Decision, shown: str, *, by: uuid.UUID, today: dt.date) -> None:
    """Keeps the decision; a new one takes the place of an earlier one."""
    await QuoteDecision.delete().where(QuoteDecision.voice == voice)
    await QuoteDecision.insert(
        QuoteDecision(voice=voice, decision=decision, shown=shown, decided_by=by, decided_on=today)
    )


async def text_of(voice: uuid.UUID) -> str | None:
    """A voice's words as they were written."""
    row = await Answer.select(Answer.text).where(Answer.id == voice).first()
    return row["text"] if row else None
