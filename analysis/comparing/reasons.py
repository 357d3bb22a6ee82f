"""What could explain that two surveys disagree, worked out from how each was asked.

The order is by weight, from 0 to 1: a rule of thumb, and no estimate. See
``docs/decisions/0107-what-could-explain-a-disagreement.md``. A reason says what *could* be; no number
tells which it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.comparing.silent import needed
from analysis.measures import wilson_interval

LONG_APART = 2
"""Months between two surveys from which time could explain something."""

FEW_PEOPLE = 50
ANOTHER_MIX = 0.2
"""The share of people who would have to be others for both surveys to have the same mix."""


class Explains(StrEnum):
    WHO = "who"  # other people were asked
    ROUTE = "route"  # one of them asks only some of its people
    TURNED = "turned"  # the words ask something else: a time, a not, other people
    SCALE = "scale"  # the answers to choose from differ
    WORDS = "words"  # other words
    SILENT = "silent"  # those who did not answer could make up for it
    OPEN_LINK = "open_link"  # one went to people on a list, the other to whoever came
    TIME = "time"
    WAY = "way"  # on paper, on a phone, in a class
    EDITION = "edition"
    FEW = "few"


class Unknown(StrEnum):
    """What would have to be known to tell more."""

    HOW_MANY_ASKED = "how_many_asked"
    WHEN = "when"
    WORDS = "words"
    WAY = "way"
    SAME_PEOPLE = "same_people"
    WHY_SILENT = "why_silent"


@dataclass(frozen=True, slots=True)
class Side:
    """How one survey asked. ``good`` of ``answered`` people are in favour.

    ``asked`` is how many people the survey was sent to, None when nobody knows or when the question was not for all of
    them. ``kinds`` and ``ways`` count people by who they are and how they answered. ``day`` is the middle of the time
    it was open. ``sent_to_a_list`` is None when nobody knows.
    """

    good: int
    answered: int
    asked: int | None
    kinds: Mapping[str, int]
    ways: Mapping[str, int]
    day: dt.date | None
    words: str
    scale: tuple[str, ...]
    edition: str
    only_some: bool
    sent_to_a_list: bool | None

    @property
    def share(self) -> float:
        return self.good / self.answered


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the words of both questions are (0 to 1), and what turns one into another question, as codes."""

    score: float
    differs_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """``side`` (0 or 1) is whom it is about, None for both. ``amount`` is months, or a share from 0 to 1.

    ``codes`` say what of the words differs.
    """

    code: Explains
    weight: float
    side: int | None = None
    amount: float | None = None
    codes: tuple[str, ...] = ()


def reasons(first: Side, second: Side, likeness: Likeness) -> tuple[Reason, ...]:
    """The weightiest first."""
    sides = (first, second)
    found = [
        *_who(first, second),
        *_how_asked(first, second, likeness),
        *_who_answered(sides),
        *_when(first, second),
        *(
            Reason(Explains.FEW, 2 * _half(each), place)
            for place, each in enumerate(sides)
            if each.answered < FEW_PEOPLE
        ),
    ]
    return tuple(sorted(found, key=lambda reason: -reason.weight))


def unknown(first: Side, second: Side) -> tuple[tuple[Unknown, int | None], ...]:
    """What is not known, and of which side (None for both)."""
    found: list[tuple[Unknown, int | None]] = []
    for place, each in enumerate((first, second)):
        if each.asked is None:
            found.append((Unknown.HOW_MANY_ASKED, place))
        if each.day is None:
            found.append((Unknown.WHEN, place))
        if not each.words:
            found.append((Unknown.WORDS, place))
        if not set(each.ways) - {"imported"}:
            found.append((Unknown.WAY, place))
    return (*found, (Unknown.WHY_SILENT, None), (Unknown.SAME_PEOPLE, None))


def other_mix(first: Mapping[str, int], second: Mapping[str, int]) -> float:
    """The share of people who would have to be others for both mixes to be the same: 0 for equal ones, 1 where none are
    alike. It is the total variation distance. 0 when one of them is empty.
    """
    one, two = sum(first.values()), sum(second.values())
    if not one or not two:
        return 0.0
    return sum(abs(first.get(key, 0) / one - second.get(key, 0) / two) for key in {*first, *second}) / 2


def _who(first: Side, second: Side) -> list[Reason]:
    found = []
    if (others := other_mix(first.kinds, second.kinds)) >= ANOTHER_MIX:
        found.append(Reason(Explains.WHO, others))
    if first.only_some != second.only_some:
        found.append(Reason(Explains.ROUTE, 0.8, 0 if first.only_some else 1))
    lists = first.sent_to_a_list, second.sent_to_a_list
    if None not in lists and lists[0] != lists[1]:
        found.append(Reason(Explains.OPEN_LINK, 0.5, 1 if lists[0] else 0))
    return found


def _how_asked(first: Side, second: Side, likeness: Likeness) -> list[Reason]:
    found = []
    if first.words and second.words and first.words != second.words:
        if turned := tuple(code for code in likeness.differs_by if code != "topic"):
            found.append(Reason(Explains.TURNED, 0.8, codes=turned))
        else:
            found.append(Reason(Explains.WORDS, 0.2 + 0.5 * (1 - likeness.score)))
    if first.scale != second.scale and first.scale and second.scale:
        found.append(Reason(Explains.SCALE, 0.7))
    known = [{code: n for code, n in side.ways.items() if code != "imported"} for side in (first, second)]
    if (others := other_mix(*known)) >= ANOTHER_MIX:
        found.append(Reason(Explains.WAY, 0.5 * others, amount=others))
    if first.edition != second.edition:
        found.append(Reason(Explains.EDITION, 0.3))
    return found


def _who_answered(sides: tuple[Side, Side]) -> list[Reason]:
    """Of each side whose silent people could make up for the difference: the nearer they would be to those who spoke,
    the more likely."""
    found = []
    for place, side in enumerate(sides):
        if side.asked is not None:
            share = needed(side.good, side.answered, side.asked, sides[1 - place].share)
            if share is not None:
                found.append(Reason(Explains.SILENT, 1 - abs(share - side.share), place, share))
    return found


def _when(first: Side, second: Side) -> list[Reason]:
    if first.day is None or second.day is None:
        return []
    months = abs((first.day - second.day).days) / 30.4
    return [Reason(Explains.TIME, 0.6 * min(1.0, months / 12), amount=months)] if months >= LONG_APART else []


def _half(side: Side) -> float:
    low, high = wilson_interval(side.good, side.answered)
    return (high - low) / 2
