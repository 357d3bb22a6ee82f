"""Answers of somebody on the phone: the survey is read out, and what they say is entered for them.

Nothing is kept of who called, nor of who entered it.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from surveys import drafts, identity
from voice.languages import LANGUAGES
from voice.people.roles import Audience
from voice.web.facilitate.classes import open_now
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_cookie, language_of
from voice.web.respond.start import is_offered, said_by_of


@get("/work/telephone", opt={"audience": Audience.ASKING})
async def show_telephone(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _telephone_page(request)


async def _telephone_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str | None = None
) -> Response[bytes]:
    rounds = await open_now(parts_of(request))
    return page(
        request,
        "facilitate/telephone.html",
        language=language_of(request),
        status=status,
        rounds=rounds,
        offered_in=[each for each in LANGUAGES.values() if any(is_offered(round, each.code) for round in rounds)],
        problem=problem,
    )


@post("/work/telephone", opt={"audience": Audience.ASKING})
async def begin_call(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    form = await fields(request)
    rounds = {str(each.id): each for each in await open_now(parts)}
    round = rounds.get(form.get("round", ""))
    language = form.get("answers_in", "")
    if round is None or not is_offered(round, language):
        return await _telephone_page(request, status=422, problem="round" if round is None else "language")
    key = identity.new_key()
    bits = identity.key_bytes(key)
    assert bits is not None
    code = identity.come_back_code(parts.secret, key)
    new = drafts.NewDraft(
        id=identity.submission_id(parts.secret, key),
        round=round.id,
        language=language,
        shared_device=False,
        mode="telephone",
        said_by=said_by_of(form.get("said_by", "")),
        code_hash=identity.code_hash(parts.secret, code),
        sealed_key=identity.seal(parts.secret, code, bits),
    )
    await parts.store.write(lambda: drafts.begin(new, today=parts.today))
    return Redirect(
        f"/s/{round.link}/{key}",
        status_code=303,
        cookies=[language_cookie(language, secure=parts.settings.secure)],
    )
