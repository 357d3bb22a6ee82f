"""The staff: who is here and what they are in which organisation; adding somebody, and ending somebody's access."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.people import organisations, signing_in
from voice.people.organisations import Colleague, Partner
from voice.people.permissions import HOST_ID, given_to, granted_kinds
from voice.people.roles import Audience, Role, roles_in
from voice.people.signing_in import LastAdministrator, RoleOfTheHost
from voice.storage.store import Unit
from voice.web.forms import fields
from voice.web.manage import manage_words
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

MANAGING = {"audience": Audience.MANAGING}


@get("/manage/people", opt=MANAGING)
async def show_people(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _people_page(request)


async def _people_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    form: dict[str, str] | None = None,
    problem: str | None = None,
    link: str | None = None,
) -> Response[bytes]:
    parts, managed = parts_of(request), managed_by(request)
    return page(
        request,
        "manage/people.html",
        language=language_of(request),
        status=status,
        colleagues=await parts.store.read(lambda: organisations.colleagues(managed)),
        partners=await partners_here(request),
        managed=managed,
        roles=roles_in(host=managed is None),
        form=form or {},
        problem=problem,
        link=link,
        told=manage_words,
    )


def managed_by(request: Request[Any, Any, Any]) -> uuid.UUID | None:
    """The one organisation that who is signed in manages; none for an administrator of the host, who manages all."""
    here = person_here(request).organisation
    return None if here == HOST_ID else here


async def partners_here(request: Request[Any, Any, Any]) -> list[Partner]:
    """The organisations that who is signed in manages, the host first."""
    managed = managed_by(request)
    found = await parts_of(request).store.read(organisations.organisations)
    return [each for each in found if managed in (None, each.id)]


async def _chosen_organisation(request: Request[Any, Any, Any], form: dict[str, str]) -> uuid.UUID | None:
    """The organisation that a form names; the own one where it names none."""
    named = form.get("organisation") or str(person_here(request).organisation)
    return next((each.id for each in await partners_here(request) if str(each.id) == named), None)


@post("/manage/people", opt=MANAGING)
async def add_person(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Adds somebody, or changes their role. Who was never here gets a one-time link, which is shown to be handed to
    them; another where the first was lost.

    Whoever has been here has a way to sign in, and nobody makes another for them: an administrator could sign in as a
    colleague who would not notice.
    """
    parts = parts_of(request)
    form = await fields(request)
    email, role = form.get("email", "").strip(), form.get("role", "")
    organisation = await _chosen_organisation(request, form)
    if "@" not in email or len(email) > 200:
        return await _people_page(request, status=422, form=form, problem="email")
    if role not in set(Role):
        return await _people_page(request, status=422, form=form, problem="role")
    if organisation is None:
        return await _people_page(request, status=422, form=form, problem="organisation")

    async def unit() -> str | None:
        known = await signing_in.member_by_email(email)
        member = await organisations.take_on(email, Role(role), organisation)
        if known is not None and await signing_in.was_ever_here(member):
            return None
        return await signing_in.make_link(member, now=parts.clock(), handed=True)

    try:
        token = await parts.store.write(unit)
    except LastAdministrator:
        return await _people_page(request, status=422, form=form, problem="last_administrator")
    except RoleOfTheHost:
        return await _people_page(request, status=422, form=form, problem="role_of_the_host")
    link = f"{parts.settings.base_url}/sign-in/mail/{token}" if token else None
    return await _people_page(request, form=form, link=link)


@get("/manage/people/{id:uuid}", opt=MANAGING)
async def show_person(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    return await _person_page(request, id)


async def _person_page(
    request: Request[Any, Any, Any], id: uuid.UUID, *, status: int = 200, problem: str | None = None
) -> Response[bytes]:
    parts, managed = parts_of(request), managed_by(request)

    async def unit() -> tuple[Colleague | None, Any]:
        found = await organisations.colleagues(managed)
        return next((each for each in found if each.id == id), None), await given_to(id, granted_kinds())

    colleague, given = await parts.store.read(unit)
    if colleague is None:
        raise NotFoundException
    return page(
        request,
        "manage/person.html",
        language=language_of(request),
        status=status,
        colleague=colleague,
        hats=[hat for hat in colleague.hats if managed in (None, hat.organisation)],
        given=given,
        roles_in=roles_in,
        problem=problem,
        told=manage_words,
    )


@post("/manage/people/{id:uuid}/role", opt=MANAGING)
async def change_role(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    form = await fields(request)
    role, organisation = form.get("role", ""), await _chosen_organisation(request, form)
    if role not in set(Role) or organisation is None:
        return await _person_page(request, id, status=422, problem="role")
    return await _changed(request, id, lambda: signing_in.change_role(id, Role(role), organisation=organisation))


@post("/manage/people/{id:uuid}/end", opt=MANAGING)
async def end_access(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    organisation = await _chosen_organisation(request, await fields(request))
    if organisation is None:
        raise NotFoundException
    today = parts_of(request).today
    return await _changed(request, id, lambda: organisations.leave(id, organisation, today=today))


async def _changed(request: Request[Any, Any, Any], id: uuid.UUID, unit: Unit[None]) -> Response[Any]:
    try:
        await parts_of(request).store.write(unit)
    except LastAdministrator:
        return await _person_page(request, id, status=422, problem="last_administrator")
    except RoleOfTheHost:
        return await _person_page(request, id, status=422, problem="role_of_the_host")
    return Redirect("/manage/people", status_code=303)
