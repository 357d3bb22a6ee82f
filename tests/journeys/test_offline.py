"""A facilitator's tablet without a connection: asked all day, its browser killed, and every answer arrives once."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from playwright.async_api import BrowserContext, Page, Playwright, Route, async_playwright, expect

from surveys.answers import GivenAnswer
from surveys.document import OnlyIf, Question
from surveys.routing import path, still_to_come
from surveys.templates import post_ehcp
from tests.journeys.conftest import LOCALES, Server, Visit
from tests.journeys.looking import AND_SEVEN_TO_ONE, axe_finds
from tests.journeys.visitor import Visitor, say

TABLET = (1024, 768)

# Somebody who answers every question with one of its choices or with words, and sends. Only what a finger could
# press is pressed.
ANSWER = """
async ([people, words]) => {
  const soon = () => new Promise((resolve) => setTimeout(resolve));
  const until = async (selector) => {
    for (;;) {
      const found = document.querySelector(selector);
      if (found && found.offsetParent) return found;
      await soon();
    }
  };
  for (let person = 0; person < people; person += 1) {
    (await until("#begin button.button")).click();
    let asked = 0;
    while (!document.getElementById("check-form")) {
      const form = await until("form.question");
      const cards = [...form.querySelectorAll('.card input[name="answer"]:not([value="rather_not_say"])')];
      const box = form.querySelector("textarea");
      if (box) box.value = `${words} ${person}`;
      else cards[(person + asked) % cards.length].click();
      form.querySelector('[name="go"][value="continue"]').click();
      asked += 1;
    }
    document.querySelector('#check-form [value="send"]').click();
    (await until('[data-go="next"]')).click();
    await until("#begin button.button");
  }
}
"""


def offline_page(server: Server) -> str:
    return server.letter.replace("/s/", "/offline/")


@asynccontextmanager
async def tablet(playwright: Playwright, folder: Path, *, offline: bool) -> AsyncIterator[tuple[BrowserContext, Page]]:
    """A tablet whose browser keeps its profile in ``folder``."""
    context = await playwright.chromium.launch_persistent_context(
        str(folder),
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
        viewport={"width": TABLET[0], "height": TABLET[1]},
        locale=LOCALES["en"],
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    try:
        await context.set_offline(offline)
        yield context, context.pages[0]
    finally:
        try:
            await context.close()
        except Exception as problem:  # a browser that was killed cannot be closed
            assert "closed" in str(problem)  # noqa: PT017


def kill_browser(folder: Path) -> None:
    """Kills the browser that uses this profile, and no other, as an empty battery would."""
    killed = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in command and not any(part.startswith(b"--type=") for part in command):
            os.kill(int(process.name), signal.SIGKILL)
            killed += 1
    assert killed, "there was no browser to kill"


async def ready(page: Page, server: Server) -> None:
    await page.goto(f"{server.address}{offline_page(server)}?lang=en")
    await expect(page.locator("#ready")).to_have_attribute("data-ready", "yes", timeout=30_000)


async def waiting(page: Page, number: int, sent: int) -> None:
    await expect(page.locator("#counts")).to_have_attribute("data-waiting", str(number), timeout=60_000)
    await expect(page.locator("#counts")).to_have_attribute("data-sent", str(sent))


def stored(server: Server, words: str) -> Counter[str]:
    """How often each text that begins with ``words`` stands in the store, of people who answered offline."""
    with sqlite3.connect(f"file:{next(server.data.glob('*.sqlite'))}?mode=ro", uri=True) as database:
        found = database.execute(
            "SELECT a.text FROM answer a JOIN submission s ON s.id = a.submission "
            "WHERE s.mode = 'offline' AND a.concept = 'went_well' AND a.text LIKE ?",
            (f"{words}%",),
        )
        return Counter(text for (text,) in found)


class TestADayWithoutAConnection:
    async def test_200_answers_arrive_once_each_though_the_browser_is_killed(
        self, server: Server, tmp_path: Path
    ) -> None:
        async with async_playwright() as playwright:
            async with tablet(playwright, tmp_path, offline=False) as (context, page):
                await ready(page, server)
                await context.set_offline(True)
                await page.evaluate(ANSWER, [120, "Morning"])
                await waiting(page, 120, 0)
                kill_browser(tmp_path)
            async with tablet(playwright, tmp_path, offline=True) as (_, page):
                await page.goto(f"{server.address}{offline_page(server)}?lang=en")
                await waiting(page, 120, 0)
                await page.evaluate(ANSWER, [80, "Afternoon"])
                await waiting(page, 200, 0)
                kill_browser(tmp_path)
            assert not await asyncio.to_thread(stored, server, "Morning")
            lost: list[str] = []

            async def lose_the_reply(route: Route) -> None:
                # Every third answer is stored, but the tablet never hears so and sends it again.
                if route.request.method == "POST" and len(lost) < 40 and route.request.post_data not in lost:
                    lost.append(route.request.post_data or "")
                    await route.fetch()
                    await route.abort("connectionreset")
                else:
                    await route.continue_()

            async with tablet(playwright, tmp_path, offline=False) as (context, page):
                await context.route("**/offline/**", lose_the_reply)
                await page.goto(f"{server.address}{offline_page(server)}?lang=en")
                for _ in range(5):
                    await expect(page.locator("#counts")).to_contain_text("There is no connection just now.")
                    await page.locator("#send-now").click()
                lost.extend([""] * 40)
                await page.locator("#send-now").click()
                await waiting(page, 0, 200)
                await expect(page.locator("#counts")).to_contain_text("We have sent all answers.")
                assert await page.evaluate(QUEUED) == 0
        morning, afternoon = stored(server, "Morning"), stored(server, "Afternoon")
        assert (len(morning), len(afternoon)) == (120, 80)
        assert set(morning.values()) | set(afternoon.values()) == {1}


QUEUED = """
() => new Promise((resolve) => {
  const request = indexedDB.open("offline-answers");
  request.onsuccess = () => {
    const all = request.result.transaction("waiting").objectStore("waiting").getAll();
    all.onsuccess = () => resolve(all.result.length);
  };
})
"""
"""How many answers the browser's own database holds."""

ALL_TEXT = QUEUED.replace("all.result.length", "JSON.stringify(all.result)")


class TestOnAnotherPersonsTablet:
    async def _begin(self, visit: Visit, server: Server, language: str = "en", *, with_clock: bool = False) -> Visitor:
        visitor = await visit(language, TABLET)
        if with_clock:
            await visitor.page.clock.install()
        await visitor.open(f"{offline_page(server)}?lang={language}")
        await expect(visitor.page.locator("#ready")).to_have_attribute("data-ready", "yes", timeout=30_000)
        visitor.offline = True
        await visitor.context.set_offline(True)
        await visitor.page.locator("#begin button.button").click()
        return visitor

    async def _on(self, visitor: Visitor, step: str = "continue") -> None:
        await visitor.page.locator(f'form.question [name="go"][value="{step}"]').click()

    async def test_it_shows_nobody_what_another_said(self, visit: Visit, server: Server) -> None:
        visitor = await self._begin(visit, server)
        await visitor.choose("annual_review")
        await self._on(visitor)
        await visitor.page.reload()
        await expect(visitor.page.locator("h1:visible")).to_have_text("Somebody has not finished yet")
        await visitor.page.get_by_role("button", name="I am a new person").click()
        await visitor.page.locator("#begin button.button").click()
        await expect(visitor.page.locator("input:checked:visible")).to_have_count(0)
        assert "annual_review" not in await visitor.ask("() => JSON.stringify({...sessionStorage})")

    async def test_it_lets_the_same_person_go_on_without_showing_their_answers(
        self, visit: Visit, server: Server
    ) -> None:
        visitor = await self._begin(visit, server)
        await visitor.choose("annual_review")
        await self._on(visitor)
        await visitor.page.reload()
        await visitor.page.get_by_role("button", name="Go on").click()
        await expect(visitor.page.locator(".where")).to_have_text("Question 2 of 11")
        await self._on(visitor, "back")
        await expect(visitor.page.locator(".where")).to_have_text("Question 1 of 11")
        await expect(visitor.page.locator("form.question input:checked")).to_have_count(0)
        await self._on(visitor)
        await expect(visitor.page.locator(".where")).to_have_text("Question 2 of 11")

    async def test_the_way_back_shows_no_answer_and_keeps_it(self, visit: Visit, server: Server) -> None:
        visitor = await self._begin(visit, server)
        await visitor.choose("annual_review")
        await self._on(visitor)
        await expect(visitor.page.locator(".answered-before")).to_have_count(0)
        await self._on(visitor, "back")
        await expect(visitor.page.locator(".where")).to_have_text("Question 1 of 11")
        await expect(visitor.page.locator("form.question input:checked")).to_have_count(0)
        await expect(visitor.page.locator(".answered-before")).to_contain_text("You answered this before.")
        await self._on(visitor)
        await expect(visitor.page.locator(".where")).to_have_text("Question 2 of 11")
        assert "annual_review" in await visitor.ask("() => JSON.stringify({...sessionStorage})")

    async def test_a_child_who_walks_away_leaves_nothing_to_read(self, visit: Visit, server: Server) -> None:
        visitor = await self._begin(visit, server, with_clock=True)
        page, heading = visitor.page, visitor.page.locator("h1:visible")
        await visitor.choose("annual_review")
        await self._on(visitor)
        while await page.locator("textarea").count() == 0:
            await self._on(visitor, "skip")
        leaving = page.locator(".leaving")
        await page.clock.run_for(100_000)
        await page.locator("textarea").fill("Only for me.")
        await page.clock.run_for(100_000)
        await expect(leaving).to_be_hidden()
        await page.clock.run_for(90_000)
        await expect(leaving).to_be_visible()
        assert await axe_finds(visitor, AND_SEVEN_TO_ONE) == []
        await leaving.get_by_role("button", name="I am still here").click()
        await expect(page.locator("textarea")).to_have_value("Only for me.")
        await page.clock.run_for(185_000)
        await page.clock.run_for(45_000)
        await expect(heading).to_have_text("Somebody has not finished yet")
        assert "Only for me." not in await page.content()
        await page.clock.run_for(600_000)
        await page.get_by_role("button", name="Go on").click()
        await expect(page.locator("textarea")).to_have_value("")
        while await page.locator("#check-form").count() == 0:
            await self._on(visitor, "skip")
        await page.clock.run_for(230_000)
        await expect(heading).to_have_text("Somebody has not finished yet")
        await page.get_by_role("button", name="I am a new person").click()
        assert await visitor.ask("() => sessionStorage.length") == 0
        await page.clock.run_for(600_000)
        await expect(page.locator("#begin")).to_be_visible()

    async def test_it_keeps_answers_that_nobody_can_read_on_the_tablet(self, visit: Visit, server: Server) -> None:
        visitor = await self._begin(visit, server)
        while await visitor.page.locator("textarea").count() == 0:
            await self._on(visitor, "skip")
        await visitor.page.locator("textarea").fill("Only for the office.")
        await self._on(visitor)
        while await visitor.page.locator("#check-form").count() == 0:
            await self._on(visitor, "skip")
        assert "Only for the office." not in await visitor.page.locator("main").inner_text()
        await visitor.page.locator('#check-form [value="send"]').click()
        await expect(visitor.page.locator("h1:visible")).to_have_text("Thank you. We have your answers.")
        kept = await visitor.ask(ALL_TEXT)
        assert "sealed" in kept
        assert "Only for the office." not in kept
        assert await visitor.ask("() => sessionStorage.length + localStorage.length") == 0

    async def test_it_says_what_to_do_when_nothing_was_chosen(self, visit: Visit, server: Server) -> None:
        visitor = await self._begin(visit, server)
        await self._on(visitor)
        await expect(visitor.page.locator("#problem")).to_contain_text("Choose one answer, or choose Skip.")
        await self._on(visitor, "skip")
        await expect(visitor.page.locator(".where")).to_have_text("Question 2 of 10")

    @pytest.mark.parametrize("language", ["ur", "pl"])
    async def test_it_asks_in_the_readers_language_without_a_connection(
        self, visit: Visit, server: Server, language: str
    ) -> None:
        visitor = await self._begin(visit, server)
        await visitor.speak(language)
        await expect(visitor.page.locator("html")).to_have_attribute("lang", language)
        heading = visitor.page.locator("form.question h1")
        await expect(heading).to_have_text(say(language, "What kind of plan was it?"))
        await visitor.choose("annual_review")
        await self._on(visitor)
        await expect(visitor.page.locator("form.question h1")).not_to_have_text(
            say(language, "What kind of plan was it?")
        )

    @pytest.mark.parametrize("language", ["en", "ur"])
    async def test_its_pages_are_accessible(self, visit: Visit, server: Server, language: str) -> None:
        visitor = await self._begin(visit, server, language)
        for _ in range(2):
            await self._on(visitor)  # says what to do
            assert await axe_finds(visitor, AND_SEVEN_TO_ONE) == []
            await self._on(visitor, "skip")
        while await visitor.page.locator("#check-form").count() == 0:
            await self._on(visitor, "skip")
        assert await axe_finds(visitor, AND_SEVEN_TO_ONE) == []

    async def test_it_can_be_answered_with_keys_alone(self, visit: Visit, server: Server) -> None:
        visitor = await self._begin(visit, server)
        await visitor.page.keyboard.press("Tab")
        while not await visitor.ask("() => document.activeElement.matches('.card input')"):
            await visitor.page.keyboard.press("Tab")
        await visitor.page.keyboard.press("Space")
        await visitor.page.keyboard.press("Enter")
        await expect(visitor.page.locator(".where")).to_have_text("Question 2 of 11")
        assert await visitor.ask("() => document.activeElement.tagName") == "H1"


ROUTES = """
async ([questions, people]) => {
  const routing = await import("/static/scripts/offline-routing.js");
  return people.map((codes) => {
    const answers = {};
    for (const [concept, answer] of Object.entries(codes)) answers[concept] = { form: { answer } };
    const asked = routing.path(questions, answers).map((each) => each.concept);
    return [asked, asked.map((place) => routing.stillToCome(questions, answers, place))];
  });
}
"""
"""Where the tablet leads each of these people, who answered with these codes."""


class TestWhichQuestionsATabletAsks:
    async def test_it_asks_what_the_server_asks_also_of_those_who_left_a_branch(
        self, visit: Visit, server: Server
    ) -> None:
        words = {"en": "Words"}
        needs = {
            "a": (),
            "b": (OnlyIf("a", ("x",)),),
            "c": (OnlyIf("b", ("x",)),),
            "agree": (),
            "last": (OnlyIf("c", ("y",)),),
        }
        questions = tuple(
            Question(name, "consent" if name == "agree" else "single_choice", "sun", words, words, also_if=conditions)
            for name, conditions in needs.items()
        )
        document = msgspec.structs.replace(
            post_ehcp.document(lambda message: {"en": message}, ("en",)), questions=questions
        )
        codes = [("x", "y", ""), ("x", "y", ""), ("x", "y", ""), ("yes", "no", "")]
        people = [
            {name: code for name, code in zip(needs, given, strict=False) if code}
            for given in itertools.product(*codes)
        ]
        expected = []
        for given in people:
            answers = {concept: GivenAnswer("en", code=code) for concept, code in given.items()}
            asked = path(document, answers)
            more = [still_to_come(document, asked, answers, each.concept) for each in asked]
            expected.append([[each.concept for each in asked], more])
        told = [
            {"concept": each.concept, "kind": each.kind, "conditions": [[c.concept, c.codes] for c in each.conditions]}
            for each in document.questions
        ]
        visitor = await visit("en", TABLET)
        await visitor.open("/")
        assert await visitor.page.evaluate(ROUTES, [told, people]) == expected
