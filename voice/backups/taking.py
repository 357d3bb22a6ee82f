"""Making a backup while people work: rows of one moment first, then the files that they name.

A file is on disk before a row names it, and taken away after the row: so whatever the rows of the view name is there to
be copied, unless it was erased meanwhile, and then it should not be in the backup.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import errno
import fcntl
import gzip
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

import msgspec

from voice.backups.format import ABOUT, FILES, FORMAT, About, Manifest, RowsKept, TableKept, Writer, look_at
from voice.backups.problems import BackupProblem
from voice.backups.schema import TableFound, is_kept
from voice.backups.sealing import SealedWriter
from voice.backups.snapshots import Snapshot, snapshot, steps_in, tables_of
from voice.backups.values import Sum, kind_of, written
from voice.settings import Settings
from voice.storage.files import to_disk
from voice.storage.secret import SECRET

PART = 1_000_000
"""Bytes of rows in a part, before they are compressed."""

WORK = "backing-up"
"""The folder in the data for what is needed meanwhile. Whatever is found there, a backup left that was killed."""

LOCK = "lock"
"""The file in it that is locked as long as a backup is being made."""

LAST = "last-backup.json"


class Taken(msgspec.Struct, frozen=True):
    rows: int
    files: int
    bytes: int


class LastBackup(msgspec.Struct, frozen=True):
    """When the last backup of this installation began, for ``voice doctor``."""

    made: str


async def take(settings: Settings, out: Path, *, now: dt.datetime, passphrase: str | None = None) -> Taken:
    """Writes a backup to ``out`` and reads it again. It has its name only once it is whole and on disk.

    Raises :class:`BackupProblem`; then there is no file.
    """
    if await asyncio.to_thread(out.exists):
        raise BackupProblem(f"{out} is there already. Choose another name.")
    try:
        async with _alone(settings) as work:
            return await _take(settings, work, out, now, passphrase)
    except OSError as problem:
        raise BackupProblem(_why(problem, out)) from problem


async def _take(settings: Settings, work: Path, out: Path, now: dt.datetime, passphrase: str | None) -> Taken:
    partly = out.with_name(f"{out.name}.part")
    try:
        async with snapshot(settings, work) as view:
            with _for_its_owner_alone(partly) as file:
                manifest = await _write(view, settings, file, now, passphrase)
                file.flush()
                os.fsync(file.fileno())
        found = await asyncio.to_thread(look_at, partly, passphrase)
        if found.manifest != manifest:
            raise BackupProblem("What was written cannot be read again. Check the disk, then try again.")
        size = partly.stat().st_size
        partly.replace(out)
        to_disk(out.parent)
        _remember(settings, now)
        return Taken(rows=manifest.rows, files=manifest.files, bytes=size)
    finally:
        partly.unlink(missing_ok=True)


def _why(problem: OSError, out: Path) -> str:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"There is no room left for the backup at {out} (or beside the data). Make room, then try again."
    return f"The backup cannot be written to {out}: {problem.strerror or problem}."


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[Path]:
    """A folder to work in, for one backup at a time."""
    work = settings.data / WORK
    if not settings.data.is_dir():
        raise BackupProblem(f"{settings.data} is not there. Say with --data where everything is stored.")
    work.mkdir(mode=0o700, exist_ok=True)
    with _locked(work) as mine:
        if not mine:
            raise BackupProblem("Another backup is being made. Wait until it is done.")
        _empty(work)
        try:
            yield work
        finally:
            _empty(work)


@contextmanager
def _locked(work: Path) -> Iterator[bool]:
    """Whether nobody else is at work there, nor will be meanwhile. The lock stays when all else goes: who had opened
    one that was taken away would lock nothing."""
    with (work / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _empty(work: Path) -> None:
    for left in work.iterdir():
        if left.name != LOCK:
            left.unlink()


def clear_what_was_left(data: Path) -> None:
    """Takes away the copy of all that is stored, not sealed yet, that a backup leaves when it is killed."""
    work = data / WORK
    if work.is_dir():
        with _locked(work) as mine:
            if mine:
                _empty(work)


def _for_its_owner_alone(path: Path) -> BinaryIO:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


async def _write(
    view: Snapshot, settings: Settings, file: BinaryIO, now: dt.datetime, passphrase: str | None
) -> Manifest:
    sealed = SealedWriter(file, passphrase) if passphrase is not None else None
    writer = Writer(cast("IO[bytes]", sealed) if sealed else file)
    tables = await tables_of(view)
    kept = [table for table in tables if is_kept(table.name)]
    about = About(
        format=FORMAT,
        made=now.isoformat(timespec="seconds"),
        database=view.dialect,
        steps=await steps_in(view, tables),
        tables=tuple(_described(table) for table in kept),
    )
    writer.put(ABOUT, msgspec.json.encode(about))
    counts = {table.name: await _put_rows(view, writer, table) for table in kept}
    for path in _files(settings.data):
        _put_file(writer, path, settings.data)
    if (secret := settings.data / SECRET).is_file():
        writer.put(SECRET, secret.read_bytes())
    manifest = writer.finish(counts)
    if sealed:
        sealed.finish()
    return manifest


def _described(table: TableFound) -> TableKept:
    return TableKept(
        name=table.name,
        columns=tuple(column.name for column in table.columns),
        kinds=tuple(kind_of(column.type) for column in table.columns),
    )


async def _put_rows(view: Snapshot, writer: Writer, table: TableFound) -> RowsKept:
    kinds = _described(table).kinds
    total = Sum(kinds)
    gathered = bytearray()
    number = 0

    def put() -> None:
        writer.put(f"rows/{table.name}/{number:06}.jsonl.gz", gzip.compress(gathered, compresslevel=1, mtime=0))

    async for some in view.rows(table):
        for row in some:
            found = [written(kind, value) for kind, value in zip(kinds, row, strict=True)]
            total.add(found)
            gathered += msgspec.json.encode(found) + b"\n"
            if len(gathered) >= PART:
                put()
                number += 1
                gathered.clear()
    if gathered:
        put()
    return RowsKept(rows=total.rows, sum=total.total())


def _files(data: Path) -> Iterator[Path]:
    return iter(sorted(path for path in (data / "files").glob("*/??/*") if FILES.fullmatch(_name(path, data))))


def _name(path: Path, data: Path) -> str:
    return path.relative_to(data).as_posix()


def _put_file(writer: Writer, path: Path, data: Path) -> None:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return  # erased since the files were listed
    with file:
        writer.put_file(_name(path, data), file, os.fstat(file.fileno()).st_size)


def _remember(settings: Settings, now: dt.datetime) -> None:
    path = settings.data / LAST
    new = path.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(LastBackup(made=now.isoformat(timespec="seconds"))))
    new.replace(path)


def last_backup(settings: Settings) -> dt.datetime | None:
    """When the last backup of this installation began; ``None`` where there was none."""
    try:
        found = msgspec.json.decode((settings.data / LAST).read_bytes(), type=LastBackup)
        return dt.datetime.fromisoformat(found.made)
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
