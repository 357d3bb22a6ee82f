"""The check before a sending: whom the rules let be asked, and who is left out for which reason. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from surveys.asking_less.rules import Rules
from surveys.terms import first_day, last_day, term_of

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


class PastAsk(msgspec.Struct, frozen=True):
    """One ask that the ledger knows of, by any partner."""

    family: str
    person: str
    survey: str
    kind: str
    asked_on: dt.date
    outcome: str
    minutes: int


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


class _Past:
    """What a family was asked before, as far as a rule looks at it, and what it is asked by the sending itself."""

    __slots__ = ("asks", "last", "minutes", "own", "reminders")

    def __init__(self) -> None:
        self.asks = 0
        self.minutes = 0
        self.last: dt.date | None = None
        """The last day on which another survey asked the family anything."""
        self.own: dict[str, dt.date] = {}
        """By person: the last day on which this survey asked."""
        self.reminders: dict[str, int] = defaultdict(int)


def check(
    candidates: Sequence[Candidate],
    asking: Asking,
    *,
    rules: Rules,
    asks: Iterable[PastAsk],
    choices: Mapping[str, Choice],
    sensitive: Collection[str] = frozenset(),
    answered: Collection[str] = frozenset(),
    planned_before: Mapping[str, tuple[int, int]] | None = None,
) -> MayBeAsked:
    """Whom the rules let be asked.

    ``asks`` are of these families, of the year before at least. ``choices`` are by person. ``sensitive`` are families
    to be left alone that day, ``answered`` persons who answered this survey already. ``planned_before`` maps a family
    to the asks and minutes that surveys which go first mean to ask of it this term.

    Statutory contact is exempt from all but ``stopped``, and counted by whatever comes after it. Candidates of one
    family share its budget: who stands first in ``candidates`` uses it first. A reminder follows its own invitation, so
    the gap is to what other surveys asked.
    """
    past = _past(asks, asking)
    planned = planned_before or {}
    asked: list[str] = []
    left_out: dict[str, str] = {}
    for each in candidates:
        family = past[each.family]
        reason = (
            _chosen(each, asking, choices.get(each.person), family)
            or ("answered_already" if each.person in answered else None)
            or ("sensitive_time" if each.family in sensitive and asking.kind != "statutory" else None)
            or _over_budget(each, asking, rules, family, planned.get(each.family, (0, 0)))
        )
        if reason is None:
            asked.append(each.entry)
            family.asks += 1
            family.minutes += asking.minutes
        else:
            left_out[each.entry] = reason
    return MayBeAsked(asked=tuple(asked), left_out=left_out)


def _past(asks: Iterable[PastAsk], asking: Asking) -> defaultdict[str, _Past]:
    past: defaultdict[str, _Past] = defaultdict(_Past)
    begins, ends = first_day(term_of(asking.day)), last_day(term_of(asking.day))
    for ask in asks:
        family = past[ask.family]
        if begins <= ask.asked_on <= ends:
            family.asks += 1
            family.minutes += ask.minutes
        if ask.survey == asking.survey:
            family.own[ask.person] = max(ask.asked_on, family.own.get(ask.person, ask.asked_on))
            if ask.kind == "reminder":
                family.reminders[ask.person] += 1
        elif ask.asked_on <= asking.day:
            family.last = max(ask.asked_on, family.last or ask.asked_on)
    return past


def _chosen(each: Candidate, asking: Asking, choice: Choice | None, family: _Past) -> str | None:
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
    last = max((day for day in (family.last, family.own.get(each.person)) if day is not None), default=None)
    if choice.pace == "yearly" and last is not None and asking.day - last < A_YEAR:
        return "own_pace"
    return None


def _over_budget(each: Candidate, asking: Asking, rules: Rules, family: _Past, planned: tuple[int, int]) -> str | None:
    if asking.kind == "statutory":
        return None
    if asking.kind == "reminder" and family.reminders[each.person] >= rules.most_reminders:
        return "too_many_reminders"
    own = family.own.get(each.person)
    if asking.kind == "reminder" and own is not None and (asking.day - own).days < rules.days_between_reminders:
        return "too_recent"
    if family.last is not None and (asking.day - family.last).days < rules.smallest_gap_days:
        return "too_recent"
    if family.asks + 1 > rules.asks_per_term:
        return "too_many_asks"
    if family.minutes + asking.minutes > rules.minutes_per_term:
        return "too_many_minutes"
    asks_planned, minutes_planned = planned
    if (
        family.asks + asks_planned + 1 > rules.asks_per_term
        or family.minutes + minutes_planned + asking.minutes > rules.minutes_per_term
    ):
        return "another_goes_first"
    return None
