"""What stored answers show of tiredness. They are never joined to who was asked: survey and term are all that is known.

Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.fatigue.questions import item_non_response, stopping_by_question, straight_lining
from analysis.fatigue.results import Stopping, share_of
from analysis.fatigue.spread import spread_of
from surveys.answers import GivenAnswer, Part
from surveys.building.asked_before import SAYS_WHO, asked_before
from surveys.document import FILE_KINDS, RATHER_NOT_SAY, Question
from surveys.publishing import OpenRound, rounds
from surveys.routing import path
from surveys.stopping import Stopped, stopped_in
from surveys.tables import Answer, AnswerPart, Submission
from surveys.terms import first_day, term_order
from voice.fatigue.figures import AnswersShow, Item

NO_GAP = FILE_KINDS | {"consent", "information", "contact"}
"""Kinds that nobody is meant to answer, or that say nothing when they are left empty: a drawing is a gift."""

LOOKED_BACK = dt.timedelta(days=500)
MOST_PEOPLE = 5_000
"""Of one survey and term. Of more an even part is taken: ids are random."""

_Given = dict[str, dict[str, GivenAnswer]]


async def what_answers_show(today: dt.date) -> tuple[AnswersShow, ...]:
    """By survey and term, the newest term first; rounds that nobody answered are left out."""
    found = []
    for round in await rounds():
        if first_day(round.term) >= today - LOOKED_BACK:
            given = await _given(round)
            if given:
                stopped = await stopped_in(round.id)
                found.append(_shown(round, given, stopped, await _known_before(round, today)))
    return tuple(sorted(found, key=lambda each: (first_day(each.term), each.people), reverse=True))


async def _known_before(round: OpenRound, today: dt.date) -> int:
    """Questions of a round that another survey had asked the same people, and whose answers were good when it opened.

    A survey that is asked again in a new term is meant to: it shows what has changed.
    """
    day = round.opens_on or min(today, first_day(round.term))
    asked = {question.concept for question in round.document.questions}
    before = await asked_before(round.document, today=day)
    earlier = (
        each for each in before if each.survey != round.survey and term_order(each.term) < term_order(round.term)
    )
    return len(asked & {concept for each in earlier for concept in each.concepts})


async def _given(round: OpenRound) -> _Given:
    people = await Submission.raw(
        'SELECT "id" FROM "submission" WHERE "round" = {} ORDER BY "id" LIMIT {}', round.id, MOST_PEOPLE
    )
    given: _Given = {str(row["id"]): {} for row in people}
    if not given:
        return {}
    parts: dict[str, list[Part]] = {}
    of_the_round = 'FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id"'
    for row in await AnswerPart.raw(
        f'SELECT p."answer" AS "answer", p."item" AS "item", p."value" AS "value" {of_the_round} '
        'JOIN "answer_part" AS p ON p."answer" = a."id" WHERE u."round" = {} ORDER BY p."place"',
        round.id,
    ):
        parts.setdefault(str(row["answer"]), []).append(Part(row["item"], row["value"]))
    for row in await Answer.raw(
        'SELECT a."id" AS "id", a."submission" AS "person", a."concept" AS "concept", a."code" AS "code", '
        f'a."text" AS "text", a."language" AS "language" {of_the_round} WHERE u."round" = {{}}',
        round.id,
    ):
        if (person := given.get(str(row["person"]))) is not None:
            said = tuple(parts.get(str(row["id"]), ()))
            person[row["concept"]] = GivenAnswer(row["language"], code=row["code"], text=row["text"], parts=said)
    return given


def _shown(round: OpenRound, given: _Given, stopped: Mapping[str, Stopped], known: int) -> AnswersShow:
    rows, texts = [], []
    scales = _scales(round.document.questions)
    on_scales = []
    for person, answers in given.items():
        for position, question in enumerate(path(round.document, answers)):
            answer = answers.get(question.concept)
            rows.append(
                {
                    "person": person,
                    "question": question.concept,
                    "position": position,
                    "shown": question.kind not in NO_GAP,
                    "answered": answer is not None,
                    "rather_not_say": answer is not None and answer.code == RATHER_NOT_SAY,
                }
            )
            if answer and answer.text and question.kind == "free_text":
                texts.append(len(answer.text.split()))
            if answer and answer.code not in (None, RATHER_NOT_SAY) and question.concept in scales:
                on_scales.append({"person": person, "scale": scales[question.concept], "value": answer.code})
    order = {question.concept: place for place, question in enumerate(round.document.questions)}
    table = pd.DataFrame(rows)
    table["position"] = table["question"].map(order)
    items = (Item(each.question, each.left_empty, each.rather_not_say) for each in item_non_response(table))
    lines = straight_lining(pd.DataFrame(on_scales)) if on_scales else ()
    same = share_of(sum(line.share.part for line in lines), sum(line.share.n for line in lines))
    asked = [question for question in round.document.questions if question.kind not in SAYS_WHO]
    return AnswersShow(
        survey=round.survey,
        term=round.term,
        people=len(given),
        items=tuple(items),
        stops=_stops(round, table["question"].value_counts().to_dict(), stopped) if len(given) < MOST_PEOPLE else (),
        same_answer=same,
        words=spread_of(np.array(texts, dtype=np.float64), len(texts)),
        asked=len(asked),
        known=known,
    )


def _stops(round: OpenRound, got_past: Mapping[Hashable, int], stopped: Mapping[str, Stopped]) -> tuple[Stopping, ...]:
    """Where people stopped, the question with the largest share first. All who sent their answers got past each
    question that they were led to."""
    nobody = Stopped(0, 0)
    counts = []
    for question in round.document.questions:
        each = stopped.get(question.concept, nobody)
        counts.append((question.concept, each.reached + got_past.get(question.concept, 0), each.stopped))
    found = [each for each in stopping_by_question(counts) if each.share.part]
    return tuple(sorted(found, key=lambda each: each.share.value or 0, reverse=True))


def _scales(questions: Sequence[Question]) -> Mapping[str, str]:
    """The scale that each question is an item of: questions with the same choices in the same order."""
    choices = {
        question.concept: " ".join(option.code for option in question.options)
        for question in questions
        if question.options and question.kind in ("single_choice", "faces", "agree")
    }
    return {concept: scale for concept, scale in choices.items() if len(scale.split()) > 2}
