"""The calendar of all partners: load by week, and what comes too close."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from surveys.asking_less.plans import Plan, PlanProblem, clashes, read_plan, weeks

MONDAY = dt.date(2026, 11, 16)
AUDIENCES = ("parent_carer", "young_person")
WRITTEN = {
    "partner": "  NHS  trust ",
    "survey": "Friends and family",
    "audience": "parent_carer",
    "opens_on": "2026-11-30",
    "closes_on": "2026-12-18",
    "families": "400",
    "minutes": "6",
}


def plan(day: int, *, audience: str = "parent_carer", families: int = 100, minutes: int = 5, law: bool = False) -> Plan:
    opens = MONDAY + dt.timedelta(days=day)
    return Plan(
        uuid.UUID(int=day + 1), "NHS", f"s{day}", audience, opens, opens + dt.timedelta(days=20), families, minutes, law
    )


class TestWeeks:
    def test_what_opens_in_a_week_falls_into_it(self) -> None:
        first, second, third = weeks([plan(0), plan(6, families=50), plan(7)], first=MONDAY, how_many=3)
        assert (len(first.plans), first.families, first.minutes) == (2, 150, 750)
        assert (second.families, third.plans) == (100, ())

    def test_a_week_begins_on_its_monday_whatever_day_it_is(self) -> None:
        (week,) = weeks([plan(0)], first=MONDAY + dt.timedelta(days=4), how_many=1)
        assert (week.monday, week.families) == (MONDAY, 100)


class TestClashes:
    def test_the_same_people_within_the_gap(self) -> None:
        found = clashes([plan(0), plan(10), plan(40), plan(12, audience="young_person")], gap_days=21)
        assert [(clash.days, clash.first.survey, clash.second.survey) for clash in found] == [(10, "s0", "s10")]

    def test_what_the_law_asks_for_clashes_with_nothing(self) -> None:
        assert clashes([plan(0, law=True), plan(1)], gap_days=21) == ()


class TestReadingAPlan:
    def test_a_form_becomes_a_plan(self) -> None:
        made = read_plan(WRITTEN, audiences=AUDIENCES, today=MONDAY)
        assert (made.partner, made.families, made.minutes, made.statutory) == ("NHS trust", 400, 6, False)

    @pytest.mark.parametrize(
        ("field", "written"),
        [
            ("partner", " "),
            ("survey", ""),
            ("audience", "everybody"),
            ("opens_on", "30/11/26"),
            ("opens_on", "2066-01-01"),
            ("closes_on", "2026-11-29"),
            ("families", "0"),
            ("minutes", "-5"),
            ("note", "x" * 501),
        ],
    )
    def test_what_cannot_be_meant_names_its_field(self, field: str, written: str) -> None:
        with pytest.raises(PlanProblem) as problem:
            read_plan({**WRITTEN, field: written}, audiences=AUDIENCES, today=MONDAY)
        assert problem.value.field == field
