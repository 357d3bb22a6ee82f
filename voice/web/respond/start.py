"""The first page of a survey, and beginning to answer."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import drafts, identity
from surveys.answering import load
from surveys.drafts import DraftProblem, DraftState
from surveys.publishing import OpenRound
from surveys.routing import first_open, path
from voice.capture.open_rounds import check_open
from voice.languages import LANGUAGES
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.pages import page, page_alike
from voice.web.parts import Parts, parts_of
from voice.web.reader import UnknownLanguage, language_cookie, language_of


async def round_behind(request: Request[Any, Any, Any], link: str) -> tuple[Parts, OpenRound]:
    parts = parts_of(request)
    return parts, await parts.rounds.by_link(link, now=parts.clock())


def place_to_go_on(round: OpenRound, draft: DraftState) -> str:
    """Where somebody goes on: at the first question after their last answer, or where answers are checked."""
    question = first_open(path(round.document, draft.answers), draft.answers)
    return f"q/{question.concept}" if question else "check"


@get("/s/{link:str}", opt=PUBLIC)
async def show_start(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    parts, round = await round_behind(request, link)
    check_open(round, parts.today)
    language = language_of(request)
    shown: dict[str, Any] = {"round": round, "link": link}
    cookies = [language_cookie(language, secure=parts.settings.secure)]
    begun = request.query_params.get("key", "")
    if identity.key_bytes(begun) is not None:
        # Somebody who came back from the first question goes on with the answers they have begun.
        return page(request, "respond/start.html", language=language, cookies=cookies, key=begun, begun=True, **shown)
    # The page holds its own address, so pages with another query are not alike.
    alike = (round.id, request.url.query)
    own = ("key", identity.new_key())
    return page_alike(
        request, "respond/start.html", language=language, cookies=cookies, alike=alike, own=own, begun=False, **shown
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
    shared = form.get("shared_device") == "yes"
    new = drafts.NewDraft(
        id=identity.submission_id(parts.secret, key),
        round=round.id,
        language=language,
        shared_device=shared,
        mode="shared_device" if shared else "own_device",
        code_hash=identity.code_hash(parts.secret, code),
        sealed_key=identity.seal(parts.secret, code, bits),
    )

    async def unit() -> DraftState:
        await drafts.begin(new, today=parts.today)
        return await load(new.id, round, today=parts.today)

    draft = await parts.store.write(unit)
    return Redirect(
        f"/s/{link}/{key}/{place_to_go_on(round, draft)}",
        status_code=303,
        cookies=[language_cookie(language, secure=parts.settings.secure)],
    )
