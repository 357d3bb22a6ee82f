"""Answers on their way out: one answer a row, in an order that says nothing about when they came."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

from surveys.exporting.cells import safe_cell
from surveys.exporting.settings import named_settings
from surveys.tables import Answer, AnswerPart

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
    "said_by",
    "setting",
)
"""``code`` joins several choices by ``;``: a ranking from first to last, sorted pictures as ``item=where``.
A recording, drawing or photo has ``file:`` and its id there.
``submitted_at`` is as coarse as the identity mode demands: the month for anonymous answers.
``setting`` is the school or group of a class that answered together, where ten or more people did."""

A_BATCH = 5000


Place = tuple[str, str]
"""Where a page of answers ends: the ids of the submission and of the answer, as text."""


async def answers() -> AsyncIterator[tuple[str, ...]]:
    """Every answer as a row of ``COLUMNS``, in batches, ordered by the submission's random id."""
    after: Place | None = ("", "")
    while after is not None:
        rows, after = await a_page(survey=None, after=after, at_most=A_BATCH)
        for row in rows:
            yield tuple(safe_cell(cell) for cell in row)


async def a_page(*, survey: str | None, after: Place, at_most: int) -> tuple[list[tuple[str, ...]], Place | None]:
    """Rows of ``COLUMNS`` that come after ``after``, of one survey or of all; and where to go on, if there are more."""
    rows = await Answer.raw(
        'SELECT CAST(a."id" AS TEXT) AS "id", CAST(u."id" AS TEXT) AS "submission", s."slug" AS "survey", '
        'v."number" AS "version", r."term" AS "round", a."concept" AS "concept", a."code" AS "code", '
        'a."text" AS "text", a."language" AS "language", u."mode" AS "mode", '
        'u."submitted_at" AS "submitted_at", u."said_by" AS "said_by", u."setting" AS "setting", a."file" AS "file" '
        'FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        'JOIN "survey_round" AS r ON u."round" = r."id" JOIN "survey_version" AS v ON r."version" = v."id" '
        'JOIN "survey" AS s ON v."survey" = s."id" '
        'WHERE (CAST(u."id" AS TEXT), CAST(a."id" AS TEXT)) > ({}, {}) '
        + ('AND s."slug" = {} ' if survey is not None else "")
        + 'ORDER BY CAST(u."id" AS TEXT), CAST(a."id" AS TEXT) LIMIT {}',
        *after,
        *([survey] if survey is not None else []),
        at_most,
    )
    parts = await _parts([row["id"] for row in rows if row["code"] is None and row["text"] is None])
    named = await named_settings(survey) if any(row["setting"] for row in rows) else frozenset()
    for row in rows:
        if (row["survey"], row["round"], row["setting"]) not in named:
            row["setting"] = None
        if row["code"] is None:
            row["code"] = parts.get(row["id"]) or (f"file:{row['file']}" if row["file"] else None)
    more = (rows[-1]["submission"], rows[-1]["id"]) if len(rows) == at_most else None
    return [tuple("" if row[column] is None else str(row[column]) for column in COLUMNS) for row in rows], more


async def _parts(answers: list[str]) -> dict[str, str]:
    """What the answers say that say several things, joined, by the id of the answer."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(answers), 500):
        some = [uuid.UUID(id) for id in answers[start : start + 500]]
        rows = await AnswerPart.select().where(AnswerPart.answer.is_in(some)).order_by(AnswerPart.place)
        for row in rows:
            said = row["item"] if row["value"] is None else f"{row['item']}={row['value']}"
            found.setdefault(str(row["answer"]), []).append(said)
    return {answer: ";".join(said) for answer, said in found.items()}
