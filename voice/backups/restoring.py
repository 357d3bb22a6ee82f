"""Filling an empty installation from a backup: wholly, or not at all.

The backup is read twice. First from beginning to end, so that one that is cut, damaged or too new changes nothing. Then
into a schema of the version that it was made with, in one transaction, out of which every row is read again and
compared; newer steps of the schema follow, and what was erased since is erased again. Only then do files, secret and
database take their places.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import msgspec

from voice.backups.erased import Later, erase_again, known_later, leave_alone
from voice.backups.filling import fill, hold_back
from voice.backups.format import FILES, Looked, look_at, parts, read_whole
from voice.backups.problems import BackupProblem
from voice.backups.schema import tables_in
from voice.settings import Settings
from voice.storage import StoreUnavailable, bind_tables
from voice.storage.files import SAME_TIME, to_disk
from voice.storage.migrating import safely, steps
from voice.storage.postgres import PostgresStore
from voice.storage.secret import SECRET
from voice.storage.sqlite import DATABASE, SQLiteStore
from voice.storage.store import Store

WORK = "restoring"
"""The folder in which everything is made ready; whatever is found there was left by a restore that was killed."""


class Restored(msgspec.Struct, frozen=True):
    """``held_back`` are messages to families that were due when the backup was made: whether they went out since then,
    nobody can know, so a person decides on each. ``updated`` are steps of the schema newer than the backup, and
    ``erased`` what somebody had asked to erase since."""

    held_back: int
    updated: int
    erased: int
    rows: int = 0
    files: int = 0


async def restore(
    settings: Settings,
    path: Path,
    *,
    now: dt.datetime,
    passphrase: str | None = None,
    later: Path | None = None,
) -> Restored:
    """Fills the installation of ``settings`` from the backup at ``path``. Raises :class:`BackupProblem`; then it is as
    empty as it was. What was erased by the time of a ``later`` backup is erased again, and who was not to be asked any
    more by then is not asked."""
    since = await asyncio.to_thread(known_later, later, passphrase) if later else Later()
    looked = await asyncio.to_thread(look_at, path, passphrase)
    _refuse_newer(looked)
    _refuse_other_files(settings.data)
    try:
        with _work_in(settings.data) as work:
            await asyncio.to_thread(_unpack, path, passphrase, looked, work)
            _refuse_other_secret(settings.data, work)
            source = _Source(path, passphrase, looked)
            filled = await _fill(settings, source, work, since, now)
    except OSError as problem:
        raise BackupProblem(f"{settings.data} cannot be filled: {problem.strerror or problem}.") from problem
    except StoreUnavailable as problem:
        raise BackupProblem(f"{problem}. Nothing was restored.") from problem
    return msgspec.structs.replace(filled, rows=looked.manifest.rows, files=looked.manifest.files)


def _refuse_newer(looked: Looked) -> None:
    unknown = [name for name in looked.about.steps if name not in steps()]
    if unknown:
        raise BackupProblem(
            f"This backup was made by a newer version of Golden Thread (its schema has {unknown[-1]}). "
            "Restore it with that version, or a later one."
        )


def _refuse_other_files(data: Path) -> None:
    # A journal that was left alone too: SQLite would put its pages back over the database that is restored beside it.
    if found := next(chain(data.glob(f"{DATABASE}*"), (data / "files").glob("*/??/*")), None):
        raise BackupProblem(
            f"{data} is not empty: there is {found.relative_to(data)}. A backup never goes over what is stored. "
            "Choose a new folder with --data, or move this one away."
        )


def _refuse_other_secret(data: Path, work: Path) -> None:
    ours, theirs = data / SECRET, work / SECRET
    if ours.exists() and theirs.exists() and ours.read_bytes() != theirs.read_bytes():
        raise BackupProblem(
            f"{ours} is the secret of another installation. If nothing needs it any more, move it away; "
            "otherwise choose a new folder with --data."
        )


@contextmanager
def _work_in(data: Path) -> Iterator[Path]:
    work = data / WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _unpack(path: Path, passphrase: str | None, looked: Looked, work: Path) -> None:
    """Files and the secret, as they were: names that say nothing, one time for all, for their owner alone."""
    for part in parts(path, passphrase):
        if part.name == SECRET:
            _keep(work / SECRET, read_whole(part))
        elif FILES.fullmatch(part.name):
            target = work / part.name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                shutil.copyfileobj(part.content, file)
                file.flush()
                os.fsync(file.fileno())
            os.utime(target, SAME_TIME)
            if part.content.hexdigest() != looked.manifest.parts[part.name]:
                raise BackupProblem("The backup changed while it was read. Try again.")


def _keep(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


class _Source(msgspec.Struct, frozen=True):
    path: Path
    passphrase: str | None
    looked: Looked


async def _fill(settings: Settings, source: _Source, work: Path, since: Later, now: dt.datetime) -> Restored:
    store: Store = PostgresStore(settings.database_url) if settings.database_url else SQLiteStore(work / DATABASE)
    await store.open()
    bind_tables(store.engine)

    async def unit() -> Restored:
        if settings.database_url:
            await _refuse_other_rows(store)
        await fill(store, source.looked, lambda: parts(source.path, source.passphrase))
        newer = [name for name in steps() if name not in source.looked.about.steps]
        for name in newer:
            await safely(name, store.dialect)
        done = Restored(
            held_back=await hold_back(now=now), updated=len(newer), erased=await erase_again(since.noted, store.dialect)
        )
        await leave_alone(since.stopped)
        if settings.database_url:
            # Rows are there once this unit ends: files must be there before them.
            _take_places(settings.data, work, placed)
        return done

    placed: list[Path] = []
    try:
        try:
            done = await store.write(unit)
        finally:
            await store.close()
        if not settings.database_url:
            _take_places(settings.data, work, placed)
    except BaseException:
        _take_back(placed)
        raise
    return done


async def _refuse_other_rows(store: Store) -> None:
    from surveys.tables import Survey

    if await tables_in(Survey.raw, store.dialect):
        raise BackupProblem(
            "The database is not empty. A backup never goes over what is stored. "
            "Make a new database and name it in VOICE_DATABASE_URL."
        )


def _take_places(data: Path, work: Path, placed: list[Path]) -> None:
    """Moves what was made ready to where it is used, the database last, and notes in ``placed`` what is there now."""
    if (work / "files").is_dir():
        (data / "files").mkdir(exist_ok=True, mode=0o700)
        for folder in (work / "files").iterdir():
            shutil.rmtree(data / "files" / folder.name, ignore_errors=True)  # empty: see _refuse_other_files
            placed.append(folder.replace(data / "files" / folder.name))
    for name in (SECRET, DATABASE):
        if (work / name).exists() and not (data / name).exists():
            placed.append((work / name).replace(data / name))
    to_disk(data)


def _take_back(placed: Sequence[Path]) -> None:
    for path in placed:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
