"""What the invented partnership has published of its actions, and the words that wait for its youth forum."""

from __future__ import annotations

import datetime as dt
import uuid

from voice.actions.promise import Promise
from voice.actions.reading import every_action
from voice.people import signing_in
from voice.people.roles import Role
from voice.published import agreeing, drafting, publishing, reading
from voice.storage import Store

PUBLISHED = 3
"""Actions that everybody can read; one more waits for a group."""

DAYS_AGO = (64, 20, 6)


async def load_published(store: Store, *, today: dt.date) -> None:
    """Publishes some of the actions, and asks a group about the words of one. Begun again, it adds what is missing."""

    async def unit() -> None:
        officer = next(each.id for each in await signing_in.members() if each.role is Role.OFFICER)
        actions = [each for each in await every_action() if not await reading.versions_of(each.id)]
        for action, days in zip(_for_families(actions)[:PUBLISHED], DAYS_AGO, strict=False):
            day = max(action.made_on, today - dt.timedelta(days=days))
            id = await _draft(action, "parent_carer", day)
            if publishing.what_is_missing(await drafting.draft_at(id), None) is None:
                await publishing.publish(id, by=officer, today=day)
        for action in [each for each in actions if _is_of_a_session(each)][:1]:
            await agreeing.ask(await _draft(action, "young_person", today))

    if not await store.read(reading.ever_published):
        await store.write(unit)


def _is_of_a_session(action: Promise) -> bool:
    return any(about.kind in ("session", "line") for about in action.about)


def _for_families(actions: list[Promise]) -> list[Promise]:
    """Those with an answer first: done, then what we cannot do, then what is under way."""
    order = ("done", "cannot", "under_way")
    known = [each for each in actions if each.state in order and not _is_of_a_session(each)]
    return sorted(known, key=lambda each: (order.index(each.state), each.made_on, str(each.id)))


async def _draft(action: Promise, said_by: str, day: dt.date) -> uuid.UUID:
    id = await drafting.begin(action.id, today=day)
    draft = await drafting.draft_at(id)
    await drafting.keep_about(id, said_by=said_by, symbol=draft.symbol)
    return id
