"""Files and e-mails on their way in: each is opened by a process of its own, bound in time and memory."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from pathlib import PurePath

import msgspec

from voice.capture.drop_box.pieces import (
    MOST_LETTERS,
    Attachment,
    DropBoxProblem,
    LeftOut,
    Letter,
    Piece,
    Reading,
    letters_of,
)
from voice.capture.drop_box.reading import Given
from voice.settings import ROOT

LARGEST = 20_000_000
"""Bytes of a file."""

MOST_ATTACHMENTS = 10
"""Attachments of one e-mail that are read; what else hangs on it is named as left out."""

MOST_TRIED = 20
AT_ONCE = 2
SECONDS_TO_WAIT = 60

_opening: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


async def read_in(name: str, content: bytes) -> Reading:
    """What a file says; an e-mail with what hangs on it. Raises :class:`DropBoxProblem`."""
    if len(content) > LARGEST:
        raise DropBoxProblem("too_big", name)
    if PurePath(name).suffix.lower() == ".eml":
        reading = await pieces_of(await read_letter(content, name))
        if not reading.pieces:
            raise DropBoxProblem("empty", name)
        return reading
    reading = msgspec.msgpack.decode(await _read(Given(name, content)), type=Reading)
    if reading.problem:
        raise DropBoxProblem(reading.problem, name)
    return reading


async def read_letter(content: bytes, name: str = "") -> Letter:
    """An e-mail taken apart. Raises :class:`DropBoxProblem`."""
    if not content.strip():
        raise DropBoxProblem("empty", name)
    return msgspec.msgpack.decode(await _read(Given(name, content, letter=True)), type=Letter)


async def pieces_of(letter: Letter) -> Reading:
    """The words of an e-mail and of the first attachments that can be read, and what was left out."""
    pieces = [Piece(text=letter.words)] if letter.words else []
    left_out = list(letter.left_out)
    read = 0
    for tried, attachment in enumerate(letter.attachments):
        if read == MOST_ATTACHMENTS or tried == MOST_TRIED:
            left_out.append(LeftOut(attachment.name, "too_many"))
            continue
        try:
            found = await _attachment(attachment)
            if letters_of((*pieces, *found.pieces)) > MOST_LETTERS:
                raise DropBoxProblem("too_long")
        except DropBoxProblem as problem:
            left_out.append(LeftOut(attachment.name, problem.code))  # type: ignore[arg-type]
            continue
        read += 1
        pieces += found.pieces
        left_out += found.left_out
    return Reading(tuple(pieces), tuple(left_out))


async def _attachment(attachment: Attachment) -> Reading:
    if PurePath(attachment.name).suffix.lower() == ".eml":
        letter = await read_letter(attachment.content, attachment.name)
        if not letter.words:
            raise DropBoxProblem("empty")
        inner = tuple(LeftOut(each.name, "too_many") for each in letter.attachments)
        return Reading((Piece(attachment.name, letter.words),), (*letter.left_out, *inner))
    return await read_in(attachment.name, attachment.content)


async def _read(given: Given) -> bytes:
    """Raises :class:`DropBoxProblem` ``unreadable`` when the process runs out of time or memory, or falls over."""
    async with _opening.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "voice.capture.drop_box.reading",
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            written, _ = await asyncio.wait_for(process.communicate(msgspec.msgpack.encode(given)), SECONDS_TO_WAIT)
        except (TimeoutError, ConnectionError):
            written = b""
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
    if process.returncode or not written:
        raise DropBoxProblem("unreadable", given.name)
    return written
