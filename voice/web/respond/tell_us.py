"""Telling us something without an account and without a survey: one page, in every language."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from surveys.importing.mapping import RESPONDENT_KINDS
from voice.capture.drop_box.pieces import plain
from voice.capture.drop_box.telling import LONGEST, LONGEST_WORRY, Told, tell, tell_worry
from voice.languages import LANGUAGES
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.limits import count_try
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import display_cookie, display_of, display_with, language_cookie, language_of, look_otherwise

LARGEST_FORM = 2_000_000
"""Bytes, so that words that are far too long come back on the page and can be made shorter."""

PLACE = "Tell us"
"""Where a worry came in, for the safeguarding lead."""


@get("/tell-us", opt=PUBLIC)
async def show_tell_us(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _tell_us_page(request, {}, language=language_of(request))


def _tell_us_page(
    request: Request[Any, Any, Any],
    form: Mapping[str, str],
    *,
    language: str,
    problems: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """The page with what was written on it. ``problems`` are codes by field."""
    parts = parts_of(request)
    cookies = [language_cookie(language, secure=parts.settings.secure)]
    if "display" in form:
        chosen = display_with(display_of(request), form["display"])
        look_otherwise(request, form["display"])
        cookies.append(display_cookie(chosen, secure=parts.settings.secure))
    return page(
        request,
        "respond/tell_us.html",
        language=language,
        status=422 if problems else 200,
        cookies=cookies,
        id=_id_of(form) or uuid.uuid4(),
        form=form,
        problems=problems or {},
        kinds=RESPONDENT_KINDS,
        longest=LONGEST,
    )


def _id_of(form: Mapping[str, str]) -> uuid.UUID | None:
    try:
        return uuid.UUID(form.get("id", ""))
    except ValueError:
        return None


@post("/tell-us", opt=PUBLIC, request_max_body_size=LARGEST_FORM)
async def tell_us(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    form = {name: plain(value) for name, value in (await fields(request)).items()}
    language = form.get("language", "")
    language = language if language in LANGUAGES else language_of(request)
    if "display" in form or form.get("lang") in LANGUAGES:
        return _tell_us_page(request, form, language=form["lang"] if form.get("lang") in LANGUAGES else language)
    words = form.get("words", "").strip()
    is_worry = form.get("worry") == "yes"
    if problems := _problems(form, words, is_worry=is_worry):
        return _tell_us_page(request, form, language=language, problems=problems)
    request.state.typed = words  # shown again when it cannot be kept
    await count_try(request, "tell_us")
    told = Told(
        id=_id_of(form) or uuid.uuid4(),
        words=words,
        respondent_kind=form.get("who", "other"),
        language=language,
        may_be_shown=form.get("may_show") == "yes",
    )
    if is_worry:
        await parts.store.write(lambda: tell_worry(told, place=PLACE, secret=parts.secret, today=parts.today))
    else:
        await parts.store.write(lambda: tell(told, secret=parts.secret, today=parts.today))
    return Redirect(
        "/tell-us/thanks" + ("?worry=yes" if is_worry else ""), status_code=303, cookies=_kept(request, language)
    )


def _problems(form: Mapping[str, str], words: str, *, is_worry: bool) -> dict[str, str]:
    """Codes by field. Somebody who is worried is asked for the words alone."""
    problems: dict[str, str] = {}
    if not is_worry and form.get("who") not in RESPONDENT_KINDS:
        problems["who"] = "who"
    longest = LONGEST_WORRY if is_worry else LONGEST
    if not any(map(str.isalnum, words)):
        problems["words"] = "nothing_written"
    elif len(words) > longest:
        problems["words"] = "worry_too_long" if is_worry else "too_long"
    if not is_worry and form.get("may_show") not in ("yes", "no"):
        problems["may_show"] = "may_show"
    return problems


def _kept(request: Request[Any, Any, Any], language: str) -> list[Cookie]:
    return [language_cookie(language, secure=parts_of(request).settings.secure)]


@get("/tell-us/thanks", opt=PUBLIC)
async def show_told(request: Request[Any, Any, Any]) -> Response[bytes]:
    return page(
        request,
        "respond/told.html",
        language=language_of(request),
        is_worry=request.query_params.get("worry") == "yes",
    )
