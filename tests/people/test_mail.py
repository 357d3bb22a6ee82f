"""Mail to staff, over a real SMTP server on this machine."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import re
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiosmtpd.controller import Controller

from tests.pages import CheckingClient
from voice.people import mail
from voice.people.mail import MailNotSent, Post
from voice.settings import Settings

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)


class Letterbox:
    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.port = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        if "refused" in envelope.rcpt_tos[0]:
            return "550 we do not take this"
        self.letters.append(message)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _always_here(real: Any) -> Any:
    return lambda host, *others, **named: real("127.0.0.1", *others, **named)


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox()
    box.port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


class TestSending:
    async def test_it_goes_over_smtp_in_any_script(self, letterbox: Letterbox, tmp_path: Path) -> None:
        post = Post(Settings(data=tmp_path, smtp_url=f"smtp://127.0.0.1:{letterbox.port}"))
        await post.send("lead@example.org", "آپ کا لنک", "سلام\n\nhttp://x/y", language="ur", now=NOW)
        (letter,) = letterbox.letters
        assert (letter["To"], letter["Subject"], letter["Content-Language"]) == ("lead@example.org", "آپ کا لنک", "ur")
        assert letter.get_content().splitlines() == ["سلام", "", "http://x/y"]
        assert not post.outbox.exists()

    def test_the_link_to_sign_in_comes_in_the_language_that_was_asked_in(
        self, client: CheckingClient, letterbox: Letterbox
    ) -> None:
        client.parts.post = Post(
            msgspec.structs.replace(client.settings, smtp_url=f"smtp://127.0.0.1:{letterbox.port}")
        )
        client.client.cookies.set("language", "ur")
        client.submit(client.get("/sign-in"), {"go": "link"}, email="lead@first-start.invalid")
        (letter,) = letterbox.letters
        assert letter["Content-Language"] == "ur"
        assert re.search("[\u0600-\u06ff]", letter["Subject"])
        lines = letter.get_content().splitlines()
        assert re.search("[\u0600-\u06ff]", lines[0])
        (address,) = [line for line in lines if line.startswith("http://testserver.local/sign-in/mail/")]
        assert client.submit(client.get(address)).path == "/lead"

    async def test_it_says_when_the_server_does_not_take_it(self, letterbox: Letterbox, tmp_path: Path) -> None:
        post = Post(Settings(data=tmp_path, smtp_url=f"smtp://127.0.0.1:{letterbox.port}"))
        with pytest.raises(MailNotSent):
            await post.send("refused@example.org", "a", "b", language="en", now=NOW)

    async def test_no_password_is_said_in_the_open(
        self, letterbox: Letterbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The server here knows no TLS, as one that somebody on the way pretends to be."""
        monkeypatch.setattr(socket, "getaddrinfo", _always_here(socket.getaddrinfo))
        post = Post(Settings(data=tmp_path, smtp_url=f"smtp://voice:password@mail.example.org:{letterbox.port}"))
        with pytest.raises(MailNotSent, match="STARTTLS"):
            await post.send("lead@example.org", "a", "b", language="en", now=NOW)
        assert letterbox.letters == []

    async def test_it_says_when_there_is_no_server(self, tmp_path: Path) -> None:
        post = Post(Settings(data=tmp_path, smtp_url=f"smtp://127.0.0.1:{free_port()}"))
        with pytest.raises(MailNotSent):
            await post.send("lead@example.org", "a", "b", language="en", now=NOW)

    async def test_it_waits_no_longer_for_a_server_that_is_slow_at_every_step(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"220 here\r\n")
            while await reader.readline():
                await asyncio.sleep(0.2)
                writer.write(b"250 OK\r\n")
            writer.close()

        monkeypatch.setattr(mail, "LONGEST_SECONDS", 0.3)
        async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
            post = Post(Settings(data=tmp_path, smtp_url=f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"))
            with pytest.raises(MailNotSent) as problem:
                await post.send("lead@example.org", "a", "b", language="en", now=NOW)
        assert isinstance(problem.value.__cause__, TimeoutError)

    @pytest.mark.parametrize("smtp_url", ["", "smtp://127.0.0.1:1"])
    async def test_it_says_so_of_an_address_that_is_none(self, tmp_path: Path, smtp_url: str) -> None:
        post = Post(Settings(data=tmp_path, smtp_url=smtp_url))
        with pytest.raises(MailNotSent):
            await post.send("lead@example.org\nBcc: x@example.org", "a", "b", language="en", now=NOW)

    async def test_it_keeps_mail_in_the_outbox_without_a_server(self, tmp_path: Path) -> None:
        post = Post(Settings(data=tmp_path))
        await post.send("a@example.org", "First", "one", language="en", now=NOW)
        await post.send("b@example.org", "Second", "two", language="en", now=NOW + dt.timedelta(seconds=1))
        assert [message["Subject"] for message in post.kept()] == ["Second", "First"]
