"""The draft of the next version of the code frame: one for everybody. Functions run inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

import msgspec

from voice.evidence.indexing import one_after_the_other
from voice.themes.changes import Change, ChangeProblem, replayed
from voice.themes.frames import FIRST_VERSION, Frame, FrameTheme, first_frame, frame_in_use
from voice.themes.tables import FrameChange, FrameVersion


class KeptChange(msgspec.Struct, frozen=True):
    id: uuid.UUID
    change: Change


class Draft(msgspec.Struct, frozen=True):
    """``themes`` are those of ``base``, the version in use, after ``changes``."""

    version: int
    base: Frame
    themes: tuple[FrameTheme, ...]
    changes: tuple[KeptChange, ...]
    begun_by: uuid.UUID
    begun_on: dt.date

    @property
    def seen(self) -> str:
        """What a page says it has shown, so that whoever comes later is told what changed meanwhile."""
        return ".".join([str(self.version), *(each.id.hex[:8] for each in self.changes)])

    def find(self, theme_id: str) -> FrameTheme | None:
        return next((each for each in self.themes if each.theme_id == theme_id), None)


class NoDraft(Exception):
    """Nobody is changing the frame, or not any more."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the draft since the page was shown: they ``made`` these, and undid so many."""

    def __init__(self, made: tuple[KeptChange, ...], undone: int) -> None:
        super().__init__(made, undone)
        self.made = made
        self.undone = undone


async def draft() -> Draft | None:
    """The draft, when there is one."""
    found = await FrameVersion.select().where(FrameVersion.state == "draft").first()
    if found is None:
        return None
    rows = (
        await FrameChange.select(FrameChange.id, FrameChange.step)
        .where(FrameChange.version == found["number"])
        .order_by(FrameChange.position)
    )
    return Draft(
        version=found["number"],
        base=await frame_in_use(),
        themes=msgspec.json.decode(found["themes"], type=tuple[FrameTheme, ...]),
        changes=tuple(
            KeptChange(uuid.UUID(str(row["id"])), msgspec.json.decode(row["step"], type=Change)) for row in rows
        ),
        begun_by=uuid.UUID(str(found["made_by"])),
        begun_on=found["made_on"],
    )


async def begin(*, by: uuid.UUID, today: dt.date) -> None:
    """Makes a draft from the version in use, unless somebody did already."""
    await one_after_the_other()
    if await draft() is not None:
        return
    frame = await frame_in_use()
    last = await FrameVersion.select(FrameVersion.number).order_by(FrameVersion.number, ascending=False).first()
    await FrameVersion.insert(
        FrameVersion(
            number=(last["number"] if last else FIRST_VERSION) + 1,
            state="draft",
            themes=msgspec.json.encode(frame.themes).decode(),
            note="",
            made_by=by,
            made_on=today,
        )
    )


async def make(changes: Sequence[Change], *, seen: str) -> None:
    """Adds changes to the draft. Raises ``NoDraft``, ``ChangedMeanwhile`` or ``ChangeProblem``."""
    now = await unchanged(seen)
    ids = await ids_ever_used()
    for change in changes:
        for theme_id in set(change.after).difference(change.before):
            if theme_id in ids:
                raise ChangeProblem("id_taken", theme_id)
    new = [KeptChange(uuid.uuid4(), change) for change in changes]
    await _keep(now, (*now.changes, *new))


async def undo(id: uuid.UUID, *, seen: str) -> None:
    """Takes one change out. Raises ``NoDraft``, ``ChangedMeanwhile``, or ``ChangeProblem`` with the code ``needed``."""
    now = await unchanged(seen)
    await _keep_if_possible(now, tuple(each for each in now.changes if each.id != id))


async def say_meaning(id: uuid.UUID, *, same: bool, seen: str) -> None:
    """Says whether a theme with a new name or description still means the same."""
    now = await unchanged(seen)
    await _keep_if_possible(
        now,
        tuple(
            KeptChange(each.id, msgspec.structs.replace(each.change, same_meaning=same))
            if each.id == id and each.change.kind in ("rename", "describe")
            else each
            for each in now.changes
        ),
    )


async def discard(*, seen: str) -> None:
    now = await unchanged(seen)
    await FrameChange.delete().where(FrameChange.version == now.version)
    await FrameVersion.delete().where(FrameVersion.number == now.version)


async def unchanged(seen: str) -> Draft:
    """The draft, as the page showed it. Raises ``NoDraft`` or ``ChangedMeanwhile``."""
    await one_after_the_other()
    now = await draft()
    if now is None:
        raise NoDraft
    if now.seen != seen:
        version, *ids = seen.split(".")
        known = set(ids) if version == str(now.version) else set()
        made = tuple(each for each in now.changes if each.id.hex[:8] not in known)
        raise ChangedMeanwhile(made, len(known.difference(each.id.hex[:8] for each in now.changes)))
    return now


async def ids_ever_used() -> set[str]:
    """Ids of all versions that were in use: a new theme never has one of them, so no old voice counts for it."""
    rows = await FrameVersion.select(FrameVersion.themes).where(FrameVersion.state != "draft")
    found = {theme.theme_id for theme in first_frame().themes}
    for row in rows:
        found |= {theme.theme_id for theme in msgspec.json.decode(row["themes"], type=list[FrameTheme])}
    return found


async def _keep_if_possible(now: Draft, changes: tuple[KeptChange, ...]) -> None:
    try:
        await _keep(now, changes)
    except ChangeProblem as problem:
        raise ChangeProblem("needed", problem.field) from problem


async def _keep(now: Draft, changes: tuple[KeptChange, ...]) -> None:
    themes = replayed(now.base.themes, (each.change for each in changes))
    await FrameChange.delete().where(FrameChange.version == now.version)
    for position, each in enumerate(changes):
        await FrameChange.insert(
            FrameChange(
                id=each.id,
                version=now.version,
                position=position,
                kind=each.change.kind,
                before=";".join(each.change.before),
                after=";".join(each.change.after),
                breaks=each.change.breaks,
                note="",
                step=msgspec.json.encode(each.change).decode(),
            )
        )
    await FrameVersion.update({FrameVersion.themes: msgspec.json.encode(themes).decode()}).where(
        FrameVersion.number == now.version
    )
