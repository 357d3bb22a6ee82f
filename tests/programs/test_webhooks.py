"""Webhooks: what is new is told once to each address, signed, and tried again until it arrives."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from typing import BinaryIO

import pytest
import standardwebhooks

from surveys.publishing import open_round, publish
from surveys.templates import post_ehcp
from tests.evidence.families import families
from voice.languages import LANGUAGES, words
from voice.people import signing_in
from voice.people.roles import Role
from voice.programs import delivering
from voice.programs.delivering import WAITS, AddressRefused, checked_address, deliver
from voice.programs.tables import WebhookMessage
from voice.programs.telling import tell
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)


class Receiver(http.server.BaseHTTPRequestHandler):
    """A program of somebody else, which answers with ``server.status`` and keeps what came."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.came.append((dict(self.headers), body))  # type: ignore[attr-defined]
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.end_headers()
        self.server.after_the_headers(self.wfile)  # type: ignore[attr-defined]

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


class Elsewhere(http.server.ThreadingHTTPServer):
    status = 204

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receiver)
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.after_the_headers: Callable[[BinaryIO], None] = lambda out: None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}/told?by=us"


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


async def listen(store: Store, url: str) -> str:
    async def unit() -> str:
        member = await signing_in.add_member("admin@hooks.example", Role.ADMINISTRATOR)
        return await delivering.add(url, by=member, today=NOW.date())

    return await store.write(unit)


async def publish_and_open() -> None:
    version = await publish(post_ehcp.document(words, tuple(LANGUAGES)), today=NOW.date())
    await open_round(
        version, term="2026-autumn", identity_mode="anonymous", link="letter", opens_on=None, closes_on=None
    )


async def told(store: Store, now: dt.datetime = NOW) -> int:
    return await store.write(lambda: tell(now=now))


async def outcomes(store: Store) -> list[str]:
    rows = await store.read(lambda: WebhookMessage.select(WebhookMessage.outcome))
    return sorted(row["outcome"] for row in rows)


class TestTelling:
    async def test_it_tells_once_what_is_new(self, store: Store) -> None:
        await listen(store, "https://elsewhere.example/")
        assert await told(store) == 0
        await store.write(publish_and_open)
        assert await told(store) == 2
        assert await told(store) == 0
        events = await store.read(lambda: WebhookMessage.select(WebhookMessage.event))
        assert sorted(row["event"] for row in events) == ["round.opened", "survey.published"]

    async def test_it_tells_of_answers_only_when_many_came(self, store: Store) -> None:
        await listen(store, "https://elsewhere.example/")
        await store.write(lambda: families(9, kept_up_to_date="yes"))
        await told(store)
        await store.write(lambda: families(1, kept_up_to_date="yes"))
        assert await told(store) == 1
        await store.write(lambda: families(9, kept_up_to_date="no"))
        assert await told(store) == 0
        [row] = await store.read(
            lambda: WebhookMessage.select(WebhookMessage.body).where(WebhookMessage.event == "answers.received")
        )
        data = json.loads(row["body"])["data"]
        assert (data["new"], data["all"]) == (10, 10)
        assert "yes" not in row["body"]

    async def test_it_tells_a_new_address_nothing_old(self, store: Store) -> None:
        await store.write(publish_and_open)
        await told(store)
        await listen(store, "https://elsewhere.example/")
        assert await told(store) == 0


class TestDelivering:
    async def test_it_is_signed_so_that_others_can_check_it(self, store: Store, elsewhere: Elsewhere) -> None:
        now = dt.datetime.now(dt.UTC)  # the library that checks signatures refuses what is older than five minutes
        secret = await listen(store, elsewhere.url)
        await store.write(publish_and_open)
        await told(store, now)
        assert await deliver(store, now=now, local_too=True) == 2
        assert len(elsewhere.came) == 2
        for headers, body in elsewhere.came:
            lower = {name.lower(): value for name, value in headers.items()}
            checked = standardwebhooks.Webhook(secret).verify(body, lower)
            assert checked["type"] in ("survey.published", "round.opened")
        assert await outcomes(store) == ["delivered", "delivered"]
        assert await deliver(store, now=now, local_too=True) == 0

    async def test_it_tries_again_with_the_same_id(self, store: Store, elsewhere: Elsewhere) -> None:
        await listen(store, elsewhere.url)
        await store.write(publish_and_open)
        await told(store)
        elsewhere.status = 503
        assert await deliver(store, now=NOW, local_too=True) == 0
        assert await deliver(store, now=NOW, local_too=True) == 0, "it waits before it tries again"
        elsewhere.status = 204
        assert await deliver(store, now=NOW + dt.timedelta(seconds=WAITS[0]), local_too=True) == 2
        ids = [headers["webhook-id"] for headers, _ in elsewhere.came]
        assert len(ids) == 4
        assert len(set(ids)) == 2

    async def test_an_address_that_cannot_be_sent_to_keeps_nothing_from_the_others(
        self, store: Store, elsewhere: Elsewhere
    ) -> None:
        await listen(store, elsewhere.url)
        await listen(store, "http://127.0.0.1/hook\x01")
        await store.write(publish_and_open)
        await told(store)
        assert await deliver(store, now=NOW, local_too=True) == 2
        assert await deliver(store, now=NOW, local_too=True) == 0
        assert len(elsewhere.came) == 2, "what has arrived is not sent again"
        assert await outcomes(store) == ["delivered", "delivered", "waiting", "waiting"]

    async def test_it_gives_up_in_the_end(self, store: Store) -> None:
        await listen(store, "http://127.0.0.1:9/")
        await store.write(publish_and_open)
        await told(store)
        now = NOW
        for wait in (0, *WAITS):
            now += dt.timedelta(seconds=wait)
            assert await deliver(store, now=now, local_too=True) == 0
        assert await outcomes(store) == ["given_up", "given_up"]

    async def test_it_forgets_old_messages(self, store: Store, elsewhere: Elsewhere) -> None:
        await listen(store, elsewhere.url)
        await store.write(publish_and_open)
        await told(store)
        await deliver(store, now=NOW, local_too=True)
        await told(store, NOW + dt.timedelta(days=31))
        assert await outcomes(store) == []


class TestWhoeverAnswersBadly:
    async def test_only_the_status_is_read(self, store: Store, elsewhere: Elsewhere) -> None:
        """A whole answer would be waited for here until the test is over."""
        over = threading.Event()
        elsewhere.status = 200  # 204 says that nothing follows
        elsewhere.after_the_headers = lambda out: _go_on(out, over)
        await listen(store, elsewhere.url)
        await store.write(publish_and_open)
        await told(store)
        try:
            assert await asyncio.wait_for(deliver(store, now=NOW, local_too=True), 5) == 2
        finally:
            over.set()

    async def test_one_that_answers_a_letter_at_a_time_is_not_waited_for(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(delivering, "SECONDS_TO_ANSWER", 0.5)

        async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\nx: ")
            with contextlib.suppress(ConnectionError):
                while not writer.is_closing():
                    writer.write(b"y")
                    await writer.drain()
                    await asyncio.sleep(0.1)

        async with await asyncio.start_server(slow, "127.0.0.1", 0) as server:
            await listen(store, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
            await store.write(publish_and_open)
            await told(store)
            assert await asyncio.wait_for(deliver(store, now=NOW, local_too=True), 5) == 0
        assert await outcomes(store) == ["waiting", "waiting"]


def _go_on(out: BinaryIO, over: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while not over.wait(0.05):
            out.write(b"more and more ")


class TestAddresses:
    @pytest.mark.parametrize(
        ("url", "code"),
        [
            ("http://example.com/", "not_https"),
            ("ftp://example.com/", "not_https"),
            ("", "not_https"),
            ("https://93.184.216.34/hook\x01", "not_an_address"),
            ("https://93.184.216.34/two words", "not_an_address"),
            ("https://[93.184.216.34/", "not_an_address"),
            ("https://127.0.0.1/", "private_address"),
            ("https://localhost/", "private_address"),
            ("https://10.1.2.3/", "private_address"),
            ("https://169.254.169.254/latest", "private_address"),
            ("https://[::1]/", "private_address"),
            ("https://224.0.0.1/", "private_address"),
            ("https://[::127.0.0.1]/", "private_address"),
            ("https://[::ffff:127.0.0.1]/", "private_address"),
            ("https://[64:ff9b::7f00:1]/", "private_address"),
            ("https://[64:ff9b:1::a00:1]/", "private_address"),
            ("https://[2002:7f00:1::]/", "private_address"),
            ("https://[2001:0:7f00:1::1]/", "private_address"),
            ("https://[fec0::1]/", "private_address"),
            ("https://[ff02::1]/", "private_address"),
            ("https://no-such-host.invalid/", "unknown_host"),
            ("https:///nothing", "private_address"),
        ],
    )
    async def test_it_reaches_nothing_inside_our_network(self, url: str, code: str) -> None:
        with pytest.raises(AddressRefused) as refused:
            await checked_address(url, local_too=False)
        assert refused.value.code in (code, "unknown_host")

    @pytest.mark.parametrize(
        ("url", "address"),
        [
            ("https://93.184.216.34/", "93.184.216.34"),
            ("https://[2606:4700:4700::1111]/", "2606:4700:4700::1111"),
        ],
    )
    async def test_it_takes_one_that_everybody_can_reach(self, url: str, address: str) -> None:
        assert await checked_address(url, local_too=False) == address
