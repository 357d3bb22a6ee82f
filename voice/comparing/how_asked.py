"""How a survey was asked in a term: when, of whom, by which ways, and how many did not answer. Runs inside a unit."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping

import msgspec

from analysis.disclosure import FLOOR, floor_counts
from surveys.ledger.tables import Ask
from surveys.publishing import OpenRound
from surveys.terms import first_day, last_day
from voice.findings.counting import Counted as Answers

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


async def how_asked(
    rounds: Mapping[Key, Collection[OpenRound]], answers: Iterable[Answers], *, today: dt.date
) -> dict[Key, HowAsked]:
    ways = _ways({round.id: key for key, those in rounds.items() for round in those}, answers)
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


def _ways(key_of: Mapping[uuid.UUID, Key], answers: Iterable[Answers]) -> dict[Key, dict[str, int]]:
    found: dict[Key, dict[str, int]] = {}
    for of_round in answers:
        key = key_of.get(of_round.round.id)
        if key is not None:
            ways = found.setdefault(key, {})
            for each in sorted(of_round.people, key=lambda each: each.mode):
                ways[each.mode] = ways.get(each.mode, 0) + each.people
    return found
