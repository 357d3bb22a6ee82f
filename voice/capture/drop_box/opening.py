"""Files and e-mails on their way in: each is opened by a process of its own, bound in time and memory."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Sequence
from pathlib import PurePath

import msgspec

from voice.capture.drop_box.pieces import (
    MOST_LETTERS,
    DropBoxProblem,
    LeftOut,
    Letter,
    Piece,
    Reading,
    letters_of,
)
from voice.capture.drop_box.reading import BYTES_OF_LENGTH, Given
from voice.settings import ROOT

LARGEST = 20_000_000
"""Bytes of a file."""

MOST_ATTACHMENTS = 10
"""Attachments of one e-mail that are read; what else hangs on it is named as left out."""

MOST_TRIED = 20
MOST_PROCESSES = 3
"""For the attachments of one e-mail."""

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
    (reading,) = await _read_each([Given(name, content)])
    if reading.problem:
        raise DropBoxProblem(reading.problem, name)
    return reading


async def read_letter(content: bytes, name: str = "") -> Letter:
    """An e-mail taken apart. Raises :class:`DropBoxProblem`."""
    if not content.strip():
        raise DropBoxProblem("empty", name)
    written = await _read([Given(name, content, letter=True)])
    if not written:
        raise DropBoxProblem("unreadable", name)
    return msgspec.msgpack.decode(written[0], type=Letter)


async def pieces_of(letter: Letter) -> Reading:
    """The words of an e-mail and of the first attachments that can be read, and what was left out."""
    pieces = [Piece(text=letter.words)] if letter.words else []
    left_out = list(letter.left_out)
    tried, others = letter.attachments[:MOST_TRIED], letter.attachments[MOST_TRIED:]
    readings = await _read_each([Given(each.name, each.content) for each in tried])
    read = 0
    for attachment, found in zip(tried, readings, strict=True):
        if found.problem:
            left_out.append(LeftOut(attachment.name, found.problem))
        elif read == MOST_ATTACHMENTS:
            left_out.append(LeftOut(attachment.name, "too_many"))
        elif letters_of((*pieces, *found.pieces)) > MOST_LETTERS:
            left_out.append(LeftOut(attachment.name, "too_long"))
        else:
            read += 1
            pieces += found.pieces
            left_out += found.left_out
    left_out += [LeftOut(each.name, "too_many") for each in others]
    return Reading(tuple(pieces), tuple(left_out))


async def _read_each(files: Sequence[Given]) -> list[Reading]:
    """A reading of each file. One that its process does not come to the end of is ``unreadable``; the files after it
    get another process, until there were ``MOST_PROCESSES`` of them."""
    readings: list[Reading] = []
    for _ in range(MOST_PROCESSES):
        if len(readings) == len(files):
            break
        written = await _read(files[len(readings) :])
        readings += [msgspec.msgpack.decode(each, type=Reading) for each in written]
        if len(readings) < len(files):
            readings.append(Reading(problem="unreadable"))
    return readings + [Reading(problem="unreadable")] * (len(files) - len(readings))


async def _read(files: Sequence[Given]) -> list[bytes]:
    """What the process wrote of each file, up to the one that ended it, if one did."""
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
        assert process.stdin is not None
        assert process.stdout is not None
        written: list[bytes] = []
        try:
            # asyncio.timeout, and not wait_for, so that what was written before the time was over is not lost.
            async with asyncio.timeout(SECONDS_TO_WAIT):
                process.stdin.write(msgspec.msgpack.encode(files))
                await process.stdin.drain()
                process.stdin.close()
                for _ in files:
                    length = int.from_bytes(await process.stdout.readexactly(BYTES_OF_LENGTH))
                    written.append(await process.stdout.readexactly(length))
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return written
