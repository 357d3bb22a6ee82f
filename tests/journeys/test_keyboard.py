"""The whole survey with the keyboard alone: what has the focus can be seen, and comes in the order of the page."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.journeys.conftest import Server, Visit
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

_FOCUS = """() => {
  const has = document.activeElement;
  if (!has || has === document.body) return null;
  // The box of a card is clear; its label is what people see.
  const seen = has.matches(".card input") ? has.labels[0] : has;
  const style = getComputedStyle(seen), place = seen.getBoundingClientRect();
  return {
    html: seen.outerHTML.slice(0, 100),
    name: has.name || "", value: has.value || "", tag: has.tagName,
    shows: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    column: has.closest(".display-group")?.textContent || "",
    inView: place.width > 0 && place.bottom > 0 && place.top < innerHeight,
    top: place.top + scrollY, bottom: place.bottom + scrollY,
    start: document.dir === "rtl" ? innerWidth - place.right : place.left,
  };
}"""

LONGEST = 80
"""No page has more places to stop at than this: whoever tabs further is trapped."""


async def focus(visitor: Visitor) -> dict[str, Any] | None:
    found: dict[str, Any] | None = await visitor.ask(_FOCUS)
    return found


async def tab_to(visitor: Visitor, name: str, value: str) -> None:
    for _ in range(LONGEST):
        await visitor.page.keyboard.press("Tab")
        has = await focus(visitor)
        if has and (has["name"], has["value"]) == (name, value):
            assert has["shows"]
            return
    raise AssertionError(f"the keyboard does not reach {name}={value} on {visitor.path}")


async def enter(visitor: Visitor) -> None:
    async with visitor.page.expect_event("load"):
        await visitor.page.keyboard.press("Enter")


async def stops(visitor: Visitor) -> list[dict[str, Any]]:
    """Every place that Tab stops at, from outside the page until it is outside again."""
    found: list[dict[str, Any]] = []
    for _ in range(LONGEST):
        await visitor.page.keyboard.press("Tab")
        has = await focus(visitor)
        if has is None:
            return found
        found.append(has)
    raise AssertionError(f"Tab does not leave {visitor.path}: {[each['html'] for each in found[-4:]]}")


def out_of_order(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Neighbours of which the second stands above the first, or before it in the same line.

    The groups of display settings stand in columns: there the order is checked within each group."""
    wrong = []
    for one, other in pairwise(found):
        if one["column"] and other["column"] and one["column"] != other["column"]:
            continue
        same_line = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 8
        if other["start"] < one["start"] if same_line else other["top"] < one["top"]:
            wrong.append((one["html"], other["html"]))
    return wrong


class TestTheWholeSurvey:
    @pytest.mark.parametrize("language", ["en", "ur"])
    async def test_it_needs_no_pointer(self, visit: Visit, server: Server, language: str) -> None:
        visitor = await visit(language, DESKTOP if language == "en" else PHONE)
        await visitor.open(f"{server.letter}?lang={language}")
        await tab_to(visitor, "shared_device", "yes")
        await visitor.page.keyboard.press("Space")
        assert await visitor.page.locator("#shared_device").is_checked()
        await visitor.page.keyboard.press("Space")
        await enter(visitor)
        while visitor.concept:
            concept = visitor.concept
            if await visitor.page.locator("textarea").count():
                await tab_to(visitor, "text", "")
                await visitor.page.keyboard.type("A kind voice")
                await tab_to(visitor, "go", "continue")
            else:
                cards = await visitor.page.locator(".card input").evaluate_all("all => all.map(each => each.value)")
                await tab_to(visitor, "answer", cards[0])
                await visitor.page.keyboard.press("Space")
                for card in cards[1:]:
                    await visitor.page.keyboard.press("ArrowDown")
                    has = await focus(visitor)
                    assert has is not None
                    assert (has["value"], has["shows"], has["inView"]) == (card, True, True)
            # From a card, Enter does what Continue does: never what a button of the header does.
            await enter(visitor)
            assert visitor.concept != concept
            assert await visitor.page.locator("html").get_attribute("lang") == language
        assert await visitor.page.locator(".answers dd:not(.change)").nth(8).inner_text() == "A kind voice"
        await visitor.page.locator("main").focus()
        for _ in range(LONGEST):
            await visitor.page.keyboard.press("Tab")
            if await visitor.ask("() => document.activeElement.matches('main button.button')"):
                break
        await enter(visitor)
        assert visitor.path.endswith("/receipt")

    async def test_skip_and_back_work_too(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en")
        await visitor.begin(server.letter)
        for step, concept in (
            ("skip", "reply_within_five_working_days"),
            ("skip", "kept_up_to_date"),
            ("back", "reply_within_five_working_days"),
        ):
            await tab_to(visitor, "go", step)
            await enter(visitor)
            assert visitor.concept == concept


class TestFocus:
    @pytest.mark.parametrize(
        ("language", "size"),
        [("en", PHONE), ("en", DESKTOP), ("ur", PHONE), ("ur", DESKTOP)],
        ids=["English, phone", "English, computer", "Urdu, phone", "Urdu, computer"],
    )
    async def test_it_shows_and_follows_the_page(
        self, visit: Visit, server: Server, language: str, size: tuple[int, int]
    ) -> None:
        visitor = await visit(language, size)
        await visitor.open(f"{server.letter}?lang={language}")
        pages = ["start"]
        while True:
            if "open the display settings" in pages[-1]:
                await visitor.ask("() => { document.querySelector('.display').open = true }")
            found = await stops(visitor)
            assert len(found) > 8
            assert [each["html"] for each in found if not (each["shows"] and each["inView"])] == [], pages
            assert out_of_order(found[1:]) == [], pages
            match pages[-1]:
                case "start":
                    await visitor.begin(server.letter)
                    pages.append("a question, open the display settings")
                case "a question, open the display settings":
                    for _ in found:
                        await visitor.page.keyboard.press("Shift+Tab")
                    has = await focus(visitor)
                    assert has == found[0], "the way back is as long as the way there"
                    await visitor.open(f"{visitor.draft}/q/overall_satisfaction")
                    pages.append("faces")
                case "faces":
                    await visitor.open(f"{visitor.draft}/q/went_well")
                    pages.append("words")
                case "words":
                    await visitor.answer({}, words="x")
                    await visitor.open(f"{visitor.draft}/check")
                    pages.append("check")
                case _:
                    return

    async def test_the_skip_link_goes_to_the_page(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await visitor.begin(server.letter)
        await visitor.page.keyboard.press("Tab")
        has = await focus(visitor)
        assert has is not None
        assert "skip-link" in has["html"]
        assert has["inView"]
        await visitor.page.keyboard.press("Enter")
        await visitor.page.keyboard.press("Tab")
        assert await visitor.ask("() => document.querySelector('main').contains(document.activeElement)")

    async def test_it_goes_to_what_is_wrong_after_a_problem(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await visitor.begin(server.letter)
        await visitor.page.locator(".card input").first.focus()
        await enter(visitor)
        assert await visitor.ask("() => document.activeElement.matches('.problem-summary')")
        has = await focus(visitor)
        assert has is not None
        assert has["shows"]
        await visitor.page.keyboard.press("Tab")
        await visitor.page.keyboard.press("Enter")
        assert await visitor.ask("() => document.activeElement.id") == "first-field"

    async def test_enter_in_the_box_for_words_begins_a_line(self, visit: Visit, server: Server) -> None:
        visitor = await visit("en", PHONE)
        await visitor.begin(server.letter)
        await visitor.open(f"{visitor.draft}/q/went_well")
        await visitor.page.locator("textarea").focus()
        await visitor.page.keyboard.type("One")
        await visitor.page.keyboard.press("Enter")
        await visitor.page.keyboard.type("Two")
        assert visitor.concept == "went_well"
        assert await visitor.page.locator("textarea").input_value() == "One\nTwo"

    async def test_the_display_settings_open_and_close(self, visit: Visit) -> None:
        visitor = await visit("en", PHONE)
        await visitor.open("/")
        for _ in range(LONGEST):
            await visitor.page.keyboard.press("Tab")
            if await visitor.ask("() => document.activeElement.matches('.display summary')"):
                break
        await visitor.page.keyboard.press("Enter")
        await tab_to(visitor, "display", "colours.dark")
        await visitor.page.keyboard.press("Space")
        assert await visitor.ask("() => document.documentElement.classList.contains('colours-dark')")
        has = await focus(visitor)
        assert has is not None
        assert has["value"] == "colours.dark", "the focus stays where the person is"
