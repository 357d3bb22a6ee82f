"""Which actions need somebody: overdue, due soon, without an owner; and what was done. Inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

import msgspec

from surveys.terms import first_day, term_of
from voice.actions.promise import STATES, Promise
from voice.actions.reading import open_or_settled_since


class Promises(msgspec.Struct, frozen=True, kw_only=True):
    """What was promised, for whoever has one minute.

    ``overdue`` and ``due_soon`` are open actions, those that wait longest first, each with the days since it was due
    or until it is. ``done`` and ``cannot`` were settled in the term of ``today``. ``without_owner`` are open actions
    that nobody who works here looks after.
    """

    today: dt.date
    open: tuple[Promise, ...]
    overdue: tuple[tuple[Promise, int], ...]
    due_soon: tuple[tuple[Promise, int], ...]
    done: tuple[Promise, ...]
    cannot: tuple[Promise, ...]
    without_owner: tuple[Promise, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.open or self.done or self.cannot)


async def promises(today: dt.date) -> Promises:
    return counted(await open_or_settled_since(first_day(term_of(today))), today)


def counted(actions: Iterable[Promise], today: dt.date) -> Promises:
    """The same of actions that were read before."""
    this_term = first_day(term_of(today))
    known = tuple(actions)
    still_open = tuple(sorted((each for each in known if each.is_open), key=_by_due_day))
    settled = [each for each in known if each.settled_on is not None and each.settled_on >= this_term]
    return Promises(
        today=today,
        open=still_open,
        overdue=tuple((each, late) for each in still_open if (late := each.days_overdue(today))),
        due_soon=tuple(
            (each, (each.due_on - today).days) for each in still_open if each.due_on and each.is_due_soon(today)
        ),
        done=tuple(each for each in settled if each.state == "done"),
        cannot=tuple(each for each in settled if each.state == "cannot"),
        without_owner=tuple(each for each in still_open if each.owner is None),
    )


def _by_due_day(action: Promise) -> tuple[dt.date, dt.date]:
    return (action.due_on or dt.date.max, action.made_on)


class Wanted(msgspec.Struct, frozen=True):
    """Which actions a list shows; what is empty or ``None`` does not matter. ``state`` is a state, ``open``,
    ``overdue``, ``soon`` or ``nobody`` (open, and nobody who works here looks after it)."""

    state: str = ""
    owner: uuid.UUID | None = None
    partner: str = ""
    theme: str = ""
    term: str = ""


SHOWN = ("open", "overdue", "soon", "nobody", *STATES)


def listed(actions: Iterable[Promise], wanted: Wanted, today: dt.date) -> tuple[Promise, ...]:
    """Those that are wanted: what is overdue longest first, then by the day when they are due, settled ones last."""
    found = [each for each in actions if _is_wanted(each, wanted, today)]
    return tuple(sorted(found, key=lambda each: (not each.is_open, *_by_due_day(each))))


def _is_wanted(action: Promise, wanted: Wanted, today: dt.date) -> bool:
    stands = {
        "": True,
        "open": action.is_open,
        "overdue": action.days_overdue(today) > 0,
        "soon": action.is_due_soon(today),
        "nobody": action.is_open and action.owner is None,
    }
    return (
        stands.get(wanted.state, action.state == wanted.state)
        and wanted.owner in (None, action.owner)
        and wanted.partner in ("", action.partner)
        and wanted.term in ("", action.origin.term)
        and (not wanted.theme or any(each.kind == "theme" and each.key == wanted.theme for each in action.about))
    )
