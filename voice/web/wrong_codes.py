"""Codes that are typed in, and not to be guessed: wrong ones are counted, by the address they come from."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.exceptions import TooManyRequestsException

from voice.web.limits import PER_MINUTE, place_of
from voice.web.parts import parts_of


class WrongCodes:
    """The wrong codes of this minute from one address. ``name`` is a limit of ``limits.py``."""

    def __init__(self, request: Request[Any, Any, Any], name: str) -> None:
        self._tries = parts_of(request).tries
        self._name = name
        self._place = place_of(request)

    async def refuse_when_too_many(self) -> None:
        """Raises ``TooManyRequestsException``."""
        if await self._tries.so_far(self._name, self._place) >= PER_MINUTE[self._name]:
            raise TooManyRequestsException

    async def count(self) -> None:
        await self._tries.count(self._name, self._place, most=PER_MINUTE[self._name])
