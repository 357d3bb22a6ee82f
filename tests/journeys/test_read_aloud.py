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
        assert await visitor.page.locator(".read-now").all_inner_texts() == [words[1]]
        await visitor.ask("() => speechSynthesis.current.onend()")
        assert (await visitor.ask("() => window.said"))[-1]["text"] == await visitor.page.locator("#help").inner_text()

        await button.click()
        assert (await visitor.ask("() => window.said"))[-1] == "cancelled"
        assert await visitor.page.locator(".read-now").count() == 0
        await expect(button).to_have_attribute("aria-pressed", "false")

    async def test_it_reads_the_question_then_each_answer(self, visit: Visit, server: Server) -> None:
        visitor = await reader(visit, server, "en", [("en-GB", True)])
        await visitor.page.locator("button.listen").click()
        while await visitor.ask("() => speechSynthesis.current != null"):
            await visitor.ask("() => speechSynthesis.current.onend()")
        said = await visitor.ask("() => window.said.filter((each) => each.text).map((each) => each.text)")
        cards = await visitor.page.locator(".card label").all_inner_texts()
        assert said == [await visitor.heading(), await visitor.page.locator("#help").inner_text(), *cards]

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
