"""What the invented partnership has published of its actions, and the words that wait for its youth forum."""

from __future__ import annotations

import datetime as dt
import uuid

from voice.actions.promise import Promise
from voice.actions.reading import every_action
from voice.people import signing_in
from voice.people.roles import Role
from voice.published import agreeing, drafting, publishing, reading
from voice.published.item import SOURCE, Wording
from voice.storage import Store

DAYS_AGO = {"kept_in_touch": 6, "asking_for_help": 20, "waiting": 34}
"""By theme, how long ago the action about it was published."""

SAID = {
    "kept_in_touch": {
        SOURCE: Wording(heard="You ring us, and nobody rings back."),
        "ur": Wording(
            heard="آپ ہمیں فون کرتے ہیں، اور کوئی واپس فون نہیں کرتا۔",
            did="ہر خاندان کے لیے ایک شخص ہے جسے وہ فون کر سکتا ہے۔ وہ دو دن میں واپس فون کرتا ہے۔",
        ),
    },
    "asking_for_help": {SOURCE: Wording(heard="You want the panel to meet every week.")},
    "waiting": {SOURCE: Wording(heard="You wait too long for a plan. Nobody tells you why.")},
}
"""What an officer wrote for families, where it differs from the action; the Urdu of the first is not whole."""


async def load_published(store: Store, *, today: dt.date) -> None:
    """Publishes some of the actions, and asks a group about the words of one. It does so once."""

    async def unit() -> None:
        officer = next(each.id for each in await signing_in.members() if each.role is Role.OFFICER)
        for action in await every_action():
            theme = next((about.key for about in action.about if about.kind == "theme"), "")
            if theme in DAYS_AGO:
                await _publish(action, theme, today - dt.timedelta(days=DAYS_AGO[theme]), by=officer)
            elif any(about.kind in ("session", "line") for about in action.about):
                await agreeing.ask(await _draft(action, "young_person", today))

    if not await store.read(reading.ever_published):
        await store.write(unit)


async def _publish(action: Promise, theme: str, day: dt.date, *, by: uuid.UUID) -> None:
    id = await _draft(action, "parent_carer", day)
    draft = await drafting.draft_at(id)
    for language, said in SAID[theme].items():
        there = draft.words.get(language, Wording())
        await drafting.keep_words(id, language, Wording(said.heard, said.did or there.did, there.since, there.still))
    if publishing.what_is_missing(await drafting.draft_at(id), None) is None:
        await publishing.publish(id, by=by, today=day)


async def _draft(action: Promise, said_by: str, day: dt.date) -> uuid.UUID:
    id = await drafting.begin(action.id, today=day)
    draft = await drafting.draft_at(id)
    await drafting.keep_about(id, said_by=said_by, symbol=draft.symbol)
    return id
