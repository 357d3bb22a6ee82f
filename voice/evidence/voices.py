"""The voices of the partnership, and its answers, as frames for the analysis."""

from __future__ import annotations

import pandas as pd

from surveys.document import wording
from surveys.publishing import OpenRound, rounds
from surveys.tables import Answer
from voice.evidence.tables import QuoteDecision, Suggestion
from voice.storage import Store

VOICE_COLUMNS = [
    "voice",
    "survey",
    "term",
    "concept",
    "question",
    "text",
    "language",
    "respondent_kind",
    "said_by",
    "engine",
    "themes",
    "why",
    "outcome",
    "sentiment",
    "decision",
    "shown",
]


async def choices() -> pd.DataFrame:
    """Every answer that is a code: columns submission, concept, code, term, said_by, respondent_kind."""
    rows = await Answer.raw(
        'SELECT a."submission" AS "submission", a."concept" AS "concept", a."code" AS "code", '
        'r."term" AS "term", u."said_by" AS "said_by", '
        'u."respondent_kind" AS "respondent_kind" FROM "answer" AS a '
        'JOIN "submission" AS u ON a."submission" = u."id" JOIN "survey_round" AS r ON u."round" = r."id" '
        'WHERE a."code" IS NOT NULL'
    )
    return pd.DataFrame(rows, columns=["submission", "concept", "code", "term", "said_by", "respondent_kind"])


async def voices(store: Store, *, term: str | None = None) -> pd.DataFrame:
    """Everything said in people's own words, with what is known about it; columns ``VOICE_COLUMNS``.

    ``question`` is the wording in English. Where nothing is suggested or decided yet, those columns are
    missing values.
    """
    asked = {each.id: each for each in await store.read(rounds)}
    where = 'a."text" IS NOT NULL' + (' AND r."term" = {}' if term else "")
    rows = await Answer.raw(
        'SELECT a."id" AS "voice", r."id" AS "round", r."term" AS "term", a."concept" AS "concept", '  # noqa: S608
        'a."text" AS "text", a."language" AS "language", u."respondent_kind" AS "respondent_kind", '
        'u."said_by" AS "said_by", '
        'g."engine" AS "engine", g."themes" AS "themes", g."why" AS "why", g."outcome" AS "outcome", '
        'g."sentiment" AS "sentiment", d."decision" AS "decision", d."shown" AS "shown" '
        f'FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        f'JOIN "survey_round" AS r ON u."round" = r."id" '
        f'LEFT JOIN "{Suggestion._meta.tablename}" AS g ON g."voice" = a."id" '
        f'LEFT JOIN "{QuoteDecision._meta.tablename}" AS d ON d."voice" = a."id" WHERE {where} ORDER BY a."id"',
        *([term] if term else []),
    )
    found = pd.DataFrame(rows, columns=["round", *[c for c in VOICE_COLUMNS if c not in ("survey", "question")]])
    origin = [asked[id] for id in found["round"]]
    found["survey"] = [each.survey for each in origin]
    found["question"] = [_question(each, concept) for each, concept in zip(origin, found["concept"], strict=True)]
    return found[VOICE_COLUMNS]


def _question(round: OpenRound, concept: str) -> str:
    question = round.document.question(concept)
    return wording(question.title, "en") if question else ""
