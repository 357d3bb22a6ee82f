"""E-mail to families over SMTP: many messages over one connection, and what came of each as far as we can know."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import uuid
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException

from surveys.invitations.queue import Outcome
from voice.inviting.handing import Letter
from voice.people.mail import must_be_encrypted
from voice.settings import Settings

SECONDS_TO_ANSWER = 20
SECONDS_TO_TAKE = 60
PERMANENT = 500
TAG = "i-"
"""What stands before the reference in the address that bounces and replies come back to."""


def return_address(settings: Settings, reference: uuid.UUID) -> str:
    """Where bounces and replies to one message come in; the sender's own address where no e-mail comes in."""
    local, at, host = settings.intake_address.partition("@")
    return f"{local}+{TAG}{reference.hex}@{host}" if at else parseaddr(settings.mail_from)[1]


def message_id(settings: Settings, letter: Letter) -> str:
    """The same for every try of a message, so that a mail server can tell that it has it."""
    host = parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"
    return f"<{letter.reference.hex}@{host}>"


def written(settings: Settings, letter: Letter, *, now: dt.datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = now
    message["Message-ID"] = message_id(settings, letter)
    if settings.intake_address:
        message["Reply-To"] = return_address(settings, letter.reference)
    message["List-Unsubscribe"] = f"<{letter.stop_link}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message["Content-Language"] = letter.language  # after the content, which takes such headers away
    return message


class MailServer:
    """The mail server of the settings."""

    def __init__(self, settings: Settings, *, now: dt.datetime) -> None:
        self._settings = settings
        self._now = now
        self._connection: aiosmtplib.SMTP | None = None

    async def hand_over(self, letter: Letter) -> Outcome:
        content = written(self._settings, letter, now=self._now).as_bytes()
        try:
            connection = await self._connected()
        except (SMTPException, OSError):
            return Outcome("waiting", "no_server")
        sender = return_address(self._settings, letter.reference)
        try:
            await connection.mail(sender)
            await connection.rcpt(letter.to)
        except SMTPResponseException as problem:
            await self._forget_message(connection)
            is_the_address = isinstance(problem, aiosmtplib.SMTPRecipientRefused) and problem.code >= PERMANENT
            return Outcome("bounced", "no_such_address") if is_the_address else Outcome("waiting", "not_now")
        except (SMTPException, OSError):
            await self.close()
            return Outcome("waiting", "no_server")
        try:
            await connection.data(content, timeout=SECONDS_TO_TAKE)
        except SMTPResponseException as problem:
            await self._forget_message(connection)
            return Outcome("failed", "refused") if problem.code >= PERMANENT else Outcome("waiting", "not_now")
        except (SMTPException, OSError):
            # It may have been taken before the connection was lost.
            await self.close()
            return Outcome("unknown", "connection_lost")
        return Outcome("handed_over")

    async def find(self, reference: uuid.UUID) -> Outcome | None:  # noqa: ARG002 - a mail server tells nothing
        return None

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._connection is None or not self._connection.is_connected:
            server = urlsplit(self._settings.smtp_url)
            connection = aiosmtplib.SMTP(
                hostname=server.hostname or "127.0.0.1",
                port=server.port,
                username=unquote(server.username) if server.username else None,
                password=unquote(server.password) if server.password else None,
                use_tls=server.scheme == "smtps",
                start_tls=must_be_encrypted(self._settings.smtp_url),
                timeout=SECONDS_TO_ANSWER,
            )
            await connection.connect()
            self._connection = connection
        return self._connection

    async def _forget_message(self, connection: aiosmtplib.SMTP) -> None:
        try:
            await connection.rset()
        except (SMTPException, OSError):
            await self.close()

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(SMTPException, OSError):
                await connection.quit(timeout=2)
            connection.close()


class Outbox:
    """On a machine where the product is being developed, e-mail goes into a folder that the page ``/outbox`` shows."""

    def __init__(self, settings: Settings, *, now: dt.datetime) -> None:
        self._settings = settings
        self._now = now

    async def hand_over(self, letter: Letter) -> Outcome:
        content = written(self._settings, letter, now=self._now).as_bytes()
        name = f"{self._now:%Y%m%dT%H%M%S%f}-{letter.reference.hex}.eml"
        await asyncio.to_thread(_keep, self._settings.data / "outbox", name, content)
        return Outcome("handed_over")

    async def find(self, reference: uuid.UUID) -> Outcome | None:
        found = await asyncio.to_thread(list, (self._settings.data / "outbox").glob(f"*-{reference.hex}.eml"))
        return Outcome("handed_over") if found else Outcome("waiting", "machine_stopped")

    async def close(self) -> None:
        pass


def _keep(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
