"""When answers were given, and when something was published that came of them. Inside a unit of the store.

A person's own themes are not looked at: an answer is told when the first "you said, we did" of its survey and term is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import pandas as pd

from analysis.fatigue.closing import days_to_an_answer
from analysis.fatigue.results import Waiting
from surveys.tables import Submission
from surveys.terms import first_day
from voice.fatigue.answers import LOOKED_BACK
from voice.published.item import Item
from voice.published.reading import ever_published

MIDDLE = "-15"
"""The day of those of whom the month alone is kept."""


class Answered(msgspec.Struct, frozen=True):
    """So many ``people`` answered on about this day, and heard on ``told_on`` what came of it, or not yet."""

    day: dt.date
    told_on: dt.date | None
    people: int


async def answered_and_told(today: dt.date) -> tuple[Answered, ...]:
    """Of the terms of the last year and a half."""
    items = await ever_published()
    rows = await Submission.raw(
        'SELECT s."slug" AS "survey", r."term" AS "term", SUBSTR(u."submitted_at", 1, 10) AS "day", COUNT(*) AS "n" '
        'FROM "submission" AS u JOIN "survey_round" AS r ON r."id" = u."round" '
        'JOIN "survey_version" AS v ON v."id" = r."version" JOIN "survey" AS s ON s."id" = v."survey" '
        'WHERE u."submitted_at" <> \'\' GROUP BY s."slug", r."term", SUBSTR(u."submitted_at", 1, 10)'
    )
    return tuple(
        Answered(
            dt.date.fromisoformat(row["day"] if len(row["day"]) > len("2026-11") else row["day"] + MIDDLE),
            _told_on(items, row["survey"], row["term"]),
            int(row["n"]),
        )
        for row in rows
        if first_day(row["term"]) >= today - LOOKED_BACK
    )


def _told_on(items: Sequence[Item], survey: str, term: str) -> dt.date | None:
    days = [each.published_on for each in items if each.published_on is not None and each.came_of(survey, term)]
    return min(days, default=None)


def waiting(answered: Sequence[Answered], now: dt.datetime) -> Waiting | None:
    """How long they waited, and those who still wait; ``None`` while nobody has answered."""
    if not answered:
        return None
    rows = pd.DataFrame(
        {
            "answered_at": pd.to_datetime(pd.Series([each.day for each in answered]), utc=True),
            "told_at": pd.to_datetime(pd.Series([each.told_on for each in answered]), utc=True),
        }
    )
    each_person = rows.loc[rows.index.repeat([each.people for each in answered])].reset_index(drop=True)
    return days_to_an_answer(each_person, pd.Timestamp(now))
