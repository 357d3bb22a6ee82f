"""Tables that everybody may read: published by a lead, frozen, and refused where they would tell of a few."""

from __future__ import annotations

import csv
import io

from tests.evidence.families import families
from tests.findings.test_by_setting import pupils
from tests.pages import CheckingClient, Page
from voice.people.roles import Role


def compared(client: CheckingClient, by: str, concept: str) -> Page:
    return client.get(f"/lead/compare?concept={concept}&by={by}")


def publish(client: CheckingClient, by: str, concept: str, *, status: int = 200) -> Page:
    page = compared(client, by, concept)
    return client.submit(page, form='form[action="/lead/tables"]', status=status)


def rows(client: CheckingClient, page: Page) -> dict[tuple[str, str], str]:
    text = client.client.get(f"{page.path}/file").content.decode("utf-8-sig")
    return {(row[0], row[1]): row[2] for row in list(csv.reader(io.StringIO(text)))[1:]}


class TestTablesForEverybody:
    def test_a_lead_publishes_one_and_anybody_reads_it(self, client: CheckingClient) -> None:
        for setting, safe, not_safe in (("Oak School", 30, 20), ("Elm School", 25, 24), ("Ash School", 40, 3)):
            client.unit(lambda setting=setting, n=safe: pupils(n, setting, safe_at_school="agree"))  # type: ignore[misc]
            client.unit(lambda setting=setting, n=not_safe: pupils(n, setting, safe_at_school="disagree"))  # type: ignore[misc]
        client.sign_in(Role.LEAD)
        made = publish(client, "setting", "safe_at_school")
        assert made.path.startswith("/tables/")
        client.client.cookies.clear()
        seen = client.get(made.path)
        assert "I feel safe at school." in seen.one("h1").text()
        told = rows(client, made)
        assert told["Oak School", "said_so"] == "30"
        assert told["Ash School", "did_not"] == ""
        assert told["Total", "Total"] == "142"
        hidden = sum(count == "" for count in told.values())
        assert hidden >= 4, "one hidden number alone would follow from the totals"

    def test_it_refuses_what_would_tell_of_the_few_who_came_since(self, client: CheckingClient) -> None:
        client.unit(lambda: families(30, felt_listened_to="yes"))
        client.unit(lambda: families(20, felt_listened_to="no"))
        client.sign_in(Role.LEAD)
        first = publish(client, "survey", "felt_listened_to")
        client.unit(lambda: families(3, felt_listened_to="no"))
        refused = publish(client, "survey", "felt_listened_to", status=409)
        assert "Since then it changed by a few people only." in refused.one(".problem-summary").text()
        assert rows(client, first)["Total", "Total"] == "50", "what was published stays"
        client.unit(lambda: families(20, felt_listened_to="no"))
        client.unit(lambda: families(20, felt_listened_to="yes"))
        again = publish(client, "survey", "felt_listened_to")
        assert rows(client, again)["Total", "Total"] == "93"
        assert len(client.get("/lead/tables").tree.css(".asked-list li")) == 2

    def test_only_those_who_agree_for_the_partnership_publish(self, client: CheckingClient) -> None:
        client.unit(lambda: families(30, felt_listened_to="yes"))
        client.sign_in(Role.ANALYST)
        page = compared(client, "survey", "felt_listened_to")
        assert not page.tree.css('form[action="/lead/tables"]')
        token = page.form('form[action="/sign-out"]')
        asked = {"concept": "felt_listened_to", "by": "survey", "term": "2026-autumn"}
        client.post("/lead/tables", {**token, **asked}, status=403)

    def test_it_does_not_know_other_questions_and_dimensions(self, client: CheckingClient) -> None:
        client.unit(lambda: families(30, felt_listened_to="yes"))
        client.sign_in(Role.LEAD)
        token = client.get("/lead/tables").form('form[action="/sign-out"]')
        for concept, by, term in (
            ("nothing", "survey", "2026-autumn"),
            ("felt_listened_to", "partner", "2026-autumn"),
            ("felt_listened_to", "survey", "1999-spring"),
        ):
            client.post("/lead/tables", {**token, "concept": concept, "by": by, "term": term}, status=404)
