"""Recordings, drawings and photos on disk. ``surveys/stored_files.py`` has what the database knows of them.

The folder says nothing of who gave a file or when: names are random, the time of every file is the same. What
arrives is written under another name and takes its own in one step, so that no file is ever there in part.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

AN_HOUR = 3600

SAME_TIME = (0, 0)
"""When every file was changed, as far as the folder tells."""

OUT_OF_ORDER = (1, 1)
"""The time of files that were written anew in no order: see :meth:`FileFolder.write_anew`."""

ANSWERS, QUESTIONS, PUBLISHED = "answers", "questions", "published"
"""The folders: of what people gave, of what they are asked with, and of what stands beside "you said, we did"."""


class FileFolder:
    """The files below ``data``. Every function waits for the disk: call them in a thread."""

    def __init__(self, data: Path, kept: str = ANSWERS) -> None:
        self.data = data
        self._files = data / "files"
        self._kept = self._files / kept
        self._arriving = self._files / "arriving"

    def place_to_arrive(self) -> Path:
        """A name that nobody uses, for bytes that were not looked at yet."""
        self._files.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._arriving.mkdir(exist_ok=True, mode=0o700)
        return self._arriving / secrets.token_hex(16)

    def keep(self, arrived: Path, id: uuid.UUID) -> None:
        """Gives a file that has arrived its name. It is on disk when this returns."""
        path = self.path(id)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        arrived.chmod(0o600)
        os.utime(arrived, SAME_TIME)
        to_disk(arrived)
        arrived.replace(path)
        to_disk(path.parent)

    def path(self, id: uuid.UUID) -> Path:
        name = str(id)
        return self._kept / name[:2] / name

    def remove(self, id: uuid.UUID) -> None:
        self.path(id).unlink(missing_ok=True)

    def all(self) -> Iterator[uuid.UUID]:
        for path in self._kept.glob("??/*"):
            yield uuid.UUID(path.name)

    def in_the_order_of_coming(self) -> list[uuid.UUID]:
        """Files of which the disk still tells when they came, to the second, by the time at which they were made."""
        return [id for id in self.all() if _changed(self.path(id)) != OUT_OF_ORDER[1]]

    def write_anew(self, id: uuid.UUID) -> None:
        """Puts a copy in place of a file, made now. Whoever calls it removes the file if it was to go meanwhile.

        Raises ``OSError``, and the file is then as it was.
        """
        new = self.place_to_arrive()
        try:
            with self.path(id).open("rb") as file, new.open("xb") as copy:
                shutil.copyfileobj(file, copy)
            new.chmod(0o600)
            os.utime(new, OUT_OF_ORDER)
            to_disk(new)
            new.replace(self.path(id))
            to_disk(self.path(id).parent)
        finally:
            new.unlink(missing_ok=True)

    def older_than_an_hour(self, now: float | None = None) -> list[uuid.UUID]:
        """Files that no answer under way can still be about to name."""
        before = (time.time() if now is None else now) - AN_HOUR
        return [id for id in self.all() if _is_older(self.path(id), before)]

    def clear_arriving(self, now: float | None = None) -> None:
        """Removes what arrived in part, because a connection or the server ended."""
        before = (time.time() if now is None else now) - AN_HOUR
        for path in self._arriving.glob("*"):
            if _is_older(path, before):
                path.unlink(missing_ok=True)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return OUT_OF_ORDER[1]


def _is_older(path: Path, before: float) -> bool:
    try:
        # The time of change cannot be set, unlike the time that `keep` makes the same for all.
        return path.stat().st_ctime < before
    except FileNotFoundError:
        return False


def to_disk(path: Path) -> None:
    """Waits until a file or folder is on disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
