"""The safeguarding queue: what somebody said they are worried about, and voices that somebody should look at.

Only the safeguarding lead and their deputy open it. The list says nothing of what was said: to read one, it is
opened, and that is noted.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.evidence.translated import translations_of
from voice.people import signing_in
from voice.people.roles import Audience
from voice.people.tables import Member
from voice.safeguarding import deciding, flagging, worries
from voice.safeguarding.agreement import URGENCIES, agreement_now
from voice.safeguarding.deciding import ACTS, OUTCOMES, WorryProblem
from voice.safeguarding.worries import NoSuchWorry
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import worry_words

SAFEGUARDING = {"audience": Audience.SAFEGUARDING}

MOST_CLOSED = 50
MOST_FLAGGED = 100
"""Voices flagged by the machine that one page lists; the first of them are those that must be looked at first."""


@get("/work/worries", opt=SAFEGUARDING)
async def show_worries(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    await parts.store.write(lambda: flagging.put_what_the_machine_flagged(today=parts.today))
    waiting = await parts.store.read(worries.waiting)
    flagged = [each for each in waiting if each.way == "machine"]
    agreement = await parts.store.read(agreement_now)
    names = {each.id: each.email for each in await parts.store.read(signing_in.members)}
    return page(
        request,
        "work/worries.html",
        language=language_of(request),
        said=[each for each in waiting if each.way != "machine"],
        flagged=flagged[:MOST_FLAGGED],
        many_flagged=len(flagged),
        closed=await parts.store.read(lambda: worries.closed(MOST_CLOSED)),
        lead=names.get(agreement.lead, "") if agreement.lead else "",
        deputy=names.get(agreement.deputy, "") if agreement.deputy else "",
        worry_words=worry_words,
        today=parts.today,
    )


@get("/work/worries/{id:uuid}", opt=SAFEGUARDING)
async def show_one_worry(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    return await _worry_page(request, id)


async def _worry_page(
    request: Request[Any, Any, Any],
    id: uuid.UUID,
    *,
    problem: WorryProblem | None = None,
    typed: Mapping[str, str] | None = None,
    reach: str | None = None,
    opened: bool = False,
) -> Response[bytes]:
    """``reach`` is how the person can be reached, which ``opened`` says somebody asked to see."""
    parts, person = parts_of(request), person_here(request)
    try:
        worry = await parts.store.write(
            lambda: worries.open_worry(id, by=person.id, secret=parts.secret, today=parts.today)
        )
    except NoSuchWorry as gone:
        raise NotFoundException from gone
    agreement = await parts.store.read(agreement_now)
    voices = [worry.line.voice] if worry.line.voice else []
    translated = await parts.store.read(lambda: translations_of(voices))
    rows = await parts.store.read(lambda: Member.select(Member.id, Member.email))
    return page(
        request,
        "work/worry.html",
        language=language_of(request),
        status=422 if problem else 200,
        worry=worry,
        line=worry.line,
        translated=[each for found in translated.values() for each in found],
        acts=("note", "reopen") if worry.line.state == "closed" else ("looking", "close", "note"),
        days={each: agreement.due(each, parts.today) for each in URGENCIES},
        outcomes=OUTCOMES,
        names={row["id"]: row["email"] for row in rows},
        worry_words=worry_words,
        today=parts.today,
        problem=problem,
        typed=typed or {},
        reach=reach,
        opened=opened,
    )


@post("/work/worries/{id:uuid}", opt=SAFEGUARDING)
async def act_on_worry(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    form = await fields(request)
    act = next((each for each in ACTS if each == form.get("go")), None)
    seen = form.get("seen", "")
    if act is None or not (seen.isascii() and seen.isdecimal()) or len(seen) > 9:
        raise NotFoundException
    try:
        await parts.store.write(
            lambda: deciding.act_on(
                id,
                act,
                seen=int(seen),
                note=form.get("note", "").replace("\x00", "").strip(),
                choice=form.get("outcome" if act == "close" else "urgency", ""),
                by=person.id,
                secret=parts.secret,
                today=parts.today,
            )
        )
    except NoSuchWorry as gone:
        raise NotFoundException from gone
    except WorryProblem as problem:
        return await _worry_page(request, id, problem=problem, typed=form)
    return Redirect(f"/work/worries/{id}" if act in ("note", "reopen") else "/work/worries", status_code=303)


@post("/work/worries/{id:uuid}/contact", opt=SAFEGUARDING, status_code=200)
async def open_contact_of_worry(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    parts, person = parts_of(request), person_here(request)
    try:
        reach = await parts.store.write(
            lambda: deciding.open_contact(id, by=person.id, secret=parts.secret, today=parts.today)
        )
    except NoSuchWorry as gone:
        raise NotFoundException from gone
    return await _worry_page(request, id, reach=reach, opened=True)
