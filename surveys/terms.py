"""The reporting periods of the partnership.

A term's key is ``YEAR-NAME``: ``2026-autumn`` (September to December), ``2026-spring`` (January to
March) and ``2026-summer`` (April to August). Keys order as text within a name only, so use
:func:`term_order` to put terms in time.
"""

from __future__ import annotations

import datetime as dt
import re

NAMES = ("spring", "summer", "autumn")
_KEY = re.compile(r"(?P<year>\d{4})-(?P<name>spring|summer|autumn)")


def term_of(day: dt.date) -> str:
    """The key of the term that ``day`` falls in."""
    name = "spring" if day.month <= 3 else "summer" if day.month <= 8 else "autumn"
    return f"{day.year}-{name}"


def is_term(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def term_order(key: str) -> tuple[int, int]:
    """Sorts term keys in time. Raises ``ValueError`` for what is not a term's key."""
    found = _KEY.fullmatch(key)
    if not found:
        raise ValueError(f"not a term: {key!r}")
    return int(found["year"]), NAMES.index(found["name"])


def first_day(key: str) -> dt.date:
    year, place = term_order(key)
    return dt.date(year, (1, 4, 9)[place], 1)


def last_day(key: str) -> dt.date:
    year, place = term_order(key)
    return dt.date(year, (3, 8, 12)[place], 31)


def terms_between(first: dt.date, last: dt.date) -> tuple[str, ...]:
    """The keys of the terms from that of the one day to that of the other, in time."""
    years = range(first.year, last.year + 1)
    begins, ends = term_order(term_of(first)), term_order(term_of(last))
    every = (f"{year}-{name}" for year in years for name in NAMES)
    return tuple(key for key in every if begins <= term_order(key) <= ends)
