"""The check before a sending: whom the rules let be asked, and who is left out for which reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

REASONS = (
    "stopped",
    "not_now",
    "sensitive_time",
    "own_pace",
    "answered_already",
    "too_recent",
    "too_many_asks",
    "too_many_minutes",
    "too_many_reminders",
    "another_goes_first",
)
"""Why somebody is left out, the weightiest first. The first three and ``answered_already`` no override lifts."""

NO_OVERRIDE = frozenset({"stopped", "not_now", "sensitive_time", "answered_already"})


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


class MayBeAsked(msgspec.Struct, frozen=True):
    """What came of the check. ``left_out`` maps an entry to its reason of ``REASONS``."""

    asked: tuple[str, ...]
    left_out: Mapping[str, str]
