"""The forms that words take beside a number, with numbers as examples of each."""

from __future__ import annotations

from functools import cache
from gettext import c2py

from babel.messages.plurals import get_plural

_TRIED = range(0, 130)
_SHOWN = 4


def form_count(language: str) -> int:
    return int(get_plural(language).num_plurals)


@cache
def examples(language: str) -> tuple[tuple[int, ...], ...]:
    """For each form the first numbers that take it."""
    rule = c2py(get_plural(language).plural_expr)
    found: list[list[int]] = [[] for _ in range(form_count(language))]
    for number in _TRIED:
        found[rule(number)].append(number)
    return tuple(tuple(numbers[:_SHOWN]) for numbers in found)


@cache
def forms_of_one_number(language: str) -> frozenset[int]:
    """The forms that are for one number only, which may say it in a word: "one family", "two families"."""
    return frozenset(place for place, numbers in enumerate(examples(language)) if len(numbers) == 1)
