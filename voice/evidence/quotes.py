"""Quotes: a voice's words are shown to others only after a person has read and released them, and only where what was
promised when they were said allows it.

Async functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from surveys.terms import term_order
from voice.evidence.indexing import changed
from voice.evidence.private_details import Found
from voice.evidence.tables import QuoteDecision, Voice
from voice.themes.standing import COLUMNS, JOINED, Standing, standing

Decision = Literal["released", "private"]
HIDDEN_WORDS = "[…]"


Which = Literal["unread", "released", "private"]

_WHICH: dict[Which, str] = {
    "unread": 'd."decision" IS NULL',
    "released": "d.\"decision\" = 'released'",
    "private": "d.\"decision\" = 'private'",
}
_QUOTABLE = 'v."text" IS NOT NULL AND v."permitted" = \'quote\' AND (v."expires_on" IS NULL OR v."expires_on" >= {})'
_THEMES = '\';\' || CASE WHEN c."settled" THEN c."themes" ELSE g."themes" END || \';\''
_ESCAPED = re.compile("[%_!]")
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


class Wanted(msgspec.Struct, frozen=True):
    """Which words to list: of a term, and where they are given, of a theme or of one voice."""

    term: str
    which: Which
    theme_id: str = ""
    voice: uuid.UUID | None = None


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


def hiding(text: str, found: Sequence[Found], more: str = "") -> str:
    """The text with what was found replaced by words that keep the sense, and each of the comma-separated words of
    ``more`` by ``[…]``. Raises :class:`WordsNotFound` for words that stand nowhere in the text."""
    places = [(each.start, each.end, each.stands_in) for each in found]
    for words in filter(None, (part.strip() for part in re.split(r"[,،]", more))):
        matches = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, flags=re.IGNORECASE))
        if not matches:
            raise WordsNotFound(words)
        places += [(*match.span(), HIDDEN_WORDS) for match in matches]
    pieces: list[str] = []
    at = 0
    for start, end, stands_in in sorted(places):
        if start >= at:  # words inside of what is hidden already need nothing more
            pieces += (text[at:start], stands_in)
        at = max(at, end)
    return "".join((*pieces, text[at:]))


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


async def released_in(term: str, *, today: dt.date) -> tuple[tuple[str, str, str, str], ...]:
    """Every quote of a term as it was released, with its language, who said it, and whose words they are."""
    rows = await Voice.raw(
        'SELECT d."shown" AS "shown", v."language" AS "language", v."respondent_kind" AS "kind", '  # noqa: S608
        f'v."said_by" AS "said_by" FROM {_DECIDED} WHERE {_QUOTABLE} AND v."term" = {{}} '
        'AND d."decision" = \'released\' ORDER BY v."id"',
        today,
        term,
    )
    return tuple((row["shown"], row["language"], row["kind"], row["said_by"]) for row in rows)


async def listed(wanted: Wanted, *, today: dt.date, start: int, most: int) -> tuple[int, tuple[QuotableVoice, ...]]:
    """How many words are in a list, and ``most`` of them from ``start`` (brought back into the list)."""
    where, values = f'{_QUOTABLE} AND v."term" = {{}} AND {_WHICH[wanted.which]}', [today, wanted.term]
    if wanted.theme_id:
        where += f" AND {_THEMES} LIKE {{}} ESCAPE '!'"
        escaped = _ESCAPED.sub(r"!\g<0>", wanted.theme_id)
        values.append(f"%;{escaped};%")
    if wanted.voice:
        where += ' AND v."id" = {}'
        values.append(wanted.voice)
    tables = f"{_DECIDED} {JOINED}"
    total = int((await Voice.raw(f'SELECT COUNT(*) AS "n" FROM {tables} WHERE {where}', *values))[0]["n"])  # noqa: S608
    rows = await Voice.raw(
        f'SELECT {COLUMNS}, v."source" AS "source", v."concept" AS "concept", v."asked" AS "question", '  # noqa: S608
        'v."text" AS "text", v."language" AS "language", v."respondent_kind" AS "respondent_kind", '
        'v."said_by" AS "said_by", d."decision" AS "decision", d."shown" AS "shown" '
        f'FROM {tables} WHERE {where} ORDER BY v."id" LIMIT {{}} OFFSET {{}}',
        *values,
        most,
        first_of_page(start, total, most),
    )
    return total, tuple(_quotable(row) for row in rows)


def _quotable(row: Mapping[str, Any]) -> QuotableVoice:
    stands = standing(row)
    own = {name: row[name] for name in QuotableVoice.__struct_fields__ if name not in ("voice", "standing")}
    return QuotableVoice(voice=stands.voice, standing=stands, **own)


def first_of_page(start: int, total: int, most: int) -> int:
    """Where the page begins that holds ``start``, or the last page there is."""
    return min(start, max(total - 1, 0)) // most * most
