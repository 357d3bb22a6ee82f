"""Who may use a page: every route names its audience, and this asks for it before anything is done."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from voice.people import signing_in
from voice.people.roles import Audience, may_use
from voice.web.parts import parts_of

SESSION_COOKIE = "session"

PUBLIC = {"audience": Audience.ANYONE, "exclude_from_csrf": True}
RESPONDENT = {"audience": Audience.RESPONDENT, "exclude_from_csrf": True}
"""Pages for people who do not sign in: they get no cookie but their own settings, and a form that another
site posts there can do nothing that the other site could not do by itself."""


async def may_use_this_page(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    audience: Audience = handler.opt["audience"]
    if audience in (Audience.ANYONE, Audience.RESPONDENT):
        return
    parts = parts_of(connection)
    token = connection.cookies.get(SESSION_COOKIE)
    person = await parts.store.read(lambda: signing_in.who(token, now=parts.clock())) if token else None
    if person is None:
        raise NotAuthorizedException
    if not may_use(person.role, audience):
        raise PermissionDeniedException
    connection.scope["user"] = person
