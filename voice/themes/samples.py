"""Samples that two people code without seeing each other's themes. Functions run inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from surveys.terms import term_order
from voice.evidence.may_read import MayRead
from voice.evidence.tables import Voice
from voice.themes import campaigns
from voice.themes.frames import frame_in_use
from voice.themes.tables import CoderSample, SampleCoding

Coder = Literal["first", "second"]

SMALLEST = 10
LARGEST = 300
USUAL = 50
LONGEST_NAME = 120

AT_ONCE = 100
"""Rows of one statement: SQLite takes 999 values."""


class SampleProblem(Exception):
    """``code`` is ``no_name``, ``size``, ``no_analyst``, ``same_person``, or ``few_voices``: there are ``voices``."""

    def __init__(self, code: str, voices: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.voices = voices


class Sample(msgspec.Struct, frozen=True):
    """``term`` is empty for all terms. ``done`` is how many voices each coder has coded, ``agreed`` on how many they
    agree, at once or when they talked it through."""

    id: uuid.UUID
    name: str
    term: str
    frame: int
    first: uuid.UUID
    second: uuid.UUID
    drawn_on: dt.date
    seed: str
    size: int
    done: Mapping[str, int]
    agreed: int

    @property
    def both_are_done(self) -> bool:
        return self.size > 0 and self.done["first"] == self.done["second"] == self.size

    def coder(self, person: uuid.UUID) -> Coder | None:
        return "first" if person == self.first else "second" if person == self.second else None


class Coding(msgspec.Struct, frozen=True):
    """A voice of a sample, and what each of the two gave it."""

    voice: uuid.UUID
    position: int
    first: tuple[str, ...]
    second: tuple[str, ...]
    agreed: tuple[str, ...] | None

    @property
    def differs(self) -> bool:
        return set(self.first) != set(self.second)


class ToCode(msgspec.Struct, frozen=True):
    """A voice that somebody is to read, with what they gave it if they did already."""

    voice: uuid.UUID
    position: int
    asked: str
    text: str
    language: str
    respondent_kind: str
    said_by: str
    themes: tuple[str, ...]
    coded: bool


def drawn(pool: Sequence[tuple[uuid.UUID, str]], size: int, seed: str) -> list[uuid.UUID]:
    """So many of the pool, of each kind of people in proportion and at least one, in random order.

    The same pool and seed give the same sample. Places are shared out by the largest remainders.
    """
    strata: dict[str, list[uuid.UUID]] = defaultdict(list)
    for voice, kind in sorted(pool, key=lambda each: (each[1], str(each[0]))):
        strata[kind].append(voice)
    size = min(size, len(pool))
    wanted = {kind: size * len(voices) / len(pool) for kind, voices in strata.items()}
    shares = {kind: min(max(int(share), 1), len(strata[kind])) for kind, share in wanted.items()}
    for kind in sorted(wanted, key=lambda each: (shares[each] - wanted[each], each)):
        if sum(shares.values()) < size and shares[kind] < len(strata[kind]):
            shares[kind] += 1
    while sum(shares.values()) > size:
        shares[max(shares, key=lambda each: (shares[each] - wanted[each], each))] -= 1
    chance = random.Random(seed)  # noqa: S311 - a sample that can be drawn again, no secret
    found = [voice for kind, voices in strata.items() for voice in chance.sample(voices, shares[kind])]
    chance.shuffle(found)
    return found


async def pool(term: str, reads: MayRead) -> list[tuple[uuid.UUID, str]]:
    """Voices with words that may be read, of a term or of all and of a campaign one, with the kind of people who said
    them."""
    in_term = ' AND v."term" = {}' if term else ""
    rows = await Voice.raw(
        'SELECT v."id" AS "id", v."respondent_kind" AS "kind" FROM "voice" AS v '  # noqa: S608
        f'{campaigns.JOINED} LEFT JOIN "quote_decision" AS d ON d."voice" = v."id" '
        f'WHERE v."text" IS NOT NULL AND v."text" <> \'\' AND {campaigns.COUNTS} AND {reads.sql}{in_term}',
        *reads.values,
        *([term] if term else []),
    )
    return [(uuid.UUID(str(row["id"])), row["kind"]) for row in rows]


async def terms() -> list[str]:
    """The terms in which something was said, the latest first."""
    rows = await Voice.raw('SELECT DISTINCT "term" AS "term" FROM "voice"')
    return sorted((row["term"] for row in rows), key=term_order, reverse=True)


async def draw(
    name: str,
    term: str,
    size: int,
    *,
    first: uuid.UUID,
    second: uuid.UUID,
    seed: str,
    reads: MayRead,
    today: dt.date,
) -> uuid.UUID:
    """Draws a sample for two people, and returns its id. Raises :class:`SampleProblem`."""
    if not name or len(name) > LONGEST_NAME:
        raise SampleProblem("no_name")
    if not SMALLEST <= size <= LARGEST:
        raise SampleProblem("size")
    if first == second:
        raise SampleProblem("same_person")
    known = await pool(term, reads)
    if len(known) < SMALLEST:
        raise SampleProblem("few_voices", len(known))
    id = uuid.uuid4()
    frame = await frame_in_use()
    await CoderSample.insert(
        CoderSample(
            id=id,
            name=name,
            term=term,
            frame=frame.version,
            first=first,
            second=second,
            drawn_on=today,
            seed=seed,
        )
    )
    rows = [
        _row(id, voice, position, coder)
        for position, voice in enumerate(drawn(known, size, seed), start=1)
        for coder in ("first", "second")
    ]
    for start in range(0, len(rows), AT_ONCE):
        await SampleCoding.insert(*rows[start : start + AT_ONCE])
    return id


async def samples() -> list[Sample]:
    """All samples, the latest first."""
    rows = await CoderSample.select().order_by(CoderSample.drawn_on, ascending=False)
    counts = await SampleCoding.raw(
        'SELECT "sample" AS "sample", "coder" AS "coder", COUNT(*) AS "n", '
        'SUM(CASE WHEN "coded" THEN 1 ELSE 0 END) AS "done" FROM "sample_coding" GROUP BY "sample", "coder"'
    )
    counted = {(str(row["sample"]), row["coder"]): row for row in counts}
    return [_sample(row, counted) for row in rows]


async def sample(id: uuid.UUID) -> Sample | None:
    return next((each for each in await samples() if each.id == id), None)


async def to_code(of: Sample, coder: Coder, reads: MayRead, *, position: int | None = None) -> ToCode | None:
    """The next voice that a coder has not coded, or the one at ``position``."""
    which = 's."position" = {}' if position is not None else 'NOT s."coded"'
    rows = await Voice.raw(
        'SELECT v."id" AS "voice", s."position" AS "position", v."asked" AS "asked", v."text" AS "text", '  # noqa: S608
        'v."language" AS "language", v."respondent_kind" AS "respondent_kind", v."said_by" AS "said_by", '
        's."themes" AS "themes", s."coded" AS "coded" FROM "sample_coding" AS s '
        'JOIN "voice" AS v ON v."id" = s."voice" LEFT JOIN "quote_decision" AS d ON d."voice" = v."id" '
        f'WHERE s."sample" = {{}} AND s."coder" = {{}} AND {which} AND {reads.sql} ORDER BY s."position" LIMIT 1',
        of.id,
        coder,
        *([position] if position is not None else []),
        *reads.values,
    )
    if not rows:
        return None
    row = rows[0]
    return ToCode(
        **{name: row[name] for name in ("asked", "text", "language", "respondent_kind", "said_by")},
        voice=uuid.UUID(str(row["voice"])),
        position=row["position"],
        themes=_ids(row["themes"]),
        coded=bool(row["coded"]),
    )


async def keep_coding(of: Sample, coder: Coder, voice: uuid.UUID, themes: Sequence[str]) -> None:
    await SampleCoding.update({SampleCoding.themes: ";".join(themes), SampleCoding.coded: True}).where(
        SampleCoding.sample == of.id, SampleCoding.voice == voice, SampleCoding.coder == coder
    )


async def codings(of: Sample) -> list[Coding]:
    """What the two gave each voice, in the order in which they were drawn. For when both are done."""
    rows = await SampleCoding.select().where(SampleCoding.sample == of.id).order_by(SampleCoding.position)
    by_voice: dict[uuid.UUID, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        by_voice[uuid.UUID(str(row["voice"]))][row["coder"]] = row
    return [
        Coding(
            voice=voice,
            position=of_coder["first"]["position"],
            first=_ids(of_coder["first"]["themes"]),
            second=_ids(of_coder["second"]["themes"]),
            agreed=_ids(of_coder["agreed"]["themes"]) if "agreed" in of_coder else None,
        )
        for voice, of_coder in by_voice.items()
        if {"first", "second"} <= of_coder.keys()
    ]


async def keep_agreed(of: Sample, coding: Coding, themes: Sequence[str]) -> None:
    """What the two agree on, at once or after they talked."""
    await SampleCoding.delete().where(
        SampleCoding.sample == of.id, SampleCoding.voice == coding.voice, SampleCoding.coder == "agreed"
    )
    await SampleCoding.insert(_row(of.id, coding.voice, coding.position, "agreed", themes))


def _row(
    sample: uuid.UUID, voice: uuid.UUID, position: int, coder: str, themes: Sequence[str] | None = None
) -> SampleCoding:
    return SampleCoding(
        id=uuid.uuid4(),
        sample=sample,
        voice=voice,
        position=position,
        coder=coder,
        themes=";".join(themes or ()),
        coded=themes is not None,
    )


def _sample(row: Mapping[str, Any], counted: Mapping[tuple[str, str], Mapping[str, Any]]) -> Sample:
    none = {"n": 0, "done": 0}
    of = {coder: counted.get((str(row["id"]), coder), none) for coder in ("first", "second", "agreed")}
    return Sample(
        id=uuid.UUID(str(row["id"])),
        name=row["name"],
        term=row["term"],
        frame=row["frame"],
        first=uuid.UUID(str(row["first"])),
        second=uuid.UUID(str(row["second"])),
        drawn_on=row["drawn_on"],
        seed=row["seed"],
        size=int(of["first"]["n"]),
        done={coder: int(of[coder]["done"]) for coder in ("first", "second")},
        agreed=int(of["agreed"]["n"]),
    )


def _ids(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined.split(";")))
