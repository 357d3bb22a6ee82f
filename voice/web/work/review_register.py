"""A register of reviews, sent in by an officer: taken in at once, since the same file twice changes nothing."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile

from surveys.importing.reading import read_sheet
from surveys.importing.sheet import SheetProblem
from voice.capture.reviews import register
from voice.capture.reviews.register import Register, RegisterProblem, TakenIn
from voice.people.roles import Audience
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import review_words
from voice.web.work.importing import LARGEST_UPLOAD

PROBLEMS_SHOWN = 200


@get("/work/reviews/register", opt={"audience": Audience.REVIEWS})
async def show_register(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _register_page(request)


def _register_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    problem: str | None = None,
    headers: tuple[str, ...] = (),
    read: Register | None = None,
    taken: TakenIn | None = None,
) -> Response[bytes]:
    return page(
        request,
        "work/review_register.html",
        language=language_of(request),
        status=status,
        problem=problem,
        headers=headers,
        read=read,
        taken=taken,
        shown=taken.problems[:PROBLEMS_SHOWN] if taken else (),
        review_words=review_words,
    )


@post("/work/reviews/register", opt={"audience": Audience.REVIEWS}, request_max_body_size=LARGEST_UPLOAD)
async def send_register(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    sent = (await request.form()).get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _register_page(request, status=422, problem="no_file")
    content, name = await sent.read(), PurePath(sent.filename.replace("\\", "/")).name
    try:
        read = await asyncio.to_thread(lambda: register.read_register(read_sheet(content, name), parts.secret))
    except SheetProblem as problem:
        return _register_page(request, status=413 if problem.code == "too_large" else 422, problem=problem.code)
    except RegisterProblem as problem:
        return _register_page(request, status=422, problem=problem.code, headers=problem.headers)
    taken = await register.take_in(parts.store, read)
    return _register_page(request, read=read, taken=taken)
