"""One question a page: shown, answered, skipped, or left for another language or a pause."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import answering
from surveys.answering import CHANGED_ELSEWHERE, Answered, NoSuchQuestion
from surveys.question_types import type_of
from surveys.question_types.ranking import moved
from surveys.routing import after, before, find_on, lets_go_on, path
from voice.web.forms import came_by_script, fields
from voice.web.guards import RESPONDENT
from voice.web.reader import UnknownLanguage, display_cookie, display_of, display_with, language_cookie, look_otherwise
from voice.web.respond.places import Errand, Place, draft_at, last_page, place_of
from voice.web.respond.question_page import question_page
from voice.web.respond.start import is_offered, place_to_go_on


@get("/s/{link:str}/{key:str}", opt=RESPONDENT)
async def go_on(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Redirect:
    """Where somebody who comes back goes on; also the first page after beginning."""
    place = await place_of(request, link, key)
    draft = await draft_at(request, place)
    return Redirect(f"{place.address}/{place_to_go_on(place.round, draft)}", status_code=303)


@get("/s/{link:str}/{key:str}/q/{concept:str}", opt=RESPONDENT)
async def show_question(
    request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str], concept: FromPath[str]
) -> Response[bytes]:
    place = await place_of(request, link, key)
    draft = await draft_at(request, place)
    asked = path(place.round.document, draft.answers)
    question = find_on(asked, concept)
    if question is None:
        raise NoSuchQuestion
    given = draft.answers.get(concept)
    hidden = draft.shared_device and given is not None
    form = {} if hidden or given is None else type_of(question).filled(question, given)
    return question_page(request, place, draft, question, form=form, hidden=hidden, asked=asked)


@post(
    "/s/{link:str}/{key:str}/q/{concept:str}",
    opt=RESPONDENT,
)
async def answer_question(
    request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str], concept: FromPath[str]
) -> Response[Any]:
    """Continue, Skip, Back, Stop, Save for later, another language or look: whichever button was pressed."""
    form = await fields(request)
    # Should the answers be gone, because they were sent from another device, or nothing can be stored just now, the
    # page that says so still has the words.
    request.state.typed = form.get("text", "").strip()
    place = await place_of(request, link, key)
    if "move" in form:
        return await _moved(request, place, concept, form)

    async def unit(step: str, language: str | None) -> Answered:
        return await step_unit(place, concept, form, step, language)

    return await take_answer(request, place, form, unit)


async def take_answer(
    request: Request[Any, Any, Any],
    place: Place,
    form: Mapping[str, str],
    unit: Callable[[str, str | None], Awaitable[Answered]],
) -> Response[Any]:
    """Does what the button asks for. ``unit`` gets the step and the language to go on in, and runs in a unit."""
    language = form.get("language")
    # Should the answers be gone, because they were sent from another device, the page that says so still has the words.
    request.state.typed = form.get("text", "").strip()
    if language is not None and not is_offered(place.round, language):
        raise UnknownLanguage(language)
    step = form.get("go", "continue") if language is None and "display" not in form else "stay"
    answered = await place.parts.store.write(lambda: unit(step, language))
    if answered.problem is not None and step != "stop":
        changed = answered.problem.code == CHANGED_ELSEWHERE
        if came_by_script(request):
            return Response({"problem": answered.problem.code}, status_code=409 if changed else 422)
        if step == "stay" and not changed:
            # A page half filled in is not wrong yet: it is shown in the other language or look as it stands.
            draft = msgspec.structs.replace(answered.draft, language=language or answered.draft.language)
            cookies = _cookies(request, place, form)
            if "display" in form:
                look_otherwise(request, form["display"])
            shown = question_page(request, place, draft, answered.question, form=form)
            shown.cookies.extend(cookies)
            return shown
        return question_page(
            request,
            place,
            answered.draft,
            answered.question,
            form=form,
            problem=answered.problem,
            status=409 if changed else 422,
        )
    then = next_page(place, answered, step, Errand.of(request, place.round.document))
    cookies = _cookies(request, place, form)
    if came_by_script(request):
        return Response({"next": then}, status_code=200, cookies=cookies)
    return Redirect(then, status_code=303, cookies=cookies)


def _cookies(request: Request[Any, Any, Any], place: Place, form: Mapping[str, str]) -> list[Cookie]:
    """What the device remembers of the language or the look that was asked for."""
    secure = place.parts.settings.secure
    cookies = []
    if "language" in form:
        cookies.append(language_cookie(form["language"], secure=secure))
    if "display" in form:
        cookies.append(display_cookie(display_with(display_of(request), form["display"]), secure=secure))
    return cookies


async def step_unit(place: Place, concept: str, form: Mapping[str, str], step: str, language: str | None) -> Answered:
    today = place.parts.today
    if step == "skip":
        return await answering.skip(place.id, place.round, concept, form, today=today)
    if step == "continue":
        return await answering.answer(place.id, place.round, concept, form, today=today)
    if step in ("back", "later"):
        return await answering.go_away(place.id, place.round, concept, form, today=today)
    answered = await answering.leave(place.id, place.round, concept, form, today=today)
    if language is not None:
        await answering.change_language(place.id, language, today=today)
    return answered


def next_page(place: Place, answered: Answered, step: str, errand: Errand) -> str:
    """The address of the page that a step leads to."""
    if answered.thrown_away:
        return last_page(place, answered.draft, "stopped")
    asked = path(place.round.document, answered.draft.answers)
    concept = answered.question.concept
    match step:
        case "stay" | "remove":
            return f"{place.address}/q/{concept}{errand.query(place.round.document)}"
        case "later":
            return f"{place.address}/later{'?unkept=yes' if answered.unkept else ''}"
        case "stop":
            return f"{place.address}/stop"
        case "back":
            earlier = before(asked, concept)
            if errand.from_check:
                return f"{place.address}/check"
            if earlier is not None:
                return f"{place.address}/q/{earlier.concept}"
            # The first page goes on with the same answers. A survey that has ended no longer has one.
            is_open = place.round.is_open(place.parts.today)
            return place.start if is_open else f"{place.address}/q/{concept}"
        case _ if not lets_go_on(answered.question, answered.draft.answers):
            return f"{place.address}/stop"
        case _:
            following = after(asked, concept)
            if errand.from_check:
                following, errand = errand.after(answered, asked)
            if following is None:
                return f"{place.address}/check"
            return f"{place.address}/q/{following.concept}{errand.query(place.round.document)}"


async def _moved(request: Request[Any, Any, Any], place: Place, concept: str, form: Mapping[str, str]) -> Response[Any]:
    """A ranking with one card moved, where no script moved it: shown, and kept when the person goes on."""
    if came_by_script(request):
        return Response({"problem": "not_yet"}, status_code=422)
    draft = await place.parts.store.read(lambda: answering.load(place.id, place.round, today=place.parts.today))
    asked = path(place.round.document, draft.answers)
    question = find_on(asked, concept)
    if question is None:
        raise NoSuchQuestion
    return question_page(request, place, draft, question, form=moved(question, form, form["move"]), asked=asked)
