"""A server that does nothing but hand over messages, to be killed: ``python -m tests.inviting.killed DATA URL SMTP NOW``."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from pathlib import Path

from voice.app import make_parts
from voice.inviting.working import work
from voice.settings import Settings
from voice.storage import open_store


async def hand_over(data: str, database_url: str, smtp_url: str, now: str) -> None:
    settings = Settings(data=Path(data), database_url=database_url, smtp_url=smtp_url, base_url="https://voice.example")
    store = await open_store(settings)
    moment = dt.datetime.fromisoformat(now)
    try:
        await work(await make_parts(settings, store, lambda: moment))
    finally:
        await store.close()


if __name__ == "__main__":
    asyncio.run(hand_over(*sys.argv[1:]))
