"""Messages go out by day in England, also when the clocks change."""

from __future__ import annotations

import datetime as dt

import pytest

from surveys.asking_less.rules import Rules
from surveys.invitations.quiet_hours import first_moment, may_go

DAYS = Rules()
ALL_WEEK = Rules(weekends=True)


def utc(written: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{written}:00+00:00")


class TestTheFirstMoment:
    @pytest.mark.parametrize(
        ("rules", "now", "expected"),
        [
            (DAYS, "2026-11-18T12:00", "2026-11-18T12:00"),
            (DAYS, "2026-11-18T08:59", "2026-11-18T09:00"),
            (DAYS, "2026-11-18T19:00", "2026-11-19T09:00"),
            (DAYS, "2026-11-20T19:00", "2026-11-23T09:00"),  # Friday evening
            (DAYS, "2026-11-21T12:00", "2026-11-23T09:00"),  # Saturday
            (ALL_WEEK, "2026-11-21T12:00", "2026-11-21T12:00"),
            (DAYS, "2026-07-01T08:00", "2026-07-01T08:00"),  # nine o'clock in summer
            (DAYS, "2026-07-01T18:00", "2026-07-02T08:00"),
            (ALL_WEEK, "2026-03-28T19:00", "2026-03-29T08:00"),  # the night in which summer time begins
            (ALL_WEEK, "2026-10-24T18:00", "2026-10-25T09:00"),  # the night in which it ends
            (Rules(weekends=True, earliest_hour=1), "2026-03-29T00:30", "2026-03-29T01:00"),  # one o'clock that is not
        ],
    )
    def test_it_is_what_clocks_in_england_show(self, rules: Rules, now: str, expected: str) -> None:
        found = first_moment(utc(now), rules)
        assert found == utc(expected)
        assert may_go(found, rules)

    def test_it_is_nowhere_when_no_hour_is_left(self) -> None:
        with pytest.raises(ValueError, match="no hour"):
            first_moment(utc("2026-11-18T12:00"), Rules(earliest_hour=9, latest_hour=9))
