"""E-mail to staff: over SMTP, or on a development machine into a folder that a page shows."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib

from voice.settings import Settings


class MailNotSent(Exception):
    """The mail server did not take the message."""


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
        message = EmailMessage()
        message["From"] = self._settings.mail_from
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = now
        message.set_content(text)
        message["Content-Language"] = language  # after the content, which takes such headers away
        if not self._settings.smtp_url:
            self._keep(message, now)
            return
        server = urlsplit(self._settings.smtp_url)
        try:
            await aiosmtplib.send(
                message,
                hostname=server.hostname or "127.0.0.1",
                port=server.port,
                username=unquote(server.username) if server.username else None,
                password=unquote(server.password) if server.password else None,
                use_tls=server.scheme == "smtps",
                start_tls=must_be_encrypted(self._settings.smtp_url),
                timeout=20,
            )
        except (aiosmtplib.SMTPException, OSError) as problem:
            raise MailNotSent(str(problem)) from problem

    def _keep(self, message: EmailMessage, now: dt.datetime) -> None:
        self.outbox.mkdir(parents=True, exist_ok=True)
        (self.outbox / f"{now:%Y%m%dT%H%M%S%f}.eml").write_bytes(message.as_bytes())

    def kept(self) -> list[EmailMessage]:
        """The messages in the outbox, the newest first."""
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(self.outbox.glob("*.eml"), reverse=True)
        ]
