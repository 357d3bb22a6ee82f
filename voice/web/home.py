"""The front page, how answers are kept safe, what the product is made of, and how pages look."""

from __future__ import annotations

import json
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.pages import BUILT, page
from voice.web.parts import parts_of
from voice.web.reader import display_cookie, display_of, display_with, language_cookie, language_of


@get("/", opt=PUBLIC)
async def show_home(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _plain_page(request, "home.html")


@get("/safe", opt=PUBLIC)
async def show_safe(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _plain_page(request, "safe.html")


@get("/thanks-to", opt=PUBLIC)
async def show_credits(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _plain_page(request, "credits.html", credits=json.loads((BUILT / "credits.json").read_text()))


def _plain_page(request: Request[Any, Any, Any], template: str, **context: Any) -> Response[bytes]:
    """A page that only has to be said; the language asked for in its address is remembered."""
    language = language_of(request)
    cookie = language_cookie(language, secure=parts_of(request).settings.secure)
    return page(
        request,
        template,
        language=language,
        cookies=[cookie] if "lang" in request.query_params else [],
        **context,
    )


@post("/display", opt=PUBLIC)
async def change_display(request: Request[Any, Any, Any]) -> Redirect:
    """Changes how pages look on this device, and goes back to the page the person was on."""
    form = await fields(request)
    back = form.get("back", "/")
    settings = display_with(display_of(request), form.get("display", ""))
    return Redirect(
        back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/",
        status_code=303,
        cookies=[display_cookie(settings, secure=parts_of(request).settings.secure)],
    )
