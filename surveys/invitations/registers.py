"""Registers as they are kept: contact details sealed, and gone when a register is removed.

Every function here that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

import msgspec

from surveys.invitations.reaching import Sealing
from surveys.invitations.register_rows import RegisterRow
from surveys.invitations.tables import ContactRegister, RegisterEntry

AT_ONCE = 500
"""Rows in one statement: SQLite takes so many values."""


class KeptRegister(msgspec.Struct, frozen=True):
    """``people`` are those who can still be reached."""

    id: uuid.UUID
    name: str
    partner: str
    added_on: dt.date
    removed_on: dt.date | None
    people: int


class SealedRow(msgspec.Struct, frozen=True):
    """A row as it is stored; sealing takes a while and is done before the unit begins."""

    id: uuid.UUID
    row: RegisterRow
    sealed: str


class NoSuchRegister(Exception):
    """There is none, or its contact details are gone."""


def sealed_rows(rows: Sequence[RegisterRow], sealing: Sealing, *, day: dt.date) -> list[SealedRow]:
    """In the order of random ids, which tells nothing of the order in the file."""
    made = [SealedRow(uuid.uuid4(), row, sealing.seal(row.contact, day=day)) for row in rows]
    return sorted(made, key=lambda each: each.id)


async def add(rows: Sequence[SealedRow], *, name: str, partner: str, by: uuid.UUID, today: dt.date) -> uuid.UUID:
    """Takes a register in, whole."""
    id = uuid.uuid4()
    await ContactRegister.insert(ContactRegister(id=id, name=name, partner=partner, added_by=by, added_on=today))
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        marks = ", ".join(["({}, {}, {}, {}, {}, {}, {}, {})"] * len(some))
        values = [
            value
            for each in some
            for value in (
                each.id,
                id,
                each.row.family,
                each.row.person,
                each.row.audience,
                each.row.language,
                msgspec.json.encode(each.row.groups).decode(),
                each.sealed,
            )
        ]
        await RegisterEntry.raw(
            'INSERT INTO "register_entry" '  # noqa: S608
            f'("id", "register", "family", "person", "audience", "language", "groups", "sealed") VALUES {marks}',
            *values,
        )
    return id


async def registers() -> list[KeptRegister]:
    """Every register, the newest first."""
    rows = await ContactRegister.raw(
        'SELECT r."id" AS "id", COUNT(e."id") AS "people" FROM "contact_register" AS r '
        'LEFT JOIN "register_entry" AS e ON e."register" = r."id" AND e."sealed" <> \'\' GROUP BY r."id"'
    )
    people = {str(row["id"]): int(row["people"]) for row in rows}
    found = await ContactRegister.select().order_by(ContactRegister.added_on, ContactRegister.name, ascending=False)
    return [_kept(row, people.get(str(row["id"]), 0)) for row in found]


async def register(id: uuid.UUID) -> KeptRegister:
    """Raises :class:`NoSuchRegister`."""
    row = await ContactRegister.select().where(ContactRegister.id == id).first()
    if row is None:
        raise NoSuchRegister
    return _kept(row, await RegisterEntry.count().where(RegisterEntry.register == id, RegisterEntry.sealed != ""))


def _kept(row: dict[str, object], people: int) -> KeptRegister:
    fields = {name: row[name] for name in KeptRegister.__struct_fields__ if name != "people"}
    return msgspec.convert({**fields, "people": people}, KeptRegister)


async def remove(id: uuid.UUID, *, today: dt.date) -> None:
    """Forgets how everybody on this register is reached; who was invited from it stays known by keys alone.

    Messages to them that wait are stopped. Raises :class:`NoSuchRegister`.
    """
    await register(id)
    await RegisterEntry.raw(
        'UPDATE "outgoing_message" SET "state" = \'stopped\' WHERE "state" = \'waiting\' AND "invitation" IN ('
        'SELECT i."id" FROM "invitation" AS i JOIN "register_entry" AS e ON i."entry" = e."id" '
        'WHERE e."register" = {})',
        id,
    )
    await RegisterEntry.update({RegisterEntry.sealed: "", RegisterEntry.groups: "{}"}).where(
        RegisterEntry.register == id
    )
    await RegisterEntry.raw(
        'DELETE FROM "register_entry" WHERE "register" = {} AND "id" NOT IN (SELECT "entry" FROM "invitation")',
        id,
    )
    await ContactRegister.update({ContactRegister.removed_on: today}).where(ContactRegister.id == id)
