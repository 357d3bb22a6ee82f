"""An answer as a person gave it, and why one could not be read."""

from __future__ import annotations

import msgspec


class GivenAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A choice holds a ``code``, words hold ``text``; ``language`` is the one it was given in."""

    language: str
    code: str | None = None
    text: str | None = None


class AnswerProblem(Exception):
    """An answer that could not be read.

    ``code`` is one of ``nothing_chosen``, ``not_an_option``, ``nothing_written``, ``too_long`` and
    ``two_answers``; ``limit`` and ``length`` are characters, for ``too_long``.
    """

    def __init__(self, code: str, *, limit: int = 0, length: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.limit = limit
        self.length = length
