"""Who was at a session: a headcount without names, and the thank-you list of whoever planned it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.capture.sessions import attending
from voice.capture.sessions.attending import AGE_BANDS, GROUPS, AttendanceProblem
from voice.capture.sessions.planning import RoomSession
from voice.web.facilitate.sessions import FACILITATING, own_session
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/work/sessions/{id:str}/attendance", opt=FACILITATING)
async def show_attendance(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[bytes]:
    session = await own_session(request, id)
    known = await parts_of(request).store.read(lambda: attending.heads(session.id))
    return await _attendance_page(request, session, {f"{group}-{band}": str(n) for (band, group), n in known.items()})


async def _attendance_page(
    request: Request[Any, Any, Any],
    session: RoomSession,
    form: Mapping[str, str],
    problem: AttendanceProblem | None = None,
) -> Response[bytes]:
    parts = parts_of(request)
    keeps_list = may_read_names(request, session)
    names = await parts.store.read(lambda: attending.thanks(session.id, secret=parts.secret)) if keeps_list else ""
    return page(
        request,
        "facilitate/session_attendance.html",
        language=language_of(request),
        status=422 if problem else 200,
        session=session,
        bands=AGE_BANDS,
        groups=GROUPS,
        form=form,
        keeps_list=keeps_list,
        names=form.get("names", names),
        problem=problem,
    )


def may_read_names(request: Request[Any, Any, Any], session: RoomSession) -> bool:
    """Whoever planned the session, when the group wants a thank-you list; no officer and no administrator."""
    return session.plan.thanks_wanted and person_here(request).id == session.planned_by


@post("/work/sessions/{id:str}/attendance", opt=FACILITATING)
async def keep_attendance(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    parts, session = parts_of(request), await own_session(request, id)
    form = await fields(request)
    try:
        heads = attending.read_heads(form)
    except AttendanceProblem as problem:
        return await _attendance_page(request, session, form, problem)
    await parts.store.write(lambda: attending.keep_heads(session.id, heads))
    return Redirect(f"/work/sessions/{id}/attendance", status_code=303)


@post("/work/sessions/{id:str}/thanks", opt=FACILITATING)
async def keep_thanks(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    parts, session = parts_of(request), await own_session(request, id)
    if not may_read_names(request, session):
        raise NotFoundException
    names = (await fields(request)).get("names", "").replace("\x00", "").replace("\r\n", "\n")
    try:
        await parts.store.write(
            lambda: attending.keep_thanks(session.id, names, secret=parts.secret, today=parts.today)
        )
    except AttendanceProblem as problem:
        return await _attendance_page(request, session, {"names": names}, problem)
    return Redirect(f"/work/sessions/{id}/attendance", status_code=303)
