"""The calendar of all partners: what is planned, what it asks of families week by week, and what comes too close."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.asking_less import plans
from surveys.asking_less.plans import PlanProblem, clashes, read_plan, weeks
from surveys.asking_less.rules import in_force
from surveys.document import Words
from surveys.importing.mapping import RESPONDENT_KINDS
from voice.parts import Parts
from voice.people.permissions import Kind, belongs
from voice.people.roles import Audience, may_use
from voice.web.forms import fields
from voice.web.invite import calendar_words
from voice.web.pages import page, person_here, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

WEEKS_SHOWN = 52
SHOWN_AFTER = dt.timedelta(days=28)
"""What closed is shown for so long."""


@get("/work/calendar", opt={"audience": Audience.SURVEYS})
async def show_calendar(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _calendar_page(request)


async def _calendar_page(
    request: Request[Any, Any, Any], *, form: Mapping[str, str] | None = None, problem: str = ""
) -> Response[bytes]:
    parts = parts_of(request)
    planned = await parts.store.read(lambda: plans.plans(since=parts.today - SHOWN_AFTER))
    agreed = (await parts.store.read(in_force)).rules
    ahead = weeks(planned, first=parts.today, how_many=WEEKS_SHOWN)
    person = signed_in(request)
    return page(
        request,
        "invite/calendar.html",
        language=language_of(request),
        status=422 if problem else 200,
        planned=planned,
        titles=await titles_of(parts, [plan.survey for plan in planned]),
        weeks=[week for week in ahead if week.plans],
        most_minutes=max((week.minutes for week in ahead), default=0),
        clashes=clashes(planned, gap_days=agreed.smallest_gap_days),
        rules=agreed,
        form=form or {"partner": parts.partnership.name},
        problem=problem,
        kinds=RESPONDENT_KINDS,
        ours=await _ours(parts),
        calendar_words=calendar_words,
        may_plan=person is not None and may_use(person.role, Audience.INVITING),
    )


async def titles_of(parts: Parts, surveys: list[str]) -> dict[str, Words]:
    """The titles of those that are surveys of ours, by slug."""
    found = {slug: await parts.rounds.document_of(slug, now=parts.clock()) for slug in set(surveys)}
    return {slug: document.title for slug, document in found.items() if document}


async def _ours(parts: Parts) -> dict[str, Words]:
    rounds = await parts.rounds.with_link(now=parts.clock())
    return {each.survey: each.document.title for each in sorted(rounds, key=lambda each: (each.survey, each.version))}


@post("/work/calendar", opt={"audience": Audience.INVITING})
async def plan_an_ask(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    person = person_here(request)
    form = await fields(request)
    # One of ours is chosen from the list, another partner's is written.
    written = {**form, "survey": form.get("ours", "") or form.get("survey", "")}
    try:
        plan = read_plan(written, audiences=RESPONDENT_KINDS, today=parts.today)
    except PlanProblem as problem:
        return await _calendar_page(request, form=form, problem=problem.field)

    async def unit() -> None:
        await plans.add(plan, by=person.id, today=parts.today)
        await belongs(Kind.PLAN, plan.id, person.organisation)

    await parts.store.write(unit)
    return Redirect(f"/work/calendar#plan-{plan.id}", status_code=303)


@post("/work/calendar/{id:uuid}/drop", opt={"audience": Audience.INVITING})
async def drop_plan(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Redirect:
    parts = parts_of(request)
    if await parts.store.read(lambda: plans.one(id)) is None:
        raise NotFoundException
    await parts.store.write(lambda: plans.drop(id, today=parts.today))
    return Redirect("/work/calendar", status_code=303)
