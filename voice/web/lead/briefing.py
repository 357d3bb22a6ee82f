"""The lead's first page: what matters now, and everything that was found, on one page."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from analysis.disclosure import FLOOR
from surveys.terms import term_order
from voice.findings.briefing import briefing
from voice.findings.counting import counted
from voice.findings.matters import address_of
from voice.findings.trends import Part, trends, trends_in_groups, trends_in_settings
from voice.findings.watching import chart_of, watched
from voice.people.roles import Audience
from voice.web import population_words, summary_words
from voice.web.lead import comparing_words, fatigue_words, matter_words, signal_words, unheard_words
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

FINDINGS = {"audience": Audience.FINDINGS}

THEMES = 6
"""Themes that stand on the first page; all of them are a link away."""

LATE = 5
"""Promises that are late or due soon, and stand on the first page."""


@get("/lead", opt=FINDINGS)
async def show_briefing(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    parts.reader.wanted_now()
    try:
        found = await briefing(parts.store, parts.settings, request.query_params.get("term"), today=parts.today)
    except KeyError as problem:
        raise NotFoundException from problem
    return page(
        request,
        "lead/briefing.html",
        language=language_of(request),
        found=found,
        themes=[each for each in found.said.themes if each.n][:THEMES] if found else (),
        late=LATE,
        address_of=address_of,
        matter_words=matter_words,
        signal_words=signal_words,
        summary_words=summary_words,
        told=fatigue_words,
        unheard_words=unheard_words,
        population_words=population_words,
        compare_words=comparing_words,
        floor=FLOOR,
    )


@get("/lead/trends/{who:str}/{concept:str}", opt=FINDINGS)
async def show_trend(request: Request[Any, Any, Any], who: FromPath[str], concept: FromPath[str]) -> Response[bytes]:
    """One measure term by term; with ``by`` and ``value`` of one setting or group."""
    parts = parts_of(request)
    part = Part(concept, who, request.query_params.get("by", ""), request.query_params.get("value", ""))
    rounds = await counted(parts.store)
    of = {"": trends, "setting": trends_in_settings}.get(part.by, trends_in_groups)
    trend = next((each for each in of(rounds) if each.part == part), None)
    if trend is None:
        raise NotFoundException
    newest = max((each.round.term for each in rounds), key=term_order)
    watch = watched(rounds, newest)
    return page(
        request,
        "lead/trend.html",
        language=language_of(request),
        trend=trend,
        chart=chart_of(trend, rounds),
        seen=[each for each in (*watch.seen, *watch.perhaps) if each.trend.part == part],
        watch=watch,
        titles={each.round.survey: each.round.document.title for each in rounds},
        matter_words=matter_words,
        signal_words=signal_words,
        floor=FLOOR,
    )
