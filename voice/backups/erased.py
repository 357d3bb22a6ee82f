"""Who was erased does not come back with a backup from before.

What goes because its time is over needs no note: it goes again when the server starts. What somebody asked to erase is
noted, by a hash of its id, and the note is in every later backup. A restore of an older one is given a later one, and
erases again. Who does not want to be asked any more stands in the later one as well, and is not asked after it either.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from surveys.ledger.tables import Ask, ContactPerson, SensitiveTime
from surveys.tables import Survey
from voice.backups.format import ABOUT, ROWS, About, TableKept, parts, read_whole
from voice.backups.rows import rows_in
from voice.backups.schema import TableFound, is_kept, tables_in
from voice.backups.tables import Erased
from voice.backups.values import IDS, kind_of

KEPT = dt.timedelta(days=800)
"""Longer than anybody should keep a backup."""

AT_ONCE = 200

SAME_ID = {"answer": ("voice",)}
"""Tables whose rows have the ids of another's: a voice that was made of an answer is called as the answer is."""

NAMED_OTHERWISE = {"voice": (("translated_text", "answer"),)}
"""Columns that name a row and are not called as its table is."""

STAY = frozenset({"worry"})
"""The record of what was done about a worry stays, as it does when the voice that it was about is erased here."""

KEYS: Mapping[str, tuple[type[Ask | SensitiveTime], str, str]] = {
    "person": (Ask, "person", "asked_on"),
    "family": (SensitiveTime, "family", "noted_on"),
}
"""Kinds that are keys of the contact ledger and no tables: whose rows go, by which column, up to which day. What a
partner tells of the same key after the erasure is new."""


async def note(kind: str, ids: Collection[uuid.UUID | str], *, today: dt.date) -> None:
    """Notes that rows of the table ``kind``, or what is kept of keys of this kind, are erased because somebody
    asked."""
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


class Stopped(msgspec.Struct, frozen=True):
    """Somebody who is not to be asked any more, because they said so or were erased: a row of ``contact_person``."""

    person: str
    family: str
    link_hash: str
    pace: str
    way: str
    language: str
    not_before: dt.date | None
    changed_on: dt.date | None


class Later(msgspec.Struct, frozen=True):
    """What an older backup does not know."""

    noted: tuple[Noted, ...] = ()
    stopped: tuple[Stopped, ...] = ()


def known_later(path: Path, passphrase: str | None) -> Later:
    """What was erased, and who was not to be asked, by the time a backup was made. Raises :class:`BackupProblem`."""
    noted: list[Noted] = []
    stopped: list[Stopped] = []
    tables: dict[str, TableKept] = {}
    for part in parts(path, passphrase):
        if part.name == ABOUT:
            about = msgspec.json.decode(read_whole(part), type=About)
            tables = {each.name: each for each in about.tables}
        elif named := ROWS.fullmatch(part.name):
            table = tables.get(named[1])
            if table is None or table.name not in ("erased", "contact_person"):
                continue
            for row in rows_in(part, table):
                values = dict(zip(table.columns, row, strict=True))
                if table.name == "erased":
                    noted.append(Noted(values["mark"], values["kind"], dt.date.fromisoformat(values["erased_on"])))
                elif values["stopped"]:
                    stopped.append(msgspec.convert(values, Stopped))
    return Later(tuple(noted), tuple(stopped))


async def leave_alone(stopped: Iterable[Stopped]) -> None:
    """These people are not asked, whatever they chose before."""
    for each in stopped:
        await ContactPerson.delete().where(ContactPerson.person == each.person)
        await ContactPerson.insert(ContactPerson(stopped=True, **msgspec.structs.asdict(each)))


async def erase_again(noted: Iterable[Noted], dialect: str) -> int:
    """Erases what is noted, here or in ``noted``, with all that hangs on it. Returns how many rows that are noted were
    still there."""
    for each in noted:
        await _note(each.mark, each.kind, each.day)
    tables = {table.name: table for table in await tables_in(Survey.raw, dialect)}
    marks: dict[str, dict[str, dt.date]] = {}
    for row in await Erased.select(Erased.mark, Erased.kind, Erased.erased_on):
        marks.setdefault(row["kind"], {})[row["mark"]] = row["erased_on"]
    again = 0
    for kind, theirs in marks.items():
        if kind in tables:
            rows = await Survey.raw(f'SELECT "id" AS "id" FROM "{kind}"')  # noqa: S608 - a name that is in the schema
            ids = [row["id"] for row in rows if _mark(kind, row["id"]) in theirs]
            await _erase(kind, ids, tables)
            again += len(ids)
        elif kind in KEYS:
            await _erase_of_keys(kind, theirs)
    return again


async def _erase_of_keys(kind: str, marks: Mapping[str, dt.date]) -> None:
    table, key, day = KEYS[kind]
    for row in await table.select(getattr(table, key)).distinct():
        if (erased_on := marks.get(_mark(kind, row[key]))) is not None:
            await table.delete().where(getattr(table, key) == row[key], getattr(table, day) <= erased_on)


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
    found = [each for each in NAMED_OTHERWISE.get(kind, ()) if each[0] in tables]
    for table in tables.values():
        if table.name in STAY or not is_kept(table.name):  # no backup brings rows of the latter
            continue
        named = {reference.column for reference in table.references if reference.table == kind}
        for column in table.columns:
            alike = column.name == kind and kind_of(column.type) == IDS
            if table.name != kind and (column.name in named or alike):
                found.append((table.name, column.name))
    return found
