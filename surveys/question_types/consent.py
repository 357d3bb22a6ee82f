"""Whether somebody wants to take part. Nothing else is asked of those who do not say yes."""

from __future__ import annotations

from collections.abc import Callable

from surveys.document import Option, Words
from surveys.question_types.single_choice import filled, read, summary, values, variables

__all__ = ["YES", "filled", "options", "read", "summary", "values", "variables"]

YES = "yes"
"""The only code that lets a person go on; ``surveys/routing.py`` sees to it."""


def options(words: Callable[[str], Words]) -> tuple[Option, ...]:
    """Yes and no, with ``words`` giving each English message in every language."""
    return (
        Option(YES, "yes", words("Yes, I want to take part")),
        Option("no", "no", words("No, thank you")),
    )
