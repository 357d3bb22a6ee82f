"""What somebody gets who came in by single sign-on or a passkey: a session, and their first page."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Redirect

from voice.people import signing_in
from voice.people.signing_in import SignedIn
from voice.storage.store import Unit
from voice.web.guards import SESSION_COOKIE
from voice.web.parts import parts_of
from voice.web.staff import HOME_OF


async def enter(request: Request[Any, Any, Any], member: Unit[uuid.UUID | None], *, strong: bool) -> Redirect | None:
    """Signs in whom ``member`` finds, in one unit with finding them, and goes where their role starts: nowhere else.

    The session is a new one, whatever this browser held before. ``strong`` says that they gave two factors already.
    ``None`` when ``member`` finds nobody.
    """
    del strong
    parts = parts_of(request)

    async def unit() -> tuple[str, SignedIn | None] | None:
        id = await member()
        if id is None:
            return None
        token = await signing_in.begin_session(id, now=parts.clock())
        return token, await signing_in.who(token, now=parts.clock())

    entered = await parts.store.write(unit)
    if entered is None or entered[1] is None:
        return None
    session = Cookie(
        key=SESSION_COOKIE,
        value=entered[0],
        max_age=int(signing_in.SESSION_LASTS.total_seconds()),
        httponly=True,
        secure=parts.settings.secure,
        samesite="lax",
        path="/",
    )
    return Redirect(HOME_OF[entered[1].role], status_code=303, cookies=[session])
