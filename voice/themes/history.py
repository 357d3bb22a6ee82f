"""How a voice stands after what people decided: read off its decisions, and off nothing else."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

Kind = Literal["accept", "add", "reject", "none_fits", "sentiment", "urgent", "quotable", "settled", "undone"]


class Decided(msgspec.Struct, frozen=True):
    """One row of the history; see :class:`voice.themes.tables.ThemeDecision`. ``act`` is the same for all voices of a
    campaign that were decided about at once."""

    place: int
    voice: uuid.UUID
    kind: Kind
    theme_id: str
    value: str
    suggested: tuple[str, ...]
    engine: str
    frame: int
    by: uuid.UUID
    day: dt.date
    act: uuid.UUID | None = None


class State(msgspec.Struct, frozen=True):
    """What people's decisions come to. ``sentiment``, ``urgent`` and ``quotable`` are empty where nobody decided."""

    themes: tuple[str, ...]
    settled: bool
    sentiment: str
    urgent: str
    quotable: str
    frame: int
    by: uuid.UUID
    day: dt.date


def at_once(decisions: Iterable[Decided]) -> list[tuple[Decided, ...]]:
    """What of one voice's decisions still counts, in order: each tuple was decided at once."""
    counting: list[tuple[Decided, ...]] = []
    open_ones: list[Decided] = []
    for each in decisions:
        if each.kind == "undone":
            del counting[-1:]
            continue
        open_ones.append(each)
        if each.kind == "settled":
            counting.append(tuple(open_ones))
            open_ones = []
    return counting


def state_of(decisions: Sequence[Decided]) -> State | None:
    """How the voice stands; ``None`` while nothing that was decided counts."""
    counting = at_once(decisions)
    if not counting:
        return None
    last = counting[-1][-1]
    themes: tuple[str, ...] = ()
    values: dict[str, str] = {}
    for together in counting:
        values |= {each.kind: each.value for each in together if each.kind in ("sentiment", "urgent", "quotable")}
        if together[-1].value == "yes":
            themes = themes_in(together)
    return State(
        themes=themes if last.value == "yes" else (),
        settled=last.value == "yes",
        sentiment=values.get("sentiment", ""),
        urgent=values.get("urgent", ""),
        quotable=values.get("quotable", ""),
        frame=last.frame,
        by=last.by,
        day=last.day,
    )


def themes_in(together: Iterable[Decided]) -> tuple[str, ...]:
    """The themes that a person gave a voice."""
    return tuple(each.theme_id for each in together if each.kind in ("accept", "add"))


def decided(row: Mapping[str, Any]) -> Decided:
    """A row of ``theme_decision``."""
    day = row["decided_on"]
    return Decided(
        place=int(row["place"]),
        voice=uuid.UUID(str(row["voice"])),
        kind=row["kind"],
        theme_id=row["theme_id"],
        value=row["value"],
        suggested=tuple(filter(None, row["suggested"].split(";"))),
        engine=row["engine"],
        frame=int(row["frame"]),
        by=uuid.UUID(str(row["decided_by"])),
        day=day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day)),
        act=uuid.UUID(str(row["act"])) if row["act"] else None,
    )
