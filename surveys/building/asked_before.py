"""Whether families were asked the same a short while ago. Runs inside a unit of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from surveys.bank.concepts import GOOD_FOR_MONTHS
from surveys.document import Question, SurveyDocument, Words
from surveys.publishing import rounds
from surveys.tables import BankConcept
from surveys.terms import term_order

SAYS_WHO: frozenset[str] = frozenset(
    {"year_group", "age_band", "postcode_area", "contact", "consent", "information", "date"}
)
"""Kinds that say who answers, or ask for nothing: no answer of another survey can stand in for them."""


class AskedBefore(msgspec.Struct, frozen=True):
    """A round whose answers are still good for some of the questions."""

    survey: str
    title: Words
    term: str
    closes_on: dt.date | None
    concepts: tuple[str, ...]


async def asked_before(document: SurveyDocument, *, today: dt.date) -> tuple[AskedBefore, ...]:
    """The rounds of the same audience that ask or asked the same, the newest term first.

    An answer stays good as long as the bank says, counted from the last day of its round.
    """
    good_for = await _good_for_months()
    found = []
    for round in await rounds():
        if round.document.audience != document.audience:
            continue
        asked = {question.concept for question in round.document.questions}
        months = _months_between(round.closes_on, today)
        same = tuple(
            question.concept
            for question in document.questions
            if question.concept in asked and _is_still_good(question, months, good_for)
        )
        if same:
            found.append(AskedBefore(round.survey, round.document.title, round.term, round.closes_on, same))
    return tuple(sorted(found, key=lambda each: (term_order(each.term), each.survey), reverse=True))


def _is_still_good(question: Question, months: int, good_for: Mapping[str, int]) -> bool:
    return question.kind not in SAYS_WHO and months < good_for.get(question.concept, GOOD_FOR_MONTHS)


def _months_between(day: dt.date | None, today: dt.date) -> int:
    """Whole months since ``day``; 0 for a round that is still open."""
    if day is None or day >= today:
        return 0
    months = (today.year - day.year) * 12 + today.month - day.month
    return months - (1 if today.day < day.day else 0)


async def _good_for_months() -> dict[str, int]:
    rows = await BankConcept.select(BankConcept.code, BankConcept.good_for_months)
    return {row["code"]: row["good_for_months"] for row in rows}
