"""The mail that a development machine keeps instead of sending it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from voice.people.roles import Audience
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/outbox", opt={"audience": Audience.ANYONE})
async def show_outbox(request: Request[Any, Any, Any]) -> Response[bytes]:
    """On a development machine without a mail server, the mail that would have been sent."""
    parts = parts_of(request)
    if not parts.settings.development or parts.settings.smtp_url:
        raise NotFoundException
    return page(
        request,
        "people/outbox.html",
        language=language_of(request),
        messages=[
            {"to": message["To"], "subject": message["Subject"], "text": message.get_content()}
            for message in parts.post.kept()
        ],
    )
