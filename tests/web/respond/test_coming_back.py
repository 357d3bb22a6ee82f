"""Saving for later and coming back: by code, by link, in time and too late."""

from __future__ import annotations

import datetime as dt

from surveys.tables import Draft
from tests.conftest import Clock
from tests.pages import CONTINUE, CheckingClient, Page, draft_of
from voice.running.tidying import keep_tidy
from voice.web.limits import PER_MINUTE


def save(client: CheckingClient, link: str) -> tuple[str, Page]:
    """Answers one question and saves: the address of the draft, and the page that shows the code."""
    page = client.begin(link)
    second = client.submit(page, CONTINUE, answer="annual_review")
    return draft_of(page), client.submit(second, {"go": "later"}, answer="no")


def code_on(page: Page) -> str:
    return page.one(".code").text().strip()


def go_on(client: CheckingClient, code: str, *, status: int = 200) -> Page:
    return client.submit(client.get("/continue"), code=code, status=status)


def tidy(client: CheckingClient) -> None:
    client.run(lambda: keep_tidy(client.parts))


class TestSavingForLater:
    def test_it_keeps_what_stood_on_the_page(self, client: CheckingClient, link: str) -> None:
        draft, later = save(client, link)
        assert later.h1 == "Your answers are saved"
        assert client.get(f"{draft}/q/reply_within_five_working_days").chosen == "no"

    def test_it_shows_the_code_the_link_and_the_last_day(self, client: CheckingClient, link: str) -> None:
        draft, later = save(client, link)
        assert len(code_on(later).replace(" ", "")) == 8
        assert later.one("a.long-link").text() == f"http://testserver.local{draft}"
        assert "You can go on until 18 December 2026." in later.text

    def test_it_has_thirty_days_from_the_last_answer(self, client: CheckingClient, clock: Clock, link: str) -> None:
        draft, _ = save(client, link)
        clock.now += dt.timedelta(days=20)
        client.submit(client.get(f"{draft}/q/kept_up_to_date"), CONTINUE, answer="yes")
        assert "until 7 January 2027" in client.get(f"{draft}/later").text

    def test_it_shows_no_link_on_a_shared_device(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link, shared_device="yes")
        later = client.submit(page, {"go": "later"})
        assert not later.tree.css("a.long-link")
        assert code_on(later)


class TestComingBackByCode:
    def test_it_goes_on_after_the_last_answer_however_the_code_is_written(
        self, client: CheckingClient, link: str
    ) -> None:
        draft, later = save(client, link)
        code = code_on(later)
        for written in (
            code,
            code.lower(),
            " ".join(code.replace(" ", "")),
            code.replace(" ", "-") + ".",
            code.replace("0", "O").replace("1", "l"),
            code.replace("0", "o").replace("1", "I").replace("V", "u"),
        ):
            client.client.cookies.clear()
            page = go_on(client, written)
            assert draft_of(page) == draft
            assert page.h1 == "Did we keep you up to date?"

    def test_it_does_not_know_a_code_that_was_never_given(self, client: CheckingClient, link: str) -> None:
        save(client, link)
        for code in ("ABCD EFGH", "A", "0" * 400, "یہ کوڈ A", "'; --", "%s"):
            refused = go_on(client, code, status=422)
            assert refused.one("#code").attributes["value"] == code
            assert refused.problem_field.attributes["id"] == "code"
            assert refused.title.startswith("Go on with your code")

    def test_it_asks_for_a_code_when_there_is_none(self, client: CheckingClient) -> None:
        assert go_on(client, "", status=422).problem == "Write your code in the box."
        assert client.post("/continue", {}, status=422).problem == "Write your code in the box."

    def test_it_tells_apart_the_drafts_of_two_people(self, client: CheckingClient, link: str) -> None:
        (one, later_one), (two, later_two) = save(client, link), save(client, link)
        assert code_on(later_one) != code_on(later_two)
        assert draft_of(go_on(client, code_on(later_one))) == one
        assert draft_of(go_on(client, code_on(later_two))) == two

    def test_it_ends_when_the_answers_are_sent(self, client: CheckingClient, link: str) -> None:
        draft, later = save(client, link)
        client.submit(client.get(f"{draft}/check"))
        go_on(client, code_on(later), status=422)

    def test_it_asks_for_patience_after_many_tries(self, client: CheckingClient) -> None:
        for _ in range(PER_MINUTE["continue"]):
            client.client.post("/continue", data={"code": "ABCD EFGH"})
        client.client.cookies.set("language", "pl")
        page = go_on(client, "ABCD EFGH", status=429)
        assert page.language == "pl"
        assert page.h1 != "That was a lot of tries"


class TestComingBackByLink:
    def test_it_goes_on_after_the_last_answer(self, client: CheckingClient, link: str) -> None:
        draft, _ = save(client, link)
        client.client.cookies.clear()
        assert client.get(draft).h1 == "Did we keep you up to date?"

    def test_it_goes_on_in_the_language_of_the_draft(self, client: CheckingClient, link: str) -> None:
        draft = draft_of(client.begin(f"{link}?lang=pl"))
        client.client.cookies.clear()
        assert client.get(draft).language == "pl"

    def test_it_goes_to_the_check_page_when_the_last_question_is_answered(
        self, client: CheckingClient, link: str
    ) -> None:
        page = client.begin(link)
        client.answer_all(page)
        assert client.get(draft_of(page)).h1 == "Check your answers"


class TestComingBackTooLate:
    def test_it_has_ended_after_thirty_days(self, client: CheckingClient, clock: Clock, link: str) -> None:
        draft, later = save(client, link)
        clock.now += dt.timedelta(days=30)
        assert client.get(draft).h1 == "Did we keep you up to date?"
        clock.now += dt.timedelta(days=1)
        for tidied in (False, True):
            for page in ("", "/q/plan_route", "/check", "/later"):
                ended = client.get(f"{draft}{page}", status=410)
                assert ended.h1 == "Your saved answers are no longer here"
                assert ended.one("main a.button:not(.plain)").attributes["href"] == link
            client.post(f"{draft}/q/plan_route", {"answer": "annual_review"}, status=410)
            client.post(f"{draft}/check", status=410)
            assert "This code has ended." in go_on(client, code_on(later), status=410).problem
            if not tidied:
                tidy(client)

    def test_it_empties_what_was_not_sent(self, client: CheckingClient, clock: Clock, link: str) -> None:
        save(client, link)
        clock.now += dt.timedelta(days=31)
        tidy(client)
        (row,) = client.unit(Draft.select)
        assert row["answers"] == "{}"

    def test_it_leaves_drafts_alone_that_are_still_good(self, client: CheckingClient, clock: Clock, link: str) -> None:
        draft, _ = save(client, link)
        clock.now += dt.timedelta(days=30)
        tidy(client)
        assert client.get(f"{draft}/q/plan_route").chosen == "annual_review"

    def test_it_is_forgotten_in_the_end(self, client: CheckingClient, clock: Clock, link: str) -> None:
        draft, later = save(client, link)
        clock.now += dt.timedelta(days=91)
        tidy(client)
        assert client.get(draft, status=404).h1 == "We cannot find these answers"
        go_on(client, code_on(later), status=422)
        assert client.unit(Draft.count) == 0


class TestANewTerm:
    def test_it_takes_the_letter_and_what_was_begun_along(
        self, client: CheckingClient, clock: Clock, link: str
    ) -> None:
        early = client.begin(link)
        client.submit(client.answer_all(early))
        clock.now = dt.datetime(2026, 12, 30, 9, tzinfo=dt.UTC)
        draft, later = save(client, link)
        clock.now = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)
        tidy(client)
        assert client.get(f"{draft}/q/plan_route").chosen == "annual_review"
        assert draft_of(go_on(client, code_on(later))) == draft
        client.submit(client.get(f"{draft}/check"))
        client.submit(client.answer_all(client.begin(link)))
        rounds = [row["round"] for row in client.answers() if row["concept"] == "plan_route"]
        assert sorted(rounds) == ["2026-autumn", "2027-spring", "2027-spring"]
        assert client.get(f"{draft_of(early)}/receipt").h1 == "Thank you. We have your answers."
