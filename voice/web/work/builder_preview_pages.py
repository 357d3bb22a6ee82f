"""The pages around the questions of a survey that somebody tries: the first page, the check, the receipt, and paper."""

from __future__ import annotations

import asyncio
import io
import uuid
import wave
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import submissions
from surveys.answering import what_can_be_sent
from surveys.building.drafting import SurveyDraftState
from surveys.document import FILE_KINDS
from surveys.routing import has_agreed, path
from voice.languages import LANGUAGES
from voice.languages import gettext as _
from voice.paper.printing import pdf
from voice.web.forms import fields
from voice.web.headers import saved_as
from voice.web.offline import NEEDS_A_CONNECTION
from voice.web.pages import BUILT, page
from voice.web.paper_form import paper_form
from voice.web.parts import parts_of
from voice.web.respond.question_page import summary_of
from voice.web.respond.start import Chosen
from voice.web.work.builder_drafts import READ, draft_at, draft_page
from voice.web.work.builder_settings import language_asked
from voice.web.work.builder_tried import (
    NO_FILE,
    TRIED_MODES,
    Tried,
    from_address,
    look_cookies,
    tried_answers,
    tried_place,
    tried_round,
)


class TriedClass(msgspec.Struct, frozen=True):
    """Stands for the class whose code was typed."""

    setting: str


@get("/work/builder/{draft:uuid}/preview", opt=READ)
async def show_preview(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[Any]:
    """Where the language and the mode are chosen; with both, the first page."""
    found = await draft_at(request, draft)
    mode = request.query_params.get("mode")
    if mode is None:
        languages = [LANGUAGES[code] for code in found.document.languages if code in LANGUAGES]
        with_files = [question for question in found.document.questions if question.kind in NEEDS_A_CONNECTION]
        return draft_page(request, "preview.html", found, languages=languages, with_files=with_files, modes=TRIED_MODES)
    chosen = next((each for each in TRIED_MODES if each == mode), None)
    if chosen is None or not path(found.document, {}):
        raise NotFoundException
    begun = Tried(language_asked(request.query_params.get("in", "")), chosen)
    return Redirect(tried_place(parts_of(request), found, begun).start, status_code=303)


@get("/work/builder/{draft:uuid}/preview/{tried:str}/start", opt=READ)
async def show_preview_start(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str]
) -> Response[bytes]:
    found, state = await _tried(request, draft, tried)
    place = tried_place(parts_of(request), found, state)
    return page(
        request,
        "respond/start.html",
        language=state.language,
        round=place.round,
        link=place.link,
        action=place.start,
        key=place.key,
        draft=None,
        in_class=TriedClass(_("your class")) if state.mode == "class" else None,
        class_code="",
        chosen=Chosen(state.mode == "shared_device", "supported" if state.mode == "with_help" else "own_words"),
        trying=place.trying,
    )


@post("/work/builder/{draft:uuid}/preview/{tried:str}/start", opt=READ)
async def start_preview(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str]
) -> Response[Any]:
    """To the first question, on the kind of device that was ticked."""
    found, state = await _tried(request, draft, tried)
    form = await fields(request)
    parts = parts_of(request)
    if "display" in form or form.get("lang") in LANGUAGES:
        state = msgspec.structs.replace(state, language=language_asked(form.get("lang", state.language)))
        return Redirect(tried_place(parts, found, state).start, status_code=303, cookies=look_cookies(request, form))
    if state.mode in ("own_device", "shared_device"):
        shared = form.get("shared_device") == "yes"
        state = msgspec.structs.replace(state, mode="shared_device" if shared else "own_device")
    state = msgspec.structs.replace(state, language=language_asked(form.get("language", state.language)))
    first = path(found.document, state.answers)[0]
    return Redirect(f"{tried_place(parts, found, state).address}/q/{first.concept}", status_code=303)


@get("/work/builder/{draft:uuid}/preview/{tried:str}/check", opt=READ)
async def show_preview_check(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str]
) -> Response[bytes]:
    found, state = await _tried(request, draft, tried)
    return _check_page(request, found, state)


def _check_page(
    request: Request[Any, Any, Any], draft: SurveyDraftState, state: Tried, *, problem: str | None = None
) -> Response[bytes]:
    parts = parts_of(request)
    place = tried_place(parts, draft, state)
    answers = tried_answers(parts, draft, state)
    asked = path(draft.document, state.answers)
    return page(
        request,
        "respond/check.html",
        language=state.language,
        status=422 if problem else 200,
        round=place.round,
        address=place.address,
        asked=asked,
        can_stop=has_agreed(asked, state.answers),
        answers=state.answers,
        summaries={each.concept: summary_of(each, answers) for each in asked if each.concept in state.answers},
        shared_device=state.hides,
        problem=problem,
        seen="",
        again="",
        trying=place.trying,
    )


@post("/work/builder/{draft:uuid}/preview/{tried:str}/check", opt=READ)
async def send_preview(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str]
) -> Response[Any]:
    """To the receipt; nothing is sent."""
    found, state = await _tried(request, draft, tried)
    parts = parts_of(request)
    place = tried_place(parts, found, state)
    if not what_can_be_sent(place.round, tried_answers(parts, found, state)):
        return _check_page(request, found, state, problem="nothing")
    return Redirect(f"{place.address}/receipt", status_code=303)


@get("/work/builder/{draft:uuid}/preview/{tried:str}/receipt", opt=READ)
async def show_preview_receipt(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str]
) -> Response[bytes]:
    found, state = await _tried(request, draft, tried)
    place = tried_place(parts_of(request), found, state)
    return page(
        request,
        "respond/receipt.html",
        language=state.language,
        round=place.round,
        reference=submissions.reference(uuid.UUID(NO_FILE)),
        next_person=f"{place.trying}/preview" if state.hides or state.mode == "telephone" else None,
        said=False,
        may_say_how_much=False,
        trying=place.trying,
    )


@get(
    [
        "/work/builder/{draft:uuid}/preview/{tried:str}/later",
        "/work/builder/{draft:uuid}/preview/{tried:str}/stop",
    ],
    opt=READ,
)
async def show_preview_end(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str]
) -> Response[bytes]:
    """Stopping and saving for later end a preview: there is nothing to come back to."""
    found, state = await _tried(request, draft, tried)
    return draft_page(request, "preview_end.html", found, count=len(path(found.document, state.answers)))


@get("/work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}/file", opt=READ)
async def show_previewed_file(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str], concept: FromPath[str]
) -> Response[Any]:
    """Something to show in place of the file that was given and not kept: a moment of silence, or a picture."""
    found, state = await _tried(request, draft, tried)
    question = found.document.question(concept)
    if question is None or question.kind not in FILE_KINDS or concept not in state.answers:
        raise NotFoundException
    if question.kind == "recording":
        return Response(_silence(), media_type="audio/wav")
    symbol = "draw" if question.kind == "drawing" else "photo"
    return Response((BUILT / f"symbols/{symbol}.svg").read_bytes(), media_type="image/svg+xml")


def _silence() -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 4000)
    return held.getvalue()


@get("/work/builder/{draft:uuid}/paper", opt=READ)
async def send_draft_form(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[bytes]:
    """The draft as a form on paper, in the language that the address asks for, marked as a draft."""
    found = await draft_at(request, draft)
    if not found.document.questions:
        raise NotFoundException
    language = language_asked(request.query_params.get("in", ""))
    form = paper_form(request, tried_round(parts_of(request), found), language)
    return Response(
        await asyncio.to_thread(pdf, msgspec.structs.replace(form, draft=_("Draft"))),
        media_type="application/pdf",
        headers=saved_as(f"{found.document.slug}-draft-{language}.pdf", shown=True),
    )


async def _tried(request: Request[Any, Any, Any], id: uuid.UUID, tried: str) -> tuple[SurveyDraftState, Tried]:
    """The draft, and what is tried of it; in another language when the address asks for one."""
    found = await draft_at(request, id)
    state = from_address(tried)
    if (asked := request.query_params.get("lang")) in LANGUAGES:
        state = msgspec.structs.replace(state, language=asked)
    return found, state
