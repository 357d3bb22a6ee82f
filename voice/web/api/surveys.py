"""Surveys and their rounds, for programs."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import msgspec
from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from surveys.document import SurveyDocument, Words
from surveys.publishing import OpenRound, rounds
from surveys.terms import term_order
from voice.programs.tokens import Scope
from voice.web.api.guard import for_programs
from voice.web.parts import parts_of


class SurveyLine(msgspec.Struct, frozen=True):
    """A published survey: its newest version that has a round, and its title by language."""

    survey: str
    version: int
    title: Words
    languages: tuple[str, ...]


class RoundLine(msgspec.Struct, frozen=True):
    """A round of a survey in a term. ``link`` is the address for families; empty when there is none."""

    round: uuid.UUID
    survey: str
    version: int
    term: str
    identity_mode: str
    opens_on: dt.date | None
    closes_on: dt.date | None
    link: str


async def _rounds(request: Request[Any, Any, Any]) -> list[OpenRound]:
    found = await parts_of(request).store.read(rounds)
    return sorted(found, key=lambda each: (each.survey, term_order(each.term), each.version), reverse=True)


@get("/surveys", opt=for_programs(Scope.READ_SURVEYS), tags=["Surveys"])
async def list_surveys(request: Request[Any, Any, Any]) -> list[SurveyLine]:
    """Every survey that was asked, with its newest version."""
    newest: dict[str, OpenRound] = {}
    for each in await _rounds(request):
        if each.survey not in newest or newest[each.survey].version < each.version:
            newest[each.survey] = each
    return [
        SurveyLine(each.survey, each.version, each.document.title, each.document.languages) for each in newest.values()
    ]


@get("/surveys/{survey:str}", opt=for_programs(Scope.READ_SURVEYS), tags=["Surveys"])
async def read_survey(request: Request[Any, Any, Any], survey: FromPath[str]) -> SurveyDocument:
    """The newest version of a survey: its questions, options and conditions, in every language."""
    found = [each for each in await _rounds(request) if each.survey == survey]
    if not found:
        raise NotFoundException("There is no such survey.")
    return max(found, key=lambda each: each.version).document


@get("/rounds", opt=for_programs(Scope.READ_SURVEYS), tags=["Surveys"])
async def list_rounds(request: Request[Any, Any, Any]) -> list[RoundLine]:
    """Every round, the newest term first."""
    base = parts_of(request).settings.base_url
    return [
        RoundLine(
            round=each.id,
            survey=each.survey,
            version=each.version,
            term=each.term,
            identity_mode=each.identity_mode,
            opens_on=each.opens_on,
            closes_on=each.closes_on,
            link=f"{base}/s/{each.link}" if each.link else "",
        )
        for each in await _rounds(request)
    ]
