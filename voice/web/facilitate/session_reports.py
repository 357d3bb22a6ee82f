"""The report of a session: read, corrected line by line, agreed to by the group, and taken away."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.stored_files import KnownFile
from voice.capture.sessions import approving, planning
from voice.capture.sessions.planning import UnknownSession
from voice.capture.sessions.report import APPROVED_BY, PERMITTED, Corrected, Report, ReportProblem
from voice.capture.sessions.room_files import ROOMS, RoomFile, files_of
from voice.languages import speak
from voice.storage.files import FileFolder
from voice.web import report_words
from voice.web.act import act_words
from voice.web.act.about import actions_here
from voice.web.facilitate.report_document import report_document
from voice.web.facilitate.sessions import FACILITATING, sessions_seen
from voice.web.facilitate.taking_away import take_away
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.stored_files import send_file


async def report_at(request: Request[Any, Any, Any], id: str) -> tuple[Report, Corrected]:
    """The report, for whoever may open its session; nobody else learns that it exists."""
    person = person_here(request)
    try:
        session = uuid.UUID(id)
        report, corrected = await parts_of(request).store.read(lambda: approving.load_report(session))
    except (ValueError, UnknownSession):
        raise NotFoundException from None
    if report.record.planned_by != person.id and session not in await sessions_seen(request):
        raise NotFoundException
    return report, corrected


def receipt_of(request: Request[Any, Any, Any], report: Report) -> str:
    """Where the group sees what came of its session, with the code that opened the room."""
    parts = parts_of(request)
    code = planning.code_of(parts.secret, report.record.id)
    return f"{parts.settings.base_url}/what-happened/{code[:4]}-{code[4:]}"


async def files_in(request: Request[Any, Any, Any], report: Report) -> dict[uuid.UUID, RoomFile]:
    """The files of what stands in the report, as far as the group agreed to pictures and recordings."""
    lines = [
        line
        for section in report.sections
        for line in section.shown
        if line.file is not None
        and (report.record.plan.pictures_agreed or report_words.is_photo_of_board(section.activity.id))
    ]
    return await asyncio.to_thread(files_of, parts_of(request).settings.data, lines)


@get("/work/sessions/{id:str}/report", opt=FACILITATING)
async def show_report(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[bytes]:
    return await _report_page(request, id)


async def _report_page(
    request: Request[Any, Any, Any], id: str, *, status: int = 200, problem: ReportProblem | None = None
) -> Response[bytes]:
    parts = parts_of(request)
    report, _ = await report_at(request, id)
    language = language_of(request)
    speak(language)
    return page(
        request,
        "facilitate/session_report.html",
        language=language,
        status=status,
        report=report,
        document=report_document(
            report,
            await files_in(request, report),
            partnership=parts.partnership.name,
            for_the_group=True,
            receipt=receipt_of(request, report),
        ),
        report_words=report_words,
        problem=problem,
        actions=await actions_here(request, "line", [line.id for line in report.asks]),
        act_words=act_words,
        today=parts.today,
        who=APPROVED_BY,
        permissions=PERMITTED,
    )


@get("/work/sessions/{id:str}/report/as/{kind:str}", opt=FACILITATING)
async def take_report(request: Request[Any, Any, Any], id: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    report, _ = await report_at(request, id)
    files = await files_in(request, report)
    speak(language_of(request))
    partnership = parts_of(request).partnership.name
    receipt = receipt_of(request, report)
    made = await asyncio.to_thread(report_document, report, files, partnership=partnership, receipt=receipt)
    return await take_away(made, kind)


@get("/work/sessions/{id:str}/report/files/{file:str}", opt=FACILITATING)
async def show_report_file(request: Request[Any, Any, Any], id: FromPath[str], file: FromPath[str]) -> Response[Any]:
    report, _ = await report_at(request, id)
    lines = [line for section in report.sections for line in section.lines if str(line.file) == file]
    data = parts_of(request).settings.data
    for found in (await asyncio.to_thread(files_of, data, lines)).values():
        return send_file(request, FileFolder(data, ROOMS), KnownFile(found.id, found.media_type, found.size))
    raise NotFoundException


@post("/work/sessions/{id:str}/report", opt=FACILITATING)
async def agree(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    """What stands in the report becomes voices, in place of what was agreed to before."""
    parts = parts_of(request)
    report, _ = await report_at(request, id)
    files = await files_in(request, report)
    form = await fields(request)
    try:
        await parts.store.write(
            lambda: approving.approve(
                report.record.id,
                by=form.get("by", ""),
                permitted=form.get("permitted", ""),
                files=[KnownFile(each.id, each.media_type, each.size) for each in files.values()],
                today=parts.today,
                read=form.get("read", ""),
            )
        )
    except ReportProblem as problem:
        return await _report_page(request, id, status=422, problem=problem)
    parts.reader.something_new()
    return Redirect(f"/work/sessions/{id}/report", status_code=303)
