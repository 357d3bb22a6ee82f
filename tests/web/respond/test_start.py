"""The first page of a survey, and beginning to answer."""

from __future__ import annotations

import datetime as dt

import pytest

from surveys import drafts, identity
from surveys.drafts import DraftState
from surveys.tables import ClassSession, Draft, SurveyRound
from tests.conftest import Clock
from tests.pages import BACK, CONTINUE, CheckingClient, draft_of
from voice.people.roles import Role
from voice.web import limits


def close_on(client: CheckingClient, day: dt.date) -> None:
    async def unit() -> None:
        await SurveyRound.update({SurveyRound.closes_on: day}, force=True)

    client.unit(unit)


class TestTheFirstPage:
    def test_it_says_what_a_person_wants_to_know_first(self, client: CheckingClient, link: str) -> None:
        page = client.get(link)
        assert page.h1 == "How was getting your child’s plan?"
        assert "It takes about 5 minutes." in page.text
        assert "We do not ask who you are." in page.text
        assert "The team that writes the plans reads all answers." in page.text

    def test_it_speaks_the_language_that_the_browser_wishes(self, client: CheckingClient, link: str) -> None:
        wishes = {"pl,en;q=0.5": "pl", "en;q=0.2,ur-PK;q=0.9": "ur", "cy": "en", "": "en", "ur;q=x,pl": "pl"}
        for wished, language in wishes.items():
            client.client.cookies.clear()
            assert client.get(link, headers={"Accept-Language": wished}).language == language, wished

    def test_it_remembers_a_language_that_was_chosen(self, client: CheckingClient, link: str) -> None:
        client.get(f"{link}?lang=ur")
        assert client.get(link, headers={"Accept-Language": "pl"}).language == "ur"
        assert client.get("/safe").language == "ur"

    def test_it_does_not_know_a_language_that_we_do_not_speak(self, client: CheckingClient, link: str) -> None:
        page = client.get(f"{link}?lang=tlh", status=404)
        assert page.h1 == "We do not have this page in that language"

    def test_it_says_the_problem_in_the_language_the_reader_chose(self, client: CheckingClient, link: str) -> None:
        client.get(f"{link}?lang=pl")
        page = client.get(f"{link}?lang=tlh", status=404)
        assert page.language == "pl"
        assert page.h1 != "We do not have this page in that language"


class TestWhichSurveys:
    def test_it_does_not_know_a_link_that_was_never_made(self, client: CheckingClient) -> None:
        assert client.get("/s/never-made", status=404).h1 == "We cannot find this survey"
        assert client.post("/s/never-made", {"key": identity.new_key()}, status=404).h1 == "We cannot find this survey"
        assert client.get(f"/s/never-made/{identity.new_key()}/q/plan_route", status=404)

    def test_it_is_open_on_its_last_day_and_over_on_the_next(
        self, client: CheckingClient, clock: Clock, link: str
    ) -> None:
        close_on(client, clock.now.date())
        clock.now += dt.timedelta(minutes=1)
        assert client.begin(link).h1 == "What kind of plan was it?"
        start = client.get(link)
        clock.now += dt.timedelta(days=1)
        ended = client.get(link, status=410)
        assert ended.h1 == "This survey has ended"
        assert client.submit(start, status=410).h1 == "This survey has ended"

    def test_it_says_that_a_survey_has_not_started(self, client: CheckingClient, clock: Clock, link: str) -> None:
        clock.now -= dt.timedelta(days=100)
        assert client.get(link, status=404).h1 == "This survey has not started yet"

    def test_it_lets_people_send_what_they_began_before_it_closed(
        self, client: CheckingClient, clock: Clock, link: str
    ) -> None:
        page = client.begin(link)
        close_on(client, clock.now.date())
        clock.now += dt.timedelta(days=2)
        assert client.submit(client.answer_all(page)).h1 == "Thank you. We have your answers."
        assert len(client.answered()) == 11


class TestBeginning:
    def test_it_begins_one_draft_however_often_the_form_is_sent(self, client: CheckingClient, link: str) -> None:
        start = client.get(link)
        first, second = client.submit(start), client.submit(start)
        assert first.path == second.path
        assert client.unit(Draft.count) == 1

    def test_it_gives_everybody_a_draft_of_their_own(self, client: CheckingClient, link: str) -> None:
        assert draft_of(client.begin(link)) != draft_of(client.begin(link))

    def test_it_goes_on_where_the_person_was_when_it_is_sent_again(self, client: CheckingClient, link: str) -> None:
        start = client.get(link)
        client.submit(client.submit(start), answer="annual_review")
        assert client.submit(start).h1 == "When you got in touch, did we reply within 5 working days?"

    def test_it_refuses_a_key_that_no_page_has_named(self, client: CheckingClient, link: str) -> None:
        for key in ("", "abc", "A" * 21, "A" * 23, "*" * 22, "A" * 5000, "ключ", "../../../etc/passwd"):
            assert client.post(link, {"key": key}, status=404).h1 == "We cannot find these answers"
        assert client.unit(Draft.count) == 0

    def test_it_refuses_a_form_without_fields(self, client: CheckingClient, link: str) -> None:
        client.post(link, {}, status=404)
        assert client.unit(Draft.count) == 0

    def test_it_refuses_a_language_that_we_do_not_speak(self, client: CheckingClient, link: str) -> None:
        client.submit(client.get(link), language="xx", status=404)
        assert client.unit(Draft.count) == 0

    def test_it_does_not_begin_what_was_sent(self, client: CheckingClient, link: str) -> None:
        start = client.get(link)
        client.submit(client.answer_all(client.submit(start)))
        again = client.submit(start, status=409)
        assert again.h1 == "You have sent your answers already"

    def test_it_keeps_neither_the_key_nor_the_code(self, client: CheckingClient, link: str) -> None:
        key = draft_of(client.begin(link)).rpartition("/")[2]
        code = identity.come_back_code(client.parts.secret, key)
        (row,) = client.unit(Draft.select)
        stored = " ".join(map(str, row.values()))
        bits = identity.key_bytes(key)
        assert bits is not None
        for secret in (key, code, bits.hex()):
            assert secret not in stored


class TestComingBackToTheFirstPage:
    def draft(self, client: CheckingClient) -> DraftState:
        (row,) = client.unit(Draft.select)
        state: DraftState = client.unit(lambda: drafts.load(row["id"], today=client.parts.today))
        return state

    def test_it_shows_what_was_chosen_and_keeps_what_is_chosen_now(self, client: CheckingClient, link: str) -> None:
        start = client.submit(client.begin(link), BACK)
        assert start.form()["said_by"] == "own_words"
        again = client.submit(client.submit(start, shared_device="yes", said_by="supported"), BACK)
        assert (again.form()["said_by"], again.form()["shared_device"]) == ("supported", "yes")
        draft = self.draft(client)
        assert (draft.mode, draft.shared_device, draft.said_by) == ("shared_device", True, "supported")
        client.post(again.action(), {**again.form(), "said_by": "own_words", "shared_device": "no"})
        draft = self.draft(client)
        assert (draft.mode, draft.shared_device, draft.said_by) == ("own_device", False, "own_words")

    def test_it_goes_on_in_another_language(self, client: CheckingClient, link: str) -> None:
        start = client.submit(client.begin(link), BACK)
        assert client.submit(client.submit(start, {"lang": "pl"})).language == "pl"
        assert self.draft(client).language == "pl"

    def test_it_never_shows_others_what_was_hidden(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link, shared_device="yes")
        client.submit(page, CONTINUE, answer="annual_review")
        start = client.submit(client.get(page.path), BACK)
        assert "disabled" in start.one("#shared_device").attributes
        client.post(start.action(), {"key": start.form()["key"], "language": "en"})
        assert client.get(page.path).chosen is None
        assert self.draft(client).mode == "shared_device"

    def test_it_leaves_a_class_a_class(self, client: CheckingClient, link: str) -> None:
        client.sign_in(Role.FACILITATOR)
        code = client.submit(client.get("/work/classes"), setting="Elm Tree School").one(".join-code").text().strip()
        client.client.cookies.clear()
        start = client.submit(client.submit(client.get("/class"), {"class": code}))
        start = client.submit(start, BACK)
        assert "You answer with Elm Tree School." in start.text
        assert not start.tree.css("#shared_device")
        client.submit(start, said_by="supported")
        draft = self.draft(client)
        assert (draft.mode, draft.shared_device, draft.said_by) == ("class", True, "supported")
        assert client.unit(ClassSession.select)[0]["begun"] == 1


class TestAnotherLanguageOrLookOnTheFirstPage:
    def test_it_keeps_what_was_ticked(self, client: CheckingClient, link: str) -> None:
        start = client.get(link)
        polish = client.submit(start, {"lang": "pl"}, shared_device="yes", said_by="proxy")
        dark = client.submit(polish, {"display": "colours.dark"})
        assert dark.language == "pl"
        assert "colours-dark" in (dark.one("html").attributes["class"] or "").split()
        assert (dark.form()["shared_device"], dark.form()["said_by"]) == ("yes", "proxy")
        assert "open" in dark.one("main details").attributes
        assert dark.form()["key"] != start.form()["key"]
        assert client.unit(Draft.count) == 0

    def test_it_stays_with_the_class(self, client: CheckingClient, link: str) -> None:
        client.sign_in(Role.FACILITATOR)
        code = client.submit(client.get("/work/classes"), setting="Elm Tree School").one(".join-code").text().strip()
        client.client.cookies.clear()
        start = client.submit(client.get("/class"), {"class": code})
        urdu = client.submit(start, {"lang": "ur"}, said_by="supported")
        assert "Elm Tree School" in urdu.text
        assert urdu.form()["said_by"] == "supported"

    def test_it_has_buttons_that_need_no_script(self, client: CheckingClient, link: str) -> None:
        start = client.get(link)
        for button in start.tree.css("button.language, .display-panel button"):
            assert button.attributes["form"] == "start-form"
        assert start.one("button.language[lang=ur]").attributes["name"] == "lang"
        assert not start.tree.css("a.language")


class TestGuessingTheCodeOfAClass:
    def test_wrong_codes_are_counted_wherever_they_are_tried(
        self, client: CheckingClient, link: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(limits.PER_MINUTE, "class", 60)
        client.sign_in(Role.FACILITATOR)
        right = client.submit(client.get("/work/classes"), setting="Elm Tree School").one(".join-code").text().strip()
        client.client.cookies.clear()
        raw = client.client
        for n in range(20):
            assert raw.get(f"{link}?class=WRNG{n:04}").status_code == 422
            assert raw.post(link, data={"key": identity.new_key(), "class": f"WRNG{n:04}"}).status_code == 422
            assert raw.get(f"{link}?class={right}").status_code == 200, "a right code is not counted"
            assert raw.post("/class", data={"class": f"WRNG{n:04}"}).status_code == 422
        assert client.get(f"{link}?class={right}", status=429).h1 == "That was a lot of tries"
        client.post(link, {"key": identity.new_key(), "class": right}, status=429)
        client.post("/class", {"class": right}, status=429)
        assert client.begin(link).h1 == "What kind of plan was it?", "whoever answers alone is not kept waiting"

    def test_it_is_over_after_a_minute(
        self, client: CheckingClient, clock: Clock, link: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(limits.PER_MINUTE, "class", 1)
        client.get(f"{link}?class=WRNG0000", status=422)
        client.get(f"{link}?class=WRNG0000", status=429)
        clock.now += dt.timedelta(minutes=1)
        client.get(f"{link}?class=WRNG0000", status=422)
