"""The words of help on every page for families: written by one, agreed to by another, in each language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from voice.languages import LANGUAGES
from voice.people.permissions import HOST_ID
from voice.people.roles import Audience
from voice.people.tables import Member
from voice.safeguarding import help_words
from voice.safeguarding.help_words import LONGEST, HelpWordsProblem, tidied
from voice.web.forms import fields
from voice.web.pages import page, person_here, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

CARING = {"audience": Audience.CARING}


@get("/work/safeguarding/words/{code:str}", opt=CARING)
async def show_help_words(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    return await _words_page(request, _known(code))


async def _words_page(
    request: Request[Any, Any, Any], code: str, *, typed: str | None = None, problem: HelpWordsProblem | None = None
) -> Response[bytes]:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    versions = await parts.store.read(lambda: help_words.versions(code))
    rows = await parts.store.read(lambda: Member.select(Member.id, Member.email))
    newest = versions[0] if versions else None
    return page(
        request,
        "work/help_words.html",
        language=language_of(request),
        status=422 if problem else 200,
        of=LANGUAGES[code],
        shown=parts.partnership.help_in(code),
        newest=newest,
        may_write=person.organisation == HOST_ID,
        may_agree=newest is not None and newest.agreed_on is None and newest.written_by != person.id,
        versions=versions,
        names={row["id"]: row["email"] for row in rows},
        written=typed if typed is not None else newest.words if newest else "",
        longest=LONGEST,
        problem=problem,
    )


@post("/work/safeguarding/words/{code:str}", opt=CARING)
async def write_help_words(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    written = tidied((await fields(request)).get("words", ""))
    by, today = _who(request), parts_of(request).today
    return await _kept(
        request, code, lambda: help_words.write(_known(code), written, by=by, today=today), typed=written
    )


@post("/work/safeguarding/words/{code:str}/agree", opt=CARING)
async def agree_to_help_words(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    number = (await fields(request)).get("number", "")
    if not (number.isascii() and number.isdecimal() and len(number) <= 9):
        raise NotFoundException
    by, today = _who(request), parts_of(request).today
    return await _kept(request, code, lambda: help_words.agree(_known(code), int(number), by=by, today=today))


async def _kept(
    request: Request[Any, Any, Any], code: str, unit: Callable[[], Awaitable[None]], *, typed: str | None = None
) -> Response[Any]:
    parts = parts_of(request)
    try:
        await parts.store.write(unit)
    except HelpWordsProblem as problem:
        return await _words_page(request, code, typed=typed, problem=problem)
    parts.partnership = replace(parts.partnership, help_words=await parts.store.read(help_words.agreed_words))
    return Redirect(f"/work/safeguarding/words/{code}", status_code=303)


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise NotFoundException
    return code


def _who(request: Request[Any, Any, Any]) -> Any:
    person = person_here(request)
    return person.id
