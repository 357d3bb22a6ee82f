"""Quotes: a voice's words are shown to others only after a person has read and released them, and only where what was
promised when they were said allows it.

Async functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Literal

import msgspec

from surveys.terms import term_order
from voice.evidence.indexing import changed
from voice.evidence.tables import QuoteDecision, Voice
from voice.themes.standing import COLUMNS, JOINED, Standing, standing

Decision = Literal["released", "private"]
HIDDEN_WORDS = "[…]"
LONGEST_QUOTE = 600


Which = Literal["unread", "released", "private"]

_WHICH: dict[Which, str] = {
    "unread": 'd."decision" IS NULL',
    "released": "d.\"decision\" = 'released'",
    "private": "d.\"decision\" = 'private'",
}
_QUOTABLE = 'v."text" IS NOT NULL AND v."permitted" = \'quote\' AND (v."expires_on" IS NULL OR v."expires_on" >= {})'
_DECIDED = '"voice" AS v LEFT JOIN "quote_decision" AS d ON d."voice" = v."id"'


class QuotableVoice(msgspec.Struct, frozen=True):
    """A voice whose words may be released as a quote. What nobody has decided yet is ``None``."""

    voice: uuid.UUID
    source: str
    concept: str
    question: str
    text: str
    language: str
    respondent_kind: str
    said_by: str
    standing: Standing
    decision: str | None
    shown: str | None


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
    await changed([voice])


async def text_of(voice: uuid.UUID, *, today: dt.date) -> str | None:
    """The words of a voice that may be released, as they were said."""
    rows = await Voice.raw(
        f'SELECT v."text" AS "text" FROM {_DECIDED} WHERE {_QUOTABLE} AND v."id" = {{}}',  # noqa: S608
        today,
        voice,
    )
    return rows[0]["text"] if rows else None


async def terms(*, today: dt.date) -> list[str]:
    """The terms with words that may be released, the newest first."""
    rows = await Voice.raw(f'SELECT DISTINCT v."term" AS "term" FROM {_DECIDED} WHERE {_QUOTABLE}', today)  # noqa: S608
    return sorted((row["term"] for row in rows), key=term_order, reverse=True)


async def listed(
    term: str, which: Which, *, today: dt.date, start: int, most: int
) -> tuple[int, tuple[QuotableVoice, ...]]:
    """How many words of a term are in a list, and ``most`` of them from ``start`` (brought back into the list)."""
    where = f'{_QUOTABLE} AND v."term" = {{}} AND {_WHICH[which]}'
    total = int((await Voice.raw(f'SELECT COUNT(*) AS "n" FROM {_DECIDED} WHERE {where}', today, term))[0]["n"])  # noqa: S608
    rows = await Voice.raw(
        f'SELECT {COLUMNS}, v."source" AS "source", v."concept" AS "concept", v."asked" AS "question", '  # noqa: S608
        'v."text" AS "text", v."language" AS "language", v."respondent_kind" AS "respondent_kind", '
        'v."said_by" AS "said_by", d."decision" AS "decision", '
        f'd."shown" AS "shown" FROM {_DECIDED} {JOINED} WHERE {where} '
        'ORDER BY v."id" LIMIT {} OFFSET {}',
        today,
        term,
        most,
        first_of_page(start, total, most),
    )
    return total, tuple(
        QuotableVoice(
            **{name: row[name] for name in QuotableVoice.__struct_fields__ if name in row}, standing=standing(row)
        )
        for row in rows
    )


def first_of_page(start: int, total: int, most: int) -> int:
    """Where the page begins that holds ``start``, or the last page there is."""
    return min(start, max(total - 1, 0)) // most * most
