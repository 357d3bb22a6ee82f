"""The questions of a survey as families will see them, before it goes out. Each button does what it will do."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post, put
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException, InternalServerException, NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.answering import Answered, given_in
from surveys.answers import AnswerProblem, GivenAnswer
from surveys.building.drafting import SurveyDraftState
from surveys.document import FILE_KINDS, Question
from surveys.question_types import type_of
from surveys.question_types.ranking import moved
from surveys.routing import path
from voice.web.forms import came_by_script, fields
from voice.web.parts import parts_of
from voice.web.respond.files import LARGEST_UPLOAD
from voice.web.respond.places import Errand
from voice.web.respond.question_page import question_page
from voice.web.respond.questions import next_page
from voice.web.work.builder_drafts import READ, draft_at
from voice.web.work.builder_settings import language_asked
from voice.web.work.builder_tried import NO_FILE, Tried, from_address, look_cookies, tried_answers, tried_place

FILE_GIVEN = "file_given"
"""A field of pages whose script has brought a file here, which nobody keeps."""


@get("/work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}", opt=READ)
async def show_previewed(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str], concept: FromPath[str]
) -> Response[bytes]:
    found = await draft_at(request, draft)
    state = from_address(tried)
    question = _asked(found, state, concept)
    given = state.answers.get(concept)
    hidden = state.hides and given is not None
    form = {} if given is None or hidden else type_of(question).filled(question, given)
    return _question_page(request, found, state, question, form, hidden=hidden)


@post("/work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}", opt=READ)
async def answer_previewed(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str], concept: FromPath[str]
) -> Response[Any]:
    found = await draft_at(request, draft)
    state = from_address(tried)
    question = _asked(found, state, concept)
    form = await fields(request)
    if "move" in form and not came_by_script(request):
        return _question_page(request, found, state, question, moved(question, form, form["move"]))
    return _answered(request, found, state, question, form)


@post(
    "/work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}/with-file",
    opt=READ,
    request_max_body_size=LARGEST_UPLOAD,
)
async def answer_previewed_with_file(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str], concept: FromPath[str]
) -> Response[Any]:
    """Any button of a page that can be answered with a file. Of the file, only that there was one is remembered."""
    found = await draft_at(request, draft)
    state = from_address(tried)
    question = _asked(found, state, concept)
    if question.kind not in FILE_KINDS:
        raise NotFoundException
    form = await fields(request)
    chosen = (await request.form()).get("file")
    step = form.get("go", "continue")
    earlier = state.answers.get(concept)
    text = earlier.text if earlier else None
    if step == "remove" or form.get("empty_paper"):
        state = state.with_answer(concept, GivenAnswer(state.language, text=text) if text else None)
    elif form.get(FILE_GIVEN) or (isinstance(chosen, UploadFile) and chosen.filename and step != "skip"):
        state = state.with_answer(concept, GivenAnswer(state.language, text=text, file=NO_FILE))
    return _answered(request, found, state, question, form)


@put(
    "/work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}/file",
    opt=READ | {"exclude_from_csrf": True},  # nothing comes of it, whoever sends it
    request_max_body_size=LARGEST_UPLOAD,
)
async def put_previewed_file(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], tried: FromPath[str], concept: FromPath[str]
) -> Response[dict[str, Any]]:
    """Takes a file from the page's script, and throws it away."""
    question = _asked(await draft_at(request, draft), from_address(tried), concept)
    if question.kind not in FILE_KINDS:
        raise NotFoundException
    try:
        async for _piece in request.stream():
            pass
    except InternalServerException as lost:
        raise ClientException("the connection was lost") from lost
    return Response({"seconds": None}, status_code=200)


def _answered(
    request: Request[Any, Any, Any],
    draft: SurveyDraftState,
    state: Tried,
    question: Question,
    form: Mapping[str, str],
) -> Response[Any]:
    """Does what a button asks for, and goes where it leads."""
    if "language" in form:
        state = msgspec.structs.replace(state, language=language_asked(form["language"]))
    parts = parts_of(request)
    asked = path(draft.document, state.answers)
    step = "stay" if "language" in form or "display" in form else form.get("go", "continue")
    if step == "continue":
        try:
            given = given_in(tried_answers(parts, draft, state), question, form)
        except AnswerProblem as problem:
            if came_by_script(request):
                return Response({"problem": problem.code}, status_code=422)
            return _question_page(request, draft, state, question, form, problem=problem)
        state = state.with_answer(question.concept, given)
    elif step == "skip":
        state = state.with_answer(question.concept, None)
    place = tried_place(parts, draft, state)
    answered = Answered(tried_answers(parts, draft, state), question, asked)
    then = next_page(place, answered, step, Errand.of(request, draft.document))
    cookies = look_cookies(request, form)
    if came_by_script(request):
        return Response({"next": then}, status_code=200, cookies=cookies)
    return Redirect(then, status_code=303, cookies=cookies)


def _asked(draft: SurveyDraftState, state: Tried, concept: str) -> Question:
    found = next((q for q in path(draft.document, state.answers) if q.concept == concept), None)
    if found is None:
        raise NotFoundException
    return found


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
    return question_page(
        request,
        tried_place(parts, draft, state),
        tried_answers(parts, draft, state),
        question,
        form=form,
        hidden=hidden,
        problem=problem,
        status=422 if problem else 200,
    )
