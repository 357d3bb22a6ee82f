"""How often one address may try something. Each limit counts for itself: programs that call us, or a class that
types its code, keep nobody from signing in. All processes count together, and no header is believed."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import TooManyRequestsException
from litestar.middleware import DefineMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from voice.web.parts import parts_of

PER_MINUTE = {
    "sign_in": 30,
    "links": 60,
    "other_ways_in": 120,
    "continue": 60,
    "class": 600,
    "room": 600,
    "views": 120,
    "files": 120,
    "taking_away": 20,
    "tablets": 300,
    "api": 600,
    "tell_us": 60,
    "already_said": 120,
    "receipt": 30,
}
"""Tries a minute from one address; a school or a council has one for everybody in it.

- ``sign_in``: wrong passwords from devices on which nobody of that name signed in before; they are slow to check.
- ``links``: asking for a link by e-mail, for any address: a whole council may begin its day. It tells nothing of who
  works here, and each mailbox has a limit of its own.
- ``other_ways_in``: single sign-on and passkeys, where nothing can be guessed. A council has one address.
- ``continue``: a whole class may come back together. A code has 40 bits: at this rate, somebody who guesses for a
  week finds one of a thousand with a chance of one in two thousand.
- ``room``: wrong codes of sessions only. A whole hall types at once.
- ``class``: wrong codes only, wherever codes are taken. A code has 40 bits and lasts a day: at this rate, somebody
  who guesses all day long finds one of a hundred classes with a chance of one in ten thousand.
- ``tell_us``: what is sent from the page "Tell us". A hall full of people can send at once; somebody
  who fills the list of what waits needs hours.
- ``already_said``: a class looks what others said; somebody who tries out words one by one soon waits.
- ``receipt``: wrong references only. One has 40 bits: where 200,000 people answered, somebody who guesses for a week
  finds one with a chance of one in twenty. It then tells them that somebody answered a survey.
- ``views``: private spaces, opened with a code of 60 bits, or begun: a class needs two tries each, for the letter and
  for the space. Each takes a twentieth of a second of work.
- ``files``: recordings, drawings and photos. Each keeps a process busy for a second or more; a class records together.
- ``taking_away``: all of a private space as one file, which can have 150 MB.
- ``tablets``: all questions of a survey in one language. A class fetches them in several at once.
- ``api``: enough to fetch a year's answers in a minute, too little to stop families from answering.
"""


def limit(name: str, *, headers: bool = False) -> DefineMiddleware:
    """The limit of that name in ``PER_MINUTE``; ``headers`` tell a program how much is left of it."""
    return DefineMiddleware(_Limited, name=name, headers=headers)


def place_of(request: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Where a request comes from, as the server sees it: its settings name the proxies whose word is taken."""
    return request.client.host if request.client else ""


async def count_try(request: ASGIConnection[Any, Any, Any, Any], name: str) -> None:
    """Counts a try where a route does not count every request. Raises ``TooManyRequestsException``."""
    most = PER_MINUTE[name]
    parts = parts_of(request)
    if await parts.tries.count(name, place_of(request), most=most) > most:
        raise TooManyRequestsException(headers={"Retry-After": str(60 - parts.clock().second)})


class _Limited:
    """Counts every request of a route, before anything else is done with it."""

    def __init__(self, app: ASGIApp, name: str, headers: bool) -> None:
        self._app = app
        self._name = name
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
        parts = parts_of(connection)
        most = PER_MINUTE[self._name]
        tries = await parts.tries.count(self._name, place_of(connection), most=most)
        seconds = 60 - parts.clock().second
        left = {
            "RateLimit-Policy": f"{most}; w=60",
            "RateLimit-Limit": str(most),
            "RateLimit-Remaining": str(max(0, most - tries)),
            "RateLimit-Reset": str(seconds),
        }
        if tries > most:
            raise TooManyRequestsException(
                headers={"Retry-After": str(seconds), **(left if self._headers else {})},
            )

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                written = ((name.lower().encode(), value.encode()) for name, value in left.items())
                message["headers"] = [*message["headers"], *written]
            await send(message)

        await self._app(scope, receive, telling if self._headers else send)
