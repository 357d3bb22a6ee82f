"""What can be wrong with the words of a translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from surveys.translating import plurals
from surveys.translating.messages import Message, markup, placeholders

LONGEST = 5000

WordingProblemCode = Literal[
    "empty", "placeholder_missing", "placeholder_extra", "markup", "wrong_number_of_forms", "too_long", "formula"
]


class WordingProblem(msgspec.Struct, frozen=True):
    """``placeholder`` is which one (or which markup), ``form`` which form (the first is 0).

    ``expected`` is how many forms there are.
    """

    code: WordingProblemCode
    placeholder: str = ""
    form: int = 0
    expected: int = 0


def wording_problem(message: Message, forms: Sequence[str], language: str) -> WordingProblem | None:
    """The first thing that is wrong with ``forms`` as the words of ``message``; ``None`` when they can be used.

    A form that is for one number only may leave the number out.
    """
    expected = plurals.form_count(language) if message.is_plural else 1
    if len(forms) != expected:
        return WordingProblem("wrong_number_of_forms", expected=expected)
    wanted = placeholders(message.forms[-1])
    alone = plurals.forms_of_one_number(language) if message.is_plural else frozenset()
    for place, form in enumerate(forms):
        if not form.strip():
            return WordingProblem("empty", form=place)
        if len(form) > LONGEST:
            return WordingProblem("too_long", form=place)
        found = placeholders(form)
        missing = [each for each in wanted - found if not (each == "%(num)s" and place in alone)]
        if missing:
            return WordingProblem("placeholder_missing", missing[0], place)
        if extra := list(found - wanted):
            return WordingProblem("placeholder_extra", extra[0], place)
        if unknown := _half_written(form):
            return WordingProblem("placeholder_extra", unknown, place)
        if code := list(markup(form) - markup(message.forms[-1])):
            return WordingProblem("markup", code[0], place)
    return None


def _half_written(form: str) -> str:
    """A sign of per cent that stands alone would stop the page from being shown."""
    rest = form
    for each in placeholders(form):
        rest = rest.replace(each, "")
    return "%" if "%" in rest else ""
