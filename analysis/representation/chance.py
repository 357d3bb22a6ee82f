"""How often chance alone would part the people we heard as unevenly as this, if every group were heard alike.

Of ``everybody`` people, ``all_heard`` were heard; a group of ``group`` people then has a hypergeometric number of them.
Nobody is heard twice and nobody is asked who is not there, so the population is finite, and hearing most of it leaves
little to chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

EXACT_UP_TO = 400
"""The number of possible counts up to which each is reckoned with; above it the bell curve is as good."""


def chance_of_gap(heard: int, group: int, all_heard: int, everybody: int) -> float | None:
    """The two-sided probability (0 to 1) of a count as unlikely as ``heard`` or less likely.

    ``None`` where the numbers cannot be those of people counted once each: more heard than there are, in the group, in
    all or outside of the group. Exact (Fisher 1935, the sum of all outcomes that are no likelier) where at most
    ``EXACT_UP_TO`` counts are possible; else the normal curve with the variance of a finite population and half a
    person of continuity.
    """
    least, most = max(0, all_heard - (everybody - group)), min(group, all_heard)
    if min(heard, group, all_heard) < 0 or max(group, all_heard) > everybody or not least <= heard <= most:
        return None
    if least == most:
        return 1.0
    if most - least > EXACT_UP_TO:
        return _by_normal_curve(heard, group, all_heard, everybody)
    weights = [0.0]
    for k in range(least, most):
        # The ratio of neighbouring terms, as a sum of logarithms: the terms themselves are too small for a number.
        up = (group - k) * (all_heard - k)
        down = (k + 1) * (everybody - group - all_heard + k + 1)
        weights.append(weights[-1] + math.log(up) - math.log(down))
    highest = max(weights)
    terms = [math.exp(weight - highest) for weight in weights]
    limit = terms[heard - least] * (1 + 1e-9)
    return min(1.0, math.fsum(term for term in terms if term <= limit) / math.fsum(terms))


def _by_normal_curve(heard: int, group: int, all_heard: int, everybody: int) -> float:
    share = group / everybody
    variance = all_heard * share * (1 - share) * (everybody - all_heard) / (everybody - 1)
    distance = max(0.0, abs(heard - all_heard * share) - 0.5)
    return math.erfc(distance / math.sqrt(2 * variance))


def held_together(chances: Sequence[float | None]) -> list[float | None]:
    """The probabilities of many groups, each raised so that looking at all of them fools us no oftener than looking
    at one.

    Holm, S. (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2).
    """
    known = sorted((chance, at) for at, chance in enumerate(chances) if chance is not None)
    held: list[float | None] = [None] * len(chances)
    highest = 0.0
    for place, (chance, at) in enumerate(known):
        highest = max(highest, min(1.0, chance * (len(known) - place)))
        held[at] = highest
    return held
