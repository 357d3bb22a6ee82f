"""The same people asked twice: how many moved which way, and how sure that is.

McNemar's mid-p: Fagerland, M.W., Lydersen, S. and Laake, P. (2013), "The McNemar test for binary matched-pairs data:
mid-p and asymptotic are better than exact conditional", BMC Medical Research Methodology 13:91. The interval: Newcombe,
R.G. (1998), "Improved confidence intervals for the difference between binomial proportions based on paired data",
Statistics in Medicine 17(22), 2635-2650, method 10. Moves along a scale: the sign test, for the steps of such a scale
are not equally far apart.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.measures import Z_95, wilson_interval


@dataclass(frozen=True, slots=True)
class TwiceAsked:
    """People by whether they were in favour before, after, both times or never."""

    both: int
    lost: int
    gained: int
    neither: int

    @property
    def people(self) -> int:
        return self.both + self.lost + self.gained + self.neither


@dataclass(frozen=True, slots=True)
class PairedChange:
    """How the share in favour moved (after less before, -1 to 1) with its 95 % interval.

    ``chance`` is how often a move of this size or more came about if people moved either way by chance.
    """

    difference: float
    low: float
    high: float
    chance: float


@dataclass(frozen=True, slots=True)
class Moves:
    """How many people moved to a better, the same or a worse place of a scale."""

    better: int
    same: int
    worse: int
    chance: float


def paired_change(asked: TwiceAsked, z: float = Z_95) -> PairedChange:
    """Raises ValueError when nobody was asked."""
    n = asked.people
    before, after = (asked.both + asked.lost) / n if n else 0.0, (asked.both + asked.gained) / n if n else 0.0
    low_before, high_before = wilson_interval(asked.both + asked.lost, n, z)
    low_after, high_after = wilson_interval(asked.both + asked.gained, n, z)
    correlation = _correlation(asked)

    def joined(one: float, other: float) -> float:
        return math.sqrt(max(0.0, one**2 - 2 * correlation * one * other + other**2))

    difference = after - before
    return PairedChange(
        difference,
        max(-1.0, difference - joined(after - low_after, high_before - before)),
        min(1.0, difference + joined(high_after - after, before - low_before)),
        by_chance(asked.gained, asked.lost),
    )


def _correlation(asked: TwiceAsked) -> float:
    """Phi, drawn towards none by half a person's worth, as method 10 has it."""
    n = asked.people
    edges = (
        asked.both + asked.lost,
        asked.gained + asked.neither,
        asked.both + asked.gained,
        asked.lost + asked.neither,
    )
    if not all(edges):
        return 0.0
    product = asked.both * asked.neither - asked.lost * asked.gained
    if product > 0:
        product = max(product - n / 2, 0.0)  # type: ignore[assignment]
    return product / math.sqrt(math.prod(edges))


def by_chance(one_way: int, other_way: int) -> float:
    """The mid-p of a two-sided sign test, which McNemar's test is for shares; 1 when nobody moved."""
    moved, fewer = one_way + other_way, min(one_way, other_way)
    if not moved:
        return 1.0
    likely = [_binomial(place, moved) for place in range(fewer + 1)]
    return min(1.0, 2 * sum(likely) - likely[-1])


def _binomial(place: int, n: int) -> float:
    return math.exp(math.lgamma(n + 1) - math.lgamma(place + 1) - math.lgamma(n - place + 1) - n * math.log(2))


def twice_asked(pairs: Mapping[tuple[str, str], int], favourable: Collection[str]) -> TwiceAsked:
    """``pairs`` are people by what they said before and after."""
    counts = {(b, a): 0 for b in (True, False) for a in (True, False)}
    for (before, after), people in pairs.items():
        counts[before in favourable, after in favourable] += people
    return TwiceAsked(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def moves(pairs: Mapping[tuple[str, str], int], worst_to_best: Sequence[str]) -> Moves:
    """Raises ValueError for an answer that is no place of the scale."""
    place = {code: number for number, code in enumerate(worst_to_best)}
    if strange := {code for pair in pairs for code in pair if code not in place}:
        raise ValueError(f"not on the scale: {sorted(strange)}")
    better = sum(n for (before, after), n in pairs.items() if place[after] > place[before])
    worse = sum(n for (before, after), n in pairs.items() if place[after] < place[before])
    return Moves(better, sum(pairs.values()) - better - worse, worse, by_chance(better, worse))
