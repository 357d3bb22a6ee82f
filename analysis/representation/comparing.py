"""People heard by group against how many there are: the largest gaps first, small numbers hidden.

Nothing of one to nine people is shown, of those we heard or of those there are, nor what would give it away. Three sums
follow from what is shown: all there are, all we heard, and those of them whose group we know. A few people whose group
we do not know would follow from the last two; they are then counted with the base, and the smallest group is hidden as
if they were one of the groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.disclosure import FLOOR, FlooredCounts, floor_counts
from analysis.measures import wilson_interval
from analysis.representation.chance import chance_of_gap, held_together

SURE = 0.05
"""A gap that chance alone would bring less often is told as one."""


class Standing(StrEnum):
    """What can be said of a group."""

    NOBODY = "nobody"  # nobody of ten or more was heard
    FEWER = "fewer"
    MORE = "more"
    ALIKE = "alike"  # no further from its share than chance would bring
    MORE_THAN_THERE_ARE = "more_than_there_are"  # people counted twice, or a figure that is wrong or old
    HIDDEN = "hidden"
    NO_FIGURE = "no_figure"  # nobody said how many there are
    NOT_ASKED = "not_asked"  # nothing tells whether anybody of the group was heard: unknown, and not none
    AT_LEAST = "at_least"  # some were, and there may be more whom nothing tells apart


@dataclass(frozen=True, slots=True)
class Group:
    """One group. Whatever would tell a hidden number is ``None``.

    ``expected`` is how many would have been heard if all groups were heard alike, ``gap`` how many more than that were
    (fewer when negative), in whole people. ``share_heard`` and ``share_population`` are of those whose group is
    known (0 to 1). ``rate`` is how many of a hundred were heard, with its 95 % interval. ``chance`` is how often
    chance alone brings such a gap, held together with the other groups of its dimension.
    """

    category: str
    standing: Standing
    heard: int | None = None
    population: int | None = None
    expected: float | None = None
    gap: int | None = None
    share_heard: float | None = None
    share_population: float | None = None
    rate: float | None = None
    rate_low: float | None = None
    rate_high: float | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The groups of one dimension, those nobody heard first, then the largest gaps.

    ``heard`` people are shared out among the groups and ``population`` is how many there are in them. Of
    ``not_known`` we do not know the group; ``None`` when that is a small number, and then they are among ``heard``.
    ``elsewhere`` are people heard of groups that the figures do not have.
    """

    groups: tuple[Group, ...]
    heard: int | None
    population: int | None
    not_known: int | None
    elsewhere: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class OneGroup:
    """A group that others overlap. ``of`` are the people of whom we know whether they belong to it, ``None`` when
    nothing says so for sure: then ``heard`` is a least number, and 0 of them says nothing. ``hidden`` hides what is
    heard in any case, because another table does."""

    category: str
    heard: int
    of: int | None
    population: int | None
    hidden: bool = False


def base_of(known: int, everyone: int, floor: int = FLOOR) -> int:
    """How many people are shared out: those whose group is ``known``, or everyone when fewer than ``floor`` are not."""
    return everyone if 0 < everyone - known < floor else known


def compare(
    heard: Mapping[str, int], population: Mapping[str, int | None], *, not_known: int = 0, floor: int = FLOOR
) -> Comparison:
    """Compares groups of which everybody belongs to one.

    ``heard`` counts people by category; ``population`` how many there are, ``None`` where the source hides its
    number. Of ``not_known`` people heard nothing tells the group. Raises ValueError for a negative count.
    """
    if not_known < 0 or any(count is not None and count < 0 for count in population.values()):
        raise ValueError("a count cannot be negative")
    there_are = {category: count for category, count in population.items() if count is not None}
    everybody, in_base = sum(there_are.values()), sum(heard.get(category, 0) for category in there_are)
    outside = {category: count for category, count in heard.items() if category not in there_are}
    rest = {**outside, "": not_known}
    of = base_of(in_base, in_base + sum(rest.values()), floor)
    told = floor_counts(there_are, floor)
    hidden = {category for category, count in there_are.items() if told.shown(category) is None}
    hidden |= {category for category, count in there_are.items() if _is_all(heard.get(category, 0), count, floor)}
    line = {category: heard.get(category, 0) for category in there_are}
    if of != in_base:
        line[""] = of - in_base
    shown = _hiding(line, hidden - {c for c in hidden if _is_nobody(line[c], there_are[c], floor)}, floor)
    is_told = shown.total is not None and told.total is not None and of >= floor and everybody > 0
    groups = [
        _group(category, line[category], count, of, everybody, is_told and shown.shown(category) is not None, floor)
        if told.shown(category) is not None
        else Group(category, Standing.HIDDEN)
        for category, count in there_are.items()
    ]
    away = floor_counts(rest, floor)
    groups += [
        Group(category, Standing.NO_FIGURE, heard=away.shown(category) if category in outside else 0)
        for category, count in population.items()
        if count is None
    ]
    return Comparison(
        groups=_in_order(_with_chance(groups, of, everybody)),
        heard=of if is_told else None,
        population=everybody if told.total is not None else None,
        not_known=away.shown("") if of == in_base else None,
        elsewhere={category: away.shown(category) for category in outside if category not in population},
    )


def compare_overlapping(groups: Sequence[OneGroup], everybody: int, *, floor: int = FLOOR) -> tuple[Group, ...]:
    """Compares groups one by one with all ``everybody`` people, because one person may belong to several or to none."""
    compared = [_one(each, everybody, floor) for each in groups]
    bases = {each.category: each.of or 0 for each in groups}
    chances = held_together([_chance(each, bases[each.category], everybody) for each in compared])
    return _in_order([_told(each, chance) for each, chance in zip(compared, chances, strict=True)])


def _one(each: OneGroup, everybody: int, floor: int) -> Group:
    population = each.population if each.population is None or each.population >= floor else None
    if each.of is None:
        if each.heard == 0:
            return Group(each.category, Standing.NOT_ASKED, population=population)
        if each.heard < floor or each.hidden:
            return Group(each.category, Standing.HIDDEN, population=population)
        return Group(each.category, Standing.AT_LEAST, heard=each.heard, population=population)
    if each.population is None:
        seen = floor_counts({"in": each.heard, "out": each.of - each.heard}, floor).shown("in")
        return Group(each.category, Standing.NO_FIGURE, heard=None if each.hidden else seen)
    if population is None or population > everybody:
        return Group(each.category, Standing.HIDDEN)
    line = {"in": each.heard, "out": each.of - each.heard}
    forced = {"in"} if each.hidden or _is_all(each.heard, population, floor) else set()
    seen = None if each.of < floor else _hiding(line, forced, floor).shown("in")
    return _group(each.category, each.heard, population, each.of, everybody, seen is not None, floor)


def _group(category: str, heard: int, population: int, of: int, everybody: int, is_shown: bool, floor: int) -> Group:
    expected = of * population / everybody if of >= floor and everybody else None
    share = population / everybody if everybody else None
    known = Group(category, Standing.HIDDEN, population=population, expected=expected, share_population=share)
    if _is_nobody(heard, population, floor):
        low, high = wilson_interval(0, population)
        gap = None if expected is None else -round(expected)
        return replace(
            known, standing=Standing.NOBODY, heard=0, gap=gap, share_heard=0.0 if of >= floor else None,
            rate=0.0, rate_low=100 * low, rate_high=100 * high,
        )  # fmt: skip
    if not is_shown or expected is None:
        return known
    if heard > population:
        return replace(known, standing=Standing.MORE_THAN_THERE_ARE, heard=heard, share_heard=heard / of)
    low, high = wilson_interval(heard, population) if population else (0.0, 0.0)
    return replace(
        known,
        standing=Standing.ALIKE,
        heard=heard,
        gap=round(heard - expected),
        share_heard=heard / of,
        rate=100 * heard / population if population else None,
        rate_low=100 * low,
        rate_high=100 * high,
    )


def _is_all(heard: int, population: int, floor: int) -> bool:
    """Whether all were heard, or so nearly all that the few who were not would be known."""
    return 0 < heard <= population and population - heard < floor


def _is_nobody(heard: int, population: int, floor: int) -> bool:
    return heard == 0 and population >= floor


def _hiding(line: Mapping[str, int], hidden: set[str], floor: int) -> FlooredCounts:
    """The line with ``hidden`` cells hidden too, each as if it were one person: that hides no less than its count
    would.
    """
    return floor_counts({key: 1 if key in hidden else count for key, count in line.items()}, floor)


def _with_chance(groups: Sequence[Group], of: int, everybody: int) -> list[Group]:
    chances = held_together([_chance(group, of, everybody) for group in groups])
    return [_told(group, chance) for group, chance in zip(groups, chances, strict=True)]


def _chance(group: Group, of: int, everybody: int) -> float | None:
    if group.heard is None or group.population is None or group.gap is None:
        return None
    return chance_of_gap(group.heard, group.population, of, everybody)


def _told(group: Group, chance: float | None) -> Group:
    if group.standing is not Standing.ALIKE or chance is None or group.gap is None or group.expected is None:
        return replace(group, chance=chance)
    if chance >= SURE or group.heard is None:
        return replace(group, chance=chance)
    return replace(group, chance=chance, standing=Standing.FEWER if group.heard < group.expected else Standing.MORE)


def _in_order(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Those nobody heard, the most people first; then from the most missing to the most in plenty; then what is
    hidden.
    """

    def place(group: Group) -> tuple[int, int, int, str]:
        many = group.population or 0
        if group.standing is Standing.NOBODY:
            return (0, 0, -many, group.category)
        if group.gap is not None:
            return (1, group.gap, -many, group.category)
        return (2 + list(Standing).index(group.standing), 0, -many, group.category)

    return tuple(sorted(groups, key=place))
