"""Somebody with more than one role chooses as what they work now."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.response import Redirect

from voice.people import organisations, sessions
from voice.people.organisations import OrganisationProblem
from voice.people.permissions import given_to, granted_kinds
from voice.people.roles import Audience, Role
from voice.web.forms import fields
from voice.web.manage import manage_words
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.sign_in.current_session import token_here
from voice.web.sign_in.entering import welcome

STAFF = {"audience": Audience.STAFF}

ADDRESSES = {
    "survey": "/work/builder",
    "session": "/work/sessions/",
    "register": "/work/registers",
    "send": "/work/invitations/",
    "stack": "/work/stacks/",
    "reviews": "/work/reviews",
}
"""Where what somebody was given is opened; with its key where the address ends so."""


@get("/account/work-as", opt=STAFF)
async def show_hats(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts, person = parts_of(request), person_here(request)
    given = await parts.store.read(lambda: given_to(person.id, granted_kinds()))
    return page(
        request,
        "manage/work_as.html",
        language=language_of(request),
        hats=await parts.store.read(lambda: organisations.hats(person.id)),
        person=person,
        given=[
            (thing, role, ADDRESSES[thing.kind] + (thing.key if ADDRESSES[thing.kind].endswith("/") else ""))
            for thing, role in given
        ],
        told=manage_words,
    )


@post("/account/work-as", opt=STAFF)
async def choose_hat(request: Request[Any, Any, Any]) -> Redirect:
    """From now on, as what they are in the organisation: with a new session, and the old ones over."""
    parts, person = parts_of(request), person_here(request)
    try:
        wanted = uuid.UUID((await fields(request)).get("organisation", ""))
    except ValueError:
        raise NotFoundException from None
    here = token_here(request)

    async def unit() -> tuple[str | None, Role]:
        role = await organisations.wear(person.id, wanted)
        await sessions.end_all(person.id, but=here)
        return await sessions.go_on(here, now=parts.clock()), role

    try:
        token, role = await parts.store.write(unit)
    except OrganisationProblem:
        raise NotFoundException from None
    if token is None:
        raise NotAuthorizedException
    return welcome(request, token, role)
