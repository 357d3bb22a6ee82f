"""The year at school, from reception to year 13, or not in school."""

from __future__ import annotations

from collections.abc import Callable

from surveys.document import Option, Words
from surveys.question_types.single_choice import filled, read, summary, values, variables

__all__ = ["filled", "options", "read", "summary", "values", "variables"]


def options(words: Callable[[str], Words]) -> tuple[Option, ...]:
    """The year groups, with ``words`` giving each English message in every language."""
    return (
        Option("reception", "child", words("Reception")),
        Option("year_1", "crayon", words("Year 1")),
        Option("year_2", "crayon", words("Year 2")),
        Option("year_3", "crayon", words("Year 3")),
        Option("year_4", "crayon", words("Year 4")),
        Option("year_5", "crayon", words("Year 5")),
        Option("year_6", "crayon", words("Year 6")),
        Option("year_7", "backpack", words("Year 7")),
        Option("year_8", "backpack", words("Year 8")),
        Option("year_9", "backpack", words("Year 9")),
        Option("year_10", "backpack", words("Year 10")),
        Option("year_11", "backpack", words("Year 11")),
        Option("year_12", "college", words("Year 12")),
        Option("year_13", "college", words("Year 13")),
        Option("not_in_school", "home", words("Not in school")),
    )
