"""The second step of signing in, and showing again who you are before something that does harm in wrong hands."""

from __future__ import annotations

import re
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from voice.audit.entry import Act, Entry
from voice.audit.recording import record, record_refusal
from voice.people import devices, sessions, signing_in
from voice.people.roles import Audience
from voice.people.sessions import Session, Stage
from voice.web.cookies import SESSION, kept
from voice.web.forms import fields
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_kept, language_of
from voice.web.sign_in.current_session import NEW_SESSION, GoFirst, ProveFirst, session_here, token_here
from voice.web.sign_in.entering import send_link, sign_in_page, welcome
from voice.web.sign_in.proof import DEVICE, Counted, Tried, Ways, try_code, try_password, ways_of

ADDRESS = re.compile(r"(/[A-Za-z0-9_.~-]+)+")
"""A page of ours: no other site, and nothing that a browser reads as one."""
PROOF = "again-proof"
"""The field for it: no form of ours has one of this name, so what was sent before stays as it was."""


@get("/sign-in/code", opt={"audience": Audience.ANYONE})
async def show_code(request: Request[Any, Any, Any]) -> Response[Any]:
    if await _half_session(request) is None:
        return Redirect("/sign-in", status_code=303)
    return _code_page(request)


def _code_page(request: Request[Any, Any, Any], *, status: int = 200, problem: str | None = None) -> Response[bytes]:
    return page(request, "people/code.html", language=language_of(request), status=status, problem=problem)


async def _half_session(request: Request[Any, Any, Any]) -> Session | None:
    session = await session_here(request)
    return session if session and session.stage is Stage.HALF else None


@post("/sign-in/code", opt={"audience": Audience.ANYONE})
async def give_code(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    session = await _half_session(request)
    if session is None:
        return sign_in_page(request, status=410, problem="over")
    typed = (await fields(request)).get("code", "")[:40]
    token, person = kept(request, SESSION), session.person
    device = kept(request, DEVICE) or devices.new_device()
    counted = Counted(request, "code", person.email, person.id)

    async def unit() -> tuple[Tried, str | None]:
        tried = await try_code(parts, counted, person.id, typed)
        if tried == "wait":
            return tried, token
        if tried == "wrong":
            may_go_on = await sessions.count_wrong_code(token)
            await record_refusal(person.id, "second_factor", now=parts.clock())
            return tried, token if may_go_on else None
        await devices.remember(person.id, device, today=parts.today)
        lasts = signing_in.SESSION_LASTS
        new = await sessions.go_on(token, now=parts.clock(), stage=Stage.STRONG, proven=True, lasts=lasts)
        entry = Entry(Act.SIGNED_IN, "member", key=str(person.id), detail="second_of_two", who=person.id)
        await record(entry, now=parts.clock())
        return tried, new

    tried, goes_on = await parts.store.write(unit)
    if goes_on is None:
        return sign_in_page(request, status=410, problem="over")
    if tried != "right":
        return _code_page(request, status=429 if tried == "wait" else 422, problem=tried)
    return welcome(request, goes_on, person.role, device=device)


def go_first(request: Request[Any, Any, Any], problem: GoFirst) -> Response[Any]:  # noqa: ARG001 - Litestar's signature
    return Redirect(problem.address, status_code=303)


def ask_again(request: Request[Any, Any, Any], problem: ProveFirst) -> Response[bytes]:
    """The page that asks, with what was sent kept in it: nobody types a form twice."""
    request.scope["user"] = problem.person
    by = "post" if request.method == "POST" else "get"
    return _again_page(request, problem.ways, problem.form, to=request.url.path, by=by, status=401)


def _again_page(
    request: Request[Any, Any, Any],
    ways: Ways,
    form: dict[str, str],
    *,
    to: str,
    by: str,
    status: int,
    problem: str | None = None,
) -> Response[bytes]:
    return page(
        request,
        "people/again.html",
        language=language_kept(request),
        status=status,
        ways=ways,
        sent={name: value for name, value in form.items() if name not in (PROOF, "_csrf_token")},
        to=to,
        by=by,
        problem=problem,
    )


@post("/sign-in/again", opt={"audience": Audience.STAFF})
async def prove_again(request: Request[Any, Any, Any]) -> Response[Any]:
    """Takes the proof; the form that waited then goes on to where it was sent (307 keeps it as it is)."""
    parts, person = parts_of(request), signed_in(request)
    assert person is not None
    form = await fields(request)
    to, by = request.query_params.get("to", ""), request.query_params.get("by", "")
    if not ADDRESS.fullmatch(to) or by not in ("get", "post"):
        return Redirect("/account", status_code=303)
    ways = await parts.store.read(lambda: ways_of(person.id))
    if ways == "link":
        sent = await send_link(parts, person.email, language_kept(request))
        return _again_page(
            request, ways, form, to=to, by=by, status=200 if sent else 503, problem=None if sent else "mail"
        )
    proof = form.get(PROOF, "")
    if ways == "password":
        member = await parts.store.read(lambda: signing_in.member_by_email(person.email))
        tried, _kept = await try_password(request, person.email, member, proof)
    else:
        counted = Counted(request, "code", person.email, person.id)
        tried = await parts.store.write(lambda: try_code(parts, counted, person.id, proof[:40]))
    if tried == "wrong":
        what = "password" if ways == "password" else "second_factor"
        await parts.store.write(lambda: record_refusal(person.id, what, now=parts.clock()))
    if tried != "right":
        return _again_page(request, ways, form, to=to, by=by, status=429 if tried == "wait" else 422, problem=tried)
    token = token_here(request)
    stage = Stage.STRONG if ways == "code" else None
    new = await parts.store.write(lambda: sessions.go_on(token, now=parts.clock(), stage=stage, proven=True))
    if new is None:
        return sign_in_page(request, status=410, problem="over")
    request.scope["state"][NEW_SESSION] = new
    return Redirect(to, status_code=307 if by == "post" else 303)
