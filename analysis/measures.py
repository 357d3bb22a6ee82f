"""The measures of a survey: of those who answered a question, how many gave a favourable answer, term by
term.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from analysis.disclosure import FLOOR, Roughly, floor_counts, roughly

RATHER_NOT_SAY = "rather_not_say"
Z_95 = 1.959963984540054

Counts = Mapping[tuple[str, str], Mapping[str, int]]
"""By term and concept: how many people gave each code."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One concept in one term.

    `answered` counts the people who gave a code other than rather_not_say. `favourable`, `share` and the
    95 % interval `low` to `high` (shares, 0 to 1) are None when `hidden`, that is, when fewer answered than the
    floor; and when from one person to the floor less one are in favour, or are not: then `roughly` says which way
    most of them went, and is None otherwise.
    """

    term: str
    concept: str
    answered: int | None
    rather_not_say: int | None
    favourable: int | None
    share: float | None
    low: float | None
    high: float | None
    hidden: bool
    roughly: Roughly | None = None


def measures(counts: Counts, favourable: Mapping[str, Collection[str]], *, floor: int = FLOOR) -> tuple[Measure, ...]:
    """The measure of each concept of `favourable` in each term, ordered by term, then as in `favourable`.

    Concepts of `counts` that `favourable` does not name are ignored; it maps a concept to the codes that count as
    favourable. A term without any answer to a concept has no measure. When fewer than `floor` answered, all
    numbers are hidden; a `rather_not_say` of 1 to `floor` - 1 is hidden alone.
    """
    order = {concept: position for position, concept in enumerate(favourable)}
    asked = sorted((key for key in counts if key[1] in order), key=lambda key: (_term_order(key[0]), order[key[1]]))
    return tuple(_measure(*key, counts[key], favourable[key[1]], floor) for key in asked)


def _measure(term: str, concept: str, counts: Mapping[str, int], favourable: Collection[str], floor: int) -> Measure:
    rather_not = counts.get(RATHER_NOT_SAY, 0)
    answered = sum(counts.values()) - rather_not
    kept_apart = rather_not if rather_not == 0 or rather_not >= floor else None
    if answered < floor:
        return Measure(term, concept, None, None, None, None, None, None, hidden=True)
    good = sum(count for code, count in counts.items() if code in favourable)
    if floor_counts({"favourable": good, "other": answered - good}, floor).shown("favourable") is None:
        which = roughly(good, answered, floor)
        return Measure(term, concept, answered, kept_apart, None, None, None, None, hidden=False, roughly=which)
    low, high = wilson_interval(good, answered)
    return Measure(term, concept, answered, kept_apart, good, good / answered, low, high, hidden=False)


def wilson_interval(part: int, whole: int, z: float = Z_95) -> tuple[float, float]:
    """The score interval of a share (95 % unless ``z`` says another), from 0 to 1; it stays sensible near none and all.

    Wilson, E.B. (1927), "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22(158), 209-212. Raises ValueError unless 0 <= part <= whole and
    whole > 0.
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError("a part lies between none and all of a whole")
    share, z2 = part / whole, z**2
    centre = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = z * math.sqrt(share * (1 - share) / whole + z2 / (4 * whole**2)) / (1 + z2 / whole)
    return (0.0 if part == 0 else centre - half, 1.0 if part == whole else centre + half)


def _term_order(term: str) -> tuple[str, int, str]:
    """Terms are keys such as 2026-spring, which sort by season within the year."""
    year, _, season = term.partition("-")
    seasons = ("spring", "summer", "autumn")
    return (year, seasons.index(season) if season in seasons else len(seasons), season)
