"""An analyst decides on themes with the keyboard alone, takes one decision back, and sees what it brought."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from tests.journeys.visitor import Visitor

Colleague = Callable[..., Awaitable[Visitor]]


async def settled(analyst: Visitor) -> int:
    said = await analyst.page.locator(".how-far").inner_text()
    found = re.search(r"a person decided on (\d+) of", said)
    assert found, said
    return int(found[1])


async def voice(analyst: Visitor) -> str:
    return await analyst.page.locator("#coding [name=voice]").input_value()


async def go(analyst: Visitor, key: str) -> None:
    async with analyst.page.expect_event("load"):
        await analyst.page.keyboard.press(key)


class TestByKeyboardAlone:
    async def test_an_analyst_decides_on_five_texts(self, colleague: Colleague) -> None:
        analyst = await colleague("analyst")
        await analyst.open("/work/themes/coding")
        press = analyst.page.keyboard.press
        before = await settled(analyst)
        for number in range(5):
            decided = await voice(analyst)
            if number == 3:
                await press("t")
                await analyst.page.keyboard.type("Waiting")
                await press("Enter")
                assert await analyst.page.get_by_label("Waiting", exact=True).is_checked()
                await press("s")
                await press("q")
            else:
                await press("a" if await analyst.page.locator("#theme-1").count() else "n")
            await go(analyst, "Enter")
            assert await settled(analyst) == before + number + 1
            assert await voice(analyst) != decided
        assert "Kept:" in await analyst.page.locator(".done").inner_text()
        await go(analyst, "z")
        assert (await voice(analyst), await settled(analyst)) == (decided, before + 4)
        await press("n")
        await go(analyst, "Enter")
        assert await settled(analyst) == before + 5
        assert "No theme fits" in await analyst.page.locator(".done").inner_text()
        gain = await analyst.page.locator(".gain").inner_text()
        assert "the machine had the themes just right in" in gain

        await press("?")
        await press("Tab")
        await press("Space")
        await press("n")
        assert not await analyst.page.locator("#none").is_checked(), "the keys are switched off"
        await analyst.open("/work/themes/coding")
        assert not await analyst.page.locator("#keys-on").is_checked()
