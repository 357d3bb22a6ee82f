"""Which program asks, and whether it may."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from voice.people.roles import Audience
from voice.programs import tokens
from voice.programs.tokens import Scope
from voice.web.parts import parts_of


def for_programs(scope: Scope) -> dict[str, Any]:
    """The options of a route that programs with ``scope`` may use. Cookies mean nothing there."""
    return {"audience": Audience.PROGRAM, "scope": scope, "exclude_from_csrf": True}


async def may_use_the_api(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    parts = parts_of(connection)
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    program = None
    if kind.lower() == "bearer" and token:
        program = await parts.store.read(lambda: tokens.program_of(token.strip(), today=parts.today))
    if program is None:
        raise NotAuthorizedException("Send a token: Authorization: Bearer gt_…")
    if handler.opt["scope"] not in program.scopes:
        raise PermissionDeniedException(f"This token does not have the scope {handler.opt['scope']}.")
    if program.last_used_on != parts.today:
        await parts.store.write(lambda: tokens.note_use(program.id, today=parts.today))
    connection.scope["auth"] = program
