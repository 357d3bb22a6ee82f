"""Every page in every language: axe's WCAG 2.2 AA rules, narrow, zoomed and in each colour; targets and contrast."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tests.journeys.conftest import Server, Visit
from tests.journeys.looking import Look
from tests.journeys.survey_files import microsoft_forms
from tests.journeys.visitor import Visitor

LANGUAGES = ("en", "ur", "pl")
"""One of each kind: left to right, right to left with the tallest letters, and long words. A walk takes a minute a
language, so the pages of a survey alone are looked at in all ten: see ``test_ten_languages.py``."""
SHARP = {"device_scale_factor": 2}


async def in_every_language(walk: Callable[[str], Awaitable[Look]]) -> None:
    """Walks in all languages side by side; what any of the looks found is wrong."""
    looks = await asyncio.gather(*(walk(language) for language in LANGUAGES))
    assert len({tuple(look.seen) for look in looks}) == 1, "a page was left out in one language"
    assert [complaint for look in looks for complaint in look.visitor.complaints] == []
    assert not any(look.found for look in looks), "\n".join(found for look in looks for found in look.found)


def other_colours(language: str, *chosen: str) -> tuple[str, ...]:
    """Colours are looked at once: they are the same in every language."""
    return chosen or ("cream", "blue", "dark") if language == "en" else ()


class TestPagesForPeopleWhoAnswer:
    async def test_they_are_accessible(self, visit: Visit, server: Server) -> None:
        async def walk(language: str) -> Look:
            visitor = await visit(language, **SHARP)
            look = Look(visitor, answering=True, colours=other_colours(language))
            await visitor.open(f"{server.letter}?lang={language}")
            await look("start")
            await visitor.begin(server.letter)
            link = visitor.draft
            while visitor.concept:
                await look(visitor.concept)
                if visitor.concept in ("plan_route", "overall_satisfaction", "went_well"):
                    await visitor.go("continue")
                    assert await visitor.page.locator(".problem-summary").is_visible()
                    await look(f"{visitor.concept} with a problem")
                if visitor.concept == "plan_route":
                    await visitor.ask("""() => { document.querySelector(".hard-word").open = true }""")
                    await look("a hard word explained")
                    await visitor.ask("""() => { document.querySelector(".display").open = true }""")
                    await look("display settings open")
                await visitor.answer({}, words="They rang. وہ ملے۔ Było dobrze.")
            await look("check")
            await visitor.open(f"{link}/later")
            await look("later")
            await visitor.open(f"{link}/check")
            await visitor.press("Send my answers")
            await look("receipt")
            await visitor.open(f"{link}/q/went_well")
            await look("already sent")
            assert len(look.seen) == 21
            return look

        await in_every_language(walk)

    async def test_they_are_accessible_on_a_shared_device(self, visit: Visit, server: Server) -> None:
        async def walk(language: str) -> Look:
            visitor = await visit(language, **SHARP)
            look = Look(visitor, answering=True)
            await visitor.open(f"{server.letter}?lang={language}")
            await visitor.begin(server.letter, shared=True)
            link = visitor.draft
            await visitor.open(f"{link}/check")
            await visitor.press("Send my answers")
            await look("check with nothing answered")
            await visitor.open(f"{link}/q/plan_route")
            await visitor.answer({}, words="")
            await visitor.open(f"{link}/q/plan_route")
            await look("a hidden answer")
            await visitor.open(f"{link}/later")
            await look("later on a shared device")
            return look

        await in_every_language(walk)

    async def test_pages_around_the_survey_are_accessible(self, visit: Visit, server: Server) -> None:
        async def walk(language: str) -> Look:
            visitor = await visit(language, **SHARP)
            look = Look(visitor, answering=True, colours=other_colours(language))
            for path in (
                *("/", "/safe", "/thanks-to", "/you-said", "/what-happened", "/worried"),
                *("/privacy", "/privacy?for=child", "/continue"),
            ):
                await visitor.open(f"{path}?lang={language}")
                await look(path)
            for code in ("", "ABCD EFGH"):
                await visitor.page.locator("#code").fill(code)
                await visitor.press("Continue")
                await look(f"continue with the code {code!r}")
            # The start page keeps the language on the device, and pages about problems are in that language.
            await visitor.open(f"{server.letter}?lang={language}")
            for path in ("/s/not-a-survey", "/nothing-here", f"{server.letter}/not-a-draft", "/safe?lang=xx", "/lead"):
                await visitor.open(path)
                assert await visitor.page.locator("html").get_attribute("lang") == language
                await look(f"problem at {path}")
            return look

        await in_every_language(walk)


class TestPagesForStaff:
    async def test_signing_in_is_accessible(self, visit: Visit) -> None:
        async def walk(language: str) -> Look:
            visitor = await visit(language, **SHARP)
            look = Look(visitor, answering=False, colours=other_colours(language, "dark"))
            await visitor.open(f"/sign-in?lang={language}")
            await look("sign in")
            await visitor.press("Send me a link")
            await look("sign in without an address")
            await visitor.page.locator("#email").fill("lead@millbrook-vale.example")
            await visitor.press("Send me a link")
            await look("link sent")
            await visitor.page.locator("summary.govuk-details__summary").click()
            await visitor.page.locator("#password").fill("not the right one")
            await visitor.press("Sign in with my password")
            await look("a wrong password")
            await visitor.open(f"/outbox?lang={language}")
            while not await visitor.page.locator(".letter-text a").count():  # letters go out after the answer
                await visitor.open(f"/outbox?lang={language}")
            await look("outbox")
            await visitor.page.locator(".letter-text a").first.click()
            await visitor.open(f"{visitor.path}?lang={language}")
            await look("mailed link")
            await visitor.open(f"/sign-in/once/spent?lang={language}")
            await look("a spent link")
            return look

        await in_every_language(walk)

    async def test_pages_about_trust_are_accessible(self, colleague: Callable[..., Awaitable[Visitor]]) -> None:
        pages = {
            "administrator": (
                *("/account/second-factor", "/account/work-as", "/manage/organisations", "/manage/groups"),
                *("/manage/access", "/manage/access/survey/post-ehcp"),
            ),
            "safeguarding": ("/work/worries", "/work/safeguarding", "/work/safeguarding/words/ur"),
            "governance": (
                *("/govern/audit", "/govern/audit/keeping", "/govern/requests", "/govern/confidential"),
                *("/govern/retention", "/govern/records"),
            ),
        }

        async def walk(language: str) -> Look:
            looks = []
            for role, paths in pages.items():
                visitor = await colleague(role, language, **SHARP)
                look = Look(visitor, answering=False)
                for path in paths:
                    await visitor.open(f"{path}?lang={language}")
                    await look(path)
                looks.append(look)
            assert not any(look.found for look in looks), "\n".join(found for look in looks for found in look.found)
            return looks[0]

        await in_every_language(walk)

    async def test_working_pages_are_accessible(
        self, colleague: Callable[..., Awaitable[Visitor]], server: Server
    ) -> None:
        async def walk(language: str) -> Look:
            visitor = await colleague("administrator", language, **SHARP)
            look = Look(visitor, answering=False, colours=other_colours(language, "dark"))
            for path in (
                *("/account", "/work/surveys", f"/work/surveys/{server.letter.rpartition('/')[2]}/letter"),
                *("/work/translating", "/work/translating/ar", "/work/translating/bn/import"),
                *("/work/import", "/work/quotes", "/work/quotes?show=released", "/lead", "/manage/people"),
                *("/lead/unheard", "/lead/disagreements", "/lead/packs", "/work/actions", "/work/published"),
            ):
                await visitor.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
                assert await visitor.page.locator("html").get_attribute("lang") == language
                await look(path)
            # The language chosen for one page is kept by the start page of a survey.
            await visitor.open(f"{server.letter}?lang={language}")

            await visitor.open("/account")
            await visitor.page.locator("#password").fill("short")
            await visitor.press("Save my password")
            await look("a password that is too short")

            await visitor.open("/manage/people")
            await visitor.press("Add and make a link")
            await look("people without an address")
            await visitor.page.locator("#email").fill(f"new.{language}@journeys.example")
            await visitor.press("Add and make a link")
            await look("a link for a new person")

            await visitor.open("/work/quotes")
            await visitor.page.locator('.voice input[name="hide"]').first.fill("not in this text")
            await visitor.press("Release as a quote", first=True)
            await look("words to hide that are not there")

            await visitor.open("/work/import")
            await visitor.press("Look at the file")
            await look("no file chosen")
            await visitor.page.locator("#file").set_input_files(microsoft_forms(f"for {language}"))
            await visitor.press("Look at the file")
            await look("columns")
            await visitor.press("See what will happen")
            await look("columns with a value to explain")
            await visitor.page.locator('select[name^="code-"]').select_option("happy")
            await visitor.page.locator("#who").select_option("parent_carer")
            await visitor.press("See what will happen")
            await look("preview")
            await visitor.press("Take them in")
            await look("imported")
            await visitor.open("/work/import")
            await look("files taken in before")
            return look

        await in_every_language(walk)
