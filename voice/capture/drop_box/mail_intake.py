"""E-mail into the drop box: a small SMTP server that takes letters in and passes nothing on.

A letter becomes a contribution that waits for a person. An address can be forged, so being from a partner's address
makes no letter count; it only says in which list it waits.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

from voice.capture.drop_box import contributions
from voice.capture.drop_box.contributions import About
from voice.capture.drop_box.opening import pieces_of, read_letter
from voice.capture.drop_box.pieces import DropBoxProblem, LeftOut, Letter, Piece, Reading
from voice.capture.drop_box.senders import partner_of
from voice.capture.drop_box.splitting import voices_in
from voice.capture.drop_box.telling import digest_of
from voice.inviting.coming_back import ComingBack, is_return_address
from voice.storage import Store, StoreUnavailable

LARGEST_LETTER = 30_000_000
"""Bytes on the wire, where attachments take a third more than on disk."""

MOST_CONNECTIONS = 20
SECONDS_OF_SILENCE = 120

TAKEN = "250 2.0.0 Thank you. Somebody will read it."
TAKEN_BEFORE = "250 2.0.0 We have this letter already."
NOT_OURS = "550 5.1.1 Nobody reads letters to this address."
NOT_READABLE = "554 5.6.0 We could not read this letter. Please send the words alone, or use the drop box page."
LATER = "451 4.3.0 We cannot keep anything just now. Please send it again later."
BUSY = "421 4.3.2 Many letters come in now. Please try again later."

log = logging.getLogger("voice.mail")


class Intake:
    """What is done with letters: the handler of aiosmtpd. ``address`` is the one that is read; empty for any."""

    def __init__(self, store: Store, *, secret: bytes, clock: Callable[[], dt.datetime], address: str = "") -> None:
        self._store = store
        self._secret = secret
        self._clock = clock
        self._address = address.strip().lower()
        self._coming_back = ComingBack(store, secret=secret, clock=clock)

    async def handle_RCPT(
        self,
        server: SMTP,  # noqa: ARG002 - aiosmtpd's signature
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        plain = address.strip().lower()
        if self._address and plain != self._address and not is_return_address(plain, self._address):
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        try:
            if await self._coming_back.take(content, envelope.rcpt_tos):
                return TAKEN
            return TAKEN if await self.take_in(content) else TAKEN_BEFORE
        except DropBoxProblem:
            return NOT_READABLE
        except StoreUnavailable:
            return LATER
        except Exception:
            # What the letter says is not written into a log.
            log.exception("a letter could not be taken in")
            return LATER

    async def take_in(self, content: bytes) -> bool:
        """Puts a letter among what waits; ``False`` when it came before. Raises :class:`DropBoxProblem`."""
        letter = await read_letter(content)
        digest = digest_of(self._secret, (letter.message_id.encode() or content))
        if await self._store.read(lambda: contributions.with_digest(digest)):
            return False
        reading = await pieces_of(letter)
        return await self._store.write(lambda: self._keep(letter, readable(reading), digest))

    async def _keep(self, letter: Letter, reading: Reading, digest: str) -> bool:
        if await contributions.with_digest(digest):
            return False
        today = self._clock().date()
        partner, kind = await partner_of(letter.sender)
        await contributions.add(
            uuid.uuid4(),
            About(partner=partner, partner_kind=kind, heard_on=today.isoformat(), language="en"),
            reading,
            source="drop_box",
            way="mail",
            stage="waiting",
            came_on=today.isoformat(),
            digest=digest,
        )
        return True


def readable(reading: Reading) -> Reading:
    """What can be kept as it is read; pieces that make too many voices are left out, and named.

    A letter is kept also when nothing in it could be read: then its list of what was left out says so.
    """
    pieces: list[Piece] = []
    left_out = list(reading.left_out)
    for piece in reading.pieces:
        try:
            voices_in((*pieces, piece), "whole")
        except DropBoxProblem:
            left_out.append(LeftOut(piece.name, "too_long"))
        else:
            pieces.append(piece)
    return Reading(tuple(pieces), tuple(left_out))


@asynccontextmanager
async def listening(intake: Intake, *, host: str, port: int) -> AsyncIterator[int]:
    """Listens for letters, at the port that it gives (``port`` may be 0 for any). Raises ``OSError``."""
    connections: set[_Connection] = set()
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(intake, connections), host, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for connection in list(connections):
            connection.end()
        await server.wait_closed()


class _Connection(SMTP):
    """One conversation. Those over the most that there may be are told to come back."""

    line_length_limit = 100_000
    """Bytes. A line may have a thousand (RFC 5321), but letters of some programs have longer ones, and are read."""

    def __init__(self, intake: Intake, connections: set[_Connection]) -> None:
        super().__init__(
            intake,
            data_size_limit=LARGEST_LETTER,
            enable_SMTPUTF8=True,
            hostname="golden-thread",
            ident="Golden Thread",
            timeout=SECONDS_OF_SILENCE,
            loop=asyncio.get_running_loop(),
        )
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if len(self._connections) >= MOST_CONNECTIONS:
            assert isinstance(transport, asyncio.Transport)
            transport.write(f"{BUSY}\r\n".encode())
            transport.close()
            return
        self._connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self._connections:
            self._connections.discard(self)
            super().connection_lost(error)

    def end(self) -> None:
        if self.transport is not None:
            self.transport.close()
