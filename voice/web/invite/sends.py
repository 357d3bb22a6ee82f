"""Inviting families: a survey, a register, a way and a day make a sending; what went out before."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from surveys.invitations import sends
from surveys.invitations.reaching import CHOSEN, WAYS
from surveys.invitations.sends import PlannedSend, SendChoice
from surveys.publishing import OpenRound
from voice.inviting.working import usable_ways
from voice.parts import Parts
from voice.people.permissions import Kind, belongs, reached
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.invite import send_words
from voice.web.invite.registers import reached_registers
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

KINDS = ("invitation", "statutory")


class NewSend(msgspec.Struct, frozen=True):
    round: OpenRound
    register: uuid.UUID
    kind: str
    way: str
    goes_on: dt.date


class FormProblem(Exception):
    """``code`` is the field that has to be looked at."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@get("/work/invitations", opt={"audience": Audience.INVITING})
async def show_invitations(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _invitations_page(request)


async def _invitations_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str = "", form: dict[str, str] | None = None
) -> Response[bytes]:
    parts = parts_of(request)
    kept = await reached_registers(request)
    rounds = await open_rounds(parts)
    titles = {each.id: each.document.title for each in await _all_rounds(parts)}
    return page(
        request,
        "invite/invitations.html",
        language=language_of(request),
        status=status,
        problem=problem,
        form=form or {},
        rounds=rounds,
        registers=[each for each in kept if each.people],
        names={each.id: each.name for each in kept},
        titles=titles,
        sends=await _reached_sends(request),
        ways=(CHOSEN, *WAYS),
        usable=usable_ways(parts.settings),
        kinds=KINDS,
        today=parts.today,
        send_words=send_words,
    )


async def _reached_sends(request: Request[Any, Any, Any]) -> list[PlannedSend]:
    person = person_here(request)

    async def unit() -> list[PlannedSend]:
        planned = await sends.sends()
        keys = await reached(person, Audience.INVITING, Kind.SEND, [each.id for each in planned])
        return [each for each in planned if str(each.id) in keys]

    return await parts_of(request).store.read(unit)


async def open_rounds(parts: Parts) -> list[OpenRound]:
    found = await parts.rounds.with_link(now=parts.clock())
    return [each for each in found if each.is_open(parts.today)]


async def _all_rounds(parts: Parts) -> list[OpenRound]:
    ids = {each.round for each in await parts.store.read(sends.sends)}
    return [await parts.rounds.by_id(id, now=parts.clock()) for id in ids]


@post("/work/invitations", opt={"audience": Audience.INVITING})
async def plan_invitation(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, form = parts_of(request), await fields(request)
    try:
        new = await _read(request, form)
    except FormProblem as problem:
        return await _invitations_page(request, status=422, problem=problem.code, form=form)
    person = person_here(request)

    async def unit() -> uuid.UUID:
        made = await sends.plan(
            round=new.round.id,
            register=new.register,
            kind=new.kind,
            way=new.way,
            minutes=new.round.document.minutes,
            goes_on=new.goes_on,
            choice=SendChoice(seed=secrets.token_hex(8)),
            by=person.id,
            today=parts.today,
        )
        await belongs(Kind.SEND, made, person.organisation)
        return made

    id = await parts.store.write(unit)
    return Redirect(f"/work/invitations/{id}", status_code=303)


async def _read(request: Request[Any, Any, Any], form: dict[str, str]) -> NewSend:
    """Raises :class:`FormProblem`."""
    parts = parts_of(request)
    round = next((each for each in await open_rounds(parts) if str(each.id) == form.get("round")), None)
    if round is None:
        raise FormProblem("round")
    kept = await reached_registers(request)
    register = next((each for each in kept if str(each.id) == form.get("register") and each.people), None)
    if register is None:
        raise FormProblem("register")
    way = form.get("way", "")
    if way != CHOSEN and way not in usable_ways(parts.settings):
        raise FormProblem("way")
    kind = form.get("kind", "")
    return NewSend(round, register.id, kind if kind in KINDS else KINDS[0], way, read_day(form, parts.today, round))


def read_day(form: dict[str, str], today: dt.date, round: OpenRound) -> dt.date:
    """The day on which a sending goes out: today unless another one is written. Raises :class:`FormProblem`."""
    written = form.get("goes_on", "").strip()
    try:
        day = dt.date.fromisoformat(written) if written else today
    except ValueError:
        raise FormProblem("goes_on") from None
    if day < today or not round.is_open(day):
        raise FormProblem("goes_on")
    return day
