"""The organisations that share an installation, and groups of people who are given things together."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.people import organisations, signing_in
from voice.people.organisations import KINDS, Group, OrganisationProblem
from voice.web.forms import fields
from voice.web.manage import manage_words
from voice.web.manage.people import MANAGING, managed_by, partners_here
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/manage/organisations", opt=MANAGING)
async def show_organisations(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _organisations_page(request)


async def _organisations_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    form: dict[str, str] | None = None,
    problem: str = "",
    about: uuid.UUID | None = None,
) -> Response[bytes]:
    return page(
        request,
        "manage/organisations.html",
        language=language_of(request),
        status=status,
        partners=await partners_here(request),
        manages_all=managed_by(request) is None,
        kinds=KINDS,
        form=form or {},
        problem=problem,
        about=about,
        told=manage_words,
    )


@post("/manage/organisations", opt=MANAGING)
async def add_organisation(request: Request[Any, Any, Any]) -> Response[Any]:
    if managed_by(request) is not None:
        raise PermissionDeniedException
    form = await fields(request)
    try:
        await parts_of(request).store.write(lambda: organisations.add(form.get("name", ""), form.get("kind", "")))
    except OrganisationProblem as problem:
        return await _organisations_page(request, status=422, form=form, problem=problem.code)
    return Redirect("/manage/organisations", status_code=303)


@post("/manage/organisations/{id:uuid}", opt=MANAGING)
async def rename_organisation(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    form = await fields(request)
    if id not in {each.id for each in await partners_here(request)}:
        raise NotFoundException
    try:
        await parts_of(request).store.write(lambda: organisations.rename(id, form.get("name", "")))
    except OrganisationProblem as problem:
        return await _organisations_page(request, status=422, form=form, problem=problem.code, about=id)
    return Redirect("/manage/organisations", status_code=303)


@get("/manage/groups", opt=MANAGING)
async def show_groups(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _groups_page(request)


async def _groups_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str = "", about: uuid.UUID | None = None
) -> Response[bytes]:
    return page(
        request,
        "manage/groups.html",
        language=language_of(request),
        status=status,
        groups=await groups_here(request),
        problem=problem,
        about=about,
        told=manage_words,
    )


async def groups_here(request: Request[Any, Any, Any]) -> list[Group]:
    """The groups that who is signed in keeps, by name."""
    managed = managed_by(request)
    return await parts_of(request).store.read(lambda: organisations.groups(managed))


@post("/manage/groups", opt=MANAGING)
async def make_group(request: Request[Any, Any, Any]) -> Response[Any]:
    name, here = (await fields(request)).get("name", ""), person_here(request).organisation
    try:
        await parts_of(request).store.write(lambda: organisations.make_group(name, here))
    except OrganisationProblem as problem:
        return await _groups_page(request, status=422, problem=problem.code)
    return Redirect("/manage/groups", status_code=303)


@post("/manage/groups/{id:uuid}", opt=MANAGING)
async def change_group(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    """Somebody joins or leaves, or the group ends."""
    form = await fields(request)
    group = next((each for each in await groups_here(request) if each.id == id), None)
    if group is None:
        raise NotFoundException
    store = parts_of(request).store
    leaving = next((member for member, _email in group.members if str(member) == form.get("leave")), None)
    if form.get("go") == "end":
        await store.write(lambda: organisations.end_group(id))
    elif leaving is not None:
        await store.write(lambda: organisations.leave_group(id, leaving))
    else:
        member = await store.read(lambda: signing_in.member_by_email(form.get("email", "")))
        if member is None:
            return await _groups_page(request, status=422, problem="unknown_colleague", about=id)
        await store.write(lambda: organisations.join_group(id, member.id))
    return Redirect("/manage/groups", status_code=303)
