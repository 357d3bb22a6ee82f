"""A server is killed in the middle of 1,000 messages, again and again: none goes out twice, and none is lost unseen."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import multiprocessing
from collections import Counter
from collections.abc import AsyncIterator
from email import message_from_bytes
from multiprocessing.context import ForkServerProcess
from typing import Any

import msgspec
import pytest
from aiosmtpd.smtp import SMTP

from surveys.invitations import queue
from surveys.invitations.tables import OutgoingMessage
from tests.inviting.invited import NOON, invite, open_a_round, person, register_of
from tests.inviting.killed import hand_over
from voice.settings import Settings
from voice.storage import Store
from voice.storage.secret import read_secret

PEOPLE = 1000
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.inviting.killed"])  # loads once what every server needs
KILLED_AT = (137, 400, 733)
"""After so many messages came in, the server that sends them is killed: while its message is taken, or just after."""


class MailServer:
    """A real mail server on this machine. What it has taken, it keeps."""

    def __init__(self) -> None:
        self.came: list[str] = []
        self.sender: ForkServerProcess | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.came.append(str(message_from_bytes(envelope.content)["Message-ID"]))
        if len(self.came) in KILLED_AT and self.sender is not None:
            self.sender.kill()
            await asyncio.sleep(0.05)
        return "250 OK"


@contextlib.asynccontextmanager
async def listening(handler: Any) -> AsyncIterator[int]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, loop=loop), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@pytest.fixture
async def mail() -> AsyncIterator[tuple[MailServer, int]]:
    handler = MailServer()
    async with listening(handler) as port:
        yield handler, port


class TestAServerThatDies:
    async def test_it_sends_each_message_once_or_says_that_it_cannot_know(
        self, store: Store, settings: Settings, mail: tuple[MailServer, int]
    ) -> None:
        server, port = mail
        secret = read_secret(settings.data)
        register = await register_of(store, secret, [person(number) for number in range(PEOPLE)])
        await invite(store, secret, await open_a_round(store), register)
        sending = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        runs, moment = 0, NOON
        while await store.read(lambda: OutgoingMessage.exists().where(OutgoingMessage.state.is_in(OPEN))):
            server.sender = PROCESSES.Process(target=hand_over, args=(sending, moment))
            server.sender.start()
            await asyncio.to_thread(server.sender.join)
            runs += 1
            moment += queue.LEASE + dt.timedelta(seconds=1)
            assert runs <= len(KILLED_AT) + 2
        rows = await store.read(lambda: OutgoingMessage.select(OutgoingMessage.id, OutgoingMessage.state))
        states = {row["id"].hex: row["state"] for row in rows}
        came = Counter(id.strip("<>").partition("@")[0] for id in server.came)
        assert runs > len(KILLED_AT)
        assert max(came.values()) == 1, "a message came twice"
        assert set(states.values()) == {"handed_over", "unknown"}
        assert {id for id, state in states.items() if state == "handed_over"} <= came.keys()
        assert {id for id, state in states.items() if id not in came} <= {
            id for id, state in states.items() if state == "unknown"
        }
        assert 1 <= sum(state == "unknown" for state in states.values()) <= len(KILLED_AT)


OPEN = ["preparing", "waiting", "handing_over"]
