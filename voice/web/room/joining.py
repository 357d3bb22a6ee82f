"""Where people come in: with the square code, or with the short code that was read out to the room."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from surveys import identity
from voice.capture.sessions import planning, tablets
from voice.capture.sessions.planning import RoomSession, UnknownSession
from voice.capture.sessions.tablets import RoomFull
from voice.web import cookies
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.wrong_codes import WrongCodes

A_DAY = 24 * 3600


@get("/join", opt=PUBLIC)
async def show_join(request: Request[Any, Any, Any]) -> Response[bytes]:
    written = request.query_params.get("code", "")
    if not written:
        return _join_page(request)
    session, problem = await _session_with(request, written)
    return _join_page(request, written, session, problem)


@post("/join", opt=PUBLIC)
async def join(request: Request[Any, Any, Any]) -> Response[Any]:
    """With a code alone it says which room that is; with the button “Go in” it takes somebody in."""
    parts = parts_of(request)
    form = await fields(request)
    written = form.get("code", "")
    session, problem = await _session_with(request, written)
    if session is None or problem or form.get("go") != "in":
        return _join_page(request, written, session, problem)
    key = identity.new_key()
    is_shared = form.get("shared") == "yes"

    async def unit() -> int:
        name, said_by = form.get("name", ""), form.get("said_by", "")
        await tablets.join(session, key, secret=parts.secret, name=name, said_by=said_by)
        return await planning.count_up(session.id)

    try:
        parts.live.tell(session.id, await parts.store.write(unit))
    except RoomFull:
        return _join_page(request, written, session, "full")
    return Redirect(f"/room/{key}", status_code=303, cookies=[shared_cookie(is_shared, secure=parts.settings.secure)])


def shared_cookie(is_shared: bool, *, secure: bool) -> Cookie:
    value, seconds = ("yes", A_DAY) if is_shared else ("", 0)
    return cookies.cookie(cookies.SHARED_TABLET, value, seconds=seconds, secure=secure, path="/room")


async def _session_with(request: Request[Any, Any, Any], written: str) -> tuple[RoomSession | None, str | None]:
    """The session with this code, and why nobody can go in just now. Raises ``TooManyRequestsException``."""
    parts = parts_of(request)
    code = identity.read_code(written)
    if not code:
        return None, "nothing_written"
    wrong = WrongCodes(request, "room")
    await wrong.take()
    try:
        session = await parts.store.read(lambda: planning.by_code(parts.secret, code))
    except UnknownSession:
        return None, "unknown"
    await wrong.give_back()
    return session, {"planned": "not_started", "running": None}.get(session.stage, "over")


def _join_page(
    request: Request[Any, Any, Any],
    written: str = "",
    session: RoomSession | None = None,
    problem: str | None = None,
) -> Response[bytes]:
    status = {None: 200, "not_started": 200, "over": 410}.get(problem, 422)
    return page(
        request,
        "room/join.html",
        language=language_of(request),
        status=status,
        written=written[:200],
        session=session if not problem else None,
        problem=problem,
    )
