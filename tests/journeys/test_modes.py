"""Other ways to answer: a class by its code, a tablet that makes room for the next person, somebody on the phone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.journeys.conftest import Server, Visit
from tests.journeys.visitor import PHONE, Visitor

TABLET = (1024, 768)
WORDS = "The bus was on time all week and the driver knew my name."

Colleague = Callable[..., Awaitable[Visitor]]


async def answer_everything(visitor: Visitor) -> Visitor:
    while visitor.concept:
        await visitor.answer({}, words=WORDS)
    return await visitor.press("Send my answers")


async def choose_survey(visitor: Visitor) -> None:
    """The survey of the letter, among all that are open."""
    letter = visitor.page.locator("#round option", has_text="How was getting your child’s plan?").first
    await visitor.page.locator("#round").select_option(await letter.get_attribute("value"))


async def start_class(teacher: Visitor, setting: str) -> str:
    await teacher.open("/work/classes")
    await choose_survey(teacher)
    await teacher.page.locator("#setting").fill(setting)
    await teacher.press("Start the class")
    return await teacher.page.locator(".join-code").inner_text()


async def join(pupil: Visitor, code: str) -> Visitor:
    await pupil.open("/class")
    await pupil.page.locator("#class").fill(code.lower())
    await pupil.press("Continue")
    return await pupil.press("Start")


class TestAClass:
    async def test_pupils_answer_by_a_code_and_the_teacher_sees_how_many(
        self, visit: Visit, colleague: Colleague, server: Server
    ) -> None:
        teacher = await colleague("facilitator", size=TABLET)
        code = await start_class(teacher, "Journey Lane School")
        with_script, without = await visit(size=TABLET), await visit(size=TABLET, scripts=False)
        await join(with_script, code)
        await join(without, code)
        await expect(teacher.page.locator('[data-count="begun"]')).to_have_text("2", timeout=10_000)
        for pupil in (with_script, without):
            await answer_everything(pupil)
            assert await pupil.heading() == "Thank you. We have your answers."
        await expect(teacher.page.locator('[data-count="sent"]')).to_have_text("2", timeout=10_000)

        await without.press("Next person", "link")
        assert "You answer with Journey Lane School." in await without.page.locator("main").inner_text()
        await teacher.press("End the class")
        await without.press("Start")
        assert await without.page.locator(".problem-summary").is_visible()
        modes = [row["mode"] for row in server.answers() if row["text"] == WORDS]
        assert modes.count("class") == 4

    async def test_a_page_nobody_touches_makes_room_for_the_next_pupil(
        self, visit: Visit, colleague: Colleague
    ) -> None:
        code = await start_class(await colleague("facilitator"), "Quiet Hill School")
        pupil = await visit(size=TABLET)
        await pupil.page.clock.install()
        await join(pupil, code)
        await pupil.choose("annual_review")
        await pupil.page.clock.run_for(185_000)
        leaving = pupil.page.locator(".leaving")
        await expect(leaving).to_be_visible()
        await leaving.get_by_role("button", name="I am still here").click()
        await expect(leaving).to_be_hidden()
        await pupil.page.clock.run_for(185_000)
        await expect(leaving).to_be_visible()
        async with pupil.page.expect_event("load"):
            await pupil.page.clock.run_for(45_000)
        assert await pupil.heading() == "How was getting your child’s plan?"
        await pupil.page.go_back()
        assert "/q/" not in pupil.path, "the way back leads to somebody else's question"


class TestASharedTablet:
    async def test_it_is_ready_for_the_next_person_after_the_receipt(self, visit: Visit, server: Server) -> None:
        visitor = await visit(size=TABLET)
        await visitor.page.clock.install()
        await visitor.begin(server.letter, shared=True)
        await answer_everything(visitor)
        await expect(visitor.page.locator(".leaving")).to_be_visible()
        async with visitor.page.expect_event("load"):
            await visitor.page.clock.run_for(45_000)
        assert visitor.path == server.letter
        assert await visitor.page.locator("#shared_device").is_checked()


class TestWithHelp:
    async def test_it_is_said_on_the_first_page(self, visit: Visit, server: Server) -> None:
        visitor = await visit(size=PHONE)
        await visitor.open(server.letter)
        await visitor.page.locator(".start summary").press("Enter")
        await visitor.choose("supported")
        await visitor.press("Start")
        while visitor.concept:
            await visitor.answer({}, words="My sister read it to me.")
        await visitor.press("Send my answers")
        told = {row["said_by"] for row in server.answers() if row["text"] == "My sister read it to me."}
        assert told == {"supported"}


class TestOnThePhone:
    async def test_a_colleague_reads_out_and_enters(self, colleague: Colleague, server: Server) -> None:
        officer = await colleague("officer")
        await officer.open("/work/telephone")
        await choose_survey(officer)
        await officer.page.locator("#said-by-proxy").check()
        await officer.press("Start")
        first = officer.page.locator(".card .spoken").first
        number = await first.evaluate("card => getComputedStyle(card, '::before').content")
        assert "counter(option)" in number, "the choices have numbers to read out"
        while officer.concept:
            await officer.answer({}, words="She said it on the phone.")
        await officer.press("Send my answers")
        await officer.press("Next person", "link")
        assert await officer.heading() == "Somebody on the phone"
        rows = [row for row in server.answers() if row["text"] == "She said it on the phone."]
        assert {(row["mode"], row["said_by"]) for row in rows} == {("telephone", "proxy")}
