"""What would be said if every group were heard alike: weights as an option, never as a matter of course.

Of answers that people gave in surveys in their own words, in one or two dimensions. Functions run inside a unit of
the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from analysis.disclosure import FLOOR, floor_counts
from analysis.representation.raking import CannotWeigh, Cell, WeightedShare, Weights, rake, weighted_share
from surveys.document import RATHER_NOT_SAY, Question, Words
from surveys.publishing import OpenRound, rounds
from surveys.tables import Answer
from voice.unheard.asked import category_of, told_by
from voice.unheard.categories import AGE_BANDS, OTHERS, named
from voice.unheard.figures import Population, populations

MAY_WEIGH = ("need", "age_band", "area", "language", "setting")
MOST_DIMENSIONS = 2
GOOD = {"agree": ("strongly_agree", "agree"), "yes_no": ("yes",), "faces": ("very_happy", "happy")}
"""By kind of question, the answers that count as good."""

SCALE = ("yes", "mostly")
"""Of questions with yes, mostly, a little and no."""


class WeightedMeasure(msgspec.Struct, frozen=True):
    """One question in all surveys of the term, of ``people`` whose group is known."""

    title: Words
    people: int
    share: WeightedShare


class Weighed(msgspec.Struct, frozen=True):
    """``problem`` is why nothing was weighed: ``no_figures`` or ``hidden_figures`` (of the dimension at ``place``),
    or a code of :class:`CannotWeigh`; ``categories`` are then the groups it is about."""

    dimensions: tuple[str, ...]
    problem: str = ""
    place: int = 0
    categories: tuple[str, ...] = ()
    weights: Weights | None = None
    measures: tuple[WeightedMeasure, ...] = ()


async def weigh(term: str, dimensions: tuple[str, ...]) -> Weighed:
    """Weights by the dimensions, and what they do to each question. Raises ``ValueError`` for others than
    ``MAY_WEIGH``.
    """
    if not 0 < len(set(dimensions)) == len(dimensions) <= MOST_DIMENSIONS or set(dimensions) - set(MAY_WEIGH):
        raise ValueError(dimensions)
    figures = await populations()
    for place, dimension in enumerate(dimensions):
        if problem := _figures_problem(figures.get(dimension)):
            return Weighed(dimensions, problem, place)
    targets = [_target(figures[dimension]) for dimension in dimensions]
    people: dict[Cell, int] = {}
    answers: dict[str, tuple[Words, dict[Cell, int], dict[Cell, int]]] = {}
    for round in await rounds():
        if round.term == term:
            await _add(people, answers, round, dimensions, targets)
    try:
        weights = rake(people, targets)
    except CannotWeigh as refused:
        return Weighed(dimensions, refused.code, refused.place, refused.categories)
    return Weighed(dimensions, weights=weights, measures=_measures(answers, weights))


def _figures_problem(population: Population | None) -> str:
    if population is None:
        return "no_figures"
    return "hidden_figures" if any(people is None for people in population.people.values()) else ""


def _target(population: Population) -> dict[str, float]:
    """Only groups with anybody in them, and of ours: nobody can be told to be one of the others."""
    return {category: float(n) for category, n in population.people.items() if n and category != OTHERS}


async def _add(
    people: dict[Cell, int],
    answers: dict[str, tuple[Words, dict[Cell, int], dict[Cell, int]]],
    round: OpenRound,
    dimensions: tuple[str, ...],
    targets: Sequence[Mapping[str, float]],
) -> None:
    told = told_by(round.document)
    columns, joins, values = [], "", []
    for at, dimension in enumerate(dimensions):
        concept = told.get(dimension) or (told.get("year") if dimension == "age_band" else None)
        if dimension in ("language", "setting"):
            columns.append(f'u."{dimension}"')
        elif concept:
            columns.append(f'd{at}."code"')
            joins += f' JOIN "answer" AS d{at} ON d{at}."submission" = u."id" AND d{at}."concept" = {{}}'
            values.append(concept)
        else:
            return
    cells = ", ".join(f'{column} AS "cell{at}"' for at, column in enumerate(columns))
    grouped = ", ".join(columns)
    where = 'WHERE u."round" = {} AND u."said_by" = \'own_words\''
    rows = await Answer.raw(
        f'SELECT {cells}, COUNT(*) AS "n" FROM "submission" AS u{joins} {where} GROUP BY {grouped}',  # noqa: S608
        *values,
        round.id,
    )
    for row in rows:
        if (cell := _cell(row, dimensions, targets)) is not None:
            people[cell] = people.get(cell, 0) + int(row["n"])
    measured = {question.concept: question for question in round.document.questions if _good(question)}
    if not measured:
        return
    places = ", ".join(["{}"] * len(measured))
    rows = await Answer.raw(
        f'SELECT {cells}, m."concept" AS "concept", m."code" AS "code", COUNT(*) AS "n" '  # noqa: S608
        f'FROM "submission" AS u{joins} '
        f'JOIN "answer" AS m ON m."submission" = u."id" AND m."concept" IN ({places}) {where} '
        f'AND m."code" IS NOT NULL GROUP BY {grouped}, m."concept", m."code"',
        *values,
        *measured,
        round.id,
    )
    for row in rows:
        question = measured[row["concept"]]
        offered = {option.code for option in question.options}
        cell = _cell(row, dimensions, targets)
        if cell is None or row["code"] == RATHER_NOT_SAY or row["code"] not in offered:
            continue
        _, of, good = answers.setdefault(row["concept"], (question.title, {}, {}))
        of[cell] = of.get(cell, 0) + int(row["n"])
        if row["code"] in _good(question):
            good[cell] = good.get(cell, 0) + int(row["n"])


def _cell(
    row: Mapping[str, object], dimensions: tuple[str, ...], targets: Sequence[Mapping[str, float]]
) -> Cell | None:
    """The group of a row, ``None`` when it is not known or not among the figures."""
    cell = tuple(_category(dimension, str(row[f"cell{at}"] or "")) for at, dimension in enumerate(dimensions))
    is_known = all(category in target for category, target in zip(cell, targets, strict=True))
    return cell if is_known else None


def _category(dimension: str, code: str) -> str:
    if dimension in ("area", "setting"):
        return named(code)
    found = category_of(dimension, code) if dimension != "language" else code
    return found if dimension != "age_band" or found in AGE_BANDS else ""


def _good(question: Question) -> tuple[str, ...]:
    codes = tuple(option.code for option in question.options)
    if question.kind == "single_choice" and codes[:2] == SCALE:
        return SCALE
    return GOOD.get(question.kind, ())


def _measures(
    answers: Mapping[str, tuple[Words, Mapping[Cell, int], Mapping[Cell, int]]], weights: Weights
) -> tuple[WeightedMeasure, ...]:
    """Questions that ten people answered and of which no small number would follow, those that change most first."""
    found = []
    for title, of, good in answers.values():
        whole, part = sum(of.values()), sum(good.values())
        shown = floor_counts({"good": part, "other": whole - part})
        if whole >= FLOOR and shown.shown("good") is not None and shown.shown("other") is not None:
            found.append(WeightedMeasure(title, whole, weighted_share(of, good, weights)))
    return tuple(sorted(found, key=lambda each: -abs(each.share.weighted - each.share.plain)))
