"""The pages of a survey in all ten languages: their letters, their direction, and nothing off the side of a phone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.journeys.conftest import Server, Visit
from tests.journeys.looking import OF_WORDS, axe_finds, scrolls_sideways
from tests.journeys.test_builder import begin
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

SEEN_BY_AXE = ("en", "ur", "pl")
"""``test_accessible_pages.py`` has axe look at every page in these, with colours."""

_LOADED = """async () => {
  await document.fonts.ready;
  return [...document.fonts].filter((each) => each.status === "loaded").map((each) => each.family.replaceAll('"', ""));
}"""
_DIRECTION = """() => getComputedStyle(document.querySelector("h1")).direction"""

PARTS = {
    "picture": "h1 img.symbol, .asked img.symbol",
    "heading": "h1 span, h1",
    "thread": ".thread",
    "first knot": ".thread li",
    "first card": ".card",
    "continue": 'main button[value="continue"]:not(.first-button *)',
    "back": 'main button[value="back"]',
}
_FROM_WHERE_LINES_BEGIN = """(parts) => {
  const turned = getComputedStyle(document.documentElement).direction === "rtl";
  const width = document.documentElement.clientWidth;
  return Object.fromEntries(Object.entries(parts).map(([name, selector]) => {
    const place = document.querySelector(selector).getBoundingClientRect();
    return [name, turned ? width - place.right : place.left];
  }));
}"""
"""How far each part is from the side at which lines begin: the same from the left and from the right."""


def face_of(code: str) -> str:
    return ARABIC_FACES.get(code) or FACES[LANGUAGES[code].script]


async def look(visitor: Visitor, name: str) -> list[str]:
    """What is wrong with the page as it is."""
    code = visitor.language
    html = visitor.page.locator("html")
    wrong = [] if code in SEEN_BY_AXE else [f"axe: {each}" for each in await axe_finds(visitor, OF_WORDS)]
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
    found: list[str] = []
    names = await visitor.page.locator("main .language").all_inner_texts()
    if names != [each.name for each in LANGUAGES.values()]:
        found.append(f"the first page in {code} offers {names}")
    for path in ("/safe", "/sign-in", "/class"):
        await visitor.open(f"{path}?lang={code}")
        found += await look(visitor, path)
    await visitor.open(f"{server.letter}?lang={code}")
    found += await look(visitor, "the start")
    await visitor.begin(server.letter)
    found += await look(visitor, "a question of choices")
    await visitor.page.locator(".language-menu summary").click()
    found += [f"the open menu in {code}: {each}" for each in await scrolls_sideways(visitor)]
    link = visitor.draft
    await visitor.answer({}, words="")
    await visitor.open(f"{link}/q/overall_satisfaction")
    found += await look(visitor, "a question with faces")
    await visitor.answer({}, words="")
    await visitor.open(f"{link}/q/went_well")
    found += await look(visitor, "a question in own words")
    await visitor.open(f"{link}/later")
    found += await look(visitor, "saved for later")
    await visitor.open(f"{link}/check")
    found += await look(visitor, "the check")
    await visitor.press("Send my answers")
    found += await look(visitor, "the receipt")
    return found


async def in_all(walked: Callable[[str], Awaitable[list[str]]]) -> list[str]:
    """What is found in all ten languages, of which half are walked through at once."""
    found: list[str] = []
    for some in (list(LANGUAGES)[:5], list(LANGUAGES)[5:]):
        for each in await asyncio.gather(*map(walked, some)):
            found += each
    return found


class TestTheSurveyInEveryLanguage:
    async def test_it_has_its_letters_and_its_direction_and_fits_a_narrow_phone(
        self, visit: Visit, server: Server
    ) -> None:
        assert await in_all(lambda code: walk(visit, server, code)) == []

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


class TestThePagesOfStaffInEveryLanguage:
    PAGES = ("/work/surveys?", "/work/bank?q=plan&", "/work/translating?", "/lead?")

    async def test_they_have_their_letters_and_their_direction_and_fit_a_narrow_phone(
        self, visit: Visit, colleague: Callable[..., Awaitable[Visitor]]
    ) -> None:
        administrator = await colleague("administrator")
        draft = await begin(administrator, "short-break-after")
        signed_in = await administrator.context.storage_state()

        async def walk(code: str) -> list[str]:
            visitor = await visit(code, NARROW, storage_state=signed_in)
            found = []
            for path in (*self.PAGES, f"{draft}?"):
                await visitor.open(f"{path}lang={code}")
                found += await look(visitor, path)
            return found

        assert await in_all(walk) == []


class TestRightToLeft:
    async def test_a_question_is_the_mirror_of_one_that_is_written_left_to_right(
        self, visit: Visit, server: Server
    ) -> None:
        async def question(code: str) -> dict[str, float]:
            visitor = await visit(code)
            await visitor.open(f"{server.letter}?lang={code}")
            await visitor.begin(server.letter)
            await visitor.answer({}, words="")
            edges: dict[str, float] = await visitor.ask(_FROM_WHERE_LINES_BEGIN, PARTS)
            return edges

        left_to_right, *others = await asyncio.gather(*(question(code) for code in ("en", "ur", "ar")))
        assert left_to_right["picture"] < left_to_right["heading"]
        assert left_to_right["continue"] < left_to_right["back"]
        for edges in others:
            for part in ("picture", "thread", "first knot", "heading", "first card", "continue"):
                assert edges[part] == pytest.approx(left_to_right[part], abs=2), part
            assert sorted(edges, key=edges.__getitem__)[-1] == sorted(left_to_right, key=left_to_right.__getitem__)[-1]
            assert edges["continue"] < edges["back"]
