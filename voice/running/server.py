"""One process that serves, and how it leaves so that nobody notices."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from voice.running.request_timeouts import TimedProtocol
from voice.settings import Settings

KEEP_ALIVE_SECONDS = 5
"""How long a connection stays open between two requests. A proxy in front keeps its own for less: see deploy/."""

LEAVING_SECONDS = 30
"""How long a request under way may take when the process is to end."""


class Server(uvicorn.Server):
    """``on_exit`` lets the screens of rooms go when it is to stop: they wait for news, and it would wait for them.

    ``gently`` is for a process that others take over from: nobody new gets in, and every connection is told to close
    with its next answer, so that no request meets a connection that was just closed. ``lives`` is read until it ends,
    which says that whoever started this process is gone.
    """

    def __init__(
        self,
        settings: Settings,
        app: Any,
        *,
        on_exit: Callable[[], None],
        on_start: Callable[[], None] = lambda: None,
        gently: bool = False,
        lives: int | None = None,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                # The address of an answering page is a key to somebody's answers, so no address is logged;
                # and only a proxy that the settings name is believed where a request comes from.
                access_log=False,
                proxy_headers=bool(settings.trusted_proxy),
                forwarded_allow_ips=settings.trusted_proxy,
                server_header=False,
                http=TimedProtocol,
                lifespan="on",
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=LEAVING_SECONDS,
            )
        )
        self._on_exit = on_exit
        self._on_start = on_start
        self._gently = gently
        self._lives = lives

    def serve_at(self, listening: socket.socket) -> int:
        # What is loaded by now stays for good: the collector need not look at it again and again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        self.run(sockets=[listening])
        return 0 if self.started else 1

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._on_exit()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self._lives is not None:
            asyncio.get_running_loop().add_reader(self._lives, self._left_alone)
        self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._gently:
            await self._let_all_leave(sockets or [])
        await super().shutdown(sockets=sockets)

    async def _let_all_leave(self, sockets: list[socket.socket]) -> None:
        for server in self.servers:
            server.close()
        for each in sockets:
            each.close()
        self.server_state.default_headers = [*self.server_state.default_headers, (b"connection", b"close")]
        loop = asyncio.get_running_loop()
        until = loop.time() + KEEP_ALIVE_SECONDS + 1
        while self.server_state.connections and loop.time() < until and not self.force_exit:  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    def _left_alone(self) -> None:
        assert self._lives is not None
        asyncio.get_running_loop().remove_reader(self._lives)
        os.kill(os.getpid(), signal.SIGTERM)
