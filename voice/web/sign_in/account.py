"""Somebody's own account: their password, their second step, and where they are signed in."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from voice.people import passwords, second_factor, sessions, signing_in
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.sign_in.current_session import NEW_SESSION, token_here
from voice.web.sign_in.proof import in_thread
from voice.web.sign_in.telling import tell_of_change


@get("/account", opt={"audience": Audience.STAFF})
async def show_account(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _account_page(request)


async def _account_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str | None = None, saved: bool = False
) -> Response[bytes]:
    parts, person, token = parts_of(request), person_here(request), token_here(request)

    async def unit() -> dict[str, Any]:
        return {
            "has_second_factor": await second_factor.is_set_up(person.id),
            "sessions": await sessions.own_sessions(person.id, here=token, now=parts.clock(), idle=parts.settings.idle),
        }

    found = await parts.store.read(unit)
    return page(
        request,
        "people/account.html",
        language=language_of(request),
        status=status,
        problem=problem,
        saved=saved,
        idle_minutes=parts.settings.idle_minutes,
        **found,
    )


@post("/account", opt={"audience": Audience.STAFF})
async def choose_password(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Takes a new password. Wherever else they are signed in, they are no more: somebody may have known the old one."""
    parts, person, token = parts_of(request), person_here(request), token_here(request)
    password = (await fields(request)).get("password", "")
    problem = await in_thread(passwords.weakness, password, (person.email, parts.partnership.name))
    if problem:
        return await _account_page(request, status=422, problem=problem)
    hashed = await in_thread(passwords.hash_password, password)

    async def unit() -> str | None:
        await signing_in.set_password(person.id, hashed)
        await sessions.end_all(person.id, but=token)
        return await sessions.go_on(token, now=parts.clock())

    request.scope["state"][NEW_SESSION] = await parts.store.write(unit)
    await tell_of_change(parts, person, language_of(request))
    return await _account_page(request, saved=True)


@post("/account/sessions", opt={"audience": Audience.STAFF})
async def end_session(request: Request[Any, Any, Any]) -> Redirect:
    """Ends one of their own sessions."""
    name, person = (await fields(request)).get("session", ""), person_here(request)
    await parts_of(request).store.write(lambda: sessions.end_own(person.id, name))
    return Redirect("/account", status_code=303)
