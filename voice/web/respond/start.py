"""The first page of a survey, and beginning to answer."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import drafts, identity
from surveys.drafts import DraftProblem
from surveys.publishing import OpenRound
from voice.capture.open_rounds import check_open
from voice.languages import LANGUAGES
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.pages import page
from voice.web.parts import Parts, parts_of
from voice.web.reader import UnknownLanguage, language_cookie, language_of


async def round_behind(request: Request[Any, Any, Any], link: str) -> tuple[Parts, OpenRound]:
    parts = parts_of(request)
    return parts, await parts.rounds.by_link(link, now=parts.clock())


@get("/s/{link:str}", opt=PUBLIC)
async def show_start(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    parts, round = await round_behind(request, link)
    check_open(round, parts.today)
    language = language_of(request)
    # Somebody who came back from the first question goes on with the answers they have begun.
    begun = request.query_params.get("key", "")
    return page(
        request,
        "respond/start.html",
        language=language,
        cookies=[language_cookie(language, secure=parts.settings.secure)],
        round=round,
        link=link,
        key=begun if identity.key_bytes(begun) else identity.new_key(),
        begun=bool(identity.key_bytes(begun)),
        days_kept=drafts.DAYS_KEPT,
    )


@post("/s/{link:str}", opt=PUBLIC)
async def begin(request: Request[Any, Any, Any], link: FromPath[str]) -> Redirect:
    """Begins a draft under the key that the page named. Posting it twice begins it once."""
    parts, round = await round_behind(request, link)
    check_open(round, parts.today)
    form = await fields(request)
    language = form.get("language") or language_of(request)
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    key = form.get("key", "")
    bits = identity.key_bytes(key)
    if bits is None:
        raise DraftProblem("unknown")
    code = identity.come_back_code(parts.secret, key)
    new = drafts.NewDraft(
        id=identity.submission_id(parts.secret, key),
        round=round.id,
        language=language,
        shared_device=form.get("shared_device") == "yes",
        code_hash=identity.code_hash(parts.secret, code),
        sealed_key=identity.seal(parts.secret, code, bits),
    )
    await parts.store.write(lambda: drafts.begin(new, today=parts.today))
    return Redirect(
        f"/s/{link}/{key}",
        status_code=303,
        cookies=[language_cookie(language, secure=parts.settings.secure)],
    )
