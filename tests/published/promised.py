"""Actions as they are when somebody wants to publish them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from voice.actions import making
from voice.actions.checking import NewAction
from voice.actions.promise import About, Figures, Origin
from voice.actions.tables import Action
from voice.people import signing_in
from voice.people.roles import Role
from voice.published import agreeing, drafting, publishing

TODAY = dt.date(2026, 11, 18)
HEARD = "You wait too long for an answer."


async def member(role: Role = Role.OFFICER) -> uuid.UUID:
    return next(each.id for each in await signing_in.members() if each.role == role)


async def an_action(
    heard: str = HEARD, *, people: int | None = 34, about: tuple[About, ...] = (), **new: Any
) -> uuid.UUID:
    """Done already, about a theme of the autumn."""
    id = uuid.uuid4()
    values: dict[str, Any] = {
        "decided": "We call back in two days.",
        "since": "We have two more people on the phone.",
        "state": "done",
        "first_said": "2026-03-02",
    }
    await making.make(
        id,
        NewAction(
            origin=Origin("theme", "waiting", "Waiting", "2026-autumn"),
            heard=heard,
            figures=Figures(n=people, of=200),
            about=about or (About("theme", "waiting"),),
            **(values | new),
        ),
        by=await member(),
        today=TODAY,
    )
    return id


async def draft_of(action: uuid.UUID, **about: str) -> uuid.UUID:
    id = await drafting.begin(action, today=TODAY)
    await drafting.keep_about(id, **({"said_by": "parent_carer", "symbol": "time"} | about))
    return id


async def a_published(heard: str = HEARD, *, day: dt.date = TODAY, **new: Any) -> uuid.UUID:
    id = await draft_of(await an_action(heard, **new))
    await publishing.publish(id, by=await member(), today=day)
    return id


async def agreed_by_a_group(id: uuid.UUID, said: str = "agreed", words: str = "", heads: int = 8) -> None:
    await agreeing.ask(id)
    read = agreeing.mark_of(await drafting.draft_at(id))
    await agreeing.answer(id, said, heads=heads, words=words, read=read, today=TODAY)


async def actions_go() -> None:
    """What was published stays when the action it came from says something else."""
    await Action.update({Action.heard: '{"en": "Something else."}'}, force=True)
