"""Packs to take to a board: choose what is in one, look at it, and take it away as a file."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from voice.languages import LANGUAGES, speak
from voice.packs import showing
from voice.packs.as_document import action_lines, document_of, drawn
from voice.packs.contents import KINDS, kind_title, pack_of, section_title
from voice.packs.document import Pack
from voice.packs.gathering import Gathered, gather
from voice.packs.writing import MEDIA_TYPES, Format, NothingToSay, written
from voice.paper.plain_text import text_of
from voice.people.roles import Audience
from voice.web import wordings
from voice.web.headers import saved_as
from voice.web.pages import environment, page
from voice.web.parts import parts_of
from voice.web.reader import language_of

FINDINGS = {"audience": Audience.FINDINGS}
FILE_NAMES = {
    "board": "board-pack",
    "scrutiny": "scrutiny-report",
    "evidence": "self-evaluation-evidence",
    "families": "what-we-heard",
    "newsletter": "newsletter",
}


class Choice(msgspec.Struct, frozen=True):
    """What somebody chose; ``term`` is ``None`` for the newest, and ``sections`` may be empty."""

    kind: str
    term: str | None
    language: str
    sections: tuple[str, ...]


@get("/lead/packs", opt=FINDINGS)
async def show_packs(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _choosing(request)


async def _choosing(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The page as it is before anything was chosen."""
    choice = _choice(request)
    choice = msgspec.structs.replace(choice, sections=choice.sections or KINDS[choice.kind].first)
    return _packs_page(request, choice, await _gathered(request, choice))


def _nothing_chosen_yet(request: Request[Any, Any, Any]) -> bool:
    return not {"section", "chosen"} & set(request.query_params)


def _packs_page(
    request: Request[Any, Any, Any], choice: Choice, gathered: Gathered | None, *, problem: str = ""
) -> Response[bytes]:
    return page(
        request,
        "lead/packs.html",
        language=language_of(request),
        status={"": 200, "failed": 503}.get(problem, 422),
        choice=choice,
        gathered=gathered,
        kinds=KINDS,
        formats=get_args(Format),
        kind_title=kind_title,
        section_title=section_title,
        problem=problem,
    )


@get("/lead/packs/file", opt=FINDINGS)
async def send_pack(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The pack as a file. What has nothing in it becomes no file."""
    if _nothing_chosen_yet(request):
        return await _choosing(request)
    choice = _choice(request)
    format = request.query_params.get("format", "")
    if format not in get_args(Format):
        raise NotFoundException
    gathered = await _gathered(request, choice)
    try:
        pack = _pack(gathered, choice)
        content = await written(pack, format)  # type: ignore[arg-type]
    except NothingToSay:
        return _packs_page(request, choice, gathered, problem="nothing" if choice.sections else "no_section")
    except RuntimeError:
        return _packs_page(request, choice, gathered, problem="failed")
    assert gathered is not None
    name = f"{FILE_NAMES[choice.kind]}-{gathered.term}-{choice.language}.{format}"
    return Response(
        content,
        media_type=MEDIA_TYPES[format],  # type: ignore[index]
        headers=saved_as(name),
    )


@get("/lead/packs/look", opt=FINDINGS)
async def look_at_pack(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The pack as a page, with its words to copy where it is for families."""
    if _nothing_chosen_yet(request):
        return await _choosing(request)
    choice = _choice(request)
    gathered = await _gathered(request, choice)
    try:
        pack = _pack(gathered, choice)
    except NothingToSay:
        return _packs_page(request, choice, gathered, problem="nothing" if choice.sections else "no_section")
    speak(choice.language)
    inside = environment().get_template("lead/pack_inside.html").render(pack=pack, **_of_packs())
    return page(
        request,
        "lead/pack.html",
        language=language_of(request),
        pack=pack,
        packed_language=LANGUAGES[pack.language],
        inside=inside,
        text=text_of(document_of(pack)) if pack.large else "",
        query=request.url.query,
    )


def _of_packs() -> dict[str, Any]:
    return {"showing": showing, "drawn": drawn, "action_lines": action_lines, "words": wordings, "LANGUAGES": LANGUAGES}


def _pack(gathered: Gathered | None, choice: Choice) -> Pack:
    """Raises :class:`NothingToSay`."""
    if gathered is None:
        raise NothingToSay
    pack = pack_of(choice.kind, gathered, choice.sections, language=choice.language)
    if pack.is_empty:
        raise NothingToSay
    return pack


def _choice(request: Request[Any, Any, Any]) -> Choice:
    """Raises ``NotFoundException`` for a kind or a language that there is not."""
    asked = request.query_params
    kind, language = asked.get("kind", "board"), asked.get("language") or language_of(request)
    if kind not in KINDS or language not in LANGUAGES:
        raise NotFoundException
    chosen = asked.getall("section", [])
    sections = tuple(key for key in KINDS[kind].sections if key in chosen)
    return Choice(kind, asked.get("term") or None, language, sections)


async def _gathered(request: Request[Any, Any, Any], choice: Choice) -> Gathered | None:
    """Raises ``NotFoundException`` for a term in which nobody said anything."""
    try:
        return await gather(parts_of(request), choice.term)
    except KeyError as problem:
        raise NotFoundException from problem
