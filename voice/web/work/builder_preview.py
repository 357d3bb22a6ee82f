"""A survey as families will see it, before it goes out. Nothing is stored: what was tried stands in the address."""

from __future__ import annotations

import base64
import uuid
import zlib
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.building.drafting import SurveyDraftState
from surveys.document import Question
from surveys.drafts import DraftState
from surveys.publishing import OpenRound
from surveys.question_types import type_of
from surveys.question_types.ranking import moved
from surveys.routing import after, before, lets_go_on, path
from surveys.terms import term_of
from voice.languages import LANGUAGES
from voice.web.forms import came_by_script, fields
from voice.web.parts import Parts, parts_of
from voice.web.reader import display_cookie, display_of, display_with
from voice.web.respond.questions import Place, question_page
from voice.web.work.builder_drafts import READ, address_of, draft_at, draft_page
from voice.web.work.builder_settings import language_asked

LONGEST_WORDS = 40
"""Letters of somebody's own words that the address holds: enough to see that they are there."""

LONGEST_STATE = 6000

PreviewMode = Literal["own_device", "shared_device", "telephone"]


class Tried(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is tried: in which language and mode, with which answers so far."""

    language: str = "en"
    mode: PreviewMode = "own_device"
    answers: dict[str, GivenAnswer] = {}


_decoder = msgspec.json.Decoder(Tried)


def to_address(tried: Tried) -> str:
    return base64.urlsafe_b64encode(zlib.compress(msgspec.json.encode(tried), 9)).rstrip(b"=").decode()


def from_address(text: str) -> Tried:
    """Raises ``NotFoundException`` for what is no such state."""
    try:
        packed = base64.urlsafe_b64decode(text[:LONGEST_STATE] + "=" * (-len(text[:LONGEST_STATE]) % 4))
        tried = _decoder.decode(zlib.decompressobj().decompress(packed, 50_000))
    except (ValueError, zlib.error, msgspec.DecodeError) as problem:
        raise NotFoundException from problem
    if tried.language not in LANGUAGES:
        raise NotFoundException
    return tried


class PreviewPlace(Place, frozen=True):
    """Where somebody is in a preview: under an address of its own."""

    @property
    def address(self) -> str:
        return f"{address_of(self.id)}/preview/{self.key}"


@get("/work/builder/{draft:uuid}/preview", opt=READ)
async def show_preview(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[Any]:
    """Where the language and the mode are chosen; with both, the first question."""
    found = await draft_at(request, draft)
    mode = request.query_params.get("mode")
    if mode is None:
        languages = [code for code in found.document.languages if code in LANGUAGES]
        return draft_page(request, "preview.html", found, languages=[LANGUAGES[code] for code in languages])
    if mode not in ("own_device", "shared_device", "telephone") or not found.document.questions:
        raise NotFoundException
    begun = Tried(language_asked(request.query_params.get("in", "")), mode)
    first = path(found.document, {})
    if not first:
        return _end(request, found, begun)
    return Redirect(f"{address_of(draft)}/preview/{to_address(begun)}/q/{first[0].concept}", status_code=303)


@get("/work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}", opt=READ)
async def show_previewed(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str], concept: FromPath[str]
) -> Response[bytes]:
    found = await draft_at(request, draft)
    state = from_address(tried)
    question = _asked(found, state, concept)
    given = state.answers.get(concept)
    hidden = state.mode == "shared_device" and given is not None
    form = {} if given is None or hidden else type_of(question).filled(question, given)
    return _question_page(request, found, state, question, form, hidden=hidden)


@post("/work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}", opt=READ)
async def answer_previewed(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str], concept: FromPath[str]
) -> Response[Any]:
    """The buttons of a question page do what they do for families, but nothing is kept."""
    found = await draft_at(request, draft)
    state = from_address(tried)
    question = _asked(found, state, concept)
    form = await fields(request)
    if "move" in form and not came_by_script(request):
        return _question_page(request, found, state, question, moved(question, form, form["move"]))
    if "language" in form:
        state = msgspec.structs.replace(state, language=language_asked(form["language"]))
    step = "stay" if "language" in form or "display" in form else form.get("go", "continue")
    if step == "continue":
        try:
            given = type_of(question).read(question, form, state.language)
        except AnswerProblem as problem:
            if came_by_script(request):
                return Response({"problem": problem.code}, status_code=422)
            return _question_page(request, found, state, question, form, problem=problem)
        state = _with(state, concept, given)
    elif step == "skip":
        state = _with(state, concept, None)
    then = _next(found, state, question, step)
    cookies = []
    if "display" in form:
        settings = display_with(display_of(request), form["display"])
        cookies.append(display_cookie(settings, secure=parts_of(request).settings.secure))
    if came_by_script(request):
        return Response({"next": then}, status_code=200, cookies=cookies)
    return Redirect(then, status_code=303, cookies=cookies)


@get("/work/builder/{draft:uuid}/preview/{tried:str}/end", opt=READ)
async def show_preview_end(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str]
) -> Response[bytes]:
    return _end(request, await draft_at(request, draft), from_address(tried))


@get("/work/builder/{draft:uuid}/preview/{tried:str}/later", opt=READ)
async def show_preview_later(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str]
) -> Response[bytes]:
    """Saving for later ends a preview: there is nothing to come back to."""
    return _end(request, await draft_at(request, draft), from_address(tried))


def _end(request: Request[Any, Any, Any], draft: SurveyDraftState, state: Tried) -> Response[bytes]:
    asked = path(draft.document, state.answers)
    return draft_page(
        request,
        "preview_end.html",
        draft,
        asked=[
            (question, type_of(question).summary(question, state.answers[question.concept], state.language))
            for question in asked
            if question.concept in state.answers
        ],
        count=len(asked),
    )


def _asked(draft: SurveyDraftState, state: Tried, concept: str) -> Question:
    found = next((q for q in path(draft.document, state.answers) if q.concept == concept), None)
    if found is None:
        raise NotFoundException
    return found


def _with(state: Tried, concept: str, given: GivenAnswer | None) -> Tried:
    answers = {code: each for code, each in state.answers.items() if code != concept}
    if given is not None:
        short = given.text[:LONGEST_WORDS] if given.text else given.text
        answers[concept] = msgspec.structs.replace(given, text=short, reach=None)
    return msgspec.structs.replace(state, answers=answers)


def _next(draft: SurveyDraftState, state: Tried, question: Question, step: str) -> str:
    address = f"{address_of(draft.id)}/preview/{to_address(state)}"
    asked = path(draft.document, state.answers)
    if step in ("stay", "remove"):
        return f"{address}/q/{question.concept}"
    if step == "back":
        earlier = before(asked, question.concept)
        return f"{address}/q/{earlier.concept}" if earlier else f"{address_of(draft.id)}/preview"
    if step in ("later", "stop") or not lets_go_on(question, state.answers):
        return f"{address}/end"
    following = after(asked, question.concept)
    return f"{address}/q/{following.concept}" if following else f"{address}/end"


def _question_page(
    request: Request[Any, Any, Any],
    draft: SurveyDraftState,
    state: Tried,
    question: Question,
    form: Mapping[str, str],
    *,
    hidden: bool = False,
    problem: AnswerProblem | None = None,
) -> Response[bytes]:
    parts = parts_of(request)
    round = _round(draft, parts)
    place = PreviewPlace(parts, round, "", to_address(state), draft.id)
    tried = DraftState(
        id=draft.id,
        round=round.id,
        language=state.language,
        shared_device=False,
        answers=state.answers,
        expires_on=parts.today,
        mode=state.mode,
    )
    return question_page(
        request,
        place,
        tried,
        question,
        # With "preview" in it the page is made for this person alone, and carries their token against forged forms.
        form={**form, "preview": "yes"},
        hidden=hidden,
        problem=problem,
        status=422 if problem else 200,
    )


def _round(draft: SurveyDraftState, parts: Parts) -> OpenRound:
    return OpenRound(
        id=draft.id,
        survey=draft.document.slug,
        version=0,
        term=term_of(parts.today),
        identity_mode=draft.identity_mode or "anonymous",
        link=None,
        opens_on=None,
        closes_on=None,
        document=draft.document,
    )
