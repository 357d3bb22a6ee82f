"""Surveys that hypothesis draws, and forms that a person could send for any question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.building.codes import NEEDS_OPTIONS, codes_of
from surveys.building.editing import conditioned
from surveys.building.minutes import minutes
from surveys.document import RATHER_NOT_SAY, OnlyIf, Option, Question, QuestionKind, SurveyDocument
from surveys.question_types import TYPES
from surveys.question_types.consent import YES

KINDS: tuple[QuestionKind, ...] = tuple(
    kind
    for kind in TYPES
    if kind not in ("recording", "drawing", "photo")  # type: ignore[misc]
)
"""Every kind that a plain form can answer. The others take a file, and can be skipped like any other."""

WITH_FILES = tuple(kind for kind in ("recording", "drawing", "photo") if kind in TYPES)


def said(words: str) -> dict[str, str]:
    return {"en": words}


def question_of(kind: QuestionKind, number: int, options: int = 3) -> Question:
    codes = [YES, "no", "not_sure", "later"][:options]
    return Question(
        concept=f"question_{number}",
        kind=kind,
        symbol="sun",
        title=said(f"What about {number}?"),
        help=said("Say what you think."),
        options=tuple(Option(code, "sun", said(code)) for code in codes) if kind in NEEDS_OPTIONS else (),
        ends=(said("Bad"), said("Good")) if kind == "number_scale" else None,
    )


def survey_of(*questions: Question) -> SurveyDocument:
    document = SurveyDocument(
        slug="drawn",
        title=said("How are you?"),
        about=said("We want to know."),
        who_reads=said("We do."),
        what_happens_next=said("We tell you."),
        minutes=1,
        languages=("en",),
        questions=questions,
    )
    return replace(document, minutes=minutes(document))


@st.composite
def surveys(draw: st.DrawFn, *, longest: int = 7, mostly_good: bool = True) -> SurveyDocument:
    """Surveys with conditions of every sort. When ``mostly_good`` they ask for earlier questions and known codes."""
    kinds = draw(st.lists(st.sampled_from((*KINDS, *WITH_FILES)), min_size=1, max_size=longest))
    questions: list[Question] = []
    for number, kind in enumerate(kinds, start=1):
        question = question_of(kind, number, draw(st.integers(1, 4)))
        if kind in ("multiple_choice", "feelings"):
            question = replace(question, most=draw(st.integers(0, 2)))
        concepts = [each.concept for each in questions]
        if not mostly_good:
            concepts += [question.concept, f"question_{number + 1}", "question_gone"]
        conditions = []
        for concept in draw(st.lists(st.sampled_from(concepts), max_size=3)) if concepts else []:
            earlier = next((each for each in questions if each.concept == concept), None)
            known = codes_of(earlier) if earlier else ()
            codes = [*known] if mostly_good else [*known, "code_gone"]
            if codes:
                chosen = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True))
                conditions.append(OnlyIf(concept, tuple(chosen)))
        questions.append(conditioned(question, conditions))
    return survey_of(*questions)


def forms(question: Question) -> st.SearchStrategy[Mapping[str, str]]:
    """What a person can send for this question: any answer that it takes, as the page would post it."""
    codes = [option.code for option in question.options]
    rather_not = st.just({"answer": RATHER_NOT_SAY})
    answers: st.SearchStrategy[Any]
    match question.kind:
        case "multiple_choice" | "feelings":
            most = question.most or len(codes)
            answers = st.lists(st.sampled_from(codes), min_size=1, max_size=most, unique=True).map(
                lambda chosen: {f"option-{code}": "yes" for code in chosen}
            )
        case "ranking":
            answers = st.permutations(codes).map(
                lambda order: {f"rank-{code}": str(place) for place, code in enumerate(order, start=1)}
            )
        case "sorting":
            answers = st.fixed_dictionaries(
                {f"sort-{code}": st.sampled_from(("good", "not_sure", "not_good")) for code in codes}
            )
        case "free_text":
            answers = st.just({"text": "They rang when they said."})
        case "date":
            answers = st.just({"day": "3", "month": "9", "year": "2026", "date": "2026-09-03"})
        case "postcode_area":
            answers = st.just({"area": "B91"})
        case "number_scale":
            answers = st.integers(0, 10).map(lambda number: {"answer": str(number)})
        case "information":
            return st.just({})
        case "recording" | "drawing" | "photo":
            return rather_not
        case _:
            answers = st.sampled_from(codes).map(lambda code: {"answer": code})
    return answers | rather_not
