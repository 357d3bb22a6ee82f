"""When messages may go out: by day, on the days that the partnership agreed, by the clock in England."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from surveys.asking_less.rules import Rules

ENGLAND = ZoneInfo("Europe/London")
SATURDAY = 5


def may_go(moment: dt.datetime, rules: Rules) -> bool:
    """Whether a message may be handed over at this moment."""
    here = moment.astimezone(ENGLAND)
    return _is_a_day(here.date(), rules) and rules.earliest_hour <= here.hour < rules.latest_hour


def first_moment(moment: dt.datetime, rules: Rules) -> dt.datetime:
    """The first moment from this one on at which a message may go out, in UTC.

    An hour is what clocks show: on the day they change, nine in the morning is still nine in the morning. Rules that
    leave no hour of the day stop everything; ``ValueError`` is raised for those.
    """
    if rules.earliest_hour >= rules.latest_hour:
        raise ValueError("no hour is left")
    if may_go(moment, rules):
        return moment.astimezone(dt.UTC)
    here = moment.astimezone(ENGLAND)
    day = here.date()
    if here.hour >= rules.latest_hour or not _is_a_day(day, rules):
        day += dt.timedelta(days=1)
    while not _is_a_day(day, rules):
        day += dt.timedelta(days=1)
    return start_of(day, rules)


def start_of(day: dt.date, rules: Rules) -> dt.datetime:
    """The moment of a day at which messages may begin to go out, in UTC."""
    return dt.datetime.combine(day, dt.time(rules.earliest_hour), ENGLAND).astimezone(dt.UTC)


def _is_a_day(day: dt.date, rules: Rules) -> bool:
    return rules.weekends or day.weekday() < SATURDAY
