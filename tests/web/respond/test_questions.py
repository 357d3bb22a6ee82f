"""One question a page: what each button does, and what becomes of answers that cannot be kept."""

from __future__ import annotations

import pytest

from surveys import identity
from surveys.publishing import open_round, publish
from surveys.templates import post_ehcp
from tests.pages import BACK, CONTINUE, SKIP, CheckingClient, Page, draft_of
from voice.languages import LANGUAGES, words

FORM = "#page-form"


class TestContinuing:
    def test_it_keeps_the_answer_and_goes_on(self, client: CheckingClient, link: str) -> None:
        first = client.begin(link)
        second = client.submit(first, CONTINUE, answer="annual_review")
        assert second.h1 == "When you got in touch, did we reply within 5 working days?"
        assert client.get(first.path).chosen == "annual_review"

    def test_it_is_what_the_enter_key_does(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        first_button = page.tree.css("button[type=submit]")[0].attributes
        assert (first_button["form"], first_button["name"], first_button["value"]) == ("page-form", "go", "continue")

    def test_it_takes_an_answer_anew(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "kept_up_to_date")
        client.submit(page, CONTINUE, answer="yes")
        client.submit(client.get(page.path), CONTINUE, answer="no")
        assert client.get(page.path).chosen == "no"

    def test_it_counts_the_end_of_a_line_once(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "went_well")
        client.submit(page, CONTINUE, text="  a\r\n" + "b" * 1998 + "  ")
        assert client.get(page.path).written == "a\n" + "b" * 1998

    def test_it_shows_words_as_words(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "went_well")
        said = "</textarea><script>alert(1)</script> & “quotes” \x00 ‮"
        check = client.submit(client.answer_all(client.submit(page, CONTINUE, text=said)))
        client.get(f"{draft_of(page)}/receipt")
        assert client.answered()["went_well"] == said.replace("\x00", "").strip()
        assert not check.tree.css("main script")


class TestAnswersThatCannotBeKept:
    @pytest.mark.parametrize(
        ("concept", "fields", "problem"),
        [
            ("plan_route", {}, "Choose one answer, or choose Skip."),
            ("plan_route", {"answer": "yes"}, "Choose one answer, or choose Skip."),
            ("kept_up_to_date", {"answer": "yes'; DROP TABLE answer"}, "Choose one answer, or choose Skip."),
            ("overall_satisfaction", {"text": "words where cards are"}, "Choose one answer, or choose Skip."),
            ("went_well", {}, "Write a few words, or choose Skip."),
            ("went_well", {"text": " \r\n\t "}, "Write a few words, or choose Skip."),
            ("went_well", {"answer": "yes"}, "Write a few words, or choose Skip."),
        ],
    )
    def test_it_says_what_to_do_and_where(
        self, client: CheckingClient, link: str, concept: str, fields: dict[str, str], problem: str
    ) -> None:
        page = client.begin_at(link, concept)
        refused = client.post(page.url, {"go": "continue", **fields}, status=422)
        assert refused.problem == problem
        assert refused.problem_field.attributes["name"] in ("answer", "text")
        assert refused.one("#problem").text(deep=True).endswith(problem)
        assert (refused.title, refused.h1) == (page.title, page.h1)
        assert client.get(page.path).text == page.text, "nothing was kept"

    def test_it_reads_a_form_without_fields_as_nothing_chosen(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        assert client.post(page.path, {}, status=422).problem == "Choose one answer, or choose Skip."

    def test_it_leaves_text_that_is_too_long_in_the_box(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "went_well")
        long = "It was long. " * 154
        refused = client.submit(page, CONTINUE, text=long, status=422)
        assert refused.problem == (
            "Your words are too long for this box. It can hold 2,000 letters. Yours has 2,001. Please make it shorter."
        )
        assert refused.written == long
        assert refused.one("textarea").attributes["aria-invalid"] == "true"
        assert client.get(page.path).written == ""

    def test_it_takes_the_longest_text_there_may_be(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "went_well")
        longest = "😀" * 2000
        client.submit(page, CONTINUE, text=longest)
        assert client.get(page.path).written == longest

    def test_it_asks_which_when_there_are_words_and_rather_not_say(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "went_well")
        refused = client.submit(page, CONTINUE, text="They rang.", answer="rather_not_say", status=422)
        assert refused.problem.startswith("You wrote words and also chose")
        assert (refused.written, refused.chosen) == ("They rang.", "rather_not_say")
        assert client.get(page.path).written == ""

    def test_it_keeps_an_earlier_answer_when_the_new_one_cannot_be_read(
        self, client: CheckingClient, link: str
    ) -> None:
        page = client.begin(link)
        client.submit(page, CONTINUE, answer="annual_review")
        client.submit(page, CONTINUE, answer="tampered", status=422)
        assert client.get(page.path).chosen == "annual_review"

    def test_it_refuses_a_form_that_is_far_too_big(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "went_well")
        refused = client.submit(page, CONTINUE, text="a" * 300_000, status=413)
        assert refused.h1 == "This is too big for us"
        assert client.get(page.path).written == ""


class TestSkipping:
    def test_it_takes_the_answer_away(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "kept_up_to_date")
        client.submit(page, CONTINUE, answer="yes")
        assert client.submit(client.get(page.path), SKIP, answer="yes").path != page.path
        assert client.get(page.path).chosen is None

    def test_it_is_as_easy_to_see_as_continue(self, client: CheckingClient, link: str) -> None:
        buttons = client.begin(link).tree.css(".buttons button")
        assert [button.text() for button in buttons] == ["Continue", "Skip", "Back"]
        assert all("button" in (button.attributes["class"] or "").split() for button in buttons)


class TestGoingBack:
    def test_it_keeps_what_was_typed(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "could_be_better")
        before = client.submit(page, BACK, text="Ring us back.")
        assert before.h1 == "What went well?"
        assert client.get(page.path).written == "Ring us back."

    def test_it_asks_for_nothing_on_a_page_left_empty(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "felt_listened_to")
        assert client.submit(page, BACK).h1 == "Did we keep you up to date?"

    def test_it_goes_from_the_first_question_to_the_first_page(self, client: CheckingClient, link: str) -> None:
        assert client.submit(client.begin(link), BACK).path == link

    def test_it_goes_round_the_question_of_the_other_route(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        client.submit(page, CONTINUE, answer="annual_review")
        listened = client.get(f"{draft_of(page)}/q/felt_listened_to")
        assert client.submit(listened, BACK).h1 == "Did your child take part in the review in their own way?"

    def test_it_keeps_of_words_that_are_too_long_what_it_can(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "went_well")
        assert client.submit(page, BACK, text="a" * 2001, answer="rather_not_say").path != page.path
        assert client.get(page.path).written == "a" * 2000

    def test_it_is_not_refused_for_half_a_date(self, client: CheckingClient, branching: str) -> None:
        page = client.submit(client.submit(client.begin(branching), CONTINUE, answer="yes"), SKIP)
        assert client.submit(page, BACK, day="3").path.endswith("question_2")
        posted = {"go": "back", "day": "3"}
        told = client.client.post(page.path, data=posted, headers={"X-Golden-Thread": "keep"})
        assert told.json()["next"].endswith("question_2")


class TestHalfAPage:
    def test_it_is_shown_as_it_stands_in_another_look_and_language(
        self, client: CheckingClient, branching: str
    ) -> None:
        page = client.submit(client.submit(client.begin(branching), CONTINUE, answer="yes"), SKIP)
        dark = client.submit(page, {"display": "colours.dark"}, day="3")
        assert dark.form()["day"] == "3"
        assert not dark.tree.css(".problem-summary")
        assert "colours-dark" in (dark.one("html").attributes["class"] or "").split()
        assert "colours-dark" in client.client.cookies["display"]
        assert client.submit(dark, {"language": "en"}).form()["day"] == "3"


class TestAnotherLanguage:
    def test_it_keeps_what_was_typed_and_shows_the_page_in_that_language(
        self, client: CheckingClient, link: str
    ) -> None:
        page = client.begin_at(link, "went_well")
        urdu = client.press(page, "اردو", text="They listened.")
        assert urdu.path == page.path
        assert (urdu.language, urdu.one("html").attributes["dir"]) == ("ur", "rtl")
        assert urdu.h1 != page.h1
        assert urdu.written == "They listened."
        assert client.client.cookies["language"] == "ur"

    def test_it_keeps_what_was_chosen(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        polish = client.press(page, "Polski", answer="annual_review")
        assert (polish.language, polish.chosen) == ("pl", "annual_review")
        assert client.press(polish, "English").chosen == "annual_review"

    def test_it_changes_the_language_of_a_page_left_empty(self, client: CheckingClient, link: str) -> None:
        assert client.press(client.begin(link), "Polski").language == "pl"

    def test_it_leaves_text_in_the_language_it_was_written_in(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "went_well")
        urdu = client.press(page, "اردو", text="They listened.")
        better = client.submit(urdu, CONTINUE)
        client.submit(client.submit(better, CONTINUE, text="جلدی جواب دیں۔"), CONTINUE, answer="no")
        client.submit(client.get(f"{draft_of(page)}/check"))
        assert {row["concept"]: row["language"] for row in client.answers() if row["text"]} == {
            "went_well": "en",
            "could_be_better": "ur",
        }

    def test_it_refuses_one_that_we_do_not_speak_and_changes_nothing(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        client.submit(page, {"language": "xx"}, answer="annual_review", status=404)
        client.get(f"{page.path}?lang=xx", status=404)
        again = client.get(page.path)
        assert (again.language, again.chosen) == ("en", None)

    def test_it_stays_on_the_way_back_to_the_check_page(self, client: CheckingClient, link: str) -> None:
        check = client.answer_all(client.begin(link))
        page = client.get(f"{check.path.removesuffix('/check')}/q/went_well?from=check")
        assert client.submit(client.press(page, "Polski"), CONTINUE).path == check.path


class TestAnotherLook:
    def test_it_keeps_what_was_typed_and_remembers_the_look(self, client: CheckingClient, link: str) -> None:
        page = client.begin_at(link, "went_well")
        dark = client.submit(page, {"display": "colours.dark"}, text="They rang.")
        assert dark.path == page.path
        assert dark.written == "They rang."
        assert "colours-dark" in (dark.one("html").attributes["class"] or "").split()
        assert "colours-dark" in client.client.cookies["display"]
        assert client.client.cookies["display"].count("colours-") == 1

    def test_it_passes_over_a_look_that_there_is_not(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        same = client.submit(page, {"display": "colours.<script>"}, answer="annual_review")
        assert same.one("html").attributes["class"] == page.one("html").attributes["class"]
        assert same.chosen == "annual_review"


class TestChangingAnAnswer:
    def test_it_comes_back_to_the_check_page(self, client: CheckingClient, link: str) -> None:
        check = client.answer_all(client.begin(link))
        changes = [a.attributes["href"] or "" for a in check.tree.css(".change a")]
        assert len(changes) == 11
        for href in changes:
            page = client.get(href)
            assert client.submit(page, BACK).path == check.path
            same = {"text": page.written} if page.tree.css("textarea") else {"answer": page.chosen or ""}
            assert client.submit(page, CONTINUE, **same).path == check.path
        assert client.submit(client.get(changes[2]), SKIP).text.count("Not answered") == 1

    def test_it_comes_back_after_a_problem_too(self, client: CheckingClient, link: str) -> None:
        check = client.answer_all(client.begin(link))
        page = client.get(f"{check.path.removesuffix('/check')}/q/went_well?from=check")
        refused = client.submit(page, CONTINUE, text="", status=422)
        assert client.submit(refused, CONTINUE, text="Better now.").path == check.path

    def test_it_asks_the_question_that_a_new_route_opens_and_then_comes_back(
        self, client: CheckingClient, link: str
    ) -> None:
        check = client.answer_all(client.begin(link), plan_route="new_assessment", knew_next_steps="mostly")
        route = client.get(f"{check.path.removesuffix('/check')}/q/plan_route?from=check")
        opened = client.submit(route, CONTINUE, answer="annual_review")
        assert opened.h1 == "Did your child take part in the review in their own way?"
        check = client.submit(opened, CONTINUE, answer="a_little")
        assert check.h1 == "Check your answers"
        assert "Did you know what would happen at each step?" not in check.text
        client.submit(check)
        sent = client.answered()
        assert (sent["plan_route"], sent["child_took_part"]) == ("annual_review", "a_little")
        assert "knew_next_steps" not in sent


class TestAChangeThatOpensSeveralQuestions:
    def change(self, check: Page, client: CheckingClient, concept: str, answer: str) -> Page:
        page = client.get(f"{check.path.removesuffix('/check')}/q/{concept}?from=check")
        return client.submit(page, CONTINUE, answer=answer)

    def test_it_leads_through_all_of_them_and_those_they_open(self, client: CheckingClient, branching: str) -> None:
        page = client.submit(client.begin(branching), CONTINUE, answer="no")
        check = client.submit(page, CONTINUE, text="Last.")
        second = self.change(check, client, "question_1", "yes")
        third = client.submit(second, CONTINUE, answer="yes")
        third = client.press(third, "Large")
        fourth = client.submit(third, SKIP)
        assert [page.path.rpartition("_")[2] for page in (second, third, fourth)] == ["2", "3", "4"]
        assert client.submit(fourth, CONTINUE, text="Also.").path == check.path
        client.submit(client.get(check.path))
        assert client.answered() == {
            "question_1": "yes",
            "question_2": "yes",
            "question_4": "Also.",
            "question_5": "Last.",
        }

    def test_it_does_not_ask_again_what_was_skipped(self, client: CheckingClient, branching: str) -> None:
        second = client.submit(client.begin(branching), CONTINUE, answer="yes")
        third = client.submit(second, CONTINUE, answer="no")
        check = client.submit(client.submit(third, SKIP), SKIP)
        fourth = self.change(check, client, "question_2", "yes")
        assert fourth.path.endswith("question_4")
        assert client.submit(fourth, SKIP).path == check.path

    def test_it_passes_over_an_address_that_names_no_question(self, client: CheckingClient, branching: str) -> None:
        page = client.begin(branching)
        odd = client.get(f"{page.path}?from=check&opened=9.-1.x.٣.99999999999")
        assert client.submit(odd, CONTINUE, answer="no").h1 == "Check your answers"


class TestAChangeThatLeavesABranch:
    def test_it_sends_nothing_that_was_said_there(self, client: CheckingClient, branching: str) -> None:
        page = client.submit(client.begin(branching), CONTINUE, answer="yes")
        page = client.submit(client.submit(page, CONTINUE, answer="yes"), SKIP)
        check = client.submit(client.submit(page, CONTINUE, text="Off the way."), CONTINUE, text="Last.")
        first = client.get(f"{draft_of(page)}/q/question_1?from=check")
        check = client.submit(first, CONTINUE, answer="no")
        assert "Off the way." not in check.text
        client.submit(check)
        assert client.answered() == {"question_1": "no", "question_5": "Last."}


class TestAQuestionOfTheOtherRoute:
    def test_it_is_not_asked(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        client.submit(page, CONTINUE, answer="new_assessment")
        other = f"{draft_of(page)}/q/child_took_part"
        assert client.get(other, status=404).h1 == "We cannot find these answers"
        client.post(other, {"answer": "yes"}, status=404)
        client.get(f"{draft_of(page)}/q/no_such_question", status=404)


class TestASharedDevice:
    def begin(self, client: CheckingClient, link: str) -> Page:
        page = client.begin(link, shared_device="yes")
        client.submit(page, CONTINUE, answer="annual_review")
        client.submit(client.get(f"{draft_of(page)}/q/went_well"), CONTINUE, text="Our secret.")
        return page

    def test_it_hides_what_was_answered_before(self, client: CheckingClient, link: str) -> None:
        draft = draft_of(self.begin(client, link))
        route, words_page = client.get(f"{draft}/q/plan_route"), client.get(f"{draft}/q/went_well")
        assert route.chosen is None
        assert words_page.written == ""
        assert "We hide it because others use this device." in words_page.text
        check = client.get(f"{draft}/check")
        assert "Our secret." not in check.html
        assert "A yearly review" not in check.html
        assert check.text.count("We hide it on this device.") == 2

    def test_it_keeps_the_hidden_answer_when_the_page_is_left_as_it_is(self, client: CheckingClient, link: str) -> None:
        draft = draft_of(self.begin(client, link))
        client.submit(client.get(f"{draft}/q/plan_route"), CONTINUE)
        client.submit(client.get(f"{draft}/q/went_well"), CONTINUE)
        client.submit(client.get(f"{draft}/check"))
        assert client.answered() == {"plan_route": "annual_review", "went_well": "Our secret."}
        assert {row["mode"] for row in client.answers()} == {"shared_device"}

    def test_it_takes_another_answer(self, client: CheckingClient, link: str) -> None:
        draft = draft_of(self.begin(client, link))
        client.submit(client.get(f"{draft}/q/went_well"), CONTINUE, text="Something else.")
        client.submit(client.get(f"{draft}/check"))
        assert client.answered()["went_well"] == "Something else."

    def test_it_still_asks_for_an_answer_where_there_was_none(self, client: CheckingClient, link: str) -> None:
        draft = draft_of(self.begin(client, link))
        client.submit(client.get(f"{draft}/q/kept_up_to_date"), CONTINUE, status=422)

    def test_it_tells_the_script_to_keep_nothing_on_the_device(self, client: CheckingClient, link: str) -> None:
        shared, own = client.begin(link, shared_device="yes"), client.begin(link)
        assert shared.one(FORM).attributes["data-shared"] == "yes"
        assert own.one(FORM).attributes["data-shared"] == "no"


class TestPostsByTheScript:
    def test_it_is_told_the_next_page(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        answer = client.client.post(
            page.path, data={"go": "continue", "answer": "annual_review"}, headers={"X-Golden-Thread": "keep"}
        )
        assert answer.status_code == 200
        assert answer.json() == {"next": f"{draft_of(page)}/q/reply_within_five_working_days"}
        assert client.get(page.path).chosen == "annual_review"

    def test_it_is_told_that_the_answer_cannot_be_kept(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        answer = client.client.post(page.path, data={"go": "continue"}, headers={"X-Golden-Thread": "keep"})
        assert answer.status_code == 422
        assert answer.json() == {"problem": "nothing_chosen"}

    def test_it_is_told_to_stay_for_another_language(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        answer = client.client.post(
            page.path, data={"language": "ur", "answer": "annual_review"}, headers={"X-Golden-Thread": "keep"}
        )
        assert answer.json() == {"next": page.path}
        again = client.get(page.path)
        assert (again.language, again.chosen) == ("ur", "annual_review")


class TestKeysThatAreNotOurs:
    def test_it_finds_no_answers_under_them(self, client: CheckingClient, link: str) -> None:
        for key in ("x", "A" * 22, "%00", "..%2f..", "ę", "a" * 3000):
            for page in ("", "/q/plan_route", "/check", "/later", "/receipt"):
                assert client.get(f"{link}/{key}{page}", status=404).h1 in (
                    "We cannot find these answers",
                    "We cannot find this page",
                )
            client.post(f"{link}/{key}/q/plan_route", {"answer": "annual_review"}, status=404)
            client.post(f"{link}/{key}/check", status=404)

    def test_it_does_not_open_a_draft_through_the_link_of_another_survey(
        self, client: CheckingClient, link: str
    ) -> None:
        async def other_round() -> None:
            version = await publish(post_ehcp.document(words, tuple(LANGUAGES)), today=client.parts.today)
            await open_round(
                version, term="2026-autumn", identity_mode="anonymous", link="other", opens_on=None, closes_on=None
            )

        client.unit(other_round)
        draft = draft_of(client.begin(link))
        client.parts.rounds.__init__(client.parts.store)  # type: ignore[misc]
        elsewhere = draft.replace(link, "/s/other")
        assert client.get("/s/other").h1
        for page in ("", "/q/plan_route", "/check", "/later"):
            assert client.get(f"{elsewhere}{page}", status=404).h1 == "We cannot find these answers"
        client.post(f"{elsewhere}/q/plan_route", {"answer": "annual_review"}, status=404)
        client.post(f"{elsewhere}/check", status=404)
        assert client.get(f"{draft}/q/plan_route").chosen is None

    def test_it_makes_keys_that_differ(self) -> None:
        assert len({identity.new_key() for _ in range(100)}) == 100
