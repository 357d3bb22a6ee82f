"""What came of carrying a survey over: the survey, and a list of what stayed behind."""

from __future__ import annotations

from typing import Literal

import msgspec

from surveys.document import SurveyDocument

Reason = Literal[
    "acknowledge_as_consent",
    "alt_left_out",
    "answer_not_known",
    "asked_later",
    "calculated",
    "check_left_out",
    "choice_twice",
    "choices_elsewhere",
    "choices_missing",
    "column_left_out",
    "condition_left_out",
    "file_left_out",
    "from_device",
    "group_flattened",
    "group_not_closed",
    "group_not_open",
    "hard_word_left_out",
    "in_repeat",
    "language_left_out",
    "kind_not_known",
    "look_left_out",
    "matrix_flattened",
    "name_changed",
    "name_twice",
    "needs_an_answer",
    "no_name",
    "number_as_words",
    "other_words_left_out",
    "picture_left_out",
    "question_not_known",
    "rather_not_say_left_out",
    "range_as_choices",
    "repeat_left_out",
    "required_left_out",
    "row_switched_off",
    "setting_left_out",
    "style_removed",
    "words_missing",
    "words_name_an_answer",
]
"""Why something was not carried over, or not as it was; ``voice/web/exchange_words.py`` words each."""


class Left(msgspec.Struct, frozen=True):
    """Something that was not carried over as it stood.

    ``row`` counts from 1 as a spreadsheet does, and is 0 where there is none; ``about`` is the name or the value
    that it is about.
    """

    reason: Reason
    sheet: str = ""
    row: int = 0
    column: str = ""
    about: str = ""


class Carried(msgspec.Struct, frozen=True):
    document: SurveyDocument
    left: tuple[Left, ...]


class FormProblem(Exception):
    """A file that is no survey at all; ``voice/web/exchange_words.py`` words each ``code``:
    ``not_what_its_name_says``, ``too_large``, ``too_many_rows``, ``no_survey_sheet``, ``not_a_survey``,
    ``no_questions``, ``no_language_of_ours``, ``not_a_form``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
