"""The page of one question, as it is for everybody who sees the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response

from surveys.answering import CHANGED_ELSEWHERE
from surveys.answers import AnswerProblem, mark_of
from surveys.document import RATHER_NOT_SAY, Question
from surveys.drafts import DraftState
from surveys.question_types import type_of
from surveys.routing import can_stop, path, still_to_come
from surveys.stored_files import file_of
from voice.languages import gettext as _
from voice.languages import in_digits_of
from voice.web.pages import page, page_alike
from voice.web.respond.places import Errand, Place


def question_page(
    request: Request[Any, Any, Any],
    place: Place,
    draft: DraftState,
    question: Question,
    *,
    form: Mapping[str, str],
    hidden: bool = False,
    problem: AnswerProblem | None = None,
    status: int = 200,
    asked: tuple[Question, ...] = (),
) -> Response[bytes]:
    """The page of one question. ``form`` is what it holds: an earlier answer, or what could not be kept.

    ``asked`` is the path, where the caller has found it already.
    """
    asked = asked or path(place.round.document, draft.answers)
    errand = Errand.of(request, place.round.document)
    position = next(n for n, q in enumerate(asked, start=1) if q.concept == question.concept)
    passed = {each.concept for each in asked[:position] if each.kind == "information"}
    template = f"questions/{question.kind}.html"
    context: dict[str, Any] = {
        "round": place.round,
        "errand": errand.query(place.round.document),
        "question": question,
        "type": type_of(question),
        "position": position,
        "count": len(asked) + still_to_come(place.round.document, asked, draft.answers, question.concept),
        "asked": asked,
        "answered": draft.answers.keys() | passed,
        "form": form,
        "code": form.get("answer"),
        "text": form.get("text", ""),
        "hidden": hidden,
        "can_stop": can_stop(asked, question.concept),
        "problem": problem,
        "seen": _seen(draft, question, form, hidden=hidden, problem=problem),
        "elsewhere": _said_elsewhere(draft, question, problem),
        "shared_device": draft.shared_device,
        "file": None if draft.shared_device else file_of(draft.answers.get(question.concept)),
        "on_the_phone": draft.mode == "telephone",
        "next_person": place.next_person(draft),
        "trying": place.trying,
    }
    if problem or errand.opened or place.trying or form.keys() - {"answer"}:
        return page(request, template, language=draft.language, status=status, address=place.address, **context)
    answered = tuple((q.concept, q.concept in draft.answers) for q in asked)
    alike = (
        context["seen"],
        place.round.id,
        question.concept,
        answered,
        context["count"],
        form.get("answer"),
        hidden,
        errand.from_check,
        draft.shared_device,
        draft.mode,
        draft.class_session,
    )
    return page_alike(
        request, template, language=draft.language, alike=alike, own=("address", place.address), **context
    )


def _seen(
    draft: DraftState, question: Question, form: Mapping[str, str], *, hidden: bool, problem: AnswerProblem | None
) -> str:
    """The mark of what the reader of the page knows as the answer; none where it is hidden, since it could be guessed
    from that. What was posted was filled in on an earlier page."""
    given = draft.answers.get(question.concept)
    if hidden or (draft.shared_device and given is not None):
        return ""
    if "seen" in form and not (problem and problem.code == CHANGED_ELSEWHERE):
        return form["seen"]
    return mark_of(given)


def _said_elsewhere(draft: DraftState, question: Question, problem: AnswerProblem | None) -> tuple[str, ...]:
    """The answer that was given on another device meanwhile, when the page is about that."""
    if problem is None or problem.code != CHANGED_ELSEWHERE or draft.shared_device:
        return ()
    return summary_of(question, draft)


def summary_of(question: Question, draft: DraftState) -> tuple[str, ...]:
    """An answer in words, line by line."""
    given = draft.answers[question.concept]
    if given.code == RATHER_NOT_SAY:
        return (_("I would rather not say"),)
    lines = type_of(question).summary(question, given, draft.language)
    if question.kind in ("number_scale", "date"):
        return tuple(in_digits_of(line, draft.language) for line in lines)
    return lines
