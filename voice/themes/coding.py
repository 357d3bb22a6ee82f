"""The voices that an analyst codes: in lists, the least sure first, under the condition of who may read them.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from voice.evidence.may_read import MayRead
from voice.evidence.tables import Voice
from voice.themes import campaigns
from voice.themes.campaigns import Campaign
from voice.themes.deciding import decisions_about
from voice.themes.history import Decided
from voice.themes.standing import COLUMNS, JOINED, SURE, THEMES, Standing, standing

Which = Literal["open", "urgent", "mine", "settled", "none_fits", "quotable", "all"]

OPEN = 'NOT COALESCE(c."settled", FALSE)'
URGENT = "(c.\"urgent\" = 'yes' OR (COALESCE(c.\"urgent\", '') = '' AND COALESCE(g.\"urgent\", FALSE)))"

FLAGGED = "(COALESCE(c.\"urgent\", '') = '' AND COALESCE(g.\"urgent\", FALSE))"
"""The machine points to it, and nobody has said yet whether it is right."""

_WHICH: dict[Which, str] = {
    "open": OPEN,
    "urgent": URGENT,
    "mine": 'c."decided_by" = {}',
    "settled": 'COALESCE(c."settled", FALSE)',
    "none_fits": f"{THEMES} = '' AND (c.\"settled\" OR g.\"outcome\" = 'none_fits')",
    "quotable": "c.\"quotable\" = 'yes'",
    "all": "1 = 1",
}

_LEAST_SURE = (
    'COALESCE(c."settled", FALSE), CASE WHEN g."voice" IS NULL THEN 2 WHEN g."outcome" = \'other_language\' THEN 1 '
    f'ELSE 0 END, {SURE}, v."id"'
)
"""What says nothing comes late, then what only those can decide on who read its language, and last what the machine is
still reading."""

_ORDER: dict[Which, str] = {
    "mine": 'c."decided_on" DESC, v."id"',
    "urgent": f"COALESCE(c.\"urgent\", '') <> '', {_LEAST_SURE}",
}

TABLES = f'"voice" AS v {JOINED} LEFT JOIN "quote_decision" AS d ON d."voice" = v."id"'

_OF_VOICE = (
    'v."asked" AS "asked", v."concept" AS "concept", v."source" AS "source", v."text" AS "text", '
    'v."language" AS "language", v."respondent_kind" AS "respondent_kind", v."said_by" AS "said_by", '
    'v."term" AS "term", v."permitted" AS "permitted", g."confidences" AS "confidences", g."why" AS "why", '
    'g."sentiment_why" AS "sentiment_why", g."urgent_why" AS "urgent_why", g."engine" AS "engine", '
    'c."quotable" AS "quotable", c."decided_by" AS "decided_by", c."decided_on" AS "decided_on"'
)


class Suggested(msgspec.Struct, frozen=True):
    """A theme that the machine suggests, how sure it is (0 to 1), and the words that led to it."""

    theme_id: str
    confidence: float
    words: tuple[str, ...]


class CodedVoice(msgspec.Struct, frozen=True):
    """A voice to be decided about. ``suggested`` are the machine's, whatever people decided.

    ``suggested_sentiment`` and ``suggested_urgent`` are the machine's too; ``urgent_words`` led to the flag.
    ``seen`` is the place of the newest decision, 0 for none. ``is_apart`` where a person took it out of a campaign.
    """

    id: uuid.UUID
    asked: str
    concept: str
    source: str
    text: str
    language: str
    respondent_kind: str
    said_by: str
    term: str
    permitted: str
    engine: str
    suggested: tuple[Suggested, ...]
    suggested_sentiment: str
    suggested_urgent: bool
    sentiment_words: tuple[str, ...]
    urgent_words: tuple[str, ...]
    quotable: bool
    decided_urgent: str
    standing: Standing
    history: tuple[Decided, ...]
    campaign: Campaign | None
    is_apart: bool

    @property
    def seen(self) -> int:
        return self.history[-1].place if self.history else 0


class Listed(msgspec.Struct, frozen=True):
    """A voice in a list beside the one that is decided about. ``people`` sent nearly the same words: 1 for no
    campaign."""

    id: uuid.UUID
    text: str
    language: str
    settled: bool
    urgent: bool
    confidence: float
    outcome: str
    people: int = 1


class Asked(msgspec.Struct, frozen=True):
    """Which voices are looked at. Empty ``kind`` and ``theme`` take all."""

    term: str
    which: Which = "open"
    kind: str = ""
    theme: str = ""


async def listed(
    asked: Asked, reader: MayRead, member: uuid.UUID, *, start: int, most: int
) -> tuple[int, tuple[Listed, ...]]:
    """How many voices are in the list, and ``most`` of them from ``start``: the least sure first. A campaign is one."""
    where, values = _where(asked, reader, member)
    tables = f"{TABLES} {campaigns.JOINED}"
    total = int((await Voice.raw(f'SELECT COUNT(*) AS "n" FROM {tables} WHERE {where}', *values))[0]["n"])  # noqa: S608
    rows = await Voice.raw(
        f'SELECT {COLUMNS}, v."text" AS "text", v."language" AS "language" FROM {tables} WHERE {where} '  # noqa: S608
        f"ORDER BY {_ORDER.get(asked.which, _LEAST_SURE)} LIMIT {{}} OFFSET {{}}",
        *values,
        most,
        start,
    )
    stands = [standing(row) for row in rows]
    sent = await campaigns.sizes([each.voice for each in stands])
    return total, tuple(
        Listed(
            each.voice,
            row["text"],
            row["language"],
            each.themes_by == "person",
            each.urgent,
            each.confidence,
            each.outcome,
            sent.get(each.voice, 1),
        )
        for row, each in zip(rows, stands, strict=True)
    )


async def coded_voice(id: uuid.UUID, reader: MayRead) -> CodedVoice | None:
    """One voice with all that is known of it, when the reader may read its words."""
    rows = await Voice.raw(
        f'SELECT {COLUMNS}, {_OF_VOICE} FROM {TABLES} WHERE v."id" = {{}} AND v."text" IS NOT NULL AND {reader.sql}',  # noqa: S608
        id,
        *reader.values,
    )
    if not rows or not reader.words:
        return None
    history = tuple((await decisions_about([id]))[id])
    return _coded(rows[0], history, await campaigns.campaign_of(id, reader), await campaigns.is_apart(id))


async def kinds(term: str, reader: MayRead) -> tuple[str, ...]:
    """The kinds of people who said something in a term that the reader may read."""
    rows = await Voice.raw(
        f'SELECT DISTINCT v."respondent_kind" AS "kind" FROM {TABLES} '  # noqa: S608
        f'WHERE v."text" IS NOT NULL AND v."term" = {{}} AND {reader.sql} ORDER BY "kind"',
        term,
        *reader.values,
    )
    return tuple(row["kind"] for row in rows)


def _where(asked: Asked, reader: MayRead, member: uuid.UUID) -> tuple[str, tuple[Any, ...]]:
    parts = ['v."text" IS NOT NULL AND v."term" = {}', campaigns.COUNTS, _WHICH[asked.which], reader.sql]
    values: list[Any] = [asked.term, *([member] if asked.which == "mine" else []), *reader.values]
    if asked.kind:
        parts.append('v."respondent_kind" = {}')
        values.append(asked.kind)
    if asked.theme:
        # Not LIKE: an id can hold the letters that stand for any other.
        joined = f"';' || {THEMES} || ';'"
        parts.append(f"REPLACE({joined}, {{}}, '') <> {joined}")
        values.append(f";{asked.theme};")
    return " AND ".join(parts), tuple(values)


def _coded(
    row: Mapping[str, Any], history: tuple[Decided, ...], campaign: Campaign | None, is_apart: bool
) -> CodedVoice:
    why = words_of(row["why"] or "")
    themes = tuple(filter(None, (row["suggested_themes"] or "").split(";")))
    confidences = [float(each) for each in filter(None, (row["confidences"] or "").split(";"))]
    confidences += [float(row["confidence"] or 0)] * (len(themes) - len(confidences))
    return CodedVoice(
        id=uuid.UUID(str(row["voice"])),
        **{name: row[name] or "" for name in ("asked", "concept", "source", "text", "language", "respondent_kind")},
        **{name: row[name] or "" for name in ("said_by", "term", "permitted", "engine")},
        suggested=tuple(
            Suggested(theme, sure, why.get(theme, ()))
            for theme, sure in zip(themes, confidences[: len(themes)], strict=True)
        ),
        suggested_sentiment=row["suggested_sentiment"] or "",
        suggested_urgent=bool(row["suggested_urgent"]),
        sentiment_words=listed_words(row["sentiment_why"] or ""),
        urgent_words=listed_words(row["urgent_why"] or ""),
        quotable=row["quotable"] == "yes",
        decided_urgent=row["decided_urgent"] or "",
        standing=standing(row),
        history=history,
        campaign=campaign,
        is_apart=is_apart,
    )


def words_of(why: str) -> dict[str, tuple[str, ...]]:
    """The words that led to each theme, from ``theme_id: words, words; theme_id: …``."""
    parts = (part.partition(": ") for part in why.split("; "))
    return {theme.strip(): listed_words(words) for theme, _, words in parts if words}


def listed_words(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, (each.strip() for each in joined.replace(";", ",").split(","))))
