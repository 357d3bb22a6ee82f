"""Adding to the record. Every function here runs inside a unit of the store, as the last thing that it does:
on PostgreSQL, whoever adds an entry waits until the one before is committed."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from voice.audit.chain import FIRST, hash_of, mark_of
from voice.audit.entry import Act, Actor, Entry, Row, code, written_at
from voice.audit.tables import AuditCut, AuditEntry
from voice.storage.one_at_a_time import one_at_a_time

TURN = 8_210_103
"""The number of the lock that lets one add after the other."""

QUIET = dt.timedelta(minutes=10)
"""After a refusal, the same one again is not written down: who guesses for hours must not fill the record."""


async def record(entry: Entry, *, now: dt.datetime) -> Row:
    """Adds an entry and returns it as it stands in the record."""
    await take_turn()
    number, before = await last_one()
    row = Row(
        number=number + 1,
        at=written_at(now),
        actor=entry.actor,
        who=entry.who,
        organisation=entry.organisation,
        act=entry.act.value,
        kind=code(entry.kind)[:40],
        key=code(entry.key),
        detail=code(entry.detail),
        hash="",
        mark="",
    )
    hash = hash_of(row, before)
    whole = msgspec.structs.replace(row, hash=hash, mark=mark_of("entry", hash))
    await AuditEntry.insert(AuditEntry(**msgspec.structs.asdict(whole)))
    return whole


async def record_refusal(member: uuid.UUID, what: str, *, now: dt.datetime, actor: Actor = "nobody") -> None:
    """Says that a ``password`` or ``second_factor`` of a member was wrong, by somebody who may be anybody, or that the
    member was refused a page of this part of the product (``/manage``): once in ten minutes."""
    lately = written_at(now - QUIET)
    if not await AuditEntry.exists().where(
        AuditEntry.who == member,
        AuditEntry.act == Act.REFUSED.value,
        AuditEntry.detail == what,
        AuditEntry.at > lately,
    ):
        await record(Entry(Act.REFUSED, "member", key=str(member), detail=what, actor=actor, who=member), now=now)


async def take_turn() -> None:
    """Waits until nobody else adds."""
    await one_at_a_time(TURN)


async def last_one() -> tuple[int, str]:
    """The number and the hash of the last entry, or of the last that was cut off."""
    rows = await AuditEntry.raw('SELECT "number", "hash" FROM "audit_entry" ORDER BY "number" DESC LIMIT 1')
    if not rows:
        rows = await AuditCut.raw('SELECT "up_to" AS "number", "hash" FROM "audit_cut" ORDER BY "up_to" DESC LIMIT 1')
    return (rows[0]["number"], rows[0]["hash"]) if rows else (0, FIRST)
