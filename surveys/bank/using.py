"""Where a concept is asked: the published versions that hold it, with their rounds, and surveys in the making."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from surveys import document as documents
from surveys.document import Question, Words
from surveys.tables import SurveyDraft, SurveyRound, SurveyVersion
from surveys.terms import term_order


class UsedRound(msgspec.Struct, frozen=True):
    """A round in which a concept was or is asked."""

    id: uuid.UUID
    term: str
    link: str | None
    opens_on: dt.date | None
    closes_on: dt.date | None


class Used(msgspec.Struct, frozen=True):
    """A published version that asks a concept, the question as it stands there, and its rounds, newest first."""

    survey: str
    title: Words
    number: int
    published_on: dt.date
    question: Question
    rounds: tuple[UsedRound, ...]


async def where_used(code: str) -> list[Used]:
    """Every published version that asks the concept, the newest first. Runs inside a unit."""
    rows = await SurveyVersion.raw(
        'SELECT v."id" AS "id", s."slug" AS "slug" FROM "survey_version" AS v '
        'JOIN "survey" AS s ON v."survey" = s."id" '
        "WHERE v.\"document\" LIKE {} ESCAPE '!'",
        _naming(code),
    )
    found = []
    for row in rows:
        id = uuid.UUID(str(row["id"]))
        version = (
            await SurveyVersion.select(SurveyVersion.number, SurveyVersion.document, SurveyVersion.published_on)
            .where(SurveyVersion.id == id)
            .first()
        )
        assert version is not None
        document = documents.from_json(version["document"])
        question = document.question(code)
        if question is None:
            continue  # it only stands in a condition
        found.append(
            Used(
                survey=row["slug"],
                title=document.title,
                number=version["number"],
                published_on=version["published_on"],
                question=question,
                rounds=await _rounds(id),
            )
        )
    return sorted(found, key=lambda used: (used.published_on, used.survey, used.number), reverse=True)


class UsedDraft(msgspec.Struct, frozen=True):
    """A survey in the making that asks a concept."""

    id: uuid.UUID
    title: Words


async def drafts_using(code: str) -> list[UsedDraft]:
    """The surveys in the making that ask the concept, the last changed first. Runs inside a unit."""
    rows = await SurveyDraft.raw(
        'SELECT "id", "document" FROM "survey_draft" '
        "WHERE \"stage\" NOT IN ('published', 'discarded') AND \"document\" LIKE {} ESCAPE '!' "
        'ORDER BY "changed_at" DESC',
        _naming(code),
    )
    found = [(uuid.UUID(str(row["id"])), documents.from_json(row["document"])) for row in rows]
    return [UsedDraft(id, document.title) for id, document in found if document.question(code)]


def _naming(code: str) -> str:
    """What LIKE finds a document by that may ask the concept."""
    return f'%"concept":"{code.replace("_", "!_")}"%'


async def _rounds(version: uuid.UUID) -> tuple[UsedRound, ...]:
    rows = await SurveyRound.select().where(SurveyRound.version == version)
    return tuple(
        UsedRound(
            id=row["id"], term=row["term"], link=row["link"], opens_on=row["opens_on"], closes_on=row["closes_on"]
        )
        for row in sorted(rows, key=lambda row: term_order(row["term"]), reverse=True)
    )
