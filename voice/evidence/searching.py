"""One search over all voices: words, filters, and how many there are of each kind.

Words are found by the database's own index, and read under the condition of who may read them (``may_read.py``).
Counts come from :mod:`voice.evidence.shelves`, which follows the database.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec

from analysis.disclosure import FLOOR, floor_counts
from voice.evidence.may_read import MayRead
from voice.evidence.search_words import Term, for_postgres, for_sqlite, terms_of
from voice.evidence.shelves import DIMENSIONS, Shelved, Shelves, newest, selection
from voice.evidence.tables import Voice
from voice.storage import Store
from voice.themes import standing
from voice.themes.standing import Standing

FILTERS = DIMENSIONS[: DIMENSIONS.index("permitted")]
"""What a search can be narrowed by."""

FLOORED = ("need", "setting")
"""What could tell who somebody is: small numbers are hidden from everybody, and small groups cannot be chosen."""

A_PAGE = 20
AT_ONCE = 20_000
"""Voices whose kinds are read in one query."""

SEARCHES_KEPT = 50
"""What was found with words, of 25 kB each for 200,000 voices."""

TO_LOOK_AT = 200
"""Voices that are asked for at once, for one page of those that may be read."""

COLUMNS = (
    'n."number" AS "number", v."id" AS "id", v."source" AS "source", v."origin" AS "origin", v."asked" AS "asked", '
    'v."concept" AS "concept", v."text" AS "text", v."language" AS "language", v."form" AS "form", '
    'v."file" AS "file", v."respondent_kind" AS "respondent_kind", v."said_by" AS "said_by", v."term" AS "term", '
    'v."said_on" AS "said_on", v."heard_by" AS "heard_by", v."permitted" AS "permitted", '
    f'{standing.COLUMNS}, d."decision" AS "decision", d."shown" AS "shown"'
)
JOINED = (
    f'"voice" AS v JOIN "voice_number" AS n ON n."voice" = v."id" {standing.JOINED} '
    'LEFT JOIN "quote_decision" AS d ON d."voice" = v."id"'
)


class Search(msgspec.Struct, frozen=True):
    """What is looked for; an empty filter takes everything."""

    words: str = ""
    source: str = ""
    term: str = ""
    respondent_kind: str = ""
    said_by: str = ""
    language: str = ""
    theme: str = ""
    age_band: str = ""
    need: str = ""
    setting: str = ""
    concept: str = ""

    @property
    def filters(self) -> dict[str, str]:
        return {name: value for name in FILTERS if (value := getattr(self, name))}


class FoundVoice(msgspec.Struct, frozen=True):
    """A voice that somebody may read. ``words`` are ``None`` for a recording, drawing or photo without any, and as
    they were released for those who see quotes alone; those do not get the ``file`` either."""

    number: int
    id: uuid.UUID
    source: str
    origin: uuid.UUID
    concept: str
    asked: str
    words: str | None
    language: str
    form: str
    file: uuid.UUID | None
    respondent_kind: str
    said_by: str
    term: str
    said_on: str
    heard_by: str
    permitted: str
    standing: Standing
    decision: str


class Kind(msgspec.Struct, frozen=True):
    """A value of a filter and how many voices have it; ``None`` when that is hidden."""

    value: str
    n: int | None


class Found(msgspec.Struct, frozen=True):
    """``total`` counts all voices that were found, ``None`` when they are of fewer than ``FLOOR`` people and the
    reader sees counts only; ``readable`` those that the reader may read. ``kinds`` are by filter, each as if its
    own filter were not set. ``after`` is where the next page begins."""

    voices: tuple[FoundVoice, ...]
    total: int | None
    readable: int
    kinds: Mapping[str, tuple[Kind, ...]]
    after: int | None


class Bank:
    """The evidence bank, ready to be searched."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shelves = Shelves()
        self._revision = 0
        self._following = asyncio.Lock()
        self._with: dict[tuple[Term, ...], int] = {}

    async def shelves(self) -> Shelves:
        """The counts as they are now."""
        async with self._following:
            while rows := await self._changed():
                self._with = {}
                self._revision = await asyncio.to_thread(_put, self._shelves, rows, self._revision)
        return self._shelves

    def forget_searches(self) -> None:
        """The next search asks the database again."""
        self._with = {}

    async def search(self, asked: Search, reader: MayRead, *, today: dt.date, before: int | None = None) -> Found:
        """One page of voices, what was kept last on top. ``before`` is the ``after`` of the page that came first."""
        shelves = await self.shelves()
        chosen = await self.chosen(asked, today=today)
        by_filter = {name: chosen & part for name, part in _parts(shelves, asked).items()}
        everything = _all_of(by_filter, chosen)
        readable = everything & await self._readable(shelves, reader)
        voices, after = await self._page(readable, reader, before)
        return Found(
            voices=voices,
            total=_total(shelves, everything, reader),
            readable=readable.bit_count(),
            kinds={
                name: _kinds(shelves, name, _all_of({**by_filter, name: chosen}, chosen), reader)
                for name in FILTERS
                if name != "concept"
            },
            after=after,
        )

    async def chosen(self, asked: Search, *, today: dt.date) -> int:
        """The voices that have the words, whatever the filters say."""
        shelves = await self.shelves()
        chosen = shelves.in_time(today)
        if not asked.words.strip():
            return chosen
        terms = terms_of(asked.words)
        return chosen & await self._with_words(terms, shelves.size) if terms else 0

    async def read(self, id: uuid.UUID, reader: MayRead) -> FoundVoice | None:
        """One voice, when the reader may read it."""
        rows = await Voice.raw(
            f'SELECT {COLUMNS} FROM {JOINED} WHERE v."id" = {{}} AND {reader.sql}',  # noqa: S608
            id,
            *reader.values,
        )
        return _found(rows[0], reader) if rows else None

    async def _page(
        self, readable: int, reader: MayRead, before: int | None
    ) -> tuple[tuple[FoundVoice, ...], int | None]:
        if before is not None:
            readable &= (1 << max(0, before)) - 1
        found: list[FoundVoice] = []
        while readable and len(found) <= A_PAGE:
            numbers = newest(readable, TO_LOOK_AT if found else A_PAGE + 1)
            readable &= (1 << numbers[-1]) - 1
            rows = await Voice.raw(
                f"SELECT {COLUMNS} FROM {JOINED} "  # noqa: S608 - the numbers are numbers
                f'WHERE n."number" IN ({", ".join(map(str, numbers))}) AND {reader.sql} ORDER BY n."number" DESC',
                *reader.values,
            )
            found += [_found(row, reader) for row in rows]
        shown = tuple(found[:A_PAGE])
        return shown, shown[-1].number if len(found) > A_PAGE else None

    async def _readable(self, shelves: Shelves, reader: MayRead) -> int:
        """What fulfils the reader's condition."""
        if reader.within:
            return _all_of(
                {name: _any_of(shelves.of(name, value) for value in values) for name, values in reader.within},
                shelves.all,
            )
        rows = await Voice.raw(f'SELECT n."number" AS "number" FROM {JOINED} WHERE {reader.sql}', *reader.values)  # noqa: S608
        return selection((row["number"] for row in rows if row["number"] < shelves.size), shelves.size)

    async def _with_words(self, terms: tuple[Term, ...], size: int) -> int:
        """Kept until a voice changes: the next page, and the same words with another filter, ask for it again."""
        kept = self._with
        if terms not in kept:
            found = await self._found_with(terms, size)
            if len(kept) >= SEARCHES_KEPT:
                kept.clear()
            kept[terms] = found
        return kept[terms]

    async def _found_with(self, terms: tuple[Term, ...], size: int) -> int:
        if self._store.dialect == "sqlite":
            # One row of text: a row for each of a hundred thousand voices would take longer to hand over than to find.
            rows = await Voice.raw(
                'SELECT group_concat("rowid") AS "numbers" FROM "voice_words" WHERE "voice_words" MATCH {}',
                for_sqlite(terms),
            )
        else:
            rows = await Voice.raw(
                'SELECT string_agg("number"::text, \',\') AS "numbers" FROM "voice_words" '
                'WHERE "words" @@ {}::text::tsquery',
                for_postgres(terms),
            )
        written = rows[0]["numbers"]
        if not written:
            return 0
        return await asyncio.to_thread(_selected, written, size)

    async def _changed(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = await Voice.raw(
            'SELECT n."number" AS "number", n."revision" AS "revision", v."source" AS "source", '  # noqa: S608
            'CAST(COALESCE(v."person", v."origin") AS VARCHAR) AS "person", v."term" AS "term", '
            'v."concept" AS "concept", '
            'v."respondent_kind" AS "respondent_kind", v."said_by" AS "said_by", v."language" AS "language", '
            'v."age_band" AS "age_band", v."need" AS "need", v."setting" AS "setting", '
            'v."permitted" AS "permitted", v."expires_on" AS "expires_on", '
            f'{standing.THEMES} AS "theme", '
            'd."decision" AS "decision" '
            'FROM "voice_number" AS n LEFT JOIN "voice" AS v ON v."id" = n."voice" '
            f"{standing.JOINED} "
            'LEFT JOIN "quote_decision" AS d ON d."voice" = n."voice" '
            'WHERE n."revision" > {} AND n."revision" <= (SELECT MAX("revision") FROM (SELECT "revision" FROM '
            '"voice_number" WHERE "revision" > {} ORDER BY "revision" LIMIT {}) AS "next")',
            self._revision,
            self._revision,
            AT_ONCE,
        )
        return rows


def _put(shelves: Shelves, rows: list[dict[str, Any]], revision: int) -> int:
    shelves.put([_shelved(row) for row in rows])
    return max(revision, *(int(row["revision"]) for row in rows))


def _shelved(row: dict[str, Any]) -> Shelved:
    if row["source"] is None:
        return Shelved(row["number"], 0, {})
    values = {name: (row[name],) if row[name] else () for name in DIMENSIONS if name != "theme"}
    values["theme"] = tuple(filter(None, (row["theme"] or "").split(";")))
    # Where nobody can tell people apart, all from one session or letter counts as one person's.
    return Shelved(row["number"], hash(row["person"]), values, row["expires_on"])


def _selected(written: str, size: int) -> int:
    return selection((number for number in map(int, written.split(",")) if number < size), size)


def _parts(shelves: Shelves, asked: Search) -> dict[str, int]:
    """For each filter that is set, the voices that it takes."""
    parts = {}
    for name, value in asked.filters.items():
        chosen = shelves.of(name, value)
        too_few = name in FLOORED and not shelves.said_by_many(name, value, FLOOR)
        parts[name] = 0 if too_few else chosen
    return parts


def _all_of(parts: Mapping[str, int], start: int) -> int:
    for part in parts.values():
        start &= part
    return start


def _total(shelves: Shelves, chosen: int, reader: MayRead) -> int | None:
    enough = reader.words or not chosen or shelves.people(chosen, FLOOR) >= FLOOR
    return chosen.bit_count() if enough else None


def _kinds(shelves: Shelves, name: str, chosen: int, reader: MayRead) -> tuple[Kind, ...]:
    """How many voices have each value, the most first. What is hidden comes last."""
    every = shelves.values(name)
    counts = {value: (chosen & part).bit_count() for value, part in every.items()}
    if reader.words and name not in FLOORED:
        kinds = [Kind(value, n) for value, n in counts.items() if n]
    else:
        people = {value: shelves.people(chosen & part, FLOOR) for value, part in every.items() if counts[value]}
        # Whoever has none of the values hides the smallest of them as well as any other would.
        others = chosen & ~_any_of(every.values())
        people[""] = shelves.people(others, FLOOR)
        safe = floor_counts(
            {
                value: n if n < FLOOR else max(FLOOR, counts.get(value, others.bit_count()))
                for value, n in people.items()
            }
        )
        kinds = [
            Kind(cell.key, None if cell.count is None else counts[cell.key])
            for cell in safe.cells
            if cell.key and (name not in FLOORED or shelves.said_by_many(name, cell.key, FLOOR))
        ]
    return tuple(sorted(kinds, key=lambda kind: (-(kind.n or 0), kind.value)))


def _any_of(parts: Any) -> int:
    together = 0
    for part in parts:
        together |= part
    return together


def _found(row: dict[str, Any], reader: MayRead) -> FoundVoice:
    fields = {name: row[name] for name in FoundVoice.__struct_fields__ if name in row}
    return FoundVoice(
        **{
            **fields,
            "id": uuid.UUID(str(row["id"])),
            "origin": uuid.UUID(str(row["origin"])),
            "file": uuid.UUID(str(row["file"])) if row["file"] and reader.words else None,
            "standing": standing.standing(row),
            "decision": row["decision"] or "",
        },
        words=row["text"] if reader.words else row["shown"],
    )
