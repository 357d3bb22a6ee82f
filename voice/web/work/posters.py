"""A poster for a wall or a waiting room, in any language of the survey: a few words, a picture and the square code."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from voice.people.roles import Audience
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.surveys import qr_code


@get("/work/surveys/{link:str}/poster", opt={"audience": Audience.ASKING})
async def show_poster(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    """The square code leads to the survey in the language of the poster."""
    parts = parts_of(request)
    round = await parts.rounds.by_link(link, now=parts.clock())
    language = language_of(request)
    address = f"{parts.settings.base_url}/s/{round.link}"
    return page(
        request,
        "work/poster.html",
        language=language,
        round=round,
        address=address,
        qr_code=qr_code(f"{address}?lang={language}"),
    )
