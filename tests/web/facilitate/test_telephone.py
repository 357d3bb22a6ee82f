"""Answers of somebody on the phone, entered by a member of staff and not tied to either of them."""

from __future__ import annotations

from surveys.tables import Submission
from tests.pages import CheckingClient, Page
from voice.people.roles import Role


def call(client: CheckingClient, *, status: int = 200, **fields: str) -> Page:
    client.sign_in(Role.FACILITATOR)
    return client.submit(client.get("/work/telephone"), status=status, **fields)


class TestACall:
    def test_it_asks_in_the_language_of_the_call(self, client: CheckingClient, link: str) -> None:
        page = call(client, answers_in="pl")
        assert page.language == "pl"
        assert page.path.startswith(link)
        assert page.tree.css(".on-the-phone")

    def test_it_stores_the_mode_and_whose_words_they_are(self, client: CheckingClient, link: str) -> None:
        receipt = client.submit(client.answer_all(call(client, answers_in="en", said_by="proxy")))
        [stored] = client.unit(lambda: Submission.select())
        assert (stored["mode"], stored["said_by"], stored["setting"]) == ("telephone", "proxy", None)
        assert receipt.one(".next-person a").attributes["href"] == "/work/telephone"

    def test_it_shows_what_was_said_so_far(self, client: CheckingClient, link: str) -> None:
        page = call(client, answers_in="en")
        second = client.submit(page, {"go": "continue"}, answer="annual_review")
        assert client.submit(second, {"go": "back"}).chosen == "annual_review"

    def test_it_asks_for_the_survey_and_the_language(self, client: CheckingClient, link: str) -> None:
        assert "Choose a survey" in call(client, status=422, round="none").problem
        assert "Choose another one" in call(client, status=422, answers_in="xx").problem


class TestPoster:
    def test_it_leads_to_the_survey_in_every_language(self, client: CheckingClient, link: str) -> None:
        client.sign_in(Role.OFFICER)
        for language in ("en", "ur", "pl"):
            page = client.get(f"/work/surveys{link.removeprefix('/s')}/poster?lang={language}")
            assert page.one(".poster").attributes["lang"] == language
            assert page.one(".insert-code svg")
