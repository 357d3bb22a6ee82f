"""A server that does nothing but hand over messages, in a process of its own that a test can kill."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass

from voice.capture.open_rounds import OpenRounds
from voice.inviting.working import work
from voice.people.partnership import PartnershipInfo
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.secret import read_secret


@dataclass(frozen=True)
class OnlyMessages:
    """What the queue needs of the application."""

    settings: Settings
    store: Store
    secret: bytes
    rounds: OpenRounds
    partnership: PartnershipInfo
    now: dt.datetime

    def clock(self) -> dt.datetime:
        return self.now


def hand_over(settings: Settings, now: dt.datetime) -> None:
    asyncio.run(_hand_over(settings, now))


async def _hand_over(settings: Settings, now: dt.datetime) -> None:
    store = await open_store(settings)
    try:
        secret = read_secret(settings.data)
        await work(OnlyMessages(settings, store, secret, OpenRounds(store), PartnershipInfo("Solihull"), now))
    finally:
        await store.close()
