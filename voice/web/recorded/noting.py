"""Writes down what a page showed or did, before the answer goes out: what cannot be recorded is not shown."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from litestar.utils.empty import value_or_default
from litestar.utils.scope.state import ScopeState

from voice.audit.entry import Act, Actor, Entry, code
from voice.audit.recording import record
from voice.audit.sealing import note_head
from voice.web.parts import parts_of
from voice.web.recorded.doing import DONE, UNDONE
from voice.web.recorded.reading import SEEN, TAKEN_AWAY, UNSEEN
from voice.web.recorded.rules import Recorded, Rule
from voice.web.things import untyped

RULES: Mapping[str, Rule] = SEEN | TAKEN_AWAY | UNSEEN | DONE | UNDONE
"""For every page of staff and every call of a program. A page that is not here fails a test, and is recorded."""

log = logging.getLogger("voice.web")

NEVER = frozenset({"link", "tried"})
"""Parts of an address that let somebody in, or stand for nothing that stays."""

FIRST_PROBLEM = 400

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_BY_TEMPLATE = {untyped(route): rule for route, rule in RULES.items()}


def rule_of(method: str, template: str) -> Rule:
    unknown = Recorded(Act.SAW if method == "GET" else Act.CHANGED, "unclassified")
    return _BY_TEMPLATE.get(f"{method} {untyped(template)}", unknown)


def keep_record(app: ASGIApp) -> ASGIApp:
    """Middleware of the pages of staff and of the calls of programs."""

    async def recording(scope: Scope, receive: Receive, send: Send) -> None:
        refused = False

        async def send_recorded(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] < FIRST_PROBLEM:
                try:
                    await _note(scope, dict(message["headers"]))
                except Exception as problem:
                    refused = True
                    await _send(scope, receive, send, problem)
            if not refused:
                await send(message)

        await app(scope, receive, send_recorded)

    return recording


async def _send(scope: Scope, receive: Receive, send: Send, problem: Exception) -> None:
    """The page or the message that this part of the product answers with when something went wrong."""
    request: Request[Any, Any, Any] = Request(scope, receive, send)
    response = scope["route_handler"].resolve_exception_handlers()[Exception](request, problem)
    await response.to_asgi_response(app=None, request=request)(scope, receive, send)


async def _note(scope: Scope, headers: Mapping[bytes, bytes]) -> None:
    method = str(scope.get("method", ""))
    rule = rule_of(method, scope["path_template"]) if method != "HEAD" else None
    if not isinstance(rule, Recorded) or (rule.as_file and b"content-disposition" not in headers):
        return
    entry = _entry(scope, rule, headers)
    parts = parts_of(ASGIConnection(scope))
    row = await parts.store.write(lambda: record(entry, now=parts.clock()))
    try:
        note_head(parts.settings.data, row)
    except OSError:  # the entry itself is on disk, and the next seal says so
        log.warning("the head of the audit could not be noted", exc_info=True)


def _entry(scope: Scope, rule: Recorded, headers: Mapping[bytes, bytes]) -> Entry:
    actor: Actor = "member" if scope.get("user") else "program"
    who = scope.get("user") or scope.get("auth")
    given = _given(scope)
    act = Act.RELEASED if given.get("go") in rule.releasing else rule.act
    noted = [f"{name}={code(given[name])}" for name in rule.noted if given.get(name)]
    return Entry(
        act,
        rule.kind,
        key=_key(scope, rule, given, headers),
        detail=",".join(noted),
        actor=actor,
        who=who.id if who else None,
        organisation=getattr(who, "organisation", None),
    )


def _key(scope: Scope, rule: Recorded, given: Mapping[str, str], headers: Mapping[bytes, bytes]) -> str:
    """What it was done to: as the address says, or a field, or where the reader is sent to after it was made."""
    in_address = [
        str(value)
        for name, value in scope["path_params"].items()
        if name not in NEVER and (name != "token" or _is_id(value))
    ]
    if in_address or rule.key_from:
        return "/".join(in_address) or given.get(rule.key_from, "")
    sent_to = _UUID.search(headers.get(b"location", b"").decode("latin-1"))
    return sent_to[0] if sent_to else ""


def _is_id(value: object) -> bool:
    try:
        uuid.UUID(str(value))
    except ValueError:
        return False
    return True


def _given(scope: Scope) -> dict[str, str]:
    """The fields of the query, and of the form where a handler has read it; the first value of each name."""
    query = dict(reversed(list(ASGIConnection(scope).query_params.multi_items())))
    form: Mapping[str, Any] = value_or_default(ScopeState.from_scope(scope).form, {})
    read = {name: value[0] if isinstance(value, list) and value else value for name, value in form.items()}
    return query | {name: value for name, value in read.items() if isinstance(value, str)}
