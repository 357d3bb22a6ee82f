"""Files that somebody has sent in and is still looking at, before their answers are taken in."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from surveys.importing.mapping import Mapping
from voice.capture.importing import Destination

HOURS_KEPT = 24

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


class WaitingFile(msgspec.Struct, frozen=True):
    """``member`` is who sent it in; nobody else can open it."""

    member: str
    filename: str
    content: bytes
    destination: Destination
    mapping: Mapping | None = None


class OwnedFile(Protocol):
    """What can wait: it knows who sent it in."""

    @property
    def member(self) -> str: ...


Kind = TypeVar("Kind", bound=OwnedFile)


class NoSuchFile(Exception):
    """The file was taken in already, or it waited for too long."""


class WaitingFiles:
    def __init__(self, data: Path) -> None:
        self._folder = data / "waiting"

    def keep(self, file: OwnedFile, token: str | None = None) -> str:
        """Keeps the file under a new token, or in place of the one under ``token``."""
        token = token or secrets.token_urlsafe(16)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self._folder / f".{token}"
        beside.write_bytes(msgspec.msgpack.encode(file))
        beside.replace(self._folder / token)
        return token

    def find(self, token: str, member: str) -> WaitingFile:
        return self.find_as(WaitingFile, token, member)

    def find_as(self, kind: type[Kind], token: str, member: str) -> Kind:
        if not _TOKEN.fullmatch(token):
            raise NoSuchFile
        try:
            found = msgspec.msgpack.decode((self._folder / token).read_bytes(), type=kind)
        except (FileNotFoundError, msgspec.ValidationError) as problem:
            raise NoSuchFile from problem
        if found.member != member:
            raise NoSuchFile
        return found

    def forget(self, token: str) -> None:
        (self._folder / token).unlink(missing_ok=True)

    def clear(self) -> None:
        """Removes files that nobody came back to."""
        oldest = time.time() - HOURS_KEPT * 3600
        for path in self._folder.glob("*") if self._folder.is_dir() else ():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
