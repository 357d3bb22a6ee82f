"""How often latest terms would lie this low by chance: exactly, whatever the true share is.

If nothing changed, the people of all terms are one group. Given how many of them said it in all, how many of the
latest terms did is drawn without replacement (hypergeometric; Fisher's exact test), and the unknown share drops out.
The latest one, two and four terms are looked at together: the chance that at least one of them lies beyond its limit
is summed up over all ways that lead there, term by term (as for exact group sequential tests: Jennison and Turnbull
2000, chapter 12).

All functions look at lows. Highs are the lows of those who did not say it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.process_control.comparable import EARLIER
from analysis.process_control.results import Rule

Array: TypeAlias = npt.NDArray[np.float64]

TERMS = {Rule.ONE_TERM: 1, Rule.TWO_TERMS: 2, Rule.FOUR_TERMS: 4}
"""How many latest terms a rule takes together."""

WEIGHTS = {Rule.ONE_TERM: 0.5, Rule.TWO_TERMS: 1.0, Rule.FOUR_TERMS: 0.25}
"""How much of the chance of a false signal each rule gets, relative to the others. Chosen so that a lasting dip is seen
within two terms, and a slow slide in the end."""

NEGLIGIBLE = 1e-15
TOO_MUCH = 1.2
"""Counts are whole, so a rate can rarely be met. It may be passed by so much, to be near it on average."""
STEPS = 8
NEAR_ENOUGH = 0.03


@dataclass(frozen=True, slots=True)
class _Counts:
    """Numbers from ``first`` on."""

    first: int
    values: Array

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        return np.arange(self.first, self.first + len(self.values))


@dataclass(frozen=True, slots=True)
class _Look:
    """A rule: what each number of its latest terms weighs, and its mid-p value as a share of the rule's weight."""

    rule: Rule
    rest: Array
    level: Array
    first: int


@dataclass(frozen=True, slots=True)
class Lows:
    """All that can be said of lows before it is known in which terms people said it."""

    draws: tuple[_Counts, ...]
    looks: tuple[_Look, ...]

    def chance(self, level: float) -> float:
        """How often one rule at least lies at or below ``level`` if nothing changed."""
        reached, found, place = _Counts(0, np.ones(1)), 0.0, 0
        for number, draw in enumerate(self.draws, start=1):
            reached = _Counts(reached.first + draw.first, np.convolve(reached.values, draw.values))
            if place < len(self.looks) and TERMS[self.looks[place].rule] == number:
                look = self.looks[place]
                signals = look.level <= level
                found += float((reached.values * look.rest)[signals].sum())
                reached = _Counts(reached.first, np.where(signals, 0.0, reached.values))
                place += 1
        return found

    def level_near(self, rate: float) -> tuple[float, float]:
        """The level whose chance comes nearest to ``rate``, and that chance."""
        low, high, best = rate / 3, rate * 3, (0.0, 0.0)
        level = rate / 1.5
        for step in range(STEPS):
            chance = self.chance(level)
            if chance <= rate * TOO_MUCH and abs(chance - rate) < abs(best[1] - rate):
                best = (level, chance)
                if abs(chance - rate) < rate * NEAR_ENOUGH:
                    break
            low, high = (low, level) if chance > rate else (level, high)
            # Chances grow nearly as levels do, but for steps of whole people.
            near = level * rate / chance if chance and step % 2 == 0 else 0.0
            level = near if low < near < high else math.sqrt(low * high)
        return best

    def lowest(self, parts: Sequence[int]) -> tuple[Rule, float]:
        """The rule that speaks clearest, and its level; ``parts`` are those of the terms, the latest last."""
        found = []
        for look in self.looks:
            place = sum(parts[-TERMS[look.rule] :]) - look.first
            level = float(look.level[place]) if 0 <= place < len(look.level) else (0.0 if place < 0 else 1.0)
            found.append((level, look.rule))
        level, rule = min(found, key=lambda each: each[0])
        return rule, level


def lows(wholes: Sequence[int], total: int) -> Lows | None:
    """What to expect of terms with so many people, of whom ``total`` said it; None where nobody could lie low.

    ``wholes`` are those of the terms, the oldest first: at least ``EARLIER`` and one. A rule needs as many terms
    before as it takes together.
    """
    everybody = sum(wholes)
    if total in (0, everybody):
        return None
    share = total / everybody
    rules = [rule for rule, terms in TERMS.items() if len(wholes) - terms >= max(EARLIER, terms)]
    draws = tuple(_binomial(whole, share) for whole in wholes[::-1][: max(TERMS[rule] for rule in rules)])
    exactly = float(_binomial_at(everybody, share, np.array([total]))[0])
    looks, reached, latest = [], _Counts(0, np.ones(1)), 0
    for number, draw in enumerate(draws, start=1):
        reached = _Counts(reached.first + draw.first, np.convolve(reached.values, draw.values))
        latest += wholes[-number]
        for rule in rules:
            if TERMS[rule] == number:
                rest = _binomial_at(everybody - latest, share, total - reached.numbers) / exactly
                likely = reached.values * rest
                middle = np.cumsum(likely) - likely / 2
                looks.append(_Look(rule, rest, middle / WEIGHTS[rule], reached.first))
    return Lows(draws, tuple(looks))


def mid_p(part: int, whole: int, earlier: int, earlier_whole: int) -> float:
    """How likely it is that a term lies lower than ``part``, or half as low, given the earlier terms together."""
    total, everybody = part + earlier, whole + earlier_whole
    if total in (0, everybody):
        return 1.0
    share = total / everybody
    numbers = np.arange(0, part + 1)
    likely = _binomial_at(whole, share, numbers) * _binomial_at(earlier_whole, share, total - numbers)
    return float((likely.sum() - likely[-1] / 2) / _binomial_at(everybody, share, np.array([total]))[0])


def _binomial(whole: int, share: float) -> _Counts:
    logs = _log_factorials(1 << max(whole, 1).bit_length())[: whole + 1]
    numbers = np.arange(whole + 1)
    likely = np.exp(logs[-1] - logs - logs[::-1] + numbers * math.log(share) + (whole - numbers) * math.log1p(-share))
    kept = np.flatnonzero(likely > NEGLIGIBLE)
    return _Counts(int(kept[0]), likely[kept[0] : kept[-1] + 1])


def _binomial_at(whole: int, share: float, numbers: npt.NDArray[np.int64]) -> Array:
    """Zero for numbers that cannot be."""
    logs = _log_factorials(1 << max(whole, 1).bit_length())
    can_be = np.minimum(np.maximum(numbers, 0), whole)
    cannot = whole - can_be
    likely = np.exp(logs[whole] - logs[can_be] - logs[cannot] + can_be * math.log(share) + cannot * math.log1p(-share))
    return np.where((numbers >= 0) & (numbers <= whole), likely, 0.0)


@lru_cache(maxsize=24)
def _log_factorials(limit: int) -> Array:
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, limit + 1)))))
    logs.flags.writeable = False
    return logs
