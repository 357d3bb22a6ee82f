"""Whether the folder of data has room, its secret, the files that rows name, and a backup."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
import stat
import tempfile
import uuid
from pathlib import Path

from surveys import stored_files
from surveys.tables import Survey
from voice.backups.taking import last_backup
from voice.doctor.finding import Finding, look, ok, wrong
from voice.settings import Settings
from voice.storage.files import ANSWERS, FileFolder
from voice.storage.secret import LENGTH, SECRET
from voice.storage.sqlite import DATABASE
from voice.storage.store import Store

ROOM_NEEDED = 500_000_000
"""Bytes free below which the disk is called nearly full."""

BACKUP_EVERY = dt.timedelta(days=2)

NAMED = {
    ANSWERS: ("answer.file",),
    "views": ("view_file.id",),
    "rooms": ("session_card.file",),
    "published": ("publication.picture",),
    "drop_box": (),
    "": ("voice.file",),
}
"""By folder, the columns that name a file in it; voices name files of several. Files of questions stand in the texts of
questions, and are not looked for."""


def check_disk(settings: Settings) -> list[Finding]:
    there = next(folder for folder in (settings.data, *settings.data.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    found = [
        ok(f"disk: {free // 1_000_000} MB free under {settings.data}")
        if free > ROOM_NEEDED
        else wrong(
            f"disk: only {free // 1_000_000} MB free under {settings.data}. Make room: when it is full, "
            "no answer can be stored"
        )
    ]
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as problem:
        found.append(
            wrong(
                f"folder: {there} cannot be written ({problem.strerror}). Give it to the account that runs the "
                "product, and check that the disk is neither full nor mounted read-only"
            )
        )
    return found


def check_who_may_read(settings: Settings) -> list[Finding]:
    """Whether other accounts of the machine are kept from the folder, and from the database and its journal."""
    paths = [settings.data, *sorted(settings.data.glob(f"{DATABASE}*"))]
    if found := next(filter(_is_open_to_others, paths), None):
        return [
            wrong(
                f"folder: others on this machine may look into {found}. Run `chmod -R go= {settings.data}`, "
                "as the account that runs the product"
            )
        ]
    return []


def _is_open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & 0o077)
    except FileNotFoundError:  # nothing was stored yet, or the journal went meanwhile
        return False


def check_secret(settings: Settings, *, needed: bool) -> Finding:
    path = settings.data / SECRET
    try:
        found = path.stat()
        length = len(path.read_bytes())
    except FileNotFoundError:
        if needed:
            return wrong(
                f"secret: {path} is missing, and without it nobody can read what is sealed, nor check the record. "
                "Take secret.key from a backup"
            )
        return ok("secret: made at the first start")
    except OSError as problem:
        return wrong(
            f"secret: {path} cannot be read ({problem.strerror}). Give it to the account that runs the product"
        )
    if length != LENGTH:
        return wrong(f"secret: {path} is damaged ({length} bytes in place of {LENGTH}). Take secret.key from a backup")
    if stat.S_IMODE(found.st_mode) & 0o077:
        return wrong(f"secret: others on this machine can read {path}. Run `chmod 600 {path}`")
    if found.st_uid not in (os.geteuid(), settings.data.stat().st_uid):
        return wrong(f"secret: {path} belongs to another account than its folder. Run `chown` on it")
    return ok("secret: there, for its owner alone")


async def check_files(store: Store, settings: Settings) -> list[Finding]:
    """Files that rows name and that are missing, and files that nothing names."""
    named = {folder: await store.read(lambda of=columns: _named(of)) for folder, columns in NAMED.items()}  # type: ignore[misc]
    there = await asyncio.to_thread(_there, settings.data)
    lost = set().union(*named.values()) - set().union(*there.values())
    unnamed = 0
    for folder in NAMED:
        old = set(await asyncio.to_thread(FileFolder(settings.data, folder).older_than_an_hour)) if folder else set()
        left = sorted(old - named[folder] - named[""])
        unnamed += len(await stored_files.unused_among(left) if folder == ANSWERS else left)
    found = []
    if lost:
        found.append(
            wrong(
                f"files: {len(lost)} that answers name are missing under {settings.data / 'files'}, "
                f"such as {min(map(str, lost))}. Take them from a backup"
            )
        )
    if unnamed:
        found.append(
            look(f"files: {unnamed} that nothing names. Those of answers go by themselves within an hour of serving")
        )
    return found or [ok(f"files: {sum(map(len, there.values()))}, as the rows name them")]


async def _named(columns: tuple[str, ...]) -> set[uuid.UUID]:
    found: set[uuid.UUID] = set()
    for table, _, column in (each.partition(".") for each in columns):
        rows = await Survey.raw(
            f'SELECT DISTINCT "{column}" AS "id" FROM "{table}" WHERE "{column}" IS NOT NULL'  # noqa: S608 - see NAMED
        )
        found |= {uuid.UUID(str(row["id"])) for row in rows}
    return found


def _there(data: Path) -> dict[str, set[uuid.UUID]]:
    folders = [folder for folder in (data / "files").glob("*") if folder.is_dir() and folder.name != "arriving"]
    return {folder.name: {*FileFolder(data, folder.name).all()} for folder in folders} or {"": set()}


def check_backup(settings: Settings, now: dt.datetime, *, needed: bool) -> Finding:
    made = last_backup(settings)
    if made is None:
        told = "backup: none was made here yet. Make one every day with `voice backup --out FILE`, on another disk"
        return look(told) if needed else ok(told)
    if made > now:
        return wrong(f"backup: the last one was made on {made:%Y-%m-%d}, which is in the future. Check the clock")
    if now - made > BACKUP_EVERY:
        return look(f"backup: the last one is {(now - made).days} days old. Make one with `voice backup --out FILE`")
    return ok(f"backup: the last one was made on {made:%Y-%m-%d %H:%M} UTC")
