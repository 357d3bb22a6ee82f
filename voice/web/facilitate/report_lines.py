"""Correcting a report: the lines of one activity, some at a time, and a sentence that was forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.capture.sessions import approving
from voice.capture.sessions.report import (
    LONGEST_LINE,
    Addition,
    Corrected,
    Correction,
    Line,
    Report,
    ReportProblem,
    Section,
    mark_of,
    tidy,
    with_addition,
    with_correction,
)
from voice.web import report_words
from voice.web.facilitate.session_reports import files_in, report_at
from voice.web.facilitate.sessions import FACILITATING
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

A_PAGE = 30
LARGEST_FORM = 3_000_000
"""Bytes: 30 lines of 2,000 letters, each of which may take twelve bytes in an address."""

ADDED = "added"


@get("/work/sessions/{id:str}/report/lines/{activity:str}", opt=FACILITATING)
async def show_lines(request: Request[Any, Any, Any], id: FromPath[str], activity: FromPath[str]) -> Response[bytes]:
    report, _ = await report_at(request, id)
    return await _lines_page(request, report, _section(report, activity))


def _section(report: Report, activity: str) -> Section:
    section = report.section(activity)
    if section is None:
        raise NotFoundException
    return section


async def _lines_page(
    request: Request[Any, Any, Any],
    report: Report,
    section: Section,
    *,
    status: int = 200,
    problem: ReportProblem | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response[bytes]:
    start = _start(request, section)
    return page(
        request,
        "facilitate/report_lines.html",
        language=language_of(request),
        status=status,
        report=report,
        section=section,
        lines=section.lines[start : start + A_PAGE],
        start=start,
        a_page=A_PAGE,
        files=await files_in(request, report),
        report_words=report_words,
        longest=LONGEST_LINE,
        problem=problem,
        typed=typed or {},
    )


def _start(request: Request[Any, Any, Any], section: Section) -> int:
    asked = request.query_params.get("from", "0")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    return min(number, max(len(section.lines) - 1, 0)) // A_PAGE * A_PAGE


@post("/work/sessions/{id:str}/report/lines/{activity:str}", opt=FACILITATING, request_max_body_size=LARGEST_FORM)
async def correct_lines(request: Request[Any, Any, Any], id: FromPath[str], activity: FromPath[str]) -> Response[Any]:
    parts = parts_of(request)
    report, _ = await report_at(request, id)
    section = _section(report, activity)
    form = await fields(request)

    async def unit() -> None:
        # Somebody else may be correcting other lines at the same moment.
        now, before = await approving.load_report(report.record.id)
        corrected = _corrected(now, before, _section(now, activity), form)
        if corrected != before:
            await approving.keep_corrections(report.record.id, corrected)

    try:
        await parts.store.write(unit)
    except ReportProblem as problem:
        return await _lines_page(request, report, section, status=422, problem=problem, typed=form)
    more = form.get("go") == "add"
    back = f"/work/sessions/{id}/report"
    here = f"{back}/lines/{activity}?from={_start(request, section)}#{ADDED}"
    return Redirect(here if more else back, status_code=303)


def _corrected(report: Report, before: Corrected, section: Section, form: Mapping[str, str]) -> Corrected:
    """The corrections after what the form says. Lines that are not on it stay as they are. Raises
    :class:`ReportProblem`."""
    corrected = before
    for line in section.lines:
        if (wanted := _wanted(line, form)) is not None:
            corrected = with_correction(corrected, line, wanted)
    if words := tidy(form.get(ADDED, "")):
        column = form.get("column", "") if section.activity.columns else ""
        addition = Addition(id=uuid.uuid4(), activity=section.activity.id, column=column, text=words)
        corrected = with_addition(report, corrected, addition)
    return corrected


def _wanted(line: Line, form: Mapping[str, str]) -> Correction | None:
    """What the form says of a line; ``None`` for a line that is not on it, or that nobody touched there."""
    shown = form.get(f"here-{line.id}")
    if shown is None:
        return None
    text, as_said = tidy(form.get(f"text-{line.id}", "")), tidy(line.as_said)
    left_out, asked_for = f"out-{line.id}" in form, f"ask-{line.id}" in form
    if shown == mark_of(text, left_out, asked_for):
        return None
    return Correction(text=None if text == as_said and not line.added else text, left_out=left_out, asked_for=asked_for)
