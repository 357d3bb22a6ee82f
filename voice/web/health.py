"""How we are, for whatever watches us: alive, ready to serve, and in figures.

The addresses say nothing about people, and nothing that a stranger could use.
"""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from surveys.tables import Survey
from voice.web.guards import PUBLIC
from voice.web.parts import parts_of

SECONDS_TO_ANSWER = 3
"""A database that needs longer for nothing at all serves nobody."""

UNMEASURED = {**PUBLIC, "unmeasured": True}


@get("/health/live", opt=UNMEASURED)
async def live() -> dict[str, str]:
    """Whether the process answers: one that does not is to be started anew."""
    return {"status": "live"}


@get("/health/ready", opt=UNMEASURED)
async def ready(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
    """Whether pages can be served: while the database is away, starting anew would help nobody."""
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            await parts_of(request).store.read(lambda: Survey.raw("SELECT 1"))
    except (
        Exception
    ):  # whatever it is, no page could be served; and it is asked every few seconds, so nothing is logged
        return Response({"status": "the database cannot be reached"}, status_code=503)
    return Response({"status": "ready"})


@get("/metrics", opt=UNMEASURED)
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Figures for Prometheus, for whoever has the token of the settings; for anybody else there is no such page."""
    token = parts_of(request).settings.metrics_token
    given = request.headers.get("authorization", "")
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise NotFoundException
    from voice.running.metrics import written  # brings prometheus_client, for which every start would wait

    content, media_type = await asyncio.to_thread(written)
    return Response(content, media_type=media_type)
