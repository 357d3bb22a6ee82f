"""Forgetting what is known about voices that are there no more. Functions here run inside a unit of the store."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from surveys.translating.tables import TranslatedText
from voice.evidence.tables import QuoteDecision, Suggestion

AT_ONCE = 500


async def forget(voices: Sequence[uuid.UUID]) -> None:
    """Takes away what was suggested, decided and translated."""
    for start in range(0, len(voices), AT_ONCE):
        some = list(voices[start : start + AT_ONCE])
        await Suggestion.delete().where(Suggestion.voice.is_in(some))
        await QuoteDecision.delete().where(QuoteDecision.voice.is_in(some))
        await TranslatedText.delete().where(TranslatedText.answer.is_in(some))
