"""How much less willing a person becomes with every further ask: compared with the same person, less asked.

Families who are asked a lot differ from others, so people are only compared with themselves. Of two asks of one person,
one answered and one not, the odds that the later was the answered one do not depend on how willing the person is in
general: a conditional logistic regression, Chamberlain, G. (1980), Analysis of covariance with qualitative data,
Review of Economic Studies 47(1), 225-238. All such pairs of a person are taken, weighted by one over the person's
asks, which is the conditional likelihood's own weight near no effect; the interval allows for pairs that share a family
(Liang, K. and Zeger, S. (1986), Biometrika 73(1), 13-22) and takes Student's t with the families as its number.

What is measured: the change in the log-odds that a contact is answered to the end, for each further ask of the family
in the 90 days before, days since the last ask, survey, kind and partner being equal. Reminders count as asks before,
but are no case themselves: they go only to who has not answered, so their answers say nothing of being asked often. For
the same reason a pair is passed over when reminders of its earlier ask could lie in the days before the later. Nor is
the ask a case at which a person stops for good: nothing can follow it, so among asks that others follow answers would
seem more frequent than they are.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse, special  # type: ignore[import-untyped]
from scipy.linalg import cho_factor, cho_solve  # type: ignore[import-untyped]

from analysis.fatigue.ledger import DAY, WINDOW_DAYS
from analysis.fatigue.results import Decay

MOST_PAIRS = 400_000
"""From larger ledgers an even part of the people is taken: the interval is narrow enough by then."""

FEWEST_FAMILIES = 2
"""One family says nothing of how families differ, so nothing of how sure the slope is."""

LONGEST_REMINDING = 60  # days; later reminders are asks of their own
_RIDGE = 0.01  # on all but the slope: an effect of a survey that nobody answered stays finite
_LEAST_KNOWN = 0.002
_STEPS = 50


def decay(history: pd.DataFrame) -> Decay:
    """Of `with_history`. A slope of -0.1 means that the odds of an answer fall by a tenth with every ask."""
    cases = _cases(history)
    first, second, apart = _pairs(cases, _reach(history))
    said = () if apart else ("reminders_not_apart",)
    if len(np.unique(cases["family_code"].to_numpy()[first])) < FEWEST_FAMILIES:
        return Decay(None, None, None, 0, 0, None, ("nobody_to_compare",))
    n = len(np.unique(np.concatenate([first, second])))
    persons = len(np.unique(cases["person_code"].to_numpy()[first]))
    for held, left_out in (
        (("days", "survey", "kind", "partner"), ()),
        (("survey", "kind", "partner"), ("days_not_held_equal",)),
        (("days",), ("surveys_not_held_equal",)),
        ((), ("days_not_held_equal", "surveys_not_held_equal")),
    ):
        found = _slope(cases, first, second, held)
        if found is not None:
            beta, error, families = found
            reach = float(special.stdtrit(families - 1, 0.975)) * error
            return Decay(beta, beta - reach, beta + reach, n, persons, error, (*said, *left_out))
    return Decay(None, None, None, n, persons, None, (*said, "asks_do_not_vary"))


def _cases(history: pd.DataFrame) -> pd.DataFrame:
    """By person and time."""
    case = (history["kind"].to_numpy() != "reminder") & (history["outcome"].to_numpy() != "opted_out")
    cases: pd.DataFrame = history.loc[case]
    return cases.iloc[np.lexsort((cases["asked"].to_numpy(), cases["person_code"].to_numpy()))]


def _reach(history: pd.DataFrame) -> pd.Series:
    """By survey: the longest time in seconds from an invitation to its reminder."""
    columns = ["person_code", "survey", "kind", "asked"]
    asks = history[columns].assign(survey=pd.factorize(history["survey"])[0])
    asks = asks.iloc[np.lexsort((asks["asked"].to_numpy(), asks["survey"], asks["person_code"].to_numpy()))]
    reminder = (asks["kind"] == "reminder").to_numpy()
    start = np.maximum.accumulate(np.where(reminder, -1, np.arange(len(asks))))
    person, survey, asked = (asks[column].to_numpy() for column in ("person_code", "survey", "asked"))
    ours = reminder & (start >= 0) & (person[start] == person) & (survey[start] == survey)
    lag = np.where(ours, asked - asked[start], 0)
    ours &= lag <= LONGEST_REMINDING * DAY
    longest = pd.Series(lag[ours]).groupby(survey[ours]).max()
    names = pd.factorize(history["survey"])[1]
    return pd.Series(longest.to_numpy(), index=names[longest.index], dtype=float)


def _pairs(cases: pd.DataFrame, reach: pd.Series) -> tuple[np.ndarray, np.ndarray, bool]:
    """Places of the earlier and the later ask of each pair, and whether reminders could be kept apart."""
    person, done = cases["person_code"].to_numpy(), cases["completed"].to_numpy(dtype=bool)
    if not len(person):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), True
    asks, answers = np.bincount(person), np.bincount(person, weights=done)
    to_expect = (answers * (asks - answers))[person] / asks[person]
    every = max(1, int(np.ceil(to_expect.sum() / MOST_PAIRS)))
    rows = np.flatnonzero((to_expect > 0) & (person % every == 0))
    first, second = list[np.ndarray](), list[np.ndarray]()
    for lag in range(1, int(asks.max())):
        earlier, later = rows[:-lag], rows[lag:]
        of_one = person[earlier] == person[later]
        if not of_one.any():
            break
        pair = of_one & (done[earlier] != done[later])
        first.append(earlier[pair])
        second.append(later[pair])
    if not first:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), True
    one, other = np.concatenate(first), np.concatenate(second)
    if reach.empty:
        return one, other, True
    asked = cases["asked"].to_numpy()
    longest = cases["survey"].map(reach).to_numpy(dtype=float)[one]
    clear = np.isnan(longest) | (asked[other] - asked[one] > WINDOW_DAYS * DAY + np.nan_to_num(longest))
    enough = clear.sum() >= max(50, len(one) // 50)
    return (one[clear], other[clear], True) if enough else (one, other, False)


def _slope(
    cases: pd.DataFrame, first: np.ndarray, second: np.ndarray, held: tuple[str, ...]
) -> tuple[float, float, int] | None:
    """The slope, its standard error, and how many families it rests on; None when it cannot be told."""
    columns = _columns(cases, held)
    difference = (columns[second] - columns[first]).tocsr()
    answered = cases["completed"].to_numpy(dtype=float)[second]
    person = cases["person_code"].to_numpy()
    weight = 1 / np.bincount(person)[person[first]]
    weight /= weight.mean()
    ridge = np.full(columns.shape[1], _RIDGE)
    ridge[0] = 0.0
    effect = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        expected = special.expit(difference @ effect)
        score = difference.T @ (weight * (answered - expected)) - ridge * effect
        curve = _curvature(difference, weight * expected * (1 - expected), ridge)
        if not _can_be_told(curve):
            return None
        step = cho_solve(cho_factor(curve), score)
        effect = effect + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-8:
            break
    family = pd.factorize(cases["family_code"].to_numpy()[first])[0]
    families = int(family.max()) + 1
    residual = sparse.csr_matrix(
        (weight * (answered - special.expit(difference @ effect)), (family, np.arange(len(family))))
    )
    influence = (residual @ difference) @ cho_solve(cho_factor(curve), np.eye(len(effect)))[:, 0]
    return float(effect[0]), float(np.sqrt(families / (families - 1) * (influence**2).sum())), families


def _columns(cases: pd.DataFrame, held: tuple[str, ...]) -> sparse.csr_matrix:
    """What cases differ in: asks before them, then what is held equal."""
    columns: list[sparse.spmatrix] = [sparse.csr_matrix(cases["before"].to_numpy(dtype=float)[:, None])]
    if "days" in held:
        rested = cases["rested"].to_numpy(dtype=float)
        first = np.isnan(rested)
        days = np.where(first, 0.0, rested)
        curve = np.column_stack([first, np.minimum(days, WINDOW_DAYS) / WINDOW_DAYS, np.log1p(np.minimum(days, 365))])
        columns.append(sparse.csr_matrix(curve))
    for name in held:
        if name != "days":
            codes = pd.factorize(cases[name])[0]
            if codes.max() > 0:
                rows = np.flatnonzero(codes)
                columns.append(
                    sparse.csr_matrix((np.ones(len(rows)), (rows, codes[rows] - 1)), (len(codes), codes.max()))
                )
    return sparse.hstack(columns, format="csr")


def _curvature(difference: sparse.csr_matrix, weight: np.ndarray, ridge: np.ndarray) -> np.ndarray:
    return np.asarray((difference.T @ difference.multiply(weight[:, None]).tocsr()).todense()) + np.diag(ridge)


def _can_be_told(curve: np.ndarray) -> bool:
    """Whether the slope is more than a mixture of what is held equal: what is left of its information without them."""
    alone = curve[0, 0]
    if alone <= 0:
        return False
    if len(curve) == 1:
        return True
    others = cho_solve(cho_factor(curve[1:, 1:]), curve[1:, 0])
    return bool(alone - curve[0, 1:] @ others > _LEAST_KNOWN * alone)
