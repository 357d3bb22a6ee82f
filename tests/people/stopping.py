"""A job that is stopped while a letter of it is on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from voice.people.mail import Post


async def stopped_on_the_way(
    post: Post, job: Callable[[], Coroutine[Any, Any, Any]], send: Callable[..., Awaitable[Any]]
) -> None:
    """Begins the job, tells it to stop once ``post`` has the letter, and only then lets ``send`` hand it over."""
    begun, may_go_on = asyncio.Event(), asyncio.Event()

    async def slow(*words: Any, **given: Any) -> None:
        begun.set()
        await may_go_on.wait()
        await send(*words, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(post, "send", slow)
        under_way = asyncio.create_task(job())
        await begun.wait()
        under_way.cancel()
        await asyncio.sleep(0)
        may_go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await under_way
