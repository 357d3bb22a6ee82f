"""Drawings, photos and recordings of sessions on disk. Every function waits for the disk."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path

import msgspec

from voice.capture.sessions.report import Line
from voice.storage.files import FileFolder

ROOMS = "rooms"
"""The folder of files of sessions."""


class RoomFile(msgspec.Struct, frozen=True):
    """``form`` is as in the evidence bank's voices; ``size`` in bytes."""

    id: uuid.UUID
    form: str
    media_type: str
    size: int
    path: Path

    def content(self) -> bytes:
        return self.path.read_bytes()


def files_of(data: Path, lines: Iterable[Line]) -> dict[uuid.UUID, RoomFile]:
    """The files of these lines that are there."""
    folder = FileFolder(data, ROOMS)
    return {
        line.file: RoomFile(line.file, line.form, line.media_type, path.stat().st_size, path)
        for line in lines
        if line.file is not None and (path := folder.path(line.file)).is_file()
    }
