"""Files on their way in: written to disk piece by piece, opened by another process, and kept under a random name."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import shutil
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from surveys import stored_files
from surveys.answers import AnswerProblem
from surveys.stored_files import KnownFile
from voice.capture.reading_files import Found
from voice.running.turns import Turns
from voice.settings import ROOT
from voice.storage import Store, StoreUnavailable
from voice.storage.files import FileFolder

LARGEST = {"recording": 15_000_000, "drawing": 12_000_000, "photo": 12_000_000, "film": 36_000_000}
"""Bytes, by kind of question; a ``film`` is part of a question and never an answer."""

UNREADABLE = {"recording": "not_a_recording", "film": "not_a_film"}
"""What is said of a file that the process did not come to the end of; of pictures ``picture_broken``."""

KEPT_FREE = 300_000_000
"""Bytes of the disk that files leave alone: whoever sends any number of them keeps nobody from answering in words."""

WRITTEN_ANEW = 500
"""Files in one tidying, of which the first holds up the start."""

AT_ONCE = 2
"""Files that are opened at the same moment; the others wait on disk."""

SECONDS_TO_WAIT = 60
"""For the process that opens a file, which is bound to fewer seconds of work."""

SECONDS_IN_LINE = 20
"""A file that does not get its turn in that time is to be sent again: its device keeps it."""

PIECE = 256 * 1024

log = logging.getLogger("voice.capture")

_TURNS = Turns(at_once=AT_ONCE, seconds_to_wait=SECONDS_IN_LINE)


async def take_in(pieces: AsyncIterator[bytes], kind: str, folder: FileFolder) -> KnownFile:
    """Keeps what arrives as a file of this kind of question.

    Raises ``AnswerProblem``, and then nothing is kept: ``file_empty``, ``file_too_big`` (bytes), and what
    ``recordings.py``, ``films.py`` and ``pictures.py`` raise; ``StoreUnavailable`` when the disk is nearly full or too
    many files wait. Whoever calls it removes the file when nothing comes to name it.
    """
    arrived = await asyncio.to_thread(folder.place_to_arrive)
    if (await asyncio.to_thread(shutil.disk_usage, arrived.parent)).free < KEPT_FREE:
        raise StoreUnavailable("The disk is nearly full, so no more files are taken in.")
    read = arrived.with_name(f"{arrived.name}.read")
    try:
        await _write(pieces, arrived, LARGEST[kind])
        found = await _open(kind, arrived, read)
        id = uuid.uuid4()
        size = await asyncio.to_thread(_keep, folder, read, id)
        return KnownFile(id, found.media_type, size, found.seconds)
    finally:
        arrived.unlink(missing_ok=True)
        read.unlink(missing_ok=True)


def _keep(folder: FileFolder, read: Path, id: uuid.UUID) -> int:
    size = read.stat().st_size
    folder.keep(read, id)
    return size


async def _write(pieces: AsyncIterator[bytes], path: Path, largest: int) -> None:
    """Writes the pieces. What is too much is read to its end, so that the answer finds somebody who listens."""
    size = 0
    gathered = bytearray()
    with await asyncio.to_thread(path.open, "xb") as file:
        async for piece in pieces:
            size += len(piece)
            if size > largest:
                gathered.clear()
                continue
            gathered += piece
            if len(gathered) >= PIECE:
                await asyncio.to_thread(file.write, gathered)
                gathered = bytearray()
        await asyncio.to_thread(file.write, gathered)
    if size > largest:
        raise AnswerProblem("file_too_big", limit=largest, length=size)
    if not size:
        raise AnswerProblem("file_empty")


async def _open(kind: str, source: Path, target: Path) -> Found:
    async with _TURNS.turn():
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "voice.capture.reading_files",
            kind,
            str(source),
            str(target),
            cwd=ROOT,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            written, _ = await asyncio.wait_for(process.communicate(), SECONDS_TO_WAIT)
        except TimeoutError:
            written = b""
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
    if process.returncode or not written:
        # It ran out of its time or memory, or fell over what the file holds.
        raise AnswerProblem(UNREADABLE.get(kind, "picture_broken"))
    found = msgspec.json.decode(written, type=Found)
    if found.problem:
        raise AnswerProblem(found.problem, limit=found.limit, length=found.length)
    return found


async def remove_unused(store: Store, folder: FileFolder, now: float | None = None) -> int:
    """Removes the files that no answers name any more, and returns how many they were. ``now`` is a UNIX time."""
    old = await asyncio.to_thread(folder.older_than_an_hour, now)
    unused = await stored_files.unused_among(old) if old else []
    if unused:
        await store.write(lambda: stored_files.forget(unused))
    for id in unused:
        await asyncio.to_thread(folder.remove, id)
    await asyncio.to_thread(folder.clear_arriving, now)
    return len(unused)


async def leave_no_order(folder: FileFolder) -> None:
    """Writes the files of answers that were sent since anew, in no order: the disk keeps to the second when a file was
    made, and nothing sets that time but making it. Where there is no room, it is tried again at the next tidying."""
    came = await asyncio.to_thread(folder.in_the_order_of_coming)
    sent = list(await stored_files.sent_among(came))
    secrets.SystemRandom().shuffle(sent)
    some = sent[:WRITTEN_ANEW]
    for id in some:
        if (await asyncio.to_thread(shutil.disk_usage, folder.data)).free < KEPT_FREE:
            break
        try:
            await asyncio.to_thread(folder.write_anew, id)
        except FileNotFoundError:
            continue  # erased meanwhile
        except OSError as problem:
            log.error("files could not be written anew, so the disk tells when they came: %s", problem)
            break
    # A row goes before its file does: what was erased while it was copied has none by now.
    still = await stored_files.sent_among(some)
    for id in some:
        if id not in still:
            await asyncio.to_thread(folder.remove, id)
