"""The measures of a ledger, each against simple code that reckons the same one row after the other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from statistics import median

import numpy as np
import pandas as pd
import pytest

from analysis.fatigue.burden import load
from analysis.fatigue.ledger import KINDS, OUTCOMES, with_history
from analysis.fatigue.measures import fatigue_by, fatigue_measures
from analysis.fatigue.results import Budget
from analysis.fatigue.terms import Term, in_terms, read_terms
from analysis.measures import wilson_interval
from tests.analysis.fatigue.asked import asks

AUTUMN = Term("2025-autumn", dt.date(2025, 9, 1), dt.date(2025, 12, 31))
SPRING = Term("2026-spring", dt.date(2026, 1, 1), dt.date(2026, 3, 31))
TERMS = (AUTUMN, SPRING)


def at_random(rows: int = 500, families: int = 20) -> pd.DataFrame:
    chance = np.random.default_rng(7)
    begins = dt.datetime(2025, 8, 20, tzinfo=dt.UTC)
    return pd.DataFrame(
        {
            "family": [f"f{n}" for n in chance.integers(0, families, rows)],
            "person": chance.choice(["a", "b"], rows),
            "survey": chance.choice(["one", "two", "three"], rows),
            "partner": chance.choice(["council", "health"], rows),
            "kind": chance.choice(list(KINDS), rows),
            # On the hour, so that some asks of a family come at the same moment and some just 90 days apart.
            "asked_at": [begins + dt.timedelta(hours=int(n)) for n in chance.integers(0, 24 * 240, rows)],
            "outcome": chance.choice(list(OUTCOMES), rows),
            "minutes": np.where(chance.random(rows) < 0.1, np.nan, chance.integers(0, 15, rows)),
        }
    )


def one_by_one(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Each ask that arrived, with its place among its family's asks of 90 days and its term."""
    rows = [row for row in frame.to_dict("records") if row["outcome"] != "bounced"]
    for row in rows:
        earlier = [
            other["asked_at"]
            for other in rows
            if other["family"] == row["family"]
            and row["asked_at"] - dt.timedelta(days=90) <= other["asked_at"] < row["asked_at"]
        ]
        day = row["asked_at"].tz_convert("Europe/London").date()
        row["ask"] = len(earlier) + 1
        row["term"] = next((term.key for term in TERMS if term.first <= day <= term.last), None)
    return rows


class TestMeasures:
    def test_they_are_what_simple_code_reckons(self) -> None:
        frame = at_random()
        rows = one_by_one(frame)
        found = fatigue_measures(frame, TERMS, Budget(asks=9, minutes=60))

        inside = [row for row in rows if row["term"]]
        asked = Counter((row["family"], row["term"]) for row in inside)
        minutes: Counter[object] = Counter(dict.fromkeys(asked, 0))
        for row in inside:
            minutes[row["family"], row["term"]] += 0 if np.isnan(row["minutes"]) else row["minutes"]
        assert found.asks == len(rows)
        assert found.outside_terms == len(rows) - len(inside) > 0
        for spread, counted in (
            (found.asks_per_family_per_term, asked),
            (found.burden_minutes_per_family_per_term, minutes),
        ):
            values = sorted(counted.values())
            assert (spread.median, spread.highest) == (median(values), values[-1])
            assert spread.p90 == pytest.approx(np.quantile(values, 0.9))
            assert spread.families == len({family for family, _ in counted})
            assert spread.low <= spread.median <= spread.high
        over = {key[0] for key in asked if asked[key] > 9 or minutes[key] > 60}
        assert 0 < found.over_budget.part == len(over) < found.over_budget.n

        by_ask = Counter(row["ask"] for row in rows)
        done = Counter(row["ask"] for row in rows if row["outcome"] == "completed")
        assert [(rate.ask, rate.share.n, rate.share.part) for rate in found.response_rate_by_ask] == [
            (ask, by_ask[ask], done[ask]) for ask in sorted(by_ask)
        ]
        first = found.response_rate_by_ask[0].share
        assert (first.low, first.high) == wilson_interval(first.part, first.n)

        outcomes = Counter(row["outcome"] for row in rows)
        opened, partial, completed = (outcomes[name] for name in ("opened", "partial", "completed"))
        assert found.break_off.introduction.value == opened / (opened + partial + completed)
        assert found.break_off.questionnaire.value == partial / (partial + completed)
        reminders = [row["outcome"] for row in rows if row["kind"] == "reminder"]
        assert (found.reminder_yield.n, found.reminder_yield.part) == (len(reminders), reminders.count("completed"))

    def test_they_can_be_told_apart_with_the_history_of_all(self) -> None:
        frame = at_random()
        rows = one_by_one(frame)
        for column in ("partner", "term"):
            groups = fatigue_by(frame, TERMS, column)
            assert list(groups) == sorted({row[column] for row in rows if row[column]})
            for key, found in groups.items():
                ours = [row for row in rows if row[column] == key]
                counted = Counter(row["ask"] for row in ours)
                assert {rate.ask: rate.share.n for rate in found.response_rate_by_ask} == counted

    def test_they_say_nothing_of_nothing(self) -> None:
        bounced = asks("f1,p1,annual,council,invitation,2025-10-01T09:00:00Z,bounced,10")
        found = fatigue_measures(bounced, TERMS)
        assert (found.asks, found.families, found.response_rate_by_ask) == (0, 0, ())
        assert (found.asks_per_family_per_term.median, found.reminder_yield.value, found.decay.beta) == (None,) * 3
        assert found.decay.cannot_say == ("nobody_to_compare",)
        assert found.load.top_share is None


class TestHistory:
    def test_it_knows_families_from_each_other_and_what_was_before(self) -> None:
        history = with_history(
            asks(
                "f1,p1,a,council,invitation,2025-10-01T09:00:00Z,none,1",
                "f2,p1,a,council,invitation,2025-10-01T09:00:00Z,none,1",
                "f1,p2,b,health,statutory,2025-10-03T09:00:00Z,none,1",
                "f1,p2,a,council,invitation,2025-10-01T09:00:00Z,none,1",
                "f1,p1,c,council,session,2025-12-30T09:00:00Z,none,1",
                "f1,p1,d,council,session,2026-12-30T09:00:00Z,none,1",
            )
        ).sort_index()
        assert history["ask"].tolist() == [1, 1, 3, 1, 4, 1]
        assert history["rested"].fillna(-1).tolist() == [-1, -1, 2, -1, 88, 365]
        assert history["person_code"].nunique() == 3


class TestLoad:
    def test_it_is_even_when_all_are_asked_alike(self) -> None:
        even = with_history(asks(*[f"f{n},p,a,council,invitation,2025-10-01T09:00:00Z,none,1" for n in range(20)]))
        found = load(even)
        assert found.gini == pytest.approx(0)
        assert found.top_share == pytest.approx(0.1)
        assert np.array(found.curve) == pytest.approx(np.array([(n / 20, n / 20) for n in range(21)]))

    def test_it_finds_those_who_carry_it(self) -> None:
        heavy = [f"f0,p,a,council,invitation,2025-10-01T{n:02}:00:00Z,none,1" for n in range(11)]
        light = [f"f{n},p,a,council,invitation,2025-10-01T09:00:00Z,none,1" for n in range(1, 10)]
        found = load(with_history(asks(*heavy, *light)))
        assert (found.n, found.families, found.top_share) == (20, 10, 11 / 20)
        by_hand = sum(abs(a - b) for a in [11] + [1] * 9 for b in [11] + [1] * 9) / (2 * 10 * 20)
        assert found.gini == pytest.approx(by_hand)


class TestTerms:
    def test_a_term_without_dates_is_left_out_and_counted(self) -> None:
        raw = pd.DataFrame(
            [
                ("spring", "2026-01-05", "2026-03-27"),
                ("autumn", "2025-09-01", "2025-12-19"),
                ("summer", "2026-04-13", ""),
                ("half", "2025-10-20", "2025-11-20"),
                ("wrong", "2026-07-01", "2026-06-01"),
            ],
            columns=["Term", "Begins", "end"],
        )
        read = read_terms(raw)
        assert [term.key for term in read.terms] == ["autumn", "spring"]
        assert (read.without_dates, read.backwards, read.overlapping) == (1, 1, 1)

    def test_a_day_is_a_day_in_england(self) -> None:
        history = with_history(
            asks(
                "f1,p,a,council,invitation,2025-08-31T22:59:00Z,none,1",
                "f2,p,a,council,invitation,2025-08-31T23:00:00Z,none,1",
                "f3,p,a,council,invitation,2025-12-31T23:59:59Z,none,1",
                "f4,p,a,council,invitation,2026-01-01T00:00:00Z,none,1",
                "f5,p,a,council,invitation,2026-04-01T12:00:00Z,none,1",
            )
        )
        assert in_terms(history, TERMS).tolist() == [-1, 0, 0, 1, -1]
        assert in_terms(history, ()).tolist() == [-1] * 5
