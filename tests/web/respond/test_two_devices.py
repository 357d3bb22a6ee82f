"""The same answers open on two devices, by one come-back code: nobody changes unseen what the other has said."""

from __future__ import annotations

from tests.pages import BACK, CONTINUE, SKIP, CheckingClient, Page, draft_of

OPEN_ELSEWHERE = {
    "en": "Your answers are open on another phone or computer too.",
    "pl": "Państwa odpowiedzi są otwarte też na innym telefonie lub komputerze.",
}


class TestAQuestionAnsweredOnBoth:
    def test_the_second_is_told_and_both_answers_are_shown(self, client: CheckingClient, link: str) -> None:
        phone = client.begin_at(link, "went_well")
        tablet = client.get(phone.path)
        client.submit(phone, CONTINUE, text="They rang.")
        for button in (CONTINUE, BACK, {"language": "pl"}, {"display": "size.2"}, {"go": "later"}):
            told = client.submit(tablet, button, text="They came.", status=409)
            assert told.problem.startswith(OPEN_ELSEWHERE[told.language])
            assert told.written == "They came."
            assert "They rang." in told.one(".note").text()
            assert client.get(phone.path).written == "They rang."
        client.submit(told, CONTINUE)
        assert client.get(phone.path).written == "They came."

    def test_a_card_is_as_words_are(self, client: CheckingClient, link: str) -> None:
        phone = client.begin(link)
        tablet = client.get(phone.path)
        client.submit(phone, CONTINUE, answer="annual_review")
        told = client.submit(tablet, CONTINUE, answer="new_assessment", status=409)
        assert "A yearly review of a plan we had" in told.one(".note").text()
        assert told.chosen == "new_assessment"

    def test_it_is_not_skipped_unseen(self, client: CheckingClient, link: str) -> None:
        phone = client.begin_at(link, "went_well")
        tablet = client.get(phone.path)
        client.submit(phone, CONTINUE, text="They rang.")
        told = client.submit(tablet, SKIP, status=409)
        client.submit(told, SKIP)
        assert client.get(phone.path).written == ""

    def test_a_page_half_filled_in_meanwhile_still_knows_what_it_showed(
        self, client: CheckingClient, branching: str
    ) -> None:
        third = client.submit(client.submit(client.begin(branching), CONTINUE, answer="yes"), SKIP)
        half = client.submit(third, {"display": "size.2"}, day="3")
        client.submit(third, CONTINUE, day="4", month="5", year="2020")
        client.submit(half, CONTINUE, day="3", month="5", year="2020", status=409)

    def test_saying_the_same_is_no_change(self, client: CheckingClient, link: str) -> None:
        phone = client.begin_at(link, "went_well")
        tablet = client.get(phone.path)
        client.submit(phone, CONTINUE, text="They rang.")
        assert client.submit(tablet, CONTINUE, text="They rang.").path != tablet.path

    def test_others_on_a_shared_device_do_not_see_it(self, client: CheckingClient, link: str) -> None:
        phone = client.begin_at(link, "went_well", shared_device="yes")
        tablet = client.get(phone.path)
        client.submit(phone, CONTINUE, text="They rang.")
        assert "They rang." not in client.submit(tablet, CONTINUE, text="They came.", status=409).html
        hidden = client.get(phone.path)
        assert not hidden.tree.css("input[name=seen]"), "what is hidden could be guessed from its mark"
        assert not client.get(f"{draft_of(phone)}/check").tree.css("input[name=seen]")


class TestSending:
    def half_done(self, client: CheckingClient, link: str) -> tuple[Page, Page]:
        phone = client.begin_at(link, "went_well")
        client.submit(client.get(f"{draft_of(phone)}/q/plan_route"), CONTINUE, answer="annual_review")
        return phone, client.get(f"{draft_of(phone)}/check")

    def test_nothing_is_sent_that_was_not_read(self, client: CheckingClient, link: str) -> None:
        phone, check = self.half_done(client, link)
        client.submit(phone, CONTINUE, text="They rang.")
        told = client.submit(check, status=409)
        assert told.problem.startswith("Your answers are different now.")
        assert "They rang." in told.text
        assert client.answers() == []
        client.submit(told)
        assert client.answered()["went_well"] == "They rang."

    def test_words_typed_while_the_other_sent_can_be_copied(self, client: CheckingClient, link: str) -> None:
        phone, check = self.half_done(client, link)
        client.submit(check)
        told = client.submit(phone, CONTINUE, text="They <b>rang</b>.\nTwice.", status=409)
        assert told.h1 == "You have sent your answers already"
        assert told.one(".typed").text() == "They <b>rang</b>.\nTwice."
        assert not client.get(phone.path, status=409).tree.css(".typed")

    def test_words_typed_while_the_other_stopped_can_be_copied(self, client: CheckingClient, link: str) -> None:
        phone, _ = self.half_done(client, link)
        client.post(f"{draft_of(phone)}/stop", {"go": "throw_away"})
        assert client.submit(phone, CONTINUE, text="They rang.", status=404).one(".typed").text() == "They rang."
