"""What every request passes before anything of ours looks at it: whom it was meant for, which site sent it, and how
long it takes to come in.

A request says of itself which host it wants, and anybody can write there what they like. Only the address that the
settings name is answered, and no other header is asked: ``X-Forwarded-Host`` and its like count for nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import cast
from urllib.parse import urlsplit

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import (
    HTTPReceiveMessage,
    HTTPScope,
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Message,
    Receive,
    Scope,
    Send,
    WebSocketReceiveMessage,
)

from voice.settings import Settings
from voice.web.headers import headers_of_answers

ON_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
FOR_MACHINES = ("/health/", "/metrics")
"""What looks after a server asks it by whatever address it has. Nothing here depends on the host."""

CHANGES_NOTHING = frozenset({"GET", "HEAD", "OPTIONS"})

LONGEST_SILENCE = 30
"""Seconds in which something must come."""
SLOWEST = 1000
"""Bytes a second, over half a minute. Films over a poor telephone come fifty times as fast."""

NOT_OURS = "This is not the address of this site. Whoever runs it can set VOICE_BASE_URL.\n"
FROM_ELSEWHERE = "Another site sent this form, so nothing was done. Please open our page and send it from there.\n"


class FrontDoor(Litestar):
    """The application behind its door."""

    settings: Settings
    longest_silence: float = LONGEST_SILENCE

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        if scope["type"] != ScopeType.HTTP:
            await super().__call__(scope, receive, send)
            return
        scope = cast("HTTPScope", scope)
        headers = _headers(scope)
        if not is_for_us(headers.get(b"host", b"").decode("latin-1"), scope["path"], self.settings):
            await self._refuse(send, 421, NOT_OURS)  # type: ignore[arg-type]
        elif scope["method"] not in CHANGES_NOTHING and is_from_elsewhere(headers):
            await self._refuse(send, 403, FROM_ELSEWHERE)  # type: ignore[arg-type]
        else:
            arriving = Arriving(receive, send, self.longest_silence)  # type: ignore[arg-type]
            await super().__call__(scope, arriving.receive, arriving.send)

    async def _refuse(self, send: Send, status: int, words: str) -> None:
        given = {**headers_of_answers(secure=self.settings.secure), "Content-Type": "text/plain; charset=utf-8"}
        given |= {"Content-Length": str(len(words)), "Connection": "close"}
        start: Message = {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.lower().encode(), value.encode()) for name, value in given.items()],
        }
        await send(start)
        await send({"type": "http.response.body", "body": words.encode(), "more_body": False})


def _headers(scope: HTTPScope) -> Mapping[bytes, bytes]:
    """By name in small letters. Where one comes twice, they are joined, so that neither can hide behind the other."""
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        found[name] = found[name] + b"," + value if name in found else value
    return found


def is_for_us(host: str, path: str, settings: Settings) -> bool:
    """Whether a request names our address; the port is the business of whatever stands before us."""
    if path.startswith(FOR_MACHINES):
        return True
    ours = urlsplit(settings.base_url).hostname or ""
    asked = _name_in(host)
    return bool(asked) and (asked == ours or (ours in ON_THIS_MACHINE and asked in ON_THIS_MACHINE))


def _name_in(host: str) -> str:
    try:
        split = urlsplit(f"//{host}")
        _ = split.port  # raises where it is no number
    except ValueError:
        return ""
    plain = split.netloc == host and "@" not in host and not split.path
    return (split.hostname or "").rstrip(".") if plain else ""


def is_from_elsewhere(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a browser says that a page of another site sent this.

    Every browser of today says so by itself, and pages cannot change what it says. A program says nothing of the
    kind; nor can it be made to send what somebody else's browser keeps.
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    if origin is None:
        return False
    return urlsplit(origin.decode("latin-1")).netloc.encode("latin-1") != headers.get(b"host", b"")


class Arriving:
    """What comes in with one request. Whoever sends it drop by drop, to keep us waiting, is not waited for."""

    def __init__(self, receive: Receive, send: Send, longest_silence: float) -> None:
        self._receive = receive
        self._send = send
        self._left = self._most = longest_silence
        self._is_here = False
        self._gave_up = False

    async def receive(self) -> HTTPReceiveMessage | WebSocketReceiveMessage:
        """Raises ``HTTPException`` (408). When all is here, what follows may take as long as the page does."""
        if self._is_here:
            return await self._receive()
        began = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self._left):
                message = await self._receive()
        except TimeoutError:
            self._gave_up = True
            raise HTTPException(status_code=408, detail="it came in too slowly") from None
        self._left -= asyncio.get_running_loop().time() - began
        if message["type"] == "http.request":
            self._left = min(self._most, self._left + len(message.get("body", b"")) / SLOWEST)
            self._is_here = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if self._gave_up and message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"connection", b"close")]
        await self._send(message)
