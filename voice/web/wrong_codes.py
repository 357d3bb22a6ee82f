"""Codes that are typed in, and not to be guessed: wrong ones are counted, by the address they come from."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.exceptions import TooManyRequestsException
from litestar.middleware.rate_limit import get_remote_address

from voice.web.limits import PER_MINUTE, store_of
from voice.web.parts import parts_of


class WrongCodes:
    """The wrong codes of this minute from one address. ``name`` is a limit of ``limits.py``."""

    def __init__(self, request: Request[Any, Any, Any], name: str) -> None:
        self._counts = request.app.stores.get(store_of(name))
        self._most = PER_MINUTE[name]
        self._minute = f"{get_remote_address(request)}:{parts_of(request).clock():%Y-%m-%dT%H:%M}"

    async def refuse_when_too_many(self) -> None:
        """Raises ``TooManyRequestsException``."""
        if await self._so_far() >= self._most:
            raise TooManyRequestsException

    async def count(self) -> None:
        await self._counts.set(self._minute, str(await self._so_far() + 1), expires_in=60)

    async def _so_far(self) -> int:
        return int(await self._counts.get(self._minute) or 0)
