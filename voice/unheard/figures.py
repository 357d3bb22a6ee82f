"""Files of figures as they are kept: taken in, used, remembered, removed. Functions run inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping, Sequence

import msgspec

from voice.storage.rows import as_day, as_uuid
from voice.unheard.categories import DIMENSIONS, OTHERS, TOTAL
from voice.unheard.meaning import Figure
from voice.unheard.tables import PopulationCount, PopulationFile, PopulationMeaning

NOT_USED = "not_used"
"""What is remembered of a column that somebody left out."""


class NoSuchFigures(Exception):
    pass


class KeptFile(msgspec.Struct, frozen=True):
    """A file that was taken in. ``in_use`` are the dimensions of which no newer file has figures; ``dimensions``
    all.
    """

    id: uuid.UUID
    number: int
    filename: str
    source: str
    year: str
    taken_in_on: dt.date
    dimensions: tuple[str, ...]
    in_use: tuple[str, ...]


class Population(msgspec.Struct, frozen=True):
    """How many people there are by category of a dimension, ``None`` where the source hides its number.

    ``names`` is what a file calls settings, areas and others; ``total`` how many there are in all, where the file
    says so.
    """

    file: KeptFile
    people: Mapping[str, int | None]
    names: Mapping[str, str]
    total: int | None


async def take_in(
    figures: Sequence[Figure], *, filename: str, source: str, year: str, by: uuid.UUID, today: dt.date
) -> uuid.UUID:
    """Keeps a file's figures, which count from now on in place of older ones of the same dimensions."""
    known = await PopulationFile.raw('SELECT MAX("number") AS "last" FROM "population_file"')
    file = PopulationFile(
        id=uuid.uuid4(),
        number=(known[0]["last"] or 0) + 1,
        filename=filename[:200],
        source=source[:200],
        year=year[:40],
        taken_in_on=today,
        taken_in_by=by,
    )
    await PopulationFile.insert(file)
    for start in range(0, len(figures), 100):
        await PopulationCount.insert(
            *(
                PopulationCount(
                    id=uuid.uuid4(),
                    file=file.id,
                    dimension=each.dimension,
                    category=each.category,
                    wording=each.wording,
                    people=each.people,
                )
                for each in figures[start : start + 100]
            )
        )
    return uuid.UUID(str(file.id))


async def remove(id: uuid.UUID) -> None:
    """Removes a file and its figures; those of an older file count again. Raises :class:`NoSuchFigures`."""
    if not await PopulationFile.exists().where(PopulationFile.id == id):
        raise NoSuchFigures
    await PopulationCount.delete().where(PopulationCount.file == id)
    await PopulationFile.delete().where(PopulationFile.id == id)


async def files() -> tuple[KeptFile, ...]:
    """All files, the newest first."""
    rows = await PopulationFile.select().order_by(PopulationFile.number, ascending=False)
    having = await PopulationCount.raw(
        'SELECT DISTINCT "file" AS "file", "dimension" AS "dimension" FROM "population_count"'
    )
    by_file: dict[uuid.UUID, set[str]] = {}
    for row in having:
        by_file.setdefault(as_uuid(row["file"]), set()).add(row["dimension"])
    taken: set[str] = set()
    found = []
    for row in rows:
        id = as_uuid(row["id"])
        has = tuple(each for each in DIMENSIONS if each in by_file.get(id, ()))
        in_use = tuple(each for each in has if each not in taken)
        taken |= set(has)
        day = as_day(row["taken_in_on"])
        found.append(KeptFile(id, row["number"], row["filename"], row["source"], row["year"], day, has, in_use))
    return tuple(found)


async def populations() -> dict[str, Population]:
    """By dimension, the figures of the newest file that has any."""
    found = {}
    for file in await files():
        if not file.in_use:
            continue
        rows = await PopulationCount.select().where(
            PopulationCount.file == file.id, PopulationCount.dimension.is_in(list(file.in_use))
        )
        for dimension in file.in_use:
            found[dimension] = _population(file, [row for row in rows if row["dimension"] == dimension])
    return found


def _population(file: KeptFile, rows: Sequence[Mapping[str, object]]) -> Population:
    people: dict[str, int | None] = {}
    names: dict[str, list[str]] = {}
    total = None
    for row in sorted(rows, key=lambda row: str(row["wording"])):
        category, count = str(row["category"]), row["people"]
        if category == TOTAL:
            total = int(str(count)) if count is not None else None
            continue
        before = people.get(category, 0)
        people[category] = None if before is None or count is None else before + int(str(count))
        names.setdefault(category, []).append(str(row["wording"]))
    return Population(file, people, {category: ", ".join(said) for category, said in names.items()}, total)


def fingerprint(headers: Sequence[str]) -> str:
    """Tells files with the same headings, whatever is in them."""
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()


async def remembered_columns(headers: Sequence[str]) -> tuple[str, ...] | None:
    """What the columns of a file with the same headings were used for; ``None`` for a file of a new kind."""
    rows = await PopulationMeaning.select().where(PopulationMeaning.about == fingerprint(headers))
    known = {row["wording"]: row["means"] for row in rows}
    if not known:
        return None
    return tuple(known.get(str(at), "").replace(NOT_USED, "") for at in range(len(headers)))


async def remembered_meanings() -> dict[tuple[str, str], str]:
    """What groups of earlier files were said to mean, by dimension and wording."""
    rows = await PopulationMeaning.select().where(PopulationMeaning.about.is_in(list(DIMENSIONS)))
    return {(row["about"], row["wording"]): row["means"] for row in rows}


async def remember(headers: Sequence[str], columns: Sequence[str], means: Mapping[tuple[str, str], str]) -> None:
    """Keeps what somebody chose for the next file."""
    about = fingerprint(headers)
    said = {(about, str(at)): use or NOT_USED for at, use in enumerate(columns)} | dict(means)
    for (of, wording), meaning in said.items():
        await PopulationMeaning.raw(
            'INSERT INTO "population_meaning" ("id", "about", "wording", "means") VALUES ({}, {}, {}, {}) '
            'ON CONFLICT ("about", "wording") DO UPDATE SET "means" = {}',
            uuid.uuid4(),
            of,
            wording,
            meaning,
            meaning,
        )


def compared(population: Population) -> dict[str, int | None]:
    """The groups of a dimension with those that are none of ours at the end, as one."""
    ours = {category: people for category, people in population.people.items() if category != OTHERS}
    return ours | ({OTHERS: population.people[OTHERS]} if OTHERS in population.people else {})
