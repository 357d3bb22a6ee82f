"""How long the answers of each round are kept, and what went already: carried out, and shown."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from surveys import retention
from surveys.retention import Kept
from voice.people.roles import Audience
from voice.privacy import forgotten
from voice.privacy.forgotten import Gone
from voice.web.govern import govern_words
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/govern/retention", opt={"audience": Audience.GOVERNING})
async def show_retention(request: Request[Any, Any, Any]) -> Response[bytes]:
    async def found() -> tuple[list[Kept], list[Gone]]:
        return await retention.kept(), await forgotten.gone()

    kept, gone = await parts_of(request).store.read(found)
    kept = [each for each in kept if each.people or each.round.link]
    return page(
        request,
        "govern/retention.html",
        language=language_of(request),
        rounds_kept=sorted(kept, key=lambda each: (each.until is None, each.until, each.round.survey)),
        gone=gone,
        govern_words=govern_words,
    )
