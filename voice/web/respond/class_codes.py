"""The code of a class, typed in or named by an address: looked up, and not to be guessed."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.exceptions import TooManyRequestsException
from litestar.middleware.rate_limit import get_remote_address

from surveys import class_sessions
from surveys.class_sessions import ClassProblem, ClassState
from voice.web.limits import PER_MINUTE, store_of
from voice.web.parts import parts_of


async def class_with(request: Request[Any, Any, Any], code: str) -> ClassState:
    """The class with this code. Raises ``ClassProblem``, and ``TooManyRequestsException`` after too many wrong ones."""
    parts = parts_of(request)
    counts = request.app.stores.get(store_of("class"))
    minute = f"{get_remote_address(request)}:{parts.clock():%Y-%m-%dT%H:%M}"
    if int(await counts.get(minute) or 0) >= PER_MINUTE["class"]:
        raise TooManyRequestsException
    try:
        return await parts.store.read(lambda: class_sessions.by_code(parts.secret, code, today=parts.today))
    except ClassProblem as problem:
        if problem.code == "unknown":
            await counts.set(minute, str(int(await counts.get(minute) or 0) + 1), expires_in=60)
        raise
