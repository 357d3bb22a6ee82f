"""Where work on themes begins, and the themes of a term as a file."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

from litestar import Request, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.exceptions import NotFoundException
from litestar.response import File

from surveys.exporting.formats import Format, TooManyRows
from surveys.exporting.saving import save
from voice.languages import words
from voice.people.roles import Audience
from voice.themes import gain
from voice.themes.exporting import coded_voices, columns
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.voices import reader_of

FORMATS: tuple[Format, ...] = ("xlsx", "csv")
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


@get("/work/themes", opt={"audience": Audience.EVIDENCE})
async def show_themes(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts, reader = parts_of(request), reader_of(request)
    parts.reader.wanted_now()
    terms = await parts.store.read(lambda: gain.terms(reader))
    newest = await parts.store.read(lambda: gain.gain(terms[0].term)) if terms else None
    return page(request, "work/themes/start.html", language=language_of(request), terms=terms, gain=newest)


@get("/work/themes/export", opt={"audience": Audience.EVIDENCE})
async def show_export(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _export_page(request)


async def _export_page(request: Request[Any, Any, Any], *, status: int = 200, problem: str = "") -> Response[bytes]:
    parts, reader = parts_of(request), reader_of(request)
    return page(
        request,
        "work/themes/export.html",
        language=language_of(request),
        status=status,
        problem=problem,
        terms=await parts.store.read(lambda: gain.terms(reader)),
        chosen=request.query_params.get("term", ""),
        columns=columns(words),
    )


@post("/work/themes/export", opt={"audience": Audience.EVIDENCE})
async def download_themes(request: Request[Any, Any, Any]) -> Response[Any]:
    """The table as one file, which does not stay with us."""
    parts, reader = parts_of(request), reader_of(request)
    form = await fields(request)
    term = form.get("term", "")
    if term not in {each.term for each in await parts.store.read(lambda: gain.terms(reader))}:
        raise NotFoundException
    format: Format = "csv" if form.get("format") == "csv" else "xlsx"
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="themes-"))
    path = folder / f"themes-{term}.{format}"
    try:
        await save(coded_voices(term, reader, words, today=parts.today), format, path, language_of(request))
    except TooManyRows:
        await asyncio.to_thread(shutil.rmtree, folder)
        return await _export_page(request, status=422, problem="too_many_rows")
    except BaseException:
        await asyncio.to_thread(shutil.rmtree, folder)
        raise
    return File(
        path,
        status_code=200,
        filename=path.name,
        media_type=MEDIA_TYPES[format],
        background=BackgroundTask(shutil.rmtree, folder),
    )
