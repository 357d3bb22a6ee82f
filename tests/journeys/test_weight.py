"""What pages weigh on the wire, compressed, as a phone on a small tariff pays for them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import Server, Visit
from tests.journeys.visitor import PHONE, Visitor

FIRST_VIEW = 100_000
LATER_PAGE = 15_000
"""Bytes, without fonts."""


class Scales:
    """Weighs all that a page brings, fonts apart."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.bytes = 0

    async def weigh(self, visitor: Visitor) -> None:
        devtools = await visitor.devtools()
        devtools.on("Network.responseReceived", self._kind)
        devtools.on("Network.loadingFinished", self._finished)
        await devtools.send("Network.enable")

    def _kind(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def _finished(self, event: dict[str, Any]) -> None:
        if self.kinds.get(event["requestId"]) != "Font":
            self.bytes += int(event["encodedDataLength"])

    def take(self) -> int:
        """What came since the last time."""
        taken, self.bytes = self.bytes, 0
        return taken


@pytest.mark.parametrize("language", ["en", "ur"])
class TestWeight:
    async def test_the_first_view_and_later_pages_are_light(self, visit: Visit, server: Server, language: str) -> None:
        visitor = await visit(language, PHONE)
        scales = Scales()
        await scales.weigh(visitor)
        await visitor.open(f"{server.letter}?lang={language}")
        await visitor.page.wait_for_load_state("networkidle")
        first = scales.take()
        assert 5_000 < first <= FIRST_VIEW
        await visitor.begin(server.letter)
        scales.take()
        while visitor.concept:
            concept = visitor.concept
            await visitor.answer({}, words="ok")
            later = scales.take()
            assert 500 < later <= LATER_PAGE, f"the page after {concept} weighs {later} bytes"
