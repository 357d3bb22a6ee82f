"""Translations out as a file, and back in: a file is shown with what it would change before anything is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.translating import keeping
from surveys.translating.comparing import Comparison, compare
from surveys.translating.formats import po, sheets, xliff
from surveys.translating.lines import FileProblem, Line
from surveys.translating.state import Translation
from voice import languages
from voice.capture.waiting_files import WaitingFiles
from voice.languages import LANGUAGES
from voice.parts import Parts
from voice.translators import speak_as_translated, translations_in
from voice.web.headers import saved_as
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.translate import words as said
from voice.web.translate.pages import TRANSLATING, known_language

LARGEST_UPLOAD = 80_000_000
"""Bytes that are read off the wire, so that a file over the limit is answered with a page."""

SHOWN = 200
FORMATS = {
    "po": ("text/x-gettext-translation", "po"),
    "xliff": ("application/xliff+xml", "xlf"),
    "csv": ("text/csv", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}


class SentTranslations(msgspec.Struct, frozen=True):
    """A file that somebody is still looking at. ``member`` is who sent it in; nobody else can open it."""

    member: str
    language: str
    filename: str
    content: bytes


@get("/work/translating/{code:str}/file", opt=TRANSLATING)
async def send_file(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    into = known_language(code)
    kind = request.query_params.get("as", "po")
    if kind not in FORMATS:
        raise NotFoundException
    parts = parts_of(request)
    found = await translations_in(parts.store, into)
    drafted_by = str(languages.catalog(into).info().get("last-translator", ""))
    write: dict[str, Callable[[list[Translation], str], bytes]] = {
        "po": lambda each, code: po.write(each, code, drafted_by=drafted_by, now=parts.clock()),
        "xliff": xliff.write,
        "csv": sheets.write_csv,
        "xlsx": sheets.write_xlsx,
    }
    content = await asyncio.to_thread(write[kind], found, into)
    media_type, ending = FORMATS[kind]
    return Response(
        content=content,
        media_type=media_type,
        headers=saved_as(f"golden-thread-{into}.{ending}"),
    )


@get("/work/translating/{code:str}/import", opt=TRANSLATING)
async def show_import(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    return _import_page(request, known_language(code))


def _import_page(request: Request[Any, Any, Any], into: str, problem: str = "", status: int = 200) -> Response[bytes]:
    return page(
        request,
        "work/translating/import.html",
        language=language_of(request),
        status=status,
        into=LANGUAGES[into],
        problem=problem,
        said=said,
    )


@post("/work/translating/{code:str}/import", opt=TRANSLATING, request_max_body_size=LARGEST_UPLOAD)
async def upload(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    into = known_language(code)
    sent = (await request.form()).get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _import_page(request, into, "no_file", 422)
    name = PurePath(sent.filename.replace("\\", "/")).name[:200]
    file = SentTranslations(_member(request), into, name, await sent.read())
    try:
        await asyncio.to_thread(_lines, file)
    except FileProblem as problem:
        return _import_page(request, into, problem.code, 413 if problem.code == "too_large" else 422)
    token = await asyncio.to_thread(_files(parts_of(request)).keep, file)
    return Redirect(f"/work/translating/{into}/import/{token}", status_code=303)


def _lines(file: SentTranslations) -> list[Line]:
    match PurePath(file.filename).suffix.lower():
        case ".po" | ".pot":
            return po.read(file.content, file.language)
        case ".xlf" | ".xliff" | ".xml":
            return xliff.read(file.content, file.language)
        case _:
            return sheets.read(file.content, file.filename, file.language)


def _member(request: Request[Any, Any, Any]) -> str:
    person = person_here(request)
    return str(person.id)


def _files(parts: Parts) -> WaitingFiles:
    return WaitingFiles(parts.settings.data)


async def _compared(request: Request[Any, Any, Any], into: str, token: str) -> tuple[SentTranslations, Comparison]:
    parts = parts_of(request)
    file = await asyncio.to_thread(_files(parts).find_as, SentTranslations, token, _member(request))
    if file.language != into:
        raise NotFoundException
    lines = await asyncio.to_thread(_lines, file)
    return file, compare(lines, await translations_in(parts.store, into), into)


@get("/work/translating/{code:str}/import/{token:str}", opt=TRANSLATING)
async def show_preview(request: Request[Any, Any, Any], code: FromPath[str], token: FromPath[str]) -> Response[bytes]:
    into = known_language(code)
    file, compared = await _compared(request, into, token)
    return page(
        request,
        "work/translating/preview.html",
        language=language_of(request),
        into=LANGUAGES[into],
        token=token,
        file=file,
        compared=compared,
        taken=[each for each in compared.lines if each.is_taken],
        left_out=compared.of("refused", "unknown", "twice", "other_english"),
        shown=SHOWN,
        said=said,
    )


@post("/work/translating/{code:str}/import/{token:str}", opt=TRANSLATING)
async def take_in(request: Request[Any, Any, Any], code: FromPath[str], token: FromPath[str]) -> Response[bytes]:
    into = known_language(code)
    parts = parts_of(request)
    file, compared = await _compared(request, into, token)
    person = person_here(request)

    async def unit() -> None:
        for each in compared.lines:
            assert each.message is not None or not each.is_taken
            if each.is_taken and each.message is not None:
                await keeping.keep_words(
                    into, each.message, each.line.forms, by=person.email[:120], member=person.id, now=parts.clock()
                )
            if each.confirms and each.message is not None and each.line.check is not None:
                await keeping.confirm(into, each.message, each.line.forms, each.line.check)

    await parts.store.write(unit)
    await asyncio.to_thread(_files(parts).forget, token)
    await speak_as_translated(parts.store)
    return page(
        request,
        "work/translating/imported.html",
        language=language_of(request),
        into=LANGUAGES[into],
        file=file,
        taken=len(compared.of("new", "changed")),
        confirmed=compared.confirmed,
    )
