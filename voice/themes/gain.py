"""What people's decisions have brought so far, told honestly. Functions run inside a unit of the store."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import msgspec

from surveys.terms import term_order
from voice.evidence.may_read import MayRead
from voice.evidence.tables import MachineReading, Voice
from voice.themes.campaigns import COUNTS, JOINED
from voice.themes.coding import FLAGGED, OPEN, TABLES
from voice.themes.history import Decided, at_once, decided, themes_in
from voice.themes.learning import engine_now
from voice.themes.standing import SURE
from voice.themes.tables import ThemeDecision

AT_EACH_END = 50
"""Voices of which we say how often the machine was right, at the start and lately."""


class OfTerm(msgspec.Struct, frozen=True):
    """How far a term is. ``sure`` is the share of voices whose themes we expect to be right: those that a person
    settled, and of the others as many as the machine's calibrated confidence says. ``start`` is the same before
    anybody decided; ``None`` where that was not kept. ``unread`` were not read by the machine yet; of ``urgent``
    nobody has said yet whether the machine is right that somebody should look today.
    """

    term: str
    voices: int
    settled: int
    unread: int
    urgent: int
    sure: float
    start: float | None


class Told(msgspec.Struct, frozen=True):
    """How often the machine suggested just the themes that a person then gave: ``right`` of ``voices``."""

    right: int
    voices: int


class Gain(msgspec.Struct, frozen=True):
    """``first`` and ``last`` are of voices that people settled first and lately, as far as the two do not overlap.

    ``learned_from`` is from how many settled voices the machine has learned by now; ``is_learning`` while it learns
    from more.
    """

    first: Told
    last: Told | None
    learned_from: int
    is_learning: bool = False


async def terms(reader: MayRead) -> tuple[OfTerm, ...]:
    """Every term with voices that the reader may read, the newest first. A campaign counts once."""
    rows = await Voice.raw(
        'SELECT v."term" AS "term", COUNT(*) AS "voices", '  # noqa: S608
        f'SUM(CASE WHEN {OPEN} THEN 0 ELSE 1 END) AS "settled", '
        f'SUM(CASE WHEN {OPEN} AND g."voice" IS NULL THEN 1 ELSE 0 END) AS "unread", '
        f'SUM(CASE WHEN {FLAGGED} THEN 1 ELSE 0 END) AS "urgent", '
        f'SUM({SURE}) AS "sure" '
        f'FROM {TABLES} {JOINED} WHERE v."text" IS NOT NULL AND {COUNTS} AND {reader.sql} GROUP BY v."term"',
        *reader.values,
    )
    starts = await _starts()
    found = [
        OfTerm(
            term=row["term"],
            voices=int(row["voices"]),
            settled=int(row["settled"]),
            unread=int(row["unread"]),
            urgent=int(row["urgent"]),
            sure=float(row["sure"]) / int(row["voices"]),
            start=starts.get(row["term"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: term_order(each.term), reverse=True))


async def _starts() -> dict[str, float]:
    rows = await MachineReading.select(MachineReading.term, MachineReading.confidence).order_by(
        MachineReading.place, ascending=False
    )
    return {row["term"]: float(row["confidence"]) for row in rows}


async def gain(term: str) -> Gain:
    """How often the machine was right about the voices of a term before it was told."""
    rows = await ThemeDecision.raw(
        'SELECT t."place" AS "place", t."voice" AS "voice", t."kind" AS "kind", t."theme_id" AS "theme_id", '
        't."value" AS "value", t."suggested" AS "suggested", t."engine" AS "engine", t."frame" AS "frame", '
        't."decided_by" AS "decided_by", t."decided_on" AS "decided_on", t."act" AS "act" FROM "theme_decision" AS t '
        'JOIN "voice" AS v ON v."id" = t."voice" WHERE v."term" = {} ORDER BY t."place"',
        term,
    )
    right = first_time_right(map(decided, rows))
    learned = (
        await MachineReading.select(MachineReading.learned_from).order_by(MachineReading.place, ascending=False).first()
    )
    learned_from = int(learned["learned_from"]) if learned else 0
    lately = right[-AT_EACH_END:] if len(right) >= 2 * AT_EACH_END else right[AT_EACH_END:]
    return Gain(
        first=_told(right[:AT_EACH_END]),
        last=_told(lately) if lately else None,
        learned_from=learned_from,
        is_learning=(await engine_now()).learned_from != learned_from,
    )


def first_time_right(decisions: Iterable[Decided]) -> list[bool]:
    """For each voice, in the order in which people settled them first: whether the machine had suggested just that.

    Later decisions about the same voice do not count, nor what was taken back, nor where the machine had not read yet.
    """
    of_voice: dict[uuid.UUID, list[Decided]] = {}
    for each in decisions:
        of_voice.setdefault(each.voice, []).append(each)
    firsts = [
        next((together for together in at_once(history) if together[-1].value == "yes"), None)
        for history in of_voice.values()
    ]
    # What was decided at once about a campaign was one decision.
    alone = {together[-1].act or together[-1].voice: together for together in firsts if together}
    told = sorted((together for together in alone.values() if together[-1].engine), key=lambda t: t[-1].place)
    return [set(themes_in(together)) == set(together[-1].suggested) for together in told]


def _told(right: list[bool]) -> Told:
    return Told(sum(right), len(right))
