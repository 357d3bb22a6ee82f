"""What was heard in a term, voice by voice, with its themes as a person decided them or the machine suggests them.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import OrderedDict
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from surveys.terms import term_order
from voice.evidence.tables import Voice
from voice.storage.rows import as_uuid
from voice.themes import campaigns
from voice.themes.standing import COLUMNS, JOINED, Standing, standing

OWN_WORDS = "own_words"
APART = ("supported", "proxy")
"""Voices that are counted apart from what people said in their own words."""


TERMS_KEPT = 4
_kept: WeakKeyDictionary[Any, OrderedDict[tuple[object, ...], tuple[Heard, ...]]] = WeakKeyDictionary()


class Heard(msgspec.Struct, frozen=True):
    """A voice with words. ``person`` is the same for all that one person said; where nobody can tell people apart, for
    all that came from one place; and for all voices of a campaign, which count once: then ``campaign`` is not empty,
    and ``sender`` tells its people apart. ``suggested`` are the themes that the machine suggests and ``sure`` is how
    sure it is of each, both joined by ``;``."""

    voice: uuid.UUID
    person: uuid.UUID
    respondent_kind: str
    said_by: str
    source: str
    origin: uuid.UUID
    said_on: str
    quotable: bool
    score: float | None
    standing: Standing
    suggested: str
    sure: str
    sender: uuid.UUID
    campaign: uuid.UUID | None = None

    def sure_of(self, theme_id: str) -> float:
        """How sure the machine is that the voice is about a theme; of all it suggests, where it does not say."""
        ids, sure = self.suggested.split(";"), self.sure.split(";")
        if not self.sure or theme_id not in ids or len(ids) != len(sure):
            return self.standing.confidence
        return float(sure[ids.index(theme_id)])

    @property
    def was_read(self) -> bool:
        """Whether a person or the machine has looked for its themes."""
        return self.standing.themes_by != "nobody"


async def heard(term: str, *, today: dt.date) -> tuple[Heard, ...]:
    """Every voice of the term that has words, without the words: in an order that does not tell who came first.

    Kept until any voice changes, as the counts of the evidence bank are: pages ask for it again and again.
    """
    last = await Voice.raw(
        'SELECT "revision" AS "revision", "number" AS "number", "voice" AS "voice" FROM "voice_number" '
        'ORDER BY "revision" DESC, "number" DESC LIMIT 1'
    )
    kept = _kept.setdefault(Voice._meta.db, OrderedDict())
    key = (term, today, *(str(cell) for row in last for cell in row.values()))
    if key not in kept:
        kept[key] = await _heard(term, today)
        if len(kept) > TERMS_KEPT:
            kept.popitem(last=False)
    return kept[key]


async def _heard(term: str, today: dt.date) -> tuple[Heard, ...]:
    rows = await Voice.raw(
        f'SELECT {COLUMNS}, v."person" AS "person", v."origin" AS "origin", v."respondent_kind" AS "respondent_kind", '  # noqa: S608
        'v."said_by" AS "said_by", v."source" AS "source", v."said_on" AS "said_on", v."permitted" AS "permitted", '
        'g."confidences" AS "confidences", g."sentiment_score" AS "score", '
        'CASE WHEN NOT k."apart" THEN k."first" ELSE NULL END AS "campaign" '
        f'FROM "voice" AS v {JOINED} {campaigns.JOINED} WHERE v."term" = {{}} AND v."text" IS NOT NULL '
        'AND (v."expires_on" IS NULL OR v."expires_on" >= {}) ORDER BY v."id"',
        term,
        today,
    )
    return tuple(
        Heard(
            voice=(stands := standing(row)).voice,
            person=as_uuid(row["campaign"] or row["person"] or row["origin"]),
            sender=as_uuid(row["person"] or row["origin"]),
            campaign=as_uuid(row["campaign"]) if row["campaign"] else None,
            respondent_kind=row["respondent_kind"],
            said_by=row["said_by"],
            source=row["source"],
            origin=row["origin"],
            said_on=row["said_on"],
            quotable=row["permitted"] == "quote",
            score=row["score"],
            standing=stands,
            suggested=row["suggested_themes"] or "",
            sure=row["confidences"] or "",
        )
        for row in rows
    )


async def terms_heard() -> list[str]:
    """The terms in which something was said in words, the newest first."""
    rows = await Voice.raw('SELECT DISTINCT "term" AS "term" FROM "voice" WHERE "text" IS NOT NULL')
    return sorted((row["term"] for row in rows), key=term_order, reverse=True)


def term_before(term: str, known: list[str]) -> str | None:
    """The newest of the known terms that is older."""
    return next((each for each in known if term_order(each) < term_order(term)), None)


class MentionOf(msgspec.Struct, frozen=True):
    """The sentence in which the machine found a theme, from ``start`` to ``end`` of the voice's text."""

    voice: uuid.UUID
    start: int
    end: int
    sentiment: str


async def mentions_of(term: str, theme_id: str) -> dict[uuid.UUID, MentionOf]:
    """Where each voice of a term speaks about a theme; of several sentences, the one that the machine is surest of."""
    rows = await Voice.raw(
        'SELECT m."voice" AS "voice", m."position" AS "start", m."sentence" AS "sentence", '
        'm."sentiment" AS "sentiment" FROM "suggested_mention" AS m JOIN "voice" AS v ON v."id" = m."voice" '
        'WHERE v."term" = {} AND m."theme_id" = {} ORDER BY m."confidence", m."position" DESC',
        term,
        theme_id,
    )
    return {
        (voice := uuid.UUID(str(row["voice"]))): MentionOf(
            voice, row["start"], row["start"] + len(row["sentence"]), row["sentiment"]
        )
        for row in rows
    }


async def mentions_in(term: str) -> dict[tuple[uuid.UUID, str], MentionOf]:
    """How every voice of a term speaks about each of its themes, without where."""
    rows = await Voice.raw(
        'SELECT m."voice" AS "voice", m."theme_id" AS "theme_id", m."sentiment" AS "sentiment" '
        'FROM "suggested_mention" AS m JOIN "voice" AS v ON v."id" = m."voice" '
        'WHERE v."term" = {} ORDER BY m."confidence", m."position" DESC',
        term,
    )
    return {(voice := as_uuid(row["voice"]), row["theme_id"]): MentionOf(voice, 0, 0, row["sentiment"]) for row in rows}


def feeling(each: Heard, mention: MentionOf | None) -> str:
    """The sentiment of what a voice says about a theme: as a person corrected it, else of the sentence, else of all."""
    if each.standing.sentiment_by == "person" or mention is None:
        return each.standing.sentiment
    return mention.sentiment
