"""The surveys that are being built, and the list of a survey's questions: put in order, removed, looked at."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.building import drafting, editing, starting
from surveys.building.codes import own_codes
from surveys.building.drafting import Change, NoSuchDraft, NotNow, SavedMeanwhile, SurveyDraftState
from surveys.building.editing import EditProblem
from surveys.building.minutes import minutes
from surveys.building.paths import PathProblem, path_problems
from surveys.building.picture import HEIGHT, WIDTH, picture
from surveys.document import SurveyDocument
from surveys.question_types import complete
from surveys.templates import TEMPLATES
from surveys.translating.completeness import complete_languages
from voice.languages import LANGUAGES, SOURCE, words
from voice.languages import gettext as _
from voice.people.permissions import Kind, NotYours, belongs, check_reach
from voice.people.roles import Audience, may_use
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import builder_words
from voice.web.work.builder_drafts import (
    BUILD,
    READ,
    Edit,
    address_of,
    draft_at,
    draft_page,
    meanwhile_page,
    names,
    not_now_page,
    revision_in,
    save,
)

LAST_CHANGES = 10


@get("/work/builder", opt=READ)
async def show_builder(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _builder_page(request)


async def _builder_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str = "", title: str = "", origin: str = ""
) -> Response[bytes]:
    parts = parts_of(request)
    drafts, published = await parts.store.read(_drafts_and_published)
    return page(
        request,
        "work/builder/surveys.html",
        language=language_of(request),
        status=status,
        drafts=drafts,
        names=await names(parts),
        published=published,
        templates=_templates(),
        told=builder_words,
        problem=problem,
        written=title,
        origin=origin,
        may_build=may_use(person_here(request).role, Audience.BUILDING),
    )


async def _drafts_and_published() -> tuple[list[SurveyDraftState], list[SurveyDocument]]:
    return await drafting.drafts(), await starting.published()


def _templates() -> dict[str, SurveyDocument]:
    return {slug: made(words, tuple(LANGUAGES)) for slug, made in TEMPLATES.items()}


@post("/work/builder", opt=BUILD)
async def start(request: Request[Any, Any, Any]) -> Response[Any]:
    """Begins a draft: empty, from a template, as the next version of a published survey, or as a copy of one."""
    parts = parts_of(request)
    form = await fields(request)
    origin, title = form.get("from", ""), " ".join(form.get("title", "").split())
    if (origin == starting.EMPTY or origin.startswith(starting.COPY)) and not title:
        return await _builder_page(request, status=422, problem="no_title", origin=origin)
    language = language_of(request)

    async def unit() -> SurveyDraftState:
        made = await _begun_with(origin, title[:200], language)
        if made is None:
            raise NotFoundException
        if origin.startswith((starting.EMPTY, starting.COPY)):
            await belongs(Kind.SURVEY, made.slug, person_here(request).organisation)
        await check_reach(person_here(request), Audience.BUILDING, Kind.SURVEY, made.slug)
        return await drafting.begin(made, based_on=origin, by=person_here(request).id, now=parts.clock())

    try:
        draft = await parts.store.write(unit)
    except NotYours:
        return await _builder_page(request, status=422, problem="not_yours", title=title, origin=origin)
    return Redirect(address_of(draft.id), status_code=303)


async def _begun_with(origin: str, title: str, language: str) -> SurveyDocument | None:
    if origin == starting.EMPTY:
        slug = starting.slug_of(title, await starting.slugs_taken())
        languages = tuple(code for code in LANGUAGES if code in (SOURCE, language))
        return starting.empty(title, slug=slug, language=language, languages=languages)
    if origin.startswith(starting.TEMPLATE):
        template = TEMPLATES.get(origin.removeprefix(starting.TEMPLATE))
        return _whole(template(words, tuple(LANGUAGES))) if template else None
    kind, _colon, slug = origin.partition(":")
    earlier = next((_whole(each) for each in await starting.published() if each.slug == slug), None)
    if earlier is None or f"{kind}:" not in (starting.SURVEY, starting.COPY):
        return None
    if f"{kind}:" == starting.SURVEY:
        return earlier
    slug = starting.slug_of(title, await starting.slugs_taken())
    return starting.copied(earlier, title, slug=slug, language=language)


def _whole(document: SurveyDocument) -> SurveyDocument:
    """The survey with what its kinds of question imply, the minutes that it takes, and the languages it is in.

    A catalog that lacks words gives the English ones, so a title in English tells that it was not translated.
    """
    questions = tuple(complete(question, words) for question in document.questions)
    made = msgspec.structs.replace(document, questions=questions)
    said = document.title
    languages = tuple(code for code in complete_languages(made) if code == SOURCE or said[code] != said.get(SOURCE))
    return msgspec.structs.replace(made, minutes=minutes(made), languages=languages)


@get("/work/builder/{draft:uuid}", opt=READ)
async def show_draft(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[bytes]:
    parts = parts_of(request)
    found = await draft_at(request, draft)
    changes = (await parts.store.read(lambda: drafting.changes(draft, after=found.revision - LAST_CHANGES)))[
        :LAST_CHANGES
    ]
    problems: dict[str, list[PathProblem]] = {}
    for problem in path_problems(found.document):
        problems.setdefault(problem.concept, []).append(problem)
    moved = request.query_params.get("moved", "")
    return draft_page(
        request,
        "draft.html",
        found,
        problems=problems,
        changes=changes,
        names=await names(parts),
        moved=found.document.question(moved),
        place=next((n for n, q in enumerate(found.document.questions, start=1) if q.concept == moved), 0),
    )


@post("/work/builder/{draft:uuid}", opt=BUILD)
async def change_order(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[Any]:
    """Up, Down or Remove, whichever button was pressed: each is the step and the question, such as ``up:views``."""
    form = await fields(request)
    step, _colon, concept = form.get("go", "").partition(":")
    address = address_of(draft)
    try:
        if step in ("up", "down"):
            then = f"{address}?moved={concept}#{step}-{concept}"
            return await save(
                request, draft, form, lambda found: _moved(found, concept, -1 if step == "up" else 1), then=then
            )
        if step == "remove":
            return await _remove(request, draft, form, concept)
    except EditProblem as problem:
        return await _gone(request, draft, problem)
    raise NotFoundException


@get("/work/builder/{draft:uuid}/discard", opt=BUILD)
async def ask_to_discard(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[bytes]:
    """Asks whether the draft shall really go."""
    return draft_page(request, "discard.html", await draft_at(request, draft))


@post("/work/builder/{draft:uuid}/discard", opt=BUILD)
async def discard(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[Any]:
    parts = parts_of(request)
    form = await fields(request)

    async def unit() -> None:
        found = await drafting.load_at(draft, revision_in(form))
        await drafting.discard(found, by=person_here(request).id, now=parts.clock())

    try:
        await parts.store.write(unit)
    except NoSuchDraft as problem:
        raise NotFoundException from problem
    except SavedMeanwhile as meanwhile:
        return await meanwhile_page(request, meanwhile, form, [])
    except NotNow as problem:
        return await not_now_page(request, draft, builder_words.not_now(problem.code))
    return Redirect("/work/builder", status_code=303)


def _moved(draft: SurveyDraftState, concept: str, step: int) -> Edit:
    before = editing.place_of(draft.document, concept) + 1
    document = editing.moved(draft.document, concept, step)
    after = editing.place_of(document, concept) + 1
    return Edit(document, Change("moved", concept, {"number": str(before)}, {"number": str(after)}))


async def _remove(
    request: Request[Any, Any, Any], id: uuid.UUID, form: Mapping[str, str], concept: str
) -> Response[Any]:
    """Removes a question; asks first what shall become of those that are asked only because of it."""
    draft = await draft_at(request, id)
    choice = form.get("others", "")
    asking = editing.those_that_ask_for(draft.document, {concept})
    if draft.revision == revision_in(form) and draft.stage == "draft" and asking and choice not in ("keep", "remove"):
        return draft_page(
            request,
            "removing.html",
            draft,
            question=draft.document.questions[editing.place_of(draft.document, concept)],
            asking=asking,
            all_of_them=editing.all_that_need(draft.document, concept),
        )

    def removed(found: SurveyDraftState) -> Edit:
        question = found.document.questions[editing.place_of(found.document, concept)]
        document = editing.without(found.document, concept, with_those_that_need_it=choice == "remove")
        gone = [q for q in found.document.questions if document.question(q.concept) is None]
        kept = {
            "question": builder_words.title(question, concept),
            "removed": msgspec.json.encode(gone).decode(),
        }
        return Edit(document, Change("removed", concept, kept))

    return await save(request, id, form, removed, then=f"{address_of(id)}#questions")


async def _gone(request: Request[Any, Any, Any], id: uuid.UUID, problem: EditProblem) -> Response[bytes]:
    return await not_now_page(request, id, builder_words.edit_problem(problem.code))


@get("/work/builder/{draft:uuid}/paths", opt=READ)
async def show_paths(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[bytes]:
    """The picture of the paths, and the same in words."""
    found = await draft_at(request, draft)
    drawn = picture(found.document, rtl=LANGUAGES[language_of(request)].direction == "rtl")
    return draft_page(
        request,
        "paths.html",
        found,
        picture=drawn,
        box_width=WIDTH,
        box_height=HEIGHT,
        problems=path_problems(found.document),
        has_codes=own_codes,
        nothing_wrong=_("Everybody comes to the end. Every question reaches somebody."),
    )
