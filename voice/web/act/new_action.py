"""From what was heard to an action: what is known stands beside the form, and a person writes the words."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.actions import making
from voice.actions.checking import LONGEST, ActionProblem, NewAction
from voice.actions.reading import actions_about
from voice.actions.starting import Beginning, asked_for, beginning
from voice.languages import SOURCE, speak
from voice.people.roles import Audience, may_use
from voice.web.act import act_words
from voice.web.act.writing import LARGEST_FORM, advice, day_in, owner_in, state_in, who_may_own
from voice.web.facilitate.sessions import sessions_seen
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import bank_words

ACTING = {"audience": Audience.ACTING}
FIRST_STATES = ("planned", "under_way", "done", "cannot")


@get("/work/actions/new", opt=ACTING)
async def show_new_action(request: Request[Any, Any, Any]) -> Response[bytes]:
    begun = await _begun(request)
    return await _new_page(request, begun, typed={**_first_words(begun), "made": str(uuid.uuid4())})


async def _begun(request: Request[Any, Any, Any]) -> Beginning:
    parts, query = parts_of(request), request.query_params
    kind, key, term = query.get("from", "other"), query.get("key", ""), query.get("term", "")
    found = await parts.store.read(lambda: beginning(kind, key, term, today=parts.today))
    if found is None:
        raise NotFoundException
    return found


def _first_words(begun: Beginning) -> dict[str, str]:
    """What is known, in English, for a person to go on from. Nothing stands there that nobody said or counted."""
    speak(SOURCE)
    told = act_words.figures(begun.origin, begun.figures) if begun.figures else ""
    name = act_words.name(begun.origin)
    heard = begun.said or (f"{name}. {told}".strip() if begun.origin.kind in ("theme", "summary", "measure") else "")
    return {"heard": heard, "decided": begun.promised, "since": begun.happened, "state": "planned"}


async def _new_page(
    request: Request[Any, Any, Any],
    begun: Beginning,
    *,
    typed: dict[str, str],
    status: int = 200,
    problem: ActionProblem | None = None,
    checked: bool = False,
) -> Response[bytes]:
    parts = parts_of(request)
    language = language_of(request)
    speak(language)
    return page(
        request,
        "act/new.html",
        language=language,
        status=status,
        begun=begun,
        line=await _line(request, begun),
        others=await parts.store.read(lambda: actions_about(begun.about)) if begun.about else (),
        typed=typed,
        members=await who_may_own(parts.store),
        states=FIRST_STATES,
        problem=problem,
        told=act_words.problem(problem) if problem else "",
        checked=checked,
        advice=advice(typed) if checked else {},
        longest=LONGEST,
        today=parts.today,
        act_words=act_words,
        bank_words=bank_words,
    )


async def _line(request: Request[Any, Any, Any], begun: Beginning) -> str:
    """The words of a line from a session, for whoever may read its report."""
    if begun.origin.kind != "session" or begun.said:
        return begun.said
    found = await parts_of(request).store.read(lambda: asked_for(begun.origin.key))
    person = person_here(request)
    may_read = may_use(person.role, Audience.FACILITATING) and (
        found is not None
        and (found[0].record.planned_by == person.id or found[0].record.id in await sessions_seen(request))
    )
    return found[1].text if found and may_read else ""


@post("/work/actions/new", opt=ACTING, request_max_body_size=LARGEST_FORM)
async def make_action(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    begun = await _begun(request)
    form = await fields(request)
    if form.get("go") == "check":
        return await _new_page(request, begun, typed=form, checked=True)
    try:
        id = _made(form)
        new = NewAction(
            origin=begun.origin,
            heard=form.get("heard", ""),
            decided=form.get("decided", ""),
            cannot=form.get("cannot", ""),
            since=form.get("since", ""),
            owner=owner_in(form),
            partner=form.get("partner", ""),
            due_on=day_in(form),
            state=state_in(form),
            figures=begun.figures,
            first_said=begun.first_said,
            about=begun.about,
        )
        await parts.store.write(lambda: making.make(id, new, by=person.id, today=parts.today))
    except ActionProblem as problem:
        return await _new_page(request, begun, typed=form, status=422, problem=problem)
    return Redirect(f"/work/actions/{id}", status_code=303)


def _made(form: dict[str, str]) -> uuid.UUID:
    """The form brings the id along, so that a button pressed twice makes one action."""
    try:
        return uuid.UUID(form.get("made", ""))
    except ValueError:
        return uuid.uuid4()
