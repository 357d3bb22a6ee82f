"""E-mail to staff: over SMTP, or on a development machine into a folder that a page shows."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib

from voice.settings import Settings

A_STEP_SECONDS = 20
LONGEST_SECONDS = 40
"""For all the steps of handing over a message. A server that is stopped waits for the letter that is on its way, and
is waited for no longer than a minute itself."""


class MailNotSent(Exception):
    """The mail server did not take the message, or not in time."""


def must_be_encrypted(smtp_url: str) -> bool | None:
    """Whether nothing is said to the server before TLS has begun; ``None`` where it is asked for if the server has it.

    A password never goes over a network in the open, whoever claims that the server knows no TLS.
    """
    server = urlsplit(smtp_url)
    is_here = server.hostname in ("127.0.0.1", "localhost", "::1")
    return True if server.scheme == "smtp" and server.username and not is_here else None


class Post:
    """Sends messages as the settings say."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def outbox(self) -> Path:
        return self._settings.data / "outbox"

    async def send(self, to: str, subject: str, text: str, *, language: str, now: dt.datetime) -> None:
        """Sends plain text. Raises :class:`MailNotSent` when it could not be handed over."""
        try:
            message = _message(self._settings.mail_from, to, subject, text, language=language, now=now)
            if self._settings.smtp_url:
                async with asyncio.timeout(LONGEST_SECONDS):
                    await self._hand_over(message)
            else:
                self._keep(message, now)
        except (aiosmtplib.SMTPException, OSError, ValueError) as problem:  # the last: an address that is none
            raise MailNotSent(str(problem)) from problem

    async def _hand_over(self, message: EmailMessage) -> None:
        server = urlsplit(self._settings.smtp_url)
        await aiosmtplib.send(
            message,
            hostname=server.hostname or "127.0.0.1",
            port=server.port,
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            use_tls=server.scheme == "smtps",
            start_tls=must_be_encrypted(self._settings.smtp_url),
            timeout=A_STEP_SECONDS,
        )

    def _keep(self, message: EmailMessage, now: dt.datetime) -> None:
        self.outbox.mkdir(parents=True, exist_ok=True)
        (self.outbox / f"{now:%Y%m%dT%H%M%S%f}.eml").write_bytes(message.as_bytes())

    def kept(self) -> list[EmailMessage]:
        """The messages in the outbox, the newest first."""
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(self.outbox.glob("*.eml"), reverse=True)
        ]


def _message(sender: str, to: str, subject: str, text: str, *, language: str, now: dt.datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = now
    message.set_content(text)
    message["Content-Language"] = language  # after the content, which takes such headers away
    return message
