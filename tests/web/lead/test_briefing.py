"""The lead's first page: what matters now, measures with targets, and one measure term by term."""

from __future__ import annotations

import pytest

from tests.evidence.families import families
from tests.findings.test_by_setting import pupils
from tests.pages import CheckingClient, Page
from voice.people.roles import Role

TERMS = ("2025-spring", "2025-summer", "2025-autumn", "2026-spring", "2026-summer")
LISTENED = "/lead/trends/parent_carer/felt_listened_to"


def answered(client: CheckingClient, n: int, **answers: str) -> None:
    client.unit(lambda: families(n, **answers))  # type: ignore[arg-type]


def a_fall(client: CheckingClient) -> None:
    for term in TERMS:
        answered(client, 75, term=term, felt_listened_to="yes")
        answered(client, 25, term=term, felt_listened_to="no")
    answered(client, 40, felt_listened_to="mostly")
    answered(client, 60, felt_listened_to="no")


def text(page: Page) -> str:
    return " ".join(page.one("main").text().split())


class TestWhatMattersNow:
    def test_it_says_what_will_be_here_while_nobody_has_answered(self, client: CheckingClient) -> None:
        assert "Nobody has answered yet." in text(client.sign_in(Role.LEAD))

    def test_it_shows_no_number_of_nine_people(self, client: CheckingClient) -> None:
        answered(client, 9, felt_listened_to="yes")
        page = client.sign_in(Role.LEAD)
        assert "Fewer than 10 people answered this term." in text(page)
        assert "%" not in text(page)

    def test_it_tells_a_fall_with_its_numbers_and_how_sure_it_is(self, client: CheckingClient) -> None:
        a_fall(client)
        page = client.sign_in(Role.LEAD)
        (matter,) = page.tree.css(".matter")
        said = " ".join(matter.text().split())
        assert "“They felt listened to” fell to 40% since Autumn 2026. Before it was 75%." in said
        assert "100 people answered, after 500 in the terms before." in said
        assert "the change is between 24 and 45 points" in said
        assert "Nobody has promised anything about this yet." in said
        assert (matter.css_first("h3 a").attributes["href"]) == LISTENED

    def test_it_finds_nothing_where_nothing_changed(self, client: CheckingClient) -> None:
        for term in TERMS:
            answered(client, 15, term=term, felt_listened_to="yes")
            answered(client, 12, term=term, felt_listened_to="no")
        page = client.sign_in(Role.LEAD)
        assert not page.tree.css(".matter")
        assert "Nothing has changed so much that chance could not explain it." in text(page)

    def test_it_shows_an_earlier_term_as_it_was(self, client: CheckingClient) -> None:
        a_fall(client)
        client.sign_in(Role.LEAD)
        earlier = client.get("/lead?term=2026-summer")
        assert not earlier.tree.css(".matter")
        assert "75%" in earlier.tree.css("table.measured")[0].text()
        client.get("/lead?term=1999-spring", status=404)

    def test_its_numbers_are_those_of_all_that_families_said(self, client: CheckingClient) -> None:
        answered(client, 30, felt_listened_to="yes", kept_up_to_date="no")
        answered(client, 20, felt_listened_to="no", kept_up_to_date="mostly")
        first = client.sign_in(Role.LEAD).tree.css("table.measured")[0].text()
        all_of_it = client.get("/lead/said").one(".measures").text()
        for share in ("60%", "40%"):
            assert share in first
            assert share in all_of_it

    def test_it_names_the_outcomes_that_questions_stand_for(self, client: CheckingClient) -> None:
        answered(client, 30, felt_listened_to="yes")
        headings = client.sign_in(Role.LEAD).one("section[aria-labelledby=outcomes]").text()
        assert "Valued, seen and included" in headings

    def test_it_is_for_those_who_read_findings(self, client: CheckingClient) -> None:
        for address in ("/lead", LISTENED, "/lead/targets"):
            client.get(address, status=401)
        client.sign_in(Role.FACILITATOR)
        for address in ("/lead", LISTENED, "/lead/targets"):
            client.get(address, status=403)


class TestOneMeasure:
    def test_it_shows_every_term_with_its_people(self, client: CheckingClient) -> None:
        a_fall(client)
        client.sign_in(Role.LEAD)
        page = client.get(LISTENED)
        assert "fell to 40%" in text(page)
        assert "It stands, with all that we looked at." in text(page)
        (table,) = page.tree.css("table.terms")
        assert [row.css_first("td").text() for row in table.css("tbody tr")] == ["75%"] * 5 + ["40%"]

    def test_it_shows_one_school(self, client: CheckingClient) -> None:
        client.unit(lambda: pupils(12, "Oak School", safe_at_school="agree"))
        client.unit(lambda: pupils(30, "Elm School", safe_at_school="disagree"))
        client.sign_in(Role.LEAD)
        page = client.get("/lead/trends/young_person/safe_at_school?by=setting&value=Oak+School")
        assert "Oak School" in page.one(".lead-in").text()
        assert "100%" in page.one("table.terms").text()

    @pytest.mark.parametrize("address", ["parent_carer/nothing", "nobody/felt_listened_to", "parent_carer/x?by=y"])
    def test_it_does_not_know_what_nobody_answered(self, client: CheckingClient, address: str) -> None:
        answered(client, 12, felt_listened_to="yes")
        client.sign_in(Role.LEAD)
        client.get(f"/lead/trends/{address}", status=404)


class TestTargets:
    def test_a_lead_sets_one_and_sees_whether_it_is_reached(self, client: CheckingClient) -> None:
        answered(client, 95, felt_listened_to="yes", kept_up_to_date="no")
        answered(client, 10, felt_listened_to="no", kept_up_to_date="yes")
        client.sign_in(Role.LEAD)
        page = client.get("/lead/targets")
        kept = client.submit(
            page, {"parent_carer-felt_listened_to": "80 %", "parent_carer-kept_up_to_date": "70"}, form="main form"
        )
        assert "Saved." in kept.one("[role=status]").text()
        assert kept.one("#parent_carer-felt_listened_to").attributes["value"] == "80"
        told = text(client.get("/lead"))
        assert "We have reached the target." in told
        assert "We have not reached the target yet." in told

    def test_it_says_what_a_target_is_and_keeps_what_was_typed(self, client: CheckingClient) -> None:
        answered(client, 20, felt_listened_to="yes")
        client.sign_in(Role.LEAD)
        page = client.submit(
            client.get("/lead/targets"), {"parent_carer-felt_listened_to": "lots"}, form="main form", status=422
        )
        assert "Write a whole number from 1 to 100, or leave it empty." in page.one(".problem-summary").text()
        assert page.one("#parent_carer-felt_listened_to").attributes["value"] == "lots"

    def test_others_read_them_only(self, client: CheckingClient) -> None:
        answered(client, 20, felt_listened_to="yes")
        client.sign_in(Role.ANALYST)
        assert not client.get("/lead/targets").tree.css("main form")
