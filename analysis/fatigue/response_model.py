"""What an answer depends on, learnt from a ledger: the family, how much it was asked lately, and the survey.

A logistic regression with a normal propensity for each family, integrated by Gauss-Hermite quadrature (Pinheiro, J. and
Bates, D. (1995), Journal of Computational and Graphical Statistics 4(1), 12-35). Each family's propensity is then
known as a distribution given its own asks (empirical Bayes: Efron, B. and Morris, C. (1975), JASA 70, 311-319): a
family asked once is taken to be much like others. It is used for sums over many families and is never shown for one.

The unit is an ask with its reminders: answered when it, or a reminder of it within 60 days, was answered to the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize, special  # type: ignore[import-untyped]

from analysis.fatigue.decay import LONGEST_REMINDING
from analysis.fatigue.ledger import DAY, WINDOW_DAYS, with_history

MOST_FAMILIES = 5_000
"""Effects are learnt from an even part of larger ledgers; propensities are then worked out for every family."""

RECENT_DAYS = 30
"""An ask is felt most just afterwards: its effect beyond being counted falls by a factor of e in these days."""

EFFECTS = 3

UNKNOWN_BETWEEN = 0.5
"""How much surveys are taken to differ (standard deviation of log-odds) when a ledger has too few to tell."""

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
_LOG_WEIGHTS = np.log(_WEIGHTS / _WEIGHTS.sum())
_WEAK = 0.05
_FEWEST_SURVEYS = 3


@dataclass(frozen=True, slots=True)
class ResponseModel:
    """`history` is of `with_history`. `known` gives each family key its place in `propensity`, whose rows are the
    probabilities of the quadrature's `places` (log-odds from the average family).

    `often` is of each family, in the same order: how often it is asked. `effects` are of an ask in 90 days, of recency
    and of being asked often. `surveys` gives each survey its place in `levels`, the log-odds of an average, rested
    family; `covariance` is that of effects and levels together. Levels differ by
    `between`, known as well as from `freedom` + 1 of them, families by `spread` (standard deviations).
    """

    history: pd.DataFrame
    known: dict[str, int]
    propensity: np.ndarray
    places: np.ndarray
    often: np.ndarray
    effects: np.ndarray
    surveys: dict[str, int]
    levels: np.ndarray
    covariance: np.ndarray
    between: float
    freedom: float
    spread: float
    cannot_say: tuple[str, ...]


class TooLittleToLearn(ValueError):
    """The ledger has no asks that were answered, or none that were not."""


def fit_response_model(asks: pd.DataFrame) -> ResponseModel:
    """Learns from all asks that reached somebody; raises TooLittleToLearn. Takes seconds: keep what it gives."""
    history = with_history(asks)
    cases = _episodes(history)
    if cases["answered"].nunique() < 2:
        raise TooLittleToLearn
    survey, names = pd.factorize(cases["survey"])
    often = _how_often(history, cases)
    codes, first = np.unique(history["family_code"].to_numpy(), return_index=True)
    place = np.searchsorted(codes, cases["family_code"].to_numpy())
    features = np.column_stack([cases["before"], recency(cases["rested"].to_numpy(dtype=float)), often[place]])
    answered = cases["answered"].to_numpy(dtype=float)
    family = cases["family_code"].to_numpy(dtype=np.int64)
    every = max(1, int(np.ceil(len(np.unique(family)) / MOST_FAMILIES)))
    chosen = family % every == 0
    fitted = _Fit(features[chosen], survey[chosen], answered[chosen], family[chosen], len(names))
    theta, covariance = fitted.maximum()
    levels, spread = theta[EFFECTS:-1], float(np.exp(theta[-1]))
    between, freedom, said = _between(levels, covariance[EFFECTS:-1, EFFECTS:-1])
    linear = features @ theta[:EFFECTS] + levels[survey]
    likely = _by_family(linear, answered, pd.factorize(family)[0], spread)
    keys = history["family"].astype("str").to_numpy()
    propensity = np.tile(np.exp(_LOG_WEIGHTS), (len(codes), 1))
    rows = np.searchsorted(codes, pd.factorize(family)[1])
    propensity[rows] = np.exp(likely - special.logsumexp(likely, axis=1, keepdims=True))
    return ResponseModel(
        history=history,
        known={str(key): place for place, key in enumerate(keys[first])},
        propensity=propensity,
        places=_NODES * spread,
        often=often,
        effects=theta[:EFFECTS],
        surveys={str(name): place for place, name in enumerate(names)},
        levels=levels,
        covariance=covariance[:-1, :-1],
        between=between,
        freedom=freedom,
        spread=spread,
        cannot_say=said,
    )


def recency(rested: np.ndarray) -> np.ndarray:
    """1 just after an ask, falling towards 0; 0 for who was never asked. `rested` are days, NaN for never."""
    return np.where(np.isnan(rested), 0.0, np.exp(-np.nan_to_num(rested) / RECENT_DAYS))


def at_moment(model: ResponseModel, moment: pd.Timestamp, planned: pd.DataFrame | None = None) -> np.ndarray:
    """For each known family what counts at a moment: its asks in the 90 days before, recency, and how often it is
    asked.

    `planned` has the columns `family` and `asked_at` of asks that are to come before it.
    """
    second = int(moment.timestamp())
    family = model.history["family_code"].to_numpy(dtype=np.int64)
    asked = model.history["asked"].to_numpy(dtype=np.int64)
    place = np.unique(family, return_inverse=True)[1]
    if planned is not None and len(planned):
        known = planned["family"].astype("str").map(model.known)
        here = known.notna().to_numpy()
        times = planned["asked_at"].dt.as_unit("s").astype("int64").to_numpy()[here]
        place = np.concatenate([place, known[here].to_numpy(dtype=np.int64)])
        asked = np.concatenate([asked, times])
    families = len(model.known)
    counts = (asked >= second - WINDOW_DAYS * DAY) & (asked < second)
    before = np.bincount(place[counts], minlength=families)
    last = np.full(families, np.iinfo(np.int64).min)
    np.maximum.at(last, place[asked < second], asked[asked < second])
    ever = last > np.iinfo(np.int64).min
    rested = np.where(ever, (second - np.where(ever, last, 0)) / DAY, np.nan)
    return np.column_stack([before.astype(float), recency(rested), model.often])


def _episodes(history: pd.DataFrame) -> pd.DataFrame:
    """Asks that are no reminders, with `answered`: by themselves or by a reminder of theirs."""
    survey = pd.factorize(history["survey"])[0]
    order = np.lexsort((history["asked"].to_numpy(), survey, history["person_code"].to_numpy()))
    asks, survey = history.iloc[order], survey[order]
    reminder = (asks["kind"] == "reminder").to_numpy()
    start = np.maximum.accumulate(np.where(reminder, 0, np.arange(len(asks))))
    person, asked = asks["person_code"].to_numpy(), asks["asked"].to_numpy()
    ours = (person[start] == person) & (survey[start] == survey) & (asked - asked[start] <= LONGEST_REMINDING * DAY)
    done = asks["completed"].to_numpy(dtype=bool) & ours
    answered = np.bincount(start[done], minlength=len(asks)) > 0
    return asks.assign(answered=answered).loc[~reminder]


def _how_often(history: pd.DataFrame, cases: pd.DataFrame) -> np.ndarray:
    """For each family the logarithm of its asks that are no reminders, above or below the average.

    Willing families may be sought out, or spared. Without this their willingness would be taken for an effect of
    asking: Mundlak, Y. (1978), On the pooling of time series and cross section data, Econometrica 46(1), 69-85.
    """
    codes = np.unique(history["family_code"].to_numpy())
    asks = np.bincount(np.searchsorted(codes, cases["family_code"].to_numpy()), minlength=len(codes))
    often = np.log1p(asks)
    return np.asarray(often - often.mean())


class _Fit:
    """The likelihood of effects, survey levels and the logarithm of the families' spread, and where it is highest."""

    def __init__(
        self, features: np.ndarray, survey: np.ndarray, answered: np.ndarray, family: np.ndarray, surveys: int
    ) -> None:
        self.family, _ = pd.factorize(family)
        order = np.argsort(self.family, kind="stable")
        self.family, self.features, self.survey = self.family[order], features[order], survey[order]
        self.answered, self.surveys = answered[order], surveys
        self.starts = np.flatnonzero(np.diff(self.family, prepend=-1))

    def maximum(self) -> tuple[np.ndarray, np.ndarray]:
        """The estimates, and their covariance from the families' scores (Berndt et al. 1974)."""
        share = (self.answered.sum() + 1) / (len(self.answered) + 2)
        start = np.concatenate([np.zeros(EFFECTS), np.full(self.surveys, special.logit(share)), [0.0]])
        found = optimize.minimize(
            self._minus, start, jac=True, method="L-BFGS-B", bounds=[*[(-20, 20)] * (len(start) - 1), (-3, 2)]
        )
        scores = self._scores(found.x)[1]
        curve = scores.T @ scores + np.diag(self._penalty())
        return found.x, np.linalg.inv(curve)

    def _minus(self, theta: np.ndarray) -> tuple[float, np.ndarray]:
        value, scores = self._scores(theta)
        levels = theta[EFFECTS:-1]
        away = np.concatenate([theta[:EFFECTS], levels - levels.mean(), [0.0]])
        pull = away * self._penalty()
        return -value + float((pull * away).sum()) / 2, -scores.sum(axis=0) + pull

    def _penalty(self) -> np.ndarray:
        """A weak pull, so that a survey that nobody answered keeps a level."""
        return np.concatenate([np.full(EFFECTS + self.surveys, _WEAK), [0.0]])

    def _scores(self, theta: np.ndarray) -> tuple[float, np.ndarray]:
        spread = np.exp(theta[-1])
        linear = self.features @ theta[:EFFECTS] + theta[EFFECTS:-1][self.survey]
        odds = linear[:, None] + spread * _NODES
        chance = special.expit(odds)
        told = np.log(np.where(self.answered[:, None] > 0, chance, 1 - chance).clip(1e-300))
        likely = np.add.reduceat(told, self.starts) + _LOG_WEIGHTS
        whole = special.logsumexp(likely, axis=1, keepdims=True)
        weight = np.exp(likely - whole)
        error = (self.answered[:, None] - chance) * weight[self.family]
        each = error.sum(axis=1)
        scores = np.zeros((len(self.starts), len(theta)))
        scores[:, :EFFECTS] = np.add.reduceat(self.features * each[:, None], self.starts)
        np.add.at(scores, (self.family, EFFECTS + self.survey), each)
        scores[:, -1] = np.add.reduceat(error @ (_NODES * spread), self.starts)
        return float(whole.sum()), scores


def _by_family(linear: np.ndarray, answered: np.ndarray, family: np.ndarray, spread: float) -> np.ndarray:
    """For each family the log-likelihood of its asks at each place of the quadrature, with the prior's."""
    likely = np.tile(_LOG_WEIGHTS, (int(family.max()) + 1, 1))
    for place, node in enumerate(_NODES):
        odds = linear + node * spread
        told = special.log_expit(np.where(answered > 0, odds, -odds))
        likely[:, place] += np.bincount(family, weights=told, minlength=len(likely))
    return likely


def _between(levels: np.ndarray, covariance: np.ndarray) -> tuple[float, float, tuple[str, ...]]:
    """How surveys differ beyond chance, and the degrees of freedom of that (Satterthwaite, F. (1946), Biometrics
    Bulletin 2(6), 110-114).

    Their variance less what the errors of their differences make of it: the method of moments, as DerSimonian, R. and
    Laird, N. (1986), Controlled Clinical Trials 7, 177-188, but for errors that go together.
    """
    surveys = len(levels)
    if surveys < _FEWEST_SURVEYS:
        return UNKNOWN_BETWEEN, np.inf, ("surveys_differ_unknown",)
    by_chance = (np.trace(covariance) - covariance.sum() / surveys) / (surveys - 1)
    varies = levels.var(ddof=1)
    beyond = max(0.0, float(varies - by_chance))
    return float(np.sqrt(beyond)), max(1.0, (surveys - 1) * (beyond / varies) ** 2 if varies else 1.0), ()
