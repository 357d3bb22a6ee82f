"""Partners write down what they mean to ask, see what comes too close, and put two surveys together."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from surveys.asking_less import plans
from surveys.asking_less.spared import spared_in
from tests.conftest import NOON
from tests.pages import CheckingClient
from tests.surveys.building.drawn_surveys import question_of, survey_of
from voice.people.roles import Role


def written(client: CheckingClient, survey: str, days: int, **fields: str) -> dict[str, str]:
    first = NOON.date() + dt.timedelta(days=days)
    return {
        **client.get("/work/calendar").form("#plan-form"),
        "partner": "Solihull Council",
        "ours": "",
        "survey": survey,
        "opens_on": first.isoformat(),
        "closes_on": (first + dt.timedelta(days=14)).isoformat(),
        "families": "200",
        "minutes": "5",
        **fields,
    }


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.OFFICER)
    return client


class TestTheCalendar:
    def test_a_plan_is_written_down_and_given_up(self, officer: CheckingClient) -> None:
        page = officer.post("/work/calendar", written(officer, "Friends and family", 3))
        assert "Friends and family" in page.one("#weeks ~ table").text()
        page = officer.post(page.action("#plans ~ ul form"), page.form("#plans ~ ul form"))
        assert "There are no plans yet." in page.text

    def test_what_cannot_be_meant_comes_back_with_what_was_written(self, officer: CheckingClient) -> None:
        page = officer.post("/work/calendar", written(officer, "Ours", 3, families="lots"), status=422)
        assert page.problem == "Write how many families they ask."
        assert page.form("#plan-form")["survey"] == "Ours"
        assert officer.unit(lambda: plans.plans(since=NOON.date())) == []

    def test_two_that_come_too_close_are_put_together(self, officer: CheckingClient) -> None:
        officer.open_survey(survey_of(question_of("single_choice", 1), question_of("yes_no", 2)), "one")
        other = survey_of(question_of("single_choice", 1), question_of("yes_no", 3))
        officer.open_survey(replace(other, slug="other"), "two")
        ours = [slug for slug in _slugs(officer) if slug != "post-ehcp"]
        for days, slug in enumerate(ours[:2]):
            officer.post("/work/calendar", written(officer, "", days + 2, ours=slug))
        page = officer.get("/work/calendar")
        page = officer.get(page.one("#close ~ ul a").attributes["href"] or "")
        assert "Families asked once instead of twice" in page.text
        officer.post(page.path, page.form("main form"))
        left = officer.unit(lambda: plans.plans(since=NOON.date()))
        assert len(left) == 1
        (spared,) = officer.unit(lambda: spared_in("2026-autumn"))
        assert (spared.how, spared.families) == ("merged", 200)

    def test_leads_read_it(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        assert not client.get("/work/calendar").tree.css("#plan-form")


def _slugs(client: CheckingClient) -> list[str]:
    found: list[str] = [
        option.attributes["value"] or "" for option in client.get("/work/calendar").tree.css("#ours option")
    ]
    return [slug for slug in found if slug]
