"""How long answers are kept: ``kept_months`` of their survey after the last day of their round, and no longer.

Functions whose docstring says so run inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import calendar
import datetime as dt
import uuid
from collections.abc import Sequence

import msgspec

from surveys.publishing import OpenRound, rounds
from surveys.stored_days import as_day
from surveys.tables import Answer, AnswerPart, ImportedFile, PaperSheet, PaperStack, Submission, WhoAnswered
from surveys.terms import last_day

AT_ONCE = 100
"""Submissions forgotten in one unit, so that people who are answering never wait long."""

IN_A_QUERY = 500


def kept_until(round: OpenRound, last_import: dt.date | None = None) -> dt.date | None:
    """The last day on which the answers of a round are kept; ``None`` when its survey does not say.

    It counts from the round's last day, or from its term's. Answers that were brought in from elsewhere were
    often given long before: theirs counts from ``last_import``, or they would go as soon as they come.
    """
    if round.document.kept_months < 1:
        return None
    end = round.closes_on or last_day(round.term)
    if round.link is None and round.closes_on is None and last_import is not None:
        end = max(end, last_import)
    months = end.year * 12 + end.month - 1 + round.document.kept_months
    year, month = months // 12, months % 12 + 1
    return dt.date(year, month, min(end.day, calendar.monthrange(year, month)[1]))


class Kept(msgspec.Struct, frozen=True):
    """A round, the last day on which its answers are kept (``None`` where its survey does not say), and how many
    people's there are."""

    round: OpenRound
    until: dt.date | None
    people: int


async def kept() -> list[Kept]:
    """Every round with how long its answers are kept, in a unit."""
    rows = await ImportedFile.raw('SELECT "survey", MAX("imported_on") AS "day" FROM "imported_file" GROUP BY "survey"')
    imported = {row["survey"]: as_day(row["day"]) for row in rows}
    rows = await Submission.raw('SELECT "round", COUNT(*) AS "people" FROM "submission" GROUP BY "round"')
    people = {uuid.UUID(str(row["round"])): int(row["people"]) for row in rows}
    return [
        Kept(round, kept_until(round, imported.get(round.survey)), people.get(round.id, 0)) for round in await rounds()
    ]


async def over(*, today: dt.date) -> list[OpenRound]:
    """The rounds whose answers are kept no longer, in a unit."""
    return [each.round for each in await kept() if each.until is not None and each.until < today]


async def some_of(round: uuid.UUID) -> list[uuid.UUID]:
    """Up to ``AT_ONCE`` submissions of a round that are still there, in a unit."""
    rows = await Submission.select(Submission.id).where(Submission.round == round).limit(AT_ONCE)
    return [row["id"] for row in rows]


async def answers_of(submissions: Sequence[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID | None]]:
    """The answers of these submissions, each with the file that it names, in a unit."""
    rows = await Answer.select(Answer.id, Answer.file).where(Answer.submission.is_in(list(submissions)))
    return [(row["id"], row["file"]) for row in rows]


async def forget(submissions: Sequence[uuid.UUID], answers: Sequence[uuid.UUID]) -> None:
    """Forgets submissions and all of their ``answers``, in a unit. The files that they named are no longer named."""
    for start in range(0, len(answers), IN_A_QUERY):
        some = list(answers[start : start + IN_A_QUERY])
        await AnswerPart.delete().where(AnswerPart.answer.is_in(some))
        await Answer.delete().where(Answer.id.is_in(some))
    if submissions:
        await Submission.delete().where(Submission.id.is_in(list(submissions)))


async def forget_who_answered(round: uuid.UUID) -> None:
    """Forgets who gave the confidential answers of a round, in a unit."""
    await WhoAnswered.delete().where(WhoAnswered.round == round)


async def forget_typed_forms(round: uuid.UUID) -> None:
    """Forgets the paper forms of a round that were typed and never taken in, in a unit."""
    stacks = [row["id"] for row in await PaperStack.select(PaperStack.id).where(PaperStack.round == round)]
    if stacks:
        await PaperSheet.delete().where(PaperSheet.stack.is_in(stacks))
