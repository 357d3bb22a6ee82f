"""Who may use a page: every route names its audience, and this asks for it before anything is done."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from voice.people import signing_in
from voice.people.permissions import NotYours, may
from voice.people.roles import Audience
from voice.people.signing_in import SignedIn
from voice.web import things
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

    async def unit() -> tuple[SignedIn | None, bool]:
        person = await signing_in.who(token, now=parts.clock()) if token else None
        if person is None:
            return None, False
        thing = await things.thing_at(connection.scope["path_template"], connection.path_params)
        change = things.changes(connection.scope["method"], audience)  # type: ignore[typeddict-item]
        return person, await may(person, audience, thing, change=change)

    try:
        person, allowed = await parts.store.read(unit)
    except NotYours:
        raise NotFoundException from None
    if person is None:
        raise NotAuthorizedException
    if not allowed:
        raise PermissionDeniedException
    connection.scope["user"] = person
