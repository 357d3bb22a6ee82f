"""Counts what is asked for, and how long each answer takes: see ``voice/running/metrics.py``."""

from __future__ import annotations

import time

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from voice.people.roles import Audience
from voice.running import metrics

PEOPLE_WHO_ANSWER = "people who answer"
NO_PAGE = "no page"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Measured:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            pages = pages_of(scope)
            if pages:
                method = str(scope["method"]) if scope["method"] in METHODS else "other"
                if pages == PEOPLE_WHO_ANSWER:
                    method = "any"
                metrics.requests.labels(pages, method, f"{status // 100}xx").inc()
                metrics.seconds.labels(pages).observe(time.perf_counter() - began)


def pages_of(scope: Scope) -> str:
    """What a request is counted under; empty for what watches us."""
    handler = scope.get("route_handler")
    if handler is None:
        return NO_PAGE
    if handler.opt.get("unmeasured"):
        return ""
    if handler.opt.get("audience", Audience.ANYONE) in (Audience.ANYONE, Audience.RESPONDENT):
        return PEOPLE_WHO_ANSWER
    return str(scope.get("path_template") or NO_PAGE)
