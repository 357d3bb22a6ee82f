"""What was asked before, as far as the rules look at it: summed up by the database, since a ledger has a million rows.

What came back reached nobody, and counts for nothing: as in ``analysis/fatigue``.

Everything here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid

from surveys.asking_less.checking import FamilyPast, OwnPast
from surveys.ledger.tables import Ask
from surveys.stored_days import as_day
from surveys.terms import first_day, last_day, term_of

A_YEAR = dt.timedelta(days=366)


async def families_past(register: uuid.UUID, *, survey: str, day: dt.date) -> dict[str, FamilyPast]:
    """What families of a register were asked, by family, as ``survey`` looks at it on ``day``."""
    term = term_of(day)
    begins, ends = first_day(term), last_day(term)
    rows = await Ask.raw(
        'SELECT "family", SUM(CASE WHEN "asked_on" BETWEEN {} AND {} THEN 1 ELSE 0 END) AS "asks", '
        'SUM(CASE WHEN "asked_on" BETWEEN {} AND {} THEN COALESCE("minutes", 0) ELSE 0 END) AS "minutes", '
        'MAX(CASE WHEN "survey" <> {} AND "asked_on" <= {} THEN "asked_on" END) AS "last" FROM "ask" '
        'WHERE "asked_on" >= {} AND "outcome" <> \'bounced\' '
        'AND "family" IN (SELECT "family" FROM "register_entry" WHERE "register" = {}) '
        'GROUP BY "family"',
        begins,
        ends,
        begins,
        ends,
        survey,
        day,
        day - A_YEAR,
        register,
    )
    return {row["family"]: FamilyPast(int(row["asks"]), int(row["minutes"]), as_day(row["last"])) for row in rows}


async def own_past(register: uuid.UUID, *, survey: str, day: dt.date) -> dict[str, OwnPast]:
    """What this survey asked of people of a register in the year before ``day``, by person."""
    rows = await Ask.raw(
        'SELECT "person", "kind", "asked_on" FROM "ask" '
        'WHERE "survey" = {} AND "asked_on" >= {} AND "outcome" <> \'bounced\' '
        'AND "person" IN (SELECT "person" FROM "register_entry" WHERE "register" = {}) '
        'ORDER BY "asked_on", "kind"',  # an invitation before a reminder of the same day
        survey,
        day - A_YEAR,
        register,
    )
    found: dict[str, OwnPast] = {}
    for row in rows:
        before = found.get(row["person"])
        reminders = (before.reminders if before else 0) + 1
        asked_on = as_day(row["asked_on"])
        assert asked_on is not None
        found[row["person"]] = OwnPast(asked_on, reminders if row["kind"] == "reminder" else 0)
    return found
