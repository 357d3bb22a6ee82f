"""The measures of a survey: of those who answered a question, how many gave a favourable answer, term by
term.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.disclosure import FLOOR, FlooredCounts, floor_counts

RATHER_NOT_SAY = "rather_not_say"
_Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Measure:
    """One concept in one term.

    `answered` counts the submissions that gave a code other than rather_not_say. `favourable`, `share` and
    the 95 % interval `low` to `high` (shares, 0 to 1) are None when `hidden`, that is, when fewer answered
    than the floor.
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


@dataclass(frozen=True, slots=True)
class Distribution:
    """How often each code was given to one concept in one term, small counts hidden."""

    term: str
    concept: str
    counts: FlooredCounts


def measures(
    answers: pd.DataFrame, favourable: Mapping[str, Collection[str]], *, floor: int = FLOOR
) -> tuple[Measure, ...]:
    """The measure of each concept of `favourable` in each term, ordered by term, then as in `favourable`.

    `answers` has one row an answer with the columns submission, concept, code, term; other columns and
    concepts are ignored, and a submission that answers a concept twice counts once, by its last row.
    `favourable` maps a concept to the codes that count as favourable. A term without any answer to a
    concept has no measure. When fewer than `floor` answered, all numbers are hidden; a `rather_not_say` of
    1 to `floor` - 1 is hidden alone.
    """
    counted = _counts(answers, favourable)
    found = list[Measure]()
    for (term, concept), counts in counted.items():
        rather_not = counts.get(RATHER_NOT_SAY, 0)
        answered = sum(counts.values()) - rather_not
        kept_apart = rather_not if rather_not == 0 or rather_not >= floor else None
        if answered < floor:
            found.append(Measure(term, concept, None, None, None, None, None, None, hidden=True))
            continue
        good = sum(count for code, count in counts.items() if code in favourable[concept])
        low, high = wilson_interval(good, answered)
        found.append(Measure(term, concept, answered, kept_apart, good, good / answered, low, high, hidden=False))
    return tuple(found)


def distributions(
    answers: pd.DataFrame, codes: Mapping[str, Collection[str]], *, floor: int = FLOOR
) -> tuple[Distribution, ...]:
    """How often each of `codes` was given, for each of its concepts and terms; columns as for `measures`.

    Codes come in the order of `codes`, those nobody gave included, then codes it does not name.
    rather_not_say is a code like the others here.
    """
    found = list[Distribution]()
    for (term, concept), counts in _counts(answers, codes).items():
        listed = {code: counts.get(code, 0) for code in codes[concept]}
        found.append(Distribution(term, concept, floor_counts({**listed, **counts}, floor)))
    return tuple(found)


def wilson_interval(part: int, whole: int) -> tuple[float, float]:
    """The 95 % score interval of a share, from 0 to 1; it stays sensible near none and all.

    Wilson, E.B. (1927), "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22(158), 209-212. Raises ValueError unless 0 <= part <= whole and
    whole > 0.
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError("a part lies between none and all of a whole")
    share, z2 = part / whole, _Z_95**2
    centre = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _Z_95 * math.sqrt(share * (1 - share) / whole + z2 / (4 * whole**2)) / (1 + z2 / whole)
    return (0.0 if part == 0 else centre - half, 1.0 if part == whole else centre + half)


def _counts(answers: pd.DataFrame, concepts: Mapping[str, object]) -> dict[tuple[str, str], dict[str, int]]:
    last = dict[tuple[str, str, str], str]()
    for submission, concept, code, term in zip(
        *(answers[column].tolist() for column in ("submission", "concept", "code", "term")), strict=True
    ):
        if concept in concepts and not pd.isna(code) and code != "":
            last[str(term), str(concept), str(submission)] = str(code)
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for (term, concept, _), code in last.items():
        counts = counted.setdefault((term, concept), {})
        counts[code] = counts.get(code, 0) + 1
    order = {concept: position for position, concept in enumerate(concepts)}
    return dict(sorted(counted.items(), key=lambda item: (_term_order(item[0][0]), order[item[0][1]])))


def _term_order(term: str) -> tuple[str, int, str]:
    """Terms are keys such as 2026-spring, which sort by season within the year."""
    year, _, season = term.partition("-")
    seasons = ("spring", "summer", "autumn")
    return (year, seasons.index(season) if season in seasons else len(seasons), season)
