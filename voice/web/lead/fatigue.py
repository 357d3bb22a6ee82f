"""Are families tired? How much all partners ask together, what comes of it, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from analysis.disclosure import FLOOR, floor_counts
from analysis.fatigue.results import FatigueMeasures
from surveys.asking_less.spared import spared_in
from surveys.document import Words
from surveys.ledger import how_much
from surveys.terms import is_term, term_of, term_order
from voice.fatigue import keeping
from voice.fatigue.figures import BY, AnswersShow, Measured, shown_groups
from voice.parts import Parts
from voice.people.roles import Audience
from voice.web.invite import rule_words
from voice.web.invite.calendar import titles_of
from voice.web.lead import fatigue_words
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

MOST_ITEMS = 3
"""Questions of a survey that are named: those that are left empty most."""


class Choice(msgspec.Struct, frozen=True):
    """What the page is about: the asks with one ``value`` of ``by``; all asks when both are empty.

    ``groups`` are the measures of each value of ``by``, ``None`` of few families.
    """

    by: str
    value: str | None
    groups: Mapping[str, FatigueMeasures | None]
    measures: FatigueMeasures | None


@get("/lead/fatigue", opt={"audience": Audience.FINDINGS})
async def show_fatigue(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    measured = await keeping.measured(parts.settings)
    choice = _choice(measured, request.query_params.get("by", ""), request.query_params.get("value"))
    term = choice.value if choice.by == "term" and choice.value else None
    answers = _answers(measured, choice)
    said = floor_counts(await parts.store.read(lambda: how_much.counted(term=term)))
    return page(
        request,
        "lead/fatigue.html",
        language=language_of(request),
        measured=measured,
        choice=choice,
        by=BY,
        answers=answers,
        said=said,
        documents=await _documents(parts, answers),
        titles=await titles_of(parts, _surveys(measured)),
        spared=await parts.store.read(lambda: spared_in(term or term_of(parts.today))),
        spared_term=term or term_of(parts.today),
        floor=FLOOR,
        most_items=MOST_ITEMS,
        told=fatigue_words,
        rule_words=rule_words,
    )


def _choice(measured: Measured | None, by: str, value: str | None) -> Choice:
    """Raises ``NotFoundException`` for what asks are not told apart by, and for a value that no ask has."""
    if by and by not in BY:
        raise NotFoundException
    if measured is None or not by:
        return Choice("", None, {}, measured.whole if measured else None)
    groups = shown_groups(measured.groups.get(by, {}))
    if by == "term":
        groups = {key: groups[key] for key in sorted(groups, key=term_order, reverse=True)}
    if value is None:
        return Choice(by, None, groups, measured.whole)
    if value not in groups:
        raise NotFoundException
    return Choice(by, value, groups, groups[value])


def _answers(measured: Measured | None, choice: Choice) -> tuple[AnswersShow, ...]:
    """Of the term or survey that is looked at; else of the newest term with answers. Those of few people stay out."""
    known = [each for each in measured.answers if each.people >= FLOOR] if measured else []
    if choice.by == "survey" and choice.value is not None:
        return tuple(each for each in known if each.survey == choice.value)
    if choice.by == "term" and choice.value is not None:
        return tuple(each for each in known if each.term == choice.value)
    newest = max((each.term for each in known), key=term_order, default="")
    return tuple(each for each in known if each.term == newest)


async def _documents(parts: Parts, answers: tuple[AnswersShow, ...]) -> dict[str, dict[str, Words]]:
    """The words of the questions, by survey and concept."""
    found = {}
    for survey in {each.survey for each in answers}:
        document = await parts.rounds.document_of(survey, now=parts.clock())
        found[survey] = {question.concept: question.title for question in document.questions} if document else {}
    return found


def _surveys(measured: Measured | None) -> list[str]:
    if measured is None:
        return []
    return [*measured.groups.get("survey", {}), *(each.survey for each in measured.answers if is_term(each.term))]
