"""What staff do, in English at a desk and in Urdu on a phone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.journeys.conftest import Server, Visit
from tests.journeys.survey_files import microsoft_forms
from tests.journeys.visitor import DESKTOP, PHONE, Visitor, say

Colleague = Callable[..., Awaitable[Visitor]]

pytestmark = pytest.mark.parametrize(
    ("language", "size"), [("en", DESKTOP), ("ur", PHONE)], ids=["English, computer", "Urdu, phone"]
)


class TestStaff:
    async def test_a_lead_reads_what_families_said(
        self, colleague: Colleague, language: str, size: tuple[int, int]
    ) -> None:
        lead = await colleague("lead", language, size=size)
        assert lead.path == "/lead"
        await lead.open(f"/lead/said?lang={language}")
        assert await lead.heading() == say(language, "What families said")
        assert await lead.page.locator(".measure").count() > 5
        assert await lead.page.locator(".themes tbody tr").count() > 3
        assert await lead.page.locator(".cloud svg").count() >= 1
        assert await lead.page.locator(".quote").count() > 0
        places = await lead.page.locator(".places a").all_inner_texts()
        assert say(language, "Read and release quotes") not in places
        drafted = say(language, "A machine wrote some of these words. People still have to check them.")
        assert await lead.page.get_by_text(drafted).count() == (0 if language == "en" else 1)
        await lead.page.locator(".tabs a").nth(1).click()
        assert await lead.page.locator(".tabs a[aria-current]").count() == 1
        assert "term=" in lead.page.url

    async def test_an_analyst_releases_a_quote_and_a_lead_sees_it(
        self, colleague: Colleague, language: str, size: tuple[int, int]
    ) -> None:
        analyst = await colleague("analyst", language, size=size)
        await analyst.open(f"/work/quotes?lang={language}")
        voice = analyst.page.locator(".voice").filter(has=analyst.page.locator("blockquote:lang(en)")).first
        text = await voice.locator("blockquote").inner_text()
        hidden = max(text.split(), key=len).strip(".,!?;:—–“”\"'")
        await voice.locator('input[name="hide"]').fill(hidden)
        await analyst.press_in(voice, "Release as a quote")
        lead = await colleague("lead", language, size=size)
        await lead.open(f"/lead/said?lang={language}")
        quotes = await lead.page.locator(".quote blockquote").all_inner_texts()
        rest = [part.strip() for part in text.split(hidden) if len(part.strip()) > 3]
        found = [quote for quote in quotes if all(part in quote for part in rest)]
        assert found
        assert hidden not in found[0]

    async def test_an_officer_brings_in_answers_from_elsewhere(
        self, colleague: Colleague, language: str, size: tuple[int, int]
    ) -> None:
        officer = await colleague("officer", language, size=size)
        await officer.open(f"/work/import?lang={language}")
        for added, known in ((3, 0), (0, 3)):
            await officer.open(f"/work/import?lang={language}")
            await officer.page.locator("#file").set_input_files(microsoft_forms(f"journey in {language}"))
            await officer.press("Look at the file")
            assert await officer.heading() == say(language, "What are the columns?")
            await officer.press("See what will happen")
            if not known:
                assert await officer.page.locator(".problem-summary").is_visible()
                await officer.page.locator('select[name^="code-"]').select_option("happy")
                await officer.page.locator("#who").select_option("parent_carer")
                await officer.press("See what will happen")
            assert await officer.heading() == say(language, "What will happen")
            assert await officer.page.locator("table").nth(1).locator("tbody tr").count() == 1
            await officer.press("Take them in")
            said = await officer.page.locator("main li").all_inner_texts()
            assert [digits(line) for line in said] == [added, known, 1]

    async def test_an_administrator_adds_a_person(
        self, colleague: Colleague, visit: Visit, language: str, size: tuple[int, int]
    ) -> None:
        administrator = await colleague("administrator", language, size=size)
        await administrator.open(f"/manage/people?lang={language}")
        email = f"reads.{language}@journeys.example"
        await administrator.page.locator("#email").fill(email)
        await administrator.page.locator("#role").select_option("lead")
        await administrator.press("Add and make a link")
        assert await administrator.page.locator("table").get_by_text(email).count() == 1
        link = await administrator.page.locator(".note .long-link").inner_text()

        added = await visit(language, size)
        await added.open(link)
        await added.press("Sign in")
        assert added.path == "/lead"
        await added.open(link)
        await added.press("Sign in")
        assert await added.page.locator(".problem-summary").is_visible(), "the link works once"

    async def test_a_mailed_link_signs_in(
        self, visit: Visit, server: Server, language: str, size: tuple[int, int]
    ) -> None:
        visitor = await visit(language, size)
        await visitor.open(f"/sign-in?lang={language}")
        await visitor.page.locator("#email").fill("analyst@millbrook-vale.example")
        await visitor.press("Send me a link")
        await visitor.press("Show the e-mail (only on this development machine)", "link")
        await visitor.page.locator(".letter-text a").first.click()
        assert await visitor.heading() == say(language, "Welcome back")
        await visitor.press("Sign in")
        assert visitor.path == "/work/quotes"
        await visitor.page.locator(".who button").click()
        assert visitor.path == "/sign-in"
        await visitor.open("/work/quotes")
        assert await visitor.heading() == say(language, "Please sign in first")


def digits(text: str) -> int:
    return int("".join(letter for letter in text if letter.isdecimal()))
