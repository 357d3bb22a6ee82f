"""Looking who gave confidential answers: with a reason, and with a note that nobody can take back."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from voice.people.roles import Audience
from voice.privacy import opening
from voice.privacy.opening import Opened, OpeningProblem
from voice.web.forms import fields
from voice.web.govern import govern_words
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

GOVERNING = {"audience": Audience.GOVERNING}


@get("/govern/confidential", opt=GOVERNING)
async def show_openings(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _openings_page(request)


@post("/govern/confidential", opt=GOVERNING)
async def open_confidential(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Shows it once, on the answer to this form alone: no address leads to it again."""
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    form = await fields(request)
    written, reason, now = form.get("written", ""), form.get("reason", ""), parts.clock()
    try:
        opened = await parts.store.write(
            lambda: opening.open_who(written, reason, by=person, secret=parts.secret, now=now)
        )
    except OpeningProblem as problem:
        return await _openings_page(request, form=form, problem=problem.code)
    return await _openings_page(request, opened=opened)


async def _openings_page(
    request: Request[Any, Any, Any],
    *,
    form: dict[str, str] | None = None,
    problem: str = "",
    opened: Opened | None = None,
) -> Response[bytes]:
    return page(
        request,
        "govern/confidential.html",
        language=language_of(request),
        status=422 if problem else 200,
        form=form or {},
        problem=problem,
        opened=opened,
        openings=await parts_of(request).store.read(opening.openings),
        govern_words=govern_words,
    )
