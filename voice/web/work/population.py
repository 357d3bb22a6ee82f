"""Figures of how many people there are: send a file in, say what its words mean, look, take in; and remove it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.importing.reading import read_sheet
from surveys.importing.sheet import Sheet, SheetProblem
from voice.capture.waiting_files import WaitingFiles
from voice.parts import Parts
from voice.people.roles import Audience
from voice.unheard import figures
from voice.unheard.categories import DIMENSIONS, LEAVE_OUT, OPEN, OTHERS, TOTAL
from voice.unheard.figures import NoSuchFigures
from voice.unheard.meaning import Understood, choices, meaning_of, understand
from voice.unheard.reading import HEADINGS, UNUSED, Line, ReadFigures, columns_problem, guessed, read_figures
from voice.web import population_words
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.importing import LARGEST_UPLOAD

PROBLEMS_SHOWN = 30
GROUPS_TO_CHOOSE = 300
"""Groups of a file whose meaning can be chosen on the page."""

ITSELF = "itself"
"""What is chosen for a school or an area that is called as the file calls it."""


class WaitingFigures(msgspec.Struct, frozen=True):
    """A file that somebody is looking at. ``means`` is by dimension and wording; ``sure`` says that numbers which the
    source hides are kept as not known."""

    member: str
    filename: str
    content: bytes
    columns: tuple[str, ...]
    means: dict[tuple[str, str], str]
    source: str
    year: str
    sure: bool = False


@get("/work/population", opt={"audience": Audience.EVIDENCE})
async def show_population(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _population_page(request)


async def _population_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str = "", source: str = ""
) -> Response[bytes]:
    parts = parts_of(request)
    return page(
        request,
        "work/population.html",
        language=language_of(request),
        status=status,
        problem=problem,
        source=source,
        files=await parts.store.read(figures.files),
        took=request.query_params.get("took", ""),
        told=population_words,
        dimensions=DIMENSIONS,
    )


@post("/work/population", opt={"audience": Audience.EVIDENCE}, request_max_body_size=LARGEST_UPLOAD)
async def send_in_population(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, texts = parts_of(request), await fields(request)
    sent, source = (await request.form()).get("file"), texts.get("source", "").strip()
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _population_page(request, status=422, problem="no_file", source=source)
    content, filename = await sent.read(), PurePath(sent.filename.replace("\\", "/")).name
    try:
        sheet = await asyncio.to_thread(read_sheet, content, filename)
    except SheetProblem as wrong:
        status = 413 if wrong.code == "too_large" else 422
        return await _population_page(request, status=status, problem=wrong.code, source=source)
    columns = await parts.store.read(lambda: figures.remembered_columns(sheet.headers))
    waiting = WaitingFigures(
        member=_member(request),
        filename=filename,
        content=content,
        columns=columns or guessed(sheet.headers),
        means=await parts.store.read(figures.remembered_meanings),
        source=source,
        year=texts.get("year", ""),
    )
    if not columns_problem(waiting.columns):
        read = await asyncio.to_thread(read_figures, sheet, waiting.columns)
        waiting = msgspec.structs.replace(waiting, source=source or read.source, year=waiting.year or read.year)
    token = await asyncio.to_thread(_files(parts).keep, waiting)
    return Redirect(f"/work/population/{token}", status_code=303)


@get("/work/population/{token:str}", opt={"audience": Audience.EVIDENCE})
async def show_new_population(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    waiting, sheet = await _open(request, token)
    return await _file_page(request, token, waiting, sheet)


@post("/work/population/{token:str}", opt={"audience": Audience.EVIDENCE})
async def decide_on_population(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """Looks again with what was chosen, takes the figures in, or throws the file away."""
    parts, form = parts_of(request), await fields(request)
    waiting, sheet = await _open(request, token)
    if form.get("go") == "throw_away":
        await asyncio.to_thread(_files(parts).forget, token)
        return Redirect("/work/population", status_code=303)
    waiting = await asyncio.to_thread(_as_chosen, waiting, sheet, form)
    await asyncio.to_thread(_files(parts).keep, waiting, token)
    # Kept at once: whoever has to put a row right and send the file in again chooses nothing twice.
    await parts.store.write(lambda: figures.remember(sheet.headers, waiting.columns, waiting.means))
    if form.get("go") != "take_in":
        return Redirect(f"/work/population/{token}", status_code=303)
    problem = columns_problem(waiting.columns)
    if not problem:
        read, understood = await asyncio.to_thread(_understood, waiting, sheet)
        problem = _stands_in_the_way(waiting, read, understood)
    if problem:
        return await _file_page(request, token, waiting, sheet, status=422, problem=problem)
    by, today = uuid.UUID(_member(request)), parts.today
    id = await parts.store.write(
        lambda: figures.take_in(
            understood.figures,
            filename=waiting.filename,
            source=waiting.source,
            year=waiting.year,
            by=by,
            today=today,
        )
    )
    await asyncio.to_thread(_files(parts).forget, token)
    return Redirect(f"/work/population?took={id}", status_code=303)


@post("/work/population/{id:uuid}/remove", opt={"audience": Audience.EVIDENCE})
async def remove_population(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    parts = parts_of(request)
    if (await fields(request)).get("sure") != "yes":
        return await _population_page(request, status=422, problem="sure")
    try:
        await parts.store.write(lambda: figures.remove(id))
    except NoSuchFigures:
        raise NotFoundException from None
    return Redirect("/work/population", status_code=303)


async def _file_page(
    request: Request[Any, Any, Any],
    token: str,
    waiting: WaitingFigures,
    sheet: Sheet,
    *,
    status: int = 200,
    problem: str = "",
) -> Response[bytes]:
    wrong_columns = columns_problem(waiting.columns)
    read = ReadFigures((), (), "", "")
    understood = Understood((), (), ())
    if not wrong_columns:
        read, understood = await asyncio.to_thread(_understood, waiting, sheet)
    problems = (*read.problems, *understood.problems)
    return page(
        request,
        "work/population_file.html",
        language=language_of(request),
        status=status,
        problem=problem,
        wrong_columns=wrong_columns,
        token=token,
        waiting=waiting,
        headers=sheet.headers,
        uses=(UNUSED, *HEADINGS),
        lines=[(line, _chosen(line, waiting.means)) for line in read.lines],
        choices=lambda line: choices(line.dimension) if line.dimension not in OPEN else (ITSELF, TOTAL, LEAVE_OUT),
        to_choose=GROUPS_TO_CHOOSE,
        barriers=[each for each in problems if each.is_barrier],
        notes=[each for each in problems if not each.is_barrier],
        hidden=any(each.code == "hidden_by_source" for each in problems),
        unknown={(line.dimension, line.wording) for line in understood.unknown},
        problems_shown=PROBLEMS_SHOWN,
        told=population_words,
        dimensions=DIMENSIONS,
    )


def _understood(waiting: WaitingFigures, sheet: Sheet) -> tuple[ReadFigures, Understood]:
    read = read_figures(sheet, waiting.columns)
    return read, understand(read.lines, waiting.means)


def _stands_in_the_way(waiting: WaitingFigures, read: ReadFigures, understood: Understood) -> str:
    problems = (*read.problems, *understood.problems)
    if any(each.is_barrier for each in problems):
        return "rows"
    if not any(each.category not in (TOTAL, OTHERS) for each in understood.figures):
        return "nothing"
    if any(each.code == "hidden_by_source" for each in problems) and not waiting.sure:
        return "hidden"
    return "" if waiting.year else "year"


def _as_chosen(waiting: WaitingFigures, sheet: Sheet, form: Mapping[str, str]) -> WaitingFigures:
    """What somebody chose on the page, which showed the groups as they are with the columns of before."""
    means = dict(waiting.means)
    if not columns_problem(waiting.columns):
        for at, line in enumerate(read_figures(sheet, waiting.columns).lines):
            chosen = form.get(f"means-{at}", "")
            if chosen and chosen != _chosen(line, waiting.means):
                means[line.dimension, line.wording.casefold()] = chosen
    asked = [form.get(f"column-{at}", use) for at, use in enumerate(waiting.columns)]
    return msgspec.structs.replace(
        waiting,
        columns=tuple(use if use in HEADINGS else UNUSED for use in asked),
        means=means,
        source=form.get("source", waiting.source).strip()[:200],
        year=form.get("year", waiting.year).strip()[:40],
        sure=form.get("hidden") == "yes",
    )


def _chosen(line: Line, means: Mapping[tuple[str, str], str]) -> str:
    found = meaning_of(line, means)
    return ITSELF if line.dimension in OPEN and found not in (TOTAL, LEAVE_OUT) else found


async def _open(request: Request[Any, Any, Any], token: str) -> tuple[WaitingFigures, Sheet]:
    """Raises :class:`voice.capture.waiting_files.NoSuchFile`."""
    parts = parts_of(request)
    waiting = await asyncio.to_thread(_files(parts).find_as, WaitingFigures, token, _member(request))
    return waiting, await asyncio.to_thread(read_sheet, waiting.content, waiting.filename)


def _member(request: Request[Any, Any, Any]) -> str:
    person = person_here(request)
    return str(person.id)


def _files(parts: Parts) -> WaitingFiles:
    return WaitingFiles(parts.settings.data)
