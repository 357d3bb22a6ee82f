"""Targets of measures: all who read findings see them, leads set them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from voice.findings.counting import counted
from voice.findings.targets import Target, TargetProblem, read_percent, set_targets, targets
from voice.findings.trends import Trend, trends
from voice.people.roles import Audience, may_use
from voice.web.forms import fields
from voice.web.lead import matter_words
from voice.web.pages import page, person_here, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of


class Line(msgspec.Struct, frozen=True):
    """A measure with its field: what is in it, and how the measure stands."""

    field: str
    trend: Trend
    target: Target | None


@get("/lead/targets", opt={"audience": Audience.FINDINGS})
async def show_targets(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _targets_page(request)


async def _lines(request: Request[Any, Any, Any]) -> list[Line]:
    store = parts_of(request).store
    known = await store.read(targets)
    found = [each for each in trends(await counted(store)) if any(point.share is not None for point in each.points)]
    return [Line(_field(each), each, known.get((each.part.concept, each.part.who))) for each in found]


def _field(trend: Trend) -> str:
    return f"{trend.part.who}-{trend.part.concept}"


async def _targets_page(
    request: Request[Any, Any, Any], *, form: Mapping[str, str] | None = None, problem: str = ""
) -> Response[bytes]:
    lines = await _lines(request)
    person = signed_in(request)
    return page(
        request,
        "lead/targets.html",
        language=language_of(request),
        status=422 if problem else 200,
        by_who=_by_who(lines),
        form=form if form is not None else {each.field: str(each.target.percent) for each in lines if each.target},
        problem=problem,
        findings_words=matter_words,
        was_kept=request.query_params.get("kept") == "yes",
        may_set=person is not None and may_use(person.role, Audience.AGREEING),
    )


def _by_who(lines: Sequence[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for each in lines:
        found.setdefault(each.trend.part.who, []).append(each)
    return found


@post("/lead/targets", opt={"audience": Audience.AGREEING})
async def keep_targets(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    person = person_here(request)
    form = await fields(request)
    try:
        wanted = {
            (each.trend.part.concept, each.trend.part.who): read_percent(each.field, form[each.field])
            for each in await _lines(request)
            if each.field in form
        }
    except TargetProblem as problem:
        return await _targets_page(request, form=form, problem=problem.field)
    await parts.store.write(lambda: set_targets(wanted, by=person.id, today=parts.today))
    return Redirect("/lead/targets?kept=yes", status_code=303)
