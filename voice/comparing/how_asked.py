"""How a survey was asked in a term: when, of whom, by which ways, and how many did not answer. Runs inside a unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import msgspec

from analysis.disclosure import FLOOR, floor_counts
from surveys.ledger.tables import Ask
from surveys.publishing import OpenRound
from surveys.tables import Submission
from surveys.terms import first_day, last_day

AHEAD = dt.timedelta(days=14)
"""Letters go out so long before a survey opens, at most."""

Key = tuple[str, str]
"""A survey and a term."""


class HowAsked(msgspec.Struct, frozen=True):
    """``sent_in`` people answered; ``ways`` counts them by how. ``asked`` is how many it was sent to by the ledger.

    ``asked`` is ``None`` when nobody wrote it down, when more answered than it was sent to, and when so few did not
    answer that it would tell of them. ``sent_to_a_list`` is ``None`` when its answers were collected elsewhere.
    """

    opens_on: dt.date | None
    closes_on: dt.date | None
    middle: dt.date | None
    sent_in: int
    ways: Mapping[str, int]
    asked: int | None
    sent_to_a_list: bool | None

    @property
    def ways_shown(self) -> tuple[tuple[str, int | None], ...]:
        return tuple((cell.key, cell.count) for cell in floor_counts(self.ways).cells)


async def how_asked(rounds: Mapping[Key, Collection[OpenRound]], *, today: dt.date) -> dict[Key, HowAsked]:
    ways = await _ways({round.id.hex: key for key, those in rounds.items() for round in those})
    return {key: await _one(key, those, ways.get(key, {}), today) for key, those in rounds.items()}


async def _one(key: Key, rounds: Collection[OpenRound], ways: Mapping[str, int], today: dt.date) -> HowAsked:
    survey, term = key
    opens = [round.opens_on for round in rounds]
    opens_on = min((day for day in opens if day), default=None)
    closes_on = max((round.closes_on for round in rounds if round.closes_on), default=None)
    since = opens_on - AHEAD if opens_on else first_day(term)
    asked = await _sent_to(survey, since, closes_on or last_day(term))
    sent_in = sum(ways.values())
    is_known = asked >= FLOOR and (asked == sent_in or asked - sent_in >= FLOOR)
    has_link = any(round.link for round in rounds)
    until = min(closes_on or today, today)
    return HowAsked(
        opens_on=opens_on,
        closes_on=closes_on,
        middle=opens_on + (until - opens_on) / 2 if opens_on and until >= opens_on else None,
        sent_in=sent_in,
        ways=dict(ways),
        asked=asked if is_known else None,
        sent_to_a_list=True if is_known else False if has_link and not asked else None,
    )


async def _sent_to(survey: str, since: dt.date, until: dt.date) -> int:
    """How many people were asked, reminders and messages that did not arrive aside."""
    rows = await Ask.raw(
        'SELECT COUNT(DISTINCT "person") AS "people" FROM "ask" WHERE "survey" = {} '
        "AND \"kind\" IN ('invitation', 'statutory') AND \"outcome\" <> 'bounced' "
        'AND "asked_on" >= {} AND "asked_on" <= {}',
        survey,
        since,
        until,
    )
    return int(rows[0]["people"])


async def _ways(key_of: Mapping[str, Key]) -> dict[Key, dict[str, int]]:
    rows = await Submission.raw(
        'SELECT "round", "mode", COUNT(*) AS "people" FROM "submission" GROUP BY "round", "mode" ORDER BY "mode"'
    )
    found: dict[Key, dict[str, int]] = {}
    for row in rows:
        key = key_of.get(str(row["round"]).replace("-", ""))
        if key is not None:
            ways = found.setdefault(key, {})
            ways[row["mode"]] = ways.get(row["mode"], 0) + int(row["people"])
    return found
