"""Surveys on paper: the form to print, and typing in what came back."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import paper_stacks
from surveys.answering import NothingAnswered
from surveys.answers import AnswerProblem
from surveys.collecting import CannotTakeIn, PageProblem
from surveys.paper_stacks import LANGUAGE, SAID_BY, NoSuchStack, Sheet, Stack, TypedForm
from surveys.publishing import OpenRound
from surveys.typed import LONGEST
from voice.languages import gettext as _
from voice.paper.own_pictures import own_pictures
from voice.paper.printing import PaperForm, pdf
from voice.parts import Parts
from voice.people.permissions import Kind, belongs, reached
from voice.people.roles import Audience
from voice.storage.files import QUESTIONS, FileFolder
from voice.web import wordings
from voice.web.forms import fields
from voice.web.headers import saved_as
from voice.web.pages import page, person_here
from voice.web.paper_form import numbers_of, paper_form
from voice.web.parts import parts_of
from voice.web.reader import language_of

ASKING = {"audience": Audience.ASKING}
LINE = "line-"
SAID_BY_NUMBERS = {"1": "own_words", "2": "supported", "3": "proxy"}
"""The boxes of "Who is answering?", from the first to the last; an empty line means the first."""

LARGEST_STACK_FORM = 2_000_000


@lru_cache(maxsize=32)
def _set_on_paper(form: PaperForm) -> bytes:
    return pdf(form)


@get("/work/paper/{link:str}", opt=ASKING)
async def show_paper(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    """The forms to print, and the stacks that are being typed in."""
    parts = parts_of(request)
    round = await parts.rounds.by_link(link, now=parts.clock())
    return page(
        request,
        "work/paper/paper.html",
        language=language_of(request),
        round=round,
        stacks=await _reached_stacks(request, round.id),
    )


async def _reached_stacks(request: Request[Any, Any, Any], round: uuid.UUID) -> list[Stack]:
    person = person_here(request)

    async def unit() -> list[Stack]:
        stacks = await paper_stacks.stacks_of(round)
        keys = await reached(person, Audience.ASKING, Kind.STACK, [each.id for each in stacks])
        return [each for each in stacks if str(each.id) in keys]

    return await parts_of(request).store.read(unit)


@get("/work/paper/{link:str}/form", opt=ASKING)
async def send_form(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    """The form as a PDF, in the language that the address asks for."""
    parts = parts_of(request)
    round = await parts.rounds.by_link(link, now=parts.clock())
    language = language_of(request)
    if language not in round.languages:
        raise NotFoundException
    folder = FileFolder(parts.settings.data, QUESTIONS)
    pictures = await asyncio.to_thread(own_pictures, round.document, folder)
    form = msgspec.structs.replace(paper_form(request, round, language), pictures=pictures)
    name = f"{round.survey}-{round.version}-{language}.pdf"
    return Response(
        await asyncio.to_thread(_set_on_paper, form),
        media_type="application/pdf",
        headers=saved_as(name, shown=True),
    )


@post("/work/paper/{link:str}", opt=ASKING)
async def start_stack(request: Request[Any, Any, Any], link: FromPath[str]) -> Redirect:
    parts = parts_of(request)
    round = await parts.rounds.by_link(link, now=parts.clock())
    twice = (await fields(request)).get("twice") == "yes"
    person = person_here(request)

    async def unit() -> uuid.UUID:
        made = await paper_stacks.start(round.id, typed_twice=twice, today=parts.today)
        await belongs(Kind.STACK, made, person.organisation)
        return made

    stack = await parts.store.write(unit)
    return Redirect(f"/work/stacks/{stack}", status_code=303)


async def _stack_at(request: Request[Any, Any, Any], token: str) -> tuple[Parts, Stack, OpenRound]:
    parts = parts_of(request)
    try:
        stack = await parts.store.read(lambda: paper_stacks.load(uuid.UUID(token)))
    except (ValueError, NoSuchStack) as problem:
        raise NotFoundException from problem
    return parts, stack, await parts.rounds.by_id(stack.round, now=parts.clock())


@get("/work/stacks/{token:str}", opt=ASKING)
async def show_stack(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    """One form to type; its language stays the one of the form before."""
    _parts, stack, round = await _stack_at(request, token)
    asked = request.query_params.get("forms", "")
    language = asked if asked in round.languages else language_of(request)
    return await _typing_page(request, stack, round, {LANGUAGE: language})


@post("/work/stacks/{token:str}", opt=ASKING, request_max_body_size=LARGEST_STACK_FORM)
async def type_form(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts, stack, round = await _stack_at(request, token)
    fields_typed = await fields(request)
    read = _read(round, fields_typed)
    if isinstance(read, dict) or fields_typed.get("go") != "keep":
        return await _typing_page(request, stack, round, fields_typed, problems=read)
    try:
        sheet = uuid.UUID(fields_typed.get("sheet", ""))
        await parts.store.write(
            lambda: paper_stacks.type_first(
                stack, sheet, read, round, by=_member(request), now=parts.clock(), secret=parts.secret
            )
        )
    except (ValueError, NothingAnswered, CannotTakeIn) as problem:
        return await _typing_page(request, stack, round, fields_typed, whole=_in_words(problem))
    parts.reader.something_new()
    return Redirect(f"/work/stacks/{stack.id}?forms={read.language}", status_code=303)


@get("/work/stacks/{token:str}/second", opt=ASKING)
async def show_second(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    """The next form that somebody else typed, to be typed again without seeing what they typed."""
    parts, stack, round = await _stack_at(request, token)
    sheet = await parts.store.read(lambda: paper_stacks.next_for(stack.id, _member(request)))
    language = sheet.first.language if sheet else language_of(request)
    return await _typing_page(request, stack, round, {LANGUAGE: language}, second=True, sheet=sheet)


@post("/work/stacks/{token:str}/second", opt=ASKING, request_max_body_size=LARGEST_STACK_FORM)
async def type_second(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts, stack, round = await _stack_at(request, token)
    form = await fields(request)
    sheet = await parts.store.read(lambda: paper_stacks.next_for(stack.id, _member(request)))
    here = f"/work/stacks/{stack.id}/second"
    if sheet is None or form.get("sheet") != str(sheet.id):
        return Redirect(here, status_code=303)  # it was sent twice, or somebody else typed it meanwhile
    read = _read(round, form)
    if isinstance(read, dict) or form.get("go") != "keep":
        return await _typing_page(request, stack, round, form, problems=read, second=True, sheet=sheet)
    try:
        same = await parts.store.write(
            lambda: paper_stacks.type_second(stack, sheet, read, round, now=parts.clock(), secret=parts.secret)
        )
    except (NothingAnswered, CannotTakeIn) as problem:
        whole = _in_words(problem)
        return await _typing_page(request, stack, round, form, whole=whole, second=True, sheet=sheet)
    if same:
        parts.reader.something_new()
    return Redirect(here, status_code=303)


@get("/work/stacks/{token:str}/differences", opt=ASKING)
async def show_differences(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    _parts, stack, round = await _stack_at(request, token)
    return await _differences_page(request, stack, round)


@post("/work/stacks/{token:str}/differences", opt=ASKING, request_max_body_size=LARGEST_STACK_FORM)
async def settle(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """Takes one form in as somebody who looked at the paper again says."""
    parts, stack, round = await _stack_at(request, token)
    form = await fields(request)
    waiting = await parts.store.read(lambda: paper_stacks.waiting(stack.id))
    sheet = next((each for each in waiting if str(each.id) == form.get("sheet") and each.second), None)
    here = f"/work/stacks/{stack.id}/differences"
    if sheet is None:
        return Redirect(here, status_code=303)
    chosen = _chosen(sheet, form)
    if chosen is None:
        said = {"": _("Choose one answer for each question.")}
        return await _differences_page(request, stack, round, problems={sheet.id: said})
    try:
        settled = paper_stacks.settled(sheet, chosen)
    except msgspec.ValidationError:
        return await _differences_page(request, stack, round, problems={sheet.id: {SAID_BY: _cannot_mean()}})
    problems = paper_stacks.problems_with(round.document, settled)
    if problems:
        unclear = {concept: _problem_words(problem) for concept, problem in problems.items()}
        return await _differences_page(request, stack, round, problems={sheet.id: unclear})
    try:
        await parts.store.write(
            lambda: paper_stacks.settle(stack, sheet, settled, round, now=parts.clock(), secret=parts.secret)
        )
    except (NothingAnswered, CannotTakeIn) as problem:
        return await _differences_page(request, stack, round, problems={sheet.id: {"": _in_words(problem)}})
    parts.reader.something_new()
    return Redirect(here, status_code=303)


def _member(request: Request[Any, Any, Any]) -> uuid.UUID:
    person = person_here(request)
    return person.id


def _read(round: OpenRound, form: Mapping[str, str]) -> TypedForm | dict[str, AnswerProblem]:
    """The form that was typed, or what cannot be meant in it, by concept."""
    lines = {name.removeprefix(LINE): line for name, line in form.items() if name.startswith(LINE) and line.strip()}
    said_by = SAID_BY_NUMBERS.get(form.get(SAID_BY, "").strip() or "1")
    language = form.get(LANGUAGE, "")
    problems: dict[str, AnswerProblem] = {
        concept: AnswerProblem("too_long", limit=LONGEST, length=len(line))
        for concept, line in lines.items()
        if len(line) > LONGEST
    }
    if said_by is None:
        problems[SAID_BY] = AnswerProblem("number_not_there", limit=len(SAID_BY_NUMBERS))
    if language not in round.languages:
        problems[LANGUAGE] = AnswerProblem("number_wanted")
    if problems:
        return problems
    typed = msgspec.convert({"language": language, "said_by": said_by, "lines": lines}, TypedForm)
    return paper_stacks.problems_with(round.document, typed) or typed


async def _typing_page(
    request: Request[Any, Any, Any],
    stack: Stack,
    round: OpenRound,
    form: Mapping[str, str],
    *,
    problems: TypedForm | Mapping[str, AnswerProblem] | None = None,
    whole: str = "",
    second: bool = False,
    sheet: Sheet | None = None,
) -> Response[bytes]:
    found = problems if isinstance(problems, dict) else {}
    waiting = await parts_of(request).store.read(lambda: paper_stacks.waiting(stack.id))
    return page(
        request,
        "work/paper/typing.html",
        language=language_of(request),
        status=422 if found or whole else 200,
        stack=stack,
        round=round,
        second=second,
        nothing_to_type=second and sheet is None,
        sheet=str(sheet.id) if sheet else form.get("sheet") or str(uuid.uuid4()),
        number=sheet.number if sheet else stack.sheets + 1,
        waiting_for_second=sum(each.second is None for each in waiting),
        differing=sum(each.second is not None for each in waiting),
        numbers=numbers_of(round.document),
        form=form,
        line=LINE,
        problems={concept: _problem_words(problem) for concept, problem in found.items()},
        whole=whole,
    )


async def _differences_page(
    request: Request[Any, Any, Any],
    stack: Stack,
    round: OpenRound,
    *,
    problems: Mapping[uuid.UUID, Mapping[str, str]] | None = None,
) -> Response[bytes]:
    waiting = await parts_of(request).store.read(lambda: paper_stacks.waiting(stack.id))
    return page(
        request,
        "work/paper/differences.html",
        language=language_of(request),
        status=422 if problems else 200,
        stack=stack,
        round=round,
        numbers=numbers_of(round.document),
        sheets=[(sheet, _in_order(round, paper_stacks.differences(sheet))) for sheet in waiting if sheet.second],
        problems=problems or {},
    )


def _in_order(round: OpenRound, differences: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The differences in the order of the form."""
    numbers = numbers_of(round.document)
    return {name: differences[name] for name in sorted(differences, key=lambda name: numbers.get(name, 0))}


def _chosen(sheet: Sheet, form: Mapping[str, str]) -> dict[str, str] | None:
    """What was chosen for each difference: the first typing, the second, or something else that was written.

    ``None`` when something was not chosen yet.
    """
    chosen = {}
    for name, (first, second) in paper_stacks.differences(sheet).items():
        choice = form.get(f"choice-{name}", "")
        if choice not in ("first", "second", "other"):
            return None
        chosen[name] = {"first": first, "second": second, "other": form.get(f"other-{name}", "")}[choice]
    return chosen


def _problem_words(problem: AnswerProblem) -> str:
    match problem.code:
        case "number_wanted":
            return _cannot_mean()
        case "number_not_there":
            return _("There is no such number here. The last one is %(limit)s.") % {
                "limit": wordings.number(problem.limit)
            }
        case _:
            return wordings.answer_problem(problem)


def _cannot_mean() -> str:
    return _("Type the number of the box that has a tick. Type ? when you cannot read it.")


def _in_words(problem: Exception) -> str:
    match problem:
        case NothingAnswered():
            return _("This form has no answers. Put it aside and go on with the next one.")
        case CannotTakeIn():
            return _("This survey ended more than 30 days ago, or it has not started yet. We cannot take in its forms.")
        case PageProblem():
            return _cannot_mean()
        case _:
            return _("We could not read that. Please open this page again.")
