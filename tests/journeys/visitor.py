"""Somebody at a browser: what they press, and what their browser must never do behind their back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, ConsoleMessage, Locator, Page, Request, Response

from voice.languages import catalog

PHONE = (360, 740)
DESKTOP = (1280, 800)


def say(language: str, message: str, **filled: object) -> str:
    """The words of the interface in a language; ``message`` is what stands in English."""
    return catalog(language).gettext(message) % filled if filled else catalog(language).gettext(message)


class Visitor:
    """A page of a browser in its own context. ``complaints`` is all that should not have happened."""

    def __init__(self, context: BrowserContext, page: Page, server: str, language: str) -> None:
        self.context = context
        self.page = page
        self.server = server
        self.language = language
        self.complaints: list[str] = []
        self.offline = False
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.server}/", "data:", "blob:")):
            self.complaints.append(f"a page asked for {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            self.complaints.append(f"{response.status} for {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # A page that says what to do about a problem comes with a status of 4xx, and Chromium notes it.
        expected = r"Failed to load resource: the server responded with a status of 4\d\d"
        lost = r"Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
        if message.type == "error" and not re.match(expected, message.text):
            if self.offline and re.match(lost, message.text):
                return
            self.complaints.append(f"console on {self.page.url}: {message.text}")

    # What a person does.

    async def open(self, path: str) -> Visitor:
        await self.page.goto(path if path.startswith("http") else f"{self.server}{path}")
        return self

    async def press(self, message: str, kind: str = "button", *, first: bool = False) -> Visitor:
        """Presses what says this in the reader's language, in the main part, and waits for the page that follows."""
        return await self.press_in(self.page.locator("main"), message, kind, first=first)

    async def press_in(self, part: Locator, message: str, kind: str = "button", *, first: bool = False) -> Visitor:
        words = say(self.language, message)
        found = part.get_by_role(kind, name=words, exact=True)  # type: ignore[arg-type]
        return await self._turn(found.first if first else found)

    async def go(self, step: str) -> Visitor:
        """Presses Continue, Skip, Back or Save for later on a question, and waits for the page that follows."""
        return await self._turn(self.page.locator(f'main button[name="go"][value="{step}"]'))

    async def begin(self, letter: str, *, shared: bool = False) -> Visitor:
        await self.open(letter)
        if shared:
            await self.page.locator("#shared_device").check()
        return await self._turn(self.page.locator("main button.button:not([value=no])"))

    async def choose(self, code: str) -> Visitor:
        """Taps the card with this code: its label, which is what a finger hits."""
        await self.page.locator(f'.card:has(input[value="{code}"]) label').click()
        return self

    async def speak(self, language: str) -> Visitor:
        """Changes the language with the menu at the top of the page, or on the page itself where it stands there."""
        menu = self.page.locator(".language-menu summary")
        if await menu.count():
            await menu.click()
        await self._turn(self.page.locator(f'.languages .language[lang="{language}"]'))
        self.language = language
        return self

    async def _turn(self, button: Locator) -> Visitor:
        async with self.page.expect_event("load"):
            await button.click()
        return self

    # What a person sees.

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.server).partition("?")[0]

    @property
    def concept(self) -> str:
        """Which question is asked; empty on other pages."""
        return self.path.rpartition("/q/")[2] if "/q/" in self.path else ""

    @property
    def draft(self) -> str:
        """The link that this person could keep."""
        return self.path.rpartition("/q/")[0] or self.path.rpartition("/")[0]

    async def heading(self) -> str:
        return (await self.page.locator("h1").inner_text()).strip()

    async def answer(self, answers: Mapping[str, str], *, words: str) -> Visitor:
        """Answers the question that is asked, as ``answers`` say, else with its first choice or with ``words``."""
        if await self.page.locator("textarea").count():
            await self.page.locator("textarea").fill(answers.get(self.concept, words))
        else:
            first = await self.page.locator(".card input").first.get_attribute("value")
            await self.choose(answers.get(self.concept, first or ""))
        return await self.go("continue")

    async def devtools(self) -> CDPSession:
        return await self.context.new_cdp_session(self.page)

    async def ask(self, script: str, argument: Any = None) -> Any:
        """What a script sees on the page."""
        return await self.page.evaluate(script, argument)
