"""What waits in the drop box: e-mails, and what anybody told us. Nothing of it counts before a person looked at it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from voice.capture.drop_box import listing
from voice.people.roles import Audience
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import drop_box_words


@get("/work/drop-box/waiting", opt={"audience": Audience.EVIDENCE})
async def show_waiting(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    taken = request.query_params.get("taken", "")
    return page(
        request,
        "work/drop_box/waiting.html",
        language=language_of(request),
        waiting=await parts.store.read(listing.waiting),
        unknown=await parts.store.read(lambda: listing.waiting(unknown=True)),
        decided=await parts.store.read(listing.decided_lately),
        taken=int(taken) if taken.isdecimal() and len(taken) < 4 else None,
        told=drop_box_words,
    )
