"""From how many people, in which terms and surveys, we have heard."""

from __future__ import annotations

from surveys.tables import Answer
from voice.storage import Store


async def terms(store: Store) -> list[tuple[str, str, int]]:
    """Every term and survey with answers, and how many people answered: ``(term, survey, n)``."""
    rows = await store.read(
        lambda: Answer.raw(
            'SELECT r."term" AS "term", s."slug" AS "survey", COUNT(*) AS "people" FROM "submission" AS u '
            'JOIN "survey_round" AS r ON u."round" = r."id" '
            'JOIN "survey_version" AS v ON r."version" = v."id" JOIN "survey" AS s ON v."survey" = s."id" '
            'GROUP BY r."term", s."slug"'
        )
    )
    return [(row["term"], row["survey"], int(row["people"])) for row in rows]
