"""The voices of the partnership, and how often each answer was chosen."""

from __future__ import annotations

import uuid
from collections.abc import Collection

import msgspec

from surveys.document import wording
from surveys.publishing import rounds
from surveys.tables import Answer
from voice.evidence.tables import QuoteDecision
from voice.storage import Store
from voice.themes.standing import COLUMNS, JOINED, Standing, standing


class Voice(msgspec.Struct, frozen=True):
    """Something said in a person's own words, with what is known about it.

    ``person`` is the id of what one person sent, of which a voice is a part. ``question`` is the wording in English.
    What nobody has decided about it as a quote yet is ``None``.
    """

    voice: uuid.UUID
    person: uuid.UUID
    survey: str
    term: str
    concept: str
    question: str
    text: str
    language: str
    respondent_kind: str
    said_by: str
    standing: Standing
    decision: str | None
    shown: str | None


class ChosenBy(msgspec.Struct, frozen=True):
    """How many people gave this answer to this question in a term. Each answers a question once."""

    said_by: str
    term: str
    concept: str
    code: str
    people: int


async def chosen_by_families(concepts: Collection[str]) -> list[ChosenBy]:
    """What parent carers answered to these questions, in every term."""
    rows = await Answer.raw(
        'SELECT u."said_by" AS "said_by", r."term" AS "term", a."concept" AS "concept", a."code" AS "code", '  # noqa: S608
        'COUNT(*) AS "people" FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        'JOIN "survey_round" AS r ON u."round" = r."id" '
        'WHERE a."code" IS NOT NULL AND u."respondent_kind" = \'parent_carer\' '
        f'AND a."concept" IN ({", ".join("{}" for _ in concepts)}) '
        'GROUP BY u."said_by", r."term", a."concept", a."code"',
        *concepts,
    )
    return [ChosenBy(**row) for row in rows]


async def voices(store: Store, *, term: str | None = None) -> list[Voice]:
    """Everything said in people's own words, in a term or at all."""
    asked = {each.id: each for each in await store.read(rounds)}
    where = 'a."text" IS NOT NULL' + (' AND r."term" = {}' if term else "")
    rows = await Answer.raw(
        'SELECT a."id" AS "answer", u."id" AS "person", r."id" AS "round", r."term" AS "term", '  # noqa: S608
        'a."concept" AS "concept", a."text" AS "text", a."language" AS "language", '
        'u."respondent_kind" AS "respondent_kind", u."said_by" AS "said_by", '
        f'{COLUMNS}, d."decision" AS "decision", d."shown" AS "shown" '
        f'FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        f'JOIN "survey_round" AS r ON u."round" = r."id" '
        f'LEFT JOIN "voice" AS v ON v."id" = a."id" {JOINED} '
        f'LEFT JOIN "{QuoteDecision._meta.tablename}" AS d ON d."voice" = a."id" WHERE {where} ORDER BY a."id"',
        *([term] if term else []),
    )
    found = []
    for row in rows:
        round = asked[row.pop("round")]
        question = round.document.question(row["concept"])
        # An answer that is no voice yet has its own id all the same.
        row["voice"] = row.pop("answer")
        known = {name: row[name] for name in Voice.__struct_fields__ if name in row}
        found.append(
            Voice(
                **known,
                survey=round.survey,
                question=wording(question.title, "en") if question else "",
                standing=standing(row),
            )
        )
    return found
