"""Versions of the code frame: putting the draft into use, and what was in use before. Runs inside a unit of the store.

What people decided stays as it is in ``theme_decision``. How a voice stands (``voice_coding``) is read through the
lineage once, when a version comes into use: see decision 0078.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from voice.evidence.indexing import changed
from voice.themes.drafting import Draft, unchanged
from voice.themes.frames import FIRST_VERSION, Frame, FrameTheme, first_frame
from voice.themes.lineage import Lineage, Link, Reading, lineage
from voice.themes.tables import FrameChange, FrameVersion, ThemeHeading, VoiceCoding


class Effect(msgspec.Struct, frozen=True):
    """What a version does to voices that a person decided. ``moved`` get other ids without anybody doing anything;
    ``again`` need a person again, by the theme that is the reason."""

    decided: int
    moved: int
    again: int
    reasons: Mapping[str, int]


class Version(msgspec.Struct, frozen=True):
    """``made_by`` and ``made_on`` are empty for the frame that comes with the product. ``breaks`` are how many of its
    changes break a line."""

    number: int
    in_use: bool
    themes: int
    note: str
    made_by: uuid.UUID | None
    made_on: dt.date | None
    changes: int
    breaks: int


class NothingChanged(Exception):
    """A draft without a change makes no version."""


async def effect(of: Draft) -> Effect:
    """What putting the draft into use would do."""
    found = _lineage_of(of)
    decided, moved, again = 0, 0, 0
    reasons: Counter[str] = Counter()
    for row in await _groups():
        themes = _ids(row["themes"])
        reading = found.read(themes)
        decided += row["n"]
        moved += row["n"] if not reading.again and list(reading.themes) != themes else 0
        if reading.again and row["settled"]:
            again += row["n"]
            reasons.update({theme_id: row["n"] for theme_id in themes if found.read([theme_id]).again})
    return Effect(decided, moved, again, reasons)


async def put_into_use(note: str, *, seen: str, by: uuid.UUID, today: dt.date) -> Frame:
    """Makes the draft the version in use. Raises ``NoDraft``, ``ChangedMeanwhile`` or ``NothingChanged``."""
    now = await unchanged(seen)
    if not now.changes:
        raise NothingChanged
    found = _lineage_of(now)
    await _read_through(found, now.version)
    await _file_through(found)
    await FrameVersion.update({FrameVersion.state: "former"}).where(FrameVersion.state == "in_use")
    await FrameVersion.update(
        {
            FrameVersion.state: "in_use",
            FrameVersion.note: note,
            FrameVersion.made_by: by,
            FrameVersion.made_on: today,
        }
    ).where(FrameVersion.number == now.version)
    return Frame(now.version, now.themes)


async def lineage_between(earlier: int, later: int) -> Lineage:
    """What became of the themes of one version by another, both of which were in use."""
    rows = (
        await FrameChange.select(FrameChange.kind, FrameChange.before, FrameChange.after, FrameChange.breaks)
        .where(FrameChange.version > earlier, FrameChange.version <= later)
        .order_by(FrameChange.version)
        .order_by(FrameChange.position)
    )
    themes = (await version(earlier)).themes
    return lineage(
        (each.theme_id for each in themes),
        (Link(row["kind"], tuple(_ids(row["before"])), tuple(_ids(row["after"])), bool(row["breaks"])) for row in rows),
    )


async def version(number: int) -> Frame:
    """A version by its number. Raises ``LookupError``."""
    if number == FIRST_VERSION:
        return first_frame()
    row = await FrameVersion.select(FrameVersion.themes).where(FrameVersion.number == number).first()
    if row is None:
        raise LookupError(number)
    return Frame(number, msgspec.json.decode(row["themes"], type=tuple[FrameTheme, ...]))


async def versions() -> list[Version]:
    """All versions that are or were in use, the latest first."""
    rows = await FrameVersion.select().where(FrameVersion.state != "draft").order_by(FrameVersion.number)
    counts = {
        row["version"]: row
        for row in await FrameChange.raw(
            'SELECT "version" AS "version", COUNT(*) AS "n", SUM(CASE WHEN "breaks" THEN 1 ELSE 0 END) AS "breaks" '
            'FROM "code_frame_change" GROUP BY "version"'
        )
    }
    found = [Version(FIRST_VERSION, not rows, len(first_frame().themes), "", None, None, 0, 0)]
    for row in rows:
        count = counts.get(row["number"], {"n": 0, "breaks": 0})
        found.append(
            Version(
                number=row["number"],
                in_use=row["state"] == "in_use",
                themes=len(msgspec.json.decode(row["themes"])),
                note=row["note"],
                made_by=uuid.UUID(str(row["made_by"])),
                made_on=row["made_on"],
                changes=int(count["n"]),
                breaks=int(count["breaks"]),
            )
        )
    return found[::-1]


def _lineage_of(of: Draft) -> Lineage:
    return lineage(
        (each.theme_id for each in of.base.themes),
        (Link(each.change.kind, each.change.before, each.change.after, each.change.breaks) for each in of.changes),
    )


async def _groups() -> list[dict[str, Any]]:
    """Decided voices that stand alike: a few hundred rows, however many voices there are."""
    rows: list[dict[str, Any]] = await VoiceCoding.raw(
        'SELECT "themes" AS "themes", "frame" AS "frame", "settled" AS "settled", COUNT(*) AS "n" '
        'FROM "voice_coding" GROUP BY "themes", "frame", "settled"'
    )
    return rows


async def _read_through(found: Lineage, number: int) -> None:
    """Those that a person should see again keep the number of the frame under which they were decided.

    Written below zero first, so that no group takes in one that was rewritten just before.
    """
    touched: list[uuid.UUID] = []
    for row in await _groups():
        themes, frame = str(row["themes"]), row["frame"]
        reading: Reading = found.read(_ids(themes))
        alike = (VoiceCoding.themes == themes) & (VoiceCoding.frame == frame)
        alike &= VoiceCoding.settled == bool(row["settled"])
        after = ";".join(reading.themes)
        if after != themes or reading.again:
            rows = await VoiceCoding.select(VoiceCoding.voice).where(alike)
            touched += [uuid.UUID(str(each["voice"])) for each in rows]
        stays = reading.again and bool(row["settled"])
        kept = int(str(frame)) if stays else number
        await VoiceCoding.update({VoiceCoding.themes: after, VoiceCoding.frame: -1 - kept}).where(alike)
    await VoiceCoding.raw('UPDATE "voice_coding" SET "frame" = -1 - "frame" WHERE "frame" < 0')
    await changed(touched)


async def _file_through(found: Lineage) -> None:
    """Themes stay filed under the headings of frameworks; what went is filed no longer."""
    for row in await ThemeHeading.select():
        after = list(found.becomes.get(row["theme_id"], {row["theme_id"]: True}))
        if after == [row["theme_id"]]:
            continue
        await ThemeHeading.delete().where(ThemeHeading.id == row["id"])
        for theme_id in after:
            same = (ThemeHeading.framework == row["framework"]) & (ThemeHeading.heading == row["heading"])
            if not await ThemeHeading.exists().where(same & (ThemeHeading.theme_id == theme_id)):
                await ThemeHeading.insert(
                    ThemeHeading(id=uuid.uuid4(), framework=row["framework"], heading=row["heading"], theme_id=theme_id)
                )


def _ids(joined: object) -> list[str]:
    return [each for each in str(joined).split(";") if each]
