"""Answers collected elsewhere, in the browser: send a file in, say what its columns are, look, take in."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.importing.cells import comparable_value
from surveys.importing.mapping import (
    mapping_problems,
)
from surveys.importing.reading import read_sheet
from surveys.importing.sheet import Sheet, SheetProblem
from surveys.terms import is_term, term_of, term_order
from voice.capture import importing
from voice.capture.importing import Destination, Importing, unread_as_csv
from voice.capture.matched_questions import matched_questions
from voice.capture.waiting_files import WaitingFile, WaitingFiles
from voice.evidence.heard import terms
from voice.parts import Parts
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.headers import saved_as
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.import_columns import columns_page, mapping_from, values_to_explain

LARGEST_UPLOAD = 80_000_000
"""Bytes that are read off the wire, so that a file over the limit is answered with a page and not a broken
connection. A sheet itself may have 20 MB."""

PROBLEMS_SHOWN = 100


def _member(request: Request[Any, Any, Any]) -> str:
    person = person_here(request)
    return str(person.id)


def _files(parts: Parts) -> WaitingFiles:
    return WaitingFiles(parts.settings.data)


@get("/work/import", opt={"audience": Audience.EVIDENCE})
async def show_import(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _import_page(request)


async def _import_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str | None = None, survey: str = ""
) -> Response[bytes]:
    parts = parts_of(request)
    this_term = term_of(parts.today)
    known = {term for term, _, _ in await terms(parts.store)} | {this_term}
    return page(
        request,
        "work/import.html",
        language=language_of(request),
        status=status,
        problem=problem,
        survey=survey,
        terms=sorted(known, key=term_order, reverse=True),
        this_term=this_term,
        files=await parts.store.read(importing.imported_files),
    )


@post("/work/import", opt={"audience": Audience.EVIDENCE}, request_max_body_size=LARGEST_UPLOAD)
async def upload(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    form = await request.form()
    texts = await fields(request)
    survey = texts.get("survey", "").strip()[:120]
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _import_page(request, status=422, problem="no_file", survey=survey)
    content = await sent.read()
    filename = PurePath(sent.filename.replace("\\", "/")).name
    try:
        sheet = await asyncio.to_thread(read_sheet, content, filename)
    except SheetProblem as problem:
        return await _import_page(
            request, status=413 if problem.code == "too_large" else 422, problem=problem.code, survey=survey
        )
    questions = await matched_questions(parts.store)
    mapping, remembered_survey = await importing.mapping_for(parts.store, sheet, questions)
    term = texts.get("term", "")
    destination = Destination(
        survey=survey or remembered_survey or PurePath(filename).stem,
        term=term if is_term(term) else term_of(parts.today),
    )
    file = WaitingFile(_member(request), filename, content, destination, mapping)
    token = await asyncio.to_thread(_files(parts).keep, file)
    return Redirect(f"/work/import/{token}/columns", status_code=303)


@get("/work/import/{token:str}/columns", opt={"audience": Audience.EVIDENCE})
async def show_columns(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    file, sheet = await _open(request, token)
    assert file.mapping is not None
    questions = await matched_questions(parts_of(request).store)
    return columns_page(request, token, file, sheet, file.mapping, questions)


async def _open(request: Request[Any, Any, Any], token: str) -> tuple[WaitingFile, Sheet]:
    file = await asyncio.to_thread(_files(parts_of(request)).find, token, _member(request))
    return file, await asyncio.to_thread(read_sheet, file.content, file.filename)


@post("/work/import/{token:str}/columns", opt={"audience": Audience.EVIDENCE})
async def choose_columns(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts = parts_of(request)
    file, sheet = await _open(request, token)
    questions = await matched_questions(parts.store)
    form = await fields(request)
    mapping = mapping_from(form, sheet, file.mapping)
    file = msgspec.structs.replace(
        file,
        mapping=mapping,
        destination=msgspec.structs.replace(
            file.destination, survey=form.get("survey", "").strip()[:120] or file.destination.survey
        ),
    )
    await asyncio.to_thread(_files(parts).keep, file, token)
    faults: dict[str, str] = {
        problem.header or "": problem.code for problem in mapping_problems(sheet, mapping, questions.known)
    }
    if not mapping.leave_out_unknown:
        for column in mapping.columns:
            asked = values_to_explain(sheet, column, questions.known)
            explained = {comparable_value(value.value) for value in column.values}
            if any(comparable_value(seen.value) not in explained for seen, _, _ in asked):
                faults.setdefault(column.header, "explain_values")
    if mapping.respondent_kind is None and not any(column.role == "respondent_kind" for column in mapping.columns):
        faults.setdefault("", "say_who")
    if faults:
        return columns_page(request, token, file, sheet, mapping, questions, status=422, problems=faults)
    return Redirect(f"/work/import/{token}/preview", status_code=303)


async def _file(request: Request[Any, Any, Any], token: str) -> tuple[WaitingFile, Importing | None]:
    """The file with what it would give; ``None`` when its columns cannot be used as they are."""
    parts = parts_of(request)
    file, sheet = await _open(request, token)
    assert file.mapping is not None
    questions = await matched_questions(parts.store)
    if mapping_problems(sheet, file.mapping, questions.known):
        return file, None
    made = await asyncio.to_thread(
        Importing,
        parts.store,
        sheet,
        file.mapping,
        file.destination,
        questions,
        secret=parts.secret,
        today=parts.today,
    )
    return file, made


@get("/work/import/{token:str}/preview", opt={"audience": Audience.EVIDENCE})
async def show_preview(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    file, made = await _file(request, token)
    if made is None:
        return Redirect(f"/work/import/{token}/columns", status_code=303)
    seen = await made.preview()
    return page(
        request,
        "work/preview.html",
        language=language_of(request),
        token=token,
        file=file,
        seen=seen,
        problems=seen.converted.problems[:PROBLEMS_SHOWN],
        more_problems=max(0, len(seen.converted.problems) - PROBLEMS_SHOWN),
    )


@get("/work/import/{token:str}/unread", opt={"audience": Audience.EVIDENCE})
async def download_unread(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    _, made = await _file(request, token)
    if made is None:
        return Redirect(f"/work/import/{token}/columns", status_code=303)
    seen = await made.preview()
    return Response(
        unread_as_csv(seen.converted.problems),
        media_type="text/csv; charset=utf-8",
        headers=saved_as("rows-that-stay-out.csv"),
    )


@post("/work/import/{token:str}/preview", opt={"audience": Audience.EVIDENCE})
async def take_in(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts = parts_of(request)
    file, made = await _file(request, token)
    if made is None:
        return Redirect(f"/work/import/{token}/columns", status_code=303)
    replace = (await fields(request)).get("go") == "replace"
    taken = await made.take_in(filename=file.filename, replace=replace)
    await asyncio.to_thread(_files(parts).forget, token)
    parts.reader.something_new()
    parts.reader.wanted_now()
    return page(request, "work/imported.html", language=language_of(request), file=file, taken=taken)
