"""What is known already: before something is asked again, who has said what about it, how many, and how recently."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec

from analysis.disclosure import FLOOR, floor_counts
from surveys.document import Words
from surveys.terms import term_order
from voice.evidence.may_read import MayRead
from voice.evidence.searching import Bank, Found, Kind, Search
from voice.evidence.tables import Voice
from voice.evidence.ways import titles
from voice.storage import Store

MOST_ORIGINS = 10
"""Surveys and sessions that are named; where most was said comes first."""


class Place(msgspec.Struct, frozen=True):
    """A survey or session, and how many voices it has; ``None`` when that is hidden. ``title`` is by language."""

    source: str
    title: Words
    term: str
    n: int | None


class Known(msgspec.Struct, frozen=True):
    """``voices`` and ``people`` are ``None`` when fewer than ``FLOOR`` people said something, and 0 when nobody did.

    ``kinds`` are counts by who said it, term, source and age, small numbers hidden from everybody.
    """

    voices: int | None
    people: int | None
    newest_term: str
    kinds: Mapping[str, tuple[Kind, ...]]
    places: tuple[Place, ...]
    found: Found


async def already_known(store: Store, bank: Bank, asked: Search, reader: MayRead, *, today: dt.date) -> Known:
    """What has been said about these words or this concept, with the newest of the voices that may be read."""
    counted = await bank.search(asked, msgspec.structs.replace(reader, words=False), today=today)
    found = await bank.search(asked, reader, today=today)
    shelves = await bank.shelves()
    chosen = await bank.chosen(asked, today=today)
    for name, value in asked.filters.items():
        chosen &= shelves.of(name, value)
    people = shelves.people(chosen)
    hidden = 0 < people < FLOOR
    terms = [kind.value for kind in counted.kinds["term"]]
    return Known(
        voices=None if hidden else chosen.bit_count(),
        people=None if hidden else people,
        newest_term=max(terms, key=term_order, default=""),
        kinds=counted.kinds,
        places=() if hidden or not asked.concept else await store.read(lambda: _places(asked.concept)),
        found=found,
    )


async def _places(concept: str) -> tuple[Place, ...]:
    rows: list[dict[str, Any]] = await Voice.raw(
        'SELECT "origin", "source", MAX("term") AS "term", COUNT(*) AS "n", '
        'COUNT(DISTINCT CAST(COALESCE("person", "origin") AS VARCHAR)) AS "people" FROM "voice" '
        'WHERE "concept" = {} GROUP BY "origin", "source" ORDER BY COUNT(*) DESC, "origin" LIMIT {}',
        concept,
        MOST_ORIGINS,
    )
    named = await titles([uuid.UUID(str(row["origin"])) for row in rows])
    safe = floor_counts({str(row["origin"]): int(row["people"]) for row in rows})
    return tuple(
        Place(
            row["source"],
            named.get(uuid.UUID(str(row["origin"])), {}),
            row["term"],
            None if safe.shown(str(row["origin"])) is None else int(row["n"]),
        )
        for row in rows
    )
