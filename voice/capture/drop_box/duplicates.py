"""What has been said already: each part of a contribution beside the voice, or the part, that is most like it.

The machine only points. A person says whether it is the same voice or another person's.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence

import msgspec

from analysis.near_duplicates import Comparison
from voice.capture.drop_box.contributions import parts_of
from voice.capture.drop_box.tables import ContributionPart
from voice.evidence.tables import Voice
from voice.storage import Store

AT_ONCE = 2000
"""Voices compared before others get their turn."""

_FIRST = uuid.UUID(int=0)


class Alike(msgspec.Struct, frozen=True):
    """What is like a part: a voice with what it is ``permitted`` for, or another part, which stands in a
    ``contribution``."""

    id: uuid.UUID
    text: str
    source: str
    term: str = ""
    permitted: str = ""
    contribution: uuid.UUID | None = None
    place: int = 0


async def look_for_duplicates(store: Store, contribution: uuid.UUID) -> int:
    """Looks for what is like each part of a contribution, keeps it with the part, and returns how many were found."""
    parts = await store.read(lambda: parts_of(contribution))
    comparison = Comparison({part.id: part.text for part in parts})
    comparison.look_among_themselves()
    after = _FIRST
    while some := await store.read(lambda after=after: _voices_after(after)):  # type: ignore[misc]
        await asyncio.to_thread(comparison.look_at, some)
        after = some[-1][0]
    found = comparison.found
    # What waits elsewhere may yet be refused, so it is shown only beside what no voice is like.
    rest = Comparison({part.id: part.text for part in parts if part.id not in found})
    others = await store.read(lambda: _parts_elsewhere(contribution))
    await asyncio.to_thread(rest.look_at, others)
    found |= rest.found
    changed = [
        (part.id, found.get(part.id)) for part in parts if part.alike != getattr(found.get(part.id), "known", None)
    ]

    async def unit() -> None:
        for part, likeness in changed:
            known, share = likeness or (None, 0.0)
            await ContributionPart.update({ContributionPart.alike: known, ContributionPart.likeness: share}).where(
                ContributionPart.id == part
            )

    if changed:
        await store.write(unit)
    return len(found)


async def _voices_after(id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    rows = await Voice.raw(
        'SELECT "id", "text" FROM "voice" WHERE "text" IS NOT NULL AND "id" > {} ORDER BY "id" LIMIT {}', id, AT_ONCE
    )
    return [(_uuid(row["id"]), row["text"]) for row in rows]


async def _parts_elsewhere(contribution: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """What waits in other contributions; nobody's drafts, which are theirs alone."""
    rows = await ContributionPart.raw(
        'SELECT p."id" AS "id", p."text" AS "text" FROM "contribution_part" AS p '
        'JOIN "contribution" AS c ON p."contribution" = c."id" '
        'WHERE p."fate" = \'waiting\' AND p."text" IS NOT NULL AND c."stage" = \'waiting\' AND c."id" <> {}',
        contribution,
    )
    return [(_uuid(row["id"]), row["text"]) for row in rows]


async def known_alike(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Alike]:
    """The voices and parts with these ids, in a unit. What is gone meanwhile is not among them."""
    found: dict[uuid.UUID, Alike] = {}
    for start in range(0, len(ids), AT_ONCE // 4):
        some = list(ids[start : start + AT_ONCE // 4])
        for row in await Voice.select(Voice.id, Voice.text, Voice.source, Voice.term, Voice.permitted).where(
            Voice.id.is_in(some)
        ):
            found[row["id"]] = Alike(row["id"], row["text"] or "", row["source"], row["term"], row["permitted"])
        rows = await ContributionPart.select(
            ContributionPart.id, ContributionPart.text, ContributionPart.place, ContributionPart.contribution
        ).where(ContributionPart.id.is_in(some), ContributionPart.text.is_not_null())
        for row in rows:
            found.setdefault(
                row["id"],
                Alike(row["id"], row["text"], "drop_box", contribution=row["contribution"], place=row["place"]),
            )
    return found


def _uuid(found: uuid.UUID | str) -> uuid.UUID:
    """What a raw query gives for an id: SQLite may give it as it is written."""
    return found if isinstance(found, uuid.UUID) else uuid.UUID(found)
