"""Reading aloud: offered only with a voice that is on the device, for a voice elsewhere would send the words away.

A browser without a screen has no voices, so these pages are given some: the one thing here that is not real.
"""

from __future__ import annotations

import json

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import Server, Visit
from tests.journeys.visitor import PHONE, Visitor

_VOICES = """
  const voices = VOICES;
  window.said = [];
  const synth = {
    getVoices: () => voices,
    addEventListener: () => {},
    speak(utterance) {
      window.said.push({ text: utterance.text, voice: utterance.voice.name, lang: utterance.lang });
      synth.current = utterance;
    },
    cancel: () => { synth.current = null; window.said.push("cancelled"); },
  };
  Object.defineProperty(window, "speechSynthesis", { value: synth });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""

_LIT = "() => [...(CSS.highlights.get('read-now') ?? [])].map(String)"
_SAID = "() => window.said.filter((each) => each.text).map((each) => each.text)"


async def heard(visitor: Visitor) -> list[str]:
    """All that is said when somebody lets the page be read out, in order."""
    await visitor.ask("() => { window.said = []; }")
    await visitor.page.locator("button.listen").click()
    while await visitor.ask("() => speechSynthesis.current != null"):
        await visitor.ask("() => speechSynthesis.current.onend()")
    said: list[str] = await visitor.ask(_SAID)
    return said


async def reader(visit: Visit, server: Server, language: str, voices: list[tuple[str, bool]]) -> Visitor:
    """Somebody at a question, whose device has these voices: language and whether they are on the device."""
    visitor = await visit(language, PHONE)
    given = [{"name": f"{lang} {local}", "lang": lang, "localService": local} for lang, local in voices]
    await visitor.context.add_init_script(_VOICES.replace("VOICES", json.dumps(given)))
    await visitor.open(f"{server.letter}?lang={language}")
    await visitor.begin(server.letter)
    return visitor


class TestListen:
    @pytest.mark.parametrize(("language", "voice"), [("en", "en-GB"), ("ur", "ur-PK"), ("pl", "pl_PL")])
    async def test_it_reads_with_a_voice_of_the_device(
        self, visit: Visit, server: Server, language: str, voice: str
    ) -> None:
        visitor = await reader(visit, server, language, [("de-DE", True), (voice, False), (voice, True)])
        button = visitor.page.locator("button.listen")
        words = (await visitor.heading()).split()
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")
        said = (await visitor.ask("() => window.said"))[-1]
        assert said == {"text": " ".join(words), "voice": f"{voice} True", "lang": language}

        second = len(words[0]) + 1
        await visitor.ask("(at) => speechSynthesis.current.onboundary({ charIndex: at })", second)
        assert await visitor.ask(_LIT) == [words[1]]
        await visitor.ask("() => speechSynthesis.current.onend()")
        assert (await visitor.ask("() => window.said"))[-1]["text"] == await visitor.page.locator("#help").inner_text()

        await button.click()
        assert (await visitor.ask("() => window.said"))[-1] == "cancelled"
        assert await visitor.ask(_LIT) == []
        await expect(button).to_have_attribute("aria-pressed", "false")

    async def test_it_reads_the_question_then_each_answer(self, visit: Visit, server: Server) -> None:
        visitor = await reader(visit, server, "en", [("en-GB", True)])
        cards = await visitor.page.locator(".card label").all_inner_texts()
        question = [await visitor.heading(), await visitor.page.locator("#help").inner_text(), *cards]
        assert await heard(visitor) == question
        await visitor.go("continue")
        problem = ["Please look at this", "Choose one answer, or choose Skip."]
        assert await heard(visitor) == [*problem, *question], "what to do comes first, and once"

    async def test_it_reads_every_page_on_the_way_and_leaves_it_as_it_was(self, visit: Visit, server: Server) -> None:
        visitor = await reader(visit, server, "en", [("en-GB", True)])
        draft = visitor.draft
        await visitor.choose("annual_review")
        await visitor.go("continue")
        pages = {
            server.letter: ["How was getting your child’s plan?", "It takes about", "Start", "How we keep you safe"],
            f"{draft}/check": ["Check your answers", "Not answered", "Send my answers"],
            f"{draft}/later": ["Your answers are saved", "Write down this code:", "Go on now"],
            f"{draft}/stop": ["Do you want to stop?", "Send what I said so far"],
            "/continue": ["Go on with your code", "Write the 8 letters and numbers"],
            "/s/no-such-survey": ["We cannot find this survey", "Go to the front page"],
        }
        for path, expected in pages.items():
            await visitor.open(path)
            page = "() => [...document.querySelectorAll('main a, main input, main button:not(.listen)')].length"
            inside = await visitor.ask(page)
            said = await heard(visitor)
            assert [words for words in expected if not any(words in line for line in said)] == [], f"{path}: {said}"
            assert not any("http" in line or "Polski" in line for line in said), path
            assert await visitor.ask(page) == inside, f"{path} lost a link, a button or a box"
        await visitor.open(f"{draft}/check")
        await visitor.press("Send my answers")
        assert "Thank you. We have your answers." in await heard(visitor)

    async def test_it_reads_the_screens_of_a_tablet_without_a_connection(self, visit: Visit, server: Server) -> None:
        visitor = await reader(visit, server, "en", [("en-GB", True)])
        await visitor.open(server.letter.replace("/s/", "/offline/"))
        await expect(visitor.page.locator("#begin")).to_be_visible()
        said = await heard(visitor)
        assert "Start" in said
        assert not any("Send now" in line for line in said), "the part for the person who brings the tablet"
        await visitor.page.locator("#begin button").click()
        await expect(visitor.page.locator("form.question")).to_be_visible()
        await expect(visitor.page.locator("button.listen")).to_have_count(1)
        assert (await heard(visitor))[0] == await visitor.page.locator("#question").inner_text()

    @pytest.mark.parametrize(
        "voices",
        [[], [("en-GB", False)], [("ur-PK", True), ("pl-PL", True)]],
        ids=["no voice", "only a voice elsewhere", "only voices of other languages"],
    )
    async def test_it_is_not_offered_without_one(
        self, visit: Visit, server: Server, voices: list[tuple[str, bool]]
    ) -> None:
        visitor = await reader(visit, server, "en", voices)
        assert await visitor.page.locator("h1").is_visible()
        assert await visitor.page.locator("button.listen").count() == 0
