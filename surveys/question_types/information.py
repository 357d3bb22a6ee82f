# ruff: noqa: ARG001 - there is no answer to look at
"""A page that tells something and asks nothing."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import GivenAnswer
from surveys.document import Question
from surveys.question_types.variables import Value, Variable


def read(question: Question, form: Mapping[str, str], language: str) -> None:
    return None


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:
    return {}


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:
    return ()


def variables(question: Question) -> tuple[Variable, ...]:
    return ()


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    return {}
