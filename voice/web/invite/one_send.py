"""One sending: who would get it before it is confirmed, and how far it is afterwards."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from analysis.disclosure import FLOOR, floor_counts
from surveys.asking_less import overrides, rules
from surveys.asking_less.overrides import OverrideProblem
from surveys.invitations import candidates, marks, queue, registers, reminding, replies, sends
from surveys.invitations.reaching import CHOSEN, WAYS
from surveys.invitations.reminding import NoReminder
from surveys.invitations.sends import PLANNED, WAITING, NoSuchSend, PlannedSend
from voice.inviting.confirming import confirm, look
from voice.inviting.letters import MOST_AT_ONCE, letters_of, stack
from voice.inviting.mail import TAG
from voice.inviting.working import usable_ways
from voice.parts import Parts
from voice.people.permissions import Kind, Thing, goes_on_from
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.headers import saved_as
from voice.web.invite import register_words, rule_words, send_words
from voice.web.invite.alternatives import alternatives
from voice.web.invite.sends import FormProblem, read_day
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

MOST_GROUPS = 40
"""Names of one kind of group that are offered to choose from."""


async def _send(request: Request[Any, Any, Any], id: uuid.UUID) -> tuple[Parts, PlannedSend]:
    parts = parts_of(request)
    try:
        return parts, await parts.store.read(lambda: sends.send_of(id))
    except NoSuchSend:
        raise NotFoundException from None


@get("/work/invitations/{id:uuid}", opt={"audience": Audience.INVITING})
async def show_invitation(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    parts, send = await _send(request, id)
    if send.state in (PLANNED, WAITING):
        return await _planned_page(request, parts, send)
    return await _progress_page(request, parts, send)


async def _about(parts: Parts, send: PlannedSend) -> dict[str, Any]:
    return {
        "send": send,
        "round": await parts.rounds.by_id(send.round, now=parts.clock()),
        "register": await parts.store.read(lambda: registers.register(send.register)),
        "send_words": send_words,
        "today": parts.today,
    }


async def _planned_page(
    request: Request[Any, Any, Any],
    parts: Parts,
    send: PlannedSend,
    *,
    status: int = 200,
    problem: str = "",
    reason: str = "",
) -> Response[bytes]:
    groups = await parts.store.read(lambda: candidates.groups_in(send.register))
    looked = await look(parts, send)
    return page(
        request,
        "invite/planned.html",
        language=language_of(request),
        status=status,
        problem=problem,
        reason=reason,
        looked=looked,
        instead=await alternatives(parts, send, looked),
        groups={kind: names for kind, names in groups.items() if len(names) <= MOST_GROUPS},
        ways=(CHOSEN, *WAYS),
        usable=usable_ways(parts.settings),
        register_words=register_words,
        override=await parts.store.read(lambda: overrides.of_send(send.id)),
        rule_words=rule_words,
        **await _about(parts, send),
    )


@post("/work/invitations/{id:uuid}", opt={"audience": Audience.INVITING})
async def decide_on_invitation(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    """Chooses otherwise, confirms or drops a planned sending; stops one that goes out."""
    parts, send = await _send(request, id)
    form = await fields(request)
    here = Redirect(f"/work/invitations/{id}", status_code=303)
    try:
        match form.get("go", ""):
            case "choose":
                await _choose(request, parts, send, form)
            case "confirm":
                if not (await look(parts, send)).found:
                    return await _planned_page(request, parts, send, status=422, problem="nobody")
                await confirm(parts, id)
            case "drop":
                await parts.store.write(lambda: sends.drop(id))
                return Redirect("/work/invitations", status_code=303)
            case "stop":
                await parts.store.write(lambda: sends.stop(id))
    except FormProblem as problem:
        return await _planned_page(request, parts, send, status=422, problem=problem.code)
    except NoSuchSend:
        parts, send = await _send(request, id)
        return await _progress_page(request, parts, send, status=409, problem="changed")
    return here


@post("/work/invitations/{id:uuid}/override", opt={"audience": Audience.INVITING})
async def ask_for_override(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    """Asks a lead to set the rules aside for this sending."""
    parts, send = await _send(request, id)
    person = person_here(request)
    by, reason = person.id, (await fields(request)).get("reason", "")
    check = (await look(parts, send)).check
    round = await parts.rounds.by_id(send.round, now=parts.clock())
    try:
        await parts.store.write(
            lambda: overrides.ask_for(
                id, survey=round.survey, broken=check.could_be_lifted, reason=reason, by=by, today=parts.today
            )
        )
    except OverrideProblem as problem:
        return await _planned_page(request, parts, send, status=422, problem=problem.code, reason=reason)
    except NoSuchSend:
        return Redirect(f"/work/invitations/{id}", status_code=303)
    return Redirect(f"/work/invitations/{id}", status_code=303)


async def _choose(request: Request[Any, Any, Any], parts: Parts, send: PlannedSend, form: dict[str, str]) -> None:
    """Raises :class:`FormProblem`."""
    known = await parts.store.read(lambda: candidates.groups_in(send.register))
    posted = await request.form()
    groups = {
        kind: tuple(name for name in names if name in posted.getall(f"group-{kind}", []))
        for kind, names in known.items()
    }
    sample = form.get("sample", "").strip()
    if sample and not (sample.isascii() and sample.isdigit() and 1 <= int(sample) <= 1_000_000):
        raise FormProblem("sample")
    way = form.get("way", "")
    if way != CHOSEN and way not in usable_ways(parts.settings):
        raise FormProblem("way")
    round = await parts.rounds.by_id(send.round, now=parts.clock())
    day = read_day(form, parts.today, round)
    choice = msgspec.structs.replace(
        send.choice, groups={kind: names for kind, names in groups.items() if names}, sample=int(sample or 0)
    )

    async def unit() -> None:
        await sends.choose(send.id, choice, way=way, goes_on=day)
        await overrides.falls(send.id)

    await parts.store.write(unit)


class Progress(msgspec.Struct, frozen=True):
    """``answered`` is ``None`` where it is so small, or so near to all, that one person could be worked out."""

    counts: dict[str, dict[str, int]]
    answered: int | None
    unknown: tuple[queue.Unknown, ...]
    letters: int
    replies: int

    @property
    def states(self) -> list[str]:
        """The states that any message is in, in the order in which messages pass them."""
        return [each for each in queue.STATES if any(each in by_state for by_state in self.counts.values())]


async def _progress(send: PlannedSend) -> Progress:
    counts = await queue.counts(send.id)
    spent = len(await marks.marked(send.id, "spent"))
    shown = floor_counts({"answered": spent, "not": max(0, send.choice.asked - spent)}).shown("answered")
    return Progress(
        counts=counts,
        answered=shown if spent >= FLOOR else None,
        unknown=tuple(await queue.unknown(send.id)),
        letters=counts.get("letter", {}).get("waiting", 0),
        replies=await replies.waiting(send.id),
    )


async def _progress_page(
    request: Request[Any, Any, Any], parts: Parts, send: PlannedSend, *, status: int = 200, problem: str = ""
) -> Response[bytes]:
    progress = await parts.store.read(lambda: _progress(send))
    agreed = (await parts.store.read(rules.in_force)).rules
    return page(
        request,
        "invite/progress.html",
        language=language_of(request),
        status=status,
        problem=problem,
        progress=progress,
        floor=FLOOR,
        rules=agreed,
        parts_of_the_stack=range(-(-progress.letters // MOST_AT_ONCE)),
        remind=await parts.store.read(lambda: reminding.possible(send, agreed, today=parts.today)),
        tag=TAG,
        **await _about(parts, send),
    )


@get("/work/invitations/{id:uuid}/letters/{part:str}", opt={"audience": Audience.INVITING})
async def print_letters(
    request: Request[Any, Any, Any], id: FromPath[uuid.UUID], part: FromPath[str]
) -> Response[bytes]:
    parts, _planned = await _send(request, id)
    letters = await letters_of(parts, id, part=int(part)) if part.isascii() and part.isdigit() else []
    if not letters:
        raise NotFoundException
    return Response(
        await stack(letters),
        media_type="application/pdf",
        headers=saved_as(f"letters-{int(part) + 1}.pdf"),
    )


@post("/work/invitations/{id:uuid}/posted", opt={"audience": Audience.INVITING})
async def note_posted(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    """The letters went to the post: only now they count as handed over."""
    parts, _planned = await _send(request, id)
    await parts.store.write(lambda: queue.posted(id, now=parts.clock()))
    await parts.store.write(queue.finish)
    return Redirect(f"/work/invitations/{id}", status_code=303)


@post("/work/invitations/{id:uuid}/unknown", opt={"audience": Audience.INVITING})
async def decide_on_unknown(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    """Messages of which nobody can know whether they went out: a person decides whether they go again."""
    parts, _planned = await _send(request, id)
    form = await fields(request)
    chosen = [each.id for each in await parts.store.read(lambda: queue.unknown(id)) if f"message-{each.id}" in form]
    again = form.get("go") == "again"
    await parts.store.write(lambda: queue.decide(id, chosen, again=again, now=parts.clock()))
    return Redirect(f"/work/invitations/{id}", status_code=303)


@post("/work/invitations/{id:uuid}/remind", opt={"audience": Audience.INVITING})
async def plan_reminder(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    parts, send = await _send(request, id)
    person = person_here(request)
    by, today = person.id, parts.today
    agreed = (await parts.store.read(rules.in_force)).rules

    async def unit() -> uuid.UUID:
        made = await reminding.plan(send, agreed, by=by, today=today)
        await goes_on_from(Thing(Kind.SEND, str(made)), Thing(Kind.SEND, str(send.id)))
        return made

    try:
        reminder = await parts.store.write(unit)
    except NoReminder as problem:
        return await _progress_page(request, parts, send, status=422, problem=problem.code)
    return Redirect(f"/work/invitations/{reminder}", status_code=303)


@get("/work/invitations/{id:uuid}/replies", opt={"audience": Audience.INVITING})
async def show_replies(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    parts, send = await _send(request, id)
    return page(
        request,
        "invite/replies.html",
        language=language_of(request),
        replies=await parts.store.read(lambda: replies.replies(id, parts.secret)),
        **await _about(parts, send),
    )


@post("/work/invitations/{id:uuid}/replies", opt={"audience": Audience.INVITING})
async def note_reply_seen(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    parts, _planned = await _send(request, id)
    written = (await fields(request)).get("reply", "")
    found = [each.id for each in await parts.store.read(lambda: replies.replies(id, parts.secret))]
    if chosen := next((each for each in found if str(each) == written), None):
        await parts.store.write(lambda: replies.seen(chosen))
    return Redirect(f"/work/invitations/{id}/replies", status_code=303)
