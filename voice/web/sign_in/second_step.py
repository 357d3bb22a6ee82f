"""Setting up a second step with an authenticator app, its recovery codes, and taking it away again."""

from __future__ import annotations

from typing import Any

import segno
from litestar import Request, Response, get, post
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.response import Redirect
from markupsafe import Markup

from voice.parts import Parts
from voice.people import second_factor, sessions
from voice.people.roles import Audience
from voice.people.sessions import Stage
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.sign_in.current_session import NEW_SESSION, needs_second_factor, token_here
from voice.web.sign_in.telling import tell_of_change


@get("/account/second-factor", opt={"audience": Audience.STAFF})
async def show_second_factor(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _page(request)


async def _page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str | None = None, codes: tuple[str, ...] = ()
) -> Response[bytes]:
    parts, person, token = parts_of(request), person_here(request), token_here(request)

    async def unit() -> tuple[bool, int, str]:
        is_set_up, left = await second_factor.is_set_up(person.id), await second_factor.recovery_codes_left(person.id)
        return is_set_up, left, "" if is_set_up else await _key_of(parts, token)

    is_set_up, left, key = await parts.store.read(unit)
    return page(
        request,
        "people/second_factor.html",
        language=language_of(request),
        status=status,
        is_set_up=is_set_up,
        left=left,
        required=await needs_second_factor(parts, person),
        problem=problem,
        codes=codes,
        key=" ".join(key[at : at + 4] for at in range(0, len(key), 4)),
        picture=_picture(second_factor.address_for_app(key, person.email)) if key else "",
    )


async def _key_of(parts: Parts, token: str) -> str:
    """The key that an app may begin with in this session. Runs inside a unit."""
    session = await sessions.session_of(token, now=parts.clock(), idle=parts.settings.idle)
    if session is None:  # it ended a moment ago
        raise NotAuthorizedException
    return second_factor.key_for(parts.secret, session.person.id, session.began_at)


def _picture(address: str) -> Markup:
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=5, border=4, svgclass="qr-code", lineclass="qr-line"
    )
    return Markup(drawn)  # noqa: S704 - drawn by segno


@post("/account/second-factor", opt={"audience": Audience.STAFF})
async def set_up(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Takes the first code of the app, and shows the recovery codes, once."""
    parts, person, token = parts_of(request), person_here(request), token_here(request)
    typed = (await fields(request)).get("code", "")[:40]

    async def unit() -> tuple[tuple[str, ...], str | None] | None:
        key = await _key_of(parts, token)
        codes = await second_factor.set_up(person.id, key, typed, secret=parts.secret, now=parts.clock())
        if codes is None:
            return None
        await sessions.end_all(person.id, but=token)
        return codes, await sessions.go_on(token, now=parts.clock(), stage=Stage.STRONG, proven=True)

    done = await parts.store.write(unit)
    if done is None:
        return await _page(request, status=422, problem="wrong")
    codes, request.scope["state"][NEW_SESSION] = done
    await tell_of_change(parts, person, language_of(request))
    return await _page(request, codes=codes)


@post("/account/second-factor/codes", opt={"audience": Audience.STAFF})
async def make_new_codes(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts, person = parts_of(request), person_here(request)

    async def unit() -> tuple[str, ...]:
        if not await second_factor.is_set_up(person.id):
            raise NotFoundException
        return await second_factor.new_recovery_codes(person.id, secret=parts.secret)

    codes = await parts.store.write(unit)
    await tell_of_change(parts, person, language_of(request))
    return await _page(request, codes=codes)


@post("/account/second-factor/remove", opt={"audience": Audience.STAFF})
async def remove(request: Request[Any, Any, Any]) -> Redirect:
    """Takes the second step away. Where it is required, the next page asks for a new one."""
    parts, person, token = parts_of(request), person_here(request), token_here(request)

    async def unit() -> str | None:
        await second_factor.remove(person.id)
        await sessions.end_all(person.id, but=token)
        return await sessions.go_on(token, now=parts.clock(), stage=Stage.PLAIN)

    request.scope["state"][NEW_SESSION] = await parts.store.write(unit)
    await tell_of_change(parts, person, language_of(request))
    return Redirect("/account/second-factor", status_code=303)
