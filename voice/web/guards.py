"""Who may use a page: every route names its audience, and this asks for it before anything is done."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from voice.people.roles import Audience, may_use
from voice.web.sign_in.here import person_here

PUBLIC = {"audience": Audience.ANYONE, "exclude_from_csrf": True}
RESPONDENT = {"audience": Audience.RESPONDENT, "exclude_from_csrf": True}
"""Pages for people who do not sign in: they get no cookie but their own settings, and a form that another
site posts there can do nothing that the other site could not do by itself."""


async def may_use_this_page(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    audience: Audience = handler.opt["audience"]
    if audience in (Audience.ANYONE, Audience.RESPONDENT):
        return
    person = await person_here(connection)
    if not may_use(person.role, audience):
        raise PermissionDeniedException
    connection.scope["user"] = person
