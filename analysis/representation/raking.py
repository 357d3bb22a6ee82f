"""Weights that let the people we heard stand for everybody there is, as an option and never as a matter of course.

Weights mend a share of groups, and not that people choose themselves whether they answer. Raking, or iterative
proportional fitting: Deming, W.E. and Stephan, F.F. (1940), Annals of Mathematical Statistics 11(4). How many equal
voices the weighted ones are worth: Kish, L. (1965), Survey Sampling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.disclosure import FLOOR
from analysis.measures import wilson_interval

CAP = 4.0
"""Nobody counts more than four times, or less than a quarter, of what they would count without weights."""

ROUNDS = 200
CLOSE_ENOUGH = 1e-6
MOST_LOSS = 0.5
"""When the weights cost more than half of the voices, what comes out says little."""

Cell = tuple[str, ...]
"""A group: one category of each dimension."""


class CannotWeigh(Exception):
    """``code`` is ``no_answers`` or ``few_answers`` (in ``categories`` of the dimension at ``place``) or ``nobody``."""

    def __init__(
        self, code: Literal["no_answers", "few_answers", "nobody"], place: int = 0, categories: tuple[str, ...] = ()
    ) -> None:
        super().__init__(code)
        self.code = code
        self.place = place
        self.categories = categories


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a person of each cell counts; on average 1.

    ``effective`` is how many people without weights would say as surely what these ``people`` say with them.
    ``capped`` people would have counted for more or less than the caps allow. ``off`` is the largest difference,
    over all categories, between the share reached and the share there is (0 when nothing was capped and the rounds
    came to rest).
    """

    of: Mapping[Cell, float]
    people: int
    effective: float
    capped: int
    off: float

    @property
    def is_weak(self) -> bool:
        return self.effective < MOST_LOSS * self.people or self.capped > 0 or self.off > 0.01


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """A share (0 to 1) as it is counted and as it is weighted, the latter with its interval for the effective
    number.
    """

    plain: float
    weighted: float
    low: float
    high: float
    effective: float


def rake(
    people: Mapping[Cell, int], targets: Sequence[Mapping[str, float]], *, cap: float = CAP, least: int = FLOOR
) -> Weights:
    """Weights by which ``people`` have in each dimension the shares of ``targets`` (counts or shares, by category).

    Raises :class:`CannotWeigh` when a category that is there has fewer than ``least`` answers: nobody can speak for
    a group that was not heard, and the weight of a small group would tell its number. Raises ValueError for a
    category that has no target, for a negative number, and for a cap of less than 1.
    """
    met = {cell: count for cell, count in people.items() if count}
    shares = [_shares(target) for target in targets]
    if cap < 1 or any(count < 0 for count in met.values()):
        raise ValueError("counts are not negative, and a cap is at least 1")
    for cell in met:
        if len(cell) != len(shares) or any(name not in share for name, share in zip(cell, shares, strict=True)):
            raise ValueError(f"{cell} is no cell of the targets")
    if not met:
        raise CannotWeigh("nobody")
    for place, share in enumerate(shares):
        _refuse_the_unheard(met, place, share, least)
    weights = _fitted(met, dict.fromkeys(met, 1.0), shares)
    total = sum(met.values())
    fitted = {cell: max(1 / cap, min(cap, weight)) for cell, weight in weights.items()}
    capped = sum(met[cell] for cell, weight in weights.items() if not 1 / cap <= weight <= cap)
    mean = sum(met[cell] * weight for cell, weight in fitted.items()) / total
    final = {cell: weight / mean for cell, weight in fitted.items()}
    squares = sum(met[cell] * weight**2 for cell, weight in final.items())
    return Weights(final, total, total**2 / squares, capped, _off(met, final, shares))


def weighted_share(people: Mapping[Cell, int], favourable: Mapping[Cell, int], weights: Weights) -> WeightedShare:
    """The share of ``favourable`` among ``people``, by cell; cells without a weight are left out.

    The interval is Wilson's for the effective number of these people. Raises :class:`CannotWeigh` when there are none.
    """
    of = {cell: count for cell, count in people.items() if count and cell in weights.of}
    if not of:
        raise CannotWeigh("nobody")
    good = {cell: favourable.get(cell, 0) for cell in of}
    whole = sum(of[cell] * weights.of[cell] for cell in of)
    share = min(1.0, sum(good[cell] * weights.of[cell] for cell in of) / whole)
    effective = whole**2 / sum(of[cell] * weights.of[cell] ** 2 for cell in of)
    worth = max(1, int(effective))
    low, high = wilson_interval(round(share * worth), worth)
    return WeightedShare(sum(good.values()) / sum(of.values()), share, min(low, share), max(high, share), effective)


def _shares(target: Mapping[str, float]) -> dict[str, float]:
    if any(value < 0 for value in target.values()):
        raise ValueError("a target cannot be negative")
    whole = sum(target.values())
    if not whole:
        raise CannotWeigh("nobody")
    return {category: value / whole for category, value in target.items()}


def _refuse_the_unheard(people: Mapping[Cell, int], place: int, share: Mapping[str, float], least: int) -> None:
    answered = {category: 0 for category, part in share.items() if part > 0}
    for cell, count in people.items():
        if cell[place] not in answered:
            raise ValueError(f"nobody of {cell[place]} is there, so they cannot be weighed")
        answered[cell[place]] += count
    if unheard := tuple(category for category, count in answered.items() if not count):
        raise CannotWeigh("no_answers", place, unheard)
    if few := tuple(category for category, count in answered.items() if count < least):
        raise CannotWeigh("few_answers", place, few)


def _fitted(
    people: Mapping[Cell, int], weights: dict[Cell, float], shares: Sequence[Mapping[str, float]]
) -> dict[Cell, float]:
    total = sum(people.values())
    for _round in range(ROUNDS):
        for place, share in enumerate(shares):
            sums = _sums(people, weights, place)
            weights = {
                cell: weight * share[cell[place]] * total / sums[cell[place]] for cell, weight in weights.items()
            }
        if _off(people, weights, shares) < CLOSE_ENOUGH:
            break
    return weights


def _sums(people: Mapping[Cell, int], weights: Mapping[Cell, float], place: int) -> dict[str, float]:
    sums: dict[str, float] = {}
    for cell, count in people.items():
        sums[cell[place]] = sums.get(cell[place], 0.0) + count * weights[cell]
    return sums


def _off(people: Mapping[Cell, int], weights: Mapping[Cell, float], shares: Sequence[Mapping[str, float]]) -> float:
    total = sum(people.values())
    return max(
        abs(value / total - share[category])
        for place, share in enumerate(shares)
        for category, value in _sums(people, weights, place).items()
    )
