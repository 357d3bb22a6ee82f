"""The check before a sending: whom the rules let be asked, and who is left out for which reason. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec

from surveys.asking_less.rules import Rules

REASONS = (
    "stopped",
    "answered_already",
    "not_now",
    "sensitive_time",
    "own_pace",
    "too_many_reminders",
    "too_recent",
    "too_many_asks",
    "too_many_minutes",
    "another_goes_first",
)
"""Why somebody is left out; of several reasons the first one here is named."""

NO_OVERRIDE = frozenset({"stopped", "answered_already", "not_now", "sensitive_time", "own_pace"})
"""What families chose or live through is set aside by nobody."""

A_YEAR = dt.timedelta(days=365)


class Candidate(msgspec.Struct, frozen=True):
    """Somebody who could be asked. ``groups`` maps what tells groups apart (need, area …) to this person's."""

    entry: str
    family: str
    person: str
    audience: str
    language: str
    groups: Mapping[str, str]


class FamilyPast(msgspec.Struct, frozen=True):
    """What a family was asked: ``asks`` and ``minutes`` in the term of the sending, by anybody and for anything;
    ``last`` is the last day, up to that of the sending, on which another survey asked."""

    asks: int = 0
    minutes: int = 0
    last: dt.date | None = None


class OwnPast(msgspec.Struct, frozen=True):
    """What the same survey asked of a person: the last day, and how many reminders since its last invitation."""

    last: dt.date
    reminders: int = 0


class Choice(msgspec.Struct, frozen=True):
    """What a person chose: see ``ledger/tables.py``."""

    person: str
    pace: str
    not_before: dt.date | None
    stopped: bool


class Asking(msgspec.Struct, frozen=True):
    """What is to be sent: ``kind`` as in the ledger, ``minutes`` it is expected to take, ``day`` on which it goes."""

    survey: str
    kind: str
    minutes: int
    day: dt.date


class MayBeAsked(msgspec.Struct, frozen=True):
    """What came of the check. ``left_out`` maps an entry to its reason of ``REASONS``."""

    asked: tuple[str, ...]
    left_out: Mapping[str, str]


def check(
    candidates: Sequence[Candidate],
    asking: Asking,
    *,
    rules: Rules,
    families: Mapping[str, FamilyPast],
    own: Mapping[str, OwnPast],
    choices: Mapping[str, Choice],
    sensitive: Collection[str] = frozenset(),
    answered: Collection[str] = frozenset(),
    planned_before: tuple[int, int] = (0, 0),
) -> MayBeAsked:
    """Whom the rules let be asked.

    ``families`` is by family and ``own`` by person: who was never asked is in neither. ``choices`` are by person.
    ``sensitive`` are families to be left alone that day, ``answered`` persons who answered this survey already.
    ``planned_before`` are the asks and minutes that surveys which go first mean to ask of each family later this term.

    Statutory contact is exempt from all but ``stopped``, and counted by whatever comes after it. Candidates of one
    family share its budget: who stands first in ``candidates`` uses it first. A reminder follows its own invitation, so
    the gap is to what other surveys asked.
    """
    asked: list[str] = []
    left_out: dict[str, str] = {}
    used: Counter[str] = Counter()
    nothing = FamilyPast()
    for each in candidates:
        family = families.get(each.family, nothing)
        last_own = own.get(each.person)
        reason = (
            _chosen(asking, choices.get(each.person), family, last_own)
            or ("answered_already" if each.person in answered else None)
            or ("sensitive_time" if each.family in sensitive and asking.kind != "statutory" else None)
            or _over_budget(asking, rules, family, last_own, used[each.family], planned_before)
        )
        if reason is None:
            asked.append(each.entry)
            used[each.family] += 1
        else:
            left_out[each.entry] = reason
    return MayBeAsked(asked=tuple(asked), left_out=left_out)


def _chosen(asking: Asking, choice: Choice | None, family: FamilyPast, own: OwnPast | None) -> str | None:
    if choice is None:
        return None
    if choice.stopped:
        return "stopped"
    if asking.kind == "statutory":
        return None
    if choice.not_before is not None and asking.day < choice.not_before:
        return "not_now"
    if asking.kind == "reminder":
        return None
    if choice.pace == "termly" and family.asks:
        return "own_pace"
    last = max((day for day in (family.last, own.last if own else None) if day is not None), default=None)
    if choice.pace == "yearly" and last is not None and asking.day - last < A_YEAR:
        return "own_pace"
    return None


def _over_budget(
    asking: Asking, rules: Rules, family: FamilyPast, own: OwnPast | None, used: int, planned: tuple[int, int]
) -> str | None:
    """``used`` is how many of the family this sending asks already."""
    if asking.kind == "statutory":
        return None
    if asking.kind == "reminder" and own is not None:
        if own.reminders >= rules.most_reminders:
            return "too_many_reminders"
        if (asking.day - own.last).days < rules.days_between_reminders:
            return "too_recent"
    if family.last is not None and (asking.day - family.last).days < rules.smallest_gap_days:
        return "too_recent"
    asks = family.asks + used + 1
    minutes = family.minutes + (used + 1) * asking.minutes
    if asks > rules.asks_per_term:
        return "too_many_asks"
    if minutes > rules.minutes_per_term:
        return "too_many_minutes"
    if asks + planned[0] > rules.asks_per_term or minutes + planned[1] > rules.minutes_per_term:
        return "another_goes_first"
    return None
