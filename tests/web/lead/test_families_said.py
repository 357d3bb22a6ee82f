"""The lead's page, and how quotes get there."""

from __future__ import annotations

import re

import pytest

from tests.evidence.families import families
from tests.findings.test_by_setting import pupils
from tests.pages import CheckingClient, Page
from voice.evidence.reading import read_new_voices
from voice.people.roles import Role
from voice.web.lead.families_said import draw_ahead

ENGLISH = "A slow plan and a kind school."
URDU = "منصوبہ دیر سے ملا، اسکول مہربان تھا"


def answered(client: CheckingClient, n: int, **answers: str) -> None:
    client.unit(lambda: families(n, **answers))
    client.run(lambda: read_new_voices(client.parts.store))


def looking(client: CheckingClient) -> Page:
    client.sign_in(Role.LEAD)
    return client.get("/lead/said")


class TestTheLeadsPage:
    def test_it_says_what_will_be_here(self, client: CheckingClient) -> None:
        assert "Nobody has answered yet." in client.sign_in(Role.LEAD).text

    def test_it_shows_no_number_of_nine_families(self, client: CheckingClient) -> None:
        answered(client, 9, felt_listened_to="yes", went_well=ENGLISH)
        page = looking(client)
        assert "Fewer than 10 people answered this term." in page.text
        assert "We show no number." in page.text
        assert not re.search(r"\b9\b", page.text)
        assert not page.tree.css(".cloud, .bar")
        assert ENGLISH not in page.html

    def test_it_shows_ten_families(self, client: CheckingClient) -> None:
        answered(client, 10, felt_listened_to="yes")
        page = looking(client)
        assert "10 people answered this term." in page.text
        assert "10 in 10 families" in page.text
        assert "100% of 10 families" in page.text
        assert "Fewer than 10 people wrote something in their own words." in page.text

    def test_it_says_kindly_what_most_said_when_a_number_would_tell_who_did_not(self, client: CheckingClient) -> None:
        answered(client, 1, felt_listened_to="no")
        answered(client, 11, felt_listened_to="yes")
        page = looking(client)
        assert "Most families said so, and some did not." in page.text
        assert "12 families answered. We show no exact number" in page.text
        assert not page.tree.css(".bar")
        assert "%" not in page.one(".measures").text()

    def test_it_counts_people_and_not_comments(self, client: CheckingClient) -> None:
        answered(client, 5, went_well=ENGLISH, could_be_better=ENGLISH)
        page = looking(client)
        assert "Fewer than 10 people wrote something in their own words." in page.text
        assert not page.tree.css("table")
        answered(client, 5, went_well=ENGLISH, could_be_better=ENGLISH)
        page = client.get("/lead/said")
        assert "People wrote 20 comments. 10 people wrote them." in " ".join(page.text.split())
        assert {cell.text() for cell in page.tree.css("table.words-table td")} == {"10"}
        assert page.tree.css("table.themes tr.all td")[0].text() == "10"

    def test_it_has_clouds_with_their_words_as_tables(self, client: CheckingClient) -> None:
        answered(client, 10, went_well=ENGLISH)
        answered(client, 12, language="ur", went_well=URDU)
        page = looking(client)
        assert [cloud.attributes["lang"] for cloud in page.tree.css(".cloud")] == ["ur", "en"]
        assert len(page.tree.css(".cloud svg[role=img]")) == 2
        urdu, english = page.tree.css("table.words-table")
        assert {"school", "plan", "kind"} <= {row.text() for row in english.css("tbody th")}
        assert "اسکول" in {row.text() for row in urdu.css("tbody th")}
        assert {cell.text() for cell in urdu.css("tbody td")} == {"12"}

    def test_it_does_not_wait_for_clouds_that_were_drawn_ahead(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Nobody has said this before, and it is too short for a campaign.
        answered(client, 10, went_well="Gentle lunch, brave driver, muddy playground, cosy.")
        client.run(lambda: draw_ahead(client.parts.store, today=client.parts.today))
        monkeypatch.setattr("voice.evidence.clouds.in_another_process", None)
        assert len(looking(client).tree.css(".cloud svg[role=img]")) == 1

    def test_it_draws_no_cloud_of_two_words(self, client: CheckingClient) -> None:
        answered(client, 10, went_well="A kind school.")
        page = looking(client)
        assert not page.tree.css(".cloud")
        assert {row.text() for row in page.one("details[open] table").css("tbody th")} == {"kind", "school"}

    def test_it_keeps_the_term_when_the_language_changes(self, client: CheckingClient) -> None:
        answered(client, 10, felt_listened_to="yes")
        answered(client, 11, term="2026-summer", felt_listened_to="no")
        client.sign_in(Role.LEAD)
        page = client.get("/lead/said?term=2026-summer")
        other = page.one("a.language[hreflang=pl]").attributes["href"] or ""
        polish = client.get(str(page.url.join(other)))
        assert polish.language == "pl"
        assert polish.one(".tabs a[aria-current=true]").attributes["href"] == "?term=2026-summer"

    def test_it_does_not_know_a_term_without_answers(self, client: CheckingClient) -> None:
        answered(client, 10, felt_listened_to="yes")
        client.sign_in(Role.LEAD)
        for term in ("1999-spring", "x", ""):
            assert client.client.get(f"/lead/said?term={term}").status_code in (200, 404)
        client.get("/lead/said?term=1999-spring", status=404)

    def test_it_tells_staff_that_a_machine_drafted_the_words(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        assert not client.get("/lead?lang=en").tree.css(".draft-words")
        for language in ("ur", "pl"):
            assert client.get(f"/lead/said?lang={language}").one(".draft-words").text()

    def test_it_shows_results_by_school_and_marks_a_break(self, client: CheckingClient) -> None:
        client.unit(lambda: pupils(12, "Oak School", safe_at_school="agree"))
        client.unit(lambda: pupils(12, None, survey="my-life-young-person"))
        page = looking(client)
        assert page.one("table.settings tbody th").text() == "Oak School"
        assert page.tree.css("table.settings tbody td")[0].text() == "12"
        assert "100%" in page.one("table.settings").text()
        assert "This is a new start." in page.one(".break").text()


class TestQuotes:
    def test_it_shows_words_only_after_a_person_has_read_and_released_them(self, client: CheckingClient) -> None:
        for n in range(10):
            client.unit(lambda n=n: families(1, went_well=f"Ann{n} at Oak School was kind."))
        client.sign_in(Role.LEAD)
        assert "Quotes will be here after a person has read and released them." in client.get("/lead/said").text
        client.sign_in(Role.ANALYST)
        page = client.get("/work/quotes")
        assert "10 texts in this list." in page.text
        form = f"#{page.tree.css('article.voice')[0].css_first('h2').id}"
        voice = form.removeprefix("#voice-")
        one = f'form:has(input[value="{voice}"])'
        name = re.search(r"Ann\d", page.tree.css("blockquote")[0].text())
        assert name
        wrong = client.submit(page, {"go": "release"}, form=one, hide="Bob", status=422)
        assert "We could not find “Bob” in this text." in wrong.problem
        left = client.submit(page, {"go": "release"}, form=one, hide=f"{name[0].lower()}, oak school")
        assert "9 texts in this list." in left.text
        second = client.submit(left, {"go": "private"}, form="article.voice:first-of-type > form")
        assert "8 texts in this list." in second.text
        client.sign_in(Role.LEAD)
        lead = client.get("/lead/said")
        assert [quote.text() for quote in lead.tree.css("blockquote")] == ["[name] at [school or place] was kind."]
        assert "ann" not in lead.one("main").html.lower().replace("annual", "").replace("cannot", "")

    def test_it_knows_no_voice_that_is_not_there(self, client: CheckingClient) -> None:
        client.sign_in(Role.ANALYST)
        client.get("/work/quotes")
        token = client.client.cookies["csrf"]
        for voice in ("", "x", "00000000-0000-0000-0000-000000000000"):
            client.post("/work/quotes", {"_csrf_token": token, "voice": voice, "go": "release"}, status=404)
