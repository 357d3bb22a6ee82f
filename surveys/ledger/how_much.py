"""What people say to "Do we ask you too much?": counted by survey and term, and joined to nobody.

Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import uuid

from surveys.ledger.tables import HowMuch

SAID = ("too_many", "about_right", "could_be_more")
OF_ALL_SURVEYS = ""
"""Said on the page of what somebody was asked, and not at the end of one survey."""


async def count(said: str, *, survey: str, term: str) -> None:
    """One more person said so."""
    await HowMuch.raw(
        'INSERT INTO "how_much_asked" ("id", "survey", "term", "said", "people") VALUES ({}, {}, {}, {}, {}) '
        'ON CONFLICT ("survey", "term", "said") DO UPDATE SET "people" = "how_much_asked"."people" + 1',
        uuid.uuid4(),
        survey,
        term,
        said,
        1,
    )


async def counted(*, term: str | None = None, survey: str | None = None) -> dict[str, int]:
    """How many people said each of ``SAID``, in one term or survey, or in all."""
    rows = await HowMuch.select(HowMuch.term, HowMuch.survey, HowMuch.said, HowMuch.people)
    people = dict.fromkeys(SAID, 0)
    for row in rows:
        if term in (None, row["term"]) and survey in (None, row["survey"]):
            people[row["said"]] += row["people"]
    return people
