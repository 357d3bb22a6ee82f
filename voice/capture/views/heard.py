""" "Was I heard?" after a meeting: four questions, counted for each term, with nobody behind a number.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid

from surveys.terms import term_of
from voice.capture.views.saying import Said, ViewSeen, add, take_away, views_for
from voice.capture.views.sections import HEARD
from voice.capture.views.spaces import Opened
from voice.capture.views.tables import HeardCount


async def answered(opened: Opened, month: str) -> ViewSeen | None:
    """What this person has answered in the term of ``month``."""
    for view in await views_for(opened):
        if view.said.section == HEARD and view.said.key == opened.key and _term(view.said.month) == _term(month):
            return view
    return None


async def answer(opened: Opened, said: Said) -> uuid.UUID:
    """Counts the answers in ``said.sorted``, in place of what this person answered before in this term."""
    before = await answered(opened, said.month)
    if before is not None:
        await take_away(opened, before.id)
        await _count(before.said, -1)
    await _count(said, 1)
    return await add(opened, said, uuid.uuid4())


async def counts() -> dict[tuple[str, str], dict[str, int]]:
    """By term and test, how many people gave each answer."""
    rows = await HeardCount.raw(
        'SELECT "term", "test", "answer", SUM("people") AS "people" FROM "heard_count" GROUP BY 1, 2, 3'
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        found.setdefault((row["term"], row["test"]), {})[row["answer"]] = int(row["people"])
    return found


async def _count(said: Said, by: int) -> None:
    for test, given in said.sorted:
        await HeardCount.raw(
            'INSERT INTO "heard_count" ("id", "term", "who", "test", "answer", "people") '
            "VALUES ({}, {}, {}, {}, {}, {}) "
            'ON CONFLICT ("term", "who", "test", "answer") DO UPDATE SET "people" = "heard_count"."people" + {}',
            uuid.uuid4(),
            _term(said.month),
            said.role,
            test,
            given,
            by,
            by,
        )


def _term(month: str) -> str:
    return term_of(dt.date.fromisoformat(f"{month}-01"))
