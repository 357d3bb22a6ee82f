"""The schools, colleges and clubs that an export names: those where enough people answered together."""

from __future__ import annotations

from analysis.disclosure import FLOOR
from surveys.tables import Submission

Named = frozenset[tuple[str, str, str]]
"""Survey, term and setting."""


async def named_settings(survey: str | None) -> Named:
    """The settings in which ten or more people answered the survey in one term: one survey, or every one.

    The first page promises that no smaller setting is shown. In a row of its own it would say who a few pupils are.
    """
    rows = await Submission.raw(
        'SELECT s."slug" AS "survey", r."term" AS "round", u."setting" AS "setting" '
        'FROM "submission" AS u JOIN "survey_round" AS r ON u."round" = r."id" '
        'JOIN "survey_version" AS v ON r."version" = v."id" JOIN "survey" AS s ON v."survey" = s."id" '
        'WHERE u."setting" IS NOT NULL '
        + ('AND s."slug" = {} ' if survey is not None else "")
        + 'GROUP BY s."slug", r."term", u."setting" HAVING COUNT(*) >= {}',
        *([survey] if survey is not None else []),
        FLOOR,
    )
    return frozenset((row["survey"], row["round"], row["setting"]) for row in rows)
