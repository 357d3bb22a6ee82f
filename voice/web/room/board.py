"""The big screen: how to come in, or the cards that the room has shown. Who said what is never on it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from voice.capture.sessions import planning
from voice.web.guards import RESPONDENT
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.room.where import board_of
from voice.web.work.surveys import qr_code


@get("/board/{key:str}", opt=RESPONDENT)
async def show_board(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    parts, view = parts_of(request), await board_of(request, key)
    code = planning.code_of(parts.secret, view.session.id)
    join = f"{parts.settings.base_url}/join"
    return page(
        request,
        "room/board.html",
        language=language_of(request),
        address=f"/board/{key}",
        files=f"/board/{key}/files",
        session=view.session,
        view=view,
        activity=view.activity,
        seconds=view.session.running.seconds_left(parts.clock()),
        join=join,
        code=f"{code[:4]} {code[4:]}",
        qr_code=qr_code(f"{join}?code={code}"),
    )
