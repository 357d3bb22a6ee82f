"""To the sign-in service of the council, and back."""

from __future__ import annotations

import logging
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.parts import Parts
from voice.people import single_sign_on
from voice.people.openid import BACK, SignInService, SingleSignOnProblem
from voice.people.roles import Audience
from voice.people.single_sign_on import ATTEMPT_LASTS, Attempt
from voice.web.cookies import cookie, kept
from voice.web.limits import limit
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.sign_in.entering import enter

STATUS = {"away": 503, "refused": 403, "not_trusted": 403, "not_added": 403, "again": 400}
"""Why somebody did not come in, and the status that says so."""

WAY = "sso"
"""The cookie of a browser whose owner went to the service."""

LONGEST_CODE = 4000
"""Characters. Codes of some services are signed tokens."""

log = logging.getLogger("voice.people")


@get("/sign-in/sso", opt={"audience": Audience.ANYONE}, middleware=[limit("other_ways_in")])
async def go_to_single_sign_on(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    service = _service(parts)
    attempt = await parts.store.write(lambda: single_sign_on.begin_attempt(now=parts.clock()))
    try:
        there = await service.address(
            state=attempt.state, nonce=attempt.nonce, verifier=attempt.verifier, now=parts.clock()
        )
    except SingleSignOnProblem as problem:
        return _did_not_come_in(request, problem.code, problem)
    return Redirect(there, status_code=303, cookies=[_cookie(parts, attempt.kept)])


@get(BACK, opt={"audience": Audience.ANYONE}, middleware=[limit("other_ways_in")])
async def come_back_from_single_sign_on(request: Request[Any, Any, Any]) -> Response[Any]:
    """Where the service sends people back to. What else stands in the address is not looked at."""
    parts = parts_of(request)
    service = _service(parts)
    attempt = await _attempt(request, parts)
    if attempt is None:
        return _did_not_come_in(request, "again")
    try:
        arrived = await service.arrived(
            await _code(request, parts, service), nonce=attempt.nonce, verifier=attempt.verifier, now=parts.clock()
        )
    except SingleSignOnProblem as problem:
        return _did_not_come_in(request, problem.code, problem)
    entered = await enter(
        request,
        lambda: single_sign_on.member_who_arrived(arrived, today=parts.today),
        strong=arrived.with_two_factors or service.openid.second_factor,
    )
    if entered is None:
        return _did_not_come_in(request, "not_added")
    entered.set_cookie(_cookie(parts, ""))
    return entered


def _service(parts: Parts) -> SignInService:
    if parts.sign_in_service is None:
        raise NotFoundException
    return parts.sign_in_service


async def _attempt(request: Request[Any, Any, Any], parts: Parts) -> Attempt | None:
    """The attempt that this browser began; nobody can use it again, whatever comes of it."""
    held, state = kept(request, WAY), request.query_params.get("state", "")
    return await parts.store.write(lambda: single_sign_on.use_attempt(held, state, now=parts.clock()))


async def _code(request: Request[Any, Any, Any], parts: Parts, service: SignInService) -> str:
    """The code in the address. Raises :class:`SingleSignOnProblem`."""
    asked = request.query_params
    if not await service.came_from_here(asked.get("iss"), now=parts.clock()):
        raise SingleSignOnProblem("not_trusted", "another service answered")
    code: str = asked.get("code", "")
    if asked.get("error") or not 0 < len(code) <= LONGEST_CODE:
        raise SingleSignOnProblem("refused")
    return code


def _did_not_come_in(
    request: Request[Any, Any, Any], code: str, problem: SingleSignOnProblem | None = None
) -> Response[bytes]:
    if code in ("away", "not_trusted"):  # what the people who run this can do something about
        log.warning("single sign-on: %s", problem)
    return page(
        request,
        "sign_in/not_in.html",
        language=language_of(request),
        status=STATUS[code],
        cookies=[_cookie(parts_of(request), "")],
        problem=code,
    )


def _cookie(parts: Parts, held: str) -> Cookie:
    """What the browser holds while its owner is away; thrown away when they are back."""
    return cookie(WAY, held, seconds=int(ATTEMPT_LASTS.total_seconds()) if held else 0, secure=parts.settings.secure)
