"""How far the invented partnership has got into a store, and whether it may go there at all."""

from __future__ import annotations

from surveys.tables import Submission
from voice.people import signing_in
from voice.people.partnership import PartnershipInfo, partnership, set_partnership
from voice.people.signing_in import is_placeholder
from voice.storage import Store


async def is_loaded(store: Store) -> bool:
    """Whether the whole partnership is there: its name is stored last."""
    info = await store.read(partnership)
    return info.invented and bool(info.name)


async def is_begun(store: Store) -> bool:
    """Whether what is there was begun by ``voice demo``, wholly loaded or not."""
    return (await store.read(partnership)).invented


async def is_used(store: Store) -> bool:
    """Whether anybody has answered, works here or is served from here."""
    return (
        await store.read(lambda: Submission.exists())
        or any(not is_placeholder(member.email) for member in await store.read(signing_in.members))
        or bool((await store.read(partnership)).name)
    )


async def begin(store: Store) -> None:
    """Says that whatever comes into this store is invented."""
    await store.write(lambda: set_partnership(PartnershipInfo(invented=True)))
