"""What somebody tells us on their phone becomes a voice, after an officer has looked at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.looking import Look
from tests.journeys.visitor import PHONE, Visitor, say

WORDS = "میرا بیٹا بس میں اکیلا بیٹھتا ہے۔ مجھے 07700 900123 پر فون کریں۔"


class TestTellingUs:
    async def test_words_in_urdu_become_a_voice(
        self, visit: Visit, colleague: Callable[..., Awaitable[Visitor]], tmp_path: Path
    ) -> None:
        parent = await visit("en", PHONE, scripts=False)
        await parent.open("/")
        await parent.press("Tell us", "link")
        await parent.page.locator("#words").fill(WORDS)
        await parent.page.locator('main .languages [lang="ur"]').click()
        parent.language = "ur"
        await expect(parent.page.locator("html")).to_have_attribute("dir", "rtl")
        assert await parent.page.locator("#words").input_value() == WORDS
        await parent.page.locator("label[for=who-parent_carer]").click()
        await parent.page.locator("label[for=may-show-yes]").click()
        await parent.page.screenshot(path=tmp_path / "tell_us.png", full_page=True)
        await parent.press("Send")
        assert await parent.heading() == say("ur", "Thank you. We have your words.")

        somebody = await visit("en", PHONE)
        await somebody.open("/tell-us")
        public = Look(somebody, answering=True, colours=("dark",))
        await public("tell us")
        assert public.found == []

        officer = await colleague("officer")
        look = Look(officer, answering=False)
        for page in ("/work/drop-box", "/work/drop-box/waiting"):
            await officer.open(page)
            await look(page)
        told = officer.page.locator("article", has_text="میرا بیٹا")
        await told.get_by_role("link").click()
        await look("looking at one")
        assert look.found == []
        await expect(officer.page.locator("mark")).to_have_text("07700 900123")
        await officer.page.screenshot(path=tmp_path / "looking.png", full_page=True)
        await officer.press("Take it in")
        await expect(officer.page.locator("main")).to_contain_text("1 voice counts now.")
        await expect(officer.page.locator("article", has_text="میرا بیٹا")).to_have_count(0)
