"""The contact ledger as measures read it: who was asked, by a keyed hash, when, how, and what came of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

COLUMNS = ("family", "person", "survey", "partner", "kind", "asked_at", "outcome", "minutes")
KINDS = ("invitation", "reminder", "statutory", "session")
OUTCOMES = ("none", "opened", "partial", "completed", "opted_out", "bounced")

WINDOW_DAYS = 90
DAY = 86_400  # seconds


def with_history(asks: pd.DataFrame) -> pd.DataFrame:
    """The asks that reached somebody, ordered by family and time, with what the family had been asked before.

    Every kind is an ask: a reminder and a statutory letter take a family's time too, though no rule holds the second
    back. What bounced reached nobody and is no ask. The index is that of `asks`. Columns added:

    - `family_code`, `person_code`: numbers from 0; a person is one only within the family
    - `asked`: seconds since 1970
    - `before`: asks of the family, by any partner, in the 90 days before this one; what came at the very same moment
      is not before it
    - `ask`: the place of this ask in those days, `before` + 1
    - `rested`: days since the family's last ask, NaN when the ledger has none
    - `completed`: whether it was answered to the end
    """
    reached: pd.DataFrame = asks.loc[asks["outcome"].to_numpy() != "bounced"]
    family = pd.factorize(reached["family"])[0].astype(np.int64)
    person_in_file = pd.factorize(reached["person"])[0].astype(np.int64)
    asked = reached["asked_at"].dt.as_unit("s").astype("int64").to_numpy()
    order = np.lexsort((asked, family))
    reached, family, asked = reached.iloc[order], family[order], asked[order]
    person = pd.factorize(family * (person_in_file.max(initial=0) + 1) + person_in_file[order])[0]
    before, rested = _history(family, asked)
    return reached.assign(
        family_code=family,
        person_code=person,
        asked=asked,
        before=before,
        ask=before + 1,
        rested=rested,
        completed=reached["outcome"].to_numpy() == "completed",
    )


def _history(family: np.ndarray, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many asks lie in the days before each, and how many days before it the last one was.

    Families are laid one after the other on one line of time, too far apart to be in each other's days.
    """
    if not len(asked):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    first, window = asked.min(), WINDOW_DAYS * DAY
    line = asked - first + family * (asked.max() - first + window + 1)
    earlier = np.searchsorted(line, line, side="left")
    before = earlier - np.searchsorted(line, line - window, side="left")
    last = np.maximum(earlier - 1, 0)
    has_last = (earlier > 0) & (family[last] == family)
    rested = np.where(has_last, (asked - asked[last]) / DAY, np.nan)
    return before, rested
