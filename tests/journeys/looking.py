"""What a page must be for everybody: axe's rules, no scrolling sideways, targets that a finger can hit."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]

from tests.journeys.visitor import Visitor
from voice.languages import LANGUAGES

WCAG_22_AA = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
AND_SEVEN_TO_ONE = {**WCAG_22_AA, "rules": {"color-contrast-enhanced": {"enabled": True}}}
"""With the rule of level AAA that words stand out 7:1 from their ground, as answering pages must."""
BUT_COLOURS = {**WCAG_22_AA, "rules": {"color-contrast": {"enabled": False}}}
"""To look at colours takes most of the time, and they are the same in every language and at every width:
``tests/house/test_colours.py`` holds the style sheets to that."""
OF_PLACES = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
"""What another width can change on a page that has been looked at when it was narrow."""
OF_WORDS = {
    "runOnly": {
        "type": "rule",
        "values": [
            *("document-title", "html-has-lang", "html-lang-valid", "valid-lang", "link-name", "button-name", "label"),
            *("select-name", "summary-name", "image-alt", "svg-img-alt", "input-button-name", "empty-heading"),
            *("aria-command-name", "aria-input-field-name", "aria-toggle-field-name", "target-size"),
        ],
    }
}
"""What other words can change on a page that has been looked at in a language of the same direction."""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
CONTRAST_OF_SEVEN_TO_ONE = {"runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}}
QUICKLY = {"resultTypes": ["violations"], "preload": False, "selectors": False}
NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 400}
"""A window of 1280 by 800 at 200 per cent, when the context has two device pixels to each of ours."""

TOUCHABLE = (
    "main button, main .button, main summary, main .card label, main .tick label, main input, main select, "
    "main textarea, header a, header button, header summary"
)
LOWEST_TARGET = 48

_SCROLLS_SIDEWAYS = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= innerWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((each) => {
    const place = each.getBoundingClientRect();
    return place.width && (place.right > innerWidth + 1 || place.left < -1) && !each.closest(".scroll, .skip-link");
  });
  return [`${page.scrollWidth} px wide: ` + wide.slice(-2).map((each) => each.outerHTML.slice(0, 120)).join(" | ")];
}"""

_LARGEST_TEXT = f"""() => {{
  const set = (value) => document.querySelector(`button[name="display"][value="${{value}}"]`).click();
  set("size.4");
  const found = ({_SCROLLS_SIDEWAYS})();
  set("size.1");
  return found;
}}"""

_LOW_TARGETS = """([touchable, lowest]) => [...document.querySelectorAll(touchable)]
  .filter((each) => each.checkVisibility() && !each.closest(".for-listeners, .first-button"))
  .filter((each) => !each.matches('[type="hidden"], .card input, .tick input'))
  .map((each) => [each.getBoundingClientRect().height, each.outerHTML.slice(0, 120)])
  .filter(([height]) => height && height < lowest - 0.01)
  .map(([height, html]) => `${height} px high: ${html}`)"""


async def axe_finds(visitor: Visitor, options: dict[str, Any]) -> list[str]:
    """What axe finds on the page as it is."""
    if not await visitor.ask("() => 'axe' in window"):
        await visitor.ask(AXE_SCRIPT)
    found = await visitor.ask("(options) => axe.run(options)", {**options, **QUICKLY})
    return [
        f"{violation['id']}: {node['html'][:200]} {node['any'][0]['message'] if node['any'] else ''}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


async def scrolls_sideways(visitor: Visitor) -> list[str]:
    found: list[str] = await visitor.ask(_SCROLLS_SIDEWAYS)
    return found


async def scrolls_sideways_with_the_largest_text(visitor: Visitor) -> list[str]:
    found: list[str] = await visitor.ask(_LARGEST_TEXT)
    return found


async def low_targets(visitor: Visitor) -> list[str]:
    """What can be pressed on the page but is less than 48 px high, links in running text apart."""
    found: list[str] = await visitor.ask(_LOW_TARGETS, [TOUCHABLE, LOWEST_TARGET])
    return found


class Look:
    """Looks at each page it is called on, and keeps what it finds with the name of the page."""

    def __init__(self, visitor: Visitor, *, answering: bool, colours: tuple[str, ...] = ()) -> None:
        self.visitor = visitor
        self.answering = answering
        self.colours = colours
        self.found: list[str] = []
        self.seen: list[str] = []

    async def __call__(self, name: str) -> None:
        visitor, page = self.visitor, self.visitor.page
        self.seen.append(name)
        await page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        self._keep(name, "at 320 px", await axe_finds(visitor, self._rules()))
        self._keep(name, "at 320 px", await scrolls_sideways(visitor))
        self._keep(name, "at 320 px with the largest text", await scrolls_sideways_with_the_largest_text(visitor))
        if self.answering:
            self._keep(name, "at 320 px", await low_targets(visitor))
        for colours in self.colours:
            await self._set(f"colours.{colours}")
            rules = CONTRAST_OF_SEVEN_TO_ONE if self.answering else CONTRAST
            self._keep(name, f"in {colours}", await axe_finds(visitor, rules))
        if self.colours:
            await self._set("colours.paper")
        await page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
        self._keep(name, "at 200 %", await axe_finds(visitor, OF_PLACES))
        self._keep(name, "at 200 %", await scrolls_sideways(visitor))

    def _rules(self) -> dict[str, Any]:
        language = self.visitor.language
        if language == "en":
            return AND_SEVEN_TO_ONE if self.answering else WCAG_22_AA
        return BUT_COLOURS if LANGUAGES[language].direction == "rtl" else OF_WORDS

    async def _set(self, value: str) -> None:
        await self.visitor.ask(
            """(value) => document.querySelector(`button[name="display"][value="${value}"]`).click()""", value
        )

    def _keep(self, name: str, when: str, found: list[str]) -> None:
        self.found += [f"{name} {when} in {self.visitor.language}: {each}" for each in found]
