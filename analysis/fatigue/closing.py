"""How long families wait to hear what became of their answers, and what they say themselves of how much they are
asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.fatigue.results import Share, Waiting, share_of

TOO_MANY, ABOUT_RIGHT, TOO_FEW, RATHER_NOT_SAY = "too_many", "about_right", "too_few", "rather_not_say"


@dataclass(frozen=True, slots=True)
class TooMany:
    """Of those who answered the optional question: `n` in words of their own choice, and who would rather not say."""

    n: int
    too_many: Share
    about_right: Share
    too_few: Share
    rather_not_say: int
    cannot_say: tuple[str, ...] = ("those_who_stopped_answering",)


def days_to_an_answer(answers: pd.DataFrame, until: pd.Timestamp) -> Waiting:
    """Days from an answer to its "you said, we did": a row for each answer, `answered_at` and `told_at` (NaT: not yet).

    What is told after `until` still waits then; answers after it are not looked at. The interval is Brookmeyer, R. and
    Crowley, J. (1982), Biometrics 38(1), 29-41, with Greenwood's variance on the log-minus-log scale.
    """
    given = answers.loc[answers["answered_at"] <= until]
    told = given["told_at"].notna() & (given["told_at"] <= until)
    end = given["told_at"].where(told, until)
    days = ((end - given["answered_at"]).dt.total_seconds() / 86_400).clip(lower=0).to_numpy(dtype=float)
    heard = told.to_numpy(dtype=bool)
    if not len(days):
        return Waiting(0, 0, None, None, None, None)
    times = np.unique(days[heard])
    at_risk = np.array([(days >= time).sum() for time in times], dtype=float)
    events = np.array([((days == time) & heard).sum() for time in times], dtype=float)
    still = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        reach = 1.959963984540054 * np.sqrt(greenwood) / np.abs(np.log(still))
        low, high = still ** np.exp(reach), still ** np.exp(-reach)
    low, high = (np.where(still > 0, np.nan_to_num(bound), 0.0) for bound in (low, high))
    waiting = float(days[~heard].max()) if (~heard).any() else None
    middle, first, last = (_first_half(times, line) for line in (still, low, high))
    return Waiting(len(days), int(heard.sum()), middle, first, last, waiting)


def too_many(answers: pd.Series) -> TooMany:
    """The optional question at the end of a survey, by code: too_many, about_right, too_few, rather_not_say.

    Others are no answers to it. Those who are asked too much may be the ones who no longer answer.
    """
    counts = {code: int((answers == code).sum()) for code in (TOO_MANY, ABOUT_RIGHT, TOO_FEW, RATHER_NOT_SAY)}
    n = counts[TOO_MANY] + counts[ABOUT_RIGHT] + counts[TOO_FEW]
    many, right, few = (share_of(counts[code], n) for code in (TOO_MANY, ABOUT_RIGHT, TOO_FEW))
    return TooMany(n, many, right, few, counts[RATHER_NOT_SAY])


def _first_half(times: np.ndarray, still: np.ndarray) -> float | None:
    below = np.flatnonzero(still <= 0.5)
    return float(times[below[0]]) if len(below) else None
