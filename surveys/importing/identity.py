"""Which row of a file is which, so that a file imported again adds nothing."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from surveys.importing.cells import comparable, comparable_value, one_line, text_of
from surveys.importing.dates import read_date
from surveys.importing.mapping import Column
from surveys.importing.sheet import Cell, Row

# An identifier of no more digits than this may be a running number, which starts again with the next form.
_DIGITS_OF_RUNNING_NUMBER = 7


class RowKeys:
    """Gives each row of a sheet, in order, a key that depends on nothing but it and the rows before it.

    The key is of the external identifier when there is one; a running number is taken together with the day
    of submission, or where there is none with the content. Otherwise, and for a row whose identifier came
    before, it is of the content. Rows that are alike are numbered. 32 hex digits of a digest, which show
    neither identifier nor answer.
    """

    def __init__(self, used: Sequence[tuple[int, Column]]) -> None:
        self._used = sorted((comparable(column.header), place, column.role) for place, column in used)
        self._seen: Counter[str] = Counter()

    def key_of(self, row: Row) -> str:
        alike = ((header, role, _alike(row.cells[place], role)) for header, place, role in self._used)
        said = [(header, role, form) for header, role, form in alike if form]
        content = "\x1f".join(f"{header}\x1e{form}" for header, _, form in said)
        identifier = next((form for _, role, form in said if role == "identifier"), None)
        if identifier is None:
            return self._numbered(content)
        named = "\x1d".join(("identifier", identifier))
        if identifier.isdigit() and len(identifier) <= _DIGITS_OF_RUNNING_NUMBER:
            day = next((form for _, role, form in said if role == "submitted_at"), None)
            named = "\x1d".join((named, day or content))
        return self._numbered(named if named not in self._seen else "\x1d".join((named, "again", content)))

    def _numbered(self, named: str) -> str:
        self._seen[named] += 1
        return hashlib.sha256(f"{self._seen[named]}\x1c{named}".encode()).hexdigest()[:32]


def _alike(cell: Cell, role: str) -> str:
    """The form of a cell that is the same in a CSV and an XLSX of the same answers."""
    if role == "submitted_at":
        plain = text_of(cell) if isinstance(cell, str) else cell
        # Day and month in order of size: later rows may change which of them is taken to come first.
        day = read_date(plain, "day_first") or read_date(plain, "month_first")
        if day is not None:
            return "{}-{}-{}".format(day.year, *sorted((day.month, day.day)))
    text = text_of(cell)
    return one_line(text) if role == "free_text" else _comparable_once(text)


_comparable_once = lru_cache(maxsize=8192)(comparable_value)
