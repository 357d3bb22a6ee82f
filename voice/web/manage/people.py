"""The staff: who is here, in which role, and adding somebody."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from voice.people import signing_in
from voice.people.roles import Audience, Role
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

    token = await parts.store.write(unit)
    return await _people_page(request, email=email, link=f"{parts.settings.base_url}/sign-in/mail/{token}")
