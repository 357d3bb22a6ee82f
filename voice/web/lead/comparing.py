"""Numbers side by side: surveys that disagree, before and after, and one question by terms, partners or settings."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from analysis.comparing.disagreements import BY_CHANCE, MATTERS
from analysis.disclosure import FLOOR
from surveys.terms import term_order
from voice.comparing.before_after import before_and_after
from voice.comparing.counting import DIMENSIONS
from voice.comparing.disagreeing import compared
from voice.comparing.tables import look
from voice.findings.counting import counted
from voice.people.roles import Audience, may_use
from voice.web.lead import comparing_words
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

FINDINGS = {"audience": Audience.FINDINGS}


@get("/lead/disagreements", opt=FINDINGS)
async def show_disagreements(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    try:
        found = await compared(parts.store, request.query_params.get("term"), today=parts.today)
    except KeyError as problem:
        raise NotFoundException from problem
    return page(
        request,
        "lead/disagreements.html",
        language=language_of(request),
        found=found,
        told=comparing_words,
        floor=FLOOR,
        matters=MATTERS,
        by_chance=BY_CHANCE,
        today=parts.today,
    )


@get("/lead/before-after", opt=FINDINGS)
async def show_before_after(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    return page(
        request,
        "lead/before_after.html",
        language=language_of(request),
        courses=await before_and_after(parts.store),
        told=comparing_words,
        floor=FLOOR,
        today=parts.today,
    )


@get("/lead/compare", opt=FINDINGS)
async def show_comparison(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    by, crossed = request.query_params.get("by", "term"), request.query_params.get("and", "")
    concept = request.query_params.get("concept")
    try:
        looked = await look(parts.store, concept, by, "" if crossed == by else crossed)
    except KeyError as problem:
        raise NotFoundException from problem
    person = signed_in(request)
    return page(
        request,
        "lead/compare.html",
        language=language_of(request),
        looked=looked,
        concept=concept or (looked.choices[0].concept if looked.choices else ""),
        by=by,
        crossed=crossed,
        dimensions=DIMENSIONS,
        newest=max((each.round.term for each in await counted(parts.store)), key=term_order, default=""),
        may_publish=person is not None and may_use(person.role, Audience.AGREEING),
        told=comparing_words,
        floor=FLOOR,
        today=parts.today,
    )
