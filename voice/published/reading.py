"""Publications as they are stored. Functions run inside a unit of the store."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from surveys.terms import term_order
from voice.published.item import Item, item_of
from voice.published.tables import Publication, PublicationAbout

IN_THE_MAKING = ("draft", "asked")
AT_ONCE = 400
"""Ids named in one query: SQLite takes a thousand."""


async def item(id: uuid.UUID) -> Item | None:
    """A version in whatever state."""
    found = await _items(Publication.id == id)
    return found[0] if found else None


async def versions_of(action: uuid.UUID) -> tuple[Item, ...]:
    """Every version that there was of an action's publication, the newest first."""
    found = await _items(Publication.action == action)
    return tuple(sorted(found, key=lambda each: each.number, reverse=True))


async def in_the_making() -> tuple[Item, ...]:
    return await _items(Publication.state.is_in(list(IN_THE_MAKING)))


async def published() -> tuple[Item, ...]:
    """What everybody can read, the newest first."""
    return await _items(Publication.state == "published")


async def ever_published() -> tuple[Item, ...]:
    """Every version that was ever published, those that were withdrawn or replaced too."""
    return await _items(Publication.published_on.is_not_null())


def terms_of(items: Collection[Item]) -> list[str]:
    """The terms in which it was said, the newest first."""
    return sorted({each.term for each in items if each.term}, key=term_order, reverse=True)


async def _items(which: Any) -> tuple[Item, ...]:
    rows = await Publication.select().where(which)
    rows.sort(key=lambda row: str(row["action"]))
    rows.sort(key=lambda row: row["published_on"] or row["made_on"], reverse=True)
    about = await _about([row["id"] for row in rows])
    return tuple(item_of(row, tuple(about.get(row["id"], ()))) for row in rows)


async def _about(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[tuple[str, str]]]:
    found: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = (
            await PublicationAbout.select()
            .where(PublicationAbout.publication.is_in(list(ids[start : start + AT_ONCE])))
            .order_by(PublicationAbout.kind, PublicationAbout.key)
        )
        for row in rows:
            found.setdefault(row["publication"], []).append((row["kind"], row["key"]))
    return found
