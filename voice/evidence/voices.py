"""The voices of the partnership."""

from __future__ import annotations

import uuid

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
