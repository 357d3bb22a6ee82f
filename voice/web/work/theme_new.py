"""New themes: groups of voices that no theme fits, to accept, to merge into a theme, to rename or to reject."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.evidence.may_read import MayRead
from voice.evidence.reading import remembered_in
from voice.parts import Parts
from voice.people.roles import Audience
from voice.running.other_process import in_another_process
from voice.themes import offers, samples
from voice.themes.changes import ChangeProblem
from voice.themes.drafting import Draft, draft
from voice.themes.frames import Frame, frame_in_use
from voice.themes.learning import gone
from voice.themes.looking import Groups, Look
from voice.themes.naming import ThemeNames, theme_names
from voice.themes.offers import Example, LastLook, Offer
from voice.web import theme_words
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import theme_frame_words as told
from voice.web.work.theme_frame import names_of_staff
from voice.web.work.theme_frame_forms import keywords_in
from voice.web.work.voices import reader_of

NEW = "/work/themes/new"

WAIT_SECONDS = 20
"""So long a page waits for a look; one that takes longer goes on, and shows when somebody comes back."""

log = logging.getLogger("voice.web")

_looking: dict[asyncio.AbstractEventLoop, asyncio.Task[None]] = {}


@get(NEW, opt={"audience": Audience.EVIDENCE})
async def show_new_themes(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _new_page(request)


@post(f"{NEW}/look", opt={"audience": Audience.EVIDENCE})
async def look_for_new_themes(request: Request[Any, Any, Any]) -> Response[Any]:
    """Looks in another process, one look at a time."""
    parts = parts_of(request)
    asked = (await fields(request)).get("term", "")
    term = asked if asked in await parts.store.read(samples.terms) else ""
    if not _is_looking():
        work = _look(parts, term, reader_of(request), person_here(request).id)
        _looking[asyncio.get_running_loop()] = asyncio.create_task(work)
    task = _looking[asyncio.get_running_loop()]
    await asyncio.wait([task], timeout=WAIT_SECONDS)
    if task.done() and task.exception() is not None:
        log.error("looking for new themes failed", exc_info=task.exception())
        return await _new_page(request, status=503, problem="failed")
    return Redirect(NEW, status_code=303)


def _is_looking() -> bool:
    task = _looking.get(asyncio.get_running_loop())
    return task is not None and not task.done()


async def _look(parts: Parts, term: str, reads: MayRead, by: uuid.UUID) -> None:
    voices = await parts.store.read(lambda: offers.unthemed(term, reads))
    found = Groups((), 0)
    if voices:
        folder = parts.settings.data / "meanings"
        remembered = await asyncio.to_thread(remembered_in, folder, await parts.store.read(gone))
        sent = msgspec.msgpack.encode(Look(voices, remembered))
        found = msgspec.msgpack.decode(await in_another_process("voice.themes.looking", sent), type=Groups)
    await parts.store.write(lambda: offers.keep(found, term, len(voices), by=by, today=parts.today))


@post(f"{NEW}/{{token:str}}", opt={"audience": Audience.EVIDENCE})
async def decide_on_offer(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    form = await fields(request)
    name = " ".join(form.get("name", "").replace("\x00", "").split())
    keywords = keywords_in(form.get("keywords", ""))
    try:
        id = uuid.UUID(token)
    except ValueError as problem:
        raise NotFoundException from problem

    async def unit() -> None:
        of = await offers.offer(id)
        if of is None or of.state != "offered":
            return  # somebody decided meanwhile: the page shows what
        match form.get("go"):
            case "accept":
                await offers.accept(of, name, keywords, by=person.id, today=parts.today)
            case "merge":
                await offers.merge(of, form.get("into", ""), keywords, by=person.id, today=parts.today)
            case "reject":
                await offers.reject(of, by=person.id, today=parts.today)
            case _:
                await offers.rename(of, name)

    try:
        await parts.store.write(unit)
    except ChangeProblem as problem:
        return await _new_page(request, status=422, problem=told.problem(problem), about=str(id), form=form)
    return Redirect(f"{NEW}#offers", status_code=303)


async def _new_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    problem: str = "",
    about: str = "",
    form: dict[str, str] | None = None,
) -> Response[bytes]:
    """``problem`` is of the offer ``about`` with what was typed in its ``form``, or ``failed`` of the look."""
    parts, reads = parts_of(request), reader_of(request)

    async def unit() -> tuple[
        list[Offer], LastLook | None, dict[uuid.UUID, Example], ThemeNames, Frame, Draft | None, dict[uuid.UUID, str]
    ]:
        listed = await offers.offers()
        shown = [id for each in listed if each.state == "offered" for id in (*each.typical, *each.atypical)]
        return (
            listed,
            await offers.last_look(),
            await offers.examples(shown, reads),
            await theme_names(),
            await frame_in_use(),
            await draft(),
            await names_of_staff(),
        )

    listed, last, examples, names, frame, drafted, staff = await parts.store.read(unit)
    terms = await parts.store.read(samples.terms)
    themes = drafted.themes if drafted else frame.themes
    drafted_names = {each.theme_id: each.theme for each in themes}
    return page(
        request,
        "work/themes/new.html",
        language=language_of(request),
        status=status,
        offers=[each for each in listed if each.state == "offered"],
        decided=[
            (
                each,
                theme_words.theme(
                    msgspec.structs.replace(names, names={**names.names, **drafted_names}), each.theme_id
                ),
            )
            for each in listed
            if each.state != "offered"
        ],
        examples=examples,
        last=last,
        is_looking=_is_looking(),
        terms=terms,
        themes=themes,
        has_draft=drafted is not None,
        staff=staff,
        problem=problem,
        about=about,
        form=form or {},
    )
