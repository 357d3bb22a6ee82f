"""An officer builds a survey, a colleague publishes and opens it, and a parent answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.journeys.conftest import Server, Visit
from tests.journeys.looking import Look
from tests.journeys.visitor import PHONE, Visitor

Colleague = Callable[..., Awaitable[Visitor]]

BUILDER = ("", "/settings", "/paths", "/add", "/questions/overall_satisfaction", "/preview", "/readiness")


async def begin(officer: Visitor, template: str) -> str:
    await officer.open("/work/builder?lang=en")
    await officer.page.locator("#from").select_option(f"template:{template}")
    await officer.press("Begin")
    return officer.path


async def in_english_alone(officer: Visitor, address: str) -> None:
    await officer.open(f"{address}/settings?lang=en")
    for box in await officer.page.locator('input[name^="language-"][type="checkbox"]').all():
        await box.set_checked(await box.get_attribute("name") == "language-en")
    await officer.page.locator("#mode-anonymous").check()
    await officer.press("Save")
    assert await officer.page.get_by_text("Saved.").count() == 1


async def give_reasons(officer: Visitor, address: str) -> None:
    """Says for everything that may stay why it does; nothing else is left then."""
    await officer.open(f"{address}/readiness?lang=en")
    while await officer.page.locator("form.reason").count():
        form = officer.page.locator("form.reason").first
        await form.locator('input[name="reason"]').fill("We looked at it together.")
        await officer.press_in(form, "Leave it")


async def order(officer: Visitor) -> list[str]:
    found: list[str] = await officer.page.locator(".question-list > li").evaluate_all("all => all.map(each => each.id)")
    return [each.removeprefix("q-") for each in found]


class TestBuilding:
    async def test_a_survey_goes_from_a_template_to_a_parent(
        self, colleague: Colleague, visit: Visit, server: Server
    ) -> None:
        officer = await colleague("officer")
        address = await begin(officer, "short-break-after")

        # A question from the bank.
        await officer.press("Add a question", "link")
        await officer.page.locator("#q").fill("help")
        await officer.press("Look in the question bank")
        async with officer.page.expect_event("load"):
            await officer.page.locator('button[name="concept"]').first.click()
        assert await officer.page.locator('[role="status"]').inner_text()
        await officer.open(f"{address}?lang=en")
        questions = await order(officer)

        # Put in order with keys alone: the focus stays on the question that was moved.
        last = questions[-1]
        await officer.page.locator(f"#up-{last}").focus()
        for places in (2, 3):
            async with officer.page.expect_event("load"):
                await officer.page.keyboard.press("Enter")
            assert (await order(officer))[-places] == last
            assert await officer.ask("() => document.activeElement.id") == f"up-{last}"
            said = officer.page.locator('[role="status"]')
            await said.filter(has_text="is now number").wait_for()

        await in_english_alone(officer, address)
        await give_reasons(officer, address)
        assert await officer.page.get_by_text("Everything is ready.").count() == 1
        await officer.press("Ask for a second look")
        assert await officer.page.get_by_role("button", name="Publish it").count() == 0

        administrator = await colleague("administrator")
        await administrator.open(f"{address}/readiness?lang=en")
        await administrator.press("Publish it")
        assert administrator.path == "/work/rounds"
        survey = (
            administrator.page.locator("article")
            .filter(has=administrator.page.locator("details form"))
            .filter(has_not=administrator.page.locator(".one-round"))
        )
        await survey.locator("summary").click()
        await administrator.press_in(survey, "Open it")
        links = await administrator.page.locator("a.long-link").all_inner_texts()

        parent = await visit("en", PHONE)
        for link in links:
            await parent.open(link)
            if server.letter not in link and await parent.heading() == "After your short break":
                break
        title = await parent.heading()
        await parent.begin(parent.path)
        asked = []
        while parent.concept:
            asked.append(parent.concept)
            await parent.go("continue" if await parent.page.locator('button[value="skip"]').count() == 0 else "skip")
        assert last in asked, f"{title} asked {asked}"

    async def test_its_pages_are_for_everybody(self, colleague: Colleague) -> None:
        officer = await colleague("officer", size=PHONE)
        address = await begin(officer, "post-ehcp")
        look = Look(officer, answering=False)
        for language in ("en", "ur"):
            officer.language = language
            for path in BUILDER:
                await officer.open(f"{address}{path}?lang={language}")
                await look(f"{path or 'the list'}")
            for path in ("/work/builder", "/work/rounds"):
                await officer.open(f"{path}?lang={language}")
                await look(path)
        assert look.found == []
