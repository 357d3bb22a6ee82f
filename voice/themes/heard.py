"""What was heard in a term, voice by voice, with its themes as a person decided them or the machine suggests them.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import OrderedDict
from collections.abc import Mapping
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
FEW = 5000
"""When more voices have changed, all are read anew."""


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
    def themes_met(self) -> frozenset[str]:
        """Every theme that a person or the machine gave it."""
        return frozenset((*self.standing.themes, *self.suggested.split(";")))

    @property
    def was_read(self) -> bool:
        """Whether a person or the machine has looked for its themes."""
        return self.standing.themes_by != "nobody"


class _Term:
    """What was read of a term: voices by their number in the bank, and how far the bank had come."""

    def __init__(self) -> None:
        self.revision = 0
        self.by_number: dict[int, Heard] = {}
        self.mentions: dict[tuple[uuid.UUID, str], MentionOf] = {}
        self.heard: tuple[Heard, ...] = ()


_kept: WeakKeyDictionary[Any, OrderedDict[tuple[str, dt.date], _Term]] = WeakKeyDictionary()
_terms: WeakKeyDictionary[Any, tuple[int, list[str]]] = WeakKeyDictionary()


async def revision() -> int:
    """Grows with every change of a voice, or of what is known about one."""
    rows = await Voice.raw('SELECT COALESCE(MAX("revision"), 0) AS "revision" FROM "voice_number"')
    return int(rows[0]["revision"])


async def heard(term: str, *, today: dt.date) -> tuple[Heard, ...]:
    """Every voice of the term that has words, without the words: in an order that does not tell who came first.

    Kept, and only what changed since is read again: pages ask for it again and again.
    """
    return (await _up_to_date(term, today)).heard


async def mentions_in(term: str, *, today: dt.date) -> Mapping[tuple[uuid.UUID, str], MentionOf]:
    """How every voice of a term speaks about each of its themes, without where."""
    return (await _up_to_date(term, today)).mentions


async def _up_to_date(term: str, today: dt.date) -> _Term:
    kept = _kept.setdefault(Voice._meta.db, OrderedDict())
    known = kept.setdefault((term, today), _Term())
    now = await revision()
    if known.revision != now:
        # What ends with the day it is asked for is kept no longer than that.
        await _read_changes(known, term, today, now)
        kept.move_to_end((term, today))
        if len(kept) > TERMS_KEPT:
            kept.popitem(last=False)
    return known


async def _read_changes(known: _Term, term: str, today: dt.date, now: int) -> None:
    """A voice that has gone, or gone to another term, left its number behind."""
    rows = await Voice.raw(
        'SELECT "number" AS "number" FROM "voice_number" WHERE "revision" > {} LIMIT {}', known.revision, FEW + 1
    )
    whole = known.revision == 0 or now < known.revision or len(rows) > FEW
    since = 0 if whole else known.revision
    by_number = {} if whole else dict(known.by_number)
    mentions = {} if whole else dict(known.mentions)
    for row in () if whole else rows:
        if gone := by_number.pop(row["number"], None):
            for theme_id in gone.themes_met:
                mentions.pop((gone.voice, theme_id), None)
    by_number.update(await _heard(term, today, since))
    mentions.update(await _mentions(term, since))
    known.by_number, known.mentions, known.revision = by_number, mentions, now
    known.heard = tuple(sorted(by_number.values(), key=lambda each: each.voice.int))


async def _heard(term: str, today: dt.date, since: int) -> dict[int, Heard]:
    rows = await Voice.raw(
        f'SELECT n."number" AS "number", {COLUMNS}, v."person" AS "person", v."origin" AS "origin", '  # noqa: S608
        'v."respondent_kind" AS "respondent_kind", '
        'v."said_by" AS "said_by", v."source" AS "source", v."said_on" AS "said_on", v."permitted" AS "permitted", '
        'g."confidences" AS "confidences", g."sentiment_score" AS "score", '
        'CASE WHEN NOT k."apart" THEN k."first" ELSE NULL END AS "campaign" '
        f'FROM "voice_number" AS n JOIN "voice" AS v ON v."id" = n."voice" {JOINED} {campaigns.JOINED} '
        'WHERE v."term" = {} AND v."text" IS NOT NULL AND n."revision" > {} '
        'AND (v."expires_on" IS NULL OR v."expires_on" >= {})',
        term,
        since,
        today,
    )
    return {
        int(row["number"]): Heard(
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
    }


async def _mentions(term: str, since: int) -> dict[tuple[uuid.UUID, str], MentionOf]:
    rows = await Voice.raw(
        'SELECT m."voice" AS "voice", m."theme_id" AS "theme_id", m."sentiment" AS "sentiment" '
        'FROM "voice_number" AS n JOIN "voice" AS v ON v."id" = n."voice" '
        'JOIN "suggested_mention" AS m ON m."voice" = v."id" '
        'WHERE v."term" = {} AND n."revision" > {} ORDER BY m."confidence", m."position" DESC',
        term,
        since,
    )
    return {(voice := as_uuid(row["voice"]), row["theme_id"]): MentionOf(voice, 0, 0, row["sentiment"]) for row in rows}


async def terms_heard() -> list[str]:
    """The terms in which something was said in words, the newest first."""
    now = await revision()
    kept = _terms.get(Voice._meta.db)
    if kept is None or kept[0] != now:
        # From one term to the next in the index: there are few terms, and many voices in each.
        rows = await Voice.raw(
            'WITH RECURSIVE "known" ("term") AS (SELECT MIN("term") FROM "voice" WHERE "text" IS NOT NULL UNION ALL '
            'SELECT (SELECT MIN(v."term") FROM "voice" AS v WHERE v."text" IS NOT NULL AND v."term" > k."term") '
            'FROM "known" AS k WHERE k."term" IS NOT NULL) '
            'SELECT "term" AS "term" FROM "known" WHERE "term" IS NOT NULL'
        )
        kept = (now, sorted((row["term"] for row in rows), key=term_order, reverse=True))
        _terms[Voice._meta.db] = kept
    return list(kept[1])


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


def feeling(each: Heard, mention: MentionOf | None) -> str:
    """The sentiment of what a voice says about a theme: as a person corrected it, else of the sentence, else of all."""
    if each.standing.sentiment_by == "person" or mention is None:
        return each.standing.sentiment
    return mention.sentiment
