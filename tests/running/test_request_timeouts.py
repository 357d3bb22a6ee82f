"""Whoever sends slowly, or sends too much, is not waited for; others are answered meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import uvicorn
from litestar import Request, post

from voice.running.request_timeouts import LONGEST_HEADERS, TimedProtocol
from voice.settings import Settings
from voice.web.front_door import FrontDoor

BEGINNING = b"POST /words HTTP/1.1\r\nHost: 127.0.0.1\r\n"
WHOLE = BEGINNING + b"Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"


@post("/words")
async def count_words(request: Request[Any, Any, Any]) -> str:
    return str(len(await request.body()))


class Hasty(TimedProtocol):
    seconds_to_ask = 0.2


@contextlib.asynccontextmanager
async def serving(silence: float = 0.2) -> AsyncIterator[int]:
    app = FrontDoor(route_handlers=[count_words], logging_config=None, openapi_config=None)
    app.settings, app.longest_silence = Settings(data=None), silence  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, port=0, http=Hasty, log_level="error", lifespan="off"))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn says it in no other way
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await running


async def said(port: int, *pieces: bytes, pause: Callable[[], Any] | None = None) -> bytes:
    """All that the server says until it ends the connection, or until it has answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.suppress(ConnectionError):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            if pause is not None:
                await pause()
    heard = b""
    with contextlib.suppress(ConnectionError):
        async with asyncio.timeout(20):
            heard = await reader.read()
    writer.close()
    return heard


class TestPatience:
    @pytest.mark.parametrize("begun", [b"", b"POST /wor", BEGINNING, BEGINNING + b"X-Slow: "])
    async def test_it_does_not_wait_for_a_request_that_never_comes(self, begun: bytes) -> None:
        async with serving() as port:
            assert await said(port, begun) == b""

    async def test_nor_for_one_whose_body_comes_drop_by_drop(self) -> None:
        announced = BEGINNING + b"Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\nhel"
        async with serving() as port:
            heard = await said(port, announced)
        assert heard.startswith(b"HTTP/1.1 408 ")
        assert b"connection: close" in heard

    async def test_others_are_answered_while_many_wait(self) -> None:
        async with serving(silence=5) as port:
            waiting = [await asyncio.open_connection("127.0.0.1", port) for _ in range(60)]
            for _, writer in waiting:
                writer.write(BEGINNING)
            heard = await said(port, WHOLE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            assert heard.endswith(b"\r\n\r\n5")
            for reader, writer in waiting:
                assert await reader.read() == b"", "each is let go"
                writer.close()

    async def test_it_does_not_listen_to_headers_without_end(self) -> None:
        async with serving() as port:
            heard = await said(port, BEGINNING + b"X-Long: " + b"x" * (LONGEST_HEADERS + 1))
        assert heard.startswith(b"HTTP/1.1 400 ")

    async def test_the_next_request_on_a_connection_has_its_own_time(self) -> None:
        async with serving() as port:
            heard = await said(port, WHOLE, WHOLE, BEGINNING)
        assert heard.count(b"HTTP/1.1 201 ") == 2

    @pytest.mark.parametrize(
        "smuggled",
        [
            b"Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello",
            b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            b"Content-Length : 5\r\n\r\nhello",
            b"Content-Length: +5\r\n\r\nhello",
            b"X: a\rb\r\nContent-Length: 5\r\n\r\nhello",
            b"X: a\x00b\r\nContent-Length: 5\r\n\r\nhello",
            b"Host: evil.example\r\nContent-Length: 5\r\n\r\nhello",
        ],
    )
    async def test_it_takes_no_request_that_can_be_read_in_two_ways(self, smuggled: bytes) -> None:
        async with serving() as port:
            heard = await said(port, BEGINNING + smuggled)
        assert heard[9:12] in (b"400", b"421"), heard
        assert heard.count(b"HTTP/1.1 ") == 1
