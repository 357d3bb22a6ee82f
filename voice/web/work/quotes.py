"""Reading what people wrote, and deciding which words may be shown as quotes."""

from __future__ import annotations

import uuid
from typing import Any, cast, get_args

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.evidence import quotes, translated
from voice.evidence.from_surveys import take_in
from voice.evidence.translated import Translated
from voice.people.roles import Audience
from voice.themes.frames import frame_in_use
from voice.web.forms import fields
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

A_PAGE = 20

SHOWN = get_args(quotes.Which)
"""The lists an analyst can look at."""


@get("/work/quotes", opt={"audience": Audience.EVIDENCE})
async def show_quotes(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _quotes_page(request)


async def _quotes_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    problem: tuple[str, str] | None = None,
    hide: str = "",
) -> Response[bytes]:
    """``problem`` is the voice whose words could not be hidden, and those words."""
    parts = parts_of(request)
    parts.reader.wanted_now()
    await take_in(parts.store)
    known = await parts.store.read(lambda: quotes.terms(today=parts.today))
    term = request.query_params.get("term", known[0] if known else "")
    if known and term not in known:
        raise NotFoundException
    which = request.query_params.get("show", "unread")
    if which not in SHOWN:
        raise NotFoundException
    start = _whole_number(request.query_params.get("from", "0"))

    async def unit() -> tuple[int, tuple[quotes.QuotableVoice, ...], dict[uuid.UUID, tuple[Translated, ...]]]:
        total, shown = await quotes.listed(term, cast(quotes.Which, which), today=parts.today, start=start, most=A_PAGE)
        return total, shown, await translated.translations_of([voice.voice for voice in shown])

    total, shown, known_translations = await parts.store.read(unit)
    frame = await parts.store.read(frame_in_use)
    return page(
        request,
        "work/quotes.html",
        language=language_of(request),
        status=status,
        term=term,
        terms=known,
        which=which,
        voices=shown,
        frame=frame,
        translated={str(id): found for id, found in known_translations.items()},
        start=quotes.first_of_page(start, total, A_PAGE),
        total=total,
        a_page=A_PAGE,
        problem=problem,
        hide=hide,
        longest=quotes.LONGEST_QUOTE,
    )


def _whole_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


@post("/work/quotes", opt={"audience": Audience.EVIDENCE})
async def decide(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    person = signed_in(request)
    assert person is not None
    form = await fields(request)
    try:
        voice = uuid.UUID(form.get("voice", ""))
    except ValueError as problem:
        raise NotFoundException from problem
    text = await parts.store.read(lambda: quotes.text_of(voice, today=parts.today))
    if text is None:
        raise NotFoundException
    released = form.get("go") == "release"
    try:
        shown = quotes.with_words_hidden(text, form.get("hide", "")) if released else ""
    except quotes.WordsNotFound as problem:
        return await _quotes_page(request, status=422, problem=(str(voice), problem.words), hide=form.get("hide", ""))
    await parts.store.write(
        lambda: quotes.decide(voice, "released" if released else "private", shown, by=person.id, today=parts.today)
    )
    return Redirect(f"{request.url.path}?{request.url.query}", status_code=303)
