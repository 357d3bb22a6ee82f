"""Signing in with a passkey, and a member's own passkeys."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.parts import Parts
from voice.people import passkeys, sessions
from voice.people.passkeys import RelyingParty
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.limits import limit
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.sign_in.current_session import token_here
from voice.web.sign_in.entering import enter
from voice.web.sign_in.telling import tell_of_change


@get("/sign-in/passkey", opt={"audience": Audience.ANYONE}, middleware=[limit("other_ways_in")])
async def show_passkey_sign_in(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _ask_to_sign_in(request)


@post("/sign-in/passkey", opt={"audience": Audience.ANYONE}, middleware=[limit("other_ways_in")])
async def sign_in_with_passkey(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    party = _party(parts)
    response = (await fields(request)).get("response", "")
    if len(response) > passkeys.LONGEST_RESPONSE:
        return await _ask_to_sign_in(request, problem=True)
    # A device that somebody showed a finger, a face or a code to: something they have, and something else.
    entered = await enter(request, lambda: passkeys.member_with(party, response, now=parts.clock()), strong=True)
    return entered or await _ask_to_sign_in(request, problem=True)


async def _ask_to_sign_in(request: Request[Any, Any, Any], *, problem: bool = False) -> Response[bytes]:
    parts = parts_of(request)
    party = _party(parts)
    return page(
        request,
        "sign_in/passkey.html",
        language=language_of(request),
        status=422 if problem else 200,
        problem=problem,
        options=await parts.store.write(lambda: passkeys.ask_to_sign_in(party, now=parts.clock())),
    )


@get("/account/passkeys", opt={"audience": Audience.STAFF})
async def show_passkeys(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    return page(
        request,
        "sign_in/passkeys.html",
        language=language_of(request),
        keys=await parts.store.read(lambda: passkeys.of_member(_own_id(request))),
        most=passkeys.MOST_KEYS,
    )


@post("/account/passkeys", opt={"audience": Audience.STAFF})
async def remove_passkey(request: Request[Any, Any, Any]) -> Redirect:
    parts = parts_of(request)
    try:
        id = uuid.UUID((await fields(request)).get("remove", ""))
    except ValueError:
        raise NotFoundException from None

    async def unit() -> None:
        await passkeys.remove(_own_id(request), id)
        await sessions.end_all(_own_id(request), but=token_here(request))

    await parts.store.write(unit)
    await tell_of_change(parts, person_here(request), language_of(request))
    return Redirect("/account/passkeys", status_code=303)


@get("/account/passkeys/new", opt={"audience": Audience.STAFF})
async def show_new_passkey(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _ask_to_add(request)


@post("/account/passkeys/new", opt={"audience": Audience.STAFF})
async def add_passkey(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    party = _party(parts)
    form = await fields(request)
    response, name = form.get("response", ""), form.get("name", "")
    if len(response) > passkeys.LONGEST_RESPONSE or not await parts.store.write(
        lambda: passkeys.add(party, _own_id(request), response, name=name, now=parts.clock())
    ):
        return await _ask_to_add(request, name=name, problem=True)
    await tell_of_change(parts, person_here(request), language_of(request))
    return Redirect("/account/passkeys", status_code=303)


async def _ask_to_add(request: Request[Any, Any, Any], *, name: str = "", problem: bool = False) -> Response[bytes]:
    parts = parts_of(request)
    party = _party(parts)
    person = person_here(request)
    return page(
        request,
        "sign_in/new_passkey.html",
        language=language_of(request),
        status=422 if problem else 200,
        problem=problem,
        name=name,
        options=await parts.store.write(lambda: passkeys.ask_to_add(party, person, now=parts.clock())),
    )


def _party(parts: Parts) -> RelyingParty:
    return passkeys.relying_party(parts.settings.base_url)


def _own_id(request: Request[Any, Any, Any]) -> uuid.UUID:
    person = person_here(request)
    return person.id
