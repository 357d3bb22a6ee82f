"""Summaries of themes: drafted by staff, released by a person, and read by those who decide.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Literal

import msgspec
from piccolo.columns.combination import And

from surveys.terms import term_order
from voice.people.tables import Member
from voice.themes.building import Built
from voice.themes.excerpts import Excerpt
from voice.themes.tables import ThemeSummary

Part = Literal["says", "positive", "typical", "negative", "disagrees"]
"""What an excerpt is chosen for: one of the sentences that many say, a quote that spans the range, or the one that sees
it otherwise than most."""

PARTS: tuple[Part, ...] = ("says", "typical", "positive", "negative", "disagrees")
MOST_SENTENCES = 5
LONGEST_PROMISE = 2000


class Chosen(msgspec.Struct, frozen=True):
    part: Part
    excerpt: Excerpt


class Draft(msgspec.Struct, frozen=True):
    """What staff chose and wrote so far."""

    chosen: tuple[Chosen, ...] = ()
    promised: str = ""


class Summary(msgspec.Struct, frozen=True):
    """A released summary, with the role that whoever released it had then, and the day."""

    term: str
    theme_id: str
    frame: int
    number: int
    chosen: tuple[Chosen, ...]
    built: Built
    promised: str
    role: str
    released_on: dt.date


class SummaryProblem(Exception):
    """``code`` is ``two_for_one_place``, ``too_many_sentences``, ``promise_too_long``, ``too_few_people`` or
    ``not_released``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(draft: Draft) -> Draft:
    """The draft, when it can be kept. Raises :class:`SummaryProblem`."""
    parts = [each.part for each in draft.chosen]
    if any(parts.count(part) > 1 for part in PARTS if part != "says"):
        raise SummaryProblem("two_for_one_place")
    if parts.count("says") > MOST_SENTENCES:
        raise SummaryProblem("too_many_sentences")
    if len(draft.promised) > LONGEST_PROMISE:
        raise SummaryProblem("promise_too_long")
    return draft


async def draft_of(term: str, theme_id: str) -> Draft | None:
    row = await ThemeSummary.select().where(_of(term, theme_id) & (ThemeSummary.number == 0)).first()
    return Draft(msgspec.json.decode(row["says"], type=tuple[Chosen, ...]), row["promised"]) if row else None


async def keep_draft(term: str, theme_id: str, draft: Draft, *, frame: int) -> None:
    """Raises :class:`SummaryProblem`."""
    checked(draft)
    await ThemeSummary.delete().where(_of(term, theme_id) & (ThemeSummary.number == 0))
    await ThemeSummary.insert(
        ThemeSummary(
            id=uuid.uuid4(),
            term=term,
            theme_id=theme_id,
            frame=frame,
            says=msgspec.json.encode(draft.chosen).decode(),
            numbers="",
            promised=draft.promised,
            number=0,
        )
    )


async def release(term: str, theme_id: str, built: Built, *, frame: int, by: uuid.UUID, today: dt.date) -> None:
    """Releases the draft with these numbers; it takes the place of the summary released before, which stays as
    history. Raises :class:`SummaryProblem` when there is no draft, or too few people speak about the theme."""
    draft = await draft_of(term, theme_id)
    if draft is None:
        raise SummaryProblem("not_released")
    if built.numbers.people is None:
        raise SummaryProblem("too_few_people")
    person = await Member.select(Member.role).where(Member.id == by).first()
    last = (
        await ThemeSummary.select(ThemeSummary.number)
        .where(_of(term, theme_id))
        .order_by(ThemeSummary.number, ascending=False)
        .first()
    )
    await ThemeSummary.insert(
        ThemeSummary(
            id=uuid.uuid4(),
            term=term,
            theme_id=theme_id,
            frame=frame,
            says=msgspec.json.encode(draft.chosen).decode(),
            numbers=msgspec.json.encode(built).decode(),
            promised=draft.promised,
            released_by=by,
            released_on=today,
            number=(last["number"] if last else 0) + 1,
            role=person["role"] if person else "",
        )
    )
    await ThemeSummary.delete().where(_of(term, theme_id) & (ThemeSummary.number == 0))


async def history_of(term: str, theme_id: str) -> tuple[Summary, ...]:
    """Every release, the newest first: that one is shown."""
    return await _released('AND s."term" = {} AND s."theme_id" = {} ORDER BY s."number" DESC', term, theme_id)


async def newest(themes: Collection[str] = ()) -> tuple[Summary, ...]:
    """What is shown of each term and theme, the newest term first; of some themes, or of all."""
    found = await _released(
        'AND s."number" = (SELECT MAX(o."number") FROM "theme_summary" AS o '
        'WHERE o."term" = s."term" AND o."theme_id" = s."theme_id")'
    )
    wanted = [each for each in found if not themes or each.theme_id in themes]
    return tuple(
        sorted(sorted(wanted, key=lambda each: each.built.theme), key=lambda each: term_order(each.term), reverse=True)
    )


async def released() -> int:
    """How many releases there were; with each there is one more."""
    rows = await ThemeSummary.raw('SELECT COUNT(*) AS "n" FROM "theme_summary" WHERE "number" > 0')
    return int(rows[0]["n"])


async def drafted(term: str) -> set[str]:
    """The themes with a draft."""
    rows = await ThemeSummary.select(ThemeSummary.theme_id).where(
        (ThemeSummary.term == term) & (ThemeSummary.number == 0)
    )
    return {row["theme_id"] for row in rows}


async def summarised(term: str) -> set[str]:
    """The themes with a released summary."""
    rows = await ThemeSummary.select(ThemeSummary.theme_id).where(
        (ThemeSummary.term == term) & (ThemeSummary.number > 0)
    )
    return {row["theme_id"] for row in rows}


async def _released(where: str, *values: object) -> tuple[Summary, ...]:
    rows = await ThemeSummary.raw(
        'SELECT s."term" AS "term", s."theme_id" AS "theme_id", s."frame" AS "frame", s."number" AS "number", '  # noqa: S608
        's."says" AS "says", s."numbers" AS "numbers", s."promised" AS "promised", s."role" AS "role", '
        f's."released_on" AS "released_on" FROM "theme_summary" AS s WHERE s."number" > 0 {where}',
        *values,
    )
    return tuple(
        Summary(
            term=row["term"],
            theme_id=row["theme_id"],
            frame=row["frame"],
            number=row["number"],
            chosen=msgspec.json.decode(row["says"], type=tuple[Chosen, ...]),
            built=msgspec.json.decode(row["numbers"], type=Built),
            promised=row["promised"],
            role=row["role"],
            released_on=row["released_on"]
            if isinstance(row["released_on"], dt.date)
            else dt.date.fromisoformat(str(row["released_on"])),
        )
        for row in rows
    )


def _of(term: str, theme_id: str) -> And:
    return (ThemeSummary.term == term) & (ThemeSummary.theme_id == theme_id)
