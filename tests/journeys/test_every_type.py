"""Every kind of question answered with the keyboard alone, with scripts and without."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.looking import Look
from tests.journeys.serving import Server, open_survey, running
from tests.journeys.test_keyboard import enter, tab_to
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.surveys import every_type
from voice.languages import LANGUAGES
from voice.storage import Store

STORED = {
    "take_part": "yes",
    "year": "year_1",
    "age": "under_5",
    "travel": "bus;taxi",
    "like_taxi": "yes",
    "best_way": "walk;taxi;bus;car",
    "day": "lessons=good;playground=not_sure;lunch=not_good",
    "feelings": "happy;calm",
    "heard": "strongly_agree",
    "belong": "2",
    "happy": "happy",
    "help": "often",
    "started": "2023-09-04",
    "area": "B91",
    "better": "A kind voice",
    "contact": "letter",
}


async def _ask(store: Store) -> None:
    document = every_type.document(every_type.spoken, tuple(LANGUAGES))
    await store.write(lambda: open_survey(document, "every", dt.date(2026, 9, 1)))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that asks the survey with every kind of question, in place of the invented partnership."""
    with running("run", tmp_path_factory.mktemp("every_type"), _ask) as opened:
        yield opened


async def tick(visitor: Visitor, *names: str) -> None:
    """Ticks cards by the names of their fields, in the order of the page."""
    for name in names:
        await tab_to(visitor, name, "yes")
        await visitor.page.keyboard.press("Space")


async def choose(visitor: Visitor, name: str, code: str) -> None:
    """Goes to a group of cards and along it with the arrow keys, as radio buttons want it."""
    first = await visitor.page.locator(f'input[name="{name}"]').first.get_attribute("value")
    await tab_to(visitor, name, first or "")
    await visitor.page.keyboard.press("Space")
    card = visitor.page.locator(f'input[name="{name}"][value="{code}"]')
    while not await card.is_checked():
        await visitor.page.keyboard.press("ArrowDown")


async def write(visitor: Visitor, name: str, text: str) -> None:
    await tab_to(visitor, name, "")
    await visitor.page.keyboard.type(text)


async def move(visitor: Visitor, button: str, *, scripts: bool) -> None:
    """Presses an arrow of a ranking; without scripts the page comes anew, with the focus on the same arrow."""
    if not await visitor.ask("(value) => document.activeElement.value === value", button):
        await tab_to(visitor, "move", button)
    if scripts:
        await visitor.page.keyboard.press("Enter")
    else:
        await enter(visitor)
        await expect(visitor.page.locator(f'button[value="{button}"]')).to_be_focused()


async def answer(visitor: Visitor, *, scripts: bool) -> None:
    """Answers the question that is asked, with keys alone."""
    match visitor.concept:
        case "welcome":
            pass
        case "travel":
            await tick(visitor, "option-bus", "option-taxi")
        case "feelings":
            await tick(visitor, "option-happy", "option-calm")
        case "best_way":
            await move(visitor, "up-taxi", scripts=scripts)
            await move(visitor, "up-taxi", scripts=scripts)
            await visitor.page.locator("main").focus()
            await move(visitor, "up-walk", scripts=scripts)
            await visitor.page.locator("main").focus()
            await move(visitor, "up-walk", scripts=scripts)
            await visitor.page.locator("main").focus()
            await move(visitor, "down-bus", scripts=scripts)
        case "day":
            await choose(visitor, "sort-lessons", "good")
            await choose(visitor, "sort-playground", "not_sure")
            await choose(visitor, "sort-lunch", "not_good")
        case "started":
            await write(visitor, "day", "4")
            await write(visitor, "month", "9")
            await write(visitor, "year", "2023")
        case "area":
            await write(visitor, "area", "b91 3qb")
        case "better":
            await write(visitor, "text", "A kind voice")
        case "contact":
            await choose(visitor, "answer", "letter")
            await write(visitor, "reach", "1 High Street")
        case concept:
            await choose(visitor, "answer", STORED[concept])
    await visitor.page.locator("main").focus()
    await tab_to(visitor, "go", "continue")


class TestByKeyboard:
    @pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
    async def test_it_answers_every_kind(self, visit: Visit, server: Server, scripts: bool) -> None:
        visitor = await visit("en", DESKTOP, scripts=scripts)
        before = len(await asyncio.to_thread(server.answers))
        await visitor.begin("/s/every")
        while visitor.concept:
            concept = visitor.concept
            await answer(visitor, scripts=scripts)
            await enter(visitor)
            assert visitor.concept != concept
        await visitor.press("Send my answers")
        assert visitor.path.endswith("/receipt")
        sent = await asyncio.to_thread(server.answers)
        assert len(sent) == before + len(STORED)
        last = {}
        for row in sent:
            last.setdefault(row["submission"], {})[row["concept"]] = row["code"] or row["text"]
        assert all(each == STORED for each in last.values())


class TestRanking:
    async def begin(self, visit: Visit, size: tuple[int, int] = PHONE) -> Visitor:
        visitor = await visit("en", size)
        await visitor.begin("/s/every")
        draft = visitor.draft
        await visitor.open(f"{draft}/q/take_part")
        await visitor.choose("yes")
        await visitor.go("continue")
        return await visitor.open(f"{draft}/q/best_way")

    async def order(self, visitor: Visitor) -> list[str]:
        found: list[str] = await visitor.page.locator("ol.ranking .spoken").all_inner_texts()
        return found

    async def test_it_moves_in_place_and_says_where_to(self, visit: Visit, server: Server) -> None:
        visitor = await self.begin(visit)
        await visitor.page.locator('button[value="up-car"]').click()
        assert await self.order(visitor) == ["Bus", "Car", "On foot", "Taxi"]
        await expect(visitor.page.locator("#moved")).to_have_text("“Car” is now in place 2.")
        await expect(visitor.page.locator('button[value="up-car"]')).to_be_focused()
        assert await visitor.page.locator("ol.ranking .rank").all_inner_texts() == ["1", "2", "3", "4"]

    async def test_arrow_keys_move_too(self, visit: Visit, server: Server) -> None:
        visitor = await self.begin(visit)
        await visitor.page.locator('button[value="up-taxi"]').focus()
        for _ in range(5):
            await visitor.page.keyboard.press("ArrowUp")
        assert await self.order(visitor) == ["Taxi", "Bus", "On foot", "Car"]
        await visitor.page.keyboard.press("ArrowDown")
        assert await self.order(visitor) == ["Bus", "Taxi", "On foot", "Car"]

    async def test_the_order_goes_off_when_the_connection_is_back(self, visit: Visit, server: Server) -> None:
        visitor = await self.begin(visit)
        address = visitor.path
        await visitor.page.locator('button[value="up-car"]').click()
        visitor.offline = True
        await visitor.context.set_offline(True)
        await visitor.page.locator('main button[value="continue"]').click()
        await expect(visitor.page.get_by_role("status").filter(has_text="no connection")).to_be_visible()
        await visitor.context.set_offline(False)
        await visitor.page.wait_for_url("**/q/day")
        await visitor.open(address)
        assert await self.order(visitor) == ["Bus", "Car", "On foot", "Taxi"]


class TestLooks:
    @pytest.mark.parametrize("language", ["en", "ur"])
    async def test_every_kind_is_for_everybody(self, visit: Visit, server: Server, language: str) -> None:
        closely = language == "en"
        visitor = await visit(language, PHONE, device_scale_factor=2)
        await visitor.open(f"/s/every?lang={language}")
        await visitor._turn(visitor.page.locator("main button.button:not([value=no])"))
        draft = visitor.draft
        look = Look(visitor, answering=True, colours=("dark",) if closely else ())
        await look("welcome")
        await visitor.open(f"{draft}/q/take_part")
        await look("consent")
        await visitor.choose("yes")
        await visitor.go("continue")
        for concept in [*STORED][1:]:
            if concept == "like_taxi":
                continue
            await visitor.open(f"{draft}/q/{concept}")
            await look(concept)
            if closely and concept != "best_way":  # any order is an answer
                await visitor.page.locator('main button[value="continue"]').click()
                await expect(visitor.page.locator(".problem-summary")).to_be_visible()
                await look(f"{concept} with a problem")
        await visitor.open(f"{draft}/check")
        await look("check")
        await visitor.open(f"{draft}/stop")
        await look("stop")
        await visitor._turn(visitor.page.locator('main button[value="throw_away"]'))
        await look("stopped")
        assert look.found == []
        assert len(look.seen) > (25 if closely else 15)
