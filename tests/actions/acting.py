"""Invented actions for tests."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from voice.actions import making
from voice.actions.checking import NewAction, NewStep
from voice.actions.promise import About, Figures, Origin, Promise
from voice.actions.reading import action
from voice.people import signing_in
from voice.people.roles import Role

TODAY = dt.date(2026, 11, 18)
WAITING = Origin("theme", "waiting", "Waiting", "2026-autumn")


async def an_owner(email: str = "kit.byrne@actions.example", role: Role = Role.OFFICER) -> uuid.UUID:
    return await signing_in.add_member(email, role)


async def made(*, by: uuid.UUID, today: dt.date = TODAY, **changed: Any) -> uuid.UUID:
    """An action about waiting that ``by`` looks after, due in ten days. Runs inside a unit."""
    new = {
        "origin": WAITING,
        "heard": "Families wait too long.",
        "decided": "We will ring every family each month.",
        "owner": by,
        "due_on": today + dt.timedelta(days=10),
        "figures": Figures(27, 40, 0.675, 0.52, 0.8, today),
        "first_said": "2026-09",
        "about": (About("theme", "waiting"),),
        **changed,
    }
    id = uuid.uuid4()
    await making.make(id, NewAction(**new), by=by, today=today)
    return id


async def known(id: uuid.UUID) -> Promise:
    found = await action(id)
    assert found is not None
    return found


async def added(id: uuid.UUID, *, by: uuid.UUID, today: dt.date = TODAY, **changed: Any) -> None:
    """Adds what is ``changed``; the rest stays as it stands. Runs inside a unit."""
    now = await known(id)
    stands = {
        "seen": len(now.steps),
        "state": now.state,
        "due_on": now.due_on,
        "owner": now.owner,
        "partner": now.partner,
    }
    await making.add(id, NewStep(**{**stands, **changed}), by=by, today=today)
