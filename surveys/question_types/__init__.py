"""The kinds of question, one file each here and one each in ``templates/questions/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from surveys.answers import GivenAnswer
from surveys.document import Option, Question, Words
from surveys.question_types import (
    age_band,
    agree,
    consent,
    contact,
    date,
    drawing,
    faces,
    feelings,
    free_text,
    information,
    multiple_choice,
    number_scale,
    photo,
    postcode_area,
    ranking,
    recording,
    single_choice,
    sorting,
    year_group,
    yes_no,
)
from surveys.question_types.variables import Value, Variable


class QuestionType(Protocol):
    """What a module in this package offers."""

    def read(self, question: Question, form: Mapping[str, str], language: str) -> GivenAnswer | None:
        """The answer in a posted form; ``None`` for a page that only informs.

        Raises ``AnswerProblem`` when there is none to be read.
        """
        ...

    def filled(self, question: Question, answer: GivenAnswer) -> dict[str, str]:
        """The form that says this answer: what ``read`` would read it from."""
        ...

    def summary(self, question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:
        """The answer in the reader's language, a line for each thing it says, for the page that checks answers.

        "I would rather not say" has no lines: that page words it.
        """
        ...

    def variables(self, question: Question) -> tuple[Variable, ...]:
        """The columns that its answers become in a table of one row a person."""
        ...

    def values(self, question: Question, answer: GivenAnswer) -> dict[str, Value]:
        """What stands in those columns, by the name of the variable."""
        ...


TYPES: Mapping[str, QuestionType] = {
    "single_choice": single_choice,
    "multiple_choice": multiple_choice,
    "yes_no": yes_no,
    "faces": faces,
    "agree": agree,
    "number_scale": number_scale,
    "ranking": ranking,
    "sorting": sorting,
    "feelings": feelings,
    "contact": contact,
    "free_text": free_text,
    "recording": recording,
    "drawing": drawing,
    "photo": photo,
    "date": date,
    "year_group": year_group,
    "age_band": age_band,
    "postcode_area": postcode_area,
    "information": information,
    "consent": consent,
}

IMPLIED: Mapping[str, Callable[[Callable[[str], Words]], tuple[Option, ...]]] = {
    "yes_no": yes_no.options,
    "agree": agree.options,
    "feelings": feelings.options,
    "contact": contact.options,
    "year_group": year_group.options,
    "age_band": age_band.options,
    "consent": consent.options,
}
"""The options that a kind of question comes with."""


def type_of(question: Question) -> QuestionType:
    return TYPES[question.kind]


def complete(question: Question, words: Callable[[str], Words]) -> Question:
    """The question with what its kind implies, so that the published document holds every word it shows.

    ``words`` gives each English message in every language of the survey. What the question has already stays.
    """
    if not question.options and question.kind in IMPLIED:
        question = msgspec.structs.replace(question, options=IMPLIED[question.kind](words))
    if not question.places and question.kind == "sorting":
        question = msgspec.structs.replace(question, places=sorting.places(words))
    return question
