"""A whole class answers on shared devices: by one code, for one day, counted and never named."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from surveys.tables import ClassSession, Submission
from tests.conftest import Clock
from tests.pages import CONTINUE, CheckingClient, Page, draft_of
from voice.people.roles import Role


def start_class(client: CheckingClient, setting: str = "Elm Tree School", *, status: int = 200) -> Page:
    client.sign_in(Role.FACILITATOR)
    return client.submit(client.get("/work/classes"), setting=setting, status=status)


def code_on(page: Page) -> str:
    return page.one(".join-code").text().strip()


def as_pupil(client: CheckingClient) -> None:
    client.client.cookies.clear()


def join(client: CheckingClient, code: str, *, status: int = 200) -> Page:
    as_pupil(client)
    return client.submit(client.get("/class"), {"class": code}, status=status)


def counts(client: CheckingClient) -> tuple[int, int]:
    [row] = client.unit(lambda: ClassSession.select())
    return row["begun"], row["sent"]


class TestStarting:
    def test_it_shows_a_code_and_a_square_that_lead_to_the_survey(self, client: CheckingClient, link: str) -> None:
        page = start_class(client)
        assert page.h1 == "Elm Tree School"
        assert len(code_on(page).replace(" ", "")) == 8
        assert page.one(".insert-code svg")
        assert page.one(".join-address").text() == "http://testserver.local/class"

    def test_it_counts_in_the_digits_of_the_language(self, client: CheckingClient, link: str) -> None:
        page = client.get(start_class(client).path, params={"lang": "bn"})
        assert [count.text() for count in page.tree.css("[data-count]")] == ["০", "০"]

    def test_it_lists_the_classes_of_today_alone(self, client: CheckingClient, clock: Clock, link: str) -> None:
        start_class(client)
        assert "Elm Tree School" in client.get("/work/classes").text
        clock.now += dt.timedelta(days=1)
        client.sign_in(Role.FACILITATOR)
        assert "Elm Tree School" not in client.get("/work/classes").text

    def test_it_asks_for_the_school(self, client: CheckingClient, link: str) -> None:
        page = start_class(client, "  ", status=422)
        assert "Write the name of the school" in page.problem
        page = start_class(client, "x" * 121, status=422)
        assert page.one("#setting").attributes["value"] == "x" * 121

    def test_it_is_shown_to_nobody_else(self, client: CheckingClient, link: str) -> None:
        mine = start_class(client).path
        client.sign_in(Role.OFFICER)
        client.get(mine, status=404)
        client.get(f"{mine}/counts", status=404)
        client.get("/work/classes/not-an-id", status=404)


class TestJoining:
    def test_it_knows_the_code_however_it_is_written(self, client: CheckingClient, link: str) -> None:
        code = code_on(start_class(client))
        for written in (code, code.lower(), " ".join(code), code.replace("0", "o")):
            page = join(client, written)
            assert page.path == link
            assert "You answer with Elm Tree School." in page.text

    def test_it_does_not_know_other_codes(self, client: CheckingClient, link: str) -> None:
        start_class(client)
        for wrong in ("ABCD EFGH", "'; x --", "9" * 300):
            page = join(client, wrong, status=422)
            assert page.problem.startswith("We do not know this code.")
            assert page.one("#class").attributes["value"] == wrong
        assert join(client, " ", status=422).problem == "Write your code in the box."
        client.get(f"{link}?class=ABCDEFGH", status=422)

    def test_it_ends_with_the_day_or_when_the_teacher_ends_it(
        self, client: CheckingClient, clock: Clock, link: str
    ) -> None:
        page = start_class(client)
        code = code_on(page)
        ended = client.press(page, "End the class")
        assert "This class has ended." in ended.text
        assert not ended.tree.css(".join-code")
        assert join(client, code, status=410).problem.startswith("This class has ended.")
        code = code_on(start_class(client))
        clock.now += dt.timedelta(days=1)
        join(client, code, status=410)

    def test_it_refuses_to_begin_when_it_ended_meanwhile(self, client: CheckingClient, link: str) -> None:
        page = start_class(client)
        first = join(client, code_on(page))
        client.sign_in(Role.FACILITATOR)
        client.press(client.get(page.path), "End the class")
        as_pupil(client)
        client.submit(first, status=410)
        assert counts(client) == (0, 0)


class TestAnsweringTogether:
    def pupil(self, client: CheckingClient, code: str) -> Page:
        page = client.submit(join(client, code))
        return client.submit(client.answer_all(page), status=200)

    def test_it_stores_the_mode_and_the_setting_and_counts(self, client: CheckingClient, link: str) -> None:
        code = code_on(start_class(client))
        receipt = self.pupil(client, code)
        assert receipt.h1 == "Thank you. We have your answers."
        assert counts(client) == (1, 1)
        [stored] = client.unit(lambda: Submission.select())
        assert (stored["mode"], stored["setting"], stored["said_by"]) == ("class", "Elm Tree School", "own_words")

    def test_it_makes_room_for_the_next_pupil(self, client: CheckingClient, link: str) -> None:
        code = code_on(start_class(client))
        receipt = self.pupil(client, code)
        following = client.get(receipt.one(".next-person a").attributes["href"] or "")
        assert "You answer with Elm Tree School." in following.text
        client.submit(following)
        assert counts(client) == (2, 1)

    def test_it_hides_earlier_answers(self, client: CheckingClient, link: str) -> None:
        page = client.submit(join(client, code_on(start_class(client))))
        second = client.submit(page, CONTINUE, answer="annual_review")
        back = client.submit(second, {"go": "back"})
        assert back.chosen is None
        assert "You answered this before." in back.text
        assert "Answered. We hide it on this device." in client.get(f"{draft_of(page)}/check").text

    def test_it_begins_once_however_often_the_page_is_sent(self, client: CheckingClient, link: str) -> None:
        first = join(client, code_on(start_class(client)))
        client.submit(first)
        client.submit(first)
        assert counts(client) == (1, 0)

    def test_it_lets_thirty_pupils_of_one_address_begin_at_once(self, client: CheckingClient, link: str) -> None:
        code = code_on(start_class(client))
        as_pupil(client)

        def begin(_: int) -> int:
            joined = client.client.post("/class", data={"class": code}, follow_redirects=True)
            form = Page(joined).form()
            return client.client.post(link, data=form, follow_redirects=True).status_code

        with ThreadPoolExecutor(30) as pupils:
            assert list(pupils.map(begin, range(60))) == [200] * 60
        assert counts(client) == (60, 0)


class TestSharedDevice:
    def test_it_offers_the_next_person_a_fresh_start(self, client: CheckingClient, link: str) -> None:
        receipt = client.submit(client.answer_all(client.begin(link, shared_device="yes")))
        following = client.get(receipt.one(".next-person a").attributes["href"] or "")
        assert following.path == link
        assert "checked" in following.one("#shared_device").attributes

    def test_it_does_not_on_a_device_of_ones_own(self, client: CheckingClient, link: str) -> None:
        receipt = client.submit(client.answer_all(client.begin(link)))
        assert not receipt.tree.css(".next-person")


class TestWhoseWords:
    def test_it_keeps_whose_words_they_are(self, client: CheckingClient, link: str) -> None:
        for said_by in ("own_words", "supported", "proxy"):
            client.submit(client.answer_all(client.begin(link, said_by=said_by)))
        client.submit(client.answer_all(client.begin(link, said_by="somebody")))
        stored = client.unit(lambda: Submission.select())
        assert sorted(each["said_by"] for each in stored) == ["own_words", "own_words", "proxy", "supported"]
