"""What we keep about people and what they can ask of us: in general, and for each survey. These pages set no cookie."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from surveys.publishing import OpenRound
from voice.privacy.notice import READERS, Reader, notice_of, reader_of
from voice.web.guards import PUBLIC
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/privacy", opt=PUBLIC)
async def show_privacy(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _notice(request, None, "adults")


@get("/privacy/{link:str}", opt=PUBLIC)
async def show_privacy_of(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    """Also of a survey that has ended: its answers are still kept."""
    parts = parts_of(request)
    round = await parts.rounds.by_link(link, now=parts.clock())
    return _notice(request, round, reader_of(round.document, {}))


def _notice(request: Request[Any, Any, Any], round: OpenRound | None, usual: Reader) -> Response[bytes]:
    asked = request.query_params.get("for", "")
    reader = next((each for each in READERS if each == asked), usual)
    return page(
        request,
        "notices/notice.html",
        language=language_of(request),
        notice=notice_of(parts_of(request).settings, round, reader),
        document=round.document if round else None,
        link=round.link if round else "",
        readers=READERS,
    )
