"""Who was erased does not come back with a backup from before.

What goes because its time is over needs no note: it goes again when the server starts. What somebody asked to erase is
noted, by a hash of its id, and the note is in every later backup. A restore of an older one is given a later one, and
erases again. Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from surveys.tables import Survey
from voice.backups.format import ABOUT, About, parts, read_whole
from voice.backups.rows import rows_in
from voice.backups.schema import TableFound, tables_in
from voice.backups.tables import Erased
from voice.backups.values import IDS, kind_of

KEPT = dt.timedelta(days=800)
"""Longer than anybody should keep a backup."""

AT_ONCE = 200

SAME_ID = {"answer": ("voice",)}
"""Tables whose rows have the ids of another's: a voice that was made of an answer is called as the answer is."""


async def note(kind: str, ids: Collection[uuid.UUID], *, today: dt.date) -> None:
    """Notes that rows of the table ``kind`` are erased because somebody asked."""
    for id in ids:
        await _note(_mark(kind, id), kind, today)


async def _note(mark: str, kind: str, day: dt.date) -> None:
    if not await Erased.exists().where(Erased.mark == mark):
        await Erased.insert(Erased(mark=mark, kind=kind, erased_on=day))


async def clear_old(*, today: dt.date) -> None:
    await Erased.delete().where(Erased.erased_on < today - KEPT)


def _mark(kind: str, id: object) -> str:
    return hashlib.sha256(f"{kind}:{id}".encode()).hexdigest()


class Noted(msgspec.Struct, frozen=True):
    mark: str
    kind: str
    day: dt.date


def noted_in(path: Path, passphrase: str | None) -> list[Noted]:
    """What was erased by the time a backup was made. Raises :class:`BackupProblem`."""
    found: list[Noted] = []
    table = None
    for part in parts(path, passphrase):
        if part.name == ABOUT:
            about = msgspec.json.decode(read_whole(part), type=About)
            table = next((each for each in about.tables if each.name == "erased"), None)
        elif table is not None and part.name.startswith("rows/erased/"):
            for row in rows_in(part, table):
                values = dict(zip(table.columns, row, strict=True))
                found.append(Noted(values["mark"], values["kind"], dt.date.fromisoformat(values["erased_on"])))
    return found


async def erase_again(noted: Iterable[Noted], dialect: str) -> int:
    """Erases what is noted, here or in ``noted``, with all that hangs on it. Returns how many were still there."""
    for each in noted:
        await _note(each.mark, each.kind, each.day)
    tables = {table.name: table for table in await tables_in(Survey.raw, dialect)}
    marks: dict[str, set[str]] = {}
    for row in await Erased.select(Erased.mark, Erased.kind):
        marks.setdefault(row["kind"], set()).add(row["mark"])
    again = 0
    for kind, theirs in marks.items():
        if kind in tables:
            rows = await Survey.raw(f'SELECT "id" AS "id" FROM "{kind}"')  # noqa: S608 - a name that is in the schema
            ids = [row["id"] for row in rows if _mark(kind, row["id"]) in theirs]
            await _erase(kind, ids, tables)
            again += len(ids)
    return again


async def _erase(kind: str, ids: Sequence[Any], tables: Mapping[str, TableFound]) -> None:
    """Takes rows away after those that name them, by a foreign key or by a column that is called as their table is."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        places = ", ".join("{}" for _ in some)
        for table, column in _naming(kind, tables):
            if tables[table].key == ("id",):
                rows = await Survey.raw(
                    f'SELECT "id" AS "id" FROM "{table}" WHERE "{column}" IN ({places})',  # noqa: S608
                    *some,
                )
                await _erase(table, [row["id"] for row in rows], tables)
            else:
                await Survey.raw(f'DELETE FROM "{table}" WHERE "{column}" IN ({places})', *some)  # noqa: S608
        for table in SAME_ID.get(kind, ()):
            if table in tables:
                await _erase(table, some, tables)
        await Survey.raw(f'DELETE FROM "{kind}" WHERE "id" IN ({places})', *some)  # noqa: S608


def _naming(kind: str, tables: Mapping[str, TableFound]) -> list[tuple[str, str]]:
    found = []
    for table in tables.values():
        named = {reference.column for reference in table.references if reference.table == kind}
        for column in table.columns:
            alike = column.name == kind and kind_of(column.type) == IDS
            if table.name != kind and (column.name in named or alike):
                found.append((table.name, column.name))
    return found
