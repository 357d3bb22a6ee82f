"""The code of a class, typed in or named by an address: looked up, and not to be guessed."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.exceptions import TooManyRequestsException
from litestar.middleware.rate_limit import get_remote_address

from surveys import class_sessions
from surveys.class_sessions import ClassProblem, ClassState
from voice.web.parts import parts_of

WRONG_CODES_A_MINUTE = 600
"""From one address, wherever codes are taken. A school has one address for all its classes, so right codes are not
counted. A code has 40 bits and lasts a day: at this rate, somebody who guesses all day long finds one of a hundred
classes with a chance of one in ten thousand."""


async def class_with(request: Request[Any, Any, Any], code: str) -> ClassState:
    """The class with this code. Raises ``ClassProblem``, and ``TooManyRequestsException`` after too many wrong ones."""
    parts = parts_of(request)
    counts = request.app.stores.get("rate_limit")
    minute = f"wrong-class-codes:{get_remote_address(request)}:{parts.clock():%Y-%m-%dT%H:%M}"
    if int(await counts.get(minute) or 0) >= WRONG_CODES_A_MINUTE:
        raise TooManyRequestsException
    try:
        return await parts.store.read(lambda: class_sessions.by_code(parts.secret, code, today=parts.today))
    except ClassProblem as problem:
        if problem.code == "unknown":
            await counts.set(minute, str(int(await counts.get(minute) or 0) + 1), expires_in=60)
        raise
