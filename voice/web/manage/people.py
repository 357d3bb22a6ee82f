"""The staff: who is here and in which role; adding somebody, and ending somebody's access."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.people import signing_in
from voice.people.roles import Audience, Role
from voice.people.signing_in import LastAdministrator
from voice.storage.store import Unit
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/manage/people", opt={"audience": Audience.MANAGING})
async def show_people(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _people_page(request)


async def _people_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    email: str = "",
    problem: str | None = None,
    link: str | None = None,
) -> Response[bytes]:
    parts = parts_of(request)
    return page(
        request,
        "manage/people.html",
        language=language_of(request),
        status=status,
        members=await parts.store.read(signing_in.members),
        roles=[role.value for role in Role],
        email=email,
        problem=problem,
        link=link,
    )


@post("/manage/people", opt={"audience": Audience.MANAGING})
async def add_person(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Adds somebody, or changes their role, and shows a one-time link to hand to them."""
    parts = parts_of(request)
    form = await fields(request)
    email, role = form.get("email", "").strip(), form.get("role", "")
    if "@" not in email or len(email) > 200:
        return await _people_page(request, status=422, email=email, problem="email")
    if role not in set(Role):
        return await _people_page(request, status=422, email=email, problem="role")

    async def unit() -> str:
        member = await signing_in.add_member(email, Role(role))
        return await signing_in.make_link(member, now=parts.clock())

    try:
        token = await parts.store.write(unit)
    except LastAdministrator:
        return await _people_page(request, status=422, email=email, problem="last_administrator")
    return await _people_page(request, email=email, link=f"{parts.settings.base_url}/sign-in/mail/{token}")


@get("/manage/people/{id:uuid}", opt={"audience": Audience.MANAGING})
async def show_person(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    return await _person_page(request, id)


async def _person_page(
    request: Request[Any, Any, Any], id: uuid.UUID, *, status: int = 200, problem: str | None = None
) -> Response[bytes]:
    members = await parts_of(request).store.read(signing_in.members)
    member = next((each for each in members if each.id == id), None)
    if member is None:
        raise NotFoundException
    return page(
        request,
        "manage/person.html",
        language=language_of(request),
        status=status,
        member=member,
        roles=[role.value for role in Role],
        problem=problem,
    )


@post("/manage/people/{id:uuid}/role", opt={"audience": Audience.MANAGING})
async def change_role(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    role = (await fields(request)).get("role", "")
    if role not in set(Role):
        return await _person_page(request, id, status=422, problem="role")
    return await _changed(request, id, lambda: signing_in.change_role(id, Role(role)))


@post("/manage/people/{id:uuid}/end", opt={"audience": Audience.MANAGING})
async def end_access(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    today = parts_of(request).today
    return await _changed(request, id, lambda: signing_in.end_access(id, today=today))


async def _changed(request: Request[Any, Any, Any], id: uuid.UUID, unit: Unit[None]) -> Response[Any]:
    try:
        await parts_of(request).store.write(unit)
    except LastAdministrator:
        return await _person_page(request, id, status=422, problem="last_administrator")
    return Redirect("/manage/people", status_code=303)
