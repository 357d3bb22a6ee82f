"""Published surveys and their rounds: opened in a term, with a link for families, and closed."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from surveys.building.rounds import (
    CannotOpen,
    RoundChoice,
    close,
    open_chosen,
    published,
    survey_of_round,
    survey_of_version,
)
from surveys.terms import NAMES, first_day, is_term, term_of, term_order
from voice.people.permissions import Kind, NotYours, check_reach
from voice.people.roles import Audience, may_use
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import builder_words
from voice.web.work.builder_drafts import BUILD, READ
from voice.web.work.builder_settings import MODES
from voice.web.work.surveys import qr_code

TERMS_AHEAD = 4


@get("/work/rounds", opt=READ)
async def show_rounds(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _rounds_page(request)


async def _rounds_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str = "", form: Mapping[str, str] | None = None
) -> Response[bytes]:
    parts = parts_of(request)
    found = await parts.store.read(published)
    return page(
        request,
        "work/builder/rounds.html",
        language=language_of(request),
        status=status,
        published=found,
        today=parts.today,
        now=parts.clock(),
        terms=terms_from(parts.today),
        modes=MODES,
        told=builder_words,
        qr_code=qr_code,
        base_url=parts.settings.base_url,
        problem=problem,
        form=form or {},
        known=(form or {}).get("version") in {str(each.version) for each in found},
        may_build=may_use(person_here(request).role, Audience.BUILDING),
        may_ask=may_use(person_here(request).role, Audience.ASKING),
    )


def terms_from(today: dt.date) -> list[str]:
    """This term and the next few."""
    year, place = term_order(term_of(today))
    places = range(year * 3 + place, year * 3 + place + TERMS_AHEAD)
    return [f"{each // 3}-{NAMES[each % 3]}" for each in places]


@post("/work/rounds", opt=BUILD)
async def change_rounds(request: Request[Any, Any, Any]) -> Response[Any]:
    """Opens a round of a published survey, or closes one."""
    parts, person = parts_of(request), person_here(request)
    form = await fields(request)
    try:
        if form.get("go") == "close":
            round = _id(form.get("round", ""))

            async def end() -> None:
                await check_reach(person, Audience.BUILDING, Kind.SURVEY, await survey_of_round(round))
                await close(round, today=parts.today)

            await parts.store.write(end)
        else:
            choice = _choice(form, parts.today)
            link = secrets.token_urlsafe(16)

            async def begin() -> None:
                await check_reach(person, Audience.BUILDING, Kind.SURVEY, await survey_of_version(choice.version))
                await open_chosen(choice, link=link, today=parts.today)

            await parts.store.write(begin)
    except NotYours:
        return await _rounds_page(request, status=422, problem="not_yours", form=form)
    except CannotOpen as problem:
        return await _rounds_page(request, status=422, problem=problem.code, form=form)
    parts.rounds.forget()
    return Redirect("/work/rounds", status_code=303)


def _choice(form: Mapping[str, str], today: dt.date) -> RoundChoice:
    mode = next((each for each in MODES if each == form.get("identity_mode")), None)
    if mode is None:
        raise CannotOpen("identity")
    term = form.get("term", "")
    return RoundChoice(
        version=_id(form.get("version", "")),
        term=term,
        identity_mode=mode,
        opens_on=_day(form.get("opens_on", "")) or (max(today, first_day(term)) if is_term(term) else today),
        closes_on=_day(form.get("closes_on", "")),
    )


def _day(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as problem:
        raise CannotOpen("day") from problem


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as problem:
        raise CannotOpen("no_such_version") from problem
