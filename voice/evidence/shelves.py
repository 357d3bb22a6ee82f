"""How many voices there are of each kind, for any selection of them, at once.

A selection of voices is a number in which a bit stands for each voice. There is one for every value of everything
that voices are told apart by: a few megabytes for 200,000 voices. Counting is then what a processor does fastest,
where a database would need seconds. See ``docs/decisions/0059-searching-voices.md``.
"""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

DIMENSIONS = (
    "source",
    "term",
    "respondent_kind",
    "said_by",
    "language",
    "theme",
    "age_band",
    "need",
    "setting",
    "concept",
    "permitted",
    "decision",
)
"""What voices are told apart by, each named as its column; ``theme`` has several values."""

_SOME = re.compile(rb"[^\0]")
_BITS = tuple(tuple(place for place in range(8) if byte >> place & 1) for byte in range(256))


class Shelved(msgspec.Struct, frozen=True):
    """What is known of the voice with this ``number``; ``values`` by dimension, none for a voice that has gone.

    ``person`` is the same for all that one person said.
    """

    number: int
    person: int
    values: Mapping[str, tuple[str, ...]]
    expires_on: dt.date | None = None


def selection(numbers: Iterable[int], size: int) -> int:
    """The voices with these numbers, each below ``size``."""
    marked = bytearray(size // 8 + 1)
    for number in numbers:
        marked[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(marked, "little")


def numbers_of(chosen: int) -> Iterator[int]:
    """The numbers of a selection, the lowest first."""
    packed = chosen.to_bytes(chosen.bit_length() // 8 + 1, "little")
    for found in _SOME.finditer(packed):
        for place in _BITS[packed[found.start()]]:
            yield found.start() * 8 + place


def newest(chosen: int, most: int) -> list[int]:
    """The highest numbers of a selection, the highest first."""
    length = chosen.bit_length() // 8 + 1
    found: list[int] = []
    for at in _SOME.finditer(chosen.to_bytes(length, "big")):
        first = (length - 1 - at.start()) * 8
        found += [first + place for place in reversed(_BITS[at.group()[0]])]
        if len(found) >= most:
            break
    return found[:most]


class Shelves:
    """The selections. Nothing here is stored: it is made from the database and follows it."""

    def __init__(self) -> None:
        self.all = 0
        self.size = 1
        self._values: dict[str, dict[str, int]] = {dimension: {} for dimension in DIMENSIONS}
        self._person = array("q", [0])
        self._expiring: dict[int, dt.date] = {}
        self._said_by_many: dict[tuple[str, str], bool] = {}

    def put(self, rows: Sequence[Shelved]) -> None:
        """Takes in what is new or has changed."""
        if not rows:
            return
        self._said_by_many.clear()
        self.size = max(self.size, *(row.number + 1 for row in rows))
        self._person.extend([0] * (self.size - len(self._person)))
        here = selection((row.number for row in rows), self.size)
        added: dict[str, dict[str, list[int]]] = {dimension: {} for dimension in DIMENSIONS}
        for row in rows:
            self._person[row.number] = row.person
            self._expiring.pop(row.number, None)
            if row.expires_on is not None and row.values:
                self._expiring[row.number] = row.expires_on
            for dimension, values in row.values.items():
                for value in values:
                    added[dimension].setdefault(value, []).append(row.number)
        self.all = self.all & ~here | selection((row.number for row in rows if row.values), self.size)
        for dimension, known in self._values.items():
            kept = {value: chosen & ~here for value, chosen in known.items()}
            for value, numbers in added[dimension].items():
                kept[value] = kept.get(value, 0) | selection(numbers, self.size)
            self._values[dimension] = {value: chosen for value, chosen in kept.items() if chosen}

    def in_time(self, today: dt.date) -> int:
        """All voices but those whose time is over."""
        over = [number for number, day in self._expiring.items() if day < today]
        return self.all & ~selection(over, self.size) if over else self.all

    def of(self, dimension: str, value: str) -> int:
        return self._values[dimension].get(value, 0)

    def values(self, dimension: str) -> Mapping[str, int]:
        """Every value of a dimension, with the voices that have it."""
        return self._values[dimension]

    def said_by_many(self, dimension: str, value: str, floor: int) -> bool:
        """Whether as many people as ``floor`` said what has this value, whatever is looked for."""
        if value not in self._values[dimension]:
            return False
        key = (dimension, value)
        if key not in self._said_by_many:
            self._said_by_many[key] = self.people(self.of(dimension, value), floor) >= floor
        return self._said_by_many[key]

    def people(self, chosen: int, most: int | None = None) -> int:
        """How many people said what is chosen; no more than ``most`` are counted."""
        known: set[int] = set()
        for number in numbers_of(chosen):
            known.add(self._person[number])
            if most is not None and len(known) >= most:
                break
        return len(known)
