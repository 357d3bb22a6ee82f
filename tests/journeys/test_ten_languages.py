"""The pages of a survey in all ten languages: their letters, their direction, and nothing off the side of a phone."""

from __future__ import annotations

import asyncio

import pytest

from tests.journeys.conftest import Server, Visit
from tests.journeys.looking import WCAG_22_AA, axe_finds, scrolls_sideways
from tests.journeys.visitor import Visitor, say
from voice.languages import LANGUAGES

NARROW = (320, 640)
FACES = {
    "Latn": "Atkinson Hyperlegible Next",
    "Guru": "Noto Sans Gurmukhi",
    "Beng": "Noto Sans Bengali",
    "Cyrl": "Noto Sans",
}
ARABIC_FACES = {"ur": "Noto Nastaliq Urdu", "ar": "Noto Naskh Arabic"}

_LOADED = """async () => {
  await document.fonts.ready;
  return [...document.fonts].filter((each) => each.status === "loaded").map((each) => each.family.replaceAll('"', ""));
}"""
_DIRECTION = """() => getComputedStyle(document.querySelector("h1")).direction"""


def face_of(code: str) -> str:
    return ARABIC_FACES.get(code) or FACES[LANGUAGES[code].script]


async def look(visitor: Visitor, name: str, *, with_axe: bool = True) -> list[str]:
    """What is wrong with the page as it is. Axe takes a second a page: it reads those that differ most."""
    code = visitor.language
    html = visitor.page.locator("html")
    wrong = [f"axe: {each}" for each in (await axe_finds(visitor, WCAG_22_AA) if with_axe else ())]
    wrong += [f"scrolls: {each}" for each in await scrolls_sideways(visitor)]
    if await html.get_attribute("lang") != code:
        wrong.append("another language")
    if await visitor.ask(_DIRECTION) != LANGUAGES[code].direction:
        wrong.append("another direction")
    if face_of(code) not in await visitor.ask(_LOADED):
        wrong.append(f"without {face_of(code)}")
    return [f"{name} in {code}: {each}" for each in wrong]


async def walk(visit: Visit, server: Server, code: str) -> list[str]:
    visitor = await visit(code, NARROW)
    await visitor.open(f"/?lang={code}")
    found = await look(visitor, "the first page", with_axe=False)
    names = await visitor.page.locator("main .language").all_inner_texts()
    if names != [each.name for each in LANGUAGES.values()]:
        found.append(f"the first page in {code} offers {names}")
    await visitor.open(f"{server.letter}?lang={code}")
    found += await look(visitor, "the start")
    await visitor.begin(server.letter)
    found += await look(visitor, "a question of choices", with_axe=False)
    await visitor.page.locator(".language-menu summary").click()
    found += [f"the open menu in {code}: {each}" for each in await scrolls_sideways(visitor)]
    link = visitor.draft
    await visitor.answer({}, words="")
    await visitor.open(f"{link}/q/overall_satisfaction")
    found += await look(visitor, "a question with faces", with_axe=False)
    await visitor.answer({}, words="")
    await visitor.open(f"{link}/q/went_well")
    found += await look(visitor, "a question in own words")
    await visitor.open(f"{link}/check")
    found += await look(visitor, "the check")
    await visitor.press("Send my answers")
    found += await look(visitor, "the receipt", with_axe=False)
    return found


class TestTheSurveyInEveryLanguage:
    async def test_it_has_its_letters_and_its_direction_and_fits_a_narrow_phone(
        self, visit: Visit, server: Server
    ) -> None:
        found: list[str] = []
        for some in (list(LANGUAGES)[:5], list(LANGUAGES)[5:]):
            for each in await asyncio.gather(*(walk(visit, server, code) for code in some)):
                found += each
        assert found == []

    @pytest.mark.parametrize("scripts", [True, False])
    async def test_somebody_who_lands_in_the_wrong_language_finds_their_own(
        self, visit: Visit, server: Server, scripts: bool
    ) -> None:
        visitor = await visit("pl", NARROW, scripts=scripts)
        await visitor.begin(f"{server.letter}?lang=pl")
        await visitor.choose("annual_review")
        await visitor.speak("bn")
        assert await visitor.heading() == say("bn", "What kind of plan was it?")
        assert await visitor.page.locator('.card input[value="annual_review"]').is_checked()
        assert "১" in await visitor.page.locator(".where").inner_text()
