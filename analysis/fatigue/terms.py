"""The terms that asks are counted in: given by a school year's dates, of the day in England."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

ENGLAND = ZoneInfo("Europe/London")

NAMES_OF_COLUMNS = {
    "term": ("term", "name"),
    "start": ("start", "starts", "begins", "from", "first_day"),
    "end": ("end", "ends", "until", "to", "last_day"),
}
"""What the columns of a file of terms may be called."""


@dataclass(frozen=True, slots=True)
class Term:
    """From the beginning of its first day to the end of its last, in England."""

    key: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class TermsRead:
    """The terms in time, and how many were left out: without dates, ending before they begin, or overlapping."""

    terms: tuple[Term, ...]
    without_dates: int
    backwards: int
    overlapping: int


class TermsProblem(ValueError):
    """A file of terms that has no column of this name."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


def read_terms(raw: pd.DataFrame) -> TermsRead:
    """Terms from the text of a file with the columns term, start and end, dates in ISO 8601.

    Raises TermsProblem when a column is not there. Of two terms that overlap, the one that begins first is kept.
    """
    columns = {str(name).strip().casefold(): name for name in raw.columns}
    cells = dict[str, list[str]]()
    for column, names in NAMES_OF_COLUMNS.items():
        found = next((columns[name] for name in names if name in columns), None)
        if found is None:
            raise TermsProblem(column)
        cells[column] = raw[found].fillna("").astype(str).str.strip().tolist()
    read = [(key, _day(first), _day(last)) for key, first, last in zip(*cells.values(), strict=True)]
    dated = [Term(key, first, last) for key, first, last in read if key and first and last]
    forwards = sorted((term for term in dated if term.first <= term.last), key=lambda term: (term.first, term.last))
    kept = list[Term]()
    for term in forwards:
        if not kept or term.first > kept[-1].last:
            kept.append(term)
    return TermsRead(tuple(kept), len(read) - len(dated), len(dated) - len(forwards), len(forwards) - len(kept))


def in_terms(history: pd.DataFrame, terms: Sequence[Term]) -> np.ndarray:
    """For each row of `with_history` the place of its term in `terms`, -1 where it lies in none.

    `terms` are in time and do not overlap.
    """
    asked = history["asked"].to_numpy()
    if not terms:
        return np.full(len(asked), -1)
    begins = np.array([_moment(term.first) for term in terms])
    ends = np.array([_moment(term.last + dt.timedelta(days=1)) for term in terms])
    place = np.searchsorted(begins, asked, side="right") - 1
    return np.where((place >= 0) & (asked < ends[place]), place, -1)


def _moment(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=ENGLAND).timestamp())


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        return None
