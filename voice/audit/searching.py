"""Finding entries of the record. Every function here that is async runs inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import msgspec

from voice.audit.entry import Row, code
from voice.audit.tables import AuditEntry
from voice.people.tables import Member
from voice.programs.tables import ApiToken


class Wanted(msgspec.Struct, frozen=True):
    """What is left empty says nothing. ``key`` finds whatever belongs to that thing too; both days are included.

    ``actor`` is an actor who has no name, ``who`` one who has.
    """

    who: uuid.UUID | None = None
    actor: str = ""
    act: str = ""
    kind: str = ""
    key: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


async def newest(wanted: Wanted, *, before: int | None, most: int) -> list[Row]:
    """The newest entries, or those before the number ``before``, the newest first."""
    condition, values = _where(wanted)
    if before is not None:
        condition, values = f'{condition} AND "number" < {{}}', [*values, before]
    return await _rows(f'{condition} ORDER BY "number" DESC LIMIT {{}}', [*values, most])


async def in_order(wanted: Wanted, *, after: int, most: int) -> list[Row]:
    """Entries after the number ``after``, as they were written."""
    condition, values = _where(wanted)
    return await _rows(f'{condition} AND "number" > {{}} ORDER BY "number" LIMIT {{}}', [*values, after, most])


async def _rows(condition: str, values: list[Any]) -> list[Row]:
    columns = ", ".join(f'"{name}"' for name in Row.__struct_fields__)
    rows = await AuditEntry.raw(f'SELECT {columns} FROM "audit_entry" WHERE {condition}', *values)  # noqa: S608
    return msgspec.convert(rows, list[Row], strict=False)


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    said: list[tuple[str, list[Any]]] = [("1 = 1", [])]
    for name in ("who", "actor", "act", "kind"):
        if value := getattr(wanted, name):
            said.append((f'"{name}" = {{}}', [value]))
    if wanted.key:
        key = code(wanted.key)
        said.append(('("key" = {} OR "key" LIKE {})', [key, f"{key}/%"]))
    if wanted.first:
        said.append(('"at" >= {}', [f"{wanted.first}"]))
    if wanted.last:
        said.append(('"at" < {}', [f"{wanted.last + dt.timedelta(days=1)}"]))
    return " AND ".join(condition for condition, _ in said), [value for _, values in said for value in values]


async def names() -> dict[uuid.UUID, str]:
    """Who is who: members by their e-mail address, also those who have left, and programs by their names."""
    members = await Member.select(Member.id, Member.email).order_by(Member.email)
    programs = await ApiToken.select(ApiToken.id, ApiToken.name).order_by(ApiToken.name)
    return {each["id"]: each["email"] for each in members} | {each["id"]: each["name"] for each in programs}
