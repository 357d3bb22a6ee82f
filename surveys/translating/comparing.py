"""What a file of translations would change, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from surveys.translating.checking import WordingProblem, wording_problem
from surveys.translating.lines import Line
from surveys.translating.messages import Message
from surveys.translating.state import Translation

Outcome = Literal["new", "changed", "same", "empty", "unknown", "twice", "other_english", "refused"]
"""``empty`` lines have no words; ``other_english`` lines translate English that has changed since."""


class Compared(msgspec.Struct, frozen=True):
    line: Line
    outcome: Outcome
    message: Message | None = None
    now: tuple[str, ...] = ()
    problem: WordingProblem | None = None

    @property
    def is_taken(self) -> bool:
        return self.outcome in ("new", "changed")

    @property
    def confirms(self) -> bool:
        """Whether somebody has confirmed these words in the file."""
        return self.line.check is not None and self.outcome in ("new", "changed", "same")


class Comparison(msgspec.Struct, frozen=True):
    """Every line of a file with what becomes of it, and the messages that the file does not have."""

    lines: tuple[Compared, ...]
    missing: tuple[Message, ...]

    def of(self, *outcomes: Outcome) -> tuple[Compared, ...]:
        return tuple(each for each in self.lines if each.outcome in outcomes)

    @property
    def confirmed(self) -> int:
        return sum(each.confirms for each in self.lines)


def compare(lines: Sequence[Line], known: Iterable[Translation], language: str) -> Comparison:
    by_id = {each.message.id: each for each in known}
    seen: set[str] = set()
    compared = []
    for line in lines:
        compared.append(_compared(line, by_id, seen, language))
        seen.add(line.message)
    missing = tuple(each.message for each in by_id.values() if each.message.id not in seen)
    return Comparison(tuple(compared), missing)


def _compared(line: Line, known: Mapping[str, Translation], seen: set[str], language: str) -> Compared:
    current = known.get(line.message)
    if current is None:
        return Compared(line, "unknown")
    message, now = current.message, current.forms
    if line.message in seen:
        return Compared(line, "twice", message, now)
    if line.has_formula:
        return Compared(line, "refused", message, now, WordingProblem("formula"))
    if not any(form.strip() for form in line.forms):
        return Compared(line, "empty", message, now)
    if line.source and line.source != message.forms:
        return Compared(line, "other_english", message, now)
    problem = wording_problem(message, line.forms, language)
    if problem is not None:
        return Compared(line, "refused", message, now, problem)
    if line.forms == now and (current.state != "stale" or line.check is None):
        return Compared(line, "same", message, now)  # stale words that nobody looked at stay stale
    return Compared(line, "new" if current.state in ("missing", "stale") else "changed", message, now)
