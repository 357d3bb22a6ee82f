"""Checking the answers, sending them, and the receipt."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import answering, identity, submissions
from surveys.answers import mark_of_all
from surveys.drafts import DraftProblem, DraftState
from surveys.invitations import opening
from surveys.ledger import how_much
from surveys.routing import has_agreed, path
from voice.privacy.notice import reader_of
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.limits import limit
from voice.web.pages import page
from voice.web.reader import language_of
from voice.web.respond import invitation_cookies
from voice.web.respond.own_copy import OWN_DEVICES
from voice.web.respond.places import (
    Place,
    address_of_last_page,
    again,
    draft_at,
    draft_switched_at,
    last_page,
    place_of,
)
from voice.web.respond.question_page import summary_of
from voice.web.respond.start import offered_language


@get("/s/{link:str}/{key:str}/check", opt=RESPONDENT)
async def show_check(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    return await _check_page(request, await place_of(request, link, key))


async def _check_page(
    request: Request[Any, Any, Any], place: Place, *, status: int = 200, problem: str | None = None
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
        link=place.link,
        reader=reader_of(place.round.document, draft.answers),
        asked=asked,
        can_stop=has_agreed(asked, draft.answers),
        answers=draft.answers,
        summaries={each.concept: summary_of(each, draft) for each in asked if each.concept in draft.answers},
        shared_device=draft.shared_device,
        problem=problem,
        # Where answers are hidden there is no mark of them: they could be guessed from it.
        seen="" if draft.shared_device else mark_of_all(answering.what_can_be_sent(place.round, draft)),
        again=again(place, draft),
    )


@post("/s/{link:str}/{key:str}/check", opt=RESPONDENT)
async def send(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Response[Any]:
    place = await place_of(request, link, key)
    form = await fields(request)
    try:
        draft = await draft_at(request, place)
        return await send_for_good(request, place, draft, seen=form.get("seen"))
    except DraftProblem as problem:
        if problem.code != "already_sent":
            raise
        return await receipt_of_sent(request, place, form.get("again", ""))
    except answering.NothingAnswered:
        return await _check_page(request, place, status=422, problem="nothing")
    except answering.ChangedElsewhere:
        return await _check_page(request, place, status=409, problem="changed")


async def send_for_good(
    request: Request[Any, Any, Any], place: Place, draft: DraftState, *, seen: str | None = None
) -> Redirect:
    """Sends what was said so far, with the invitation that the person came with, and leads to the receipt.

    Every page that sends does it here. Raises ``NothingAnswered`` or, where ``seen`` is the mark of what they read
    before they sent it, ``ChangedElsewhere``.
    """
    parts, token = place.parts, invitation_cookies.token_in(request)
    await parts.store.write(
        lambda: answering.send(place.id, place.round, now=parts.clock(), secret=parts.secret, seen=seen, token=token)
    )
    parts.reader.something_new()
    cookies = await _spend_invitation(request, place)
    return Redirect(last_page(place, draft, "receipt"), status_code=303, cookies=cookies)


async def receipt_of_sent(request: Request[Any, Any, Any], place: Place, again: str) -> Redirect:
    """Leads to the receipt of answers that were sent before; a first try may have been cut short after storing them."""
    language = await place.parts.store.read(lambda: submissions.language_of(place.id))
    receipt = address_of_last_page(place, "receipt", language or language_of(request), again)
    return Redirect(receipt, status_code=303, cookies=await _spend_invitation(request, place))


async def _spend_invitation(request: Request[Any, Any, Any], place: Place) -> list[Cookie]:
    """Notes that an invitation was used, in a unit of its own: nothing beside the answers says which."""
    token = invitation_cookies.token_in(request)
    if not token:
        return []
    await place.parts.store.write(lambda: opening.note(token, "spent"))
    return invitation_cookies.thrown_away(place.address, place.parts.settings.secure)


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
    how = await place.parts.store.read(lambda: submissions.mode_of(place.id))
    if how is None:
        raise DraftProblem("unknown")
    return page(
        request,
        "respond/receipt.html",
        has_copy=how in OWN_DEVICES,
        language=language,
        round=place.round,
        reference=submissions.reference(place.id),
        address=place.address,
        again=request.query_params.get("again", ""),
        next_person=next_person(link, request.query_params.get("again", "")),
        answers=how_much.SAID,
        said=request.query_params.get("said") == "yes",
        may_say_how_much=place.round.document.audience == "parent_carer",
    )


@post("/s/{link:str}/{key:str}/how-much", opt=RESPONDENT, middleware=[limit("continue")])
async def say_how_much(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Redirect:
    """One tap at the end. It is counted by survey and term, and the page then thanks for it."""
    place = await place_of(request, link, key)
    parts = place.parts
    form = await fields(request)
    language = offered_language(request, place.round)
    receipt = address_of_last_page(place, "receipt", language, form.get("again", ""))
    if form.get("said") not in how_much.SAID or not await parts.store.read(lambda: submissions.is_sent(place.id)):
        return Redirect(receipt, status_code=303)
    await parts.store.write(lambda: how_much.count(form["said"], survey=place.round.survey, term=place.round.term))
    return Redirect(f"{receipt}{'&' if '?' in receipt else '?'}said=yes", status_code=303)
