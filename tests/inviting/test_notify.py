"""Text messages over something that behaves as GOV.UK Notify does, on this machine."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import http.server
import json
import threading
import uuid
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from surveys.invitations import queue
from surveys.invitations.tables import OutgoingMessage
from surveys.ledger.tables import Ask
from tests.inviting.invited import NOON, invite, open_a_round, person, register_of
from tests.inviting.killed import OnlyMessages
from voice.capture.open_rounds import OpenRounds
from voice.inviting.notify import bearer
from voice.inviting.working import usable_ways, work
from voice.people.partnership import PartnershipInfo
from voice.settings import Settings, UnusableSetting, read_settings
from voice.storage import Store

SECRET = b"s" * 32
SERVICE, SIGNS = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"families-{SERVICE}-{SIGNS}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: GovNotify

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if not self._is_signed():
            return self._answer(403, {"errors": [{"error": "AuthError", "message": "Invalid token"}]})
        if self.server.refuses:
            status, error = self.server.refuses.pop(0)
            return self._answer(status, {"errors": [{"error": error, "message": error}]})
        made = {"id": str(uuid.uuid4()), "status": "created", **body}
        self.server.taken.append(made)
        if self.server.loses_connections:
            return self.connection.close()
        return self._answer(201, made)

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/v2/notifications":
            found = [each for each in self.server.taken if [each["reference"]] == query["reference"]]
            return self._answer(200, {"notifications": found, "links": {}})
        found = [each for each in self.server.taken if path.endswith(each["id"])]
        return self._answer(200, found[0]) if found else self._answer(404, {"errors": []})

    def _is_signed(self) -> bool:
        header, claims, signature = self.headers["authorization"].removeprefix("Bearer ").split(".")
        signed = hmac.new(SIGNS.encode(), f"{header}.{claims}".encode(), hashlib.sha256).digest()
        told = json.loads(base64.urlsafe_b64decode(claims + "=="))
        return base64.urlsafe_b64encode(signed).rstrip(b"=").decode() == signature and told["iss"] == SERVICE

    def _answer(self, status: int, content: object) -> None:
        written = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


class GovNotify(http.server.ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken: list[dict[str, str]] = []
        self.refuses: list[tuple[int, str]] = []
        self.loses_connections = False


@pytest.fixture
def notify() -> Iterator[GovNotify]:
    with GovNotify() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()


class Texting:
    """A sending of text messages to some people, and a server that hands them over at a time that a test sets."""

    def __init__(self, store: Store, settings: Settings, notify: GovNotify) -> None:
        self.store = store
        self.settings = msgspec.structs.replace(
            settings,
            notify_key=KEY,
            notify_url=f"http://127.0.0.1:{notify.server_address[1]}",
            notify_text_template=str(uuid.uuid4()),
        )

    async def to(self, people: int) -> Texting:
        register = await register_of(self.store, SECRET, [person(number) for number in range(people)])
        await invite(self.store, SECRET, await open_a_round(self.store), register, way="text")
        return self

    async def work(self, after: dt.timedelta = dt.timedelta()) -> None:
        partnership = PartnershipInfo("Solihull")
        rounds = OpenRounds(self.store)
        await work(OnlyMessages(self.settings, self.store, SECRET, rounds, partnership, NOON + after))

    async def states(self) -> list[str]:
        rows = await self.store.read(lambda: OutgoingMessage.select(OutgoingMessage.state))
        return sorted(row["state"] for row in rows)

    async def outcomes(self) -> list[str]:
        return sorted(row["outcome"] for row in await self.store.read(lambda: Ask.select(Ask.outcome)))


@pytest.fixture
def texting(store: Store, settings: Settings, notify: GovNotify) -> Texting:
    return Texting(store, settings, notify)


class TestTextMessages:
    async def test_it_says_all_in_few_words_and_learns_what_became_of_each(
        self, texting: Texting, notify: GovNotify
    ) -> None:
        await (await texting.to(4)).work()
        assert await texting.states() == ["handed_over"] * 4
        said = notify.taken[0]["personalisation"]["message"]  # type: ignore[index]
        assert said.startswith("Solihull asks you: Short breaks")
        assert "/i/" in said
        assert len(said) < 320, "longer than two text messages"
        for told, became in zip(
            notify.taken, ("delivered", "permanent-failure", "temporary-failure", "sending"), strict=True
        ):
            told["status"] = became
        await texting.work(queue.BETWEEN_LOOKS + dt.timedelta(minutes=1))
        assert await texting.states() == ["bounced", "delivered", "failed", "handed_over"]
        assert await texting.outcomes() == ["bounced", "delivered", "none", "none"]

    async def test_it_waits_where_notify_takes_no_more(self, texting: Texting, notify: GovNotify) -> None:
        notify.refuses = [(429, "RateLimitError"), (403, "AuthError"), (500, "Exception"), (400, "phone_number bad")]
        await (await texting.to(1)).work()
        assert await texting.states() == ["waiting"]
        for minutes in (2, 33, 63, 70):
            await texting.work(dt.timedelta(minutes=minutes))
        assert await texting.states() == ["bounced"]
        assert notify.taken == []

    async def test_it_asks_notify_what_it_lost_sight_of(self, texting: Texting, notify: GovNotify) -> None:
        notify.loses_connections = True
        await (await texting.to(1)).work()
        assert await texting.states() == ["handed_over"]
        assert len(notify.taken) == 1

    @pytest.mark.parametrize("arrived", [True, False])
    async def test_it_asks_notify_after_a_crash_before_it_sends_again(
        self, texting: Texting, notify: GovNotify, arrived: bool
    ) -> None:
        await texting.to(1)
        closed = msgspec.structs.replace(texting.settings, notify_url="http://127.0.0.1:9")
        texting.settings, usual = closed, texting.settings
        await texting.work()
        claimed = await texting.store.write(
            lambda: queue.claim(("text",), now=NOON + dt.timedelta(hours=1), dialect=texting.store.dialect)
        )
        assert claimed is not None
        if arrived:
            notify.taken.append({"id": "known", "status": "sending", "reference": claimed.id.hex})
        texting.settings = usual
        await texting.work(dt.timedelta(hours=2))
        await texting.work(dt.timedelta(hours=2, minutes=10))
        assert await texting.states() == ["handed_over"]
        assert len(notify.taken) == 1


class TestSettings:
    def test_it_offers_text_messages_only_where_they_are_set_up(self) -> None:
        assert "text" not in usable_ways(read_settings({}))
        assert "text" in usable_ways(read_settings({"VOICE_NOTIFY_KEY": KEY, "VOICE_NOTIFY_TEXT_TEMPLATE": "x"}))
        with pytest.raises(UnusableSetting, match="VOICE_NOTIFY_KEY"):
            read_settings({"VOICE_NOTIFY_KEY": "half-a-key"})

    def test_it_signs_as_notify_asks(self) -> None:
        header, claims, _signature = bearer(KEY, now=NOON).split(".")
        assert json.loads(base64.urlsafe_b64decode(header + "==")) == {"typ": "JWT", "alg": "HS256"}
        assert json.loads(base64.urlsafe_b64decode(claims + "==")) == {"iss": SERVICE, "iat": int(NOON.timestamp())}
