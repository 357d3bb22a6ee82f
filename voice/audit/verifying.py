"""Whether the record is as it was written: every entry, in its place, and none cut off."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from functools import partial
from typing import Literal

import msgspec

from voice.audit import keeping
from voice.audit.chain import FIRST, hash_of, is_mark
from voice.audit.entry import Row
from voice.audit.sealing import Seal, all_seals
from voice.audit.tables import AuditCut, AuditEntry
from voice.storage.store import Store

A_BATCH = 1000

Wrong = Literal[
    "changed",
    "missing",
    "not_ours",
    "cut_short",
    "seal_differs",
    "seal_not_ours",
    "cut_not_ours",
    "keeping_not_ours",
]
"""What is wrong with the first entry that is:

- ``changed``: its hash does not fit what it says and what stands before it;
- ``missing``: there is no entry with this number, and there are later ones;
- ``not_ours``: it was put there by somebody who does not have the key;
- ``cut_short``: the record ends before it, and a seal says that it was there;
- ``seal_differs``: a seal says that another entry stood there;
- ``seal_not_ours``: a seal was put there, or changed, by somebody who does not have the key;
- ``cut_not_ours``: entries up to this one were removed by somebody who does not have the key;
- ``keeping_not_ours``: somebody who does not have the key said last how long the record is kept. It counts for nothing,
  and shows until the years are agreed anew; the number is its place among what was agreed.
"""


class Cut(msgspec.Struct, frozen=True):
    up_to: int
    at: str
    hash: str
    mark: str

    @property
    def is_ours(self) -> bool:
        return is_mark(self.mark, "cut", self.up_to, self.at, self.hash)


class Verdict(msgspec.Struct, frozen=True):
    """``wrong`` is empty where all is well; else ``number`` is the first entry with which it is not: see :data:`Wrong`.

    ``entries`` were looked at, from ``first`` to ``last``; ``sealed`` is how far seals reach.
    """

    entries: int
    first: int
    last: int
    sealed: int
    wrong: Wrong | Literal[""] = ""
    number: int = 0


async def verify(store: Store, kept_elsewhere: Iterable[Seal] = ()) -> Verdict:
    """Looks at every entry. ``kept_elsewhere`` are seals that do not stand in the database."""
    elsewhere = tuple(kept_elsewhere)
    while True:
        cut = await store.read(newest_cut)
        found = await _look(store, cut, elsewhere)
        # Where entries went because their time was over, while we looked, we look again.
        if found.wrong != "missing" or await store.read(newest_cut) == cut:
            break
    place = await store.read(keeping.not_ours)
    if found.wrong or place is None:
        return found
    return msgspec.structs.replace(found, wrong="keeping_not_ours", number=place)


async def _look(store: Store, cut: Cut | None, elsewhere: tuple[Seal, ...]) -> Verdict:
    number, before = (cut.up_to, cut.hash) if cut else (0, FIRST)
    first = number + 1
    seals = [*await store.read(all_seals), *elsewhere]
    sealed = max((each.number for each in seals), default=0)

    def told(wrong: Wrong | Literal[""] = "", at: int = 0) -> Verdict:
        return Verdict(number - first + 1, first, number, sealed, wrong, at)

    if cut is not None and not cut.is_ours:
        return told("cut_not_ours", cut.up_to)
    by_number: dict[int, list[Seal]] = {}
    for each in seals:
        by_number.setdefault(each.number, []).append(each)
    for each in seals:
        if each.number <= number and not each.is_ours:
            return told("seal_not_ours", each.number)
    if number in by_number and (wrong := _wrong_seal(by_number[number], before)):
        return told(wrong, number)
    async for row in rows_after(store, number):
        if row.number != number + 1:
            return told("missing", number + 1)
        if row.hash != hash_of(row, before):
            return told("changed", row.number)
        if not is_mark(row.mark, "entry", row.hash):
            return told("not_ours", row.number)
        number, before = row.number, row.hash
        if number in by_number and (wrong := _wrong_seal(by_number[number], before)):
            return told(wrong, number)
    beyond = [each for each in seals if each.number > number]
    if any(each.is_ours for each in beyond):
        return told("cut_short", number + 1)
    if beyond:
        return told("seal_not_ours", min(each.number for each in beyond))
    return told()


def _wrong_seal(seals: list[Seal], hash: str) -> Wrong | None:
    if not all(each.is_ours for each in seals):
        return "seal_not_ours"
    return "seal_differs" if any(each.hash != hash for each in seals) else None


async def newest_cut() -> Cut | None:
    """Runs inside a unit."""
    row = await AuditCut.select().order_by(AuditCut.up_to, ascending=False).first()
    return msgspec.convert(row, Cut) if row else None


async def rows_after(store: Store, number: int) -> AsyncIterator[Row]:
    """Every entry after ``number``, in order, some at a time, so that nobody waits for us."""
    while batch := await store.read(partial(_batch, number)):
        for row in batch:
            yield row
        number = batch[-1].number


async def _batch(after: int) -> list[Row]:
    rows = await AuditEntry.select().where(AuditEntry.number > after).order_by(AuditEntry.number).limit(A_BATCH)
    return [Row(**row) for row in rows]
