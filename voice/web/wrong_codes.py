"""Codes that are typed in, and not to be guessed: wrong ones are counted, by the address they come from."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.exceptions import TooManyRequestsException

from voice.web.limits import PER_MINUTE, place_of
from voice.web.parts import parts_of


class WrongCodes:
    """The wrong codes of this minute from one address. ``name`` is a limit of ``limits.py``.

    Each code counts as wrong before it is looked at, and no more when it was right: however many come at once, no more
    are looked at than the limit says.
    """

    def __init__(self, request: Request[Any, Any, Any], name: str) -> None:
        self._tries = parts_of(request).tries
        self._name = name
        self._place = place_of(request)
        self._taken: str | None = None

    async def take(self) -> None:
        """Counts a code that is about to be looked at. Raises ``TooManyRequestsException``."""
        self._taken = await self._tries.take(self._name, self._place, most=PER_MINUTE[self._name])
        if self._taken is None:
            raise TooManyRequestsException

    async def give_back(self) -> None:
        """The code that was counted was not a wrong one."""
        if self._taken is not None:
            await self._tries.give_back(self._taken)
            self._taken = None
