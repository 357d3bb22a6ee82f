"""A day, as three fields: ``day``, ``month`` (a number or a name) and ``year``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import babel.dates

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question
from surveys.question_types.variables import Value, Variable

FIELDS = ("day", "month", "year")
EARLIEST, LATEST = 1900, 2100
FEWEST_LETTERS = 3
"""Of the name of a month."""


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:  # noqa: ARG001 - one shape
    day, month, year = (form.get(field, "").strip() for field in FIELDS)
    if form.get("answer") == RATHER_NOT_SAY:
        if day or month or year:
            raise AnswerProblem("answer_and_none")
        return GivenAnswer(language=language, code=RATHER_NOT_SAY)
    if not (day or month or year):
        raise AnswerProblem("no_date")
    if not (day and month and year):
        raise AnswerProblem("date_half")
    number = _number(year)
    if number is None or not EARLIEST <= number <= LATEST:
        raise AnswerProblem("date_year")
    try:
        chosen = dt.date(number, _month(month, language) or 0, _number(day) or 0)
    except ValueError:
        raise AnswerProblem("no_such_day") from None
    return GivenAnswer(language=language, code=chosen.isoformat())


def _number(written: str) -> int | None:
    """A number in the digits of any script."""
    return int(written) if written.isdecimal() and len(written) <= 4 else None


def _month(written: str, language: str) -> int | None:
    """A month by its number, or by its name or the beginning of it, in the person's language or in English."""
    number = _number(written)
    if number is not None:
        return number
    name = written.casefold().rstrip(".")
    for spoken in (language, "en"):
        for form in ("format", "stand-alone"):  # some languages decline the month in a date
            months = babel.dates.get_month_names("wide", form, locale=spoken)
            meant = {int(month) for month, known in months.items() if known.casefold().startswith(name)}
            if len(name) >= FEWEST_LETTERS and len(meant) == 1:
                return meant.pop()
    return None


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:  # noqa: ARG001 - one shape for all types
    if answer.code is None or answer.code == RATHER_NOT_SAY:
        return {"answer": answer.code or ""}
    day = dt.date.fromisoformat(answer.code)
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:  # noqa: ARG001 - one shape
    if answer.code is None or answer.code == RATHER_NOT_SAY:
        return ()
    locale = "en_GB" if language == "en" else language
    return (babel.dates.format_date(dt.date.fromisoformat(answer.code), format="long", locale=locale),)


def variables(question: Question) -> tuple[Variable, ...]:
    return (Variable(question.concept, question.title, "date"),)


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    return {question.concept: answer.code or ""}
