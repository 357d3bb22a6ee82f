"""Actions on the pages of what they are about: themes, reports of sessions and of forums."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from litestar import Request

from voice.actions.promise import About, AboutKind, Promise
from voice.actions.reading import actions_about
from voice.web.act.who import may_act
from voice.web.pages import person_here
from voice.web.parts import parts_of


class ActionsHere(msgspec.Struct, frozen=True):
    """The actions about what a page shows, by the key of what they are about. ``opened`` are those that the reader may
    open; ``may_act`` says whether they may make one."""

    of: dict[str, tuple[Promise, ...]]
    opened: frozenset[object]
    may_act: bool

    def about(self, key: object) -> tuple[Promise, ...]:
        return self.of.get(str(key), ())


async def actions_here(request: Request[Any, Any, Any], kind: AboutKind, keys: Iterable[object]) -> ActionsHere:
    wanted = [About(kind, str(key)) for key in keys]
    found = await parts_of(request).store.read(lambda: actions_about(wanted)) if wanted else ()
    acts, me = may_act(request), person_here(request).id
    return ActionsHere(
        {each.key: tuple(action for action in found if each in action.about) for each in wanted},
        frozenset(action.id for action in found if acts or action.owner == me),
        acts,
    )
