"""Recordings, drawings and photos of private spaces: taken in, sealed, and opened for those who may see them."""

from __future__ import annotations

import asyncio
import secrets
import uuid
from collections.abc import AsyncIterator

from voice.capture.arriving import take_in
from voice.capture.views import keys
from voice.capture.views.saying import MOST_VIEWS, KeptFile, home_ring
from voice.capture.views.spaces import Opened, SpaceProblem
from voice.capture.views.tables import View, ViewFile
from voice.settings import Settings
from voice.storage import Store
from voice.storage.files import FileFolder

FOLDER = "views"

MOST_BYTES = 150_000_000
"""Of all files of a space together: some hundred and fifty photos, or hours of sound. Anybody can begin a space."""


def folder_of(settings: Settings) -> FileFolder:
    return FileFolder(settings.data, FOLDER)


async def take(
    pieces: AsyncIterator[bytes], kind: str, opened: Opened, view: uuid.UUID, *, store: Store, folder: FileFolder
) -> KeptFile:
    """Keeps what arrives for a view that is not said yet, in place of what arrived for it before.

    Raises ``AnswerProblem``, as ``arriving.take_in`` does, and :class:`SpaceProblem` (``full``).
    """
    await store.read(lambda: _check_room(opened, view, 1))  # a full space keeps nobody busy
    arrived = await take_in(pieces, kind, folder)
    file = KeptFile(arrived.id, secrets.token_bytes(32), kind, arrived.media_type, arrived.seconds)
    ring = home_ring(opened)

    async def unit() -> list[uuid.UUID]:
        await _check_room(opened, view, arrived.bytes)
        mine = ViewFile.view == view, ViewFile.space == opened.space
        before = await ViewFile.select(ViewFile.id).where(*mine)
        await ViewFile.delete().where(*mine)
        await ViewFile.insert(
            ViewFile(
                id=file.id,
                space=opened.space,
                view=view,
                ring=ring,
                sealed=keys.seal(opened.held.ring_key(ring), file, file.id),
                bytes=arrived.bytes,
            )
        )
        return [row["id"] for row in before]

    try:
        await asyncio.to_thread(_seal, folder, file)
        replaced = await store.write(unit)
    except BaseException:
        await asyncio.to_thread(folder.remove, file.id)
        raise
    await remove(folder, replaced)
    return file


async def _check_room(opened: Opened, view: uuid.UUID, bytes: int) -> None:
    """Raises :class:`SpaceProblem` (``full``) when the space has no room for a file of this view. Also files that
    belong to nothing yet take room."""
    others = await ViewFile.select(ViewFile.bytes).where(ViewFile.space == opened.space, ViewFile.view != view)
    if len(others) >= MOST_VIEWS or sum(row["bytes"] for row in others) + bytes > MOST_BYTES:
        raise SpaceProblem("full")


async def arrived_for(opened: Opened, view: uuid.UUID) -> KeptFile | None:
    """The file that has arrived for a view, in a unit of the store."""
    row = (
        await ViewFile.select(ViewFile.id, ViewFile.ring, ViewFile.sealed)
        .where(ViewFile.view == view, ViewFile.space == opened.space)
        .first()
    )
    if row is None or row["ring"] != home_ring(opened):
        return None
    return keys.unseal(opened.held.ring_key(row["ring"]), row["sealed"], row["id"], KeptFile)


async def let_go(opened: Opened, view: uuid.UUID) -> list[uuid.UUID]:
    """Forgets what has arrived for a view, in a unit of the store; returns the files that are to be removed."""
    mine = ViewFile.view == view, ViewFile.space == opened.space
    found = [row["id"] for row in await ViewFile.select(ViewFile.id).where(*mine)]
    await ViewFile.delete().where(*mine)
    return found


def content(folder: FileFolder, file: KeptFile) -> bytes:
    """What is in the file. Raises ``FileNotFoundError``. Call it in a thread."""
    return keys.unseal_bytes(file.opens, folder.path(file.id).read_bytes(), file.id)


async def remove(folder: FileFolder, files: list[uuid.UUID]) -> None:
    for id in files:
        await asyncio.to_thread(folder.remove, id)


async def remove_unsaid(store: Store, folder: FileFolder, now: float | None = None) -> int:
    """Removes files of more than an hour ago that belong to nothing that was said. ``now`` is a UNIX time."""
    old = await asyncio.to_thread(folder.older_than_an_hour, now)
    if not old:
        return 0

    async def said() -> set[uuid.UUID]:
        views = View.select(View.id)
        rows = await ViewFile.select(ViewFile.id).where(ViewFile.view.is_in(views))
        return {row["id"] for row in rows}

    unsaid = sorted(set(old) - await store.read(said))

    async def forget() -> None:
        for start in range(0, len(unsaid), 400):
            await ViewFile.delete().where(ViewFile.id.is_in(unsaid[start : start + 400]))

    if unsaid:
        await store.write(forget)
        await remove(folder, unsaid)
    return len(unsaid)


def _seal(folder: FileFolder, file: KeptFile) -> None:
    """Puts the sealed file in the place of the open one, in one step."""
    sealed = keys.seal_bytes(file.opens, folder.path(file.id).read_bytes(), file.id)
    arriving = folder.place_to_arrive()
    arriving.write_bytes(sealed)
    folder.keep(arriving, file.id)
