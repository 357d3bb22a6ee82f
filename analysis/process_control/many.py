"""Many series at once: some would give a signal by chance, so it is told which stand all the same."""

from __future__ import annotations

from collections.abc import Sequence

FALSE_OF_TEN = 0.1
"""Of the signals that are told to stand, at most this share is expected to be false."""


def standing(chances: Sequence[float], looked_at: int, share: float = FALSE_OF_TEN) -> tuple[bool, ...]:
    """Which of the ``chances`` stand among ``looked_at`` of them (those not given were larger).

    Benjamini, Y. and Hochberg, Y. (1995), Journal of the Royal Statistical Society B 57(1), 289-300. It holds for
    series that are independent or move together, such as groups of the same people (Benjamini and Yekutieli 2001).
    """
    ordered = sorted(chances)
    limits = [chance for rank, chance in enumerate(ordered, start=1) if chance <= share * rank / looked_at]
    limit = max(limits, default=-1.0)
    return tuple(chance <= limit for chance in chances)
