"""What was worked out is kept until answers, voices or what people decided about them change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from voice.storage import Store

T = TypeVar("T")

KEPT = 12
"""So many of one kind are kept: terms that are looked at in turn."""

_kept: WeakKeyDictionary[Any, dict[str, dict[object, Any]]] = WeakKeyDictionary()


async def kept(store: Store, name: str, state: object, work: Callable[[], Awaitable[T]]) -> T:
    """What ``work`` gave when all was as it is now; ``state`` tells one such moment from another."""
    known = _kept.setdefault(store.engine, {}).setdefault(name, {})
    if state not in known:
        known[state] = await work()
        while len(known) > KEPT:
            del known[next(iter(known))]
    found: T = known[state]
    return found
