"""How many voices each theme has, by a person's decision and by the machine's suggestion. Runs inside a unit."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import msgspec

from voice.evidence.tables import Voice
from voice.themes import campaigns
from voice.themes.standing import JOINED


class Counted(msgspec.Struct, frozen=True):
    person: int = 0
    machine: int = 0


class Counts(msgspec.Struct, frozen=True):
    """``themes`` by id; ``again`` are settled voices that a person should see again, under an older frame."""

    themes: dict[str, Counted]
    again: int

    def of(self, theme_id: str) -> Counted:
        return self.themes.get(theme_id, Counted())


async def counted(frame: int, *, today: dt.date) -> Counts:
    """Of all voices that count today, a campaign once, for staff: small numbers are not hidden."""
    rows = await Voice.raw(
        'SELECT CASE WHEN c."settled" THEN 1 ELSE 0 END AS "settled", '  # noqa: S608
        'CASE WHEN c."settled" THEN c."themes" ELSE g."themes" END AS "themes", '
        'CASE WHEN c."settled" AND c."frame" <> {} THEN 1 ELSE 0 END AS "again", COUNT(*) AS "n" '
        f'FROM "voice" AS v {JOINED} {campaigns.JOINED} WHERE {campaigns.COUNTS} '
        'AND (v."expires_on" IS NULL OR v."expires_on" >= {}) GROUP BY 1, 2, 3',
        frame,
        today,
    )
    by: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for row in rows:
        for theme_id in filter(None, (row["themes"] or "").split(";")):
            by[bool(row["settled"])][theme_id] += row["n"]
    ids = {*by[True], *by[False]}
    return Counts(
        {each: Counted(by[True][each], by[False][each]) for each in ids}, sum(r["n"] for r in rows if r["again"])
    )
