"""All actions, those that are late first, and as a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from litestar import Request, Response, get

from surveys.document import wording
from surveys.exporting.cells import csv_file
from surveys.terms import term_order
from voice.actions.listing import SHOWN, Wanted, counted, listed
from voice.actions.promise import Promise
from voice.actions.reading import every_action, owned_by
from voice.languages import speak
from voice.people.roles import Audience
from voice.web.act import act_words
from voice.web.act.who import may_act
from voice.web.headers import saved_as
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

"""Excel takes a CSV for UTF-8 when it begins with one."""

COLUMNS = (
    "origin",
    "about",
    "term",
    "heard",
    "people",
    "of",
    "first_said",
    "decided",
    "state",
    "cannot",
    "owner",
    "partner",
    "due_on",
    "days_late",
    "since",
    "still",
    "evidence",
    "evidence_link",
    "made_on",
    "settled_on",
    "address",
)


@get("/work/actions", opt={"audience": Audience.STAFF})
async def show_actions(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts, person = parts_of(request), person_here(request)
    known = await _known(request)
    wanted = _wanted(request)
    speak(language_of(request))
    return page(
        request,
        "act/actions.html",
        language=language_of(request),
        found=listed(known, wanted, parts.today),
        counts=counted(known, parts.today),
        wanted=wanted,
        is_any=bool(known),
        mine=wanted.owner == person.id,
        shown=SHOWN,
        partners=sorted({each.partner for each in known if each.partner}),
        terms=sorted({each.origin.term for each in known if each.origin.term}, key=term_order, reverse=True),
        themes={
            each.origin.key: act_words.name(each.origin) for each in known if each.origin.kind in ("theme", "summary")
        },
        may_act=may_act(request),
        today=parts.today,
        act_words=act_words,
    )


async def _known(request: Request[Any, Any, Any]) -> tuple[Promise, ...]:
    """All of them for those who act; for everybody else, what they look after."""
    store, person = parts_of(request).store, person_here(request)
    return await store.read(every_action if may_act(request) else lambda: owned_by(person.id))


def _wanted(request: Request[Any, Any, Any]) -> Wanted:
    query = request.query_params
    state = query.get("state", "open")
    return Wanted(
        state=state if state in SHOWN else "",
        owner=person_here(request).id if query.get("who") == "mine" else None,
        partner=query.get("partner", ""),
        theme=query.get("theme", ""),
        term=query.get("term", ""),
    )


@get("/work/actions/file", opt={"audience": Audience.ACTING})
async def download_actions(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A line for each action, in the reader's language where there are words in it."""
    parts = parts_of(request)
    known = await parts.store.read(every_action)
    speak(language_of(request))
    rows: list[tuple[object, ...]] = [COLUMNS]
    for each in listed(known, Wanted(), parts.today):
        address = f"{parts.settings.base_url}/work/actions/{each.id}"
        rows.append(_cells(each, language_of(request), address, parts.today))
    return Response(
        content=csv_file(rows),
        media_type="text/csv; charset=utf-8",
        headers=saved_as("actions.csv"),
    )


def _cells(each: Promise, language: str, address: str, today: dt.date) -> tuple[object, ...]:
    proof, told = each.proof, each.figures
    return (
        each.origin.kind,
        act_words.name(each.origin),
        each.origin.term,
        wording(each.heard, language),
        told.n if told else None,
        told.of if told else None,
        each.first_said,
        wording(each.decided, language),
        each.state,
        wording(each.cannot, language) if each.state == "cannot" else "",
        each.owner_email,
        each.partner,
        each.due_on,
        each.days_overdue(today) or None,
        wording(each.since, language),
        wording(each.still, language),
        wording(proof.evidence, language) if proof else "",
        proof.evidence_link if proof else "",
        each.made_on,
        each.settled_on,
        address,
    )
