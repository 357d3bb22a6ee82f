"""One action: the thread from what was heard to what came of it, and the form that adds to it."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from voice.actions import making
from voice.actions.checking import LONGEST, ActionProblem, NewStep
from voice.actions.promise import STATES, Measured, Promise
from voice.actions.reminding import reminders_of
from voice.actions.starting import before_and_after
from voice.findings.favourable import OWN_LABEL
from voice.languages import LANGUAGES, speak
from voice.people.roles import Audience
from voice.themes.naming import theme_names
from voice.web.act import act_words
from voice.web.act.who import action_at, may_act
from voice.web.act.writing import LARGEST_FORM, advice, day_in, owner_in, state_in, who_may_own
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import bank_words

STAFF = {"audience": Audience.STAFF}


@get("/work/actions/{id:uuid}", opt=STAFF)
async def show_action(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    return await _action_page(request, await action_at(request, id))


async def _action_page(
    request: Request[Any, Any, Any],
    action: Promise,
    *,
    typed: dict[str, str] | None = None,
    status: int = 200,
    problem: ActionProblem | None = None,
    checked: bool = False,
) -> Response[bytes]:
    parts = parts_of(request)

    async def unit() -> tuple[Any, ...]:
        former = await making.former_words([action.id, *(step.id for step in action.steps)])
        return await theme_names(), former, await reminders_of(action.id)

    names, former, reminders = await parts.store.read(unit)
    members = await who_may_own(parts.store)
    language = language_of(request)
    speak(language)
    return page(
        request,
        "act/action.html",
        language=language,
        status=status,
        action=action,
        is_former=action.origin.kind in ("theme", "summary") and names.is_former(action.origin.key),
        former=former,
        reminders=reminders,
        emails={each.id: each.email for each in members},
        typed=typed or _as_it_stands(action),
        members=members,
        states=STATES,
        measures=tuple(OWN_LABEL),
        may_assign=may_act(request),
        problem=problem,
        told=act_words.problem(problem) if problem else "",
        checked=checked,
        advice=advice(typed or {}) if checked else {},
        longest=LONGEST,
        others=[code for code in LANGUAGES if code != "en"],
        today=parts.today,
        act_words=act_words,
        bank_words=bank_words,
    )


def _as_it_stands(action: Promise) -> dict[str, str]:
    return {
        "seen": str(len(action.steps)),
        "state": action.state,
        "cannot": action.cannot.get("en", ""),
        "owner": str(action.owner or ""),
        "partner": action.partner,
        "due_on": action.due_on.isoformat() if action.due_on else "",
    }


@post("/work/actions/{id:uuid}", opt=STAFF, request_max_body_size=LARGEST_FORM)
async def add_to_action(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    action = await action_at(request, id)
    form = await fields(request)
    if form.get("go") == "check":
        return await _action_page(request, action, typed=form, checked=True)
    try:
        step = await _step(request, action, form)
        await parts.store.write(lambda: making.add(id, step, by=person.id, today=parts.today))
    except ActionProblem as problem:
        # Whoever reads on has seen what was added meanwhile.
        again = {**form, "seen": str(len(action.steps))} if problem.code == "changed" else form
        return await _action_page(request, action, typed=again, status=422, problem=problem)
    if action.owner == person.id and not may_act(request) and step.owner != person.id:
        return Redirect("/work/actions", status_code=303)
    return Redirect(f"/work/actions/{id}", status_code=303)


async def _step(request: Request[Any, Any, Any], action: Promise, form: dict[str, str]) -> NewStep:
    """What the form says. Who looks after it, and by when, is decided by those who act. Raises
    :class:`ActionProblem`."""
    assigns = may_act(request)
    seen = form.get("seen", "")
    return NewStep(
        seen=int(seen) if seen.isdecimal() and len(seen) < 6 else -1,
        since=form.get("since", ""),
        still=form.get("still", ""),
        evidence=form.get("evidence", ""),
        evidence_link=form.get("evidence_link", ""),
        measured=await _measured(request, action, form.get("measure", "")),
        cannot=form.get("cannot", ""),
        state=state_in(form),
        due_on=day_in(form) if assigns else action.due_on,
        owner=owner_in(form) if assigns else action.owner,
        partner=form.get("partner", "") if assigns else action.partner,
    )


async def _measured(request: Request[Any, Any, Any], action: Promise, concept: str) -> Measured | None:
    parts = parts_of(request)
    if not concept:
        return None
    found = await parts.store.read(lambda: before_and_after(concept, action.made_on, today=parts.today))
    if found is None:
        raise ActionProblem("not_asked_since", "measure")
    return found
