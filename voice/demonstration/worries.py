"""What the invented partnership has agreed about worries, and two that came in."""

from __future__ import annotations

import datetime as dt
import uuid

from voice.people import signing_in
from voice.people.roles import Role
from voice.safeguarding import deciding, worries
from voice.safeguarding.agreement import Agreement, agree, agreement_now
from voice.storage import Store

OURS = uuid.UUID("5afe9a4d-0000-4000-8000-000000000000")
WAITS = (
    "A boy in my class says he does not want to go home on Fridays. He will not say why. I did not know whom to tell."
)
LOOKED_INTO = "My neighbour shouts at her son all evening. I hear him cry."
RANG = "Rang the school and the duty social worker. They know the family and visit tomorrow."


async def load_worries(store: Store, *, secret: bytes, today: dt.date) -> None:
    """Begun again after an interruption, it adds only what is missing."""

    async def unit() -> None:
        people = {each.role: each.id for each in await signing_in.members()}
        lead = people[Role.SAFEGUARDING]
        if (await agreement_now()).agreed_on is None:
            await agree(Agreement(lead=lead), by=people[Role.LEAD], today=today)
        ids = [uuid.uuid5(OURS, text) for text in (WAITS, LOOKED_INTO)]
        if ids[1] in {each.id for each in (*await worries.waiting(), *await worries.closed(1))}:
            return
        for id, text, contact in ((ids[0], WAITS, "07700 900456"), (ids[1], LOOKED_INTO, "")):
            await worries.raise_worry(text, id=id, source="page", place="", secret=secret, today=today, contact=contact)
        await deciding.act_on(
            ids[1], "close", seen=1, note=RANG, choice="passed_on", by=lead, secret=secret, today=today
        )

    await store.write(unit)
