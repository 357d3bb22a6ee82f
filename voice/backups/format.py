"""What stands in the file of a backup: a tar archive, so that standard programs can look into one that is not sealed.

``about.json`` comes first: which version of the schema, which tables and columns. Then rows, some thousand in a part
(JSON lines, compressed, a list of values each), the files that people gave, and the secret. ``manifest.json`` comes
last: what there is of everything, with the hash of each part. Names, times and owners of the archive say nothing.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO, cast

import msgspec

from voice.backups.problems import BackupProblem
from voice.backups.sealing import CUT_OFF, DAMAGED, SealedReader, is_sealed
from voice.storage.secret import SECRET

FORMAT = 1
ABOUT, MANIFEST = "about.json", "manifest.json"
ROWS = re.compile(r"rows/([a-z0-9_]+)/([0-9]{6})\.jsonl\.gz")
FILES = re.compile(r"files/([a-z_]+/[0-9a-f]{2}/[0-9a-f-]{36})")

LARGEST_SHEET = 64 * 1024 * 1024
"""Bytes of a part that is read at once; only files are larger."""

NO_BACKUP = "This is no backup of Golden Thread."
NEEDS_PASSPHRASE = "This backup is sealed. Give its passphrase: a file with it as --passphrase-file."  # noqa: S105


class TableKept(msgspec.Struct, frozen=True):
    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    """See ``values.py``."""


class About(msgspec.Struct, frozen=True):
    """``steps`` are the migrations that were applied; ``made`` is the moment at which the view of the rows began."""

    format: int
    made: str
    database: str
    steps: tuple[str, ...]
    tables: tuple[TableKept, ...]


class RowsKept(msgspec.Struct, frozen=True):
    rows: int
    sum: str


class Manifest(msgspec.Struct, frozen=True):
    """``parts`` has the SHA-256 of every other part by its name."""

    parts: Mapping[str, str]
    tables: Mapping[str, RowsKept]

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables.values())

    @property
    def files(self) -> int:
        return sum(name.startswith("files/") for name in self.parts)


class Hashing(io.RawIOBase):
    """Passes on what is read, and knows its hash afterwards."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            piece = self._source.read(size)
        except tarfile.ReadError as problem:
            raise BackupProblem(CUT_OFF) from problem
        self._hash.update(piece)
        return piece

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


class Writer:
    """Puts parts into an archive, one after the other, and its manifest at the end."""

    def __init__(self, file: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._parts: dict[str, str] = {}

    def put(self, name: str, content: bytes) -> None:
        self._parts[name] = hashlib.sha256(content).hexdigest()
        self._put(name, io.BytesIO(content), len(content))

    def put_file(self, name: str, file: BinaryIO, size: int) -> None:
        hashing = Hashing(file)
        self._put(name, hashing, size)
        self._parts[name] = hashing.hexdigest()

    def finish(self, tables: Mapping[str, RowsKept]) -> Manifest:
        manifest = Manifest(parts=self._parts, tables=tables)
        content = msgspec.json.encode(manifest)
        self._put(MANIFEST, io.BytesIO(content), len(content))
        self._tar.close()
        return manifest

    def _put(self, name: str, content: IO[bytes] | Hashing, size: int) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        self._tar.addfile(told, cast("IO[bytes]", content))


class Part(msgspec.Struct, frozen=True):
    """``content`` can be read until the next part is asked for."""

    name: str
    content: Hashing


def parts(path: Path, passphrase: str | None) -> Iterator[Part]:
    """The parts of a backup in their order. Raises :class:`BackupProblem` for all that is none, or not whole.

    The last is the manifest. Each part was read to its end, and its hash compared with the manifest, by the time this
    ends: whoever takes something from an earlier part takes it back when this raises.
    """
    hashes: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with path.open("rb") as file:
            plain = _opened(file, passphrase)
            with tarfile.open(fileobj=plain, mode="r|") as tar:
                for member in tar:
                    content = tar.extractfile(member) if member.isreg() else None
                    if content is None or manifest is not None or member.name in hashes:
                        raise BackupProblem(DAMAGED)
                    hashing = Hashing(content)
                    if member.name == MANIFEST:
                        sheet = read_whole(Part(member.name, hashing))
                        manifest = msgspec.json.decode(sheet, type=Manifest)
                        continue
                    yield Part(member.name, hashing)
                    while hashing.read(1024 * 1024):
                        pass
                    hashes[member.name] = hashing.hexdigest()
            while plain.read(1024 * 1024):
                pass  # a sealed backup is whole only if its last piece is there
    except tarfile.ReadError as problem:
        raise BackupProblem(CUT_OFF if hashes else NO_BACKUP) from problem
    except (tarfile.TarError, msgspec.MsgspecError, EOFError) as problem:
        raise BackupProblem(DAMAGED) from problem
    except OSError as problem:
        raise BackupProblem(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    if manifest is None:
        raise BackupProblem(CUT_OFF if hashes else NO_BACKUP)
    if dict(manifest.parts) != hashes:
        raise BackupProblem(DAMAGED)
    yield Part(MANIFEST, Hashing(io.BytesIO(msgspec.json.encode(manifest))))


def _opened(file: BinaryIO, passphrase: str | None) -> IO[bytes]:
    sealed = is_sealed(file.peek(64)[:64])  # type: ignore[attr-defined]
    if not sealed:
        return file
    if passphrase is None:
        raise BackupProblem(NEEDS_PASSPHRASE)
    return cast("IO[bytes]", io.BufferedReader(SealedReader(file, passphrase), 65_536))


def read_whole(part: Part) -> bytes:
    content = part.content.read(LARGEST_SHEET + 1)
    if len(content) > LARGEST_SHEET:
        raise BackupProblem(DAMAGED)
    return content


class Looked(msgspec.Struct, frozen=True):
    about: About
    manifest: Manifest


def look_at(path: Path, passphrase: str | None) -> Looked:
    """Reads a backup from beginning to end and gives what it says of itself. Raises :class:`BackupProblem`."""
    about: About | None = None
    manifest: Manifest | None = None
    for part in parts(path, passphrase):
        if about is None:
            about = _about(part)
        elif part.name == MANIFEST:
            manifest = msgspec.json.decode(read_whole(part), type=Manifest)
        elif part.name != SECRET and not ROWS.fullmatch(part.name) and not FILES.fullmatch(part.name):
            raise BackupProblem(DAMAGED)
    if about is None or manifest is None:
        raise BackupProblem(NO_BACKUP)
    return Looked(about, manifest)


def _about(part: Part) -> About:
    if part.name != ABOUT:
        raise BackupProblem(NO_BACKUP)
    content = read_whole(part)
    format = msgspec.json.decode(content, type=_Format).format
    if format > FORMAT:
        raise BackupProblem("This backup was made by a newer version of Golden Thread. Restore it with that version.")
    return msgspec.json.decode(content, type=About)


class _Format(msgspec.Struct, frozen=True):
    format: int
