"""How much somebody agrees, in five steps."""

from __future__ import annotations

from collections.abc import Callable

from surveys.document import Option, Words
from surveys.question_types.single_choice import filled, read, summary, values, variables

__all__ = ["filled", "options", "read", "summary", "values", "variables"]


def options(words: Callable[[str], Words]) -> tuple[Option, ...]:
    """The five steps, with ``words`` giving each English message in every language."""
    return (
        Option("strongly_agree", "agree-a-lot", words("I agree a lot")),
        Option("agree", "yes", words("I agree")),
        Option("neither", "in-between", words("In between")),
        Option("disagree", "no", words("I do not agree")),
        Option("strongly_disagree", "disagree-a-lot", words("I do not agree at all")),
    )
