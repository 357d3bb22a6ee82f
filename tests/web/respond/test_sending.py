"""Checking the answers, sending them once, and the receipt."""

from __future__ import annotations

import re

from surveys.tables import Draft, Submission
from tests.pages import CONTINUE, CheckingClient, draft_of


class TestChecking:
    def test_it_shows_every_answer_in_the_readers_language(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        check = client.answer_all(page, plan_route="annual_review", overall_satisfaction="very_unhappy")
        assert "A yearly review of a plan we had" in check.text
        assert "Very unhappy" in check.text
        polish = client.get(f"{check.path}?lang=pl")
        assert "Very unhappy" not in polish.text
        said = [node for node in polish.tree.css("dd[lang]") if "They rang" in node.text()]
        assert {node.attributes["lang"] for node in said} == {"en"}

    def test_it_names_the_question_in_every_change_link(self, client: CheckingClient, link: str) -> None:
        check = client.answer_all(client.begin(link))
        names = [" ".join(a.text(deep=True).split()) for a in check.tree.css(".change a")]
        assert "Change What went well?" in names
        assert len(set(names)) == 11

    def test_it_keeps_the_answers_in_the_order_of_the_survey(self, client: CheckingClient, link: str) -> None:
        draft = draft_of(client.begin(link))
        client.submit(client.get(f"{draft}/q/went_well"), CONTINUE, text="Later first.")
        client.submit(client.get(f"{draft}/q/kept_up_to_date"), CONTINUE, answer="no")
        asked = [node.text() for node in client.get(f"{draft}/check").tree.css("dt")]
        assert asked.index("Did we keep you up to date?") < asked.index("What went well?")


class TestSending:
    def test_it_stores_answers_once_and_gives_the_same_receipt(self, client: CheckingClient, link: str) -> None:
        check = client.answer_all(client.begin(link))
        first, second = client.submit(check), client.submit(check)
        assert first.path == second.path
        assert first.one(".reference strong").text() == second.one(".reference strong").text()
        assert client.unit(Submission.count) == 1
        assert len(client.answers()) == 11

    def test_it_gives_a_reference_that_can_be_read_out(self, client: CheckingClient, link: str) -> None:
        receipt = client.submit(client.answer_all(client.begin(link)))
        reference = receipt.one(".reference strong").text()
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", reference)

    def test_it_leaves_no_draft_behind(self, client: CheckingClient, link: str) -> None:
        client.submit(client.answer_all(client.begin(link)))
        assert client.unit(Draft.count) == 0

    def test_it_keeps_what_was_sent_when_somebody_goes_back_and_answers(
        self, client: CheckingClient, link: str
    ) -> None:
        page = client.begin(link)
        check = client.answer_all(page, plan_route="new_assessment")
        client.submit(check)
        refused = client.submit(page, CONTINUE, answer="annual_review", status=409)
        assert refused.h1 == "You have sent your answers already"
        receipt = client.get(refused.one("main a.button").attributes["href"] or "")
        assert receipt.h1 == "Thank you. We have your answers."
        for rest in ("", "/q/went_well", "/check", "/later"):
            client.get(f"{draft_of(page)}{rest}", status=409)
        assert client.answered()["plan_route"] == "new_assessment"

    def test_it_does_not_change_language_or_look_after_sending(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        client.submit(client.answer_all(page))
        client.submit(page, {"language": "ur"}, status=409)
        client.submit(page, {"display": "size.2"}, status=409)

    def test_it_stores_the_month_and_no_day(self, client: CheckingClient, link: str) -> None:
        client.submit(client.answer_all(client.begin(link)))
        assert {row["submitted_at"] for row in client.answers()} == {"2026-11"}
        (row,) = client.unit(Submission.select)
        assert "18" not in str(row["submitted_at"])

    def test_it_stores_nothing_by_which_the_link_could_be_found(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        key = draft_of(page).rpartition("/")[2]
        client.submit(client.answer_all(page))
        assert not [value for row in client.answers() for value in row.values() if key in value]


class TestTheReceipt:
    def test_it_says_what_happens_next(self, client: CheckingClient, link: str) -> None:
        receipt = client.submit(client.answer_all(client.begin(link)))
        assert "We read all answers each term." in receipt.text
        assert len(receipt.tree.css(".what-next li")) == 4

    def test_it_can_be_opened_again_in_each_language(self, client: CheckingClient, link: str) -> None:
        receipt = client.submit(client.answer_all(client.begin(link)))
        reference = receipt.one(".reference strong").text()
        for language in ("ur", "pl", "en"):
            again = client.get(f"{receipt.path}?lang={language}")
            assert again.language == language
            assert again.one(".reference strong").text() == reference

    def test_it_is_not_there_before_sending(self, client: CheckingClient, link: str) -> None:
        draft = draft_of(client.begin(link))
        assert client.get(f"{draft}/receipt", status=404).h1 == "We cannot find these answers"

    def test_it_does_not_know_a_language_that_we_do_not_speak(self, client: CheckingClient, link: str) -> None:
        receipt = client.submit(client.answer_all(client.begin(link)))
        client.get(f"{receipt.path}?lang=xx", status=404)
