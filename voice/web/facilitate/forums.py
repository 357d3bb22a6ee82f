"""The termly reports of forums: read, taken away, and filled with what happened since."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.terms import is_term
from voice.capture.sessions import forums
from voice.capture.sessions.forums import LONGEST_HAPPENED, ForumReport, HappenedTooLong
from voice.capture.sessions.room_files import RoomFile
from voice.languages import speak
from voice.paper.documents import plain
from voice.web import room_words
from voice.web.act import act_words
from voice.web.act.about import ActionsHere, actions_here
from voice.web.facilitate.forum_document import forum_document
from voice.web.facilitate.session_reports import files_in
from voice.web.facilitate.sessions import FACILITATING, sessions_seen
from voice.web.facilitate.taking_away import take_away
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

LARGEST_FORM = 3_000_000
SINCE = "since-"


@get("/work/forums", opt=FACILITATING)
async def show_forums(request: Request[Any, Any, Any]) -> Response[bytes]:
    person, sees = person_here(request), await sessions_seen(request)
    found = await parts_of(request).store.read(lambda: forums.forum_terms(by=person.id, sees=sees))
    return page(request, "facilitate/forums.html", language=language_of(request), terms=found)


async def _forum_at(request: Request[Any, Any, Any], forum: str, term: str) -> ForumReport:
    person, sees = person_here(request), await sessions_seen(request)
    if not is_term(term):
        raise NotFoundException
    found = await parts_of(request).store.read(lambda: forums.load_forum(forum, term, by=person.id, sees=sees))
    if found is None:
        raise NotFoundException
    return found


async def _files(request: Request[Any, Any, Any], report: ForumReport) -> dict[uuid.UUID, RoomFile]:
    files: dict[uuid.UUID, RoomFile] = {}
    for each in report.reports:
        files |= await files_in(request, each)
    return files


@get("/work/forums/{forum:str}/{term:str}", opt=FACILITATING)
async def show_forum(request: Request[Any, Any, Any], forum: FromPath[str], term: FromPath[str]) -> Response[bytes]:
    return await _forum_page(request, await _forum_at(request, forum, term))


async def _forum_page(
    request: Request[Any, Any, Any],
    report: ForumReport,
    *,
    status: int = 200,
    problem: HappenedTooLong | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response[bytes]:
    language = language_of(request)
    speak(language)
    return page(
        request,
        "facilitate/forum.html",
        language=language,
        status=status,
        report=report,
        document=forum_document(report, await _files(request, report), partnership=parts_of(request).partnership.name),
        actions=await _actions(request, report),
        act_words=act_words,
        today=parts_of(request).today,
        problem=problem,
        told=room_words.too_long(LONGEST_HAPPENED, problem.length) if problem else "",
        typed=typed or {},
    )


async def _actions(request: Request[Any, Any, Any], report: ForumReport) -> ActionsHere:
    return await actions_here(
        request, "line", [line.id for line in (*report.asks, *(ask.line for ask in report.asked_before))]
    )


@get("/work/forums/{forum:str}/{term:str}/as/{kind:str}", opt=FACILITATING)
async def take_forum(
    request: Request[Any, Any, Any], forum: FromPath[str], term: FromPath[str], kind: FromPath[str]
) -> Response[bytes]:
    report = await _forum_at(request, forum, term)
    files = await _files(request, report)
    speak(language_of(request))
    made = await asyncio.to_thread(forum_document, report, files, partnership=parts_of(request).partnership.name)
    return await take_away(made, kind)


@post("/work/forums/{forum:str}/{term:str}", opt=FACILITATING, request_max_body_size=LARGEST_FORM)
async def say_what_happened(
    request: Request[Any, Any, Any], forum: FromPath[str], term: FromPath[str]
) -> Response[Any]:
    parts = parts_of(request)
    report = await _forum_at(request, forum, term)
    form = await fields(request)
    actions = await _actions(request, report)
    happened = {
        ask.line.id: plain(form[name]).strip()
        for ask in report.asked_before
        if (name := f"{SINCE}{ask.line.id}") in form and not actions.about(ask.line.id)
    }
    try:
        await parts.store.write(lambda: forums.keep_happened(report, happened, today=parts.today))
    except HappenedTooLong as problem:
        return await _forum_page(request, report, status=422, problem=problem, typed=form)
    return Redirect(f"/work/forums/{forum}/{term}", status_code=303)
