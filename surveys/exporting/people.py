"""Everybody's answers to a survey, a person at a time, read in batches."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Mapping

import msgspec

from surveys import document as documents
from surveys.answers import GivenAnswer, Part
from surveys.document import SurveyDocument
from surveys.exporting.settings import named_settings
from surveys.tables import Answer, AnswerPart, Survey, SurveyVersion

A_BATCH = 400
"""People read at a time. Their answers, and what these say, are then asked for by their ids."""

IDS_AT_ONCE = 500


class Person(msgspec.Struct, frozen=True):
    """One person's answers as they were sent; ``submitted_at`` is as coarse as their round's identity mode.

    ``setting`` is where a class answered together, and empty where fewer than ten people did.
    """

    submission: str
    version: int
    round: str
    language: str
    mode: str
    submitted_at: str
    said_by: str
    respondent_kind: str
    setting: str | None
    given: Mapping[str, GivenAnswer]


async def slugs() -> list[str]:
    """Every survey there is."""
    rows = await Survey.select(Survey.slug).order_by(Survey.slug)
    return [row["slug"] for row in rows]


async def versions(survey: str) -> list[tuple[int, SurveyDocument]]:
    """The versions of a survey with their numbers, the first one first; none when there is no such survey."""
    rows = await (
        SurveyVersion.select(SurveyVersion.number, SurveyVersion.document)
        .where(SurveyVersion.survey.slug == survey)
        .order_by(SurveyVersion.number)
    )
    return [(row["number"], documents.from_json(row["document"])) for row in rows]


async def concepts_answered(survey: str) -> list[tuple[int, str]]:
    """What each version was answered to, whether or not its document asks it."""
    rows = await Answer.raw(
        'SELECT DISTINCT v."number" AS "version", a."concept" AS "concept" FROM "answer" AS a '
        'JOIN "submission" AS u ON a."submission" = u."id" JOIN "survey_round" AS r ON u."round" = r."id" '
        'JOIN "survey_version" AS v ON r."version" = v."id" JOIN "survey" AS s ON v."survey" = s."id" '
        'WHERE s."slug" = {} ORDER BY v."number", a."concept"',
        survey,
    )
    return [(row["version"], row["concept"]) for row in rows]


async def people(survey: str, term: str | None) -> AsyncIterator[list[Person]]:
    """Everybody who answered ``survey``, in ``term`` or at all, ordered by the random ids of their answers."""
    after = ""
    named = await named_settings(survey)
    while True:
        rows = await Answer.raw(
            'SELECT CAST(u."id" AS TEXT) AS "submission", v."number" AS "version", r."term" AS "round", '
            'u."language" AS "language", u."mode" AS "mode", u."submitted_at" AS "submitted_at", '
            'u."said_by" AS "said_by", u."respondent_kind" AS "respondent_kind", '
            'u."setting" AS "setting" '
            'FROM "submission" AS u JOIN "survey_round" AS r ON u."round" = r."id" '
            'JOIN "survey_version" AS v ON r."version" = v."id" JOIN "survey" AS s ON v."survey" = s."id" '
            'WHERE s."slug" = {} AND CAST(u."id" AS TEXT) > {}'
            + (' AND r."term" = {}' if term else "")
            + f' ORDER BY CAST(u."id" AS TEXT) LIMIT {A_BATCH}',
            *((survey, after, term) if term else (survey, after)),
        )
        if rows:
            given = await given_by([row["submission"] for row in rows])
            for row in rows:
                if (survey, row["round"], row["setting"]) not in named:
                    row["setting"] = None
            yield [Person(**row, given=given.get(row["submission"], {})) for row in rows]
        if len(rows) < A_BATCH:
            return
        after = rows[-1]["submission"]


async def given_by(submissions: list[str]) -> dict[str, dict[str, GivenAnswer]]:
    """What people said, by concept, by the ids of what they sent."""
    ids = [uuid.UUID(submission) for submission in submissions]
    rows = await Answer.select().where(Answer.submission.is_in(ids))
    several = [row["id"] for row in rows if row["code"] is None and row["text"] is None]
    parts: dict[str, list[Part]] = {}
    for start in range(0, len(several), IDS_AT_ONCE):
        some = several[start : start + IDS_AT_ONCE]
        for part in await AnswerPart.select().where(AnswerPart.answer.is_in(some)).order_by(AnswerPart.place):
            parts.setdefault(str(part["answer"]), []).append(Part(part["item"], part["value"]))
    given: dict[str, dict[str, GivenAnswer]] = {}
    for row in rows:
        given.setdefault(str(row["submission"]), {})[row["concept"]] = GivenAnswer(
            language=row["language"],
            code=row["code"],
            text=row["text"],
            parts=tuple(parts.get(str(row["id"]), ())),
            file=str(row["file"]) if row["file"] else None,
        )
    return given
