"""The surveys that families can answer now, with the link and the QR code for the letter."""

from __future__ import annotations

from typing import Any

import segno
from litestar import Request, Response, get
from litestar.params import FromPath
from markupsafe import Markup

from surveys.terms import term_order
from voice.evidence.heard import terms
from voice.people.roles import Audience
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/work/surveys", opt={"audience": Audience.ASKING})
async def show_surveys(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    rounds = await parts.rounds.with_link(now=parts.clock())
    answered = {(term, survey): people for term, survey, people in await terms(parts.store)}
    return page(
        request,
        "work/surveys.html",
        language=language_of(request),
        rounds=[
            (round, round.is_open(parts.today), answered.get((round.term, round.survey), 0))
            for round in sorted(rounds, key=lambda each: term_order(each.term), reverse=True)
        ],
        base_url=parts.settings.base_url,
    )


@get("/work/surveys/{link:str}/letter", opt={"audience": Audience.ASKING})
async def show_letter(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    """What goes on the letter: a few words, the link and its QR code."""
    parts = parts_of(request)
    round = await parts.rounds.by_link(link, now=parts.clock())
    address = f"{parts.settings.base_url}/s/{round.link}"
    return page(
        request,
        "work/letter.html",
        language=language_of(request),
        round=round,
        address=address,
        qr_code=qr_code(address),
    )


def qr_code(address: str) -> Markup:
    """An SVG picture of the address; its colour comes from the style sheet."""
    drawn = segno.make(address, error="m").svg_inline(scale=6, border=4, svgclass="qr-code", lineclass="qr-line")
    return Markup(drawn)  # noqa: S704 - drawn by segno from our own address
