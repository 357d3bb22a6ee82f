"""How old somebody is, as a band of years that tells nobody apart."""

from __future__ import annotations

from collections.abc import Callable

from surveys.document import Option, Words
from surveys.question_types.single_choice import filled, read, summary, values, variables

__all__ = ["filled", "options", "read", "summary", "values", "variables"]


def options(words: Callable[[str], Words]) -> tuple[Option, ...]:
    """The bands, with ``words`` giving each English message in every language."""
    return (
        Option("under_5", "baby", words("Under 5")),
        Option("5_to_10", "child", words("5 to 10")),
        Option("11_to_15", "backpack", words("11 to 15")),
        Option("16_to_18", "college", words("16 to 18")),
        Option("19_to_25", "adult", words("19 to 25")),
        Option("over_25", "people", words("26 or older")),
    )
