"""Answers found again by the reference on their receipt.

A reference follows from the id under which answers are stored (see ``submissions.reference``), so keeping it beside
them says nothing new about anybody. Every function here runs inside a unit of the store.
"""

from __future__ import annotations

import uuid

import msgspec

from surveys.identity import read_code
from surveys.submissions import reference
from surveys.tables import Submission

AT_ONCE = 300
"""Answers that get their reference in one unit: SQLite takes 999 values."""


class Referred(msgspec.Struct, frozen=True):
    """What a reference leads to: a survey in a term and the month of sending, and nothing of what was said."""

    round: uuid.UUID
    survey: str
    term: str
    month: str


def read_reference(written: str) -> str:
    """A reference as somebody wrote it down, in the form it was given; empty for what cannot be one."""
    letters = read_code(written)
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == LETTERS else ""


LETTERS = 8


async def referred(reference: str) -> tuple[Referred, ...]:
    """The answers with this reference: nearly always one's, for two in a million million share one."""
    rows = await Submission.raw(
        'SELECT u."round" AS "round", s."slug" AS "survey", r."term" AS "term", u."submitted_at" AS "sent" '
        'FROM "submission" AS u JOIN "survey_round" AS r ON r."id" = u."round" '
        'JOIN "survey_version" AS v ON v."id" = r."version" JOIN "survey" AS s ON s."id" = v."survey" '
        'WHERE u."reference" = {} ORDER BY u."submitted_at"',
        reference,
    )
    return tuple(
        Referred(uuid.UUID(str(row["round"])), row["survey"], row["term"], str(row["sent"])[:7]) for row in rows
    )


async def refer_to_some() -> int:
    """Gives answers that were stored before references were kept theirs, and returns to how many."""
    rows = await Submission.raw('SELECT "id" FROM "submission" WHERE "reference" IS NULL LIMIT {}', AT_ONCE)
    ids = [uuid.UUID(str(row["id"])) for row in rows]
    if ids:
        each = " ".join("WHEN {} THEN {}" for _ in ids)
        among = ", ".join("{}" for _ in ids)
        await Submission.raw(
            f'UPDATE "submission" SET "reference" = CASE "id" {each} END WHERE "id" IN ({among})',  # noqa: S608
            *(value for id in ids for value in (id, reference(id))),
            *ids,
        )
    return len(ids)
