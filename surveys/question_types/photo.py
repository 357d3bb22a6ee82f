"""A photo, with words beside it, or words in its place."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import GivenAnswer
from surveys.document import Question
from surveys.question_types.given_files import filled, read_file_or_words, summary, values, variables

__all__ = ["filled", "read", "summary", "values", "variables"]


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:
    return read_file_or_words(form, language, limit=question.limit, nothing="no_photo")
