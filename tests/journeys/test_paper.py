"""An officer prints a form and types in, with keys alone, what came back."""

from __future__ import annotations

import asyncio
import io

import pypdf
import pytest

from tests.journeys.conftest import Server
from tests.journeys.looking import WCAG_22_AA, axe_finds
from tests.journeys.visitor import Visitor


async def stack(officer: Visitor, server: Server) -> None:
    await officer.open(server.letter.replace("/s/", "/work/paper/"))
    await officer.press("Start a new stack")


class TestTypingWithKeysAlone:
    async def test_a_stack_of_forms_goes_in_line_by_line(self, colleague, server: Server) -> None:  # type: ignore[no-untyped-def]
        officer: Visitor = await colleague("officer")
        await stack(officer, server)
        keys = officer.page.keyboard
        for form in ("One", "Two"):
            assert await officer.ask("() => document.activeElement.name") == "who answered"
            await keys.press("Enter")
            for line in ("2", "1", "4", "", "-", "?", "1", "1", "5"):
                await keys.type(line)
                await keys.press("Enter")
            await keys.type(f"{form} on paper")
            await keys.press("Shift+Enter")
            await keys.type("second line")
            await keys.press("Enter")
            await keys.press("Enter")
            await keys.press("Enter")
            assert await officer.ask("() => document.activeElement.id") == "keep"
            async with officer.page.expect_event("load"):
                await keys.press("Enter")
        assert await officer.heading() == "Type in form 3"
        stored = [
            row
            for row in await asyncio.to_thread(server.answers)
            if (row["mode"], row["survey"]) == ("paper", "post-ehcp")
        ]
        assert {row["text"] for row in stored if row["concept"] == "went_well"} == {
            "One on paper\nsecond line",
            "Two on paper\nsecond line",
        }
        assert {row["code"] for row in stored if row["concept"] == "overall_satisfaction"} == {"very_unhappy"}
        assert {row["code"] for row in stored if row["concept"] == "child_took_part"} == {"rather_not_say"}
        assert not [row for row in stored if row["concept"] in ("knew_next_steps", "felt_listened_to")]

    @pytest.mark.parametrize("language", ["en", "ur"])
    async def test_the_pages_are_accessible(self, colleague, server: Server, language: str) -> None:  # type: ignore[no-untyped-def]
        officer: Visitor = await colleague("officer", language)
        await officer.open(f"{server.letter.replace('/s/', '/work/paper/')}?lang={language}")
        assert await axe_finds(officer, WCAG_22_AA) == []
        await officer.press("Start a new stack")
        await officer.page.locator('[name="line-plan_route"]').fill("9")
        async with officer.page.expect_event("load"):
            await officer.page.locator("#keep").click()
        assert await axe_finds(officer, WCAG_22_AA) == []

    async def test_the_form_opens_as_a_file(self, colleague, server: Server) -> None:  # type: ignore[no-untyped-def]
        officer: Visitor = await colleague("officer", "ur")
        await officer.open(server.letter.replace("/s/", "/work/paper/"))
        address = await officer.page.locator(".forms-to-print a[lang=ur]").get_attribute("href")
        answer = await officer.context.request.get(f"{server.address}{address}")
        assert len(pypdf.PdfReader(io.BytesIO(await answer.body())).pages) > 3
