"""What the groups of a file mean in our categories, and whether they add up to the totals that stand beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from voice.unheard.categories import KNOWN, LEAVE_OUT, OPEN, OTHERS, OVERLAPPING, TOTAL, meant, named
from voice.unheard.reading import FigureProblem, Line

Means = Mapping[tuple[str, str], str]
"""By dimension and wording in small letters: a category, ``others``, ``total`` or ``leave_out``."""


class Figure(msgspec.Struct, frozen=True):
    """How many ``people`` there are of a group; ``None`` where the source hides its number."""

    dimension: str
    category: str
    wording: str
    people: int | None


class Understood(msgspec.Struct, frozen=True):
    """What would be taken in. ``unknown`` are groups that are none of ours and that nobody has chosen a meaning
    for: they are kept as others. ``problems`` stand in the way."""

    figures: tuple[Figure, ...]
    unknown: tuple[Line, ...]
    problems: tuple[FigureProblem, ...]


def choices(dimension: str) -> tuple[str, ...]:
    """What a group of a file can mean, beside itself where the dimension is open."""
    return (*KNOWN.get(dimension, ()), OTHERS, TOTAL, LEAVE_OUT)


def meaning_of(line: Line, means: Means) -> str:
    """The category of a group: as somebody chose it, else as its words say, else ``others``."""
    chosen = means.get((line.dimension, line.wording.casefold()), "")
    if chosen in choices(line.dimension) or (chosen and line.dimension in OPEN):
        return named(line.wording) if line.dimension in OPEN and chosen not in (TOTAL, LEAVE_OUT, OTHERS) else chosen
    return meant(line.dimension, line.wording) or OTHERS


def understand(lines: Sequence[Line], means: Means) -> Understood:
    meanings = [(line, meaning_of(line, means)) for line in lines]
    unknown = tuple(
        line
        for line, _ in meanings
        if not meant(line.dimension, line.wording) and (line.dimension, line.wording.casefold()) not in means
    )
    kept = [(line, category) for line, category in meanings if category != LEAVE_OUT]
    problems: list[FigureProblem] = []
    for dimension in dict.fromkeys(line.dimension for line, _ in kept):
        problems += _about_totals([pair for pair in kept if pair[0].dimension == dimension])
    figures = tuple(Figure(line.dimension, category, line.wording, line.people) for line, category in kept)
    return Understood(figures, unknown, tuple(problems))


def _about_totals(pairs: Sequence[tuple[Line, str]]) -> list[FigureProblem]:
    totals = [line for line, category in pairs if category == TOTAL]
    groups = [line for line, category in pairs if category != TOTAL]
    if len(totals) > 1:
        return [FigureProblem(totals[1].row, "two_totals", totals[1].wording, totals[0].row)]
    if not totals or totals[0].people is None or not groups:
        return []
    total = totals[0].people
    if totals[0].dimension in OVERLAPPING:
        above = [line for line in groups if line.people is not None and line.people > total]
        return [FigureProblem(line.row, "more_than_total", line.wording, total) for line in above]
    together = sum(line.people or 0 for line in groups)
    is_whole = all(line.people is not None for line in groups)
    if together > total or (is_whole and together != total):
        return [FigureProblem(totals[0].row, "total_wrong", str(total), together)]
    return []
