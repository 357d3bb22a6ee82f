"""A connection that is lost while somebody answers: their words stay, and go off once when it is back."""

from __future__ import annotations

import asyncio

from playwright.async_api import Route, expect

from tests.journeys.conftest import Server, Visit
from tests.journeys.visitor import PHONE, Visitor

_KEPT = "() => Object.keys(localStorage).filter((name) => name.startsWith('answer:')).length"


async def lose_connection(visitor: Visitor, lost: bool = True) -> None:
    visitor.offline = visitor.offline or lost
    await visitor.context.set_offline(lost)


async def begin_at(visitor: Visitor, server: Server, concept: str, *, shared: bool = False) -> None:
    await visitor.begin(server.letter, shared=shared)
    await visitor.open(f"{visitor.draft}/q/{concept}")


async def press_without_connection(visitor: Visitor, step: str = "continue") -> None:
    await lose_connection(visitor)
    await visitor.page.locator(f'main button[value="{step}"]').click()
    await expect(visitor.page.get_by_role("status")).to_have_text(
        "There is no connection just now. This device keeps your answer. We go on when the connection is back."
    )


async def _only_pages(route: Route) -> None:
    if route.request.method == "POST":
        await route.abort("internetdisconnected")
    else:
        await route.continue_()


class TestALostConnection:
    async def test_words_stay_and_go_off_once(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await begin_at(visitor, server, "went_well")
        await visitor.page.locator("textarea").fill("Written under a bridge.")
        await press_without_connection(visitor)
        assert await visitor.page.locator("textarea").input_value() == "Written under a bridge."
        assert await visitor.ask(_KEPT) == 1
        await visitor.page.locator('main button[value="continue"]').click()
        # What is written after the button was pressed belongs to the answer too.
        await visitor.page.locator("textarea").press_sequentially(" It was dark.")

        await lose_connection(visitor, False)
        await visitor.page.wait_for_url("**/q/could_be_better")
        assert await visitor.ask(_KEPT) == 0
        await visitor.open(f"{visitor.draft}/check")
        await visitor.press("Send my answers")
        stored = [row["text"] for row in await asyncio.to_thread(server.answers)]
        assert stored.count("Written under a bridge. It was dark.") == 1
        assert stored.count("Written under a bridge.") == 0

    async def test_a_page_opened_again_brings_the_words_back(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await begin_at(visitor, server, "went_well")
        address = visitor.path
        await visitor.page.locator("textarea").fill("Kept over a reload.")
        await press_without_connection(visitor)
        # The page comes from the server again, but what it sends does not arrive.
        await visitor.context.route("**/q/*", _only_pages)
        await lose_connection(visitor, False)
        await visitor.open(address)
        assert await visitor.page.locator("textarea").input_value() == "Kept over a reload."
        await expect(visitor.page.get_by_role("status")).to_contain_text("There is no connection just now.")
        await visitor.context.unroute("**/q/*")
        await visitor.page.wait_for_url("**/q/could_be_better")
        assert await visitor.ask(_KEPT) == 0

    async def test_a_choice_goes_off_too(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await begin_at(visitor, server, "plan_route")
        await visitor.choose("annual_review")
        await press_without_connection(visitor)
        await lose_connection(visitor, False)
        await visitor.page.wait_for_url("**/q/reply_within_five_working_days")
        await visitor.go("back")
        assert await visitor.page.locator('input[value="annual_review"]').is_checked()

    async def test_skip_stays_skip(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await begin_at(visitor, server, "plan_route", shared=True)
        await press_without_connection(visitor, "skip")
        await lose_connection(visitor, False)
        await visitor.page.wait_for_url("**/q/reply_within_five_working_days")

    async def test_a_shared_device_keeps_nothing(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await begin_at(visitor, server, "went_well", shared=True)
        await visitor.page.locator("textarea").fill("Nobody else may read this.")
        await press_without_connection(visitor)
        assert await visitor.ask("() => localStorage.length + sessionStorage.length") == 0
        assert await visitor.page.locator("textarea").input_value() == "Nobody else may read this."
        await lose_connection(visitor, False)
        await visitor.page.wait_for_url("**/q/could_be_better")
