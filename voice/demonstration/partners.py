"""The partners who share the invented partnership with the council, and somebody who works for two of them."""

from __future__ import annotations

from voice.people import organisations
from voice.people.roles import Role
from voice.storage import Store

PARTNERS = (
    ("Millbrook Vale Health", "nhs", (("quinn@health.example", Role.ANALYST),)),
    ("Millbrook Vale Parent Carer Forum", "forum", (("sam@parents.example", Role.LEAD),)),
    ("Northfield School", "school", (("rowan@northfield.example", Role.OFFICER),)),
)
"""The name and kind of each, with who works there."""

IN_TWO = ("facilitator", "Millbrook Vale Parent Carer Forum")
"""Who of the council runs sessions for the forum too."""


async def load_partners(store: Store, *, domain: str) -> None:
    """Adds them where they are missing."""

    async def unit() -> None:
        known = {each.name: each.id for each in await organisations.organisations()}
        for name, kind, people in PARTNERS:
            if name in known:
                continue
            known[name] = await organisations.add(name, kind)
            for email, role in people:
                await organisations.take_on(email, role, known[name])
        in_two, forum = IN_TWO
        await organisations.take_on(f"{in_two}@{domain}", Role(in_two), known[forum])

    await store.write(unit)
