"""How somebody feels, as faces of which several may be chosen; read like any other choice of several."""

from __future__ import annotations

from collections.abc import Callable

from surveys.document import Option, Words
from surveys.question_types.multiple_choice import filled, read, summary, values, variables

__all__ = ["filled", "options", "read", "summary", "values", "variables"]


def options(words: Callable[[str], Words]) -> tuple[Option, ...]:
    """Feelings that a survey can begin with, with ``words`` giving each English message in every language."""
    return (
        Option("happy", "face-happy", words("Happy")),
        Option("calm", "calm", words("Calm")),
        Option("safe", "safe", words("Safe")),
        Option("proud", "proud", words("Proud")),
        Option("excited", "excited", words("Excited")),
        Option("loved", "loved", words("Loved")),
        Option("worried", "worried", words("Worried")),
        Option("scared", "scared", words("Scared")),
        Option("sad", "sad", words("Sad")),
        Option("angry", "angry", words("Angry")),
        Option("tired", "tired", words("Tired")),
        Option("confused", "confused", words("Confused")),
        Option("bored", "bored", words("Bored")),
        Option("left_out", "left-out", words("Left out")),
    )
