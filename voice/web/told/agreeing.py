"""Words to agree to: a facilitator opens them for a group, who say whether that is what they said."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.paper.documents import plain
from voice.published import agreeing
from voice.published.drafting import PublicationProblem
from voice.web.facilitate.sessions import FACILITATING
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.told import told_words


@get("/work/words-to-agree", opt=FACILITATING)
async def show_words_to_agree(request: Request[Any, Any, Any]) -> Response[bytes]:
    waiting = await parts_of(request).store.read(agreeing.asked)
    return page(
        request,
        "told/words_to_agree.html",
        language=language_of(request),
        waiting=waiting,
        thanked=request.query_params.get("said") == "yes",
    )


@get("/work/words-to-agree/{id:uuid}", opt=FACILITATING)
async def show_words_of(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    return await _words_page(request, id)


async def _words_page(
    request: Request[Any, Any, Any],
    id: uuid.UUID,
    *,
    status: int = 200,
    problem: PublicationProblem | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response[bytes]:
    waiting = await parts_of(request).store.read(agreeing.asked)
    item = next((each for each in waiting if each.id == id), None)
    if item is None:
        raise NotFoundException
    return page(
        request,
        "told/agree.html",
        language=language_of(request),
        status=status,
        item=item,
        read=agreeing.mark_of(item),
        answers=agreeing.ANSWERS,
        problem=problem,
        typed=typed or {},
        told=told_words,
    )


@post("/work/words-to-agree/{id:uuid}", opt=FACILITATING)
async def say_whether_agreed(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    """Keeps what the group says, how many are there and the day: no names."""
    parts = parts_of(request)
    form = await fields(request)
    heads = form.get("heads", "").strip()
    try:
        await parts.store.write(
            lambda: agreeing.answer(
                id,
                form.get("answer", ""),
                heads=int(heads) if heads.isdecimal() and len(heads) < 4 else 0,
                words=plain(form.get("words", "")).strip(),
                read=form.get("read", ""),
                today=parts.today,
            )
        )
    except PublicationProblem as problem:
        if problem.code in ("unknown", "not_a_draft", "nobody_asked"):
            raise NotFoundException from None
        return await _words_page(request, id, status=422, problem=problem, typed=form)
    return Redirect("/work/words-to-agree?said=yes", status_code=303)
