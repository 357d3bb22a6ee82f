"""Which actions need somebody: overdue, due soon, without an owner; and what was done. Inside a unit of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from surveys.terms import first_day, term_of
from voice.actions.promise import Promise
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
