"""The code of a class, typed in or named by an address: looked up, and not to be guessed."""

from __future__ import annotations

from typing import Any

from litestar import Request

from surveys import class_sessions
from surveys.class_sessions import ClassProblem, ClassState
from voice.web.parts import parts_of
from voice.web.wrong_codes import WrongCodes


async def class_with(request: Request[Any, Any, Any], code: str) -> ClassState:
    """The class with this code. Raises ``ClassProblem``, and ``TooManyRequestsException`` after too many wrong ones."""
    parts = parts_of(request)
    wrong = WrongCodes(request, "class")
    await wrong.take()
    try:
        found = await parts.store.read(lambda: class_sessions.by_code(parts.secret, code, today=parts.today))
    except ClassProblem as problem:
        if problem.code != "unknown":
            await wrong.give_back()
        raise
    await wrong.give_back()
    return found
