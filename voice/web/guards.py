"""Who may use a page: every route names its audience, and this asks for it before anything is done."""

from __future__ import annotations

import contextlib
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from voice.audit.recording import record_refusal
from voice.people.permissions import NotYours, may
from voice.people.roles import Audience
from voice.people.signing_in import SignedIn
from voice.storage import StoreUnavailable
from voice.web import things
from voice.web.parts import parts_of
from voice.web.sign_in.current_session import who_asks

PUBLIC = {"audience": Audience.ANYONE, "exclude_from_csrf": True}
RESPONDENT = {"audience": Audience.RESPONDENT, "exclude_from_csrf": True}
"""Pages for people who do not sign in: they get no cookie but their own settings, and a form that another
site posts there can do nothing that the other site could not do by itself."""


async def may_use_this_page(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    audience: Audience = handler.opt["audience"]
    if audience in (Audience.ANYONE, Audience.RESPONDENT):
        return
    person = await who_asks(connection)

    async def unit() -> bool:
        thing = await things.thing_at(connection.scope["path_template"], connection.path_params)
        change = things.changes(connection.scope["method"], audience)  # type: ignore[typeddict-item]
        return await may(person, audience, thing, change=change)

    try:
        allowed = await parts_of(connection).store.read(unit)
    except NotYours:
        await _note_refusal(connection, person)
        raise NotFoundException from None
    if not allowed:
        await _note_refusal(connection, person)
        raise PermissionDeniedException
    connection.scope["user"] = person


async def _note_refusal(connection: ASGIConnection[Any, Any, Any, Any], person: SignedIn) -> None:
    """Records that somebody tried a part of the product that is not theirs. They are refused, recorded or not."""
    parts = parts_of(connection)
    part = "/" + connection.scope["path_template"].split("/")[1]
    with contextlib.suppress(StoreUnavailable):
        await parts.store.write(lambda: record_refusal(person.id, part, now=parts.clock(), actor="member"))
