"""The languages, what is left to check in each, and one message beside its English."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any
from urllib.parse import quote, unquote, urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.bank import reading
from surveys.templates import TEMPLATES
from surveys.translating import keeping
from surveys.translating.bank_words import picture_beside, place_of
from surveys.translating.catalogs import Check
from surveys.translating.checking import WordingProblem, wording_problem
from surveys.translating.messages import placeholders
from surveys.translating.state import STATES, Translation, counts
from surveys.translating.usage import Use, uses
from voice.languages import LANGUAGES, SOURCE
from voice.people.roles import Audience
from voice.translators import TRANSLATED, counted, entries, speak_as_translated, translations_in, translations_now
from voice.web import cookies
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.translate import words as said
from voice.web.translate.where import where

A_PAGE = 25
A_MONTH = 30 * 24 * 3600
LONGEST_NAME = 80
TRANSLATING = {"audience": Audience.TRANSLATING}


def known_language(code: str) -> str:
    """The code of a language that is translated into. Raises a 404 for any other."""
    if code not in TRANSLATED:
        raise NotFoundException
    return code


@cache
def _surveys() -> dict[str, str]:
    """The English titles of the surveys whose words are in the catalogs, by slug."""
    return {slug: made(_english, ("en",)).title["en"] for slug, made in TEMPLATES.items()}


@cache
def _uses() -> dict[str, tuple[Use, ...]]:
    return uses(made(_english, ("en",)) for made in TEMPLATES.values())


def _english(message: str) -> dict[str, str]:
    return {"en": message}


def _chosen(request: Request[Any, Any, Any]) -> tuple[str, str]:
    """Which messages are looked at: their state or ``all``, and the slug of a survey or nothing."""
    show = request.query_params.get("show", "unconfirmed")
    survey = request.query_params.get("survey", "")
    if show not in (*STATES, "all") or (survey and survey not in _surveys()):
        raise NotFoundException
    return show, survey


def _wanted(found: list[Translation], show: str, survey: str) -> list[Translation]:
    return [each for each in found if show in (each.state, "all") and (not survey or _stands_in(each, survey))]


def _stands_in(each: Translation, survey: str) -> bool:
    return any(use.survey == survey for use in _uses().get(each.message.forms[0], ()))


@get("/work/translating", opt=TRANSLATING)
async def show_languages(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    return page(
        request,
        "work/translating/languages.html",
        language=language_of(request),
        counted=await counted(parts.store),
        said=said,
    )


@get("/work/translating/{code:str}", opt=TRANSLATING)
async def show_messages(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    into = known_language(code)
    show, survey = _chosen(request)
    found = await translations_in(parts_of(request).store, into)
    wanted = _wanted(found, show, survey)
    begin = request.query_params.get("from", "0")
    start = int(begin) // A_PAGE * A_PAGE if begin.isdecimal() and len(begin) < 7 else 0
    return page(
        request,
        "work/translating/messages.html",
        language=language_of(request),
        into=LANGUAGES[into],
        counted=counts(found),
        total=len(found),
        show=show,
        survey=survey,
        surveys=_surveys(),
        messages=wanted[start : start + A_PAGE],
        wanted=len(wanted),
        start=start,
        a_page=A_PAGE,
        query=_query(show, survey),
        said=said,
    )


def _query(show: str, survey: str) -> str:
    return urlencode({"show": show, **({"survey": survey} if survey else {})})


@get("/work/translating/{code:str}/words/{token:str}", opt=TRANSLATING)
async def show_message(request: Request[Any, Any, Any], code: FromPath[str], token: FromPath[str]) -> Response[bytes]:
    return await _message_page(request, known_language(code), token)


async def _message_page(
    request: Request[Any, Any, Any],
    into: str,
    token: str,
    *,
    written: tuple[str, ...] | None = None,
    name: str | None = None,
    problem: WordingProblem | None = None,
    name_missing: bool = False,
    changed_meanwhile: bool = False,
) -> Response[bytes]:
    show, survey = _chosen(request)
    found = await translations_in(parts_of(request).store, into)
    each = next((each for each in found if each.message.id == token), None)
    if each is None:
        raise NotFoundException
    following = _following(found, token, show, survey)
    english = each.message.forms[0]
    return page(
        request,
        "work/translating/message.html",
        language=language_of(request),
        status=409 if changed_meanwhile else 422 if problem or name_missing else 200,
        into=LANGUAGES[into],
        each=each,
        written=written or each.forms,
        chips=sorted(set().union(*(placeholders(form) for form in each.message.forms))),
        uses=_uses().get(english, ()),
        surveys=_surveys(),
        pages=where(english),
        asked=await _asked_in_bank(request, each),
        name=unquote(cookies.kept(request, cookies.TRANSLATOR)) if name is None else name,
        longest_name=LONGEST_NAME,
        problem=problem,
        name_missing=name_missing,
        changed_meanwhile=changed_meanwhile,
        counted=counts(found),
        total=len(found),
        following=following,
        query=_query(show, survey),
        said=said,
    )


class AskedInBank(msgspec.Struct, frozen=True):
    """The question that words of the bank belong to: its English, and what is shown beside these words."""

    title: str
    symbol: str
    picture: str


async def _asked_in_bank(request: Request[Any, Any, Any], each: Translation) -> AskedInBank | None:
    place = place_of(each.message)
    concept = await parts_of(request).store.read(lambda: reading.concept(place.concept)) if place else None
    if place is None or concept is None:
        return None
    return AskedInBank(concept.title(SOURCE), *picture_beside(concept, place.part))


def _following(found: list[Translation], id: str, show: str, survey: str) -> str:
    """The id of the next message in the list that is worked through; empty after the last."""
    place = next(n for n, each in enumerate(found) if each.message.id == id)
    return next((each.message.id for each in _wanted(found[place + 1 :], show, survey)), "")


@post("/work/translating/{code:str}/words/{token:str}", opt=TRANSLATING)
async def keep_words(request: Request[Any, Any, Any], code: FromPath[str], token: FromPath[str]) -> Response[Any]:
    """Keeps the words, and with the other button the reader's name as who has confirmed them.

    Nothing is kept when somebody else changed or confirmed other words since the form was opened: the page shows both.
    """
    into = known_language(code)
    parts = parts_of(request)
    show, survey = _chosen(request)
    form = await fields(request)
    found = await translations_in(parts.store, into)
    each = next((each for each in found if each.message.id == token), None)
    if each is None:
        raise NotFoundException
    typed = (form.get(f"form-{place}", "") for place in range(len(each.forms)))
    forms = tuple(said.as_written(words, each.message) for words in typed)
    name = " ".join(form.get("name", "").split())[:LONGEST_NAME]
    problem = wording_problem(each.message, forms, into)
    if problem or not name:
        return await _message_page(
            request, into, token, written=forms, name=name, problem=problem, name_missing=not name
        )

    person = person_here(request)

    known = await asyncio.to_thread(entries, into)

    async def unit() -> bool:
        now = next((now for now in await translations_now(into, known) if now.message.id == token), None)
        if now is None:
            raise NotFoundException
        if form.get("seen") != now.seen and forms != now.forms:
            return False
        if forms != now.forms or now.state in ("stale", "missing"):
            await keeping.keep_words(into, each.message, forms, by=name, member=person.id, now=parts.clock())
        if form.get("go") == "confirm":
            await keeping.confirm(into, each.message, forms, Check(name, parts.today))
        return True

    if not await parts.store.write(unit):
        return await _message_page(request, into, token, written=forms, name=name, changed_meanwhile=True)
    await speak_as_translated(parts.store)
    following = _following(found, token, show, survey)
    address = f"/work/translating/{into}" + (f"/words/{following}" if following else "")
    kept = cookies.cookie(
        cookies.TRANSLATOR, quote(name), seconds=A_MONTH, secure=parts.settings.secure, path="/work/translating"
    )
    return Redirect(f"{address}?{_query(show, survey)}", status_code=303, cookies=[kept])
