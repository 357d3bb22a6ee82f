"""Yes, no, or not sure."""

from __future__ import annotations

from collections.abc import Callable

from surveys.document import Option, Words
from surveys.question_types.single_choice import filled, read, summary, values, variables

__all__ = ["filled", "options", "read", "summary", "values", "variables"]


def options(words: Callable[[str], Words]) -> tuple[Option, ...]:
    """What can be chosen, with ``words`` giving each English message in every language."""
    return (
        Option("yes", "yes", words("Yes")),
        Option("no", "no", words("No")),
        Option("not_sure", "not-sure", words("Not sure")),
    )
