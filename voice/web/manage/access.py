"""Roles on one thing alone, for colleagues of other organisations: who has one, given and taken back."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.exporting.people import slugs
from surveys.invitations import registers, sends
from voice.capture.sessions import planning
from voice.people import permissions, signing_in
from voice.people.permissions import ONLY_ONE, Kind, Thing, reached
from voice.people.roles import Role
from voice.web.forms import fields
from voice.web.manage import manage_words
from voice.web.manage.partners import groups_here
from voice.web.manage.people import MANAGING
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

ROLES = (Role.OFFICER, Role.FACILITATOR, Role.ANALYST, Role.LEAD)


class Named(msgspec.Struct, frozen=True):
    """A thing with what people call it."""

    thing: Thing
    name: str


@get("/manage/access", opt=MANAGING)
async def show_access(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What could be given, by kind."""
    return page(
        request,
        "manage/access.html",
        language=language_of(request),
        things=await _things(request),
        told=manage_words,
    )


async def _things(request: Request[Any, Any, Any]) -> list[Named]:
    """What who is signed in could give a role on."""
    person = person_here(request)

    async def unit() -> list[Named]:
        named = [
            *(Named(Thing(Kind.SURVEY, slug), slug) for slug in await slugs()),
            *(Named(Thing(Kind.SESSION, str(each.id)), each.plan.title) for each in await planning.planned()),
            *(Named(Thing(Kind.REGISTER, str(each.id)), each.name) for each in await registers.registers()),
            *(Named(Thing(Kind.SEND, str(each.id)), str(each.goes_on)) for each in await sends.sends()),
            Named(Thing(Kind.REVIEWS, ONLY_ONE), ""),
        ]
        kept = []
        for kind in permissions.granted_kinds():
            of_kind = [each for each in named if each.thing.kind is kind]
            own = await reached(person, None, kind, [each.thing.key for each in of_kind], change=True)
            kept += [each for each in of_kind if each.thing.key in own]
        return kept

    return await parts_of(request).store.read(unit)


async def _thing_at(request: Request[Any, Any, Any], kind: str, key: str) -> Named:
    """The thing, for who may give it; nobody else learns that it exists."""
    found = next((each for each in await _things(request) if each.thing == Thing(_kind(kind), key)), None)
    if found is None:
        raise NotFoundException
    return found


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise NotFoundException from None


@get("/manage/access/{kind:str}/{key:str}", opt=MANAGING)
async def show_grants(request: Request[Any, Any, Any], kind: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    return await _grants_page(request, await _thing_at(request, kind, key))


async def _grants_page(
    request: Request[Any, Any, Any], named: Named, *, status: int = 200, problem: str = "", email: str = ""
) -> Response[bytes]:
    return page(
        request,
        "manage/grants.html",
        language=language_of(request),
        status=status,
        named=named,
        grants=await parts_of(request).store.read(lambda: permissions.grants_on(named.thing)),
        groups=await groups_here(request),
        roles=[role.value for role in ROLES],
        problem=problem,
        email=email,
        told=manage_words,
    )


@post("/manage/access/{kind:str}/{key:str}", opt=MANAGING)
async def change_grants(request: Request[Any, Any, Any], kind: FromPath[str], key: FromPath[str]) -> Response[Any]:
    parts, person, form = parts_of(request), person_here(request), await fields(request)
    named = await _thing_at(request, kind, key)
    if form.get("take_back"):
        grant = _uuid(form["take_back"])
        await parts.store.write(lambda: permissions.take_back(grant, named.thing))
        return Redirect(f"/manage/access/{kind}/{key}", status_code=303)
    email = form.get("email", "").strip()
    if form.get("role") not in {role.value for role in ROLES}:
        return await _grants_page(request, named, status=422, problem="role", email=email)
    role = Role(form["role"])
    group = next((each.id for each in await groups_here(request) if str(each.id) == form.get("group")), None)
    member = await parts.store.read(lambda: signing_in.member_by_email(email)) if email else None
    if email and member is None:
        return await _grants_page(request, named, status=422, problem="unknown_colleague", email=email)
    if member is None and group is None:
        return await _grants_page(request, named, status=422, problem="nobody")

    async def unit() -> None:
        if member is not None:
            await permissions.give(named.thing, role, member=member.id, by=person.id, today=parts.today)
        if group is not None:
            await permissions.give(named.thing, role, group=group, by=person.id, today=parts.today)

    await parts.store.write(unit)
    return Redirect(f"/manage/access/{kind}/{key}", status_code=303)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFoundException from None
