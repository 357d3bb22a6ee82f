"""How pages look is for each person to say: in two taps, on every page, with scripts and without."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Server, Visit
from tests.journeys.visitor import PHONE, Visitor
from voice.web.reader import DISPLAY

CHANGES = [f"{name}.{value}" for name, values in DISPLAY.items() for value in values[1:]]

_LOOKS = """() => {
  const html = getComputedStyle(document.documentElement), line = document.querySelector("main p");
  const picture = document.querySelector("main .symbol");
  return {
    "size.2": parseFloat(html.fontSize) / 16 == 1.15,
    "size.3": parseFloat(html.fontSize) / 16 == 1.35,
    "size.4": parseFloat(html.fontSize) / 16 == 1.6,
    "space.wide": parseFloat(getComputedStyle(line).wordSpacing) > 0,
    "colours.cream": html.backgroundColor == "rgb(246, 236, 210)",
    "colours.blue": html.backgroundColor == "rgb(220, 235, 245)",
    "colours.dark": html.backgroundColor == "rgb(23, 27, 36)",
    "pictures.fewer": !picture.checkVisibility(),
    "ruler.on": document.querySelector(".ruler-band") != null,
    "motion.off": document.documentElement.classList.contains("motion-off"),
  };
}"""


async def settle(visitor: Visitor, setting: str, *, scripts: bool) -> None:
    """Opens the panel if it is closed, and presses the button of a setting."""
    button = visitor.page.locator(f'button[name="display"][value="{setting}"]')
    if not await button.is_visible():
        await visitor.page.locator(".display summary").click()
    if scripts:
        await button.click()
        return
    async with visitor.page.expect_event("load"):
        await button.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
class TestDisplaySettings:
    async def test_each_changes_the_page_and_stays(self, visit: Visit, server: Server, scripts: bool) -> None:
        visitor = await visit("en", PHONE, scripts=scripts)
        await visitor.open(server.letter)
        # Without scripts the ruler lights the line under the pointer; there is no band to see.
        band = {"ruler.on"} if not scripts else set()
        size = ""
        for setting in CHANGES:
            await settle(visitor, setting, scripts=scripts)
            looks = await visitor.ask(_LOOKS)
            assert looks[setting] or setting in band, setting
        size, colours = CHANGES[2], "colours.dark"
        expected = {size, colours, "space.wide", "pictures.fewer", "ruler.on", "motion.off"} - band

        await visitor.begin(server.letter)
        await visitor.answer({}, words="")
        assert {name for name, is_so in (await visitor.ask(_LOOKS)).items() if is_so} == expected
        for setting in CHANGES:
            pressed = visitor.page.locator(f'button[name="display"][value="{setting}"]')
            is_last = setting not in ("size.2", "size.3", "colours.cream", "colours.blue")
            assert await pressed.get_attribute("aria-pressed") == str(is_last).lower()

    async def test_a_change_in_the_middle_of_typing_keeps_the_words(
        self, visit: Visit, server: Server, scripts: bool
    ) -> None:
        visitor = await visit("en", PHONE, scripts=scripts)
        await visitor.begin(server.letter)
        await visitor.open(f"{visitor.draft}/q/could_be_better")
        await visitor.page.locator("textarea").fill("Shorter letters.")
        await settle(visitor, "colours.cream", scripts=scripts)
        assert await visitor.page.locator("textarea").input_value() == "Shorter letters."
        assert (await visitor.ask(_LOOKS))["colours.cream"]

    async def test_going_back_to_the_first_of_each_undoes_it(self, visit: Visit, scripts: bool) -> None:
        visitor = await visit("en", PHONE, scripts=scripts)
        await visitor.open("/")
        for setting in ("size.4", "colours.dark", "size.1", "colours.paper"):
            await settle(visitor, setting, scripts=scripts)
        await visitor.open("/safe")
        assert {name for name, is_so in (await visitor.ask(_LOOKS)).items() if is_so} == set()
