"""Sessions planned: the list, a new one from a template, and what one is for, who comes and what they agreed to."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.capture.sessions import planning
from voice.capture.sessions.planning import RESPONDENT_KINDS, Plan, PlanProblem, RoomSession, UnknownSession
from voice.capture.sessions.templates import TEMPLATES, agenda_of
from voice.languages import speak
from voice.people import permissions
from voice.people.permissions import Kind
from voice.people.roles import Audience, Role
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

FACILITATING = {"audience": Audience.FACILITATING}
SEES_ALL = (Role.OFFICER, Role.ADMINISTRATOR)

RESPONDENTS_OF = {"headteachers": "school", "focus_group": "parent_carer"}
"""Who mostly comes to a session of a kind; to the others young people."""


async def own_session(request: Request[Any, Any, Any], id: str) -> RoomSession:
    """The session, when who is signed in planned it or sees all; nobody else learns that it exists."""
    parts, person = parts_of(request), person_here(request)
    try:
        found = await parts.store.read(lambda: planning.load(uuid.UUID(id)))
    except (ValueError, UnknownSession):
        raise NotFoundException from None
    if found.planned_by != person.id and found.id not in await sessions_seen(request):
        raise NotFoundException
    return found


async def sessions_seen(request: Request[Any, Any, Any]) -> frozenset[uuid.UUID]:
    """The sessions that somebody may open whoever planned them: those of their organisation where their role sees all
    of them, and those that were granted to them."""
    person = person_here(request)

    async def unit() -> frozenset[uuid.UUID]:
        if person.role in SEES_ALL:
            keys = await permissions.reached(person, Audience.FACILITATING, Kind.SESSION, await planning.ids())
        else:
            keys = await permissions.granted_keys(person.id, Kind.SESSION, Audience.FACILITATING)
        return frozenset(uuid.UUID(key) for key in keys)

    return await parts_of(request).store.read(unit)


@get("/work/sessions", opt=FACILITATING)
async def show_sessions(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts, person = parts_of(request), person_here(request)
    seen = await sessions_seen(request)
    everything = await parts.store.read(planning.planned)
    found = [each for each in everything if each.planned_by == person.id or each.id in seen]
    return page(
        request,
        "facilitate/sessions.html",
        language=language_of(request),
        running=[each for each in found if each.stage == "running"],
        planned=[each for each in reversed(found) if each.stage == "planned"],
        over=[each for each in found if each.stage in ("ended", "approved")],
    )


@get("/work/sessions/new", opt=FACILITATING)
async def show_new(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _new_page(request, {"held_on": str(parts_of(request).today), "kind": "youth_forum"})


def _new_page(
    request: Request[Any, Any, Any], form: Mapping[str, str], problem: PlanProblem | None = None
) -> Response[bytes]:
    return page(
        request,
        "facilitate/session_new.html",
        language=language_of(request),
        status=422 if problem else 200,
        kinds=tuple(TEMPLATES),
        form=form,
        problem=problem,
    )


@post("/work/sessions/new", opt=FACILITATING)
async def start_plan(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    form = await fields(request)
    language = language_of(request)
    kind = form.get("kind", "")
    speak(language)  # the template's words are in the language of who plans
    try:
        if kind not in TEMPLATES:
            raise PlanProblem("no_kind", "kind")
        plan = Plan(
            title=_line(form, "title"),
            kind=kind,  # type: ignore[arg-type]
            held_on=_day(form),
            respondent_kind=RESPONDENTS_OF.get(kind, "young_person"),
            language=language,
        )
        agenda = agenda_of(kind)

        async def unit() -> uuid.UUID:
            made = await planning.create(plan, agenda, by=person.id, secret=parts.secret)
            await permissions.belongs(Kind.SESSION, made, person.organisation)
            return made

        id = await parts.store.write(unit)
    except PlanProblem as problem:
        return _new_page(request, form, problem)
    return Redirect(f"/work/sessions/{id}", status_code=303)


@get("/work/sessions/{id:str}", opt=FACILITATING)
async def show_plan(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[bytes]:
    session = await own_session(request, id)
    plan = msgspec.to_builtins(session.plan)
    form = {name: ("yes" if value else "") if isinstance(value, bool) else value for name, value in plan.items()}
    return _plan_page(request, session, form)


def _plan_page(
    request: Request[Any, Any, Any],
    session: RoomSession,
    form: Mapping[str, str],
    problem: PlanProblem | None = None,
) -> Response[bytes]:
    return page(
        request,
        "facilitate/session_plan.html",
        language=language_of(request),
        status=422 if problem else 200,
        session=session,
        form=form,
        problem=problem,
        respondent_kinds=RESPONDENT_KINDS,
    )


@post("/work/sessions/{id:str}", opt=FACILITATING)
async def change_plan(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    parts, session = parts_of(request), await own_session(request, id)
    form = await fields(request)
    respondent_kind = form.get("respondent_kind", "")
    try:
        plan = msgspec.structs.replace(
            session.plan,
            **{name: _line(form, name) for name in ("title", "forum", "setting", "heard_by")},
            **{
                name: _text(form, name)
                for name in ("purpose", "invited", "what_happens_next", "asked_anyway", "consent_asked")
            },
            **{name: form.get(name) == "yes" for name in ("pictures_agreed", "named", "thanks_wanted")},
            held_on=_day(form),
            respondent_kind=respondent_kind if respondent_kind in RESPONDENT_KINDS else session.plan.respondent_kind,
        )
        revision = await parts.store.write(lambda: planning.change(session.id, plan))
    except PlanProblem as problem:
        return _plan_page(request, session, form, problem)
    parts.live.tell(session.id, revision)
    return Redirect(f"/work/sessions/{id}/agenda", status_code=303)


def _line(form: Mapping[str, str], name: str) -> str:
    return " ".join(form.get(name, "").replace("\x00", "").split())


def _text(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()


def _day(form: Mapping[str, str]) -> dt.date:
    """Raises ``PlanProblem``."""
    try:
        return dt.date.fromisoformat(form.get("held_on", "").strip())
    except ValueError:
        raise PlanProblem("no_day", "held_on") from None
