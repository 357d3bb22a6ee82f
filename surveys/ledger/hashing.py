"""A partner's contact history without names: keys in place of whoever was asked, and no other column that says who.

Pure. The page ``/ledger-keys`` does the same in a browser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from surveys.ledger.keys import PARTS, NotReadable, family_key, person_key

KEPT = ("survey", "partner", "kind", "asked_at", "outcome", "minutes", "way", "audience", "language")
"""Columns that go on beside ``family`` and ``person``; every other column is left behind."""


class NoSuchPart(Exception):
    """Nothing that a family or person can be known by: see ``keys.PARTS``."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class Plan(msgspec.Struct, frozen=True):
    """Which column says what: ``family`` and ``person`` map parts of ``keys.PARTS`` to places in a row, ``kept`` the
    columns that go on to theirs."""

    family: Mapping[str, int]
    person: Mapping[str, int]
    kept: Mapping[str, int]

    @property
    def header(self) -> tuple[str, ...]:
        return ("family", "person", *self.kept)


class Counted:
    """Of the rows read so far, how many were written and how many could not be read for which part."""

    def __init__(self) -> None:
        self.rows = 0
        self.written = 0
        self.without_person = 0
        self.not_readable: Counter[str] = Counter()


def plan(header: Sequence[str], family_by: Mapping[str, str], person_by: Mapping[str, str]) -> Plan:
    """``family_by`` and ``person_by`` map parts to names of columns. Raises :class:`NoSuchPart`, and ``KeyError`` with
    the name of a column that is not there."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(" ".join(name.split()).lower(), place)

    def found(by: Mapping[str, str]) -> dict[str, int]:
        for part, column in by.items():
            if part not in PARTS:
                raise NoSuchPart(part)
            if column.lower() not in places:
                raise KeyError(column)
        return {part: places[column.lower()] for part, column in by.items()}

    return Plan(found(family_by), found(person_by), {name: places[name] for name in KEPT if name in places})


def hashed(rows: Iterable[Sequence[str]], plan: Plan, key: bytes, counted: Counted) -> Iterator[list[str]]:
    """The rows with keys. A row whose family cannot be read is counted and left out; one whose person cannot be read
    goes on without a person."""
    for row in rows:
        counted.rows += 1
        try:
            family = family_key(key, {part: row[place] for part, place in plan.family.items()})
        except NotReadable as problem:
            counted.not_readable[problem.part] += 1
            continue
        try:
            person = person_key(key, {part: row[place] for part, place in plan.person.items()})
        except NotReadable:
            person = ""
            counted.without_person += 1
        counted.written += 1
        yield [family, person, *(row[place] for place in plan.kept.values())]
