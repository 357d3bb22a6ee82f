"""What a person was asked, and how they want to be asked: one page behind their own link, without an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from analysis.disclosure import FLOOR
from surveys.asking_less.rules import in_force
from surveys.asking_less.spared import spared_in
from surveys.document import Words
from surveys.ledger import how_much
from surveys.ledger.choices import PACES, PAUSES, WAYS, Chosen, OwnAsk, asked_of, behind, choose, stop
from surveys.terms import term_of
from voice.languages import LANGUAGES
from voice.parts import Parts
from voice.web.forms import fields
from voice.web.guards import PUBLIC, RESPONDENT
from voice.web.limits import limit
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_cookie, language_of


class ShownAsk(msgspec.Struct, frozen=True):
    """An ask with the title of our survey, or the partner's name for theirs."""

    title: Words | str
    ask: OwnAsk


@get("/how-often", opt=PUBLIC)
async def show_where(request: Request[Any, Any, Any]) -> Response[bytes]:
    return page(request, "respond/how_often_where.html", language=language_of(request))


@get("/how-often/{key:str}", opt=RESPONDENT, middleware=[limit("continue")])
async def show_how_often(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    parts = parts_of(request)
    chosen = await _behind(parts, key)
    return await _page(request, chosen, key)


async def _behind(parts: Parts, key: str) -> Chosen:
    chosen = await parts.store.read(lambda: behind(key))
    if chosen is None:
        raise NotFoundException
    return chosen


async def _page(
    request: Request[Any, Any, Any], chosen: Chosen, key: str, *, form: Mapping[str, str] | None = None
) -> Response[bytes]:
    """The page; ``form`` is what was posted and could not be taken."""
    parts = parts_of(request)
    asks = await parts.store.read(lambda: asked_of(chosen.person))
    agreed = await parts.store.read(in_force)
    term = term_of(parts.today)
    spared = await parts.store.read(lambda: spared_in(term))
    families = sum(each.families for each in spared)
    return page(
        request,
        "respond/how_often.html",
        language=_language(request, chosen),
        status=422 if form is not None else 200,
        key=key,
        chosen=chosen,
        form=form if form is not None else _as_form(chosen, parts.today),
        missing=form is not None,
        asks=[ShownAsk(await _title(parts, ask.survey), ask) for ask in asks],
        this_term=sum(term_of(ask.asked_on) == term for ask in asks),
        rules=agreed.rules,
        paces=PACES,
        ways=WAYS,
        pauses=PAUSES,
        paused=chosen.not_before is not None and parts.today < chosen.not_before,
        spared_families=families if families >= FLOOR else 0,
        spared_hours=round(sum(each.minutes for each in spared) / 60) if families >= FLOOR else 0,
        was_kept=request.query_params.get("kept") == "yes",
        said=request.query_params.get("said") == "yes",
        answers=how_much.SAID,
    )


def _language(request: Request[Any, Any, Any], chosen: Chosen) -> str:
    if "lang" not in request.query_params and chosen.language in LANGUAGES:
        return chosen.language
    return language_of(request)


def _as_form(chosen: Chosen, today: dt.date) -> dict[str, str]:
    is_paused = chosen.not_before is not None and today < chosen.not_before
    return {
        "pace": chosen.pace,
        "way": chosen.way,
        "written_in": chosen.language,
        "pause": "as_it_is" if is_paused else "no",
    }


async def _title(parts: Parts, survey: str) -> Words | str:
    document = await parts.rounds.document_of(survey, now=parts.clock())
    return document.title if document else survey


@post("/how-often/{key:str}", opt=RESPONDENT)
async def choose_how_often(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[Any]:
    parts = parts_of(request)
    chosen = await _behind(parts, key)
    form = await fields(request)
    if form.get("go") == "stop":
        await parts.store.write(lambda: stop(chosen.person, today=parts.today))
        return Redirect(f"/how-often/{key}?kept=yes", status_code=303)
    if form.get("said") in how_much.SAID:
        term = term_of(parts.today)
        await parts.store.write(lambda: how_much.count(form["said"], survey=how_much.OF_ALL_SURVEYS, term=term))
        return Redirect(f"/how-often/{key}?said=yes", status_code=303)
    if not _can_be_taken(form):
        return await _page(request, chosen, key, form=form)
    await parts.store.write(
        lambda: choose(
            chosen.person,
            pace=form["pace"],
            way=form["way"],
            language=form["written_in"],
            pause=form["pause"],
            today=parts.today,
        )
    )
    cookies = [language_cookie(form["written_in"], secure=parts.settings.secure)] if form["written_in"] else []
    return Redirect(f"/how-often/{key}?kept=yes", status_code=303, cookies=cookies)


def _can_be_taken(form: Mapping[str, str]) -> bool:
    return (
        form.get("pace") in PACES
        and form.get("way") in WAYS
        and form.get("pause") in (*PAUSES, "as_it_is")
        and form.get("written_in") in (*LANGUAGES, "")
    )
