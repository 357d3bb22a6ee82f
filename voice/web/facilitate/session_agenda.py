"""The agenda of a session: activities added, changed, moved up and down by buttons, and taken off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.capture.sessions import planning
from voice.capture.sessions.activities import COLUMNS, KINDS, Activity, ActivityProblem, check, choices
from voice.capture.sessions.planning import PlanProblem, RoomSession
from voice.capture.sessions.templates import activity as activity_of
from voice.languages import speak
from voice.web.facilitate.sessions import FACILITATING, own_session
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/work/sessions/{id:str}/agenda", opt=FACILITATING)
async def show_agenda(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[bytes]:
    return _agenda_page(request, await own_session(request, id))


def _agenda_page(
    request: Request[Any, Any, Any], session: RoomSession, problem: PlanProblem | None = None
) -> Response[bytes]:
    return page(
        request,
        "facilitate/session_agenda.html",
        language=language_of(request),
        status=422 if problem else 200,
        session=session,
        kinds=KINDS,
        not_ready={each.id for each in session.agenda if _stands_in_the_way(each)},
        minutes=sum(each.minutes for each in session.agenda),
        problem=problem,
    )


def _stands_in_the_way(activity: Activity) -> bool:
    try:
        check(activity)
    except ActivityProblem:
        return True
    return False


@post("/work/sessions/{id:str}/agenda", opt=FACILITATING)
async def change_agenda(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    """``go`` is ``add`` with a kind, or ``up-``, ``down-`` or ``remove-`` with the id of an activity."""
    parts, session = parts_of(request), await own_session(request, id)
    form = await fields(request)
    way, _, which = form.get("go", "").partition("-")
    agenda, to = session.agenda, f"/work/sessions/{id}/agenda"
    speak(language_of(request))
    match way:
        case "add" if (kind := form.get("kind", "")) in KINDS:
            added = activity_of(kind)
            agenda, to = (*agenda, added), f"{to}/{added.id}"
        case "up":
            agenda = planning.moved(agenda, which, -1)
        case "down":
            agenda = planning.moved(agenda, which, 1)
        case "remove" if which != session.running.activity:
            agenda = tuple(each for each in agenda if each.id != which)
    try:
        revision = await parts.store.write(lambda: planning.change_agenda(session.id, agenda))
    except PlanProblem as problem:
        return _agenda_page(request, session, problem)
    parts.live.tell(session.id, revision)
    return Redirect(to, status_code=303)


@get("/work/sessions/{id:str}/agenda/{activity:str}", opt=FACILITATING)
async def show_activity(request: Request[Any, Any, Any], id: FromPath[str], activity: FromPath[str]) -> Response[bytes]:
    session = await own_session(request, id)
    found = session.activity(activity)
    if found is None:
        raise NotFoundException
    form = {
        "title": found.title,
        "help": found.help,
        "options": "\n".join(choice.label for choice in found.options),
        "of": found.of,
        "dots": str(found.dots),
        "minutes": str(found.minutes),
    }
    return _activity_page(request, session, found, form, found.columns)


def _activity_page(
    request: Request[Any, Any, Any],
    session: RoomSession,
    activity: Activity,
    form: Mapping[str, str],
    columns: tuple[str, ...],
    problem: ActivityProblem | None = None,
) -> Response[bytes]:
    before = session.agenda[: session.agenda.index(activity)]
    return page(
        request,
        "facilitate/session_activity.html",
        language=language_of(request),
        status=422 if problem else 200,
        session=session,
        activity=activity,
        form=form,
        columns=columns,
        all_columns=COLUMNS,
        boards=[each for each in before if each.kind in ("board", "ask_leaders")],
        problem=problem,
    )


@post("/work/sessions/{id:str}/agenda/{activity:str}", opt=FACILITATING)
async def change_activity(request: Request[Any, Any, Any], id: FromPath[str], activity: FromPath[str]) -> Response[Any]:
    parts, session = parts_of(request), await own_session(request, id)
    found = session.activity(activity)
    if found is None:
        raise NotFoundException
    form = await fields(request)
    columns = tuple(code for code in COLUMNS if form.get(f"column-{code}") == "yes")
    changed = msgspec.structs.replace(
        found,
        title=_line(form, "title"),
        help=_line(form, "help"),
        columns=columns,
        options=choices(form.get("options", "").replace("\x00", ""), found.options),
        of=form.get("of", ""),
        dots=_number(form, "dots"),
        minutes=_number(form, "minutes"),
    )
    try:
        check(changed)
    except ActivityProblem as problem:
        return _activity_page(request, session, found, form, columns, problem)
    agenda = tuple(changed if each is found else each for each in session.agenda)
    parts.live.tell(session.id, await parts.store.write(lambda: planning.change_agenda(session.id, agenda)))
    return Redirect(f"/work/sessions/{id}/agenda", status_code=303)


def _line(form: Mapping[str, str], name: str) -> str:
    return " ".join(form.get(name, "").replace("\x00", "").split())


def _number(form: Mapping[str, str], name: str) -> int:
    """A whole number; -1 for what is none, which no check lets through."""
    written = form.get(name, "").strip()
    if not written:
        return 0
    return int(written) if written.isdecimal() and len(written) < 4 else -1
