"""Answers as a file, for analysts and officers."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any, get_args

from litestar import Request, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.response import File

from surveys.exporting.formats import FORMATS, Format, TooManyRows
from surveys.exporting.people import slugs
from surveys.exporting.saving import dictionary_path, save
from surveys.exporting.tables import NoSuchSurvey, one_answer_a_row, one_person_a_row
from surveys.terms import term_order
from voice.evidence.heard import terms
from voice.languages import words
from voice.people.permissions import Kind, reached
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

LAYOUTS = ("wide", "long")
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@get("/work/answers", opt={"audience": Audience.EVIDENCE})
async def show_answers(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _answers_page(request, {})


async def _answers_page(
    request: Request[Any, Any, Any], form: dict[str, str], *, status: int = 200, problem: str = ""
) -> Response[bytes]:
    parts = parts_of(request)
    heard = await terms(parts.store)
    return page(
        request,
        "work/exchange/answers.html",
        language=language_of(request),
        status=status,
        problem=problem,
        form=form,
        surveys=await _reached(request),
        terms=sorted({term for term, _, _ in heard}, key=term_order, reverse=True),
        formats=FORMATS,
        layouts=LAYOUTS,
    )


async def _reached(request: Request[Any, Any, Any]) -> list[str]:
    """The surveys whose raw answers somebody may take along: their own organisation's, and those granted to them."""
    person = person_here(request)

    async def unit() -> list[str]:
        there = await slugs()
        reach = await reached(person, Audience.EVIDENCE, Kind.SURVEY, there, change=True)
        return [slug for slug in there if slug in reach]

    return await parts_of(request).store.read(unit)


@post("/work/answers", opt={"audience": Audience.EVIDENCE})
async def download(request: Request[Any, Any, Any]) -> Response[Any]:
    """A workbook as it is; any other file in a ZIP with its dictionary. Neither stays with us."""
    form = await fields(request)
    language = language_of(request)
    format: Format = form["format"] if form.get("format") in get_args(Format) else "xlsx"  # type: ignore[assignment]
    survey, term = form.get("survey", ""), form.get("term") or None
    reach = await _reached(request)
    all_of_them = len(reach) == len(await parts_of(request).store.read(slugs))
    if (survey and survey not in reach) or (not survey and not all_of_them):
        return await _answers_page(request, form, status=422, problem="no_survey")
    try:
        if form.get("layout") == "long":
            table = await one_answer_a_row(survey or None, term, words, language)
        elif survey:
            table = await one_person_a_row(survey, term, words)
        else:
            return await _answers_page(request, form, status=422, problem="no_survey")
    except NoSuchSurvey:
        return await _answers_page(request, form, status=422, problem="no_survey")
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="answers-"))
    name = "-".join(filter(None, ("answers", _plain(survey), term if term in await _terms(request) else "")))
    try:
        path = folder / f"{name}.{format}"
        await save(table, format, path, language)
        if format != "xlsx":
            path = await asyncio.to_thread(_packed, folder / f"{name}.zip", (path, dictionary_path(path)))
    except TooManyRows:
        await asyncio.to_thread(shutil.rmtree, folder)
        return await _answers_page(request, form, status=422, problem="too_many_rows")
    except BaseException:
        await asyncio.to_thread(shutil.rmtree, folder)
        raise
    return File(
        path,
        status_code=200,
        filename=path.name,
        media_type=MEDIA_TYPES[path.suffix.removeprefix(".")],
        background=BackgroundTask(shutil.rmtree, folder),
    )


async def _terms(request: Request[Any, Any, Any]) -> set[str]:
    return {term for term, _, _ in await terms(parts_of(request).store)}


def _packed(path: Path, files: tuple[Path, ...]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
            file.unlink()
    return path


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_"))
