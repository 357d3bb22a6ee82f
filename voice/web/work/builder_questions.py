"""One question of a survey that is being built: taken from the bank, worded, and asked of some or of all."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from surveys.bank import reading, searching
from surveys.bank.concepts import Concept
from surveys.building import editing
from surveys.building.codes import codes_of, own_codes
from surveys.building.drafting import Change, SurveyDraftState
from surveys.building.editing import EditProblem
from surveys.building.from_bank import differences, with_bank_words
from surveys.building.paths import path_problems
from surveys.building.stale import LookedAt
from surveys.document import OnlyIf, Question, SurveyDocument
from voice.languages import LANGUAGES, SOURCE
from voice.web.forms import fields
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import builder_words
from voice.web.work.builder_bank import bank_question
from voice.web.work.builder_drafts import (
    BUILD,
    READ,
    Edit,
    Yours,
    address_of,
    changed_fields,
    draft_at,
    draft_page,
    not_now_page,
    save,
)
from voice.web.work.builder_settings import language_asked

MOST_SHOWN = 40


class Asked(msgspec.Struct, frozen=True):
    """An earlier question with the answers that a condition can name; ``ticked`` are those it names now.

    ``number`` counts the conditions on the same question, from 0.
    """

    question: Question
    place: int
    number: int
    codes: tuple[str, ...]
    ticked: tuple[str, ...]

    def field(self, code: str) -> str:
        return f"if-{self.number}-{self.question.concept}.{code}"


@get("/work/builder/{draft:uuid}/add", opt=READ)
async def show_add(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[bytes]:
    """Questions of the bank, found by their words, those for this audience first."""
    found = await draft_at(request, draft)
    search = request.query_params.get("q", "").strip()[: searching.LONGEST_SEARCH]

    async def unit() -> list[Concept]:
        codes = await searching.search(search) if searching.search_words(search) else None
        every = await reading.concepts(languages={SOURCE, language_of(request)})
        return [concept for concept in every if codes is None or concept.code in codes]

    concepts = await parts_of(request).store.read(unit)
    audience = found.document.audience
    concepts = sorted(concepts, key=lambda each: (audience not in each.audiences, each.code))
    return draft_page(
        request,
        "add.html",
        found,
        search=search,
        concepts=concepts[:MOST_SHOWN],
        more=max(0, len(concepts) - MOST_SHOWN),
        after=request.query_params.get("after", ""),
        added=found.document.question(request.query_params.get("added", "")),
        in_language=language_of(request),
    )


@post("/work/builder/{draft:uuid}/add", opt=BUILD)
async def add(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[Any]:
    form = await fields(request)
    code, after, search = form.get("concept", ""), form.get("after", ""), form.get("q", "")
    concept = await parts_of(request).store.read(lambda: reading.concept(code))
    if concept is None or concept.is_retired:
        raise NotFoundException

    def edit(found: SurveyDraftState) -> Edit:
        document = found.document
        question = bank_question(concept, document.edition)
        place = after if document.question(after) else ""
        return Edit(
            editing.with_question(document, question, after=place),
            Change("added", code, after={"question": builder_words.title(question, code)}),
        )

    then = f"{address_of(draft)}/add?{urlencode({'q': search, 'after': code, 'added': code})}"
    try:
        return await save(request, draft, form, edit, then=then)
    except EditProblem as problem:
        return await not_now_page(request, draft, builder_words.edit_problem(problem.code))


@get("/work/builder/{draft:uuid}/questions/{concept:str}", opt=READ)
async def show_one(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], concept: FromPath[str]
) -> Response[bytes]:
    found = await draft_at(request, draft)
    return _question_page(request, found, concept, language_asked(request.query_params.get("in", "")))


def _question_page(
    request: Request[Any, Any, Any],
    draft: SurveyDraftState,
    concept: str,
    language: str,
    *,
    written: dict[str, str] | None = None,
    problem: EditProblem | None = None,
) -> Response[bytes]:
    question = draft.document.question(concept)
    if question is None:
        raise NotFoundException
    before = editing.words_of_question(question, language)
    places = [each.concept for each in draft.document.questions]
    return draft_page(
        request,
        "question.html",
        draft,
        status=422 if problem else 200,
        question=question,
        place=places.index(concept) + 1,
        before=before,
        written=before | (written or {}),
        english=editing.words_of_question(question, SOURCE),
        in_language=LANGUAGES[language],
        source=LANGUAGES[SOURCE],
        conditions=conditions_of(draft.document, question),
        problems=[each for each in path_problems(draft.document) if each.concept == concept],
        problem=problem,
        stale={each.field for each in draft.stale if each.concept == concept and each.language == language},
    )


def conditions_of(document: SurveyDocument, question: Question) -> list[Asked]:
    """The conditions of a question, then every earlier question that another could name."""
    place = editing.place_of(document, question.concept)
    earlier = {q.concept: (n, q) for n, q in enumerate(document.questions[:place], start=1)}
    found: list[Asked] = []
    for condition in question.conditions:
        if condition.concept in earlier:
            n, asked = earlier[condition.concept]
            number = sum(each.question.concept == condition.concept for each in found)
            ticked = tuple(code for code in codes_of(asked) if code in condition.codes)
            found.append(Asked(asked, n, number, codes_of(asked), ticked))
    named = {each.question.concept for each in found}
    found += [
        Asked(asked, n, 0, codes_of(asked), ())
        for n, asked in earlier.values()
        if asked.concept not in named and own_codes(asked)
    ]
    return found


@post("/work/builder/{draft:uuid}/questions/{concept:str}", opt=BUILD)
async def change_question(
    request: Request[Any, Any, Any], draft: FromPath[uuid.UUID], concept: FromPath[str]
) -> Response[Any]:
    """The words of a question in one language, or the answers that it waits for."""
    form = await fields(request)
    language = language_asked(form.get("in", ""))
    then = f"{address_of(draft)}/questions/{concept}?in={language}&saved=yes"
    try:
        if form.get("go") == "bank":
            return await _take_bank_words(request, draft, concept, form)
        if form.get("go") == "conditions":
            return await save(
                request,
                draft,
                form,
                lambda found: _conditioned(found, concept, form),
                then=then,
                yours=lambda found: _your_conditions(found, concept, form),
                about=concept,
            )
        return await save(
            request,
            draft,
            form,
            lambda found: _worded(found, concept, language, form),
            then=then,
            yours=lambda found: _your_words(found, concept, language, form),
            about=concept,
        )
    except EditProblem as problem:
        if problem.code == "no_such_question":
            return await not_now_page(request, draft, builder_words.edit_problem(problem.code))
        found = await draft_at(request, draft)
        return _question_page(request, found, concept, language, written=form, problem=problem)


async def _take_bank_words(
    request: Request[Any, Any, Any], id: uuid.UUID, concept: str, form: dict[str, str]
) -> Response[Any]:
    """Makes the question say what the bank says now, in every language."""
    known = await parts_of(request).store.read(lambda: reading.concept(concept))
    if known is None:
        raise NotFoundException

    def edit(found: SurveyDraftState) -> Edit:
        before = found.document.questions[editing.place_of(found.document, concept)]
        question = bank_question(known, found.document.edition)
        differ = differences(before, question, found.document.languages)
        in_english = [each for each in differ if each.language == SOURCE]
        return Edit(
            with_bank_words(found.document, question),
            Change(
                "bank_words",
                concept,
                {each.field: each.here for each in in_english},
                {each.field: each.in_bank for each in in_english},
            ),
            looked_at=LookedAt(concept),
        )

    return await save(request, id, form, edit, then=f"{address_of(id)}/questions/{concept}?saved=yes", about=concept)


def _worded(draft: SurveyDraftState, concept: str, language: str, form: dict[str, str]) -> Edit:
    question = draft.document.questions[editing.place_of(draft.document, concept)]
    before = editing.words_of_question(question, language)
    changed = changed_fields(form, before)
    kept = {name: before[name] for name in changed}
    document = editing.with_words(draft.document, concept, language, changed)
    return Edit(document, Change("words", concept, kept, changed), looked_at=LookedAt(concept, language))


def _your_words(draft: SurveyDraftState, concept: str, language: str, form: dict[str, str]) -> list[Yours]:
    question = draft.document.question(concept)
    now = editing.words_of_question(question, language) if question else {}
    # Of a question that a colleague has removed, the form alone knows the fields.
    names = now or {name.removeprefix("was-"): "" for name in form if name.startswith("was-")}
    return [Yours(name, text, now.get(name, "")) for name, text in changed_fields(form, names).items()]


def _boxes(asked: list[Asked]) -> dict[str, str]:
    """Each box of the conditions, and whether it is ticked."""
    return {each.field(code): "yes" if code in each.ticked else "" for each in asked for code in each.codes}


def _conditioned(draft: SurveyDraftState, concept: str, form: dict[str, str]) -> Edit:
    document = draft.document
    question = document.questions[editing.place_of(document, concept)]
    asked = conditions_of(document, question)
    boxes = _boxes(asked)
    now = boxes | changed_fields(form, boxes)
    conditions = [
        OnlyIf(each.question.concept, tuple(code for code in each.codes if now[each.field(code)])) for each in asked
    ]
    changed = editing.with_conditions(document, concept, [each for each in conditions if each.codes])
    after = changed.questions[editing.place_of(changed, concept)]
    return Edit(
        changed,
        Change(
            "conditions", concept, {"conditions": _lines(document, question)}, {"conditions": _lines(changed, after)}
        ),
    )


def _lines(document: SurveyDocument, question: Question) -> str:
    return "\n".join(builder_words.condition(document, each) for each in question.conditions)


def _your_conditions(draft: SurveyDraftState, concept: str, form: dict[str, str]) -> list[Yours]:
    question = draft.document.question(concept)
    if question is None:
        return []
    edited = _conditioned(draft, concept, form)
    return [Yours("conditions", edited.change.after["conditions"], edited.change.before["conditions"])]
