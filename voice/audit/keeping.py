"""How long the record is kept. What is older is removed from its beginning, and the cut is written down and marked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec

from voice.audit.chain import is_mark, mark_of
from voice.audit.entry import Act, Entry, written_at
from voice.audit.recording import record, take_turn
from voice.audit.tables import AuditCut, AuditEntry, AuditKeeping
from voice.storage.store import Store

YEARS = 6
"""What the law lets claims be brought for (Limitation Act 1980), where the partnership has agreed nothing else."""

FEWEST, MOST = 1, 25
LONGEST_REASON = 500


class KeepingProblem(Exception):
    """``code`` is ``years`` or ``no_reason``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Kept(msgspec.Struct, frozen=True):
    """``set_at`` and ``set_by`` are empty while nobody has agreed anything."""

    years: int
    why: str = ""
    set_at: str = ""
    set_by: uuid.UUID | None = None


async def kept() -> Kept:
    """What was agreed last; what somebody without our key put into the database counts for nothing. Runs inside a
    unit."""
    rows = await AuditKeeping.select().order_by(AuditKeeping.place, ascending=False)
    row = next((each for each in rows if _is_ours(each)), None)
    return Kept(row["years"], row["why"], row["set_at"], row["set_by"]) if row else Kept(YEARS)


async def not_ours() -> int | None:
    """The place of the last row, where it was not agreed here. Runs inside a unit."""
    row = await AuditKeeping.select().order_by(AuditKeeping.place, ascending=False).first()
    return row["place"] if row and not _is_ours(row) else None


async def agree(years: int, why: str, *, by: uuid.UUID, now: dt.datetime) -> None:
    """Says how many years from now on. Raises :class:`KeepingProblem`. Runs inside a unit."""
    if not FEWEST <= years <= MOST:
        raise KeepingProblem("years")
    why = why.replace("\x00", "").strip()[:LONGEST_REASON]
    if not why:
        raise KeepingProblem("no_reason")
    last = await AuditKeeping.select(AuditKeeping.place).order_by(AuditKeeping.place, ascending=False).first()
    said: dict[str, Any] = {
        "place": (last["place"] if last else 0) + 1,
        "years": years,
        "why": why,
        "set_at": written_at(now),
        "set_by": by,
    }
    await AuditKeeping.insert(AuditKeeping(**said, mark=mark_of("keeping", *_content(said))))


def _is_ours(row: Mapping[str, Any]) -> bool:
    return is_mark(row["mark"], "keeping", *_content(row))


def _content(row: Mapping[str, Any]) -> tuple[int, int, str, str, str]:
    return row["place"], row["years"], row["why"], row["set_at"], str(row["set_by"])


async def cut_what_is_over(store: Store, *, now: dt.datetime) -> int:
    """Removes whole days whose years are over. Returns how many entries went."""
    return await store.write(lambda: _cut(now))


def years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return dt.date(day.year - years, 2, 28)


async def _cut(now: dt.datetime) -> int:
    years = (await kept()).years
    day = years_before(now.date(), years)
    await take_turn()
    first_kept = await AuditEntry.raw('SELECT MIN("number") AS "number" FROM "audit_entry" WHERE "at" >= {}', f"{day}")
    until = first_kept[0]["number"]
    older = AuditEntry.select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number, ascending=False)
    last = await (older.where(AuditEntry.number < until) if until is not None else older).first()
    if last is None:
        return 0
    up_to, hash, at = last["number"], last["hash"], written_at(now)
    await AuditCut.insert(AuditCut(up_to=up_to, at=at, hash=hash, mark=mark_of("cut", up_to, at, hash)))
    gone = await AuditEntry.raw('DELETE FROM "audit_entry" WHERE "number" <= {} RETURNING "number"', up_to)
    await record(Entry(Act.CHANGED, "audit", key=str(up_to), detail="years_over", actor="nobody"), now=now)
    return len(gone)
