"""What somebody gets who came in another way than by password or link: a session, and their first page."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Redirect

from voice.people import signing_in
from voice.people.roles import Role
from voice.people.tables import Member
from voice.web.guards import SESSION_COOKIE
from voice.web.parts import parts_of
from voice.web.staff import HOME_OF


async def welcome(request: Request[Any, Any, Any], member: Member, *cookies: Cookie) -> Redirect:
    """Begins a new session, whatever this browser held before, and goes where the role starts: nowhere else."""
    parts = parts_of(request)
    token = await parts.store.write(lambda: signing_in.begin_session(member.id, now=parts.clock()))
    session = Cookie(
        key=SESSION_COOKIE,
        value=token,
        max_age=int(signing_in.SESSION_LASTS.total_seconds()),
        httponly=True,
        secure=parts.settings.secure,
        samesite="lax",
        path="/",
    )
    return Redirect(HOME_OF[Role(member.role)], status_code=303, cookies=[session, *cookies])
