"""Answers on their way out: one answer a row, in an order that says nothing about when they came."""

from __future__ import annotations

from collections.abc import AsyncIterator

from surveys.tables import Answer

COLUMNS = (
    "submission",
    "survey",
    "version",
    "round",
    "concept",
    "code",
    "text",
    "language",
    "mode",
    "submitted_at",
)
"""``submitted_at`` is as coarse as the identity mode demands: the month for anonymous answers."""

A_BATCH = 5000

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins like this would be run as a formula by a spreadsheet; it gets an apostrophe before it."""


async def answers() -> AsyncIterator[tuple[str, ...]]:
    """Every answer as a row of ``COLUMNS``, in batches, ordered by the submission's random id."""
    after = ("", "")
    while True:
        rows = await Answer.raw(
            'SELECT CAST(a."id" AS TEXT) AS "id", CAST(u."id" AS TEXT) AS "submission", s."slug" AS "survey", '
            'v."number" AS "version", r."term" AS "round", a."concept" AS "concept", a."code" AS "code", '
            'a."text" AS "text", a."language" AS "language", u."mode" AS "mode", '
            'u."submitted_at" AS "submitted_at" '
            'FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
            'JOIN "survey_round" AS r ON u."round" = r."id" JOIN "survey_version" AS v ON r."version" = v."id" '
            'JOIN "survey" AS s ON v."survey" = s."id" '
            'WHERE (CAST(u."id" AS TEXT), CAST(a."id" AS TEXT)) > ({}, {}) '
            'ORDER BY CAST(u."id" AS TEXT), CAST(a."id" AS TEXT) LIMIT {}',
            *after,
            A_BATCH,
        )
        for row in rows:
            yield tuple(_cell(row[column]) for column in COLUMNS)
        if len(rows) < A_BATCH:
            return
        after = (rows[-1]["submission"], rows[-1]["id"])


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
