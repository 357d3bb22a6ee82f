"""Shares of people by two dimensions at most, hidden so that no table gives another away.

All tables that can be shown of the same answers are made safe together: each by one dimension, each by two, and the
total, for those in favour, the others, and all who answered. See ``docs/decisions/0108-tables-made-safe-together.md``.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from analysis.disclosure import FLOOR, Line, hidden_cells
from analysis.measures import wilson_interval

Place = frozenset[tuple[str, str]]
"""A dimension and its value, two of them, or none for everybody."""

GOOD, OTHER, ALL = "good", "other", "all"


@dataclass(frozen=True, slots=True)
class Counted:
    """``good`` of ``answered`` people are in favour, who are all of one value of each dimension (``at``)."""

    at: tuple[tuple[str, str], ...]
    good: int
    answered: int


@dataclass(frozen=True, slots=True)
class SafeShare:
    """``answered`` is None when it is hidden, 0 when nobody answered; the others are None unless all may be shown."""

    answered: int | None
    good: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None


def place(**at: str) -> Place:
    return frozenset(at.items())


def safe_shares(counted: Iterable[Counted], floor: int = FLOOR) -> Mapping[Place, SafeShare]:
    """By place; a place where nobody answered is not there. Every row has the same dimensions."""
    counts: dict[tuple[Place, str], int] = {}
    for each in counted:
        for at in _places(each):
            for what, people in ((GOOD, each.good), (OTHER, each.answered - each.good), (ALL, each.answered)):
                counts[at, what] = counts.get((at, what), 0) + people
    hidden = hidden_cells(dict(counts.items()), _lines({at for at, _ in counts}), floor)
    return {at: _share(at, counts, hidden) for at in {at for at, _ in counts}}


def _places(counted: Counted) -> list[Place]:
    crossed = itertools.combinations(counted.at, 2)
    return [frozenset(), *(frozenset((one,)) for one in counted.at), *(frozenset(two) for two in crossed)]


def _lines(places: Iterable[Place]) -> list[Line]:
    known = sorted(places, key=lambda at: (len(at), sorted(at)))
    lines = [Line(((at, GOOD), (at, OTHER)), (at, ALL)) for at in known]
    parts: dict[tuple[Place, str], list[Place]] = {}
    for at in known:
        for dimension, value in at:
            parts.setdefault((at - {(dimension, value)}, dimension), []).append(at)
    for (whole, _), those in parts.items():
        for what in (GOOD, OTHER, ALL):
            lines.append(Line(tuple((at, what) for at in those), (whole, what)))
    return lines


def _share(at: Place, counts: Mapping[tuple[Place, str], int], hidden: frozenset[Hashable]) -> SafeShare:
    answered = None if (at, ALL) in hidden else counts[at, ALL]
    if answered is None or (at, GOOD) in hidden or (at, OTHER) in hidden or answered < 1:
        return SafeShare(answered)
    good = counts[at, GOOD]
    return SafeShare(answered, good, good / answered, *wilson_interval(good, answered))
