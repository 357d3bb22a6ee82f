"""How long the server waits for a request to begin, and how much of one it listens to before it knows what is asked.

What comes after the headers is waited for by ``voice/web/front_door.py``, which can answer with a page.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS_TO_ASK = 15
"""From the first moment of a connection, or of the next request on it, until its headers are there."""

LONGEST_HEADERS = 64 * 1024
"""Bytes of the request line and the headers together."""


class TimedProtocol(HttpToolsProtocol):
    """Uvicorn's own, which would wait for ever for somebody who sends a letter a minute."""

    seconds_to_ask: float = SECONDS_TO_ASK

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._waiting: asyncio.TimerHandle | None = None
        self._is_asking = True
        self._heard = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_asking:
            self._heard += len(data)
        super().data_received(data)
        if self._is_asking and self._heard > LONGEST_HEADERS and not self.transport.is_closing():
            self.send_400_response("These headers are too long.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_asking = True
        self._wait()

    def on_headers_complete(self) -> None:
        self._wait_no_more()
        self._is_asking = False
        self._heard = 0
        super().on_headers_complete()

    def _wait(self) -> None:
        self._wait_no_more()
        self._waiting = self.loop.call_later(self.seconds_to_ask, self._give_up)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
