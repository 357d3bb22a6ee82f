"""Letters that a job has for several people: what befalls one of them keeps back no other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

Letter = Callable[[], Coroutine[Any, Any, bool]]
"""Writes down that a letter is on its way, hands it over, and writes down what came of that. Whether one went."""


async def hand_over_each(letters: Iterable[Letter]) -> int:
    """Hands over one letter after the other; returns how many went.

    A mailbox that is full or gone is refused like a server that is not there: so everybody gets their turn, and only
    then is an ``ExceptionGroup`` raised of what went wrong. Whoever is stopped meanwhile still ends the letter that is
    on its way, and hands over no other.
    """
    went = 0
    wrong: list[Exception] = []
    for letter in letters:
        try:
            went += await _to_its_end(letter())
        except Exception as problem:
            wrong.append(problem)
    if wrong:
        raise ExceptionGroup("some letters did not go", wrong)
    return went


async def _to_its_end(one: Coroutine[Any, Any, bool]) -> bool:
    under_way = asyncio.ensure_future(one)
    try:
        return await asyncio.shield(under_way)
    except asyncio.CancelledError:
        # The server is stopped by somebody who can wait for one letter: then what came of it is known.
        await asyncio.wait({under_way})
        raise
