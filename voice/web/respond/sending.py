"""Checking the answers, sending them, and the receipt."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import answering, identity, submissions
from surveys.document import Question
from surveys.drafts import DraftProblem, DraftState
from surveys.question_types import type_of
from surveys.routing import has_agreed, path
from voice.languages import in_digits_of
from voice.web.guards import RESPONDENT
from voice.web.pages import page
from voice.web.respond.questions import Place, draft_at, draft_switched_at, last_page, place_of
from voice.web.respond.start import offered_language


@get("/s/{link:str}/{key:str}/check", opt=RESPONDENT)
async def show_check(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    return await _check_page(request, await place_of(request, link, key))


async def _check_page(
    request: Request[Any, Any, Any], place: Place, *, status: int = 200, nothing_answered: bool = False
) -> Response[bytes]:
    draft = await draft_switched_at(request, place)
    asked = path(place.round.document, draft.answers)
    return page(
        request,
        "respond/check.html",
        language=draft.language,
        status=status,
        round=place.round,
        address=place.address,
        asked=asked,
        can_stop=has_agreed(asked, draft.answers),
        answers=draft.answers,
        summaries={each.concept: summary_of(each, draft) for each in asked if each.concept in draft.answers},
        shared_device=draft.shared_device,
        nothing_answered=nothing_answered,
    )


def summary_of(question: Question, draft: DraftState) -> tuple[str, ...]:
    """What was answered, a line for each thing it says, with numbers in the digits of the person's language."""
    lines = type_of(question).summary(question, draft.answers[question.concept], draft.language)
    if question.kind in ("number_scale", "date"):
        return tuple(in_digits_of(line, draft.language) for line in lines)
    return lines


@post("/s/{link:str}/{key:str}/check", opt=RESPONDENT)
async def send(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Response[Any]:
    place = await place_of(request, link, key)
    parts = place.parts
    try:
        draft = await draft_at(request, place)
    except DraftProblem as problem:
        if problem.code != "already_sent":
            raise
        return Redirect(f"{place.address}/receipt", status_code=303)
    try:
        await parts.store.write(lambda: answering.send(place.id, place.round, now=parts.clock(), secret=parts.secret))
    except answering.NothingAnswered:
        return await _check_page(request, place, status=422, nothing_answered=True)
    parts.reader.something_new()
    return Redirect(last_page(place, draft, "receipt"), status_code=303)


def next_person(link: str, again: str) -> str | None:
    """Where the next person begins, or ``None`` on somebody's own device."""
    match again:
        case "":
            return None
        case "shared":
            return f"/s/{link}?shared=yes"
        case "telephone":
            return "/work/telephone"
        case _:
            return f"/s/{link}?class={identity.read_code(again)}"


@get("/s/{link:str}/{key:str}/receipt", opt=RESPONDENT)
async def show_receipt(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    place = await place_of(request, link, key)
    language = offered_language(request, place.round)
    if not await place.parts.store.read(lambda: submissions.is_sent(place.id)):
        raise DraftProblem("unknown")
    return page(
        request,
        "respond/receipt.html",
        language=language,
        round=place.round,
        reference=submissions.reference(place.id),
        next_person=next_person(link, request.query_params.get("again", "")),
    )
