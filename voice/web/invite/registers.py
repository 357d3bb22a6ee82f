"""Registers of people who may be invited: send a file in, say what its columns are, look, take in; and remove it."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import PurePath
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.asking_less import rules
from surveys.importing.reading import read_sheet
from surveys.importing.sheet import Sheet, SheetProblem
from surveys.invitations import register_columns, registers
from surveys.invitations.reaching import Sealing
from surveys.invitations.register_columns import HEADINGS
from surveys.invitations.register_rows import AUDIENCES, CANNOT_BE_USED, ReadRegister, read_register
from surveys.invitations.registers import KeptRegister, NoSuchRegister
from surveys.ledger.keys import key_bytes, ledger_key
from voice.capture.waiting_files import WaitingFiles
from voice.languages import LANGUAGES
from voice.parts import Parts
from voice.people.permissions import Kind, belongs, reached
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.invite import register_words
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.importing import LARGEST_UPLOAD

LONGEST_NAME = 120
ROWS_SHOWN = 30


class WaitingRegister(msgspec.Struct, frozen=True):
    """A file that somebody is looking at, sealed: it holds names and addresses in the clear."""

    member: str
    filename: str
    sealed: bytes
    name: str
    partner: str
    audience: str
    columns: tuple[str, ...]


@get("/work/registers", opt={"audience": Audience.INVITING})
async def show_registers(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _registers_page(request)


async def _registers_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    problem: str | None = None,
    form: dict[str, str] | None = None,
) -> Response[bytes]:
    return page(
        request,
        "invite/registers.html",
        language=language_of(request),
        status=status,
        problem=problem,
        form=form or {},
        audiences=AUDIENCES,
        registers=await reached_registers(request),
        took=request.query_params.get("took", ""),
    )


async def reached_registers(request: Request[Any, Any, Any]) -> list[KeptRegister]:
    """The registers that whoever is signed in may use, the newest first."""
    person = person_here(request)

    async def unit() -> list[KeptRegister]:
        kept = await registers.registers()
        keys = await reached(person, Audience.INVITING, Kind.REGISTER, [each.id for each in kept], change=True)
        return [each for each in kept if str(each.id) in keys]

    return await parts_of(request).store.read(unit)


@post("/work/registers", opt={"audience": Audience.INVITING}, request_max_body_size=LARGEST_UPLOAD)
async def send_in_register(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, texts = parts_of(request), await fields(request)
    sent = (await request.form()).get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _registers_page(request, status=422, problem="no_file", form=texts)
    content, filename = await sent.read(), PurePath(sent.filename.replace("\\", "/")).name
    try:
        sheet = await asyncio.to_thread(read_sheet, content, filename)
    except SheetProblem as problem:
        return await _registers_page(
            request, status=413 if problem.code == "too_large" else 422, problem=problem.code, form=texts
        )
    audience = texts.get("audience", "")
    waiting = WaitingRegister(
        member=_member(request),
        filename=filename,
        sealed=await asyncio.to_thread(Sealing(parts.secret).seal_bytes, content, day=parts.today),
        name=(texts.get("name", "").strip() or PurePath(filename).stem)[:LONGEST_NAME],
        partner=(texts.get("partner", "").strip() or parts.partnership.name)[:LONGEST_NAME],
        audience=audience if audience in AUDIENCES else AUDIENCES[0],
        columns=register_columns.guessed(sheet.headers),
    )
    token = await asyncio.to_thread(_files(parts).keep, waiting)
    return Redirect(f"/work/registers/new/{token}", status_code=303)


@get("/work/registers/new/{token:str}", opt={"audience": Audience.INVITING})
async def show_new_register(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    waiting, sheet = await _open(request, token)
    return await _preview_page(request, token, waiting, sheet)


@post("/work/registers/new/{token:str}", opt={"audience": Audience.INVITING})
async def decide_on_register(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """Looks again at the file with other columns, takes it in, or throws it away."""
    parts, form = parts_of(request), await fields(request)
    waiting, sheet = await _open(request, token)
    if form.get("go") == "throw_away":
        await asyncio.to_thread(_files(parts).forget, token)
        return Redirect("/work/registers", status_code=303)
    columns = register_columns.chosen(form, sheet.headers)
    waiting = msgspec.structs.replace(waiting, columns=columns)
    if twice := register_columns.used_twice(columns):
        return await _preview_page(request, token, waiting, sheet, status=422, problem=twice)
    await asyncio.to_thread(_files(parts).keep, waiting, token)
    if form.get("go") != "take_in":
        return Redirect(f"/work/registers/new/{token}", status_code=303)
    read = await _read(parts, waiting, sheet)
    if not read.rows:
        return await _preview_page(request, token, waiting, sheet, status=422, problem="nobody")
    rows = await asyncio.to_thread(registers.sealed_rows, read.rows, Sealing(parts.secret), day=parts.today)
    person = person_here(request)

    async def unit() -> uuid.UUID:
        made = await registers.add(rows, name=waiting.name, partner=waiting.partner, by=person.id, today=parts.today)
        await belongs(Kind.REGISTER, made, person.organisation)
        return made

    id = await parts.store.write(unit)
    await asyncio.to_thread(_files(parts).forget, token)
    return Redirect(f"/work/registers?took={id}", status_code=303)


async def _preview_page(
    request: Request[Any, Any, Any],
    token: str,
    waiting: WaitingRegister,
    sheet: Sheet,
    *,
    status: int = 200,
    problem: str = "",
) -> Response[bytes]:
    read = await _read(parts_of(request), waiting, sheet)
    rows_of = {code: [note.row_number for note in read.notes if note.code == code] for code in read.counts()}
    return page(
        request,
        "invite/new_register.html",
        language=language_of(request),
        status=status,
        problem=problem,
        token=token,
        waiting=waiting,
        headers=sheet.headers,
        uses=("", *HEADINGS),
        counts=read.counts(),
        rows_of=rows_of,
        stays_out=CANNOT_BE_USED,
        rows_shown=ROWS_SHOWN,
        people=len(read.rows),
        families=len({row.family for row in read.rows}),
        reached_by=read.reached_by(),
        register_words=register_words,
    )


async def _open(request: Request[Any, Any, Any], token: str) -> tuple[WaitingRegister, Sheet]:
    """Raises :class:`NoSuchFile`."""
    parts = parts_of(request)
    waiting = await asyncio.to_thread(_files(parts).find_as, WaitingRegister, token, _member(request))
    content = await asyncio.to_thread(Sealing(parts.secret).opened_bytes, waiting.sealed)
    return waiting, await asyncio.to_thread(read_sheet, content, waiting.filename)


async def _read(parts: Parts, waiting: WaitingRegister, sheet: Sheet) -> ReadRegister:
    agreed = (await parts.store.read(rules.in_force)).rules
    key = key_bytes(ledger_key(parts.secret))
    return await asyncio.to_thread(
        read_register,
        sheet,
        waiting.columns,
        key=key,
        rules=agreed,
        audience=waiting.audience,
        languages=frozenset(LANGUAGES),
    )


@post("/work/registers/{id:uuid}/remove", opt={"audience": Audience.INVITING})
async def remove_register(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    parts = parts_of(request)
    if (await fields(request)).get("sure") != "yes":
        return await _registers_page(request, status=422, problem="sure")
    try:
        await parts.store.write(lambda: registers.remove(id, today=parts.today))
    except NoSuchRegister:
        raise NotFoundException from None
    return Redirect("/work/registers", status_code=303)


def _member(request: Request[Any, Any, Any]) -> str:
    person = person_here(request)
    return str(person.id)


def _files(parts: Parts) -> WaitingFiles:
    return WaitingFiles(parts.settings.data)
