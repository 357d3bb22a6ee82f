"""Who may open an action: those who act, and whoever looks after it."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request
from litestar.exceptions import NotFoundException

from voice.actions.promise import Promise
from voice.actions.reading import action
from voice.people.roles import Audience, may_use
from voice.web.pages import person_here
from voice.web.parts import parts_of


def may_act(request: Request[Any, Any, Any]) -> bool:
    return may_use(person_here(request).role, Audience.ACTING)


async def action_at(request: Request[Any, Any, Any], id: uuid.UUID) -> Promise:
    """The action, for whoever may open it; nobody else learns that it exists."""
    found = await parts_of(request).store.read(lambda: action(id))
    if found is None or not (may_act(request) or found.owner == person_here(request).id):
        raise NotFoundException
    return found
