"""Who the partnership is, and who families can call: shown on every page for families."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from voice.people.partnership import PartnershipInfo, PartnershipProblem, check, set_partnership, tidied
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/manage/partnership", opt={"audience": Audience.MANAGING})
async def show_partnership(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _partnership_page(request, parts_of(request).partnership)


def _partnership_page(
    request: Request[Any, Any, Any],
    written: PartnershipInfo,
    *,
    problem: PartnershipProblem | None = None,
    saved: bool = False,
) -> Response[bytes]:
    return page(
        request,
        "manage/partnership.html",
        language=language_of(request),
        status=422 if problem else 200,
        written=written,
        problem=problem,
        saved=saved,
    )


@post("/manage/partnership", opt={"audience": Audience.MANAGING}, status_code=200)
async def change_partnership(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    form = await fields(request)
    written = tidied(
        PartnershipInfo(
            name=form.get("name", ""),
            help_phone=form.get("help_phone", ""),
            help_email=form.get("help_email", ""),
            local_offer=form.get("local_offer", ""),
            invented=parts.partnership.invented,
            help_words=parts.partnership.help_words,
        )
    )
    try:
        check(written)
    except PartnershipProblem as problem:
        return _partnership_page(request, written, problem=problem)
    await parts.store.write(lambda: set_partnership(written))
    parts.partnership = written
    return _partnership_page(request, written, saved=True)
