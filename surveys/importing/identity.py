"""Which row of a file is which, so that a file imported again adds nothing, however its columns are used."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from surveys.importing.cells import comparable, comparable_value, text_of
from surveys.importing.dates import read_date
from surveys.importing.named_columns import role_by_name
from surveys.importing.sheet import Cell, Row

# An identifier of no more digits than this may be a running number, which starts again with the next form.
_DIGITS_OF_RUNNING_NUMBER = 7

_LONGEST_DATE = 40


class RowKeys:
    """Gives each row of a sheet, in order, a key that depends on nothing but it and the rows before it.

    What a person says that the columns are does not matter: a row keeps its key when that is corrected. The key
    is of the identifier that a survey tool gave, where the header names one; a running number is taken together
    with the day of submission, or where there is none with the content. Otherwise, and for a row whose identifier
    came before, it is of the content: of all cells. Rows that are alike are numbered. 32 hex digits of a digest;
    whoever keeps it takes a secret along, since all that a row holds goes into it.
    """

    def __init__(self, headers: Sequence[str]) -> None:
        self._columns = sorted((comparable(header), place) for place, header in enumerate(headers))
        roles = {role_by_name(name): place for name, place in reversed(self._columns)}
        self._identifier = roles.get("identifier")
        self._day = roles.get("submitted_at")
        self._seen: Counter[str] = Counter()

    def key_of(self, row: Row) -> str:
        alike = {place: _alike(row.cells[place]) for _, place in self._columns}
        content = "\x1f".join(f"{name}\x1e{alike[place]}" for name, place in self._columns if alike[place])
        identifier = alike[self._identifier] if self._identifier is not None else ""
        if not identifier:
            return self._numbered(content)
        named = "\x1d".join(("identifier", identifier))
        if identifier.isdigit() and len(identifier) <= _DIGITS_OF_RUNNING_NUMBER:
            day = alike[self._day] if self._day is not None else ""
            named = "\x1d".join((named, day or content))
        return self._numbered(named if named not in self._seen else "\x1d".join((named, "again", content)))

    def _numbered(self, named: str) -> str:
        self._seen[named] += 1
        return hashlib.sha256(f"{self._seen[named]}\x1c{named}".encode()).hexdigest()[:32]


def _alike(cell: Cell) -> str:
    """The form of a cell that is the same in a CSV and an XLSX of the same answers."""
    if isinstance(cell, datetime | date):
        return _day(cell.year, cell.month, cell.day)
    return _alike_once(text_of(cell))


@lru_cache(maxsize=8192)
def _alike_once(text: str) -> str:
    if len(text) <= _LONGEST_DATE and not text.replace(".", "").replace(",", "").isdigit():
        found = read_date(text, "day_first") or read_date(text, "month_first")
        if found is not None:
            return _day(found.year, found.month, found.day)
    return comparable_value(text)


def _day(year: int, month: int, day: int) -> str:
    # Day and month in order of size: later rows may change which of them is taken to come first.
    return "{}-{}-{}".format(year, *sorted((month, day)))
