"""What an answer becomes in a table: the columns of a question, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from surveys.document import RATHER_NOT_SAY, Option, Question, Words

Measure = Literal["code", "number", "yes_no", "rank", "date", "text", "file"]
"""How a column is to be read: ``yes_no`` holds ``True`` and ``False``, ``number`` and ``rank`` whole numbers,
``date`` days as ISO 8601, ``file`` the id of a stored file."""

Value = str | int | bool


class Variable(msgspec.Struct, frozen=True):
    """One column. ``labels`` are the words of its codes.

    Whatever is measured, a column can also hold ``RATHER_NOT_SAY``; what was not answered is not there at all.
    """

    name: str
    label: Words
    measure: Measure
    labels: tuple[tuple[str, Words], ...] = ()


def part_name(question: Question, item: str) -> str:
    """The name of one of several columns of a question. Concepts hold no dot, so it is nobody else's."""
    return f"{question.concept}.{item}"


def part_label(question: Question, option: Option) -> Words:
    """The question and the option, in every language that both have."""
    return {
        language: f"{title} – {option.label[language]}"
        for language, title in question.title.items()
        if language in option.label
    }


def labels_of(options: Iterable[Option]) -> tuple[tuple[str, Words], ...]:
    return tuple((option.code, option.label) for option in options)


def would_rather_not_say(variables: Iterable[Variable]) -> dict[str, Value]:
    """Every column of a question that somebody would rather not answer."""
    return {variable.name: RATHER_NOT_SAY for variable in variables}
