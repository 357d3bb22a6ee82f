"""Publishing a table of counts: small numbers hidden, looked at beside all that was published before, and frozen.

Functions that take no store run inside a unit of it, but for ``prepare``: it computes for seconds when a table is
large, and runs in a thread or process of its own before.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from voice.disclosing.tables import PublishedTable
from voice.people.tables import Member
from voice.storage import Store
from voice.storage.rows import as_day, as_uuid

if TYPE_CHECKING:
    from analysis.disclosure.releases import Reason, Release

Pairs = tuple[tuple[str, str], ...]


class Refused(Exception):
    """The table must not be published, for these reasons."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(", ".join(reason.refusal for reason in reasons))
        self.reasons = tuple(reasons)


class ToPublish(msgspec.Struct, frozen=True):
    """A table whose small numbers are hidden, not published yet.

    ``cells`` are the category of each dimension, or ``Total``, with the count, ``None`` where it is hidden.
    """

    base: str
    what: str
    dimensions: tuple[str, ...]
    filters: Pairs
    cells: tuple[tuple[tuple[str, ...], int | None], ...]
    threshold: int

    def share(self, key: tuple[str, ...], whole: tuple[str, ...]) -> float | None:
        """Of a hundred, ``None`` where either count is hidden or the whole is of fewer than ten."""
        from analysis.disclosure.releases import percentage

        counts = dict(self.cells)
        return percentage(counts[key], counts[whole])


class Snapshot(msgspec.Struct, frozen=True):
    """A published table, and when and by whom it was published."""

    id: uuid.UUID
    table: ToPublish
    published_by: uuid.UUID
    role: str
    published_on: dt.date


def prepare(
    base: str,
    what: str,
    dimensions: tuple[str, ...],
    counts: Sequence[tuple[tuple[str, ...], int]],
    *,
    threshold: int,
    filters: Pairs = (),
) -> ToPublish:
    """The table with its small numbers hidden, from its true counts.

    Raises ``analysis.disclosure.table.TableProblem`` for what is no table, CannotProtect of ``suppress`` where hiding
    does not help, and ValueError for a threshold below the lowest there is.
    """
    from analysis.disclosure.suppress import suppress
    from analysis.disclosure.table import table_of

    keys = [key for key, _ in counts]
    hidden = suppress(table_of(keys, [count for _, count in counts]), threshold).hidden
    cells = tuple((key, None if why else count) for (key, count), why in zip(counts, hidden, strict=True))
    return ToPublish(base, what, dimensions, filters, cells, threshold)


async def publish_table(store: Store, table: ToPublish, *, by: uuid.UUID, today: dt.date) -> Snapshot:
    """Freezes and publishes a table; raises Refused when it would tell too much beside those published before.

    What was published stays as it was shown when answers are withdrawn or corrected. A table that then differs from it
    by a few people is refused: the old number stands until more have changed. A table published before, with the same
    counts, is published again without a second row. Looking takes seconds where much was published, so it is done
    beside the writer, and again should somebody else have published meanwhile.
    """
    while True:
        before = await store.read(lambda: snapshots(table.base))
        for known in before:
            if msgspec.structs.replace(known.table, what=table.what) == table:
                return known
        if reasons := await asyncio.to_thread(_against, table, before):
            raise Refused(reasons)
        published = await store.write(lambda before=before: _publish(table, len(before), by, today))  # type: ignore[misc]
        if published is not None:
            return published


def _against(table: ToPublish, before: Sequence[Snapshot]) -> Sequence[Reason]:
    from analysis.disclosure.releases import reasons_against

    lowest = min([table.threshold, *(snapshot.table.threshold for snapshot in before)])
    return reasons_against(_release(table), [_release(snapshot.table) for snapshot in before], lowest)


async def _publish(table: ToPublish, beside: int, by: uuid.UUID, today: dt.date) -> Snapshot | None:
    """``None`` when it was looked at beside fewer tables than there are now."""
    if await PublishedTable.count().where(PublishedTable.base == table.base) != beside:
        return None
    person = await Member.select(Member.role).where(Member.id == by).first()
    snapshot = Snapshot(uuid.uuid4(), table, by, person["role"] if person else "", today)
    await PublishedTable.insert(
        PublishedTable(
            id=snapshot.id,
            base=table.base,
            what=table.what,
            dimensions=_json(table.dimensions),
            filters=_json(table.filters),
            cells=_json(table.cells),
            threshold=table.threshold,
            published_by=by,
            role=snapshot.role,
            published_on=today,
        )
    )
    return snapshot


async def every_snapshot() -> tuple[Snapshot, ...]:
    """All that was published, the newest first."""
    rows = await PublishedTable.select().order_by(PublishedTable.published_on, ascending=False)
    return tuple(_snapshot(row) for row in rows)


async def snapshot(id: uuid.UUID) -> Snapshot | None:
    row = await PublishedTable.select().where(PublishedTable.id == id).first()
    return _snapshot(row) if row else None


async def snapshots(base: str) -> tuple[Snapshot, ...]:
    """All that was published of a base, the oldest first, as it was shown."""
    rows = await PublishedTable.select().where(PublishedTable.base == base).order_by(PublishedTable.published_on)
    return tuple(_snapshot(row) for row in rows)


def _snapshot(row: Mapping[str, Any]) -> Snapshot:
    return Snapshot(
        as_uuid(row["id"]),
        ToPublish(
            row["base"],
            row["what"],
            msgspec.json.decode(row["dimensions"], type=tuple[str, ...]),
            msgspec.json.decode(row["filters"], type=Pairs),
            msgspec.json.decode(row["cells"], type=tuple[tuple[tuple[str, ...], int | None], ...]),
            row["threshold"],
        ),
        as_uuid(row["published_by"]),
        row["role"],
        as_day(row["published_on"]),
    )


def _release(table: ToPublish) -> Release:
    from analysis.disclosure.releases import Release

    return Release(table.dimensions, table.filters, dict(table.cells))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
