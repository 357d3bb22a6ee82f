"""What people said, put into another language beside their own words, with who or what did it.

Functions here run inside a unit of the store. The answers themselves are never touched.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Literal

import msgspec

from surveys.translating.tables import TranslatedText
from voice.evidence.tables import QuoteDecision, Suggestion

MadeBy = Literal["person", "machine"]
LONGEST = 10_000


class Translated(msgspec.Struct, frozen=True):
    """``name`` is the person's, or says which machine."""

    language: str
    text: str
    made_by: MadeBy
    name: str
    day: dt.date


async def record(voice: uuid.UUID, translated: Translated) -> None:
    """Keeps a translation; a new one into the same language takes the place of the earlier one.

    With one into English, the machine reads the voice again.
    """
    await TranslatedText.delete().where(TranslatedText.answer == voice, TranslatedText.language == translated.language)
    await TranslatedText.insert(
        TranslatedText(
            id=uuid.uuid4(),
            answer=voice,
            language=translated.language,
            text=translated.text,
            made_by=translated.made_by,
            name=translated.name,
            made_on=translated.day,
        )
    )
    if translated.language == "en":
        await Suggestion.update({Suggestion.engine: ""}).where(Suggestion.voice == voice)


async def translations_of(voices: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[Translated, ...]]:
    """The translations of these voices, those that have any."""
    if not voices:
        return {}
    rows = await (
        TranslatedText.select().where(TranslatedText.answer.is_in(list(voices))).order_by(TranslatedText.language)
    )
    found: dict[uuid.UUID, tuple[Translated, ...]] = {}
    for row in rows:
        id = uuid.UUID(str(row["answer"]))
        found[id] = (*found.get(id, ()), _translated(row))
    return found


async def of_whole_quotes() -> dict[str, tuple[Translated, ...]]:
    """The translations of quotes that were released just as they were written, by the words of the quote.

    Where words were hidden, the translation may still say them, so it is left out.
    """
    rows = await TranslatedText.raw(
        'SELECT t."language" AS "language", t."text" AS "text", t."made_by" AS "made_by", t."name" AS "name", '  # noqa: S608
        't."made_on" AS "made_on", d."shown" AS "shown" FROM "translated_text" AS t '
        'JOIN "voice" AS v ON v."id" = t."answer" '
        f'JOIN "{QuoteDecision._meta.tablename}" AS d ON d."voice" = v."id" '
        'WHERE d."decision" = \'released\' AND d."shown" = v."text" ORDER BY t."language"'
    )
    found: dict[str, tuple[Translated, ...]] = {}
    for row in rows:
        found[row["shown"]] = (*found.get(row["shown"], ()), _translated(row))
    return found


def _translated(row: dict[str, object]) -> Translated:
    day = row["made_on"]
    return Translated(
        language=str(row["language"]),
        text=str(row["text"]),
        made_by="machine" if row["made_by"] == "machine" else "person",
        name=str(row["name"]),
        day=day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day)),
    )
