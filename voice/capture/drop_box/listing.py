"""Lists of contributions: what somebody began, what waits, what was decided. Functions run inside a unit."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import msgspec
from piccolo.custom_types import Combinable

from voice.capture.drop_box.pieces import LeftOut
from voice.capture.drop_box.tables import Contribution, ContributionPart

MOST_LISTED = 200
BEGINNING = 120
"""Letters shown of what waits."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a list. ``parts`` counts its voices, ``kept`` those that count now."""

    id: uuid.UUID
    source: str
    way: str
    stage: str
    partner: str
    partner_kind: str
    heard_on: str
    language: str
    came_on: str
    left_out: tuple[LeftOut, ...]
    parts: int = 0
    kept: int = 0
    beginning: str = ""


async def drafts_of(member: uuid.UUID) -> list[Listed]:
    """What this member of staff has begun to add, the newest first."""
    return await _listed((Contribution.stage == "draft") & (Contribution.added_by == member))


async def waiting(*, unknown: bool = False) -> list[Listed]:
    """What nobody has looked at, the oldest first; ``unknown`` are e-mails from senders that we do not know."""
    nobody_knows = (Contribution.way == "mail") & (Contribution.partner == "")
    known = (Contribution.way != "mail") | (Contribution.partner != "")
    return await _listed((Contribution.stage == "waiting") & (nobody_knows if unknown else known), newest_first=False)


async def decided_lately(limit: int = 20) -> list[Listed]:
    """What was taken in or refused, the latest first."""
    rows = await _listed(Contribution.stage.is_in(["kept", "refused"]), by_decision=True)
    return rows[:limit]


async def _listed(condition: Combinable, *, newest_first: bool = True, by_decision: bool = False) -> list[Listed]:
    names = [name for name in Listed.__struct_fields__ if name not in ("parts", "kept", "beginning")]
    rows = (
        await Contribution.select(*(getattr(Contribution, name) for name in names))
        .where(condition)
        .order_by(Contribution.decided_on if by_decision else Contribution.came_on, ascending=not newest_first)
        .order_by(Contribution.id)
        .limit(MOST_LISTED)
    )
    of = await _parts_of([row["id"] for row in rows])
    return [
        Listed(
            **{**row, "left_out": msgspec.json.decode(row["left_out"], type=tuple[LeftOut, ...])},
            parts=len(of.get(row["id"], ())),
            kept=sum(fate == "kept" for fate, _ in of.get(row["id"], ())),
            beginning=next((text[:BEGINNING] for _, text in of.get(row["id"], ()) if text), ""),
        )
        for row in rows
    ]


async def _parts_of(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[tuple[str, str]]]:
    """By contribution: what became of each part, and its words while it waits."""
    found: dict[uuid.UUID, list[tuple[str, str]]] = {}
    if ids:
        rows = (
            await ContributionPart.select(
                ContributionPart.contribution, ContributionPart.fate, ContributionPart.text, ContributionPart.place
            )
            .where(ContributionPart.contribution.is_in(list(ids)))
            .order_by(ContributionPart.place)
        )
        for row in rows:
            found.setdefault(row["contribution"], []).append((row["fate"], row["text"] or ""))
    return found
