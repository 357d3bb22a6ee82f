"""The measures of a ledger together, for all of it or told apart by one of its columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from analysis.fatigue.burden import (
    asks_per_family_per_term,
    load,
    minutes_per_family_per_term,
    over_budget,
    per_family_per_term,
)
from analysis.fatigue.decay import decay
from analysis.fatigue.ledger import with_history
from analysis.fatigue.response import break_off, reminder_yield, response_rate_by_ask
from analysis.fatigue.results import (
    DEFAULT_BUDGET,
    Budget,
    FatigueMeasures,
)
from analysis.fatigue.terms import Term, in_terms

Told = TypeVar("Told")


def fatigue_measures(asks: pd.DataFrame, terms: Sequence[Term], budget: Budget = DEFAULT_BUDGET) -> FatigueMeasures:
    """The measures of all asks. `terms` are in time and do not overlap."""
    history = with_history(asks)
    return _measures(history, in_terms(history, terms), budget)


def fatigue_by(
    asks: pd.DataFrame, terms: Sequence[Term], column: str, budget: Budget = DEFAULT_BUDGET
) -> dict[Hashable, FatigueMeasures]:
    """The measures of the asks of each value of `column` (`term` for terms), in the order of the values or terms.

    How much a family had been asked before is counted over all asks; burden and budget are of the group's own asks.
    """
    history = with_history(asks)
    term = in_terms(history, terms)
    if column == "term":
        return {
            terms[place].key: _measures(history[term == place], term[term == place], budget)
            for place in np.unique(term[term >= 0]).tolist()
        }
    groups = history.groupby(column, observed=True, sort=True).indices
    return {key: _measures(history.iloc[rows], term[rows], budget) for key, rows in groups.items()}


def told_apart(rows: pd.DataFrame, column: str, measure: Callable[[pd.DataFrame], Told]) -> dict[Hashable, Told]:
    """A measure of `questions` or `closing` for the rows of each value of a column, in the order of the values.

    Rows without a value are in no group.
    """
    groups = rows.groupby(column, observed=True, sort=True).indices
    return {key: measure(rows.iloc[places]) for key, places in groups.items()}


def _measures(history: pd.DataFrame, term: np.ndarray, budget: Budget) -> FatigueMeasures:
    cells = per_family_per_term(history, term)
    return FatigueMeasures(
        asks=len(history),
        families=int(history["family_code"].nunique()),
        outside_terms=int((term < 0).sum()),
        asks_per_family_per_term=asks_per_family_per_term(cells),
        burden_minutes_per_family_per_term=minutes_per_family_per_term(cells),
        response_rate_by_ask=response_rate_by_ask(history),
        decay=decay(history),
        reminder_yield=reminder_yield(history),
        break_off=break_off(history),
        over_budget=over_budget(cells, budget),
        budget=budget,
        load=load(history),
    )
