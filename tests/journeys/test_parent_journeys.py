"""A parent carer's way from the letter to the receipt, on a phone and on a computer, in three languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys.conftest import Server, Visit
from tests.journeys.visitor import DESKTOP, PHONE, Visitor, say
from voice.languages import LANGUAGES

WORDS = {
    "en": "They rang me the day they said they would.",
    "ur": "انہوں نے ہماری بات سنی اور گھر آ کر ملے۔",
    "pl": "Pani zadzwoniła tego dnia, którego obiecała.",
}
QUESTIONS = 11


class TestFromTheLetterToTheReceipt:
    @pytest.mark.parametrize(
        ("language", "size", "scripts", "route"),
        [
            pytest.param("en", PHONE, True, "new_assessment", id="English, phone"),
            pytest.param("en", DESKTOP, False, "annual_review", id="English, computer without scripts"),
            pytest.param("ur", PHONE, False, "new_assessment", id="Urdu, phone without scripts"),
            pytest.param("ur", DESKTOP, True, "annual_review", id="Urdu, computer"),
            pytest.param("pl", PHONE, True, "annual_review", id="Polish, phone"),
            pytest.param("pl", DESKTOP, True, "new_assessment", id="Polish, computer"),
        ],
    )
    async def test_it_is_one_question_after_the_other(
        self,
        visit: Visit,
        server: Server,
        tmp_path: Path,
        language: str,
        size: tuple[int, int],
        scripts: bool,
        route: str,
    ) -> None:
        # The browser asks for English; people choose their language on the page.
        visitor = await visit("en", size, scripts=scripts)
        await visitor.open(server.letter)
        if language != "en":
            await visitor.speak(language)
        html = visitor.page.locator("html")
        assert await html.get_attribute("lang") == language
        assert await html.get_attribute("dir") == LANGUAGES[language].direction
        await visitor.page.screenshot(path=tmp_path / "start.png", full_page=True)
        await visitor.press("Start")
        await visitor.page.screenshot(path=tmp_path / "question.png", full_page=True)

        headings = []
        for position in range(1, QUESTIONS + 1):
            place = say(language, "Question %(position)s of %(count)s", position=position, count=QUESTIONS)
            assert await visitor.page.locator(".where").inner_text() == place
            headings.append(await visitor.heading())
            await visitor.answer({"plan_route": route}, words=WORDS[language])
        assert len(set(headings)) == QUESTIONS

        assert await visitor.heading() == say(language, "Check your answers")
        summary = await visitor.page.locator(".answers dt").all_inner_texts()
        assert [heading.strip() for heading in summary] == headings
        assert await visitor.page.locator(".answers").get_by_text(WORDS[language], exact=True).count() == 2
        await visitor.page.screenshot(path=tmp_path / "check.png", full_page=True)
        await visitor.press("Send my answers")

        assert await visitor.heading() == say(language, "Thank you. We have your answers.")
        assert await html.get_attribute("lang") == language
        assert re.fullmatch(r"[A-Z0-9 -]{6,}", await visitor.page.locator(".reference strong").inner_text())
        assert await visitor.page.locator(".what-next li").count() == 4
        await visitor.page.screenshot(path=tmp_path / "receipt.png", full_page=True)


class TestChangingOnesMind:
    @pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
    async def test_skip_back_and_change_lose_nothing(self, visit: Visit, server: Server, scripts: bool) -> None:
        visitor = await visit("en", PHONE, scripts=scripts)
        await visitor.begin(server.letter)
        await visitor.choose("annual_review")
        await visitor.go("continue")
        await visitor.go("skip")
        assert visitor.concept == "kept_up_to_date"
        await visitor.choose("mostly")
        await visitor.go("back")
        assert visitor.concept == "reply_within_five_working_days"
        assert await visitor.page.locator(".card input:checked").count() == 0
        await visitor.choose("yes")
        await visitor.go("continue")
        assert await _chosen(visitor) == "mostly", "Back keeps what was chosen"
        await visitor.go("continue")
        while visitor.concept:
            await visitor.go("skip")
        assert await visitor.page.get_by_text("Not answered").count() == 8

        await visitor.page.get_by_role("link", name="Change Did we keep you up to date?").click()
        assert await _chosen(visitor) == "mostly"
        await visitor.choose("no")
        await visitor.go("continue")
        assert await visitor.heading() == "Check your answers"
        await visitor.page.get_by_role("link", name="Change What kind of plan was it?").click()
        await visitor.choose("new_assessment")
        await visitor.go("continue")
        assert visitor.path.endswith("/q/knew_next_steps"), "a question that the new route asks"
        await visitor.choose("a_little")
        await visitor.go("continue")
        shown = await visitor.page.locator(".answers dd:not(.change)").all_inner_texts()
        assert shown[:4] == ["Our first EHC plan", "Yes", "No", "A little"]

    @pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
    async def test_the_language_can_change_in_the_middle_of_typing(
        self, visit: Visit, server: Server, scripts: bool
    ) -> None:
        visitor = await visit("en", PHONE, scripts=scripts)
        await visitor.begin(server.letter)
        await visitor.open(f"{visitor.draft}/q/went_well")
        typed = "They listened.\nAnd then — “they” rang; <b>twice</b> & again."
        await visitor.page.locator("textarea").fill(typed)
        for language in ("ur", "pl", "en"):
            await visitor.speak(language)
            assert await visitor.page.locator("html").get_attribute("lang") == language
            assert visitor.concept == "went_well"
            assert await visitor.page.locator("textarea").input_value() == typed
            assert await visitor.page.locator("html").get_attribute("dir") == LANGUAGES[language].direction

    async def test_the_language_can_change_after_a_problem(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await visitor.begin(server.letter)
        await visitor.go("continue")
        assert await visitor.page.locator(".problem-summary").is_visible()
        await visitor.speak("pl")
        assert visitor.concept == "plan_route"
        assert await visitor.page.locator(".problem-summary").count() == 0


class TestComingBack:
    async def test_the_code_opens_the_answers_on_another_device(self, visit: Visit, server: Server) -> None:
        first = await visit("pl", PHONE)
        await first.begin(server.letter)
        await first.answer({}, words="")
        await first.choose("sometimes")
        await first.go("later")
        assert await first.heading() == say("pl", "Your answers are saved")
        code = await first.page.locator(".code").inner_text()

        second = await visit("en", DESKTOP, scripts=False)
        await second.open("/")
        await second.press("Go on with my code", "link")
        await second.page.locator("#code").fill(code.lower())
        await second.press("Continue")
        assert second.concept == "kept_up_to_date"
        assert await second.page.locator("html").get_attribute("lang") == "pl", "the draft knows its language"
        await second.go("back")
        assert await _chosen(second) == "sometimes"

    async def test_a_wrong_code_says_what_to_do(self, visit: Visit) -> None:
        visitor = await visit("ur", PHONE)
        await visitor.open("/continue")
        await visitor.page.locator("#code").fill("ABCD EFGH")
        await visitor.press("Continue")
        message = say("ur", "We do not know this code. Please check each letter and number.")
        assert await visitor.page.locator(".problem-summary a").inner_text() == message
        assert await visitor.page.locator("#code").input_value() == "ABCD EFGH"

    async def test_a_shared_device_hides_earlier_answers(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await visitor.begin(server.letter, shared=True)
        await visitor.answer({}, words="")
        await visitor.go("back")
        assert await visitor.page.locator(".card input:checked").count() == 0
        assert await visitor.page.locator(".note").is_visible()
        await visitor.open(f"{visitor.draft}/check")
        assert await visitor.page.get_by_text("Our first EHC plan").count() == 0
        await visitor.page.go_back()
        assert await visitor.page.locator(".card input:checked").count() == 0


async def _chosen(visitor: Visitor) -> str | None:
    return await visitor.page.locator(".card input:checked").get_attribute("value")
