"""Reading what people wrote, and deciding which words may be shown as quotes, with what is hidden in them."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from typing import Any, cast, get_args
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.evidence import quotes, translated
from voice.evidence.from_surveys import take_in
from voice.evidence.known_names import known_names
from voice.evidence.private_details import Found, private_details
from voice.evidence.quotes import QuotableVoice, Wanted
from voice.parts import Parts
from voice.people.roles import Audience
from voice.themes.naming import theme_names
from voice.web import theme_words
from voice.web.forms import fields
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

A_PAGE = 20
LARGEST_FORM = 100_000

SHOWN = get_args(quotes.Which)
"""The lists an analyst can look at."""

log = logging.getLogger("voice.web.work")


class Segment(msgspec.Struct, frozen=True):
    """A piece of a text; ``stands_in`` is empty where it is no detail."""

    text: str
    stands_in: str


class Box(msgspec.Struct, frozen=True):
    """A detail that is hidden while its box is ticked. ``name`` says where it stands."""

    name: str
    text: str
    stands_in: str


class Looked(msgspec.Struct, frozen=True):
    """What was found in a voice's words. ``seen`` goes with the form: nobody releases what they have not seen."""

    segments: tuple[Segment, ...]
    boxes: tuple[Box, ...]
    seen: str


@get("/work/quotes", opt={"audience": Audience.EVIDENCE})
async def show_quotes(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _quotes_page(request)


async def _wanted(request: Request[Any, Any, Any], known: list[str]) -> Wanted:
    query = request.query_params
    term = query.get("term", known[0] if known else "")
    which = query.get("show", "unread")
    if (known and term not in known) or which not in SHOWN:
        raise NotFoundException
    one = query.get("voice")
    return Wanted(term, cast(quotes.Which, which), query.get("theme", ""), _id(one) if one else None)


def _id(written: str) -> uuid.UUID:
    try:
        return uuid.UUID(written)
    except ValueError as problem:
        raise NotFoundException from problem


async def _quotes_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    problem: tuple[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> Response[bytes]:
    """``problem`` is the voice whose words could not be hidden, and those words: none when it was to be read anew."""
    parts = parts_of(request)
    parts.reader.wanted_now()
    await take_in(parts.store)
    known = await parts.store.read(lambda: quotes.terms(today=parts.today))
    wanted = await _wanted(request, known)
    start = _whole_number(request.query_params.get("from", "0"))
    total, voices = await parts.store.read(lambda: quotes.listed(wanted, today=parts.today, start=start, most=A_PAGE))
    known_translations = await parts.store.read(lambda: translated.translations_of([voice.voice for voice in voices]))
    looked = await _looked(parts, voices)
    start = quotes.first_of_page(start, total, A_PAGE)
    shown = page(
        request,
        "work/quotes.html",
        language=language_of(request),
        status=status,
        term=wanted.term,
        terms=known,
        which=wanted.which,
        theme_id=wanted.theme_id,
        names=await parts.store.read(theme_names),
        theme_words=theme_words,
        address=_address(wanted),
        voices=voices,
        looked=looked,
        could_look=looked is not None,
        translated={str(id): found for id, found in known_translations.items()},
        start=start,
        total=total,
        a_page=A_PAGE,
        problem=problem,
        typed=typed or {},
    )
    if looked is not None and start + A_PAGE < total:
        shown.background = BackgroundTask(_look_ahead, parts, wanted, start + A_PAGE)
    return shown


async def _look_ahead(parts: Parts, wanted: Wanted, start: int) -> None:
    """Looks for details in the next page of texts while somebody reads this one: they come up one by one, and each
    would be waited for."""
    _, voices = await parts.store.read(lambda: quotes.listed(wanted, today=parts.today, start=start, most=A_PAGE))
    await _looked(parts, voices)


def _address(wanted: Wanted) -> str:
    """The query of the list, without where the page begins."""
    query = {"term": wanted.term, "show": wanted.which}
    return urlencode(query | ({"theme": wanted.theme_id} if wanted.theme_id else {}))


async def _looked(parts: Parts, voices: Sequence[QuotableVoice]) -> dict[str, Looked] | None:
    """What was found in each text; ``None`` when the machine cannot look: then a person hides all by hand."""
    try:
        found = await private_details([voice.text for voice in voices], await parts.store.read(known_names))
    except RuntimeError:
        log.exception("no personal details could be looked for")
        return None
    return {str(voice.voice): _as_looked(voice.text, each) for voice, each in zip(voices, found, strict=True)}


def _as_looked(text: str, found: Sequence[Found]) -> Looked:
    segments, at = [], 0
    for each in found:
        segments += [Segment(text[at : each.start], ""), Segment(text[each.start : each.end], each.stands_in)]
        at = each.end
    boxes = tuple(Box(_box(each), text[each.start : each.end], each.stands_in) for each in found)
    return Looked(
        tuple(segment for segment in (*segments, Segment(text[at:], "")) if segment.text), boxes, _seen(text, found)
    )


def _box(found: Found) -> str:
    return f"at-{found.start}-{found.end}"


def _seen(text: str, found: Sequence[Found]) -> str:
    return ",".join([str(len(text)), *map(_box, found)])


def _whole_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


@post("/work/quotes", opt={"audience": Audience.EVIDENCE}, request_max_body_size=LARGEST_FORM)
async def decide(request: Request[Any, Any, Any]) -> Response[Any]:
    """Releases one text with what is ticked hidden, or several with all that was found hidden, or keeps one private."""
    parts = parts_of(request)
    form = await fields(request)
    if form.get("go") == "together":
        return await _decide_together(request, form)
    voice = _id(form.get("voice", ""))
    text = await parts.store.read(lambda: quotes.text_of(voice, today=parts.today))
    if text is None:
        raise NotFoundException
    shown = ""
    if form.get("go") == "release":
        found = await _found(parts, [text])
        if found is not None and form.get("seen") != _seen(text, found[0]):
            return await _quotes_page(request, status=422, problem=(str(voice), ""))
        hidden = [each for each in (found[0] if found else ()) if _box(each) in form]
        try:
            shown = quotes.hiding(text, hidden, form.get("hide", ""))
        except quotes.WordsNotFound as problem:
            return await _quotes_page(request, status=422, problem=(str(voice), problem.words), typed=form)
    await _keep(request, {voice: shown}, "released" if form.get("go") == "release" else "private")
    return Redirect(f"{request.url.path}?{request.url.query}", status_code=303)


async def _decide_together(request: Request[Any, Any, Any], form: dict[str, str]) -> Response[Any]:
    """What changed since the page was shown stays in the list, to be read again."""
    parts = parts_of(request)
    ticked = [_id(name.removeprefix("with-")) for name in form if name.startswith("with-")][:A_PAGE]
    texts = {}
    for voice in ticked:
        text = await parts.store.read(lambda voice=voice: quotes.text_of(voice, today=parts.today))  # type: ignore[misc]
        if text is not None:
            texts[voice] = text
    found = await _found(parts, list(texts.values()))
    if found is not None:
        shown = {
            voice: quotes.hiding(text, each)
            for (voice, text), each in zip(texts.items(), found, strict=True)
            if form.get(f"seen-{voice}") == _seen(text, each)
        }
        await _keep(request, shown, "released")
    return Redirect(f"{request.url.path}?{request.url.query}", status_code=303)


async def _found(parts: Parts, texts: list[str]) -> list[tuple[Found, ...]] | None:
    try:
        return await private_details(texts, await parts.store.read(known_names))
    except RuntimeError:
        log.exception("no personal details could be looked for")
        return None


async def _keep(request: Request[Any, Any, Any], shown: dict[uuid.UUID, str], decision: quotes.Decision) -> None:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"

    async def unit() -> None:
        for voice, words in shown.items():
            await quotes.decide(voice, decision, words, by=person.id, today=parts.today)

    await parts.store.write(unit)
