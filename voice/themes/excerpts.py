"""Parts of released quotes that a summary shows.

A summary keeps where its words stand and never the words themselves: when a voice is forgotten, or its quote is taken
back or released anew, they are gone from the summary too. Functions that are async run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence

import msgspec

from voice.evidence.hidden_words import hidden_words, place_in_quote
from voice.evidence.tables import Voice
from voice.themes.heard import MentionOf

AT_ONCE = 400


class Released(msgspec.Struct, frozen=True):
    """A quote as a person released it; ``text`` is what was said."""

    voice: uuid.UUID
    shown: str
    text: str
    language: str
    respondent_kind: str
    said_by: str


class Excerpt(msgspec.Struct, frozen=True):
    """Where words stand in a released quote. ``seal`` tells whether they are still the same words."""

    voice: uuid.UUID
    start: int
    end: int
    seal: str


class Shown(msgspec.Struct, frozen=True):
    """The words of an excerpt, and what kind of person said them."""

    voice: uuid.UUID
    text: str
    language: str
    respondent_kind: str
    said_by: str


def excerpt(quote: Released, start: int, end: int) -> Excerpt:
    return Excerpt(quote.voice, start, end, _seal(quote.shown[start:end]))


def whole(quote: Released) -> Excerpt:
    return excerpt(quote, 0, len(quote.shown))


def sentence_of(quote: Released, mention: MentionOf | None) -> Excerpt:
    """The sentence about a theme, as it stands in the released words: some of what was said may be hidden there."""
    hidden = hidden_words(quote.text, quote.shown) if mention else None
    if mention is None or hidden is None:
        return whole(quote)
    start = place_in_quote(hidden, mention.start, is_end=False)
    end = place_in_quote(hidden, mention.end, is_end=True)
    found = quote.shown[start:end]
    start, end = start + len(found) - len(found.lstrip()), start + len(found.rstrip())
    return excerpt(quote, start, end) if start < end else whole(quote)


async def released(voices: Sequence[uuid.UUID], *, today: dt.date) -> dict[uuid.UUID, Released]:
    """Those of the voices whose words a person released, and that may still be shown."""
    found: dict[uuid.UUID, Released] = {}
    for start in range(0, len(voices), AT_ONCE):
        some = voices[start : start + AT_ONCE]
        rows = await Voice.raw(
            'SELECT v."id" AS "voice", d."shown" AS "shown", v."text" AS "text", v."language" AS "language", '  # noqa: S608
            'v."respondent_kind" AS "respondent_kind", v."said_by" AS "said_by" '
            'FROM "voice" AS v JOIN "quote_decision" AS d ON d."voice" = v."id" '
            "WHERE d.\"decision\" = 'released' AND v.\"permitted\" = 'quote' "
            'AND v."text" IS NOT NULL AND (v."expires_on" IS NULL OR v."expires_on" >= {}) '
            f'AND v."id" IN ({", ".join(["{}"] * len(some))})',
            today,
            *some,
        )
        for row in rows:
            quote = msgspec.convert({**row, "voice": uuid.UUID(str(row["voice"]))}, Released)
            found[quote.voice] = quote
    return found


def shown(place: Excerpt, quotes: dict[uuid.UUID, Released]) -> Shown | None:
    """The words that stand there; ``None`` when they may not be shown any more, or are others."""
    quote = quotes.get(place.voice)
    if quote is None or _seal(text := quote.shown[place.start : place.end]) != place.seal:
        return None
    return Shown(quote.voice, text, quote.language, quote.respondent_kind, quote.said_by)


def _seal(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
